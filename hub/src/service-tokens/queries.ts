import { sql } from "kysely";
import type { Database, DatabaseTransaction } from "../database/index.ts";

type Connection = Database | DatabaseTransaction;

const columns = ["id", "service", "prefix", "created_at", "expires_at", "replaced_at", "revoked_at", "last_used_at", "last_used_address"] as const;

/** What a check reads, by the unique index on the hash. */
export async function findByHash(db: Connection, hash: Buffer) {
  return db.selectFrom("service_tokens").select(columns).where("token_hash", "=", hash).executeTakeFirst();
}

export async function findServiceToken(db: Connection, id: number) {
  return db.selectFrom("service_tokens").select(columns).where("id", "=", id).executeTakeFirst();
}

/** By service, the newest of each first. */
export async function listServiceTokens(db: Connection, limit: number) {
  return db.selectFrom("service_tokens").select(columns).orderBy("service").orderBy("id", "desc").limit(limit).execute();
}

/** Whether a token of any service is accepted at this moment. */
export async function hasLiveToken(db: Connection): Promise<boolean> {
  const row = await db
    .selectFrom("service_tokens")
    .select("id")
    .where("revoked_at", "is", null)
    .where((where) => where.or([where("expires_at", "is", null), where("expires_at", ">", sql<Date>`now()`)]))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertServiceToken(
  trx: DatabaseTransaction,
  token: { service: string; prefix: string; hash: Buffer; expiresInDays: number | null },
): Promise<number> {
  const row = await trx
    .insertInto("service_tokens")
    .values({
      service: token.service,
      prefix: token.prefix,
      token_hash: token.hash,
      expires_at: token.expiresInDays === null ? null : sql<Date>`now() + make_interval(days => ${token.expiresInDays})`,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** One that ran out no longer stands in the way of the next. */
export async function retireExpired(trx: DatabaseTransaction, service: string): Promise<void> {
  await trx
    .updateTable("service_tokens")
    .set({ replaced_at: sql`now()` })
    .where("service", "=", service)
    .where("replaced_at", "is", null)
    .where("revoked_at", "is", null)
    .where("expires_at", "<=", sql<Date>`now()`)
    .execute();
}

/** Lets the token that a service uses run out: it is accepted for the hours given, and not beyond its own end. Undefined when there is none. */
export async function replaceCurrent(trx: DatabaseTransaction, service: string, overlapHours: number): Promise<{ id: number } | undefined> {
  return trx
    .updateTable("service_tokens")
    .set({
      replaced_at: sql`now()`,
      expires_at: sql<Date>`least(coalesce(expires_at, 'infinity'::timestamptz), now() + make_interval(hours => ${overlapHours}))`,
    })
    .where("service", "=", service)
    .where("replaced_at", "is", null)
    .where("revoked_at", "is", null)
    .returning("id")
    .executeTakeFirst();
}

/** Undefined when there is none, or it was revoked before. */
export async function revokeById(trx: DatabaseTransaction, id: number): Promise<{ id: number } | undefined> {
  return trx
    .updateTable("service_tokens")
    .set({ revoked_at: sql`now()` })
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .returning("id")
    .executeTakeFirst();
}
