import type { WorkflowStrip } from "@sentinal/contract";
import { Link, useNavigate } from "@tanstack/react-router";
import type { MouseEvent } from "react";
import { Status } from "../../components/status.tsx";
import { Time } from "../../components/time.tsx";
import { classes } from "../../components/ui/classes.ts";
import { type StatusTone, runStatusKind, statusLooks } from "../../status.ts";
import { durationWords } from "../../time.ts";
import { durationTrend, type StripBar, stripBars, stripSlots, stripWords } from "./strip.ts";

const shownAtFirst = 6;

/** Workflows with their last runs; those that fail now stand first. */
export function WorkflowStrips({ workflows, showsAll, selected }: { workflows: readonly WorkflowStrip[]; showsAll: boolean; selected: number | undefined }) {
  const sorted = workflows.toSorted((a, b) => Number(b.failing_since !== null) - Number(a.failing_since !== null));
  const shown = showsAll ? sorted : sorted.slice(0, shownAtFirst);
  return (
    <section aria-labelledby="workflows-name" className="@container">
      <div className="flex h-9 items-center border-b border-line px-4">
        <h2 id="workflows-name" className="part-name">
          Workflows
        </h2>
        {sorted.length > shownAtFirst && (
          <Link
            to="/"
            search={(previous) => ({ ...previous, workflows: showsAll ? undefined : "all" })}
            resetScroll={false}
            className="ml-auto text-xs text-ink-soft hover:text-ink"
          >
            {showsAll ? "Show fewer" : `Show all ${sorted.length}`}
          </Link>
        )}
      </div>
      <ul>
        {shown.map((workflow) => (
          <WorkflowRow key={JSON.stringify([workflow.repository, workflow.workflow, workflow.branch])} workflow={workflow} selected={selected} />
        ))}
      </ul>
    </section>
  );
}

function WorkflowRow({ workflow, selected }: { workflow: WorkflowStrip; selected: number | undefined }) {
  const last = workflow.runs.at(-1);
  const trend = durationTrend(workflow.runs);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 border-b border-line px-4 py-1.5 hover:bg-sunken @[640px]:h-9 @[640px]:grid-cols-[minmax(0,1fr)_184px_92px_150px] @[640px]:py-0 @[900px]:grid-cols-[minmax(0,1fr)_184px_92px_128px_168px]">
      <span className="flex min-w-0 items-baseline gap-2">
        <Link
          to="/"
          search={{ repository: workflow.repository, branch: workflow.branch, workflow: workflow.workflow === "" ? undefined : workflow.workflow }}
          resetScroll={false}
          className="truncate font-medium hover:underline"
        >
          {workflow.workflow === "" ? "Reports without a workflow" : workflow.workflow}
        </Link>
        <span className="truncate text-ink-soft">{workflow.repository}</span>
        <span className="hidden truncate text-xs text-ink-faint @[900px]:inline">{workflow.branch}</span>
      </span>
      <span className="@max-[640px]:order-3 @max-[640px]:col-span-2 @max-[640px]:mt-1">
        <Strip workflow={workflow} selected={selected} />
      </span>
      <span className="flex items-center text-xs font-medium">{last !== undefined && <Status kind={runStatusKind(last.status)} />}</span>
      <span className="hidden truncate text-xs text-ink-soft @[900px]:block">
        {trend !== null && (
          <>
            {durationWords(trend.lastMs)}
            {trend.change !== null && Math.abs(trend.change) >= 0.1 && <span className="text-ink-faint"> {changeSign(trend.change)}</span>}
          </>
        )}
      </span>
      <span className="truncate text-right text-xs @max-[640px]:hidden">
        {workflow.failing_since !== null ? (
          <Time at={workflow.failing_since} prefix="failing since " className="text-bad" />
        ) : (
          last !== undefined && <Time at={last.started_at} className="text-ink-faint" />
        )}
      </span>
    </li>
  );
}

function changeSign(change: number): string {
  return `${change > 0 ? "+" : "−"}${Math.round(Math.abs(change) * 100)} %`;
}

const barWidth = 4;
const barStep = 6;
const fullHeight = 18;
const baseline = 20;
const width = stripSlots * barStep - (barStep - barWidth);
const fills: Record<StatusTone, string> = { good: "fill-good-mark", bad: "fill-bad-mark", warn: "fill-warn-mark", idle: "fill-idle-mark" };
const strokes: Record<StatusTone, string> = { good: "stroke-good-mark", bad: "stroke-bad-mark", warn: "stroke-warn-mark", idle: "stroke-idle-mark" };

/** The last 30 runs, newest right: colour by outcome, height by duration; failed ones reach below the line. */
function Strip({ workflow, selected }: { workflow: WorkflowStrip; selected: number | undefined }) {
  const navigate = useNavigate({ from: "/" });
  function onClick(event: MouseEvent<SVGSVGElement>): void {
    const runId = event.target instanceof Element ? event.target.closest("a")?.getAttribute("data-run-id") : null;
    if (runId == null || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void navigate({ search: (previous) => ({ ...previous, run: Number(runId) }), resetScroll: false });
  }
  return (
    <svg
      width={width}
      height={24}
      viewBox={`0 0 ${width} 24`}
      role="img"
      aria-label={`${workflow.workflow} of ${workflow.repository}. ${stripWords(workflow.runs)}`}
      onClick={onClick}
      className="block"
    >
      <path d={`M0 ${baseline + 0.5}H${width}`} className="stroke-line" />
      {stripBars(workflow.runs, Date.now()).map((bar) => (
        <a key={bar.runId} href={`/?run=${bar.runId}`} data-run-id={bar.runId} tabIndex={-1} className="group">
          <title>{bar.title}</title>
          <rect
            x={bar.slot * barStep - 1}
            y={0}
            width={barStep}
            height={24}
            className={classes("group-hover:fill-line", bar.runId === selected ? "fill-line" : "fill-transparent")}
          />
          <Bar bar={bar} />
        </a>
      ))}
    </svg>
  );
}

function Bar({ bar }: { bar: StripBar }) {
  const { tone } = statusLooks[bar.kind];
  const x = bar.slot * barStep;
  const height = Math.round(bar.height * fullHeight);
  // What has no outcome yet, or none at all, is drawn hollow.
  if (bar.kind === "running" || bar.kind === "queued" || bar.kind === "cancelled" || bar.kind === "unknown") {
    return (
      <rect
        x={x + 0.5}
        y={baseline - height + 0.5}
        width={barWidth - 1}
        height={height - 1}
        fill="none"
        className={strokes[tone]}
        {...(bar.kind === "cancelled" && { strokeDasharray: "2 1.5" })}
      />
    );
  }
  const below = tone === "bad" ? 4 : 0;
  return <rect x={x} y={baseline - height} width={barWidth} height={height + below} className={fills[tone]} />;
}
