import { describe, expect, test } from "vitest";
import { traceLines } from "./trace.ts";

function placesOf(trace: string, file: string | null = null) {
  return traceLines(trace, file).flatMap((parts) => parts.flatMap((part) => (part.place === null ? [] : `${part.place.path}:${part.place.line}`)));
}

describe("places in a trace", () => {
  test.each([
    ["    at add (src/cart.ts:12:7)", "src/cart.ts:12"],
    ["    at file:///home/runner/work/shop/shop/src/cart.ts:12:7", "src/cart.ts:12"],
    ["    at Object.<anonymous> (/home/runner/work/shop/shop/test/a b.ts:1)", null],
    ["D:\\a\\shop\\shop\\src\\Cart.cs:line 42", "src/Cart.cs:42"],
    ["   in /__w/shop/shop/src/Cart.cs:line 42", "src/Cart.cs:42"],
    ['  File "/github/workspace/tests/test_cart.py", line 9, in test_add', "tests/test_cart.py:9"],
    ["tests/test_cart.py:9: AssertionError", "tests/test_cart.py:9"],
    ["# ./spec/cart_spec.rb:30:in `block'", "spec/cart_spec.rb:30"],
    ["    at run (/home/runner/work/shop/shop/node_modules/vitest/dist/run.js:3:1)", null],
    ["    at node:internal/process/task_queues:95:5", null],
    ["    at Module.load (internal/modules/cjs/loader.js:863:32)", null],
    ["    at /usr/lib/python3/site-packages/x.py:3", null],
    ["    at /etc/app/cart.ts:3", null],
    ["    at ../other/cart.ts:3", null],
    ["    at Method.invoke (Method.java:580)", null],
    ["see https://example.org/a/b.html:80", null],
    ["expected 1:2 to be 3.5:4", null],
  ])("%s", (line, place) => {
    expect(placesOf(line)).toEqual(place === null ? [] : [place]);
  });

  test("a bare name is the test's own file where it has that name", () => {
    expect(placesOf("at shop.CartTest.adds(CartTest.java:42)", "src/test/java/shop/CartTest.java")).toEqual(["src/test/java/shop/CartTest.java:42"]);
  });

  test("the folder that the repository was in is known by the test's own file", () => {
    expect(placesOf("at a (/app/src/cart.ts:3:1)\nat b (/app/test/cart.test.ts:9:1)\nat c (/lib/x.ts:1:1)", "test/cart.test.ts")).toEqual([
      "src/cart.ts:3",
      "test/cart.test.ts:9",
    ]);
  });

  test("the column belongs to the link's text", () => {
    expect(traceLines("at add (src/a.ts:1:2)", null)[0]?.map((part) => part.text)).toEqual(["at add (", "src/a.ts:1:2", ")"]);
  });

  test("no letter of the text is lost", () => {
    const trace = "Error: x\n\n    at add (src/a.ts:1:2), src/b.ts:3\n";
    const text = traceLines(trace, null).map((parts) => parts.map((part) => part.text).join(""));
    expect(text.join("\n")).toBe(trace);
  });

  test("a long line of nothing but dots and slashes is read in little time", () => {
    const trace = "a.b/".repeat(5_000) + "\n" + "(".repeat(16_000) + "\n" + '"x.'.repeat(5_000);
    expect(traceLines(trace, "src/a.ts")).toHaveLength(3);
  });
});
