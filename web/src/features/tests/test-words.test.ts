import { describe, expect, test } from "vitest";
import { aTest } from "./fixture.ts";
import { errorWords, filePlace, fullName, hasFailed, placeWords, resultKind, resultWord, tookWords } from "./test-words.ts";

describe("a result", () => {
  test("that passed in the end is flaky, one that failed in the end has failed", () => {
    expect(resultKind({ outcome: "passed", flaky: true })).toBe("flaky");
    expect(resultKind({ outcome: "failed", flaky: true })).toBe("failure");
    expect(resultWord({ outcome: "error", flaky: true })).toBe("Error, flaky");
  });

  test("that was skipped has neither passed nor failed", () => {
    expect(resultKind({ outcome: "skipped", flaky: false })).toBe("skipped");
    expect(hasFailed({ outcome: "skipped" })).toBe(false);
  });
});

test("a test stands in its suites, else in its class, else in its file", () => {
  expect(placeWords(aTest({ suites: ["cart", "totals"], class_name: "Cart" }))).toBe("cart › totals");
  expect(placeWords(aTest({ suites: [], class_name: "Cart" }))).toBe("Cart");
  expect(placeWords(aTest({ suites: [] }))).toBe("src/cart.test.ts");
  expect(placeWords(aTest({ kind: "suite", name: "src/cart.test.ts" }))).toBe("");
});

test("file and name are written as other tools take them", () => {
  expect(filePlace(aTest())).toBe("src/cart.test.ts:12");
  expect(filePlace(aTest({ line: null }))).toBe("src/cart.test.ts");
  expect(filePlace(aTest({ file: null }))).toBeNull();
  expect(fullName(aTest({ suites: ["cart", "totals"] }))).toBe("cart > totals > adds a product");
});

describe("an error in one line", () => {
  test("says its type once", () => {
    expect(errorWords({ error_type: "TypeError", message: "TypeError: x is no function" })).toEqual({ type: "TypeError", text: "x is no function" });
    expect(errorWords({ error_type: "TypeError", message: "x is no function" })).toEqual({ type: "TypeError", text: "x is no function" });
    expect(errorWords({ error_type: "timeout", message: "timeout" })).toEqual({ type: null, text: "timeout" });
  });

  test("is empty where the report gives none", () => {
    expect(errorWords({ error_type: null, message: null })).toEqual({ type: null, text: "" });
  });
});

test("how long a test took is told so that short ones can be told apart", () => {
  expect([0, 0.3, 640, 1_240, 9_949, 9_980, 72_000].map(tookWords)).toEqual(["0 ms", "< 1 ms", "640 ms", "1.2 s", "9.9 s", "10 s", "1 min 12 s"]);
});
