import type { ReactNode } from "react";
import { Icon } from "./icons.tsx";
import { classes } from "./ui/classes.ts";

/** What is there for those who want it: a line that opens. */
export function Folded({ summary, isOpen = false, className, children }: { summary: ReactNode; isOpen?: boolean; className?: string; children: ReactNode }) {
  return (
    <details className={classes("group/fold", className)} open={isOpen}>
      <summary className="flex min-h-7 items-center gap-1.5 rounded-sm text-xs text-ink-soft hover:text-ink [&::-webkit-details-marker]:hidden">
        <Icon name="right" className="size-3 shrink-0 text-ink-faint group-open/fold:rotate-90" />
        {summary}
      </summary>
      {children}
    </details>
  );
}
