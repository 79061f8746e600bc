import type { TestFacets } from "@sentinal/contract";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Empty, SkeletonRows } from "../../components/empty.tsx";
import { Fault } from "../../components/fault.tsx";
import { Icon } from "../../components/icons.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { Button, IconButton } from "../../components/ui/button.tsx";
import type { TestFilters } from "../../searches.ts";
import { askedOutcomes, type TestScope, type TestView } from "./filters.ts";
import { testFacetsQuery, testsQuery } from "./queries.ts";
import { TestFacetList } from "./test-facets.tsx";
import { TestList } from "./test-list.tsx";
import { suiteWords } from "./test-words.ts";
import { useTestSteps } from "./use-test-steps.ts";

type TestExplorerProps = {
  scope: TestScope;
  view: TestView;
  /** As in the address. */
  filters: TestFilters;
  /** The test in the side panel. */
  selected: number | undefined;
  /** Shown where nothing matches and nothing is filtered. */
  empty: ReactNode;
};

/** Facets at the left, rows in the middle; the panel beside them is the page's. */
export function TestExplorer({ scope, view, filters, selected, empty }: TestExplorerProps) {
  const navigate = useNavigate();
  const query = useInfiniteQuery(testsQuery(scope, view, filters));
  const facets = useQuery(testFacetsQuery(scope, view, filters));
  const tests = query.data?.pages.flatMap((page) => page.items) ?? [];
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const isOfScan = scope.scanId !== null;

  function fetchMore(): void {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }

  const { goTo, sought } = useTestSteps(isOfScan ? tests.map(({ id }) => ({ id })) : tests, selected);
  const hasFilters = [filters.outcome, filters.change, filters.flaky, filters.file, filters.suite, filters.q, filters.branch].some(
    (value) => value !== undefined,
  );
  const facetList = <TestFacetList facets={facets.data} filters={filters} view={view} />;
  return (
    <div className="flex">
      <aside aria-label="Filters" className="hidden w-[200px] shrink-0 border-r border-line xl:block" data-print="no">
        <div className="sticky top-11 max-h-[calc(100dvh-44px)] overflow-y-auto p-2.5">{facetList}</div>
      </aside>
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-1" data-print="no">
          <SearchField
            label="Search tests"
            placeholder="Name, suite, file, message…"
            value={filters.q ?? ""}
            onChange={(text) =>
              void navigate({ to: ".", search: (previous) => ({ ...previous, q: text === "" ? undefined : text }), replace: true, resetScroll: false })
            }
            className="w-full sm:w-[240px]"
          />
          <span className="text-xs text-ink-faint" role="status">
            {query.data !== undefined && countWords(tests.length, hasNextPage, facets.data, filters, view)}
          </span>
          {filters.suite !== undefined && <SuiteChip path={filters.suite} />}
          {hasFilters && (
            <Link to="." search={(previous) => ({ ...previous, ...noFilters })} resetScroll={false} className="link text-xs">
              Clear filters
            </Link>
          )}
          <span className="ml-auto flex items-center gap-1">
            <IconButton icon="up" label="Previous test" keyHint="k" className="size-7" onClick={() => goTo(-1)} />
            <IconButton icon="down" label="Next test" keyHint="j" className="size-7" onClick={() => goTo(1)} />
          </span>
          <details className="w-full xl:hidden">
            <summary className="flex h-7 items-center gap-1.5 text-xs font-medium text-ink-soft">
              <Icon name="filter" className="size-3.5" />
              Filters
            </summary>
            <div className="pt-2 pb-3">{facetList}</div>
          </details>
        </div>
        {facets.error !== null && (
          <div className="p-4 pb-0">
            <Fault error={facets.error} what="The filters could not be counted" onRetry={() => void facets.refetch()} />
          </div>
        )}
        {query.isPending && <SkeletonRows count={10} label="Loading tests" />}
        {query.error !== null && tests.length === 0 && (
          <div className="p-4">
            <Fault error={query.error} what="The tests could not be read" onRetry={() => void query.refetch()} />
          </div>
        )}
        {query.data !== undefined && tests.length === 0 && (hasFilters ? <NoMatch /> : empty)}
        {tests.length > 0 && (
          <TestList
            tests={tests}
            selected={selected}
            isOfScan={isOfScan}
            showsRepository={!isOfScan && scope.repository === undefined}
            showsDurations={view.sort === "slow"}
            hasMore={hasNextPage}
            sought={sought}
            onNearEnd={fetchMore}
          />
        )}
        {isFetchNextPageError && (
          <div className="p-4">
            <Fault error={query.error} what="More tests could not be read" onRetry={() => void fetchNextPage()} />
          </div>
        )}
        {hasNextPage && !isFetchNextPageError && (
          <p className="flex justify-center px-4 py-3">
            <Button size="sm" onClick={fetchMore} disabled={isFetchingNextPage}>
              Load more
            </Button>
          </p>
        )}
      </div>
    </div>
  );
}

function NoMatch() {
  return (
    <Empty title="No test matches these filters">
      <Link to="." search={(previous) => ({ ...previous, ...noFilters })} resetScroll={false} className="link">
        Clear filters
      </Link>
    </Empty>
  );
}

function SuiteChip({ path }: { path: readonly string[] }) {
  return (
    <Link
      to="."
      search={(previous) => ({ ...previous, suite: undefined })}
      resetScroll={false}
      aria-label={`Suite ${suiteWords(path)}: take this filter away`}
      title={suiteWords(path)}
      className="flex h-6 max-w-[320px] items-center gap-1 rounded-md border border-line bg-surface px-1.5 text-xs hover:bg-sunken"
    >
      <span className="text-ink-faint">Suite</span>
      <span className="truncate font-medium">{suiteWords(path)}</span>
      <Icon name="close" className="size-3 text-ink-faint" />
    </Link>
  );
}

/** "100 of 14,210 tests": how many rows there are, and how many are here already. */
function countWords(fetched: number, hasMore: boolean, facets: TestFacets | undefined, filters: TestFilters, view: TestView): string {
  const here = fetched.toLocaleString("en");
  if (!hasMore) return `${here} ${fetched === 1 ? "test" : "tests"}`;
  // Each facet is counted without its own filter: of the results only those that are asked for.
  const outcomes: readonly string[] | undefined = askedOutcomes(view, filters);
  const total = facets?.outcome.filter((entry) => outcomes?.includes(entry.value) !== false).reduce((sum, entry) => sum + entry.count, 0);
  return total === undefined || total <= fetched ? `${here}+ tests` : `${here} of ${total.toLocaleString("en")} tests`;
}

const noFilters = {
  outcome: undefined,
  change: undefined,
  flaky: undefined,
  file: undefined,
  suite: undefined,
  q: undefined,
  branch: undefined,
} satisfies Record<keyof TestFilters, undefined>;
