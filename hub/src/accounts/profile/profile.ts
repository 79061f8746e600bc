import type { ChangePasswordBody, ChangeProfileBody, SessionOfUser, User } from "@sentinal/contract";
import { type AuditEntry, type Fingerprints, recordAudit } from "../../audit/index.ts";
import { type Database, type DatabaseTransaction, inTransaction, type Revocations } from "../../database/index.ts";
import { HttpError } from "../../http/index.ts";
import type { ProvePassword } from "../password-proof.ts";
import type { Passwords } from "../passwords.ts";
import { voidResetsOf } from "../people/index.ts";
import { needsSecondFactor, type SecondFactors } from "../second-factors/index.ts";
import { findUser, revokeSession, revokeSessionsOfUser, setPassword } from "../queries.ts";
import { userAnswer } from "../rules.ts";
import { explainConflicts } from "../users.ts";
import { deviceWords } from "./device.ts";
import { holdSession, isSessionOf, listSessions, renewProof, revokeOtherSessions, updateNames } from "./queries.ts";
import type { Act } from "./reauthentication.ts";

export type Parts = {
  db: Database;
  revocations: Pick<Revocations, "notify" | "apply">;
  passwords: Passwords;
  provePassword: ProvePassword;
  secondFactors: Pick<SecondFactors, "proveByPasskey" | "proveBesidePassword">;
  fingerprints: Fingerprints;
};

/** More are open only where something is wrong; "end all others" ends them too. */
const mostListed = 200;

export async function sessionsOf(db: Database, userId: number, current: string): Promise<SessionOfUser[]> {
  const rows = await listSessions(db, userId, current, mostListed);
  return rows.map((row) => ({
    id: row.family,
    device: deviceWords(row.user_agent),
    address: row.address,
    created_at: row.created_at.toISOString(),
    last_seen_at: row.last_seen_at.toISOString(),
    expires_at: row.expires_at.toISOString(),
    is_current: row.is_current,
  }));
}

/** Ends one session of the user. One that is over already stays as it is. Throws HttpError `not_found` for what is none of theirs. */
export async function endOwnSession(parts: Parts, family: string, act: Act): Promise<void> {
  const isEnded = await inTransaction(parts.db, async (trx) => {
    if (!(await isSessionOf(trx, act.userId, family))) throw new HttpError("not_found", "You have no such session.");
    if ((await revokeSession(trx, family, "ended_by_user")) === undefined) return false;
    await record(trx, act, "session.revoked", { kind: "session", id: family }, { reason: "ended_by_user" });
    await parts.revocations.notify(trx, `session:${family}`);
    return true;
  });
  if (isEnded) parts.revocations.apply(`session:${family}`);
}

/** Ends all sessions of the user but the one that asks; answers how many. */
export async function endOtherSessions(parts: Parts, act: Act): Promise<number> {
  const ended = await inTransaction(parts.db, async (trx) => {
    const families = await endOthers(trx, parts, act, "ended_by_user");
    await record(trx, act, "user.sessions_ended", { kind: "user", id: act.userId }, { sessions_ended: families.length, kept: act.session });
    return families;
  });
  applyTo(parts, ended);
  return ended.length;
}

/** Ends all sessions of the user, also the one that asks; answers how many. */
export async function endAllSessions(parts: Parts, act: Act): Promise<number> {
  const count = await inTransaction(parts.db, async (trx) => {
    const sessionsEnded = await revokeSessionsOfUser(trx, act.userId, "ended_by_user");
    await record(trx, act, "user.sessions_ended", { kind: "user", id: act.userId }, { sessions_ended: sessionsEnded });
    await parts.revocations.notify(trx, `user:${act.userId}`);
    return sessionsEnded;
  });
  parts.revocations.apply(`user:${act.userId}`);
  return count;
}

/**
 * Ends the other sessions, and counts as a proof for this one where the password is all that the account has. Throws HttpError `password_wrong` or `too_many_requests`.
 */
export async function changePassword(parts: Parts, body: ChangePasswordBody, act: Act): Promise<void> {
  const before = await parts.provePassword(act.userId, body.current_password, "current_password", act.caller);
  const passwordHash = await parts.passwords.hash(body.new_password, "new_password");
  const ended = await inTransaction(parts.db, async (trx) => {
    // Changed by another session since: what was right then is not any more.
    if (!(await setPassword(trx, act.userId, passwordHash, before))) throw new HttpError("password_wrong");
    const isProof = !(await needsSecondFactor(trx, act.userId));
    const isAlive = await (isProof ? renewProof : holdSession)(trx, act.userId, act.session);
    if (!isAlive) throw new HttpError("session_ended");
    const families = await endOthers(trx, parts, act, "password_changed");
    await voidResetsOf(trx, act.userId);
    await record(trx, act, "user.password_changed", { kind: "user", id: act.userId }, { sessions_ended: families.length });
    return families;
  });
  applyTo(parts, ended);
}

/** Throws HttpError `conflict` for a name or an address that is taken. */
export async function changeNames(parts: Parts, body: ChangeProfileBody, act: Act): Promise<User> {
  const user = await explainConflicts(() =>
    inTransaction(parts.db, async (trx) => {
      const before = await findUser(trx, act.userId);
      const after = await updateNames(trx, act.userId, body);
      if (before === undefined || after === undefined) throw new HttpError("session_ended");
      await record(
        trx,
        act,
        "user.renamed",
        { kind: "user", id: act.userId },
        { username: after.username, before: before.username, ...(after.email !== before.email && addressesOf(parts, before.email, after.email)) },
      );
      // What is kept in memory has the old name; nothing is lost by it, so that sockets stay.
      await parts.revocations.notify(trx, `user:${act.userId}`, "shortened");
      return userAnswer(after);
    }),
  );
  parts.revocations.apply(`user:${act.userId}`, "shortened");
  return user;
}

/** Addresses are people's own: the log tells that they changed, and whoever knows one can find it. */
function addressesOf(parts: Parts, before: string, after: string) {
  return { email_fingerprint: parts.fingerprints.of(after.toLowerCase()), email_fingerprint_before: parts.fingerprints.of(before.toLowerCase()) };
}

async function endOthers(trx: DatabaseTransaction, parts: Parts, act: Act, reason: string): Promise<string[]> {
  const families = await revokeOtherSessions(trx, act.userId, act.session, reason);
  for (const family of families) await parts.revocations.notify(trx, `session:${family}`);
  return families;
}

function applyTo(parts: Parts, families: readonly string[]): void {
  for (const family of families) parts.revocations.apply(`session:${family}`);
}

async function record(
  trx: DatabaseTransaction,
  act: Act,
  action: string,
  subject: NonNullable<AuditEntry["subject"]>,
  detail: NonNullable<AuditEntry["detail"]>,
): Promise<void> {
  await recordAudit(trx, { actor: { kind: "user", id: act.userId }, action, subject, address: act.caller.address, requestId: act.caller.requestId, detail });
}
