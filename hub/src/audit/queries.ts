import type { AuditFilters } from "@sentinal/contract";
import { type Expression, expressionBuilder, sql, type SqlBool } from "kysely";
import type { Database } from "../database/index.ts";
import type { DB } from "../database/tables.ts";
import { sealableColumns } from "./seal.ts";

/** After which entry a page goes on: its time to the microsecond, and its id. */
export type ListPlace = { at: string; id: number };

/** Entries of which one is the value's: by its fingerprint, or by the API tokens that have it. */
export type ValueTraces = { fingerprints: readonly string[]; tokens: readonly string[] };

/** Subjects that are themselves fingerprints of what was typed or sent. */
const fingerprintSubjects = ["token_fingerprint", "username_fingerprint"];

/** The newest first. */
export async function listEntries(db: Database, filters: AuditFilters, page: { after: ListPlace | null; limit: number }) {
  return db
    .selectFrom("audit_entries")
    .select([...sealableColumns(), "position", "hash"])
    .where((builder) => builder.and(conditionsOf(filters)))
    .$if(page.after !== null, (query) => query.where(sql<SqlBool>`(at, id) < (${page.after?.at}::timestamptz, ${page.after?.id}::bigint)`))
    .orderBy("audit_entries.at", "desc")
    .orderBy("audit_entries.id", "desc")
    .limit(page.limit)
    .execute();
}

export async function findEntry(db: Database, id: number) {
  return db
    .selectFrom("audit_entries")
    .select([...sealableColumns(), "position", "hash"])
    .where("id", "=", id)
    .executeTakeFirst();
}

/** What speaks of a value, the newest first: its fingerprints, and all that was done with or to a token that has it. */
export async function entriesOfValue(db: Database, traces: ValueTraces, limit: number) {
  return db
    .selectFrom("audit_entries")
    .select([...sealableColumns(), "position", "hash"])
    .where(({ or }) =>
      or([
        hasFingerprint(traces.fingerprints),
        sql<SqlBool>`(subject_kind = any(${fingerprintSubjects}) and subject_id = any(${[...traces.fingerprints]}))`,
        // A list without elements is allowed here, as it is not after `in`.
        sql<SqlBool>`(subject_kind = 'api_token' and subject_id = any(${[...traces.tokens]}))`,
        sql<SqlBool>`(actor_kind = 'api_token' and actor_id = any(${[...traces.tokens]}))`,
      ]),
    )
    .orderBy("audit_entries.at", "desc")
    .orderBy("audit_entries.id", "desc")
    .limit(limit)
    .execute();
}

/** The API tokens that an entry with one of these fingerprints is about; an id is one value for ever. */
export async function tokensWithFingerprint(db: Database, fingerprints: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom("audit_entries")
    .select("subject_id")
    .distinct()
    .where(hasFingerprint(fingerprints))
    .where("subject_kind", "=", "api_token")
    .limit(10)
    .execute();
  return rows.flatMap((row) => row.subject_id ?? []);
}

function hasFingerprint(fingerprints: readonly string[]): Expression<SqlBool> {
  return sql<SqlBool>`(detail ? 'fingerprint' and detail ->> 'fingerprint' = any(${[...fingerprints]}))`;
}

function conditionsOf(filters: AuditFilters): Expression<SqlBool>[] {
  const entries = expressionBuilder<DB, "audit_entries">();
  const conditions: Expression<SqlBool>[] = [];
  if (filters.actor_kind !== undefined) conditions.push(entries("actor_kind", "=", filters.actor_kind));
  if (filters.actor_id !== undefined) conditions.push(entries("actor_id", "=", filters.actor_id));
  if (filters.action !== undefined) conditions.push(...actionConditions(filters.action));
  if (filters.subject_kind !== undefined) conditions.push(entries("subject_kind", "=", filters.subject_kind));
  if (filters.subject_id !== undefined) conditions.push(entries("subject_id", "=", filters.subject_id));
  if (filters.outcome !== undefined) conditions.push(entries("outcome", "=", filters.outcome));
  if (filters.from !== undefined) conditions.push(entries("at", ">=", new Date(filters.from)));
  if (filters.to !== undefined) conditions.push(entries("at", "<", new Date(filters.to)));
  if (filters.address !== undefined) conditions.push(entries("address", "=", filters.address));
  return conditions;
}

/** `api_token.` means all of a thing, by an index of its own; anything else is an action or its beginning. */
function actionConditions(action: string): Expression<SqlBool>[] {
  const [thing = "", verb] = action.split(".");
  const beginning = `${action.replace(/[\\%_]/g, "\\$&")}%`;
  const begins = sql<SqlBool>`action like ${beginning}`;
  if (verb === undefined) return [begins];
  const ofThing = sql<SqlBool>`split_part(action, '.', 1) = ${thing}`;
  return verb === "" ? [ofThing] : [ofThing, begins];
}
