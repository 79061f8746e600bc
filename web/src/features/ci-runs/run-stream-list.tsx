import { useNavigate } from "@tanstack/react-router";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { announce } from "../../announcement.ts";
import { Empty, SkeletonRows } from "../../components/empty.tsx";
import { Fault } from "../../components/fault.tsx";
import { Icon } from "../../components/icons.tsx";
import { StatusMark } from "../../components/status.tsx";
import { buttonClasses } from "../../components/ui/button.tsx";
import { classes } from "../../components/ui/classes.ts";
import { useKeys } from "../../keys.ts";
import { useListPlace } from "../../list-place.ts";
import type { RunFilters } from "./queries.ts";
import { nextFailure } from "./run-navigation.ts";
import { rowColumns, RunRow } from "./run-row.tsx";
import { waitingWords } from "./run-stream.ts";
import { useRunStream } from "./use-run-stream.ts";

const rowHeight = 34;
/** Two lines, where the list is too narrow for one. */
const narrowRowHeight = 58;
const narrowBelow = 640;
/** Older runs are fetched when so few rows are left below. */
const fetchAhead = 12;
/** Height of what stays at the top: the bar, and the head of the list. */
const stickyHeight = 44 + 32;

type RunStreamListProps = { filters: RunFilters; selected: number | undefined; hasFilters: boolean };

/** The stream of runs, newest first, drawn only where it is seen. */
export function RunStreamList({ filters, selected, hasFilters }: RunStreamListProps) {
  const [list, setList] = useState<HTMLDivElement | null>(null);
  const place = useListPlace(list);
  const isAtTop = () => list === null || list.getBoundingClientRect().top >= stickyHeight - 8;
  const { query, runs, waiting, letIn } = useRunStream(filters, isAtTop);
  const arrived = useArrivals(runs.map((run) => run.id));
  const navigate = useNavigate({ from: "/" });
  const height = place.width < narrowBelow ? narrowRowHeight : rowHeight;

  const virtualizer = useWindowVirtualizer({
    count: runs.length,
    estimateSize: () => height,
    overscan: 10,
    scrollMargin: place.top,
    getItemKey: (index) => runs[index]?.id ?? index,
  });
  useEffect(() => virtualizer.measure(), [height]);

  const rows = virtualizer.getVirtualItems();
  const lastShown = rows.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError && lastShown >= runs.length - fetchAhead) void fetchNextPage();
  }, [lastShown, runs.length, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);

  async function showWaiting(): Promise<void> {
    await letIn();
    const top = list?.getBoundingClientRect().top ?? 0;
    if (top < stickyHeight) window.scrollTo({ top: window.scrollY + top - stickyHeight });
  }
  // Who comes back to the top meets the new runs there.
  useEffect(() => {
    if (waiting.runs.length === 0) return;
    const onScroll = () => isAtTop() && void letIn();
    window.addEventListener("scroll", onScroll, { passive: true });
    return () => window.removeEventListener("scroll", onScroll);
  }, [waiting, letIn]);

  /** The row that the person is at: the one with the focus, else the one in the panel. */
  function currentIndex(): number | null {
    const focused = document.activeElement?.closest("[data-run]")?.getAttribute("data-run");
    const id = focused == null ? selected : Number(focused);
    const index = runs.findIndex((run) => run.id === id);
    return index < 0 ? null : index;
  }
  function goTo(index: number): void {
    const run = runs[index];
    if (run === undefined) return;
    virtualizer.scrollToIndex(index, { align: "auto" });
    if (selected !== undefined) void navigate({ search: (previous) => ({ ...previous, run: run.id }), resetScroll: false, replace: true });
    // The row may only be drawn after the scroll.
    requestAnimationFrame(() => requestAnimationFrame(() => list?.querySelector<HTMLElement>(`[data-run="${run.id}"] a`)?.focus({ preventScroll: true })));
  }
  function goToFailure(step: 1 | -1): void {
    const index = nextFailure(runs, currentIndex(), step);
    if (index !== null) return goTo(index);
    if (step === 1 && hasNextPage) void fetchNextPage();
    announce(step === 1 ? "No further failed run here." : "No failed run above.");
  }
  useKeys([
    { key: "j", label: "Next failed run", run: () => goToFailure(1) },
    { key: "k", label: "Previous failed run", run: () => goToFailure(-1) },
  ]);

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const index = currentIndex();
    if (step === 0 || index === null) return;
    event.preventDefault();
    goTo(index + step);
  }

  if (query.isPending) return <SkeletonRows count={12} label="Loading runs" />;
  if (query.error !== null && runs.length === 0) {
    return (
      <div className="p-4">
        <Fault error={query.error} what="The runs could not be read" onRetry={() => void query.refetch()} />
      </div>
    );
  }
  if (runs.length === 0) return <NoRuns hasFilters={hasFilters} />;
  return (
    <div className="@container">
      {waiting.runs.length > 0 && (
        <div className="sticky top-[84px] z-20 flex h-0 justify-center" data-print="no">
          <button type="button" onClick={() => void showWaiting()} className={classes(buttonClasses("primary", "sm"), "rounded-full px-3")}>
            <Icon name="up" className="size-3.5" />
            {waitingWords(waiting.runs.length, waiting.hasGap)}
          </button>
        </div>
      )}
      <div role="table" aria-label="Runs" aria-rowcount={hasNextPage ? -1 : runs.length + 1} tabIndex={-1} onKeyDown={onKeyDown} className="outline-none">
        <ListHead onFailure={goToFailure} />
        <div ref={setList} role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {rows.map((row) => {
            const run = runs[row.index];
            if (run === undefined) return null;
            return (
              <RunRow
                key={run.id}
                run={run}
                index={row.index}
                top={row.start - place.top}
                height={height}
                isSelected={run.id === selected}
                hasArrived={arrived.has(run.id)}
              />
            );
          })}
        </div>
      </div>
      {isFetchingNextPage && <SkeletonRows count={3} label="Loading older runs" />}
      {isFetchNextPageError && (
        <div className="p-4">
          <Fault error={query.error} what="Older runs could not be read" onRetry={() => void fetchNextPage()} />
        </div>
      )}
      {!hasNextPage && (
        <p className="px-4 py-3 text-center text-xs text-ink-faint">
          {runs.length === 1 ? "That is the only run." : `That is all: ${runs.length.toLocaleString("en")} runs.`}
        </p>
      )}
    </div>
  );
}

