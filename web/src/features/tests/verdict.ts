import type { Changes, TestCounts } from "@sentinal/contract";

export type TestVerdictWords = { words: string; tone: "good" | "bad" | "warn" | "idle" };

/** What the tests of a scan changed on their branch, in one sentence. `isFirst`: no scan of their kind came before. */
export function testVerdict(counts: TestCounts, changes: Changes | null, isFirst: boolean, isPartial: boolean): TestVerdictWords {
  const bad = counts.failed + counts.errors;
  if (changes === null) return { words: "Only counts came, so nothing can be compared", tone: bad > 0 ? "bad" : "idle" };
  const worse = changes.new + changes.reopened;
  if (bad === 0) {
    if (isPartial) return { words: "Nothing failed in the part that could be read", tone: "warn" };
    if (counts.passed === 0) return { words: counts.total === 0 ? "The report holds no tests" : "No test ran", tone: "warn" };
    return changes.fixed > 0 ? { words: `All pass again: ${testsWords(changes.fixed)} fixed`, tone: "good" } : { words: "Nothing failed", tone: "good" };
  }
  if (isFirst) return { words: `The first of their kind on this branch: ${testsWords(bad)} failed`, tone: "bad" };
  if (worse > 0) return { words: `Worse than before: ${testsWords(worse)} started to fail`, tone: "bad" };
  return changes.fixed > 0
    ? { words: `Better than before: ${testsWords(changes.fixed)} fixed, ${changes.unchanged.toLocaleString("en")} to go`, tone: "warn" }
    : { words: `As before: ${testsWords(changes.unchanged)} still ${changes.unchanged === 1 ? "fails" : "fail"}`, tone: "bad" };
}

function testsWords(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "test" : "tests"}`;
}
