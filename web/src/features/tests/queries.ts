import type { Test, TestDetail, TestErrorGroup, TestFacets, TestSuite } from "@sentinal/contract";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../runtime.ts";
import type { TestFilters } from "../../searches.ts";
import { apiTestFilters, type TestScope, type TestView } from "./filters.ts";

const testsPerPage = 100;
/** Suites that did not load are shown at once; a build that breaks more breaks all. */
const mostUnloadedSuites = 50;

export type TestPage = { items: Test[]; next_cursor: string | null };
/** The part of a list that is shown whole, and how many more there are. */
type Part<Item> = { items: Item[]; left_out: number };

function scopeKey(scope: TestScope): number | "all" {
  return scope.scanId ?? "all";
}

export function testsQuery(scope: TestScope, view: TestView, filters: TestFilters) {
  const query = { ...apiTestFilters(scope, view, filters), sort: view.sort };
  return infiniteQueryOptions({
    queryKey: ["tests", scopeKey(scope), "list", query],
    queryFn: ({ pageParam, signal }) => api.get<TestPage>("/api/cicd/tests", { ...query, limit: testsPerPage, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export function testFacetsQuery(scope: TestScope, view: Omit<TestView, "sort">, filters: TestFilters) {
  const query = apiTestFilters(scope, view, filters);
  return queryOptions({
    queryKey: ["tests", scopeKey(scope), "facets", query],
    queryFn: ({ signal }) => api.get<TestFacets>("/api/cicd/tests/facets", query, signal),
  });
}

export function testQuery(id: number, asked: { branch: string | undefined; scanId: number | undefined }) {
  return queryOptions({
    queryKey: ["tests", asked.scanId ?? "all", "test", id, { branch: asked.branch }],
    queryFn: ({ signal }) => api.get<TestDetail>(`/api/cicd/tests/${id}`, { branch: asked.branch, scan_id: asked.scanId }, signal),
  });
}

/** Files and suites of a scan that did not load. */
export function unloadedSuitesQuery(scanId: number) {
  return queryOptions({
    queryKey: ["tests", scanId, "unloaded"],
    queryFn: ({ signal }) =>
      api.get<TestPage>("/api/cicd/tests", { scan_id: scanId, kind: "suite", outcome: ["failed", "error"], limit: mostUnloadedSuites }, signal),
  });
}

export function testErrorsQuery(scanId: number) {
  return queryOptions({
    queryKey: ["tests", scanId, "errors"],
    queryFn: ({ signal }) => api.get<Part<TestErrorGroup>>(`/api/cicd/scans/${scanId}/test-errors`, {}, signal),
  });
}

export function testSuitesQuery(scanId: number) {
  return queryOptions({
    queryKey: ["tests", scanId, "suites"],
    queryFn: ({ signal }) => api.get<Part<TestSuite>>(`/api/cicd/scans/${scanId}/test-suites`, {}, signal),
  });
}
