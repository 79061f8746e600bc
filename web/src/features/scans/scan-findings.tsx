import type { Facets, ScanDetail } from "@sentinal/contract";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Empty, SkeletonBlock } from "../../components/empty.tsx";
import { Fault } from "../../components/fault.tsx";
import { Tabs } from "../../components/ui/tabs.tsx";
import type { ScanSearch } from "../../searches.ts";
import { ImportList } from "../ci-runs/import-list.tsx";
import { FindingExplorer } from "./finding-explorer.tsx";
import { NewOnlySwitch } from "./new-only-switch.tsx";
import { NoDetail } from "./no-detail.tsx";
import { facetsQuery, upgradesQuery } from "./queries.ts";
import { RiskMatrix } from "./risk-matrix.tsx";
import { filtersOf, hasNewOnly, openView, type ScanView, scanTabs, searchOfView, showsOnlyNew, viewWords } from "./scan-views.ts";
import { ToolGateView } from "./tool-gate-view.tsx";
import { UpgradeList } from "./upgrade-list.tsx";
import { ValueList } from "./value-list.tsx";

/** What a scan holds, in the views that its type asks for. */
export function ScanFindings({ scan }: { scan: ScanDetail }) {
  const search = useSearch({ from: "/app/scans/$scanId" });
  const navigate = useNavigate({ from: "/scans/$scanId" });
  const all = useQuery(facetsQuery({ scanId: scan.id, repository: undefined }, {}));
  // Until the findings are counted, the list is asked for as if it held what most scans of this type hold.
  const isLikely = all.isPending && scan.counts.total > 0 && scan.status === "completed";
  const tabs = all.isPending && !isLikely ? [] : scanTabs(scan, all.data, search.view ?? search.kind);
  const view = openView(search, tabs);
  return (
    <>
      {scan.tool_gate !== null && <ToolGateView gate={scan.tool_gate} />}
      {all.error !== null && (
        <div className="p-4">
          <Fault error={all.error} what="The findings could not be read" onRetry={() => void all.refetch()} />
        </div>
      )}
      {all.error === null && tabs.length === 0 && <SkeletonBlock label="Loading the findings" className="m-4 h-60" />}
      {all.error === null && tabs.length > 0 && (
        <Tabs
          label="What the scan holds"
          value={view}
          entries={tabs.map((tab) => ({
            value: tab.view,
            label: tab.label,
            count: tab.count,
            link: <Link from="/scans/$scanId" to="." search={(previous) => searchOfView(previous, tab.view)} resetScroll={false} />,
          }))}
          onChange={(next) => void navigate({ search: (previous) => searchOfView(previous, next), resetScroll: false })}
        >
          <OpenView key={view} scan={scan} view={view} search={search} all={all.data} />
        </Tabs>
      )}
    </>
  );
}

type OpenViewProps = {
  scan: ScanDetail;
  view: ScanView;
  search: ScanSearch;
  /** Of the whole scan; undefined while they are counted. */
  all: Facets | undefined;
};

function OpenView({ scan, view, search, all }: OpenViewProps) {
  const scope = { scanId: scan.id, repository: undefined };
  const isNewOnly = showsOnlyNew(search, scan.scan_type, scan.run);
  const types = all?.tool_type.map((entry) => entry.value) ?? [];
  const filters = filtersOf(search, view, isNewOnly, types);
  const hasFindings = view !== "none" && view !== "imports" && view !== "upgrades";
  const facets = useQuery({ ...facetsQuery(scope, filters), enabled: hasFindings });
  const hasUpgrades = view === "upgrades" || view === "vulnerability";
  const upgrades = useQuery({ ...upgradesQuery(scan.id), enabled: hasUpgrades });
  const newOnly = hasNewOnly(scan.scan_type) && (
    <NewOnlySwitch isOn={isNewOnly} isDefault={scan.run.pull_request !== null} fresh={countOf(all?.change, "new") + countOf(all?.change, "reopened")} />
  );

  if (view === "none") return <NoDetail scan={scan} />;
  if (view === "imports") return <ImportList imports={scan.imports} />;
  if (view === "rules" || view === "files") return <ValueList by={view === "rules" ? "rule" : "path"} facets={facets} tools={newOnly} />;
  if (view === "upgrades") {
    if (upgrades.isPending) return <SkeletonBlock label="Loading upgrades" className="m-4 h-40" />;
    if (upgrades.data !== undefined) return <UpgradeList upgrades={upgrades.data} />;
    return (
      <div className="p-4">
        <Fault error={upgrades.error} what="The upgrades could not be read" onRetry={() => void upgrades.refetch()} />
      </div>
    );
  }
  const told = all?.kind.reduce((sum, entry) => sum + entry.count, 0) ?? scan.counts.total;
  const name = viewWords(view, scan.scan_type).toLowerCase();
  const targets = all?.target.length ?? 0;
  const groups =
    view !== "issue" && view !== "hotspots" ? (all === undefined || targets > 0 ? "package" : null) : scan.scan_type === "zap" && targets > 1 ? "site" : null;
  return (
    <>
      {scan.scan_type === "zap" && facets.data !== undefined && <RiskMatrix entries={facets.data.risk} chosen={search.risk} />}
      {told < scan.counts.total && (
        <p className="border-b border-line bg-canvas px-4 py-1.5 text-xs text-ink-soft">
          The sender counted {scan.counts.total.toLocaleString("en")}; {told.toLocaleString("en")} of them came with detail.
        </p>
      )}
      <FindingExplorer
        scope={scope}
        filters={filters}
        search={search}
        facets={facets.data}
        groups={groups}
        upgrades={upgrades.data ?? []}
        tools={newOnly}
        empty={
          isNewOnly ? (
            <Empty title={`No new ${name}`}>
              <p>All that this scan found was there before.</p>
            </Empty>
          ) : (
            <Empty title={`No ${name}`} />
          )
        }
      />
    </>
  );
}

function countOf(entries: Facets["change"] | undefined, value: string): number {
  return entries?.find((entry) => entry.value === value)?.count ?? 0;
}
