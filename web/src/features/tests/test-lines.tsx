import type { Test } from "@sentinal/contract";
import { Link } from "@tanstack/react-router";
import { StatusMark } from "../../components/status.tsx";
import { Time } from "../../components/time.tsx";
import { classes } from "../../components/ui/classes.ts";
import { HistoryStrip } from "./history-strip.tsx";
import { errorWords, hasFailed, placeWords, resultKind, resultWord, testChangeKinds, testChangeWords, tookWords } from "./test-words.ts";

/** Below this width of the list its rows have their parts below each other; `test-lines.tsx` says the same in classes. */
export const narrowBelow = 680;

/** Height of a test's row in pixels: failed ones say why, and on narrow screens what has changed stands in a line of its own. */
export function rowHeight(test: Pick<Test, "outcome" | "change">, isNarrow: boolean): number {
  if (hasFailed(test)) return isNarrow ? 76 : 52;
  return isNarrow ? (test.change === null ? 54 : 76) : 34;
}

type TestLineProps = {
  test: Test;
  isSelected: boolean;
  isOfScan: boolean;
  showsRepository: boolean;
  /** The longest duration of the list, where the rows show theirs against it. */
  longestMs: number | null;
};

/** One test; a press anywhere on it opens it in the side panel. */
export function TestLine({ test, isSelected, isOfScan, showsRepository, longestMs }: TestLineProps) {
  const place = [showsRepository ? test.repository : "", placeWords(test)].filter((part) => part !== "").join(" · ");
  const isBad = hasFailed(test);
  const hasLastLine = isBad || test.change !== null;
  return (
    <div
      className={classes(
        "relative grid h-full grid-cols-[16px_minmax(0,1fr)_auto_auto] content-center items-center gap-x-2.5 border-b border-line px-4 hover:bg-sunken has-[a:focus-visible]:outline-2 has-[a:focus-visible]:-outline-offset-2 has-[a:focus-visible]:outline-accent",
        "@[680px]:grid-cols-[16px_minmax(0,1fr)_112px_119px_68px] @[680px]:gap-x-3",
        isSelected && "bg-selected shadow-[inset_2px_0_0_var(--accent)] hover:bg-selected",
      )}
      data-test={test.id}
    >
      <span role="cell" className="self-start pt-0.5">
        <StatusMark kind={resultKind(test)} label={resultWord(test)} className="size-4" />
      </span>
      <span role="cell" className="min-w-0 @max-[680px]:col-span-2">
        <span className="flex min-w-0 flex-col @[680px]:flex-row @[680px]:items-baseline @[680px]:gap-2">
          <Link
            to="."
            search={(previous) => ({ ...previous, test: test.id, on: isOfScan ? undefined : test.branch })}
            resetScroll={false}
            className={classes("truncate outline-none after:absolute after:inset-0 @[680px]:max-w-[75%] @[680px]:shrink-0", isBad && "font-medium")}
            aria-current={isSelected ? "true" : undefined}
            title={test.name}
          >
            {test.name}
          </Link>
          <span className={classes("truncate text-xs text-ink-faint", isBad && "@max-[680px]:hidden")} title={place}>
            {place}
          </span>
        </span>
        {isBad && <ErrorLine test={test} />}
      </span>
      <span
        role="cell"
        className={classes(
          "flex min-w-0 flex-col overflow-hidden text-xs whitespace-nowrap @max-[680px]:order-2 @max-[680px]:col-start-2 @max-[680px]:flex-row @max-[680px]:gap-x-2",
          !hasLastLine && "@max-[680px]:hidden",
        )}
      >
        <ChangeCell test={test} />
      </span>
      <span
        role="cell"
        className={classes("@max-[680px]:order-2 @max-[680px]:col-span-2 @max-[680px]:justify-self-end", !hasLastLine && "@max-[680px]:hidden")}
      >
        {longestMs === null ? (
          <HistoryStrip points={test.history} scanId={isOfScan ? test.scan_id : undefined} />
        ) : (
          <DurationBar durationMs={test.duration_ms} longestMs={longestMs} />
        )}
      </span>
      <span role="cell" className="text-right text-xs whitespace-nowrap text-ink-soft @max-[680px]:order-1 @max-[680px]:self-start @max-[680px]:pt-0.5">
        {test.duration_ms === null ? "" : tookWords(test.duration_ms)}
      </span>
    </div>
  );
}

function ErrorLine({ test }: { test: Test }) {
  const { type, text } = errorWords(test);
  return (
    <span className="flex min-w-0 items-baseline gap-2 text-xs">
      {type !== null && <code className="max-w-[40%] shrink-0 truncate text-2xs text-bad">{type}</code>}
      <span className="truncate text-ink-soft">{text === "" && type === null ? "The report gives no message" : text}</span>
    </span>
  );
}

function ChangeCell({ test }: { test: Test }) {
  return (
    <>
      {test.change !== null && (
        <span className="inline-flex items-center gap-1 font-medium">
          <StatusMark kind={testChangeKinds[test.change]} className="size-3.5" />
          {testChangeWords[test.change]}
        </span>
      )}
      {test.flaky && hasFailed(test) && <span className="text-warn">flaky</span>}
      {test.failing_since !== null && hasFailed(test) && test.change !== "new" && (
        <Time at={test.failing_since.at} prefix="since " className="truncate text-ink-faint" />
      )}
    </>
  );
}

function DurationBar({ durationMs, longestMs }: { durationMs: number | null; longestMs: number }) {
  if (durationMs === null) return null;
  return (
    <span className="block h-2 min-w-[80px] rounded-sm bg-sunken" aria-hidden="true">
      <span className="block h-2 rounded-sm bg-idle-mark" style={{ width: `${Math.max(2, (durationMs / longestMs) * 100)}%` }} />
    </span>
  );
}
