import type { Changes } from "@sentinal/contract";
import { StatusMark } from "../../components/status.tsx";
import { classes } from "../../components/ui/classes.ts";
import type { StatusKind } from "../../status.ts";

const entries: readonly { name: keyof Changes; word: string; kind: StatusKind }[] = [
  { name: "new", word: "new", kind: "failure" },
  { name: "reopened", word: "reopened", kind: "action_needed" },
  { name: "fixed", word: "fixed", kind: "success" },
  { name: "unchanged", word: "unchanged", kind: "skipped" },
];

/** What a verdict stands on. */
export const verdictGrounds = { good: "bg-good-soft", bad: "bg-bad-soft", warn: "bg-warn-soft", idle: "bg-sunken" } as const;

/** New, reopened, fixed, unchanged: what a scan or run changed on its branch. */
export function ChangeFigures({ changes }: { changes: Changes }) {
  return (
    <span className="flex flex-wrap items-center gap-x-3 text-xs">
      {entries.map(({ name, word, kind }) => {
        const count = changes[name];
        return (
          <span key={name} className={classes("inline-flex items-center gap-1.5 whitespace-nowrap", count === 0 ? "text-ink-faint" : "text-ink")}>
            <StatusMark kind={count === 0 ? "skipped" : kind} className="size-3.5" />
            <span className="font-semibold">{count.toLocaleString("en")}</span>
            <span className="text-ink-soft">{word}</span>
          </span>
        );
      })}
    </span>
  );
}
