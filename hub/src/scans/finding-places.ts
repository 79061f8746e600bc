import type { ScanType } from "@sentinal/contract";
import { type RawBuilder, sql } from "kysely";
import type { Database, DatabaseTransaction } from "../database/index.ts";
import type { FindingFilter } from "./finding-filters.ts";

/** A scope on one branch: where lists look for findings. */
export type Place = {
  branchScopeId: number;
  scopeId: number;
  scanType: ScanType;
  tool: string;
  /** The target is no longer reported: others of the same tool are, on this branch, and have been for two weeks. */
  isStale: boolean;
};

const staleAfterDays = 14;

/** That `b`, of the repository `r`, is the branch whose findings count: the default one, else main or master, else each. */
export const isDefaultBranch = sql`b.branch = coalesce(r.default_branch, (select d.branch from branch_scopes d where d.scope_id = b.scope_id and d.branch in ('main', 'master') order by d.branch limit 1), b.branch)`;

/**
 * Where the findings of a list are: in the scopes that a scan brought findings to, on its branch; else in all scopes of
 * the repositories on the branch that is named, by default the default one. There are a few a repository and hundreds to
 * thousands in a hub, and who knows them need not ask for repositories, branches and tools any more.
 */
export async function findPlaces(db: Database | DatabaseTransaction, filter: FindingFilter, visible: string | null): Promise<Place[]> {
  const { scanId, branch } = filter;
  const which =
    scanId !== undefined
      ? sql`b.branch = (select run.branch from scans scan join runs run on run.id = scan.run_id where scan.id = ${scanId})
            and b.scope_id in (select i.scope_id from imports i where i.scan_id = ${scanId})
            and ${branch === undefined ? sql`true` : sql`b.branch = ${branch}`}`
      : branch === undefined
        ? isDefaultBranch
        : sql`b.branch = ${branch}`;
  const answer = await sql<Place>`
    select b.id as "branchScopeId", b.scope_id as "scopeId", sc.scan_type as "scanType", sc.tool,
           ${
             // What a scan saw was there.
             scanId !== undefined
               ? sql`false`
               : sql`coalesce(b.newest_ordered_at < max(b.newest_ordered_at) over (partition by sc.repository_id, sc.scan_type, sc.tool, b.branch)
                       - make_interval(days => ${staleAfterDays}), false)`
           } as "isStale"
      from branch_scopes b join finding_scopes sc on sc.id = b.scope_id join repositories r on r.id = sc.repository_id
     where ${which}
       and ${visible === null ? sql`true` : sql`r.name = ${visible}`}
       and ${filter.repository === undefined ? sql`true` : sql`r.name = ${filter.repository}`}
       and ${anyOf(sql`sc.scan_type`, filter.scanType)} and ${anyOf(sql`sc.tool`, filter.tool)}
     order by b.id`.execute(db);
  return answer.rows;
}

/** The places as a table `sc`, in which filters and facets find what they ask of a scope. */
export function placeRows(places: readonly Place[]): RawBuilder<unknown> {
  const column = <Value>(read: (place: Place) => Value) => places.map(read);
  return sql`unnest(${column((place) => place.branchScopeId)}::bigint[], ${column((place) => place.scopeId)}::bigint[], ${column((place) => place.scanType)}::text[],
                    ${column((place) => place.tool)}::text[], ${column((place) => place.isStale)}::boolean[]) as sc (branch_scope_id, scope_id, scan_type, tool, is_stale)`;
}

export function anyOf(column: RawBuilder<unknown>, values: readonly (string | number)[] | undefined): RawBuilder<unknown> {
  return values === undefined ? sql`true` : sql`${column} = any(${[...values]})`;
}
