import type { AuditChain } from "@sentinal/contract";
import { expect, test } from "vitest";
import { chainState, entryOf, problemWords } from "./chain-words.ts";

const intact: NonNullable<AuditChain["verified"]> = {
  at: "2026-11-22T07:00:00Z",
  is_intact: true,
  position: 1_204,
  checked: 1_204,
  problems: [],
  is_cut: false,
};
const chain: AuditChain = { head: { position: 1_204, hash: "ab" }, unsealed: 0, verified: intact, is_verifying: false };

test("a chain says whether anybody checked it, and what that found", () => {
  expect(chainState(chain)).toEqual({ kind: "success", words: "Verified up to position 1,204" });
  expect(chainState({ ...chain, verified: null })).toEqual({ kind: "unknown", words: "Not verified yet" });
  expect(chainState({ ...chain, verified: { ...intact, is_intact: false } })).toEqual({ kind: "failure", words: "The log is not intact" });
  expect(chainState({ ...chain, is_verifying: true }).kind).toBe("running");
});

test("each problem has its sentence, and leads to its entry where there is one", () => {
  expect(problemWords({ kind: "missing", from: 4, to: 4 })).toBe("Nothing stands at position 4.");
  expect(problemWords({ kind: "missing", from: 4, to: 6 })).toBe("Nothing stands at positions 4 to 6.");
  expect(entryOf({ kind: "missing", from: 4, to: 6 })).toBeNull();
  expect(entryOf({ kind: "changed", id: 9, position: 8 })).toBe(9);
});
