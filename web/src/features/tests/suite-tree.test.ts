import { expect, test } from "vitest";
import type { TestSuite } from "@sentinal/contract";
import { suiteKey, suiteRows, suiteTree } from "./suite-tree.ts";

function aSuite(path: string[], over: Partial<TestSuite> = {}): TestSuite {
  return { path, failed: 0, errors: 0, passed: 1, skipped: 0, flaky: 0, total: 1, duration_ms: 100, ...over };
}

test("a suite holds what stands in it and in the suites below", () => {
  const [cart] = suiteTree([aSuite(["cart"]), aSuite(["cart", "totals"], { failed: 1, total: 2 }), aSuite(["cart", "items"], { duration_ms: null })]);
  expect(cart).toMatchObject({ path: ["cart"], counts: { passed: 3, failed: 1, total: 4, duration_ms: 200 } });
  expect(cart?.children.map((child) => child.names)).toEqual([["totals"], ["items"]]);
});

test("suites that hold nothing but one other share a row, and lead to the inner one", () => {
  const [node] = suiteTree([aSuite(["com", "acme", "Cart"]), aSuite(["com", "acme", "Shop"])]);
  expect(node).toMatchObject({ names: ["com", "acme"], path: ["com", "acme"] });
  expect(node?.children.map((child) => child.path)).toEqual([
    ["com", "acme", "Cart"],
    ["com", "acme", "Shop"],
  ]);
});

test("what fails stands first, then by name with numbers in their order", () => {
  const names = suiteTree([aSuite(["part 10"]), aSuite(["part 9"]), aSuite(["zebra"], { errors: 1 })]).map((node) => node.names[0]);
  expect(names).toEqual(["zebra", "part 9", "part 10"]);
});

test("only what stands in an open suite shows", () => {
  const tree = suiteTree([aSuite(["cart", "totals"]), aSuite(["cart", "items"]), aSuite(["mail"])]);
  expect(suiteRows(tree, new Set()).map((row) => row.node.names[0])).toEqual(["cart", "mail"]);
  const open = suiteRows(tree, new Set([suiteKey(["cart"])]));
  expect(open.map((row) => [row.node.names[0], row.depth])).toEqual([
    ["cart", 0],
    ["items", 1],
    ["totals", 1],
    ["mail", 0],
  ]);
});

test("tests without a suite stand together, and names that objects know are names like others", () => {
  const tree = suiteTree([aSuite([]), aSuite(["__proto__", "constructor"]), aSuite(["__proto__"])]);
  expect(tree.map((node) => node.path)).toEqual([[], ["__proto__"]]);
  expect(tree[1]?.children[0]?.path).toEqual(["__proto__", "constructor"]);
});
