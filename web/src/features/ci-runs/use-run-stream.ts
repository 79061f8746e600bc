import type { Run, RunDetail } from "@sentinal/contract";
import { type InfiniteData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, live, queryClient } from "../../runtime.ts";
import { fetchRuns, type RunFilters, runsQuery } from "./queries.ts";
import { idsToFetch, insertRuns, mergeNewest, replaceRuns, type RunPage } from "./run-stream.ts";

/** Rows that one batch of updates fetches one by one, besides the newest page. */
const mostSingleFetches = 20;

type Waiting = { runs: Run[]; hasGap: boolean };
type Pages = InfiniteData<RunPage, string | undefined>;

const none: Waiting = { runs: [], hasGap: false };

/** The list of runs and those that wait to come in. `isAtTop` tells whether new rows may come in at once. */
export function useRunStream(filters: RunFilters, isAtTop: () => boolean) {
  const options = runsQuery(filters);
  const query = useInfiniteQuery(options);
  const [waiting, setWaiting] = useState<Waiting>(none);
  const isAtTopNow = useRef(isAtTop);
  useEffect(() => {
    isAtTopNow.current = isAtTop;
  });
  const keyText = JSON.stringify(options.queryKey);

  useEffect(() => {
    setWaiting(none);
    const named = new Set<number>();
    // Updates were missed: what changed meanwhile nobody named.
    let hasGap = true;
    let isTaking = false;
    let isOver = false;

    const read = () => queryClient.getQueryData<Pages>(options.queryKey);
    const write = (pages: RunPage[]) =>
      queryClient.setQueryData<Pages>(
        options.queryKey,
        (data) => data && { pages, pageParams: pages.length === data.pages.length ? data.pageParams : data.pageParams.slice(0, pages.length) },
      );

    async function takeIn(): Promise<void> {
      if (isTaking || read() === undefined) return;
      isTaking = true;
      try {
        const changed = hasGap ? "all" : new Set(named);
        hasGap = false;
        named.clear();
        const newest = await fetchRuns(filters, undefined);
        const list = read();
        if (isOver || list === undefined) return;
        const single = await Promise.all(
          idsToFetch(list.pages, newest, changed, mostSingleFetches).map((id) => api.get<RunDetail>(`/api/cicd/runs/${id}`).catch(() => null)),
        );
        const current = read();
        if (isOver || current === undefined) return;
        const merged = mergeNewest(current.pages, newest, isAtTopNow.current());
        write(
          replaceRuns(
            merged.pages,
            single.filter((run) => run !== null),
          ),
        );
        setWaiting({ runs: merged.waiting, hasGap: merged.hasGap });
      } catch {
        hasGap = false;
        // The next update or the next connection tries again; meanwhile the dot tells how fresh the page is.
      } finally {
        isTaking = false;
        if ((named.size > 0 || hasGap) && !isOver) void takeIn();
      }
    }

    const stopUpdates = live.onUpdates((updates) => {
      for (const { data } of updates) if (data !== null && (filters.repository === undefined || data.repository === filters.repository)) named.add(data.id);
      if (named.size > 0) void takeIn();
    });
    const stopResync = live.onResync(() => {
      hasGap = true;
      void takeIn();
    });
    // What was kept from an earlier visit may have grown old.
    void takeIn();
    return () => {
      isOver = true;
      stopUpdates();
      stopResync();
    };
    // The filters are in the key.
  }, [keyText]);

  const letIn = useCallback(async () => {
    if (waiting.hasGap) {
      await queryClient.resetQueries({ queryKey: options.queryKey, exact: true });
    } else {
      queryClient.setQueryData<Pages>(options.queryKey, (data) => data && { ...data, pages: insertRuns(data.pages, waiting.runs) });
    }
    setWaiting(none);
  }, [keyText, waiting]);

  const runs = query.data?.pages.flatMap((page) => page.items) ?? [];
  return { query, runs, waiting, letIn };
}
