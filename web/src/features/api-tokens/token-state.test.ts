import type { ApiToken } from "@sentinal/contract";
import { expect, test } from "vitest";
import { shownTokens, tokenState } from "./token-state.ts";

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
    revoked_at: null,
    ...over,
  };
}

test.each([
  [{ expires_at: null, revoked_at: null }, "active"],
  [{ expires_at: inDays(15), revoked_at: null }, "active"],
  [{ expires_at: inDays(14), revoked_at: null }, "ending"],
  [{ expires_at: inDays(0), revoked_at: null }, "ended"],
  [{ expires_at: inDays(90), revoked_at: inDays(-1) }, "revoked"],
] as const)("%o is %s", (token, state) => {
  expect(tokenState(token, now)).toBe(state);
});

test("tokens in use are listed with those that end soonest first", () => {
  const tokens = [
    aToken(1),
    aToken(2, { expires_at: inDays(60) }),
    aToken(3, { expires_at: inDays(3) }),
    aToken(4, { revoked_at: inDays(-1) }),
    aToken(5, { expires_at: inDays(-1) }),
  ];
  expect(shownTokens(tokens, undefined, now).map((token) => token.id)).toEqual([3, 2, 1]);
  expect(shownTokens(tokens, "ending", now).map((token) => token.id)).toEqual([3]);
  expect(shownTokens(tokens, "revoked", now).map((token) => token.id)).toEqual([5, 4]);
});
