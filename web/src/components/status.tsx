import type { ReactNode } from "react";
import { type StatusKind, type StatusShape, type StatusTone, statusLooks } from "../status.ts";
import { classes } from "./ui/classes.ts";

const markColours: Record<StatusTone, string> = { good: "text-good-mark", bad: "text-bad-mark", warn: "text-warn-mark", idle: "text-idle-mark" };
const wordColours: Record<StatusTone, string> = { good: "text-good", bad: "text-bad", warn: "text-warn", idle: "text-idle" };

const cut = { stroke: "var(--on-mark)", strokeWidth: 1.6, strokeLinecap: "round", strokeLinejoin: "round", fill: "none" } as const;
const line = { stroke: "currentColor", strokeWidth: 1.7, strokeLinecap: "round", strokeLinejoin: "round", fill: "none" } as const;
const disc = <circle cx="8" cy="8" r="6.5" fill="currentColor" />;

const drawings: Record<StatusShape, ReactNode> = {
  check: (
    <>
      {disc}
      <path d="m5.2 8.3 2 2 3.7-4.2" {...cut} />
    </>
  ),
  cross: (
    <>
      {disc}
      <path d="m5.8 5.8 4.4 4.4M10.2 5.8l-4.4 4.4" {...cut} />
    </>
  ),
  ring: (
    <>
      <circle cx="8" cy="8" r="5.6" {...line} opacity="0.28" />
      <path d="M8 2.400a5.6 5.6 0 0 1 5.6 5.6" {...line} className="spin origin-center" />
    </>
  ),
  hollow: <circle cx="8" cy="8" r="5.6" {...line} strokeWidth={1.5} />,
  slash: (
    <>
      <circle cx="8" cy="8" r="5.6" {...line} strokeWidth={1.5} />
      <path d="m4.2 11.8 7.6-7.6" {...line} strokeWidth={1.5} />
    </>
  ),
  dash: <path d="M4.5 8h7" {...line} strokeWidth={2} />,
  clock: (
    <>
      {disc}
      <path d="M8 4.800V8l2.2 1.4" {...cut} />
    </>
  ),
  "check-triangle": (
    <>
      <path d="M8 1.8 14.8 13.800H1.200z" fill="currentColor" strokeLinejoin="round" />
      <path d="m5.9 10.2 1.5 1.5 2.7-3.2" {...cut} strokeWidth={1.4} />
    </>
  ),
  exclamation: (
    <>
      {disc}
      <path d="M8 4.700v3.900M8 11.100v.1" {...cut} />
    </>
  ),
  question: (
    <>
      <circle cx="8" cy="8" r="5.8" {...line} strokeWidth={1.4} strokeDasharray="2.2 1.6" />
      <path d="M6.5 6.700c0-1 .7-1.5 1.5-1.500s1.5.6 1.5 1.300c0 1-1.5 1.1-1.5 2.100M8 10.700v.1" {...line} strokeWidth={1.3} />
    </>
  ),
};

/** The sign alone; a word stands beside it or in `label`. */
export function StatusMark({ kind, label, className = "size-4" }: { kind: StatusKind; label?: string; className?: string }) {
  const look = statusLooks[kind];
  return (
    <svg
      viewBox="0 0 16 16"
      className={classes("shrink-0", markColours[look.tone], className)}
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    >
      {drawings[look.shape]}
    </svg>
  );
}

/** Sign and word of a status. `word` where the thing has a better one than the map. */
export function Status({ kind, word, className }: { kind: StatusKind; word?: string; className?: string }) {
  const look = statusLooks[kind];
  return (
    <span className={classes("inline-flex items-center gap-1.5 whitespace-nowrap", wordColours[look.tone], className)}>
      <StatusMark kind={kind} />
      <span>{word ?? look.word}</span>
    </span>
  );
}
