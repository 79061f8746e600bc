import { useSyncExternalStore } from "react";
import { useTimeWords } from "../clock.ts";
import { liveWords } from "../live/live-state.ts";
import { live } from "../runtime.ts";
import { classes } from "../components/ui/classes.ts";

/** Says whether what one sees is what is: in words beside the dot. */
export function LiveDot() {
  const state = useSyncExternalStore(live.onState, live.state);
  const words = useTimeWords((nowMs) => liveWords(state, nowMs).words);
  const { isFresh, canRetry } = liveWords(state, Date.now());
  return (
    <span className="flex items-center gap-1.5 px-2 text-xs whitespace-nowrap text-ink-soft" data-testid="live-state">
      <span
        className={classes("size-2 rounded-full", isFresh ? "bg-good-mark" : canRetry ? "border-2 border-idle-mark" : "border-2 border-warn-mark")}
        aria-hidden="true"
      />
      {words}{" "}
      {canRetry && (
        <button type="button" className="link" onClick={() => live.retry()}>
          Retry
        </button>
      )}
    </span>
  );
}
