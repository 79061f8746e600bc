import { sql } from "kysely";
import type { CreateTrustBindingBody, Scope } from "@sentinal/contract";
import type { Database, DatabaseTransaction } from "../database/index.ts";

type Connection = Database | DatabaseTransaction;

/** Bindings of one repository that are judged in an exchange; a repository has a handful. */
const mostJudged = 50;
/** Used-up ID tokens and ended hub tokens are kept so long, to tell what a binding was used for. */
const keptDays = 30;

export async function insertBinding(trx: DatabaseTransaction, body: CreateTrustBindingBody, createdBy: number | null): Promise<number> {
  const row = await trx
    .insertInto("trust_bindings")
    .values({
      name: body.name,
      repository: body.repository,
      repository_id: body.repository_id,
      repository_owner_id: body.repository_owner_id,
      workflow: body.workflow,
      refs: [...new Set(body.refs)],
      events: [...new Set(body.events)],
      scopes: [...new Set(body.scopes)],
      environment: body.environment ?? null,
      created_by: createdBy,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function findBinding(db: Connection, id: number) {
  return answerRows(db).where("trust_bindings.id", "=", id).executeTakeFirst();
}

/** The newest first, from below the id on. */
export async function listBindings(db: Database, page: { below: number | null; limit: number }) {
  const rows = answerRows(db).orderBy("trust_bindings.id", "desc").limit(page.limit);
  return (page.below === null ? rows : rows.where("trust_bindings.id", "<", page.below)).execute();
}

/** Live bindings of a repository, the oldest first. */
export async function findBindingsOf(db: Database, repositoryId: number) {
  return policyRows(db).where("repository_id", "=", repositoryId).orderBy("id").limit(mostJudged).execute();
}

/** Live bindings, those of the repository first, then the newest. */
export async function listBindingsToTry(db: Database, repositoryId: number | null) {
  return policyRows(db)
    .orderBy(sql`repository_id = ${repositoryId ?? 0}`, "desc")
    .orderBy("id", "desc")
    .limit(mostJudged)
    .execute();
}

/** Marks a binding as revoked; undefined when there is none, or it was revoked before. */
export async function revokeBinding(trx: DatabaseTransaction, id: number): Promise<{ id: number } | undefined> {
  return trx
    .updateTable("trust_bindings")
    .set({ revoked_at: sql`now()` })
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .returning("id")
    .executeTakeFirst();
}

export type NewHubToken = {
  bindingId: number;
  jti: string;
  hash: string;
  scopes: readonly Scope[];
  repository: string;
  githubRunId: number;
  attempt: number;
  event: string;
  ref: string;
  commit: string | null;
  issuedAt: Date;
  expiresAt: Date;
  idTokenExpiresAt: Date;
};

/** Uses the ID token up; undefined when it was used before, by whichever hub. */
export async function insertHubToken(trx: DatabaseTransaction, token: NewHubToken): Promise<{ id: number } | undefined> {
  return trx
    .insertInto("oidc_tokens")
    .values({
      binding_id: token.bindingId,
      jti: token.jti,
      token_hash: Buffer.from(token.hash, "hex"),
      scopes: [...token.scopes],
      repository: token.repository,
      github_run_id: token.githubRunId,
      run_attempt: token.attempt,
      event: token.event,
      ref: token.ref,
      commit_hash: token.commit,
      issued_at: token.issuedAt,
      expires_at: token.expiresAt,
      id_token_expires_at: token.idTokenExpiresAt,
    })
    .onConflict((conflict) => conflict.column("jti").doNothing())
    .returning("id")
    .executeTakeFirst();
}

export async function isUsedUp(db: Database, jti: string): Promise<boolean> {
  return (await db.selectFrom("oidc_tokens").select("id").where("jti", "=", jti).executeTakeFirst()) !== undefined;
}

/** What a check reads: the token and whether its binding still stands. */
export async function findHubToken(db: Database, which: { hash: string } | { id: number }) {
  const rows = db
    .selectFrom("oidc_tokens")
    .innerJoin("trust_bindings", "trust_bindings.id", "oidc_tokens.binding_id")
    .select([
      "oidc_tokens.id",
      "oidc_tokens.binding_id",
      "trust_bindings.name",
      "oidc_tokens.scopes",
      "oidc_tokens.repository",
      "oidc_tokens.github_run_id",
      "oidc_tokens.run_attempt",
      "oidc_tokens.ref",
      "oidc_tokens.commit_hash",
      "oidc_tokens.expires_at",
      sql<Date | null>`coalesce(oidc_tokens.revoked_at, trust_bindings.revoked_at)`.as("revoked_at"),
    ]);
  return ("id" in which ? rows.where("oidc_tokens.id", "=", which.id) : rows.where("token_hash", "=", Buffer.from(which.hash, "hex"))).executeTakeFirst();
}

/** Marks one job's token as revoked; undefined when there is none, or it was revoked before. */
export async function revokeHubToken(trx: DatabaseTransaction, hash: string): Promise<{ id: number } | undefined> {
  return trx
    .updateTable("oidc_tokens")
    .set({ revoked_at: sql`now()` })
    .where("token_hash", "=", Buffer.from(hash, "hex"))
    .where("revoked_at", "is", null)
    .returning("id")
    .executeTakeFirst();
}

/** Deletes what ended long ago; never an ID token that could still be presented. */
export async function deleteEndedHubTokens(db: Database): Promise<void> {
  await db
    .deleteFrom("oidc_tokens")
    .where("issued_at", "<", sql<Date>`now() - make_interval(days => ${keptDays})`)
    .where("expires_at", "<", sql<Date>`now()`)
    .where("id_token_expires_at", "<", sql<Date>`now() - interval '1 hour'`)
    .execute();
}

export async function findIssuerKeys(db: Database, issuer: string) {
  return db.selectFrom("oidc_issuer_keys").select(["keys", "fetched_at"]).where("issuer", "=", issuer).executeTakeFirst();
}

/** Keeps the keys that were fetched last, by whichever hub. */
export async function storeIssuerKeys(db: Database, issuer: string, keys: readonly object[], fetchedAt: Date): Promise<void> {
  const values = { keys: JSON.stringify(keys), fetched_at: fetchedAt };
  await db
    .insertInto("oidc_issuer_keys")
    .values({ issuer, ...values })
    .onConflict((conflict) => conflict.column("issuer").doUpdateSet(values).where("oidc_issuer_keys.fetched_at", "<", fetchedAt))
    .execute();
}

function policyRows(db: Database) {
  return db
    .selectFrom("trust_bindings")
    .select(["id", "name", "repository", "repository_id", "repository_owner_id", "workflow", "refs", "events", "scopes", "environment"])
    .where("revoked_at", "is", null);
}

function answerRows(db: Connection) {
  return db
    .selectFrom("trust_bindings")
    .leftJoin("users", "users.id", "trust_bindings.created_by")
    .leftJoinLateral(
      (builder) =>
        builder
          .selectFrom("oidc_tokens")
          .select(["issued_at", "oidc_tokens.repository as told_repository", "github_run_id", "run_attempt"])
          .whereRef("binding_id", "=", "trust_bindings.id")
          .orderBy("oidc_tokens.id", "desc")
          .limit(1)
          .as("last"),
      (join) => join.onTrue(),
    )
    .select([
      "trust_bindings.id",
      "trust_bindings.name",
      "trust_bindings.repository",
      "trust_bindings.repository_id",
      "trust_bindings.repository_owner_id",
      "trust_bindings.workflow",
      "trust_bindings.refs",
      "trust_bindings.events",
      "trust_bindings.scopes",
      "trust_bindings.environment",
      "trust_bindings.created_at",
      "users.username as created_by",
      "trust_bindings.revoked_at",
      "last.issued_at",
      "last.told_repository",
      "last.github_run_id",
      "last.run_attempt",
    ]);
}
