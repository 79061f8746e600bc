import type { Run } from "@sentinal/contract";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { SeverityFigures, TestFigures } from "../../components/severity.tsx";
import { Status, StatusMark } from "../../components/status.tsx";
import { Duration, Time } from "../../components/time.tsx";
import { classes } from "../../components/ui/classes.ts";
import { runStatusKind } from "../../status.ts";
import { firstLine, shortCommit } from "./github-links.ts";
import { addUpScans } from "./scan-figures.ts";

/** Shared by the rows and their head, so that columns stand under their names. */
export const rowColumns =
  "@[640px]:grid-cols-[88px_minmax(0,168px)_minmax(0,1fr)_156px_68px] @[900px]:grid-cols-[88px_minmax(0,150px)_minmax(0,120px)_minmax(0,1fr)_180px_76px_72px] @[1080px]:grid-cols-[88px_minmax(0,160px)_minmax(0,140px)_minmax(0,1fr)_196px_84px_72px_88px]";

type RunRowProps = { run: Run; index: number; top: number; height: number; isSelected: boolean; hasArrived: boolean };

/** One run of the stream; a press anywhere on it opens it in the side panel. */
export const RunRow = memo(function RunRow({ run, index, top, height, isSelected, hasArrived }: RunRowProps) {
  const kind = runStatusKind(run.status);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-run={run.id}
      className={classes(
        "absolute inset-x-0 top-0 grid grid-cols-[minmax(0,1fr)_auto] content-center items-center gap-x-3 border-b border-line px-4 hover:bg-sunken has-[a:focus-visible]:outline-2 has-[a:focus-visible]:-outline-offset-2 has-[a:focus-visible]:outline-accent",
        rowColumns,
        isSelected && "bg-selected shadow-[inset_2px_0_0_var(--accent)] hover:bg-selected",
        hasArrived && "arrived",
      )}
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <span role="cell" className="hidden items-center @[640px]:flex">
        <Status kind={kind} className="text-xs font-medium" />
      </span>
      <span role="cell" className="truncate text-ink-soft @max-[640px]:hidden" title={`${run.repository}, ${run.branch}`}>
        {run.repository}
        <span className="text-ink-faint @[900px]:hidden"> · {run.branch}</span>
      </span>
      <span role="cell" className="hidden truncate text-ink-soft @[900px]:block" title={run.branch}>
        {run.branch}
      </span>
      <span role="cell" className="flex min-w-0 items-center gap-2">
        <StatusMark kind={kind} label={run.status} className="size-4 @[640px]:hidden" />
        <Link
          to="/"
          search={(previous) => ({ ...previous, run: run.id })}
          resetScroll={false}
          className="flex min-w-0 items-center gap-2 outline-none after:absolute after:inset-0"
          aria-current={isSelected ? "true" : undefined}
        >
          <code className="shrink-0 text-ink-faint">{shortCommit(run.commit_hash)}</code>
          <span className="truncate font-medium">{firstLine(run.commit_message) || run.workflow || "No message"}</span>
        </Link>
        {run.pull_request !== null && <span className="shrink-0 text-xs text-ink-faint">#{run.pull_request}</span>}
      </span>
      <span role="cell" className="flex items-center justify-end gap-2 overflow-hidden @max-[640px]:order-4 @[640px]:justify-start">
        <RunFigures run={run} />
      </span>
      <span role="cell" className="hidden truncate text-right text-xs text-ink-soft @[900px]:block">
        {(run.completed_at !== null || run.status === "Running") && <Duration startedAt={run.started_at} completedAt={run.completed_at} />}
      </span>
      <span role="cell" className="text-right text-xs whitespace-nowrap text-ink-faint @max-[640px]:order-2">
        <Time at={run.started_at ?? run.created_at} />
      </span>
      <span role="cell" className="hidden truncate text-xs text-ink-soft @[1080px]:block" title={run.actor ?? undefined}>
        {run.actor}
      </span>
      <span aria-hidden="true" className="truncate text-xs text-ink-faint @max-[640px]:order-3 @[640px]:hidden">
        {run.status} · {run.repository} · {run.branch}
      </span>
    </div>
  );
});

function RunFigures({ run }: { run: Run }) {
  const figures = addUpScans(run.scans);
  return (
    <>
      {figures.findings !== null && <SeverityFigures counts={figures.findings} most={3} />}
      {figures.tests !== null && <TestFigures counts={figures.tests} />}
      {figures.underWay > 0 && <StatusMark kind="running" label={`${figures.underWay} being read`} className="size-3.5" />}
      {figures.failed > 0 && <StatusMark kind="failure" label={`${figures.failed} without a result`} className="size-3.5" />}
      {figures.partial > 0 && <StatusMark kind="action_needed" label={`${figures.partial} read in part`} className="size-3.5" />}
    </>
  );
}
