import { type RawBuilder, sql } from "kysely";
import type { Database, DatabaseTransaction } from "../database/index.ts";
import type { FindingFilter } from "./finding-filters.ts";
import { type Place, placeRows } from "./finding-places.ts";
import { findingsAt } from "./finding-source.ts";

/*
 * A sample are the findings with the lowest identities: these are hashes, spread evenly over whatever findings have in
 * common, and an index of each scope has them in order.
 */

/** The part of the identities by which it is told how many findings there are. */
const probeShare = 1 / 256;

/** Which share of the places' findings makes a sample of so many; 1 when there are no more. */
export async function sampleShare(db: Database | DatabaseTransaction, places: readonly Place[], size: number): Promise<number> {
  const scopeIds = [...new Set(places.map((place) => place.scopeId))];
  const answer = await sql<{ count: number }>`
    select count(*) as count from findings f where f.scope_id = any(${scopeIds}) and f.identity < ${identityAt(probeShare)}::uuid`.execute(db);
  return Math.min(1, size / ((answer.rows[0]?.count ?? 0) / probeShare + 1));
}

/** `from …`: those of the sample that pass the filter, with the tables that facets are counted by. */
export function sampleOf(places: readonly Place[], filter: FindingFilter, share: number): RawBuilder<unknown> {
  // `offset 0`: place by place, as the index of identities has them.
  return sql`from ${placeRows(places)}
    cross join lateral (select f.*, s.state as own_state, o.change as own_change ${findingsAt(filter, sql`f.identity < ${identityAt(share)}::uuid`)} offset 0) f
    cross join lateral (select f.own_state as state) s cross join lateral (select f.own_change as change) o`;
}

/** The identity below which so large a share of them lies. */
function identityAt(share: number): string {
  const head = Math.min(0xffffffff, Math.floor(share * 0x100000000));
  return `${head.toString(16).padStart(8, "0")}-0000-0000-0000-000000000000`;
}
