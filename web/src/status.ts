import type { ImportStatus, RunStatus, ScanStatus, ShownFindingState } from "@sentinal/contract";

/** Every status of the product, whatever it is the status of: one colour, one shape and one word each. */
export const statusKinds = ["success", "failure", "running", "queued", "cancelled", "skipped", "timed_out", "flaky", "action_needed", "unknown"] as const;
export type StatusKind = (typeof statusKinds)[number];

export type StatusTone = "good" | "bad" | "warn" | "idle";
/** What is drawn, apart from the colour; no two kinds share one. */
export type StatusShape = "check" | "cross" | "ring" | "hollow" | "slash" | "dash" | "clock" | "check-triangle" | "exclamation" | "question";
export type StatusLook = { word: string; tone: StatusTone; shape: StatusShape };

export const statusLooks: Readonly<Record<StatusKind, StatusLook>> = {
  success: { word: "Success", tone: "good", shape: "check" },
  failure: { word: "Failed", tone: "bad", shape: "cross" },
  running: { word: "Running", tone: "warn", shape: "ring" },
  queued: { word: "Queued", tone: "idle", shape: "hollow" },
  cancelled: { word: "Cancelled", tone: "idle", shape: "slash" },
  skipped: { word: "Skipped", tone: "idle", shape: "dash" },
  timed_out: { word: "Timed out", tone: "bad", shape: "clock" },
  flaky: { word: "Flaky", tone: "warn", shape: "check-triangle" },
  action_needed: { word: "Action needed", tone: "warn", shape: "exclamation" },
  unknown: { word: "Unknown", tone: "idle", shape: "question" },
};

const runKinds: Readonly<Record<RunStatus, StatusKind>> = {
  Queued: "queued",
  Running: "running",
  Success: "success",
  Failed: "failure",
  Cancelled: "cancelled",
};

const scanKinds: Readonly<Record<ScanStatus, StatusKind>> = { queued: "queued", running: "running", completed: "success", failed: "failure" };

const findingKinds: Readonly<Record<ShownFindingState, StatusKind>> = { open: "failure", fixed: "success", dismissed: "cancelled", stale: "unknown" };

/** A refused report asks its sender for another one; a partial one was read as far as it went. */
const importLooks: Readonly<Record<ImportStatus, { kind: StatusKind; word: string }>> = {
  queued: { kind: "queued", word: "Queued" },
  running: { kind: "running", word: "Being read" },
  completed: { kind: "success", word: "Read" },
  partial: { kind: "action_needed", word: "Read in part" },
  refused: { kind: "failure", word: "Refused" },
  failed: { kind: "failure", word: "Failed" },
};

/** A word that this page does not know yet is never taken for success or failure. */
export function runStatusKind(status: string): StatusKind {
  return isKey(runKinds, status) ? runKinds[status] : "unknown";
}

export function scanStatusKind(status: string): StatusKind {
  return isKey(scanKinds, status) ? scanKinds[status] : "unknown";
}

export function importStatusLook(status: string): { kind: StatusKind; word: string } {
  return isKey(importLooks, status) ? importLooks[status] : { kind: "unknown", word: "Unknown" };
}

export function findingStateKind(state: string): StatusKind {
  return isKey(findingKinds, state) ? findingKinds[state] : "unknown";
}

/** True while more is to come. */
export function isUnderWay(status: RunStatus): boolean {
  return status === "Queued" || status === "Running";
}

function isKey<Key extends string>(map: Readonly<Record<Key, unknown>>, key: string): key is Key {
  return Object.hasOwn(map, key);
}
