import { expect, test } from "vitest";
import { readTestDetail } from "./test-detail.ts";

test("what reports say besides is shown by kind", () => {
  const view = readTestDetail({
    stdout: "hello",
    stderr: "  ",
    properties: { owner: "web", weight: 3 },
    tags: ["slow", 7],
    retries: 2,
    further_failures: [{ message: "second", trace: null }, "nonsense", {}],
    steps: [{ name: "open" }],
    truncated: true,
  });
  expect(view.outputs).toEqual([{ name: "Output", text: "hello" }]);
  expect(view.facts).toEqual([
    { name: "Retries", value: "2" },
    { name: "Tags", value: "slow, 7" },
    { name: "owner", value: "web" },
    { name: "weight", value: "3" },
  ]);
  expect(view.furtherFailures).toEqual([{ message: "second", trace: null }]);
  expect(JSON.parse(view.rest ?? "")).toEqual({ steps: [{ name: "open" }] });
  expect(view.isTruncated).toBe(true);
});

test("shapes that nobody expects break nothing", () => {
  const view = readTestDetail({ stdout: { a: 1 }, properties: ["x"], tags: "x", further_failures: {}, retries: null });
  expect(view).toMatchObject({ outputs: [], facts: [], furtherFailures: [] });
  expect(readTestDetail({})).toEqual({ furtherFailures: [], outputs: [], facts: [], rest: null, isTruncated: false });
});
