import { describe, expect, test } from "vitest";
import { aRun, aScan, severityCounts } from "./fixture.ts";
import { idsToFetch, insertRuns, mergeNewest, replaceRuns, type RunPage, waitingWords } from "./run-stream.ts";

function pageOf(ids: number[], cursor: string | null = null): RunPage {
  return { items: ids.map((id) => aRun({ id })), next_cursor: cursor };
}
const idsOf = (pages: readonly RunPage[]) => pages.map((page) => page.items.map((run) => run.id));

describe("new runs", () => {
  test("come in at the top while one is there", () => {
    const merged = mergeNewest([pageOf([3, 2], "a"), pageOf([1])], pageOf([5, 4, 3, 2], "b"), true);
    expect(idsOf(merged.pages)).toEqual([[5, 4, 3, 2], [1]]);
    expect(merged.waiting).toEqual([]);
  });

  test("wait while one reads further down, and no row moves", () => {
    const merged = mergeNewest([pageOf([3, 2], "a"), pageOf([1])], pageOf([5, 4, 3, 2], "b"), false);
    expect(idsOf(merged.pages)).toEqual([[3, 2], [1]]);
    expect(merged.waiting.map((run) => run.id)).toEqual([5, 4]);
    expect(merged.hasGap).toBe(false);
  });

  test("more of them than a page holds are told as a gap, and at the top the list starts anew", () => {
    const list = [pageOf([3, 2, 1])];
    const newest = pageOf([90, 89, 88], "c");
    expect(mergeNewest(list, newest, false)).toMatchObject({ hasGap: true });
    expect(idsOf(mergeNewest(list, newest, true).pages)).toEqual([[90, 89, 88]]);
  });

  test("into an empty list come in wherever one is", () => {
    expect(idsOf(mergeNewest([pageOf([])], pageOf([1]), false).pages)).toEqual([[1]]);
  });

  test("that match the filter only now stand where they belong", () => {
    const merged = mergeNewest([pageOf([9, 7], "a"), pageOf([3])], pageOf([9, 8, 7], "a"), true);
    expect(idsOf(merged.pages)).toEqual([[9, 8, 7], [3]]);
  });

  test("are inserted once, each on its page", () => {
    const pages = insertRuns([pageOf([9, 7], "a"), pageOf([5, 3])], [aRun({ id: 4 }), aRun({ id: 10 }), aRun({ id: 9 }), aRun({ id: 1 })]);
    expect(idsOf(pages)).toEqual([
      [10, 9, 7],
      [5, 4, 3, 1],
    ]);
  });
});

describe("rows that stand there", () => {
  test("are renewed in place, also while new ones wait", () => {
    const newest: RunPage = { items: [aRun({ id: 4 }), aRun({ id: 3, status: "Failed", updated_at: "2026-11-22T12:05:00Z" })], next_cursor: null };
    const merged = mergeNewest([pageOf([3, 2])], newest, false);
    expect(merged.pages[0]?.items[0]).toMatchObject({ id: 3, status: "Failed" });
  });

  test("without a change stay the same objects", () => {
    const pages = [pageOf([2]), pageOf([1])];
    const next = replaceRuns(pages, [aRun({ id: 2 }), aRun({ id: 1, status: "Failed" })]);
    expect(next[0]).toBe(pages[0]);
    expect(next[1]).not.toBe(pages[1]);
  });

  test("are renewed when only a scan of theirs changed", () => {
    const next = replaceRuns([pageOf([2])], [aRun({ id: 2, scans: [aScan({ counts: severityCounts({ high: 1 }) })] })]);
    expect(next[0]?.items[0]?.scans).toHaveLength(1);
  });

  test("and lie beyond the newest page are fetched when they were named, or after a gap when they were under way", () => {
    const pages = [pageOf([9, 8], "a"), { items: [aRun({ id: 5 }), aRun({ id: 4, status: "Running" }), aRun({ id: 3 })], next_cursor: null }];
    expect(idsToFetch(pages, pageOf([9, 8], "a"), new Set([9, 5, 77]), 20)).toEqual([5]);
    expect(idsToFetch(pages, pageOf([9, 8], "a"), "all", 20)).toEqual([4]);
    expect(idsToFetch(pages, pageOf([9, 8], "a"), new Set([5, 4, 3]), 2)).toEqual([5, 4]);
  });
});

test("the button says how many wait, and that there may be more", () => {
  expect([waitingWords(1, false), waitingWords(3, false), waitingWords(50, true)]).toEqual(["1 new run", "3 new runs", "50+ new runs"]);
});
