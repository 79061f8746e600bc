import type { FindingKind, ScanDetail } from "@sentinal/contract";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Empty, SkeletonBlock } from "../components/empty.tsx";
import { Fault } from "../components/fault.tsx";
import { type TabEntry, Tabs } from "../components/ui/tabs.tsx";
import { useDocumentStatus } from "../document-status.ts";
import { useScanProgress } from "../features/ci-runs/use-scan-progress.ts";
import { FindingExplorer } from "../features/scans/finding-explorer.tsx";
import { facetsQuery, scanQuery, upgradesQuery } from "../features/scans/queries.ts";
import { ScanHead } from "../features/scans/scan-head.tsx";
import { UpgradeList } from "../features/scans/upgrade-list.tsx";
import { kindWords, scanName, scanTypeWords } from "../scan-words.ts";
import { findingKinds } from "../searches.ts";
import { isTestCounts } from "../severity.ts";
import { scanStatusKind } from "../status.ts";
import { readId } from "../url-state.ts";
import { NotFoundPage } from "./not-found.tsx";

const FindingPanel = lazy(async () => ({ default: (await import("../features/scans/finding-panel.tsx")).FindingPanel }));

export function ScanPage() {
  const { scanId } = useParams({ from: "/app/scans/$scanId" });
  const id = readId(scanId);
  return id === undefined ? <NotFoundPage /> : <KnownScan key={id} id={id} />;
}

function KnownScan({ id }: { id: number }) {
  const scan = useQuery(scanQuery(id));
  const search = useSearch({ from: "/app/scans/$scanId" });
  const navigate = useNavigate({ from: "/scans/$scanId" });
  const progress = useScanProgress(scan.data?.run_id);
  useDocumentStatus(
    scan.data === undefined ? `Scan ${id}` : `${scanName(scan.data)} · ${scan.data.run.repository}`,
    scan.data === undefined ? null : scanStatusKind(scan.data.status),
  );

  if (scan.isPending) {
    return (
      <div className="flex flex-col gap-4 p-4">
        <SkeletonBlock label="Loading the scan" className="h-28" />
        <SkeletonBlock label="" className="h-80" />
      </div>
    );
  }
  if (scan.data === undefined) {
    return (
      <div className="mx-auto max-w-[640px] p-6">
        <h1 className="sr-only">Scan {id}</h1>
        <Fault error={scan.error} what={`Scan ${id} could not be read`} onRetry={() => void scan.refetch()} />
      </div>
    );
  }
  return (
    <div className="flex items-start">
      <div className="min-w-0 flex-1">
        <ScanHead scan={scan.data} progress={progress} />
        <ScanFindings scan={scan.data} />
      </div>
      <Suspense fallback={null}>
        {search.finding !== undefined && (
          <FindingPanel
            id={search.finding}
            branch={scan.data.run.branch}
            onClose={() => void navigate({ search: (previous) => ({ ...previous, finding: undefined }), resetScroll: false })}
          />
        )}
      </Suspense>
    </div>
  );
}

type View = FindingKind | "upgrades";

function ScanFindings({ scan }: { scan: ScanDetail }) {
  const search = useSearch({ from: "/app/scans/$scanId" });
  const navigate = useNavigate({ from: "/scans/$scanId" });
  const scope = { scanId: scan.id, repository: undefined };
  const all = useQuery(facetsQuery(scope, {}));
  const counts = new Map(all.data?.kind.map((entry) => [entry.value, entry.count]));
  const present = findingKinds.filter((kind) => (counts.get(kind) ?? 0) > 0 || kind === search.kind);
  // Until the kinds are counted, the list is asked for as if it held what most scans of this type hold.
  const likely: FindingKind | undefined =
    all.isPending && scan.counts.total > 0 && scan.status === "completed" ? (scan.scan_type === "trivy" ? "vulnerability" : "issue") : undefined;
  const kind = search.kind ?? present[0] ?? likely;
  const filters = { ...search, kind };
  const facets = useQuery({ ...facetsQuery(scope, filters), enabled: kind !== undefined });
  const upgrades = useQuery({ ...upgradesQuery(scan.id), enabled: kind === "vulnerability" || counts.has("vulnerability") });

  if (all.error !== null) {
    return (
      <div className="p-4">
        <Fault error={all.error} what="The findings could not be read" onRetry={() => void all.refetch()} />
      </div>
    );
  }
  if (kind === undefined) return all.isPending ? <SkeletonBlock label="Loading the findings" className="m-4 h-60" /> : <NoDetail scan={scan} />;

  const view: View = search.view ?? kind;
  const entries: TabEntry<View>[] = (all.isPending ? [kind] : present).map((one) => ({
    value: one,
    label: kindWords[one].many,
    count: all.isPending ? undefined : (counts.get(one) ?? 0),
    link: <Link from="/scans/$scanId" to="." search={{ kind: one }} resetScroll={false} />,
  }));
  if (counts.has("vulnerability")) {
    entries.push({
      value: "upgrades",
      label: "Upgrades",
      count: upgrades.data?.length,
      link: <Link from="/scans/$scanId" to="." search={(previous) => ({ ...previous, view: "upgrades" })} resetScroll={false} />,
    });
  }
  function openView(next: View): void {
    void navigate({ search: (previous) => (next === "upgrades" ? { ...previous, view: "upgrades" } : { kind: next }), resetScroll: false });
  }
  const told = all.data?.kind.reduce((sum, entry) => sum + entry.count, 0) ?? scan.counts.total;
  return (
    <Tabs label="Kinds of findings" value={view} entries={entries} onChange={openView}>
      {view === "upgrades" ? (
        <>
          {upgrades.isPending && <SkeletonBlock label="Loading upgrades" className="m-4 h-40" />}
          {upgrades.error !== null && (
            <div className="p-4">
              <Fault error={upgrades.error} what="The upgrades could not be read" onRetry={() => void upgrades.refetch()} />
            </div>
          )}
          {upgrades.data !== undefined && <UpgradeList upgrades={upgrades.data} />}
        </>
      ) : (
        <>
          {told < scan.counts.total && (
            <p className="border-b border-line bg-canvas px-4 py-1.5 text-xs text-ink-soft">
              The sender counted {scan.counts.total.toLocaleString("en")}; {told.toLocaleString("en")} of them came with detail.
            </p>
          )}
          <FindingExplorer
            key={kind}
            scope={scope}
            filters={filters}
            search={search}
            facets={facets.data}
            canGroup={kind !== "issue"}
            upgrades={upgrades.data ?? []}
            empty={<Empty title={`No ${kindWords[kind].many.toLowerCase()}`} />}
          />
        </>
      )}
    </Tabs>
  );
}

/** A scan that came as counts only, or found nothing. */
function NoDetail({ scan }: { scan: ScanDetail }) {
  if (scan.status !== "completed")
    return (
      <Empty title={scan.status === "failed" ? "The report could not be read" : "The report is being read"}>
        {scan.status === "failed" ? <p>What was wrong stands above.</p> : <p>Findings appear here when it is done.</p>}
      </Empty>
    );
  const { counts } = scan;
  if (counts.total === 0) return <Empty title="Nothing was found" />;
  return (
    <Empty title="There is no detail to this scan">
      <p>
        {scanTypeWords[scan.scan_type]} reported {counts.total.toLocaleString("en")} {isTestCounts(counts) ? "tests" : "findings"} as counts, without its own
        report.{" "}
        {scan.scan_type === "trivy"
          ? "Send the JSON report itself to see each of them here."
          : "This version reads whole reports of Trivy; of other tools it keeps the counts."}
      </p>
    </Empty>
  );
}
