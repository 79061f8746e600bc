import type { Role } from "@sentinal/contract";
import { sql } from "kysely";
import type { Database, DatabaseTransaction } from "../database/index.ts";
import { graceSeconds } from "./rules.ts";

type Connection = Database | DatabaseTransaction;

const userColumns = ["id", "username", "email", "role", "created_at"] as const;
/** Any number will do, as long as every hub takes the same. */
const registrationLock = 7_351_842_012;
const sweptAtOnce = 5_000;

/** Registrations go one by one, so that two first accounts cannot both find the hub empty. */
export async function lockRegistration(trx: DatabaseTransaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(${registrationLock}::bigint)`.execute(trx);
}

export async function hasUsers(db: Connection): Promise<boolean> {
  return (await db.selectFrom("users").select("id").limit(1).executeTakeFirst()) !== undefined;
}

export async function insertUser(trx: DatabaseTransaction, user: { username: string; email: string; passwordHash: string; role: Role }) {
  return trx
    .insertInto("users")
    .values({ username: user.username, email: user.email, password_hash: user.passwordHash, role: user.role })
    .returning(userColumns)
    .executeTakeFirstOrThrow();
}

export async function findUser(db: Connection, id: number) {
  return db.selectFrom("users").select(userColumns).where("id", "=", id).executeTakeFirst();
}

/** The account of a sign-in, by name, address or both; a name with an @ is an address. */
export async function findLogin(db: Connection, login: { username?: string | undefined; email?: string | undefined }) {
  // PostgreSQL's text cannot hold it, so no account has it.
  if (`${login.username ?? ""}${login.email ?? ""}`.includes("\0")) return undefined;
  let query = db.selectFrom("users").select(["id", "username", "password_hash", "disabled_at"]);
  if (login.username !== undefined) {
    query = login.username.includes("@")
      ? query.where(sql`lower(email)`, "=", sql<string>`lower(${login.username})`)
      : query.where(sql`lower(username)`, "=", sql<string>`lower(${login.username})`);
  }
  if (login.email !== undefined) query = query.where(sql`lower(email)`, "=", sql<string>`lower(${login.email})`);
  return query.executeTakeFirst();
}

export async function updatePassword(trx: DatabaseTransaction, username: string, passwordHash: string) {
  return trx
    .updateTable("users")
    .set({ password_hash: passwordHash, password_changed_at: sql`now()` })
    .where(sql`lower(username)`, "=", sql<string>`lower(${username})`)
    .returning("id")
    .executeTakeFirst();
}

/** Sets the password; with `before` only while the account still has that one. */
export async function setPassword(trx: DatabaseTransaction, userId: number, passwordHash: string, before?: string): Promise<boolean> {
  let query = trx
    .updateTable("users")
    .set({ password_hash: passwordHash, password_changed_at: sql`now()` })
    .where("id", "=", userId);
  if (before !== undefined) query = query.where("password_hash", "=", before);
  return (await query.executeTakeFirst()).numUpdatedRows > 0n;
}

export async function findPasswordHash(db: Connection, userId: number): Promise<string | undefined> {
  return (await db.selectFrom("users").select("password_hash").where("id", "=", userId).where("disabled_at", "is", null).executeTakeFirst())?.password_hash;
}

/** True while the account still has the password that was just checked; it keeps it until the transaction ends. */
export async function holdPassword(trx: DatabaseTransaction, userId: number, passwordHash: string): Promise<boolean> {
  const row = await trx
    .selectFrom("users")
    .select("id")
    .where("id", "=", userId)
    .where("password_hash", "=", passwordHash)
    .where("disabled_at", "is", null)
    .forShare()
    .executeTakeFirst();
  return row !== undefined;
}

/** True while the account is not disabled and its session runs; both stay so until the transaction ends. */
export async function holdApproval(trx: DatabaseTransaction, approval: { userId: number; family: string }): Promise<boolean> {
  const row = await trx
    .selectFrom("sessions")
    .innerJoin("users", "users.id", "sessions.user_id")
    .select("sessions.family")
    .where("sessions.family", "=", approval.family)
    .where("users.id", "=", approval.userId)
    .where("sessions.revoked_at", "is", null)
    .where(sql<boolean>`sessions.expires_at > clock_timestamp()`)
    .where("users.disabled_at", "is", null)
    .forShare()
    .executeTakeFirst();
  return row !== undefined;
}

/** A new session. Its user proved just now who they are, or in the session `approvedIn` when they last did so there. */
export async function insertSession(
  trx: DatabaseTransaction,
  session: { family: string; userId: number; userAgent: string | null; address: string; lifetimeDays: number; approvedIn?: string },
): Promise<{ expires_at: Date }> {
  return trx
    .insertInto("sessions")
    .values({
      family: session.family,
      user_id: session.userId,
      user_agent: session.userAgent,
      address: session.address,
      expires_at: daysFromNow(session.lifetimeDays),
      ...(session.approvedIn !== undefined && {
        authenticated_at: sql<Date>`(select approving.authenticated_at from sessions as approving where approving.family = ${session.approvedIn})`,
      }),
    })
    .returning("expires_at")
    .executeTakeFirstOrThrow();
}

/** A refresh token ends with its session at the latest. */
export async function insertRefreshToken(
  trx: DatabaseTransaction,
  token: { jti: string; hash: Buffer; userId: number; family: string; sessionExpiresAt: Date; lifetimeDays: number },
): Promise<{ expires_at: Date }> {
  return trx
    .insertInto("refresh_tokens")
    .values({
      jti: token.jti,
      token_hash: token.hash,
      user_id: token.userId,
      family: token.family,
      expires_at: sql<Date>`least(${daysFromNow(token.lifetimeDays)}, ${token.sessionExpiresAt}::timestamptz)`,
    })
    .returning("expires_at")
    .executeTakeFirstOrThrow();
}

/**
 * The session of a refresh token, locked: whoever rotates or revokes takes this row first, so that neither can slip
 * past the other.
 */
export async function lockSessionOfToken(trx: DatabaseTransaction, hash: Buffer) {
  return trx
    .selectFrom("refresh_tokens")
    .innerJoin("sessions", "sessions.family", "refresh_tokens.family")
    .innerJoin("users", "users.id", "sessions.user_id")
    .select([
      "sessions.family",
      "sessions.user_id",
      "sessions.expires_at",
      sql<boolean>`sessions.revoked_at is not null or sessions.expires_at <= clock_timestamp() or users.disabled_at is not null`.as("is_over"),
    ])
    .where("refresh_tokens.token_hash", "=", hash)
    .forNoKeyUpdate("sessions")
    .executeTakeFirst();
}

/** Marks the token as exchanged; undefined when it was already, or is revoked or expired. */
export async function rotateRefreshToken(trx: DatabaseTransaction, hash: Buffer, successor: { jti: string; sealed: Buffer }) {
  return trx
    .updateTable("refresh_tokens")
    .set({ rotated_at: sql`clock_timestamp()`, successor_jti: successor.jti, successor_sealed: successor.sealed })
    .where("token_hash", "=", hash)
    .where("rotated_at", "is", null)
    .where("revoked", "=", false)
    .where(sql<boolean>`expires_at > clock_timestamp()`)
    .returning("jti")
    .executeTakeFirst();
}

export async function findSpentToken(trx: DatabaseTransaction, hash: Buffer) {
  return trx
    .selectFrom("refresh_tokens")
    .leftJoin("refresh_tokens as successor", "successor.jti", "refresh_tokens.successor_jti")
    .select([
      "refresh_tokens.jti",
      "refresh_tokens.revoked",
      "refresh_tokens.successor_jti",
      "refresh_tokens.successor_sealed",
      "successor.expires_at as successor_expires_at",
      sql<boolean>`refresh_tokens.expires_at <= clock_timestamp()`.as("is_expired"),
      sql<number | null>`extract(epoch from clock_timestamp() - refresh_tokens.rotated_at)::float8`.as("seconds_since_rotation"),
    ])
    .where("refresh_tokens.token_hash", "=", hash)
    .executeTakeFirst();
}

/** The token was presented, so nobody may ask its predecessor for it any more. */
export async function eraseSealedCopy(trx: DatabaseTransaction, successorJti: string): Promise<void> {
  await trx
    .updateTable("refresh_tokens")
    .set({ successor_sealed: null })
    .where("successor_jti", "=", successorJti)
    .where("successor_sealed", "is not", null)
    .execute();
}

export async function touchSession(trx: DatabaseTransaction, family: string): Promise<void> {
  await trx
    .updateTable("sessions")
    .set({ last_seen_at: sql`now()` })
    .where("family", "=", family)
    .execute();
}

/** Ends a session that is not over yet, with all its tokens; undefined when it was over. The session's row comes first: see `lockSessionOfToken`. */
export async function revokeSession(trx: DatabaseTransaction, family: string, reason: string): Promise<{ user_id: number } | undefined> {
  const ended = await trx
    .updateTable("sessions")
    .set({ revoked_at: sql`now()`, revoked_reason: reason })
    .where("family", "=", family)
    .where("revoked_at", "is", null)
    .returning("user_id")
    .executeTakeFirst();
  if (ended !== undefined)
    await trx.updateTable("refresh_tokens").set({ revoked: true, successor_sealed: null }).where("family", "=", family).where("revoked", "=", false).execute();
  return ended;
}

/** Ends all sessions of a user; answers how many. */
export async function revokeSessionsOfUser(trx: DatabaseTransaction, userId: number, reason: string): Promise<number> {
  const result = await trx
    .updateTable("sessions")
    .set({ revoked_at: sql`now()`, revoked_reason: reason })
    .where("user_id", "=", userId)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  await trx.updateTable("refresh_tokens").set({ revoked: true, successor_sealed: null }).where("user_id", "=", userId).where("revoked", "=", false).execute();
  return Number(result.numUpdatedRows);
}

export async function findFamilyOfToken(trx: DatabaseTransaction, hash: Buffer): Promise<string | undefined> {
  return (await trx.selectFrom("refresh_tokens").select("family").where("token_hash", "=", hash).executeTakeFirst())?.family;
}

/** Of a row of `sessions`: whether it could still be refreshed. */
export const runningSession = sql<boolean>`
  sessions.revoked_at is null and sessions.expires_at > now() and exists (
    select from refresh_tokens where refresh_tokens.family = sessions.family
      and not refresh_tokens.revoked and refresh_tokens.rotated_at is null and refresh_tokens.expires_at > now()
  )`;

/** A session with what its user may do now. */
export async function findSession(db: Connection, family: string) {
  return db
    .selectFrom("sessions")
    .innerJoin("users", "users.id", "sessions.user_id")
    .select(["sessions.family", "sessions.expires_at", "sessions.revoked_at", "users.id as user_id", "users.username", "users.role", "users.disabled_at"])
    .where("sessions.family", "=", family)
    .executeTakeFirst();
}

/** The session of a refresh token that could still be used, or that was exchanged a moment ago. */
export async function findFamilyOfLiveToken(db: Connection, hash: Buffer) {
  return db
    .selectFrom("refresh_tokens")
    .select(["family", "user_id"])
    .where("token_hash", "=", hash)
    .where("revoked", "=", false)
    .where(sql<boolean>`expires_at > clock_timestamp()`)
    .where(sql<boolean>`(rotated_at is null or rotated_at > clock_timestamp() - make_interval(secs => ${graceSeconds}))`)
    .executeTakeFirst();
}

/** Erases the sealed successors whose grace has ended; answers how many. */
export async function eraseEndedGraces(db: Database): Promise<number> {
  const result = await db
    .updateTable("refresh_tokens")
    .set({ successor_sealed: null })
    .where("jti", "in", (query) =>
      query
        .selectFrom("refresh_tokens")
        .select("jti")
        .where("successor_sealed", "is not", null)
        .where(sql<boolean>`rotated_at < clock_timestamp() - make_interval(secs => ${graceSeconds})`)
        .limit(sweptAtOnce)
        .forUpdate()
        .skipLocked(),
    )
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Deletes refresh tokens that expired a day ago, and sessions that ended a month ago; answers how many. */
export async function deleteEnded(db: Database): Promise<number> {
  const tokens = await db
    .deleteFrom("refresh_tokens")
    .where("jti", "in", (query) =>
      query
        .selectFrom("refresh_tokens")
        .select("jti")
        .where(sql<boolean>`expires_at < now() - interval '1 day'`)
        .limit(sweptAtOnce)
        .forUpdate()
        .skipLocked(),
    )
    .executeTakeFirst();
  const sessions = await db
    .deleteFrom("sessions")
    .where("family", "in", (query) =>
      query
        .selectFrom("sessions")
        .select("family")
        .where(sql<boolean>`least(expires_at, revoked_at) < now() - interval '30 days'`)
        .limit(sweptAtOnce)
        .forUpdate()
        .skipLocked(),
    )
    .executeTakeFirst();
  return Number(tokens.numDeletedRows) + Number(sessions.numDeletedRows);
}

function daysFromNow(days: number) {
  return sql<Date>`now() + make_interval(days => ${days})`;
}
