import type { RunStatus, WorkflowStrip } from "@sentinal/contract";
import { type StatusKind, runStatusKind, statusLooks } from "../../status.ts";
import { absoluteTime, durationWords } from "../../time.ts";

export const stripSlots = 30;
const shortest = 0.25;

export type StripBar = {
  runId: number;
  /** 0 is the leftmost slot; the newest run stands in the last. */
  slot: number;
  kind: StatusKind;
  /** Part of the full height, by duration; shortest 0.25, so that every run can be seen and hit. */
  height: number;
  title: string;
};

/** The bars of a workflow's newest runs. Free slots stay at the left, so that the width never jumps. */
export function stripBars(runs: WorkflowStrip["runs"], nowMs: number): StripBar[] {
  const newest = runs.slice(-stripSlots);
  const durations = newest.map((run) => run.duration_ms ?? (isGoingOn(run.status) ? Math.max(0, nowMs - Date.parse(run.started_at)) : null));
  const longest = Math.max(1, ...durations.map((duration) => duration ?? 0));
  return newest.map((run, index) => {
    const duration = durations[index] ?? null;
    const kind = runStatusKind(run.status);
    return {
      runId: run.id,
      slot: stripSlots - newest.length + index,
      kind,
      // Without a duration the bar says only that there was a run.
      height: duration === null ? 0.5 : Math.max(shortest, Math.sqrt(duration / longest)),
      title: `${statusLooks[kind].word}${duration === null ? "" : `, ${durationWords(duration)}`}, ${run.commit_hash.slice(0, 7)}, ${absoluteTime(run.started_at)}`,
    };
  });
}

/** The strip in words, for people who hear it. */
export function stripWords(runs: WorkflowStrip["runs"]): string {
  const newest = runs.slice(-stripSlots);
  const counts = new Map<string, number>();
  for (const run of newest) counts.set(run.status, (counts.get(run.status) ?? 0) + 1);
  const parts = [...counts].map(([status, count]) => `${count} ${statusLooks[runStatusKind(status)].word.toLowerCase()}`);
  return newest.length === 0 ? "No runs" : `Last ${newest.length} ${newest.length === 1 ? "run" : "runs"}: ${parts.join(", ")}`;
}

/** How the last finished run's duration stands to the median of those before; null where there is too little to say. */
export function durationTrend(runs: WorkflowStrip["runs"]): { lastMs: number; change: number | null } | null {
  const finished = runs.filter((run) => run.duration_ms !== null).map((run) => run.duration_ms ?? 0);
  const lastMs = finished.at(-1);
  if (lastMs === undefined) return null;
  const before = finished.slice(0, -1).toSorted((a, b) => a - b);
  const median = before[Math.floor(before.length / 2)];
  return { lastMs, change: before.length < 4 || median === undefined || median === 0 ? null : lastMs / median - 1 };
}

function isGoingOn(status: RunStatus): boolean {
  return status === "Running";
}
