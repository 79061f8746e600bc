import type { AuditEntry } from "@sentinal/contract";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { StatusMark } from "../../components/status.tsx";
import { Time } from "../../components/time.tsx";
import { classes } from "../../components/ui/classes.ts";

/** One entry; a press anywhere on it opens it in the side panel. */
export const EntryRow = memo(function EntryRow({ entry, isSelected }: { entry: AuditEntry; isSelected: boolean }) {
  const isRefused = entry.outcome === "refused";
  return (
    <div
      className={classes(
        "relative grid h-full grid-cols-[minmax(0,1fr)_auto] content-center items-center gap-x-3 border-b border-line px-4 hover:bg-sunken has-[a:focus-visible]:outline-2 has-[a:focus-visible]:-outline-offset-2 has-[a:focus-visible]:outline-accent @[640px]:grid-cols-[16px_minmax(0,180px)_minmax(0,1fr)_76px] @[900px]:grid-cols-[16px_minmax(0,190px)_minmax(0,220px)_minmax(0,1fr)_minmax(0,140px)_76px]",
        isSelected && "bg-selected shadow-[inset_2px_0_0_var(--accent)] hover:bg-selected",
      )}
    >
      <span role="cell" className="hidden @[640px]:block">
        <Outcome entry={entry} />
      </span>
      <span role="cell" className="flex min-w-0 items-center gap-2">
        <span className="shrink-0 @[640px]:hidden">
          <Outcome entry={entry} />
        </span>
        <Link
          from="/audit"
          search={(previous) => ({ ...previous, entry: entry.id })}
          resetScroll={false}
          aria-current={isSelected ? "true" : undefined}
          className="min-w-0 truncate outline-none after:absolute after:inset-0"
        >
          <code className={classes("font-medium", isRefused ? "text-bad" : "text-ink")}>{entry.action}</code>
        </Link>
      </span>
      <span role="cell" className="hidden min-w-0 truncate @[640px]:block @max-[900px]:text-ink-soft" title={entry.actor.words}>
        {entry.actor.words}
        {entry.subject !== null && <span className="text-ink-faint @[900px]:hidden"> · {entry.subject.words}</span>}
      </span>
      <span role="cell" className="hidden min-w-0 truncate text-ink-soft @[900px]:block" title={entry.subject?.words}>
        {entry.subject?.words}
      </span>
      <span role="cell" className="hidden truncate text-xs text-ink-faint @[900px]:block" title={entry.address ?? undefined}>
        {entry.address}
      </span>
      <span role="cell" className="text-right text-xs whitespace-nowrap text-ink-faint">
        <Time at={entry.at} />
      </span>
      <span aria-hidden="true" className="col-span-2 truncate text-xs text-ink-faint @[640px]:hidden">
        {[entry.actor.words, entry.subject?.words].filter((part) => part !== undefined).join(" · ")}
      </span>
    </div>
  );
});

/** Refused, or done; done and not yet sealed is a hollow ring. */
function Outcome({ entry }: { entry: AuditEntry }) {
  if (entry.outcome === "refused") return <StatusMark kind="failure" label="Refused" />;
  return entry.seal === "sealed" ? <StatusMark kind="success" label="Done" /> : <StatusMark kind="queued" label="Done, not sealed yet" />;
}
