import type { ApiToken } from "@sentinal/contract";
import { expect, test } from "vitest";
import { endOf, shownTokens, warningOf, warningWords } from "./token-state.ts";

const now = Date.parse("2026-11-22T12:00:00Z");
const inDays = (days: number) => new Date(now + days * 86_400_000).toISOString();

function aToken(id: number, over: Partial<ApiToken> = {}): ApiToken {
  return {
    id,
    name: `token ${id}`,
    prefix: "sent_abcd",
    scopes: ["webhook:write"],
    repository: null,
    created_at: inDays(-1),
    created_by: "ada",
    expires_at: null,
    last_used_at: null,
    last_used_address: null,
    revoked_at: null,
    replaced_by: null,
    overlap_ends_at: null,
    state: "valid",
    expires_soon: false,
    expires_within_days: null,
    ...over,
  };
}

const ending = (withinDays: 14 | 7 | 3 | 1) =>
  ({ state: "expires_soon", expires_soon: true, expires_within_days: withinDays, expires_at: inDays(withinDays) }) as const;

test("tokens in use are listed with those that end soonest first", () => {
  const tokens = [
    aToken(1),
    aToken(2, { expires_at: inDays(60) }),
    aToken(3, ending(3)),
    aToken(4, { revoked_at: inDays(-1), state: "revoked" }),
    aToken(5, { expires_at: inDays(-1), state: "expired" }),
    aToken(6, { expires_at: inDays(60), overlap_ends_at: inDays(1), replaced_by: 7, state: "overlapping" }),
    aToken(7),
    aToken(8, { overlap_ends_at: inDays(-1), replaced_by: 7, state: "replaced" }),
  ];
  expect(shownTokens(tokens, undefined).map((token) => token.id)).toEqual([6, 3, 2, 7, 1]);
  expect(shownTokens(tokens, "ending").map((token) => token.id)).toEqual([3]);
  expect(shownTokens(tokens, "revoked").map((token) => token.id)).toEqual([8, 5, 4]);
});

test("a token ends with its overlap or with itself, whichever comes first", () => {
  expect(endOf({ expires_at: null, overlap_ends_at: null })).toBeNull();
  expect(endOf({ expires_at: inDays(2), overlap_ends_at: inDays(1) })).toBe(inDays(1));
  expect(endOf({ expires_at: inDays(1), overlap_ends_at: inDays(2) })).toBe(inDays(1));
});

test.each([
  [[], null],
  [[aToken(1), aToken(2, { state: "expired" })], null],
  [[aToken(1, ending(14))], "1 API token expires within 14 days."],
  [[aToken(1, ending(1))], "1 API token expires within a day."],
  [[aToken(1, ending(14)), aToken(2, ending(14))], "2 API tokens expire within 14 days."],
  [[aToken(1, ending(14)), aToken(2, ending(3))], "2 API tokens expire within 14 days, the first within 3 days."],
])("the warning of %# says how many end and how soon", (tokens, words) => {
  const warning = warningOf(tokens);
  expect(warning === null ? null : warningWords(warning)).toBe(words);
});
