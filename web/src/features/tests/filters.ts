import type { TestOutcome } from "@sentinal/contract";
import type { Query } from "../../api/client.ts";
import type { TestFilters } from "../../searches.ts";

/** What the list is about: the tests of one scan, or the newest results on branches. */
export type TestScope = { scanId: number | null; repository: string | undefined };
/** What a tab shows by itself, before any filter. */
export type TestView = { sort: "failed" | "slow" | "name" | "flaky"; outcome?: readonly TestOutcome[]; isFlaky?: true; kind?: "case" };

/** The results that are asked for: a filter narrows what the tab shows, and never widens it. */
export function askedOutcomes(view: Pick<TestView, "outcome">, filters: Pick<TestFilters, "outcome">): readonly TestOutcome[] | undefined {
  const asked = filters.outcome?.filter((outcome) => view.outcome?.includes(outcome) !== false);
  return asked === undefined || asked.length === 0 ? view.outcome : asked;
}

/** The page's filters as the API takes them. */
export function apiTestFilters(scope: TestScope, view: Omit<TestView, "sort">, filters: TestFilters): Query {
  return {
    ...(scope.scanId === null ? { repository: scope.repository, branch: filters.branch } : { scan_id: scope.scanId }),
    outcome: askedOutcomes(view, filters),
    change: filters.change,
    flaky: view.isFlaky === true || filters.flaky === true ? "true" : undefined,
    kind: view.kind,
    file: filters.file,
    suite: filters.suite,
    q: filters.q,
  };
}
