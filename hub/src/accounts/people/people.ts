import type { Person, Role } from "@sentinal/contract";
import { type AuditEntry, recordAudit } from "../../audit/index.ts";
import { type Database, type DatabaseTransaction, decodeCursor, encodeCursor, inTransaction, type Revocations } from "../../database/index.ts";
import { fieldError, HttpError } from "../../http/index.ts";
import { revokeInvitationsOf } from "../invitations/index.ts";
import { revokeSessionsOfUser } from "../queries.ts";
import { asRole, type Caller } from "../rules.ts";
import { findPerson, hasOtherAdmin, listPeople, lockPeople, setDeactivated, setRole } from "./queries.ts";
import { voidResetsBy, voidResetsOf } from "./reset-queries.ts";

export type Parts = { db: Database; revocations: Pick<Revocations, "notify" | "apply"> };
/** Who acts, and from where. */
export type Act = { userId: number; caller: Caller };

/** In the order in which they were made. Throws HttpError `field_invalid` for a cursor of another list. */
export async function pageOfPeople(
  db: Database,
  query: { limit: number; cursor?: string | undefined },
): Promise<{ items: Person[]; next_cursor: string | null }> {
  const key = query.cursor === undefined ? [0] : decodeCursor(query.cursor, ["number"]);
  if (key === null) throw fieldError("cursor", "is not one of this list", "Take `next_cursor` of the page before.");
  const rows = await listPeople(db, { above: Number(key[0]), limit: query.limit + 1 });
  const items = rows.slice(0, query.limit).map(personAnswer);
  const last = items.at(-1);
  return { items, next_cursor: rows.length > query.limit && last !== undefined ? encodeCursor([last.id]) : null };
}

/** Counts at the next request on every hub. Who was Admin loses the invitations and links they gave out. Throws HttpError `not_found` or `last_admin`. */
export async function changeRole(parts: Parts, id: number, role: Role, act: Act): Promise<Person> {
  return change(parts, id, async (trx, before) => {
    if (before.role === role) return false;
    await keepAnAdmin(trx, before, role);
    await setRole(trx, id, role);
    const takenBack = before.role === "Admin" ? await takeBackGifts(trx, id) : {};
    await record(trx, act, "user.role_changed", id, { username: before.username, role, before: before.role, ...takenBack });
    return true;
  });
}

/** Ends all sessions of the account and lets it open none. What it did stays. Throws HttpError `not_found` or `last_admin`. */
export async function deactivate(parts: Parts, id: number, act: Act): Promise<Person> {
  return change(parts, id, async (trx, before) => {
    if (before.deactivated_at !== null) return false;
    await keepAnAdmin(trx, before, null);
    await setDeactivated(trx, id, true);
    const sessionsEnded = await revokeSessionsOfUser(trx, id, "deactivated");
    await voidResetsOf(trx, id);
    await record(trx, act, "user.deactivated", id, { username: before.username, sessions_ended: sessionsEnded, ...(await takeBackGifts(trx, id)) });
    return true;
  });
}

/** Lets the account sign in again. Throws HttpError `not_found`. */
export async function reactivate(parts: Parts, id: number, act: Act): Promise<Person> {
  return change(parts, id, async (trx, before) => {
    if (before.deactivated_at === null) return false;
    await setDeactivated(trx, id, false);
    await record(trx, act, "user.reactivated", id, { username: before.username });
    return true;
  });
}

/** Throws HttpError `not_found`. */
export async function endSessionsOf(parts: Parts, id: number, act: Act): Promise<{ sessions_ended: number }> {
  let sessionsEnded = 0;
  await change(parts, id, async (trx, before) => {
    sessionsEnded = await revokeSessionsOfUser(trx, id, "ended_by_admin");
    await record(trx, act, "user.sessions_ended", id, { username: before.username, sessions_ended: sessionsEnded });
    return true;
  });
  return { sessions_ended: sessionsEnded };
}

/** Does something to an account, one at a time over all hubs; when it says that it did, everybody forgets what they knew of the account. */
async function change(parts: Parts, id: number, act: (trx: DatabaseTransaction, before: Person) => Promise<boolean>): Promise<Person> {
  const done = await inTransaction(parts.db, async (trx) => {
    await lockPeople(trx);
    const isChanged = await act(trx, await personOf(trx, id));
    if (isChanged) await parts.revocations.notify(trx, `user:${id}`);
    return { person: await personOf(trx, id), isChanged };
  });
  if (done.isChanged) parts.revocations.apply(`user:${id}`);
  return done.person;
}

async function keepAnAdmin(trx: DatabaseTransaction, before: Person, after: Role | null): Promise<void> {
  const isAdminNow = before.role === "Admin" && before.deactivated_at === null;
  if (isAdminNow && after !== "Admin" && !(await hasOtherAdmin(trx, before.id)))
    throw new HttpError("last_admin", `${before.username} is the only active Admin of this hub.`);
}

/** A link that an Admin gave out must not outlive their right to give it. */
async function takeBackGifts(trx: DatabaseTransaction, id: number): Promise<{ invitations_revoked: string[]; reset_links_voided: string[] }> {
  const [invitations, resets] = [await revokeInvitationsOf(trx, id), await voidResetsBy(trx, id)];
  return { invitations_revoked: invitations.map(String), reset_links_voided: resets.map(String) };
}

async function record(trx: DatabaseTransaction, act: Act, action: string, id: number, detail: NonNullable<AuditEntry["detail"]>): Promise<void> {
  await recordAudit(trx, {
    actor: { kind: "user", id: act.userId },
    action,
    subject: { kind: "user", id },
    address: act.caller.address,
    requestId: act.caller.requestId,
    detail,
  });
}

async function personOf(trx: DatabaseTransaction, id: number): Promise<Person> {
  const row = await findPerson(trx, id);
  if (row === undefined) throw new HttpError("not_found", `There is no user ${id}.`);
  return personAnswer(row);
}

function personAnswer(row: NonNullable<Awaited<ReturnType<typeof findPerson>>>): Person {
  return {
    id: row.id,
    username: row.username,
    email: row.email,
    role: asRole(row.role),
    created_at: row.created_at.toISOString(),
    deactivated_at: row.disabled_at?.toISOString() ?? null,
    last_seen_at: row.last_seen_at?.toISOString() ?? null,
    sessions: row.sessions ?? 0,
    second_factors: { totp: row.has_totp, passkeys: row.passkeys ?? 0 },
  };
}
