import { compact } from "../detail.ts";
import type { JsonObject } from "../json/values.ts";
import { isObject, listOf, member, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import type { FindingRecord } from "../reader.ts";
import { levelWord } from "./components.ts";

/** True for what is a finding: other kinds tell of what passed, was not asked, or is for a person to look at. */
export function isFailure(result: JsonObject): boolean {
  const kind = member(result, "kind");
  if (kind === undefined || kind === "fail") return true;
  const word = levelWord(kind);
  return word === null || word === "fail";
}

/**
 * Suppressed is a result with a suppression that is accepted (also one without a status), unless another one is under
 * review or rejected.
 */
export function standingOf(result: JsonObject): FindingRecord["standing"] {
  if (levelWord(member(result, "baselineState")) === "absent") return "gone";
  const suppressions = listOf(member(result, "suppressions")).filter(isObject);
  if (suppressions.length === 0) return "open";
  const isAccepted = (suppression: JsonObject) => (levelWord(member(suppression, "status")) ?? "accepted") === "accepted";
  return suppressions.every(isAccepted) ? "dismissed" : "open";
}

/** Who or what suppressed it, and why. */
export function suppressionsOf(result: JsonObject): Record<string, unknown>[] {
  const suppressions = listOf(member(result, "suppressions")).filter(isObject).slice(0, limits.detailEntries);
  return suppressions.map((suppression) =>
    compact({
      kind: textOf(member(suppression, "kind"), limits.word),
      status: textOf(member(suppression, "status"), limits.word) ?? "accepted",
      justification: textOf(member(suppression, "justification"), limits.message),
    }),
  );
}
