import type { FindingSort } from "@sentinal/contract";
import { type RawBuilder, sql } from "kysely";
import { type Database, type DatabaseTransaction, decodeCursor, encodeCursor } from "../database/index.ts";
import { fieldError } from "../http/index.ts";
import type { FindingFilter } from "./finding-filters.ts";
import { findPlaces, type Place, placeRows } from "./finding-places.ts";
import { sampleOf, sampleShare } from "./finding-sample.ts";
import { areFew, asksOfFindings, findingsAt, findingsOf, narrowed, ofFinding, sortKeys } from "./finding-source.ts";

/** A row of a list, by what it is ordered by. */
export type FindingKey = { key: string | number; id: number; branchScopeId: number };

/** A list that is read page by page; where its findings are, and how few, is asked once. */
export type FindingKeys = {
  /** The next rows behind `after`, in order, at most `limit`. */
  next(after: FindingKey | null, limit: number): Promise<FindingKey[]>;
  isStale(branchScopeId: number): boolean;
};

/** From so many places on it pays to ask first how far the page will reach in each. */
const manyPlaces = 16;
/** Of findings that pass no filter but stand in the state that is asked for; a guess. */
const usualShare = 0.5;
/** Where fewer findings pass a filter, a walk passes by too many for each that it takes: then they are all found and sorted. */
const leastShare = 0.02;
/** Findings that are asked to know that share. */
const sampleSize = 2_000;

export async function openFindingKeys(
  db: Database | DatabaseTransaction,
  filter: FindingFilter,
  visible: string | null,
  sort: FindingSort = "severity",
): Promise<FindingKeys> {
  const places = narrowed(await findPlaces(db, filter, visible), filter);
  const stale = new Set(places.filter((place) => place.isStale).map((place) => place.branchScopeId));
  const way = await chooseWay(db, places, filter, sort);
  return {
    async next(after, limit) {
      if (places.length === 0) return [];
      if ("start" in way) return sortAll(db, findingsOf(places, filter, way.start), sort, after, limit);
      return walk(db, { places, filter, sort, share: way.share }, after, limit);
    },
    isStale: (branchScopeId) => stale.has(branchScopeId),
  };
}

/** All found, from there, and sorted; or walked in order, with the share of findings that pass the filter, null where none is asked. */
type Way = { start: "states" | "findings" } | { share: number | null };

async function chooseWay(db: Database | DatabaseTransaction, places: readonly Place[], filter: FindingFilter, sort: FindingSort): Promise<Way> {
  if (places.length === 0 || (await areFew(db, places, filter))) return { start: "states" };
  const others = { ...filter, [sort]: undefined };
  if (!asksOfFindings(others)) return { share: null };
  const answer = await sql<{ count: number }>`select count(*) as count ${sampleOf(places, others, await sampleShare(db, places, sampleSize))}`.execute(db);
  const share = (answer.rows[0]?.count ?? 0) / sampleSize;
  return share < leastShare ? { start: "findings" } : { share };
}

/** The ids of all findings that a list shows, in no order; null when there are more than `most`. */
export async function findFindingIds(trx: DatabaseTransaction, filter: FindingFilter, visible: string | null, most: number): Promise<number[] | null> {
  const places = narrowed(await findPlaces(trx, filter, visible), filter);
  if (places.length === 0) return [];
  const start = !asksOfFindings(filter) || (await areFew(trx, places, filter)) ? "states" : "findings";
  const answer = await sql<{ id: number }>`select distinct f.id ${findingsOf(places, filter, start)} limit ${most + 1}`.execute(trx);
  return answer.rows.length > most ? null : answer.rows.map(({ id }) => id);
}

async function sortAll(
  db: Database | DatabaseTransaction,
  found: RawBuilder<unknown>,
  sort: FindingSort,
  after: FindingKey | null,
  limit: number,
): Promise<FindingKey[]> {
  const answer = await sql<FindingKey>`
    select ${sortKeys[sort]} as key, f.id, sc.branch_scope_id as "branchScopeId" ${found} and ${behind(sort, after)} order by 1, 2, 3 limit ${limit}`.execute(
    db,
  );
  return answer.rows;
}

async function walk(
  db: Database | DatabaseTransaction,
  list: { places: readonly Place[]; filter: FindingFilter; sort: FindingSort; share: number | null },
  after: FindingKey | null,
  limit: number,
): Promise<FindingKey[]> {
  const { places, filter, sort, share } = list;
  const key = sortKeys[sort];
  // What the list is sorted by is asked before candidates are counted off: its index finds it.
  const rest = sql`${ofFinding({ [sort]: filter[sort] })} and ${behind(sort, after)}`;
  /** The first rows of each place, together in order. */
  const first = async (candidates: RawBuilder<unknown>) => {
    const answer = await sql<FindingKey>`
      select x.key, x.id, sc.branch_scope_id as "branchScopeId" from ${placeRows(places)} cross join lateral (
        select ${key} as key, f.id ${findingsAt(filter, candidates)} order by 1, 2 limit ${limit}) x
       order by 1, 2, 3 limit ${limit}`.execute(db);
    return answer.rows;
  };
  if (places.length === 1 || (share === null && places.length < manyPlaces)) return first(rest);
  // However the page is made up, it ends no later than a page of the first few of each place would. Without that,
  // places that hold nothing of what is asked would be walked to their ends.
  const ofEach = Math.ceil((4 * limit) / (places.length * (share ?? usualShare)));
  const furthest = (await first(sql`${rest} order by ${key}, f.id limit ${ofEach}`))[limit - 1];
  return first(furthest === undefined ? rest : sql`${rest} and (${key}, f.id) <= (${typed(sort, furthest.key)}, ${furthest.id}::bigint)`);
}

function behind(sort: FindingSort, after: FindingKey | null): RawBuilder<unknown> {
  if (after === null) return sql`true`;
  return sql`(${sortKeys[sort]}, f.id, sc.branch_scope_id) > (${typed(sort, after.key)}, ${after.id}::bigint, ${after.branchScopeId}::bigint)`;
}

function typed(sort: FindingSort, key: string | number): RawBuilder<unknown> {
  return sort === "severity" ? sql`${key}::bigint` : sql`${key}::text`;
}

export function encodeFindingCursor(sort: FindingSort, { key, id, branchScopeId }: FindingKey): string {
  return encodeCursor(sort === "severity" ? [key, id, branchScopeId] : [sort, key, id, branchScopeId]);
}

/** Throws HttpError 400 for a cursor of another list. */
export function decodeFindingCursor(sort: FindingSort, cursor: string | undefined): FindingKey | null {
  if (cursor === undefined) return null;
  const parts = sort === "severity" ? decodeCursor(cursor, ["number", "number", "number"]) : decodeCursor(cursor, ["string", "string", "number", "number"]);
  const [branchScopeId, id, key, name = sort] = parts?.toReversed() ?? [];
  if (key === undefined || typeof id !== "number" || typeof branchScopeId !== "number" || name !== sort)
    throw fieldError("cursor", "is not one that this list gave out", "Leave it out to start from the first page.");
  return { key, id, branchScopeId };
}
