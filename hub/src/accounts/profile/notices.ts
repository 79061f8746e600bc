import type { AccountNotice } from "@sentinal/contract";
import { recordAudit } from "../../audit/index.ts";
import { type Database, inTransaction } from "../../database/index.ts";
import { HttpError } from "../../http/index.ts";
import { deviceWords } from "./device.ts";
import { dismissNotice, listNotices } from "./notice-queries.ts";
import type { Act } from "./reauthentication.ts";

/** One for each session that was ended so; more than a handful nobody reads. */
const mostShown = 20;

/** What happened to an account that its user should know and did not put away yet, the newest first. */
export async function noticesOf(db: Database, userId: number): Promise<AccountNotice[]> {
  const rows = await listNotices(db, userId, mostShown);
  return rows.map((row) => ({
    id: row.id,
    kind: "refresh_token_reused",
    created_at: row.created_at.toISOString(),
    device: deviceWords(row.user_agent),
    address: row.address,
  }));
}

/** Shows a notice no more. Again is no error. Throws HttpError `not_found` for what is none of theirs. */
export async function putAway(db: Database, id: number, act: Act): Promise<void> {
  await inTransaction(db, async (trx) => {
    const dismissed = await dismissNotice(trx, act.userId, id);
    if (dismissed === "unknown") throw new HttpError("not_found", "You have no such notice.");
    if (dismissed === "before") return;
    await recordAudit(trx, {
      actor: { kind: "user", id: act.userId },
      action: "notice.dismissed",
      subject: { kind: "notice", id },
      address: act.caller.address,
      requestId: act.caller.requestId,
      detail: { session: act.session },
    });
  });
}
