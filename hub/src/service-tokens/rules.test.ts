import { createServiceToken } from "@sentinal/tokens";
import { describe, expect, test } from "vitest";
import { isAccepted, judgeConfigured, stateOf } from "./rules.ts";

const [current, previous] = [createServiceToken(), createServiceToken()];

describe("what the settings say", () => {
  test("accepts the token, and the one before it, and nothing else", () => {
    const configured = judgeConfigured({ current, previous });
    expect(configured).toMatchObject({ isRefused: false, problems: [] });
    expect([current, previous, createServiceToken(), "", current.slice(1)].map((value) => isAccepted(configured, value))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test("accepts nothing, and says nothing of it, when neither is set", () => {
    expect(judgeConfigured({ current: null, previous: null })).toEqual({ accepted: [], isRefused: false, problems: [] });
    expect(judgeConfigured({ current: " ", previous: null })).toMatchObject({ accepted: [], isRefused: false });
  });

  test.each([
    ["changeme", "is a placeholder"],
    ["k7Qp2ZrT9xW4mN8v", "has 16 characters"],
    ["ab".repeat(30), "can be guessed"],
  ])("accepts neither when the token is no secret: %s", (value, problem) => {
    const configured = judgeConfigured({ current: value, previous });
    expect(configured).toMatchObject({ accepted: [], isRefused: true });
    expect(configured.problems[0]?.sentence).toContain(`INTERNAL_SERVICE_TOKEN ${problem}`);
    expect(configured.problems[0]?.sentence).toContain("openssl rand -hex 32");
    expect(configured.problems[0]?.sentence).not.toContain(value);
  });

  test("tells of a token that is another role's too", () => {
    expect(judgeConfigured({ current, previous: null }, { SENTINAL_METRICS_TOKEN: current }).problems[0]?.sentence).toContain(
      "has the same value as SENTINAL_METRICS_TOKEN",
    );
  });

  test("goes on without a previous one that is none, and says so", () => {
    for (const wrong of ["changeme", current]) {
      const configured = judgeConfigured({ current, previous: wrong });
      expect(configured.accepted).toHaveLength(1);
      expect(configured.isRefused).toBe(false);
      expect(configured.problems).toMatchObject([{ setting: "INTERNAL_SERVICE_TOKEN_PREVIOUS" }]);
    }
  });

  test("does not take the previous one when there is no new one", () => {
    expect(judgeConfigured({ current: null, previous }).accepted).toEqual([]);
  });
});

test("a token's state is what was done to it before what time did to it", () => {
  const at = (ms: number) => new Date(ms);
  expect(stateOf({ expires_at: null, replaced_at: null, revoked_at: null }, 5)).toBe("valid");
  expect(stateOf({ expires_at: at(6), replaced_at: at(1), revoked_at: null }, 5)).toBe("overlapping");
  expect(stateOf({ expires_at: at(5), replaced_at: at(1), revoked_at: null }, 5)).toBe("expired");
  expect(stateOf({ expires_at: at(1), replaced_at: null, revoked_at: at(4) }, 5)).toBe("revoked");
});
