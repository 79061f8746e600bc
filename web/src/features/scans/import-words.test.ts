import { expect, test } from "vitest";
import { importWords } from "./import-words.ts";

const of = (...statuses: ("completed" | "partial" | "refused" | "running")[]) => importWords(statuses.map((status) => ({ status })));

test("what could not be read is said", () => {
  expect(of("completed", "completed", "completed", "refused")).toBe("3 of 4 reports read");
  expect(of("partial")).toBe("0 of 1 report read, 1 in part");
});

test("nothing is said while all is well, or not yet known", () => {
  expect(of("completed")).toBeNull();
  expect(of("running")).toBeNull();
  expect(of()).toBeNull();
});
