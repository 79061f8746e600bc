import { page, Problem, Test, TestDetail, TestErrorGroup, TestFacets, TestSuite } from "@sentinal/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { getJson, startTestHub, type TestHub } from "../../../test/hub.ts";
import { type AddedScan, addTestResults, addTestScan, type NewResult, newRepository } from "./testing/test-results.ts";

let hub: TestHub;
const repository = newRepository();
let scan: AddedScan;
let tests: Record<string, number>;

const results: NewResult[] = [
  { name: "adds", suites: ["Cart", "items"], file: "cart.test.ts", outcome: "failed", change: "new", message: "<b>boom</b>", trace: "at cart.test.ts:3" },
  { name: "pays", suites: ["Cart"], file: "cart.test.ts", isFlaky: true, durationMs: 12.5 },
  { name: "waits", file: "wait.test.ts", outcome: "skipped" },
  { name: "broken.test.ts", kind: "suite", file: "broken.test.ts", outcome: "error", change: "unchanged" },
];

beforeAll(async () => {
  hub = await startTestHub();
  scan = await addTestScan(hub.database.db, { repository });
  tests = await addTestResults(hub.database.db, scan, results);
});
afterAll(() => hub.close());

async function get<Schema extends z.ZodType>(schema: Schema, path: string, bearer = hub.admin): Promise<z.infer<Schema>> {
  return schema.parse(await getJson(`${hub.url}/api/cicd/${path}`, bearer));
}

async function refusal(path: string, bearer = hub.admin): Promise<[number, string]> {
  const answer = await fetch(`${hub.url}/api/cicd/${path}`, { headers: { authorization: `Bearer ${bearer}` } });
  return [answer.status, Problem.parse(await answer.json()).code];
}

const names = async (query: string, bearer?: string) => (await get(page(Test), `tests?${query}`, bearer)).items.map((one) => one.name);
const all = ["broken.test.ts", "adds", "pays", "waits"].toSorted();

describe("tests", () => {
  test.each([
    ["outcome=failed", ["adds"]],
    ["outcome=failed&outcome=skipped", ["adds", "waits"]],
    ["change=new&change=unchanged", ["adds", "broken.test.ts"]],
    ["flaky=true", ["pays"]],
    ["flaky=false&kind=case", ["adds", "waits"]],
    ["kind=suite", ["broken.test.ts"]],
    ["file=cart.test.ts", ["adds", "pays"]],
    ["file=wait.test.ts&file=broken.test.ts", ["broken.test.ts", "waits"]],
    ["suite=Cart", ["adds", "pays"]],
    ["suite=Cart&suite=items", ["adds"]],
    ["q=ADD", ["adds"]],
    ["q=", all],
    ["branch=nowhere", []],
    ["branch=main", all],
  ])("are narrowed by %s, of a scan, of a run and of a branch alike", async (query, expected) => {
    for (const scope of [`scan_id=${scan.id}`, `run_id=${scan.runId}`, `repository=${repository}`]) {
      expect((await names(`${scope}&${query}`)).toSorted(), scope).toEqual(expected);
    }
  });

  test.each([
    ["", ["adds", "broken.test.ts", "pays", "waits"]],
    ["failed", ["adds", "broken.test.ts", "pays", "waits"]],
    ["slow", ["pays", "adds", "broken.test.ts", "waits"]],
    ["flaky", ["pays", "adds", "broken.test.ts", "waits"]],
    ["name", ["adds", "broken.test.ts", "pays", "waits"]],
  ])("stand in the order %s asks for, by pages too", async (sort, expected) => {
    const query = `scan_id=${scan.id}${sort === "" ? "" : `&sort=${sort}`}`;
    expect(await names(query)).toEqual(expected);
    const first = await get(page(Test), `tests?${query}&limit=3`);
    const rest = await get(page(Test), `tests?${query}&limit=3&cursor=${first.next_cursor}`);
    expect([...first.items, ...rest.items].map((one) => one.name)).toEqual(expected);
    expect(rest.next_cursor).toBeNull();
  });

  test.each([
    "outcome=broken",
    "change=gone",
    "flaky=maybe",
    "kind=file",
    "sort=gravest",
    "scan_id=abc",
    "run_id=0",
    "limit=0",
    "limit=201",
    "cursor=x",
    `q=${"x".repeat(201)}`,
    `suite=${"x".repeat(1_001)}`,
  ])("asked for with %s are refused with the field", async (query) => {
    expect(await refusal(`tests?${query}`)).toEqual([400, "field_invalid"]);
  });

  test("have facets with the same filters", async () => {
    const facets = await get(TestFacets, `tests/facets?scan_id=${scan.id}&suite=Cart&outcome=failed`);
    expect(facets).toEqual({
      outcome: [
        { value: "failed", count: 1 },
        { value: "passed", count: 1 },
      ],
      change: [{ value: "new", count: 1 }],
      flaky: [{ value: "false", count: 1 }],
      file: [{ value: "cart.test.ts", count: 1 }],
      suite: [{ value: "Cart", count: 1 }],
    });
  });

  test("are read one by one, of a branch and of a scan", async () => {
    const detail = await get(TestDetail, `tests/${tests["adds"]}`);
    expect(detail).toMatchObject({ name: "adds", message: "<b>boom</b>", trace: "at cart.test.ts:3", attempts: [], detail: {}, fail_rate: 1, flaky_rate: 0 });
    expect(await get(TestDetail, `tests/${tests["adds"]}?branch=main&scan_id=${scan.id}`)).toEqual(detail);
    expect(await refusal(`tests/${tests["adds"]}?branch=nowhere`)).toEqual([404, "not_found"]);
    expect(await refusal(`tests/${tests["adds"]}?scan_id=${scan.id + 1_000}`)).toEqual([404, "not_found"]);
    expect(await refusal(`tests/${tests["adds"]}?scan_id=abc`)).toEqual([400, "field_invalid"]);
  });
});

