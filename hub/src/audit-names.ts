import type { NamesOf } from "./audit/index.ts";
import type { Database } from "./database/index.ts";

/** How the audit log calls things that have a name besides their number; each feature adds its own. */
export function auditNames(db: Database): NamesOf {
  return {
    async user(ids) {
      const rows = await db
        .selectFrom("users")
        .select(["id", "username"])
        .where("id", "in", [...ids])
        .execute();
      return new Map(rows.map((row) => [row.id, row.username]));
    },
    async api_token(ids) {
      const rows = await db
        .selectFrom("api_tokens")
        .select(["id", "name"])
        .where("id", "in", [...ids])
        .execute();
      return new Map(rows.map((row) => [row.id, row.name]));
    },
    async passkey(ids) {
      const rows = await db
        .selectFrom("passkeys")
        .select(["id", "name"])
        .where("id", "in", [...ids])
        .execute();
      return new Map(rows.map((row) => [row.id, row.name]));
    },
    async trust_binding(ids) {
      const rows = await db
        .selectFrom("trust_bindings")
        .select(["id", "name"])
        .where("id", "in", [...ids])
        .execute();
      return new Map(rows.map((row) => [row.id, row.name]));
    },
    async service_token(ids) {
      const rows = await db
        .selectFrom("service_tokens")
        .select(["id", "service"])
        .where("id", "in", [...ids])
        .execute();
      return new Map(rows.map((row) => [row.id, row.service]));
    },
  };
}