function ListHead({ onFailure }: { onFailure(step: 1 | -1): void }) {
  const name = "hidden truncate @[640px]:block";
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={classes(
        "sticky top-11 z-10 grid h-8 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 border-b border-line bg-surface px-4 text-xs font-medium text-ink-faint",
        rowColumns,
      )}
    >
      <span role="columnheader" className={name}>
        Status
      </span>
      <span role="columnheader" className={name}>
        Repository
      </span>
      <span role="columnheader" className="hidden @[900px]:block">
        Branch
      </span>
      <span role="columnheader" className="flex items-center gap-1">
        Commit
        <span className="ml-auto flex items-center" data-print="no">
          <StatusMark kind="failure" className="mr-1 size-3" />
          <FailureButton label="Previous failed run" icon="up" keyName="k" onPress={() => onFailure(-1)} />
          <FailureButton label="Next failed run" icon="down" keyName="j" onPress={() => onFailure(1)} />
        </span>
      </span>
      <span role="columnheader" className={name}>
        Results
      </span>
      <span role="columnheader" className="hidden text-right @[900px]:block">
        Took
      </span>
      <span role="columnheader" className="hidden text-right @[640px]:block">
        Age
      </span>
      <span role="columnheader" className="hidden @[1080px]:block">
        By
      </span>
    </div>
  );
}

function FailureButton({ label, icon, keyName, onPress }: { label: string; icon: "up" | "down"; keyName: string; onPress(): void }) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-keyshortcuts={keyName}
      data-hint={`${label}   ${keyName}`}
      onClick={onPress}
      className="inline-flex size-6 items-center justify-center rounded-sm text-ink-faint hover:bg-sunken hover:text-ink"
    >
      <Icon name={icon} className="size-3.5" />
    </button>
  );
}

function NoRuns({ hasFilters }: { hasFilters: boolean }) {
  return hasFilters ? (
    <Empty title="No run matches these filters">
      <p>Take one away, or search for something else.</p>
    </Empty>
  ) : (
    <Empty title="Runs will stand here">
      <p>Each report that CI sends adds to a run: its commit, its branch, what its scans found. The newest is at the top.</p>
    </Empty>
  );
}

/** Ids that were not in the list when it was first drawn and stand above what was. */
function useArrivals(ids: readonly number[]): ReadonlySet<number> {
  const newest = useRef<number | null>(null);
  const [arrived, setArrived] = useState<ReadonlySet<number>>(new Set());
  const top = ids[0];
  useEffect(() => {
    if (top === undefined) return;
    const before = newest.current;
    newest.current = Math.max(top, before ?? 0);
    if (before !== null && top > before) setArrived(new Set(ids.filter((id) => id > before)));
  }, [top]);
  return arrived;
}
