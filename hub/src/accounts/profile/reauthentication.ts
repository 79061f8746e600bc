import { recordAudit } from "../../audit/index.ts";
import { type Database, type DatabaseTransaction, inTransaction } from "../../database/index.ts";
import { HttpError } from "../../http/index.ts";
import type { Caller } from "../rules.ts";
import { hasRecentProof, renewProof } from "./queries.ts";

/** Sensitive acts ask for a proof no older than this. */
export const proofSeconds = 5 * 60;

/** Who acts, and in which session of theirs. */
export type Act = { userId: number; session: string; caller: Caller };

/**
 * Asked of the database each time: sensitive acts are rare, and what another hub was told a moment ago counts here too.
 */
export function isFreshSession(db: Database, session: string): Promise<boolean> {
  return hasRecentProof(db, session, proofSeconds);
}

/** Notes that the user proved this moment, by what `by` names, who they are; answers until when that holds. Throws HttpError `session_ended`. */
export async function noteProof(db: Database, act: Act, by: string, now: number): Promise<Date> {
  await inTransaction(db, async (trx) => {
    if (!(await renewProof(trx, act.userId, act.session))) throw new HttpError("session_ended");
    await recordProof(trx, act, by);
  });
  return new Date(now + proofSeconds * 1_000);
}

async function recordProof(trx: DatabaseTransaction, act: Act, by: string): Promise<void> {
  await recordAudit(trx, {
    actor: { kind: "user", id: act.userId },
    action: "session.reauthenticated",
    subject: { kind: "session", id: act.session },
    address: act.caller.address,
    requestId: act.caller.requestId,
    detail: { by },
  });
}
