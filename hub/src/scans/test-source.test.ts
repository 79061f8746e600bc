import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { countTestFacets, listTests } from "./test-queries.ts";
import type { TestScope } from "./test-scans.ts";
import type { TestFilter } from "./test-source.ts";
import { addTests, newRepository, type NewResult, type NewScan } from "./testing/test-results.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const add = (scan: NewScan, results: readonly NewResult[]) => addTests(database.db, scan, results);

const names = async (scope: TestScope, filter: TestFilter) =>
  (await listTests(database.db, scope, filter, null, { sort: "name", limit: 200 })).items.map((one) => one.name);

describe("filters", () => {
  const repository = newRepository();
  let scanId: number;
  beforeAll(async () => {
    const scan = await add({ repository }, [
      { name: "adds", suites: ["Cart", "items"], file: "cart.test.ts", outcome: "failed", change: "new", message: "expected 100% but got 3_4" },
      { name: "removes", suites: ["Cart", "items"], file: "cart.test.ts", isFlaky: true },
      { name: "sums", suites: ["Cart"], file: "cart.test.ts", change: "fixed" },
      { name: "signs in", suites: ['say "items"', "a\\b"], className: "Login", file: "login.test.ts", outcome: "skipped" },
      { name: "pays", className: "com.shop.Pay", outcome: "error", change: "unchanged" },
      { name: "broken.test.ts", kind: "suite", file: "broken.test.ts", outcome: "error", change: "reopened" },
      { name: "alone" },
    ]);
    scanId = scan.id;
  });

  const everything = ["adds", "alone", "broken.test.ts", "pays", "removes", "signs in", "sums"];
  test.each<[string, TestFilter, string[]]>([
    ["none", {}, everything],
    ["one outcome", { outcome: ["failed"] }, ["adds"]],
    ["two outcomes", { outcome: ["error", "skipped"] }, ["broken.test.ts", "pays", "signs in"]],
    ["a list of none is no filter", { outcome: [] }, everything],
    ["one change", { change: ["fixed"] }, ["sums"]],
    ["several changes", { change: ["new", "unchanged", "reopened"] }, ["adds", "broken.test.ts", "pays"]],
    ["flaky", { flaky: true }, ["removes"]],
    ["not flaky", { flaky: false }, everything.filter((name) => name !== "removes")],
    ["the kind", { kind: ["suite"] }, ["broken.test.ts"]],
    ["a file", { file: ["login.test.ts"] }, ["signs in"]],
    ["two files", { file: ["login.test.ts", "broken.test.ts"] }, ["broken.test.ts", "signs in"]],
    ["a suite, with those below", { suite: ["Cart"] }, ["adds", "removes", "sums"]],
    ["a suite in a suite", { suite: ["Cart", "items"] }, ["adds", "removes"]],
    ["a suite that is nowhere", { suite: ["items"] }, []],
    ["a class where there are no suites", { suite: ["com.shop.Pay"] }, ["pays"]],
    ["a file where there is neither", { suite: ["broken.test.ts"] }, ["broken.test.ts"]],
    ["a class of a test in suites", { suite: ["Login"] }, []],
    ["a text in the name, whatever its case", { text: "ADDS" }, ["adds"]],
    ["a text in a suite", { text: "items" }, ["adds", "removes", "signs in"]],
    ["a text with a quote in a suite", { text: 'say "it' }, ["signs in"]],
    ["a text with a backslash in a suite", { text: "a\\b" }, ["signs in"]],
    ["a text over two suites, which is in neither", { text: 'Cart", "items' }, []],
    ["a text in the class", { text: "shop.pay" }, ["pays"]],
    ["a text in the file", { text: "cart.test" }, ["adds", "removes", "sums"]],
    ["a text in the message, its signs standing for themselves", { text: "100%" }, ["adds"]],
    ["an underscore, which stands for itself", { text: "t_t" }, []],
    ["a text that is SQL", { text: "' or 1=1 --" }, []],
    ["several at once", { outcome: ["passed"], suite: ["Cart"], text: "sum" }, ["sums"]],
  ])("%s", async (_name, filter, expected) => {
    expect((await names({ scanId }, filter)).toSorted()).toEqual(expected);
    expect((await names({ repository }, filter)).toSorted()).toEqual(expected);
  });

  test("have facets that count what stands at each value, most first", async () => {
    expect(await countTestFacets(database.db, { scanId }, {}, null)).toEqual({
      outcome: [
        { value: "passed", count: 3 },
        { value: "error", count: 2 },
        { value: "failed", count: 1 },
        { value: "skipped", count: 1 },
      ],
      change: ["fixed", "new", "reopened", "unchanged"].map((value) => ({ value, count: 1 })),
      flaky: [
        { value: "false", count: 6 },
        { value: "true", count: 1 },
      ],
      file: [
        { value: "cart.test.ts", count: 3 },
        { value: "broken.test.ts", count: 1 },
        { value: "login.test.ts", count: 1 },
      ],
      suite: [
        { value: "Cart", count: 3 },
        { value: "broken.test.ts", count: 1 },
        { value: "com.shop.Pay", count: 1 },
        { value: 'say "items"', count: 1 },
      ],
    });
  });

  test.each<[string, TestFilter]>([
    ["nothing else", {}],
    ["an outcome", { outcome: ["passed"] }],
    ["all others", { outcome: ["passed", "failed"], change: ["new"], flaky: false, file: ["cart.test.ts"], suite: ["Cart"], kind: ["case"], text: "a" }],
  ])("have facets that agree with the list, value by value, beside %s", async (_name, filter) => {
    const facets = await countTestFacets(database.db, { repository }, filter, null);
    const narrowed = (name: string, value: string): TestFilter => ({ ...filter, [name]: name === "flaky" ? value === "true" : [value] });
    for (const [name, values] of Object.entries(facets)) {
      expect(values, name).not.toEqual([]);
      for (const { value, count } of values) expect(await names({ repository }, narrowed(name, value)), `${name}=${value}`).toHaveLength(count);
    }
  });
});
