import { runStatuses, scanStatuses } from "@sentinal/contract";
import { expect, test } from "vitest";
import { importStatusLook, runStatusKind, scanStatusKind, statusKinds, statusLooks } from "./status.ts";

test("no two statuses share a word or a shape, so that none depends on its colour", () => {
  const looks = statusKinds.map((kind) => statusLooks[kind]);
  expect(new Set(looks.map((look) => look.word)).size).toBe(statusKinds.length);
  expect(new Set(looks.map((look) => look.shape)).size).toBe(statusKinds.length);
});

test("every status of a run reads as the contract writes it", () => {
  for (const status of runStatuses) expect(statusLooks[runStatusKind(status)].word).toBe(status);
});

test("every status of a scan has a look of its own", () => {
  expect(new Set(scanStatuses.map(scanStatusKind)).size).toBe(scanStatuses.length);
});

test("a word that is not known is unknown, neither success nor failure", () => {
  expect(runStatusKind("startup_failure")).toBe("unknown");
  expect(runStatusKind("toString")).toBe("unknown");
  expect(scanStatusKind("paused")).toBe("unknown");
  expect(importStatusLook("lost").kind).toBe("unknown");
});

test("a report that was read in part does not look as if all were well", () => {
  expect(importStatusLook("partial").kind).toBe("action_needed");
});
