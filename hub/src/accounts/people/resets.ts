import type { PasswordResetLink, ResetOffer } from "@sentinal/contract";
import { type Fingerprints, recordAudit } from "../../audit/index.ts";
import { inTransaction } from "../../database/index.ts";
import { HttpError } from "../../http/index.ts";
import { createLinkToken, hashLinkToken, linkUrl } from "../link-tokens.ts";
import type { Passwords } from "../passwords.ts";
import { revokeSessionsOfUser, setPassword } from "../queries.ts";
import type { Caller } from "../rules.ts";
import type { Act, Parts as PeopleParts } from "./people.ts";
import { findPerson, lockPeople } from "./queries.ts";
import { findReset, insertReset, lockReset, markResetUsed, voidResetsOf } from "./reset-queries.ts";

export type Parts = PeopleParts & { passwords: Passwords; publicUrl: () => string; fingerprints: Fingerprints; now: () => number };

/** Long enough to reach somebody in another zone. */
const lifetimeHours = 24;

/**
 * Makes a link that sets a new password for an account, and voids those made before. The answer is the only place that
 * ever shows it. Throws HttpError `not_found`, or `already_over` for an account that is deactivated.
 */
export async function createResetLink(parts: Parts, id: number, act: Act): Promise<PasswordResetLink> {
  const token = createLinkToken("reset");
  const hash = hashLinkToken("reset", token);
  if (hash === null) throw new Error("a new link has no form of one");
  const expiresAt = await inTransaction(parts.db, async (trx) => {
    await lockPeople(trx);
    const person = await findPerson(trx, id);
    if (person === undefined) throw new HttpError("not_found", `There is no user ${id}.`);
    if (person.disabled_at !== null) throw new HttpError("already_over", `${person.username} is deactivated; reactivate the account first.`);
    await voidResetsOf(trx, id);
    const made = await insertReset(trx, { hash, userId: id, createdBy: act.userId, lifetimeHours });
    await recordAudit(trx, {
      actor: { kind: "user", id: act.userId },
      action: "password_reset.created",
      subject: { kind: "user", id },
      fingerprint: parts.fingerprints.ofHash(hash),
      address: act.caller.address,
      requestId: act.caller.requestId,
      detail: { username: person.username, link_id: made.id },
    });
    return made.expires_at;
  });
  return { url: linkUrl(parts.publicUrl(), "reset", token), expires_at: expiresAt.toISOString() };
}

/** Whose password a link sets, for whoever holds it. Throws HttpError `reset_…` when it can not be used. */
export async function checkReset(parts: Parts, token: string): Promise<ResetOffer> {
  const hash = hashLinkToken("reset", token);
  const row = usable(hash === null ? undefined : await findReset(parts.db, hash), parts.now());
  return { username: row.username, expires_at: row.expires_at.toISOString() };
}

/** Sets a new password and ends all sessions of the account. Of two at once one wins. Throws HttpError `reset_…`. */
export async function resetByLink(parts: Parts, token: string, password: string, caller: Caller): Promise<void> {
  const hash = hashLinkToken("reset", token);
  // Looked at before the password is hashed, so that a link that is no good costs nothing, and again under the lock.
  usable(hash === null ? undefined : await findReset(parts.db, hash), parts.now());
  if (hash === null) return;
  const passwordHash = await parts.passwords.hash(password);
  const userId = await inTransaction(parts.db, async (trx) => {
    const row = usable(await lockReset(trx, hash), parts.now());
    await setPassword(trx, row.user_id, passwordHash);
    await markResetUsed(trx, row.id);
    await voidResetsOf(trx, row.user_id);
    const sessionsEnded = await revokeSessionsOfUser(trx, row.user_id, "password_reset");
    await recordAudit(trx, {
      actor: { kind: "anonymous" },
      action: "user.password_reset",
      subject: { kind: "user", id: row.user_id },
      fingerprint: parts.fingerprints.ofHash(hash),
      address: caller.address,
      requestId: caller.requestId,
      detail: { by: "link", link_id: row.id, sessions_ended: sessionsEnded },
    });
    await parts.revocations.notify(trx, `user:${row.user_id}`);
    return row.user_id;
  });
  parts.revocations.apply(`user:${userId}`);
}

type ResetRow = NonNullable<Awaited<ReturnType<typeof findReset>>>;

function usable(row: ResetRow | undefined, now: number): ResetRow {
  if (row === undefined) throw new HttpError("reset_unknown");
  if (row.used_at !== null) throw new HttpError("reset_used");
  if (row.voided_at !== null) throw new HttpError("reset_voided");
  if (row.expires_at.getTime() <= now) throw new HttpError("reset_expired");
  return row;
}
