import type { Severity, SeverityCounts, TestCounts } from "@sentinal/contract";
import { countWords, isTestCounts, presentSeverities, severityLooks, shortCount } from "../severity.ts";
import { StatusMark } from "./status.tsx";
import { classes } from "./ui/classes.ts";

const grounds: Record<Severity, string> = {
  critical: "bg-(--critical-ground) text-(--critical-ink)",
  high: "bg-(--high-ground) text-(--high-ink)",
  medium: "bg-(--medium-ground) text-(--medium-ink)",
  low: "bg-(--low-ground) text-(--low-ink)",
  info: "text-ink-soft ring-1 ring-line ring-inset",
  unknown: "text-ink-soft ring-1 ring-line ring-inset",
};

/** The severity in a word, on its ground. */
export function SeverityBadge({ severity, className }: { severity: Severity; className?: string }) {
  return (
    <span className={classes("inline-flex h-[18px] items-center rounded-sm px-1.5 text-2xs font-semibold", grounds[severity], className)}>
      {severityLooks[severity].word}
    </span>
  );
}

/** "C 2 H 5 M 9": what there is of each severity, gravest first. */
export function SeverityFigures({ counts, most = 6 }: { counts: SeverityCounts; most?: number }) {
  const present = presentSeverities(counts);
  if (present.length === 0) {
    return (
      <span className="inline-flex items-center gap-1 text-ink-faint">
        <StatusMark kind="success" className="size-3.5" />
        none
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-1" title={countWords(counts)}>
      {present.slice(0, most).map(({ severity, count }) => (
        <span key={severity} className={classes("inline-flex h-[18px] items-center gap-1 rounded-sm px-1.5 text-2xs font-semibold", grounds[severity])}>
          <abbr title={severityLooks[severity].word} className="no-underline">
            {severityLooks[severity].letter}
          </abbr>
          <span className="font-medium">{shortCount(count)}</span>
        </span>
      ))}
    </span>
  );
}

/** "812 ✓ 3 ✕". */
export function TestFigures({ counts }: { counts: TestCounts }) {
  const bad = counts.failed + counts.errors;
  return (
    <span className="inline-flex items-center gap-1.5 text-xs text-ink-soft" title={countWords(counts)}>
      <Figure count={counts.passed} kind="success" word="passed" />
      {bad > 0 && <Figure count={bad} kind="failure" word="failed" />}
      {counts.flaky > 0 && <Figure count={counts.flaky} kind="flaky" word="flaky" />}
    </span>
  );
}

export function CountFigures({ counts, most }: { counts: SeverityCounts | TestCounts; most?: number }) {
  return isTestCounts(counts) ? <TestFigures counts={counts} /> : <SeverityFigures counts={counts} {...(most !== undefined && { most })} />;
}

function Figure({ count, kind, word }: { count: number; kind: "success" | "failure" | "flaky"; word: string }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      {count.toLocaleString("en")}
      <StatusMark kind={kind} label={word} className="size-3.5" />
    </span>
  );
}
