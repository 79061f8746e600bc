import { expect, test } from "vitest";
import { nameInDetail, partyOf } from "./words.ts";

test.each([
  ["hub", null, null, "the hub"],
  ["anonymous", null, null, "somebody not signed in"],
  ["user", "7", "ada", "ada"],
  ["user", "7", null, "user 7"],
  ["api_token", "7", "CI", "API token 7 “CI”"],
  ["operator", "root@shop", null, "operator root@shop"],
  ["session", "238f23de-29d9-4a9f-b349-402d3a7b97aa", null, "session 238f23de-29d…"],
  ["username_fingerprint", "fp1_0123456789abcdef0123456789abcdef", null, "unknown account fp1_01234567…"],
  ["repository", "acme/shop", null, "repository acme/shop"],
])("%s %s named %s is “%s”, with its id beside it", (kind, id, name, words) => {
  expect(partyOf(kind, id, name)).toEqual({ kind, id, words });
});

test("an entry's own words name what is gone", () => {
  expect(nameInDetail({ name: "CI" })).toBe("CI");
  expect(nameInDetail({ username: "eve" })).toBe("eve");
  for (const detail of [null, "name", [], {}, { name: 7 }]) expect(nameInDetail(detail)).toBeNull();
});
