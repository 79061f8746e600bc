import { expect, test } from "vitest";
import { createWaiter } from "./waiter.ts";

test("an answer waits for the end of its own import", async () => {
  const waiter = createWaiter();
  const waiting = waiter.wait("one", 60_000);
  waiter.ended("other");
  waiter.ended("one");
  expect(await waiting).toBe(true);
});

test("an answer waits no longer than its time, and an end that comes later is nobody's", async () => {
  const waiter = createWaiter();
  expect(await waiter.wait("one", 1)).toBe(false);
  expect(() => waiter.ended("one")).not.toThrow();
});

test("two answers may wait for one import, sent twice at the same moment", async () => {
  const waiter = createWaiter();
  const waiting = [waiter.wait("one", 60_000), waiter.wait("one", 60_000)];
  waiter.ended("one");
  expect(await Promise.all(waiting)).toEqual([true, true]);
}, 5_000);
