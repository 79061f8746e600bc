import type { ClipboardEvent } from "react";
import { useTimeWords } from "../clock.ts";
import { absoluteTime, durationWords, elapsedMs, relativeTime } from "../time.ts";

/** A moment: relative on the screen, absolute with its zone on hover and when it is copied. */
export function Time({ at, prefix = "", className }: { at: string; prefix?: string; className?: string }) {
  const words = useTimeWords((nowMs) => relativeTime(at, nowMs));
  return (
    <time dateTime={at} title={absoluteTime(at)} className={className} onCopy={(event) => copyAbsolute(event, at)}>
      {prefix}
      {words}
    </time>
  );
}

/** A moment in full. */
export function AbsoluteTime({ at, className }: { at: string; className?: string }) {
  return (
    <time dateTime={at} className={className}>
      {absoluteTime(at)}
    </time>
  );
}

/** How long something took; ticks while it goes on. */
export function Duration({ startedAt, completedAt, className }: { startedAt: string | null; completedAt: string | null; className?: string }) {
  const words = useTimeWords((nowMs) => {
    const ms = elapsedMs(startedAt, completedAt, nowMs);
    return ms === null ? "" : durationWords(ms);
  });
  return words === "" ? null : <span className={className}>{words}</span>;
}

function copyAbsolute(event: ClipboardEvent, at: string): void {
  event.preventDefault();
  event.clipboardData.setData("text/plain", absoluteTime(at));
}
