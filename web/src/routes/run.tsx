import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { SkeletonBlock } from "../components/empty.tsx";
import { Fault } from "../components/fault.tsx";
import { Status } from "../components/status.tsx";
import { Tabs } from "../components/ui/tabs.tsx";
import { useDocumentStatus } from "../document-status.ts";
import { shortCommit } from "../features/ci-runs/github-links.ts";
import { ImportList } from "../features/ci-runs/import-list.tsx";
import { runQuery } from "../features/ci-runs/queries.ts";
import { RunFacts, RunVerdict } from "../features/ci-runs/run-head.tsx";
import { RunGate } from "../features/ci-runs/run-gate.tsx";
import { RunScans } from "../features/ci-runs/run-scans.tsx";
import { useScanProgress } from "../features/ci-runs/use-scan-progress.ts";
import { runStatusKind } from "../status.ts";
import { readId } from "../url-state.ts";
import { NotFoundPage } from "./not-found.tsx";

export function RunPage() {
  const { runId } = useParams({ from: "/app/runs/$runId" });
  const id = readId(runId);
  return id === undefined ? <NotFoundPage /> : <KnownRun key={id} id={id} />;
}

function KnownRun({ id }: { id: number }) {
  const run = useQuery(runQuery(id));
  const progress = useScanProgress(id);
  const { tab } = useSearch({ from: "/app/runs/$runId" });
  const navigate = useNavigate({ from: "/runs/$runId" });
  const title = run.data === undefined ? `Run ${id}` : `${run.data.branch} · ${run.data.repository}`;
  useDocumentStatus(title, run.data === undefined ? null : runStatusKind(run.data.status));

  if (run.isPending) {
    return (
      <div className="flex flex-col gap-4 p-4">
        <SkeletonBlock label="Loading the run" className="h-8 w-80" />
        <SkeletonBlock label="" className="h-40" />
      </div>
    );
  }
  if (run.data === undefined) {
    return (
      <div className="mx-auto max-w-[640px] p-6">
        <h1 className="sr-only">Run {id}</h1>
        <Fault error={run.error} what={`Run ${id} could not be read`} onRetry={() => void run.refetch()} />
      </div>
    );
  }
  const warnings = run.data.imports.reduce((sum, one) => sum + one.warnings.length, 0);
  return (
    <div>
      <div className="flex min-h-13 flex-wrap items-center gap-x-3 border-b border-line px-4 py-2">
        <h1 className="text-lg font-semibold">
          Run {id} <span className="font-normal text-ink-soft">{shortCommit(run.data.commit_hash)}</span>
        </h1>
        <Status kind={runStatusKind(run.data.status)} className="text-sm font-medium" />
      </div>
      <div className="grid gap-6 border-b border-line p-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,420px)]">
        <RunFacts run={run.data} />
        <div>
          <RunVerdict run={run.data} />
          <RunGate run={run.data} />
        </div>
      </div>
      <div className="pt-1">
        <Tabs
          label="What the run holds"
          value={tab ?? "scans"}
          entries={[
            {
              value: "scans",
              label: "Scans",
              count: run.data.scans.length,
              link: <Link from="/runs/$runId" to="." search={(previous) => ({ ...previous, tab: undefined })} resetScroll={false} />,
            },
            {
              value: "imports",
              label: warnings > 0 ? `Imports (${warnings} ${warnings === 1 ? "warning" : "warnings"})` : "Imports",
              count: run.data.imports.length,
              link: <Link from="/runs/$runId" to="." search={(previous) => ({ ...previous, tab: "imports" })} resetScroll={false} />,
            },
          ]}
          onChange={(next) => void navigate({ search: (previous) => ({ ...previous, tab: next === "imports" ? "imports" : undefined }), resetScroll: false })}
        >
          {tab === "imports" ? <ImportList imports={run.data.imports} /> : <RunScans run={run.data} progress={progress} />}
        </Tabs>
      </div>
    </div>
  );
}
