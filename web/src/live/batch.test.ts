import { expect, test } from "vitest";
import { createBatch } from "./batch.ts";

function scene() {
  const batches: number[][] = [];
  const timers: { delayMs: number; task: () => void }[] = [];
  let nowMs = 0;
  const add = createBatch<number>(
    (items) => batches.push(items),
    { gatherMs: 120, gapMs: 700 },
    { nowMs: () => nowMs, schedule: (delayMs, task) => timers.push({ delayMs, task }) },
  );
  return {
    add,
    batches,
    timers,
    runNext() {
      const timer = timers.shift();
      if (timer === undefined) throw new Error("nothing is scheduled");
      nowMs += timer.delayMs;
      timer.task();
    },
  };
}

test("a burst becomes one batch, in its order, well within a second", () => {
  const { add, batches, timers, runNext } = scene();
  for (let index = 0; index < 100; index++) add(index);
  expect(timers).toHaveLength(1);
  expect(timers[0]?.delayMs).toBeLessThan(500);
  runNext();
  expect(batches).toEqual([Array.from({ length: 100 }, (_none, index) => index)]);
});

test("the next batch keeps its distance and loses nothing", () => {
  const { add, batches, timers, runNext } = scene();
  add(1);
  runNext();
  add(2);
  add(3);
  expect(timers[0]?.delayMs).toBeGreaterThan(500);
  runNext();
  expect(batches).toEqual([[1], [2, 3]]);
});
