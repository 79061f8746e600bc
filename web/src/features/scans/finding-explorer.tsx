import type { Facets, Upgrade } from "@sentinal/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { announce } from "../../announcement.ts";
import { Empty, SkeletonRows } from "../../components/empty.tsx";
import { Fault } from "../../components/fault.tsx";
import { Button } from "../../components/ui/button.tsx";
import { useKeys } from "../../keys.ts";
import type { FindingFilters, FindingsSearch } from "../../searches.ts";
import { toggled } from "../../url-state.ts";
import { ExplorerToolbar, noFilters } from "./explorer-toolbar.tsx";
import { FacetList } from "./facet-list.tsx";
import { FindingList } from "./finding-list.tsx";
import { flatFindings, groupFindings, nextFinding } from "./finding-rows.ts";
import { apiFilters, findingsQuery, type FindingScope } from "./queries.ts";
import type { Decision, TriageTarget } from "./triage.ts";
import { TriageBar } from "./triage-bar.tsx";
import { useSelection } from "./use-selection.ts";
import { useTriage } from "./use-triage.tsx";

/** Groups are whole up to so many findings: they are fetched at once. Beyond, they grow as one scrolls. */
const fetchedForGroups = 2_000;

/** On more at once the hub does not take a decision. */
const mostDecided = 10_000;

type FindingExplorerProps = {
  scope: FindingScope;
  /** Those that hold: of the address, and what the open tab asks for. */
  filters: FindingFilters;
  search: FindingsSearch;
  facets: Facets | undefined;
  /** What rows stand under, if anything: target and package, or the site. */
  groups: "package" | "site" | null;
  upgrades: readonly Upgrade[];
  /** Further controls of the page. */
  tools?: ReactNode;
  /** Shown where nothing matches and nothing is filtered. */
  empty: ReactNode;
};

/** Facets at the left, rows in the middle; the panel beside them is the page's. */
export function FindingExplorer({ scope, filters, search, facets, groups, upgrades, tools, empty }: FindingExplorerProps) {
  const navigate = useNavigate();
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [sought, setSought] = useState<string | null>(null);
  const query = useInfiniteQuery(findingsQuery(scope, filters));
  const findings = query.data?.pages.flatMap((page) => page.items) ?? [];
  const isGrouped = groups !== null && search.group !== "none";
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

  const triage = useTriage();
  const asked = apiFilters(scope, filters);
  const shown = rows.flatMap((row) => (row.type === "finding" ? [row.finding] : []));
  const chosen = useSelection(
    JSON.stringify(asked),
    shown.map((finding) => finding.id),
  );
  const total = hasNextPage ? (facets === undefined || facets.is_total_estimated ? null : facets.total) : findings.length;
  // A decision on all of a list holds on one branch; where several are listed, it is made on rows.
  const canTakeAll =
    hasNextPage && total !== null && total <= mostDecided && (scope.scanId !== null || scope.repository !== undefined || filters.branch !== undefined);

  function target(): TriageTarget {
    if (chosen.selection.isAll) return { filter: asked, count: total };
    const picked = shown.filter((finding) => (chosen.isAny ? chosen.has(finding.id) : finding.id === search.finding));
    return { findings: picked };
  }
  function decide(action: Decision["action"]): void {
    const on = target();
    if ("findings" in on && on.findings.length === 0) return announce("No finding is selected.");
    triage.ask({ target: on, action, onDone: chosen.clear });
  }
  useKeys(
    [
      {
        key: "x",
        label: "Select the finding, with shift all up to it",
        run: (event) => {
          if (search.finding === undefined) return announce("Choose a finding with j or k first.");
          chosen.toggle(search.finding, event.shiftKey);
        },
      },
      { key: "e", label: "Dismiss what is selected", run: () => decide("dismiss") },
    ],
    triage.isAllowed,
  );
  useKeys([{ key: "Escape", label: "Clear the selection", run: chosen.clear }], chosen.isAny);

  const hasFilters = Object.keys(noFilters).some((name) => Object.entries(search).some(([known, value]) => known === name && value !== undefined));
  const isOfScan = scope.scanId !== null;
  const facetList = <FacetList facets={facets} filters={filters} chosen={search} isOfScan={isOfScan} />;
  return (
    <div className="flex">
      <aside aria-label="Filters" className="hidden w-[200px] shrink-0 border-r border-line xl:block" data-print="no">
        <div className="sticky top-11 max-h-[calc(100dvh-44px)] overflow-y-auto p-2.5">{facetList}</div>
      </aside>
      <div className="min-w-0 flex-1">
        <ExplorerToolbar
          search={search}
          query={asked}
          countWords={query.data === undefined ? "" : countWords(findings.length, hasNextPage, facets)}
          hasFilters={hasFilters}
          groupWords={groups === null ? null : isGrouped ? "List by severity" : groups === "site" ? "Group by site" : "Group by package"}
          tools={tools}
          facetList={facetList}
          onStep={goTo}
        />
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
            isOfScan={isOfScan}
            showsRepository={!isOfScan && scope.repository === undefined}
            hasMore={hasNextPage}
            sought={sought}
            onFold={(key) => setFolded(new Set(toggled([...folded], key) ?? []))}
            onNearEnd={fetchMore}
            {...(triage.isAllowed && { selection: chosen })}
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
        {chosen.isAny && (
          <TriageBar
            count={chosen.selection.isAll ? total : chosen.selection.ids.size}
            isAll={chosen.selection.isAll}
            total={canTakeAll ? total : null}
            onDismiss={() => decide("dismiss")}
            onReopen={() => decide("reopen")}
            onAll={chosen.all}
            onClear={chosen.clear}
          />
        )}
      </div>
      {triage.dialog}
    </div>
  );
}

/** "1,000 of 14,210 findings": how many rows there are, and how many are here already. */
function countWords(fetched: number, hasMore: boolean, facets: Facets | undefined): string {
  const here = fetched.toLocaleString("en");
  if (!hasMore) return `${here} ${fetched === 1 ? "finding" : "findings"}`;
  if (facets === undefined || facets.total <= fetched) return `${here}+ findings`;
  return `${here} of ${facets.is_total_estimated ? "about " : ""}${facets.total.toLocaleString("en")} findings`;
}
