import type { Facets, Upgrade } from "@sentinal/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { announce } from "../../announcement.ts";
import { Empty, SkeletonRows } from "../../components/empty.tsx";
import { Fault } from "../../components/fault.tsx";
import { Icon } from "../../components/icons.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { Button, IconButton } from "../../components/ui/button.tsx";
import { useKeys } from "../../keys.ts";
import type { FindingFilters, FindingsSearch } from "../../searches.ts";
import { toggled } from "../../url-state.ts";
import { FacetList } from "./facet-list.tsx";
import { FindingList } from "./finding-list.tsx";
import { flatFindings, groupFindings, nextFinding } from "./finding-rows.ts";
import { findingsQuery, type FindingScope } from "./queries.ts";

/** Groups are whole up to so many findings: they are fetched at once. Beyond, they grow as one scrolls. */
const fetchedForGroups = 2_000;

type FindingExplorerProps = {
  scope: FindingScope;
  /** As in the address, with the tab's kind among them. */
  filters: FindingFilters;
  search: FindingsSearch;
  facets: Facets | undefined;
  /** Whether rows stand under target and package. */
  canGroup: boolean;
  upgrades: readonly Upgrade[];
  /** Shown where nothing matches and nothing is filtered. */
  empty: ReactNode;
};

/** Facets at the left, rows in the middle; the panel beside them is the page's. */
export function FindingExplorer({ scope, filters, search, facets, canGroup, upgrades, empty }: FindingExplorerProps) {
  const navigate = useNavigate();
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [sought, setSought] = useState<string | null>(null);
  const query = useInfiniteQuery(findingsQuery(scope, filters));
  const findings = query.data?.pages.flatMap((page) => page.items) ?? [];
  const isGrouped = canGroup && search.group !== "none";
  const rows = isGrouped ? groupFindings(findings, folded) : flatFindings(findings);
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;

  function fetchMore(): void {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }
  useEffect(() => {
    if (isGrouped && findings.length < fetchedForGroups) fetchMore();
  });

  function goTo(step: 1 | -1): void {
    const from = rows.findIndex((row) => row.type === "finding" && row.finding.id === search.finding);
    const index = nextFinding(rows, from < 0 ? null : from, step);
    const row = index === null ? undefined : rows[index];
    if (row?.type !== "finding") return announce(step === 1 ? "No further finding." : "No finding above.");
    setSought(row.key);
    void navigate({
      to: ".",
      search: (previous) => ({ ...previous, finding: row.finding.id, on: scope.scanId === null ? row.finding.branch : undefined }),
      replace: search.finding !== undefined,
      resetScroll: false,
    });
  }
  useKeys([
    { key: "j", label: "Next finding", run: () => goTo(1) },
    { key: "k", label: "Previous finding", run: () => goTo(-1) },
  ]);

  const hasFilters = [
    filters.severity,
    filters.change,
    filters.state,
    filters.scan_type,
    filters.target,
    filters.package,
    filters.fixable,
    filters.q,
    filters.branch,
  ].some((value) => value !== undefined);
  const facetList = <FacetList facets={facets} filters={filters} isOfScan={scope.scanId !== null} />;
  return (
    <div className="flex">
      <aside aria-label="Filters" className="hidden w-[200px] shrink-0 border-r border-line xl:block" data-print="no">
        <div className="sticky top-11 max-h-[calc(100dvh-44px)] overflow-y-auto p-2.5">{facetList}</div>
      </aside>
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-1" data-print="no">
          <SearchField
            label="Search findings"
            placeholder="CVE, package, path, title…"
            value={search.q ?? ""}
            onChange={(text) =>
              void navigate({ to: ".", search: (previous) => ({ ...previous, q: text === "" ? undefined : text }), replace: true, resetScroll: false })
            }
            className="w-full sm:w-[240px]"
          />
          <span className="text-xs text-ink-faint" role="status">
            {query.data !== undefined && countWords(findings.length, hasNextPage, facets, filters.kind)}
          </span>
          {hasFilters && (
            <Link to="." search={(previous) => ({ ...previous, ...noFilters })} resetScroll={false} className="link text-xs">
              Clear filters
            </Link>
          )}
          <span className="ml-auto flex items-center gap-1">
            {canGroup && (
              <Link
                to="."
                search={(previous) => ({ ...previous, group: isGrouped ? ("none" as const) : undefined })}
                resetScroll={false}
                className="flex h-7 items-center rounded-md px-2 text-xs font-medium text-ink-soft hover:bg-sunken"
              >
                {isGrouped ? "List by severity" : "Group by package"}
              </Link>
            )}
            <IconButton icon="up" label="Previous finding" keyHint="k" className="size-7" onClick={() => goTo(-1)} />
            <IconButton icon="down" label="Next finding" keyHint="j" className="size-7" onClick={() => goTo(1)} />
          </span>
          <details className="w-full xl:hidden">
            <summary className="flex h-7 items-center gap-1.5 text-xs font-medium text-ink-soft">
              <Icon name="filter" className="size-3.5" />
              Filters
            </summary>
            <div className="pt-2 pb-3">{facetList}</div>
          </details>
        </div>
        {query.isPending && <SkeletonRows count={10} label="Loading findings" />}
        {query.error !== null && findings.length === 0 && (
          <div className="p-4">
            <Fault error={query.error} what="The findings could not be read" onRetry={() => void query.refetch()} />
          </div>
        )}
        {query.data !== undefined && findings.length === 0 && (hasFilters ? <Empty title="No finding matches these filters" /> : empty)}
        {findings.length > 0 && (
          <FindingList
            rows={rows}
            selected={search.finding}
            upgrades={upgrades}
            isOfScan={scope.scanId !== null}
            showsRepository={scope.scanId === null && scope.repository === undefined}
            hasMore={hasNextPage}
            sought={sought}
            onFold={(key) => setFolded(new Set(toggled([...folded], key) ?? []))}
            onNearEnd={fetchMore}
          />
        )}
        {isFetchNextPageError && (
          <div className="p-4">
            <Fault error={query.error} what="More findings could not be read" onRetry={() => void fetchNextPage()} />
          </div>
        )}
        {hasNextPage && findings.length >= fetchedForGroups && isGrouped && (
          <p className="flex items-center justify-center gap-3 px-4 py-3 text-xs text-ink-soft">
            Groups hold the gravest {findings.length.toLocaleString("en")} findings so far.
            <Button size="sm" onClick={fetchMore} disabled={isFetchingNextPage}>
              Fetch more
            </Button>
          </p>
        )}
      </div>
    </div>
  );
}

/** "1,000 of 14,210 findings": how many rows there are, and how many are here already. */
function countWords(fetched: number, hasMore: boolean, facets: Facets | undefined, kind: FindingFilters["kind"]): string {
  const here = fetched.toLocaleString("en");
  if (!hasMore) return `${here} ${fetched === 1 ? "finding" : "findings"}`;
  const total = facets?.kind.filter((entry) => kind === undefined || entry.value === kind).reduce((sum, entry) => sum + entry.count, 0);
  return total === undefined || total <= fetched ? `${here}+ findings` : `${here} of ${total.toLocaleString("en")} findings`;
}

const noFilters = {
  severity: undefined,
  change: undefined,
  state: undefined,
  scan_type: undefined,
  target: undefined,
  package: undefined,
  fixable: undefined,
  branch: undefined,
  q: undefined,
} satisfies Omit<FindingFilters, "kind">;
