import type { Scope } from "@sentinal/contract";
import { sql } from "kysely";
import type { Database, DatabaseTransaction } from "../database/index.ts";

type Connection = Database | DatabaseTransaction;

/** What a check reads, by the unique index on the hash. */
export async function findTokenByHash(db: Database, hash: string) {
  return db.selectFrom("api_tokens").select(checkedColumns).where("token_hash", "=", Buffer.from(hash, "hex")).executeTakeFirst();
}

export async function findToken(db: Connection, id: number) {
  return answerRows(db).where("api_tokens.id", "=", id).executeTakeFirst();
}

/** SHA-256 of the token itself. */
export async function hashOfToken(trx: DatabaseTransaction, id: number): Promise<Buffer> {
  return (await trx.selectFrom("api_tokens").select("token_hash").where("id", "=", id).executeTakeFirstOrThrow()).token_hash;
}

/** The newest first, from below the id on. */
export async function listTokens(db: Database, page: { below: number | null; limit: number }) {
  const rows = answerRows(db).orderBy("api_tokens.id", "desc").limit(page.limit);
  return (page.below === null ? rows : rows.where("api_tokens.id", "<", page.below)).execute();
}

export async function insertToken(
  trx: DatabaseTransaction,
  token: {
    name: string;
    prefix: string;
    hash: string;
    scopes: readonly Scope[];
    repository: string | null;
    createdBy: number | null;
    expiresInDays: number | null;
  },
): Promise<number> {
  const row = await trx
    .insertInto("api_tokens")
    .values({
      name: token.name,
      prefix: token.prefix,
      token_hash: Buffer.from(token.hash, "hex"),
      scopes: [...token.scopes],
      repository: token.repository,
      created_by: token.createdBy,
      expires_at: token.expiresInDays === null ? null : sql<Date>`now() + make_interval(days => ${token.expiresInDays})`,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The token, kept as it is until the transaction ends. */
export async function lockToken(trx: DatabaseTransaction, id: number) {
  return trx
    .selectFrom("api_tokens")
    .select(["id", "name", "scopes", "repository", "created_at", "expires_at", "revoked_at", "replaced_by"])
    .where("id", "=", id)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** From now on the token is the predecessor of another; without hours it is dead at once. */
export async function replaceToken(trx: DatabaseTransaction, id: number, successor: { id: number; overlapHours: number }): Promise<void> {
  await trx
    .updateTable("api_tokens")
    .set({
      replaced_by: successor.id,
      ...(successor.overlapHours === 0
        ? { revoked_at: sql<Date>`now()`, revoked_reason: "rotated" }
        : { overlap_ends_at: sql<Date>`now() + make_interval(hours => ${successor.overlapHours})` }),
    })
    .where("id", "=", id)
    .execute();
}

export async function bindToken(trx: DatabaseTransaction, id: number, repository: string | null): Promise<void> {
  await trx.updateTable("api_tokens").set({ repository }).where("id", "=", id).execute();
}

/** Marks a token as revoked; undefined when there is none, or it was revoked before. */
export async function revokeToken(trx: DatabaseTransaction, which: { id: number } | { hash: string }, reason: string): Promise<{ id: number } | undefined> {
  const revoking = trx
    .updateTable("api_tokens")
    .set({ revoked_at: sql`now()`, revoked_reason: reason })
    .where("revoked_at", "is", null)
    .returning("id");
  return ("id" in which ? revoking.where("id", "=", which.id) : revoking.where("token_hash", "=", Buffer.from(which.hash, "hex"))).executeTakeFirst();
}

const checkedColumns = ["id", "name", "scopes", "repository", "expires_at", "overlap_ends_at", "revoked_at"] as const;

function answerRows(db: Connection) {
  return db
    .selectFrom("api_tokens")
    .leftJoin("users", "users.id", "api_tokens.created_by")
    .select([
      "api_tokens.id",
      "api_tokens.name",
      "api_tokens.prefix",
      "api_tokens.scopes",
      "api_tokens.repository",
      "api_tokens.created_at",
      "users.username as created_by",
      "api_tokens.expires_at",
      "api_tokens.last_used_at",
      "api_tokens.last_used_address",
      "api_tokens.revoked_at",
      "api_tokens.replaced_by",
      "api_tokens.overlap_ends_at",
    ]);
}
