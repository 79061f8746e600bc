import type { TestPoint } from "@sentinal/contract";
import { absoluteTime } from "../../time.ts";
import { shortCommit } from "../ci-runs/github-links.ts";
import { hasFailed, resultKind, resultWord, tookWords } from "./test-words.ts";

export const historySlots = 30;
const shortest = 0.35;

/** How a result is drawn: each has a shape of its own besides its colour. */
export type HistoryLook = "passed" | "failed" | "flaky" | "skipped";

export type HistoryBar = {
  scanId: number;
  /** 0 is the leftmost; the newest result stands in the last. */
  slot: number;
  look: HistoryLook;
  /** Part of the full height, by duration; shortest 0.35, so that every result can be seen. */
  height: number;
  title: string;
};

/** The bars of a test's newest results. Free slots stay at the left. */
export function historyBars(points: readonly TestPoint[]): HistoryBar[] {
  const newest = points.slice(-historySlots);
  const longest = Math.max(1, ...newest.map((point) => point.duration_ms ?? 0));
  return newest.map((point, index) => ({
    scanId: point.scan_id,
    slot: historySlots - newest.length + index,
    look: lookOf(point),
    height: point.duration_ms === null ? 0.6 : Math.max(shortest, Math.sqrt(point.duration_ms / longest)),
    title: pointWords(point),
  }));
}

/** One result in words, for hover and for those who hear it. */
export function pointWords(point: TestPoint): string {
  const took = point.duration_ms === null ? "" : `, ${tookWords(point.duration_ms)}`;
  return `${resultWord(point)}${took}, ${shortCommit(point.commit_hash)}, ${absoluteTime(point.at)}`;
}

/** "Last 30 results: 27 passed, 2 failed, 1 flaky; the newest failed". */
export function historyWords(points: readonly TestPoint[]): string {
  const newest = points.slice(-historySlots);
  const last = newest.at(-1);
  if (last === undefined) return "No results yet";
  const counts = new Map<HistoryLook, number>();
  for (const point of newest) counts.set(lookOf(point), (counts.get(lookOf(point)) ?? 0) + 1);
  const parts = [...counts].toSorted((a, b) => b[1] - a[1]).map(([look, count]) => `${count} ${look}`);
  return newest.length === 1 ? `One result: ${lookOf(last)}` : `Last ${newest.length} results: ${parts.join(", ")}; the newest ${lookOf(last)}`;
}

/** Of the results that say how long they took: the middle one and the longest; null where fewer than two do. */
export function durationFigures(points: readonly TestPoint[]): { medianMs: number; longestMs: number } | null {
  const known = points.flatMap((point) => point.duration_ms ?? []).toSorted((a, b) => a - b);
  const medianMs = known[Math.floor(known.length / 2)];
  const longestMs = known.at(-1);
  return known.length < 2 || medianMs === undefined || longestMs === undefined ? null : { medianMs, longestMs };
}

/** A share of the results: "2 of 30 (7 %)"; "none of 30". */
export function shareWords(share: number, total: number): string {
  const count = Math.round(share * total);
  return count === 0 ? `none of ${total}` : `${count} of ${total} (${Math.max(1, Math.round(share * 100))} %)`;
}

function lookOf(point: TestPoint): HistoryLook {
  if (hasFailed(point)) return "failed";
  return resultKind(point) === "flaky" ? "flaky" : point.outcome === "skipped" ? "skipped" : "passed";
}
