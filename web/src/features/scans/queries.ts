import type { Facets, Finding, FindingDetail, Run, ScanDetail, Upgrade } from "@sentinal/contract";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Query } from "../../api/client.ts";
import { api } from "../../runtime.ts";
import type { FindingFilters } from "../../searches.ts";

export const findingsPerPage = 200;

/** What the list is about: the findings of one scan, or what stands on branches. */
export type FindingScope = { scanId: number | null; repository: string | undefined };
export type FindingPage = { items: Finding[]; next_cursor: string | null };

/**
 * The page's filters as the API takes them. Of a scan that means what it saw: what it fixed is shown when asked for.
 * Without a scan it means what is open.
 */
export function apiFilters(scope: FindingScope, filters: FindingFilters): Query {
  const shared = {
    kind: filters.kind,
    severity: filters.severity,
    target: filters.target,
    package_name: filters.package,
    fixable: filters.fixable,
    rule: filters.rule,
    path: filters.path,
    risk: filters.risk,
    tool_type: filters.tool_type,
    q: filters.q,
  };
  return scope.scanId !== null
    ? { scan_id: scope.scanId, change: filters.change ?? ["new", "reopened", "unchanged"], state: filters.state, ...shared }
    : { repository: scope.repository, branch: filters.branch, scan_type: filters.scan_type, state: filters.state ?? ["open"], ...shared };
}

function scopeKey(scope: FindingScope): number | "all" {
  return scope.scanId ?? "all";
}

export function findingsQuery(scope: FindingScope, filters: FindingFilters) {
  const query = apiFilters(scope, filters);
  return infiniteQueryOptions({
    queryKey: ["findings", scopeKey(scope), "list", query],
    queryFn: ({ pageParam, signal }) => api.get<FindingPage>("/api/cicd/findings", { ...query, limit: findingsPerPage, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export function facetsQuery(scope: FindingScope, filters: FindingFilters) {
  const query = apiFilters(scope, filters);
  return queryOptions({
    queryKey: ["findings", scopeKey(scope), "facets", query],
    queryFn: ({ signal }) => api.get<Facets>("/api/cicd/findings/facets", query, signal),
  });
}

export function findingQuery(id: number, branch: string | undefined) {
  return queryOptions({
    queryKey: ["finding", id, { branch }],
    queryFn: ({ signal }) => api.get<FindingDetail>(`/api/cicd/findings/${id}`, { branch }, signal),
  });
}

export function scanQuery(id: number) {
  return queryOptions({ queryKey: ["scan", id], queryFn: ({ signal }) => api.get<ScanDetail>(`/api/cicd/scans/${id}`, {}, signal) });
}

export function upgradesQuery(scanId: number) {
  return queryOptions({
    queryKey: ["scan", scanId, "upgrades"],
    queryFn: async ({ signal }) => (await api.get<{ items: Upgrade[] }>(`/api/cicd/scans/${scanId}/upgrades`, {}, signal)).items,
  });
}

/** The newest runs of a repository, from which the newest scan of each branch is known. */
export function branchRunsQuery(repository: string) {
  return queryOptions({
    queryKey: ["branch-runs", repository],
    queryFn: async ({ signal }) => (await api.get<{ items: Run[] }>("/api/cicd/runs", { repository, limit: 200 }, signal)).items,
  });
}
