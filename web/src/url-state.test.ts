import { describe, expect, test } from "vitest";
import { parseSearch, readChoice, readChoices, readFlag, readId, readText, readTexts, stringifySearch, toggled } from "./url-state.ts";

describe("a query", () => {
  test("comes back as it was written, lists and awkward characters included", () => {
    const search = { q: "a&b=c +ü%", severity: ["high", "low"], branch: "feature/x:y", run: "12" };
    expect(parseSearch(stringifySearch(search))).toEqual(search);
  });

  test("keeps a commit that looks like a number as text", () => {
    expect(parseSearch("?q=1234567e3&commit=007")).toEqual({ q: "1234567e3", commit: "007" });
  });

  test("leaves slashes readable and says nothing of empty filters", () => {
    expect(stringifySearch({ repository: "acme/shop", q: "", status: [], run: undefined, create: true, closed: false })).toBe(
      "?repository=acme/shop&create=true",
    );
    expect(stringifySearch({})).toBe("");
  });

  test("takes __proto__ for a name like any other", () => {
    const search = parseSearch("?__proto__=x&__proto__=y");
    expect(Object.getPrototypeOf(search)).toBe(Object.prototype);
    expect(Object.hasOwn(search, "__proto__")).toBe(true);
  });
});

describe("reading what somebody typed into the address", () => {
  test("an id is a positive whole number", () => {
    expect([readId("12"), readId(12), readId("0"), readId("-3"), readId("1.5"), readId("x"), readId(undefined), readId("")]).toEqual([
      12,
      12,
      ...Array.from({ length: 6 }, () => undefined),
    ]);
  });

  test("a choice that does not exist is no choice", () => {
    expect(readChoice("Failed", ["Failed", "Success"])).toBe("Failed");
    expect(readChoice("failed", ["Failed", "Success"])).toBeUndefined();
    expect(readChoices(["low", "nonsense", "high"], ["high", "low"])).toEqual(["high", "low"]);
    expect(readChoices("nonsense", ["high"])).toBeUndefined();
  });

  test("a text is bounded, a flag is true or nothing, texts stand once", () => {
    expect(readText("x".repeat(2_000))).toBeUndefined();
    expect(readText(["a", "b"])).toBe("b");
    expect([readFlag("true"), readFlag("1"), readFlag(undefined)]).toEqual([true, undefined, undefined]);
    expect(readTexts(["a", "a", "", 3])).toEqual(["a"]);
  });
});

test("a value is switched on and off, and the last one off leaves no filter", () => {
  expect(toggled(undefined, "high")).toEqual(["high"]);
  expect(toggled(["high"], "low")).toEqual(["high", "low"]);
  expect(toggled(["high"], "high")).toBeUndefined();
});
