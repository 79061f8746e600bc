import { useEffect, useRef } from "react";
import { announce } from "../announcement.ts";
import { endedWords, staleKeys } from "../features/ci-runs/live-effects.ts";
import { live, queryClient } from "../runtime.ts";

/** Has what changed on the hub fetched again where it is on the screen, and ended runs read out. */
export function useLiveEffects(repository: string | undefined): void {
  const told = useRef(new Set<string>());
  useEffect(
    () =>
      live.onUpdates((updates) => {
        for (const queryKey of staleKeys(updates)) void queryClient.invalidateQueries({ queryKey });
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
