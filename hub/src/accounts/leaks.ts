import { type AuditEntry, recordAudit } from "../audit/index.ts";
import { type Database, type DatabaseTransaction, inTransaction, type Revocations } from "../database/index.ts";
import { revokeInvitationByHash } from "./invitations/index.ts";
import { hashLinkToken } from "./link-tokens.ts";
import { voidResetByHash } from "./people/index.ts";
import { findFamilyOfToken, revokeSession } from "./queries.ts";
import { hashRefreshToken } from "./refresh-tokens.ts";
import type { Caller } from "./rules.ts";

type Parts = { db: Database; revocations: Pick<Revocations, "notify" | "apply"> };

/** Ends what a token lets do that stood where others can read it: an invitation, a link for a password, a session. What is none of these is left. */
export async function revokeLeakedToken(parts: Parts, token: string, caller: Caller): Promise<void> {
  const invitation = hashLinkToken("invite", token);
  const reset = hashLinkToken("reset", token);
  const family = await inTransaction(parts.db, async (trx) => {
    if (invitation !== null) await endInvitation(trx, invitation, caller);
    else if (reset !== null) await endReset(trx, reset, caller);
    else return endSession(trx, parts, token, caller);
    return null;
  });
  if (family !== null) parts.revocations.apply(`session:${family}`);
}

async function endInvitation(trx: DatabaseTransaction, hash: Buffer, caller: Caller): Promise<void> {
  const revoked = await revokeInvitationByHash(trx, hash);
  if (revoked !== undefined) await record(trx, caller, "invitation.revoked", { kind: "invitation", id: revoked.id }, {});
}

async function endReset(trx: DatabaseTransaction, hash: Buffer, caller: Caller): Promise<void> {
  const voided = await voidResetByHash(trx, hash);
  if (voided !== undefined) await record(trx, caller, "password_reset.voided", { kind: "user", id: voided.user_id }, { link_id: voided.id });
}

/** Answers the session that was ended. */
async function endSession(trx: DatabaseTransaction, parts: Parts, token: string, caller: Caller): Promise<string | null> {
  const family = await findFamilyOfToken(trx, hashRefreshToken(token));
  if (family === undefined || (await revokeSession(trx, family, "in_url")) === undefined) return null;
  await record(trx, caller, "session.revoked", { kind: "session", id: family }, {});
  await parts.revocations.notify(trx, `session:${family}`);
  return family;
}

async function record(
  trx: DatabaseTransaction,
  caller: Caller,
  action: string,
  subject: NonNullable<AuditEntry["subject"]>,
  detail: NonNullable<AuditEntry["detail"]>,
): Promise<void> {
  await recordAudit(trx, {
    actor: { kind: "hub" },
    action,
    subject,
    address: caller.address,
    requestId: caller.requestId,
    detail: { reason: "in_url", ...detail },
  });
}