describe("a scan of tests", () => {
  test("gives its failures by error and its suites", async () => {
    const errors = await get(z.object({ items: z.array(TestErrorGroup), left_out: z.literal(0) }), `scans/${scan.id}/test-errors`);
    expect(errors.items).toContainEqual({ message: "<b>boom</b>", error_type: null, count: 1, tests: [{ id: tests["adds"], name: "adds" }] });
    const suites = await get(z.object({ items: z.array(TestSuite), left_out: z.literal(0) }), `scans/${scan.id}/test-suites`);
    expect(suites.items.map((suite) => suite.path)).toEqual([["broken.test.ts"], ["Cart", "items"], ["Cart"], ["wait.test.ts"]]);
  });
});

test.each(["tests/999999999", "scans/999999999/test-errors", "scans/999999999/test-suites"])("%s, that is not there, is not found", async (path) => {
  expect(await refusal(path)).toEqual([404, "not_found"]);
});

test.each(["tests/abc", "tests/0", "scans/1.5/test-errors", "scans/-1/test-suites"])("%s, an id that none can be, is refused", async (path) => {
  expect(await refusal(path)).toEqual([400, "field_invalid"]);
});

describe("a token that is bound to a repository", () => {
  test("finds no test of another one, in any list, and no address of it", async () => {
    const own = newRepository();
    const ownScan = await addTestScan(hub.database.db, { repository: own });
    await addTestResults(hub.database.db, ownScan, [{ name: "own" }]);
    const { token: bound } = await hub.createToken({ scopes: ["webhook:read"], repository: own });
    expect(await names("", bound)).toEqual(["own"]);
    for (const query of [`repository=${repository}`, `scan_id=${scan.id}`, `run_id=${scan.runId}`, `repository=${repository}&branch=main`]) {
      expect(await names(query, bound), query).toEqual([]);
      expect((await get(TestFacets, `tests/facets?${query}`, bound)).outcome, query).toEqual([]);
    }
    const hidden = [`tests/${tests["adds"]}`, `tests/${tests["adds"]}?scan_id=${scan.id}`, `scans/${scan.id}/test-errors`, `scans/${scan.id}/test-suites`];
    for (const path of hidden) expect(await refusal(path, bound), path).toEqual([404, "not_found"]);
  });
});

describe("who may read", () => {
  test.each(["tests", "tests/facets", "tests/1", "scans/1/test-errors", "scans/1/test-suites"])(
    "%s: nobody without a credential, and no token that may only write",
    async (path) => {
      const { token: writer } = await hub.createToken({ scopes: ["webhook:write"] });
      expect((await fetch(`${hub.url}/api/cicd/${path}`)).status).toBe(401);
      expect(await refusal(path, writer)).toEqual([403, "scope_missing"]);
    },
  );
});
