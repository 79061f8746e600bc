import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { SkeletonBlock } from "../../components/empty.tsx";
import { Fault } from "../../components/fault.tsx";
import { Icon } from "../../components/icons.tsx";
import { SidePanel } from "../../components/side-panel.tsx";
import { Status } from "../../components/status.tsx";
import { runStatusKind } from "../../status.ts";
import { WarningList } from "./import-list.tsx";
import { runQuery } from "./queries.ts";
import { RunFacts, RunVerdict } from "./run-head.tsx";
import { RunScans } from "./run-scans.tsx";
import { useScanProgress } from "./use-scan-progress.ts";

/** A run beside the board. */
export function RunPanel({ runId }: { runId: number }) {
  const run = useQuery(runQuery(runId));
  const progress = useScanProgress(runId);
  const navigate = useNavigate({ from: "/" });
  const warnings = run.data?.imports.flatMap((one) => one.warnings) ?? [];
  return (
    <SidePanel
      label={`Run ${runId}`}
      title={
        <span className="flex items-center gap-3">
          Run {runId}
          {run.data !== undefined && <Status kind={runStatusKind(run.data.status)} className="text-xs font-medium" />}
        </span>
      }
      actions={
        <Link
          to="/runs/$runId"
          params={{ runId: String(runId) }}
          aria-label="Open the whole page"
          data-hint="Open the whole page"
          className="inline-flex size-8 items-center justify-center rounded-md text-ink-soft hover:bg-sunken hover:text-ink"
        >
          <Icon name="expand" />
        </Link>
      }
      onClose={() => void navigate({ search: (previous) => ({ ...previous, run: undefined }), resetScroll: false })}
    >
      {run.isPending && (
        <div className="flex flex-col gap-3 p-4">
          <SkeletonBlock label="Loading the run" className="h-20" />
          <SkeletonBlock label="" className="h-40" />
        </div>
      )}
      {run.error !== null && (
        <div className="p-4">
          <Fault error={run.error} what={`Run ${runId} could not be read`} onRetry={() => void run.refetch()} />
        </div>
      )}
      {run.data !== undefined && (
        <>
          <div className="flex flex-col gap-4 border-b border-line p-4">
            <RunVerdict run={run.data} />
            <RunFacts run={run.data} />
            {warnings.length > 0 && <WarningList warnings={warnings.slice(0, 5)} />}
          </div>
          <RunScans run={run.data} progress={progress} />
        </>
      )}
    </SidePanel>
  );
}
