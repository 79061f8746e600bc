import type { Role } from "@sentinal/contract";
import { sql } from "kysely";
import type { Database, DatabaseTransaction } from "../../database/index.ts";

type Connection = Database | DatabaseTransaction;

export async function insertInvitation(
  trx: DatabaseTransaction,
  invitation: { hash: Buffer; email: string | null; role: Role; createdBy: number; expiresInDays: number },
): Promise<number> {
  const row = await trx
    .insertInto("invitations")
    .values({
      token_hash: invitation.hash,
      email: invitation.email,
      role: invitation.role,
      created_by: invitation.createdBy,
      expires_at: sql<Date>`now() + make_interval(days => ${invitation.expiresInDays})`,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function findInvitation(db: Connection, id: number) {
  return answerRows(db).where("invitations.id", "=", id).executeTakeFirst();
}

export async function findInvitationByHash(db: Connection, hash: Buffer) {
  return answerRows(db).where("invitations.token_hash", "=", hash).executeTakeFirst();
}

/** The invitation of a token; nobody else can use or revoke it until the transaction ends. */
export async function lockInvitationByHash(trx: DatabaseTransaction, hash: Buffer) {
  return trx
    .selectFrom("invitations")
    .select(["id", "email", "role", "expires_at", "used_at", "revoked_at"])
    .where("token_hash", "=", hash)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** The newest first, from below the id on. */
export async function listInvitations(db: Database, page: { below: number | null; limit: number }) {
  const rows = answerRows(db).orderBy("invitations.id", "desc").limit(page.limit);
  return (page.below === null ? rows : rows.where("invitations.id", "<", page.below)).execute();
}

/** Marks an invitation as used by the account that was just made with it. */
export async function spendInvitation(trx: DatabaseTransaction, id: number, userId: number): Promise<void> {
  await trx
    .updateTable("invitations")
    .set({ used_at: sql`now()`, used_by: userId })
    .where("id", "=", id)
    .execute();
}

/** Revokes an invitation that was neither used nor revoked; undefined when there is none such. */
export async function revokeInvitation(trx: DatabaseTransaction, id: number): Promise<{ id: number } | undefined> {
  return revoking(trx).where("id", "=", id).executeTakeFirst();
}

/** The same, by its token. */
export async function revokeInvitationByHash(trx: DatabaseTransaction, hash: Buffer): Promise<{ id: number } | undefined> {
  return revoking(trx).where("token_hash", "=", hash).executeTakeFirst();
}

/** Revokes what somebody gave out who may not invite any more; answers the ids. */
export async function revokeInvitationsOf(trx: DatabaseTransaction, userId: number): Promise<number[]> {
  const rows = await revoking(trx)
    .where("created_by", "=", userId)
    .where(sql<boolean>`expires_at > now()`)
    .execute();
  return rows.map((row) => row.id);
}

function revoking(trx: DatabaseTransaction) {
  return trx
    .updateTable("invitations")
    .set({ revoked_at: sql`now()` })
    .where("used_at", "is", null)
    .where("revoked_at", "is", null)
    .returning("id");
}

function answerRows(db: Connection) {
  return db
    .selectFrom("invitations")
    .leftJoin("users as inviter", "inviter.id", "invitations.created_by")
    .leftJoin("users as invited", "invited.id", "invitations.used_by")
    .select([
      "invitations.id",
      "invitations.email",
      "invitations.role",
      "invitations.created_at",
      "inviter.username as created_by",
      "invitations.expires_at",
      "invitations.used_at",
      "invited.username as used_by",
      "invitations.revoked_at",
    ]);
}
