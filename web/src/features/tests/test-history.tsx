import type { TestDetail } from "@sentinal/contract";
import { Link } from "@tanstack/react-router";
import { Part } from "../../components/part.tsx";
import { StatusMark } from "../../components/status.tsx";
import { Time } from "../../components/time.tsx";
import { classes } from "../../components/ui/classes.ts";
import { shortCommit } from "../ci-runs/github-links.ts";
import { DurationChart } from "./duration-chart.tsx";
import { HistoryStrip } from "./history-strip.tsx";
import { shareWords } from "./history.ts";
import { hasFailed, resultKind, resultWord, tookWords } from "./test-words.ts";

/** How often a test failed or was flaky, how long it took, and each of its last results. */
export function TestHistory({ test }: { test: TestDetail }) {
  const { history } = test;
  if (history.length === 0) return null;
  const newestFirst = history.toReversed();
  return (
    <Part name={`${history.length === 1 ? "Its only result" : `Last ${history.length} results`} on ${test.branch}`}>
      <div className="grid gap-x-8 gap-y-3 sm:grid-cols-[auto_minmax(0,1fr)]">
        <div>
          <HistoryStrip points={history} scanId={test.scan_id} className="block h-[34px] w-[238px]" />
          <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 text-xs">
            <dt className="text-ink-faint">Failed</dt>
            <dd>{shareWords(test.fail_rate, history.length)}</dd>
            <dt className="text-ink-faint">Flaky</dt>
            <dd>{shareWords(test.flaky_rate, history.length)}</dd>
          </dl>
        </div>
        <DurationChart points={history} />
      </div>
      <ol className="mt-3 text-xs" aria-label="Results, the newest first">
        {newestFirst.map((point) => (
          <li
            key={point.scan_id}
            className={classes("flex min-h-7 items-center gap-2 border-t border-line px-1", point.scan_id === test.scan_id && "bg-selected")}
            {...(point.scan_id === test.scan_id && { "aria-current": "true" as const })}
          >
            <StatusMark kind={resultKind(point)} className="size-3.5" />
            <span className="w-[92px] shrink-0 font-medium">{resultWord(point)}</span>
            <Link
              to="/scans/$scanId"
              params={{ scanId: String(point.scan_id) }}
              search={{ tab: hasFailed(point) ? "failed" : "all", test: test.id }}
              className="link shrink-0"
            >
              <code className="text-2xs">{shortCommit(point.commit_hash)}</code>
              <span className="sr-only">, scan {point.scan_id}</span>
            </Link>
            <Link to="/runs/$runId" params={{ runId: String(point.run_id) }} className="truncate text-ink-soft hover:underline">
              run {point.run_id}
            </Link>
            <span className="ml-auto shrink-0 text-ink-soft">{point.duration_ms === null ? "" : tookWords(point.duration_ms)}</span>
            <Time at={point.at} className="w-[76px] shrink-0 text-right text-ink-faint" />
          </li>
        ))}
      </ol>
    </Part>
  );
}
