import { useEffect, useRef } from "react";
import { announce } from "../announcement.ts";
import { endedWords, staleKeys } from "../features/ci-runs/live-effects.ts";
import { browserClock, createBatch } from "../live/batch.ts";
import { live, queryClient } from "../runtime.ts";

/** The board is figured out over all runs of a month: not with every report of a busy hub. */
const boardTimes = { gatherMs: 0, gapMs: 2_500 };
const renewBoard = createBatch<null>(() => void queryClient.invalidateQueries({ queryKey: ["board"] }), boardTimes, browserClock);

/** Has what changed on the hub fetched again where it is on the screen, and ended runs read out. */
export function useLiveEffects(repository: string | undefined): void {
  const told = useRef(new Set<string>());
  useEffect(
    () =>
      live.onUpdates((updates) => {
        for (const queryKey of staleKeys(updates)) void queryClient.invalidateQueries({ queryKey });
        renewBoard(null);
        const words = endedWords(updates, told.current, repository);
        if (words !== null) announce(words);
      }),
    [repository],
  );
  useEffect(
    () =>
      // The stream of runs takes its rows in by itself, without moving what one reads.
      live.onResync(() => void queryClient.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "runs" })),
    [],
  );
}
