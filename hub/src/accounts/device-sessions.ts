import type { DatabaseTransaction } from "../database/index.ts";
import { holdApproval } from "./queries.ts";
import type { Caller } from "./rules.ts";
import { type Grant, openSessionIn } from "./sessions.ts";

/** Who let a device in, and from which session of theirs. */
export type Approval = { userId: number; family: string };

/**
 * Opens a session of its own for a device that its user approved in a browser, in the caller's transaction. Null when
 * the account was disabled meanwhile, or the session that approved it has ended: what it gave away ends with it.
 */
export async function openDeviceSession(trx: DatabaseTransaction, approval: Approval, device: string, caller: Caller): Promise<Grant | null> {
  if (!(await holdApproval(trx, approval))) return null;
  return openSessionIn(
    trx,
    { userId: approval.userId, userAgent: device, approvedIn: approval.family, detail: { by: "device", approved_in: approval.family } },
    caller,
  );
}
