import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { minitest } from "./minitest.ts";

describe("failed tests of Minitest and test-unit", () => {
  it.each([
    ["  1) Failure:\nTestA#test_f [a.rb:3]:\nExpected: 1\n  Actual: 2", 1, "code.test", "cause"],
    ["  2) Error:\ntest_e(TestA):\nRuntimeError: x", 1, "code.test", "cause"],
    ["Error:\nPostsTest#test_create:\nNoMethodError: undefined method", 1, "code.test", "cause"],
    ["Failure: test_f(TestA)\na.rb:3:in x", 1, "code.test", "cause"],
    [' FAIL["test_f", "TestA", 0.12]', 1, "code.test", "cause"],
    ["  test_f                          FAIL (0.00s)", 1, "code.test", "cause"],
    ["TestA#test_f = 0.00 s = F", 1, "code.test", "summary"],
    ["3 runs, 2 assertions, 1 failures, 0 errors, 0 skips", 1, "code.test", "summary"],
    ["3 tests, 2 assertions, 0 failures, 1 errors, 0 pendings", 1, "code.test", "summary"],
  ])("are found: %s", (text, line, category, strength) => {
    expect(sightingsOf(minitest, `${text}\n`)[0]).toMatchObject({ line, category, strength });
  });

  it.each([["3 runs, 2 assertions, 0 failures, 0 errors, 0 skips"], ["Error:\nsomething else"], ["TestA#test_f = 0.00 s = ."]])(
    "are nothing of what goes on: %s",
    (text) => {
      expect(sightingsOf(minitest, `${text}\n`)).toEqual([]);
    },
  );
});
