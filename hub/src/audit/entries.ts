import type { AuditEntry, AuditFilters, AuditSearchResult } from "@sentinal/contract";
import { type Database, decodeCursor, encodeCursor } from "../database/index.ts";
import { fieldError, HttpError } from "../http/index.ts";
import type { Fingerprints } from "./fingerprint.ts";
import { entriesOfValue, findEntry, listEntries, type ListPlace, tokensWithFingerprint } from "./queries.ts";
import { nameInDetail, type NamesOf, partyOf } from "./words.ts";

type EntryRow = Awaited<ReturnType<typeof listEntries>>[number];

/** Entries of one search. */
const mostFound = 500;

/** A page of the log, the newest first. Throws HttpError `field_invalid` for a cursor of another list. */
export async function pageOfEntries(
  parts: { db: Database; names: NamesOf },
  filters: AuditFilters,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: AuditEntry[]; next_cursor: string | null }> {
  const after = page.cursor === undefined ? null : placeIn(page.cursor);
  // One more than is shown tells whether there is a next page.
  const rows = await listEntries(parts.db, filters, { after, limit: page.limit + 1 });
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    items: await answersOf(parts.names, shown),
    next_cursor: rows.length > page.limit && last !== undefined ? encodeCursor([last.at, last.id]) : null,
  };
}

/** Throws HttpError `not_found`. */
export async function entryById(parts: { db: Database; names: NamesOf }, id: number): Promise<AuditEntry> {
  const row = await findEntry(parts.db, id);
  const [entry] = row === undefined ? [] : await answersOf(parts.names, [row]);
  if (entry === undefined) throw new HttpError("not_found", `There is no entry ${id}.`);
  return entry;
}

/** Everything that speaks of a secret value, which is kept nowhere: neither here nor in a log. */
export async function searchValue(parts: { db: Database; names: NamesOf; fingerprints: Fingerprints }, value: string): Promise<AuditSearchResult> {
  const fingerprint = parts.fingerprints.of(value);
  // Names are told apart without regard to their spelling, and so are their fingerprints.
  const fingerprints = [...new Set([fingerprint, parts.fingerprints.of(value.toLowerCase())])];
  const tokens = await tokensWithFingerprint(parts.db, fingerprints);
  const rows = await entriesOfValue(parts.db, { fingerprints, tokens }, mostFound + 1);
  return { fingerprint, items: await answersOf(parts.names, rows.slice(0, mostFound)), is_cut: rows.length > mostFound };
}

async function answersOf(names: NamesOf, rows: readonly EntryRow[]): Promise<AuditEntry[]> {
  const nameOf = await readNames(names, rows);
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actor: partyOf(row.actor_kind, row.actor_id, nameOf(row.actor_kind, row.actor_id)),
    action: row.action,
    subject: row.subject_kind === null ? null : partyOf(row.subject_kind, row.subject_id, nameOf(row.subject_kind, row.subject_id) ?? nameInDetail(row.detail)),
    outcome: row.outcome === "refused" ? "refused" : "done",
    address: row.address,
    request_id: row.request_id,
    detail: detailOf(row.detail),
    seal: row.position === null ? "unsealed" : "sealed",
    position: row.position,
    hash: row.hash?.toString("hex") ?? null,
  }));
}

/** One question a kind of thing, for all rows together. */
async function readNames(names: NamesOf, rows: readonly EntryRow[]): Promise<(kind: string, id: string | null) => string | null> {
  const parties = rows.flatMap((row) => [
    { kind: row.actor_kind, id: row.actor_id },
    { kind: row.subject_kind, id: row.subject_id },
  ]);
  const known = new Map<string, string>();
  for (const [kind, read] of Object.entries(names)) {
    const ids = new Set(parties.filter((party) => party.kind === kind && /^\d{1,15}$/.test(party.id ?? "")).map((party) => Number(party.id)));
    if (ids.size === 0) continue;
    for (const [id, name] of await read([...ids])) known.set(`${kind} ${id}`, name);
  }
  return (kind, id) => known.get(`${kind} ${id}`) ?? null;
}

function detailOf(detail: unknown): Record<string, unknown> {
  return typeof detail === "object" && detail !== null && !Array.isArray(detail) ? Object.fromEntries(Object.entries(detail)) : {};
}

function placeIn(cursor: string): ListPlace {
  const [at, id] = decodeCursor(cursor, ["string", "number"]) ?? [];
  if (typeof at === "string" && typeof id === "number" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(at) && !Number.isNaN(Date.parse(at)))
    return { at, id };
  throw fieldError("cursor", "is not one that this list gave out", "Leave it out to start from the first page.");
}
