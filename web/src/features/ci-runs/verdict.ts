import type { Changes, Run } from "@sentinal/contract";
import { isUnderWay } from "../../status.ts";
import { lastAttempts } from "./scan-figures.ts";

export type Verdict = {
  /** One sentence for the head of the page. */
  words: string;
  tone: "good" | "bad" | "warn" | "idle";
  /** Null while no scan has told its changes. */
  changes: Changes | null;
};

/** What a run changed against the one before it on its branch. `previous`: null when there is none, undefined while it is not known. */
export function runVerdict(run: Run, previous: Pick<Run, "id" | "status"> | null | undefined): Verdict {
  const changes = addUpChanges(lastAttempts(run.scans).map((scan) => scan.changes));
  if (isUnderWay(run.status)) return { words: run.status === "Queued" ? "Waiting to start" : "Still running", tone: "warn", changes };
  if (run.status === "Cancelled") return { words: "Cancelled before it had a result", tone: "idle", changes };
  const tone = toneOf(run, changes);
  const words = transitionWords(run, previous);
  return { words: tone === "warn" ? `${words}, with new findings` : words, tone, changes };
}

/** What a scan changed on its branch. `isFirst`: no scan of its kind came before. */
export function scanVerdict(changes: Changes | null, isFirst: boolean): Omit<Verdict, "changes"> {
  if (changes === null) return { words: "Only counts came, so nothing can be compared", tone: "idle" };
  const worse = changes.new + changes.reopened;
  if (worse === 0 && changes.unchanged === 0) return { words: changes.fixed > 0 ? "Everything is fixed" : "Nothing was found", tone: "good" };
  if (isFirst) return { words: "The first of its kind on this branch", tone: "warn" };
  if (worse === 0) return changes.fixed > 0 ? { words: "Better than before", tone: "good" } : { words: "As before", tone: "idle" };
  return changes.fixed > worse ? { words: "More fixed than new", tone: "warn" } : { words: "Worse than before", tone: "bad" };
}

/** Null when no scan told its changes. */
export function addUpChanges(all: readonly (Changes | null)[]): Changes | null {
  const told = all.filter((changes) => changes !== null);
  if (told.length === 0) return null;
  return told.reduce((sum, one) => ({
    new: sum.new + one.new,
    fixed: sum.fixed + one.fixed,
    reopened: sum.reopened + one.reopened,
    unchanged: sum.unchanged + one.unchanged,
  }));
}

function transitionWords(run: Run, previous: Pick<Run, "id" | "status"> | null | undefined): string {
  if (previous === undefined) return run.status === "Failed" ? "Failed" : "Succeeded";
  const hasFailed = run.status === "Failed";
  if (previous === null) return hasFailed ? "Failed, the first run on this branch" : "Succeeded, the first run on this branch";
  if (previous.status === "Failed") return hasFailed ? "Still failing" : "Back to green";
  if (previous.status === "Success") return hasFailed ? "Started to fail" : "Still green";
  return hasFailed ? "Failed" : "Succeeded";
}

function toneOf(run: Run, changes: Changes | null): Verdict["tone"] {
  if (run.status === "Failed") return "bad";
  return changes !== null && changes.new + changes.reopened > 0 ? "warn" : "good";
}
