import { IntakeAnswer } from "@sentinal/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getJson, startTestHub, type TestHub } from "../hub.ts";

let hub: TestHub;
let token: string;
let repositories = 0;

beforeAll(async () => {
  hub = await startTestHub();
  token = (await hub.createToken({ scopes: ["webhook:write", "webhook:read"] })).token;
});
afterAll(() => hub.close());

const newRepository = () => `tests/${++repositories}`;

type Case = { name: string; outcome?: "passed" | "failed" | "skipped"; message?: string };

function junit(cases: readonly Case[]): string {
  const inner = {
    passed: () => "",
    failed: (message: string) => `<failure message="${message}" type="AssertionError">at a.js:1</failure>`,
    skipped: () => "<skipped/>",
  };
  const elements = cases.map(
    ({ name, outcome = "passed", message = "expected 1 to be 2" }) =>
      `<testcase classname="Shop" name="${name}" time="0.25">${inner[outcome](message)}</testcase>`,
  );
  return `<?xml version="1.0"?><testsuites><testsuite name="shop">${elements.join("")}</testsuite></testsuites>`;
}

async function send(repository: string, commit: string, body: string, query = ""): Promise<IntakeAnswer> {
  const answer = await fetch(`${hub.url}/api/cicd/reports?repository=${repository}&commit_hash=${commit}&branch=main${query}`, {
    method: "POST",
    body,
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return IntakeAnswer.parse(await answer.json());
}

async function results(scanId: number | null): Promise<Record<string, string>> {
  const rows = await hub.database.db
    .selectFrom("test_results")
    .innerJoin("test_cases", "test_cases.id", "test_results.test_id")
    .select(["name", "outcome", "change", "is_flaky"])
    .where("scan_id", "=", scanId)
    .orderBy("test_cases.id")
    .execute();
  return Object.fromEntries(
    rows.map((row) => [row.name, [row.outcome, row.change ?? "", row.is_flaky ? "flaky" : ""].filter((word) => word !== "").join(" ")]),
  );
}

describe("tests over runs", () => {
  test("a test that fails is new, then fails still, passes again, and fails again", async () => {
    const repository = newRepository();
    const failing = junit([{ name: "a", outcome: "failed" }, { name: "b" }, { name: "c", outcome: "skipped" }]);
    const passing = junit([{ name: "a" }, { name: "b" }, { name: "c" }]);
    const first = await send(repository, "c1", failing);
    expect(first).toMatchObject({
      counts: { passed: 1, failed: 1, skipped: 1, flaky: 0, errors: 0, total: 3 },
      changes: { new: 1, fixed: 0, reopened: 0, unchanged: 0 },
    });
    expect(await results(first.scan_id)).toEqual({ a: "failed new", b: "passed", c: "skipped" });
    expect((await send(repository, "c2", failing)).changes).toEqual({ new: 0, fixed: 0, reopened: 0, unchanged: 1 });
    expect((await send(repository, "c3", passing)).changes).toEqual({ new: 0, fixed: 1, reopened: 0, unchanged: 0 });
    expect((await send(repository, "c4", failing)).changes).toEqual({ new: 0, fixed: 0, reopened: 1, unchanged: 0 });
    expect(await getJson(`${hub.url}/api/cicd/runs/${first.run_id}`, token)).toMatchObject({ status: "Failed" });
  });

  test("the same bytes for the same run change nothing", async () => {
    const repository = newRepository();
    const body = junit([{ name: "a", outcome: "failed" }]);
    const first = await send(repository, "c1", body);
    const again = await send(repository, "c1", body);
    expect(again).toMatchObject({ import_id: first.import_id, changes: { new: 0, fixed: 0, reopened: 0 } });
    expect(await results(first.scan_id)).toEqual({ a: "failed new" });
  });

  test("a test that failed and then passed in the next try of the same run is one test, flaky", async () => {
    const repository = newRepository();
    const first = await send(repository, "c1", junit([{ name: "a", outcome: "failed" }, { name: "b" }]), "&github_run_id=7");
    const next = await send(repository, "c1", junit([{ name: "a" }]), "&github_run_id=7");
    expect(next.scan_id).toBe(first.scan_id);
    expect(await results(first.scan_id)).toEqual({ a: "passed flaky", b: "passed" });
    expect(await getJson(`${hub.url}/api/cicd/scans/${first.scan_id}`, token)).toMatchObject({ counts: { passed: 2, failed: 0, flaky: 1, total: 2 } });
  });

  test("a test that fails in one attempt and passes in another at the same commit is flaky in both", async () => {
    const repository = newRepository();
    const first = await send(repository, "c1", junit([{ name: "a", outcome: "failed" }]), "&github_run_id=7&run_attempt=1");
    const second = await send(repository, "c1", junit([{ name: "a" }]), "&github_run_id=7&run_attempt=2");
    expect(second.scan_id).not.toBe(first.scan_id);
    expect(await results(first.scan_id)).toEqual({ a: "failed new flaky" });
    expect(await results(second.scan_id)).toEqual({ a: "passed fixed flaky" });
    for (const scan of [first.scan_id, second.scan_id])
      expect(await getJson(`${hub.url}/api/cicd/scans/${scan}`, token)).toMatchObject({ counts: { flaky: 1, total: 1 } });
    await send(repository, "c2", junit([{ name: "a", outcome: "failed" }]));
    const third = await send(repository, "c3", junit([{ name: "a" }]));
    expect(await results(third.scan_id)).toEqual({ a: "passed fixed" });
  });

  test("equal names of one report are as many tests, and stay those in the next", async () => {
    const repository = newRepository();
    const body = junit([{ name: "a" }, { name: "a", outcome: "failed" }]);
    const first = await send(repository, "c1", body);
    expect(first.counts).toMatchObject({ passed: 1, failed: 1, total: 2 });
    expect((await send(repository, "c2", body)).changes).toEqual({ new: 0, fixed: 0, reopened: 0, unchanged: 1 });
  });

  test("a report that was cut off fixes nothing", async () => {
    const repository = newRepository();
    await send(repository, "c1", junit([{ name: "a", outcome: "failed" }, { name: "b" }]));
    const cut = junit([{ name: "a" }, { name: "b" }]);
    const answer = await send(repository, "c2", cut.slice(0, cut.indexOf('name="b"')));
    expect(answer).toMatchObject({ status: "partial", changes: { fixed: 0 } });
    expect((await send(repository, "c3", junit([{ name: "a", outcome: "failed" }]))).changes).toMatchObject({ new: 0, reopened: 0, unchanged: 1 });
  });

  test("equal errors share a hash, numbers aside", async () => {
    const repository = newRepository();
    const body = junit([
      { name: "a", outcome: "failed", message: "timeout after 1203 ms" },
      { name: "b", outcome: "failed", message: "timeout after 998 ms" },
      { name: "c", outcome: "failed", message: "refused" },
    ]);
    const { scan_id: scanId } = await send(repository, "c1", body);
    const rows = await hub.database.db.selectFrom("test_results").select("error_hash").distinct().where("scan_id", "=", scanId).execute();
    expect(rows).toHaveLength(2);
  });
});
