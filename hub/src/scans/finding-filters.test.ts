import { randomBytes } from "node:crypto";
import { Facets, Finding, FindingDetail, IntakeAnswer, page, Problem } from "@sentinal/contract";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getJson, postJson, startTestHub, type TestHub } from "../../../test/hub.ts";
import { trivyReport } from "../../../test/trivy-report.ts";

let hub: TestHub;
let writer: string;

beforeAll(async () => {
  hub = await startTestHub();
  writer = (await hub.createToken({ scopes: ["webhook:write"] })).token;
});
afterAll(() => hub.close());

const newRepository = () => `team/${randomBytes(6).toString("hex")}`;

async function send(type: string, repository: string, facts: Record<string, unknown>): Promise<IntakeAnswer> {
  const answer = await postJson(
    `${hub.url}/api/cicd/webhook/${type}`,
    { repository, commit_hash: "c1", branch: "main", default_branch: "main", ...facts },
    writer,
  );
  expect(answer.status, await answer.clone().text()).toBe(200);
  return IntakeAnswer.parse(await answer.json());
}

const list = async (query: string) => page(Finding).parse(await getJson(`${hub.url}/api/cicd/findings?${query}`, hub.admin)).items;
const facets = async (query: string) => Facets.parse(await getJson(`${hub.url}/api/cicd/findings/facets?${query}`, hub.admin));

describe("what pages of linters ask", () => {
  let repository: string;
  beforeAll(async () => {
    repository = newRepository();
    const message = (ruleId: string, line: number, isFixable = false) => ({
      ruleId,
      severity: 1,
      line,
      message: `${ruleId} here`,
      ...(isFixable && { fix: { range: [0, 1], text: "" } }),
    });
    await send("lint", repository, {
      report: [
        { filePath: "src/app/main.ts", messages: [message("curly", 1, true), message("no-undef", 2)] },
        { filePath: "src/app/deep/part.ts", messages: [message("curly", 3)] },
        { filePath: "src/application.ts", messages: [message("eqeqeq", 4)] },
        { filePath: "test/100%_sure.ts", messages: [message("curly", 5)] },
      ],
    });
    await send("trivy", repository, { report: trivyReport([{ id: "CVE-1" }]) });
    await send("zap", repository, { results: { total: 1, issues: [{ rule: "10021", severity: "low", message: "m" }] } });
  });

  const places = async (query: string) =>
    (await list(`repository=${repository}&${query}`)).map((finding) => `${finding.rule} ${finding.path ?? "-"}`).toSorted();

  test.each([
    ["a rule", "rule=curly", ["curly src/app/deep/part.ts", "curly src/app/main.ts", "curly test/100%_sure.ts"]],
    ["two rules", "rule=eqeqeq&rule=no-undef", ["eqeqeq src/application.ts", "no-undef src/app/main.ts"]],
    ["a part of a rule, which is none", "rule=cur", []],
    ["a file", "path=src/app/main.ts", ["curly src/app/main.ts", "no-undef src/app/main.ts"]],
    ["a folder, and not what only begins alike", "path=src/app/", ["curly src/app/deep/part.ts", "curly src/app/main.ts", "no-undef src/app/main.ts"]],
    ["a file and a folder", "path=src/app/deep/&path=src/application.ts", ["curly src/app/deep/part.ts", "eqeqeq src/application.ts"]],
    ["a folder whose name is a pattern", "path=test/100%25_/", []],
    ["a tool", "tool=Trivy", ["CVE-1 package-lock.json"]],
    ["a scan type", "scan_type=trivy", ["CVE-1 package-lock.json"]],
    ["what the linter or a newer version mends", "fixable=true", ["CVE-1 package-lock.json", "curly src/app/main.ts"]],
    ["what the linter mends", "fixable=true&scan_type=lint", ["curly src/app/main.ts"]],
    ["a text in any case", "q=APPLICATION", ["eqeqeq src/application.ts"]],
  ])("%s", async (_name, query, expected) => {
    expect(await places(query)).toEqual(expected);
  });

  test("facets count rules, paths, tools and scan types, each without its own filter", async () => {
    const counted = await facets(`repository=${repository}&rule=curly&path=src/app/`);
    expect(counted.rule).toEqual([
      { value: "curly", count: 2 },
      { value: "no-undef", count: 1 },
    ]);
    expect(counted.path).toEqual(["src/app/deep/part.ts", "src/app/main.ts", "test/100%_sure.ts"].map((value) => ({ value, count: 1 })));
    expect(counted.tool).toEqual([{ value: "ESLint", count: 2 }].map((one) => ({ ...one, value: counted.tool[0]?.value })));
    expect(counted.scan_type).toEqual([{ value: "lint", count: 2 }]);
    expect([counted.total, counted.is_total_estimated, counted.estimated]).toEqual([2, false, []]);
  });

  test("by path they stand file by file, and what is in none comes last", async () => {
    const found = await list(`repository=${repository}&sort=path`);
    expect(found.map((finding) => finding.path)).toEqual([
      "package-lock.json",
      "src/app/deep/part.ts",
      "src/app/main.ts",
      "src/app/main.ts",
      "src/application.ts",
      "test/100%_sure.ts",
      null,
    ]);
    const paged: (string | null)[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const next: { items: Finding[]; next_cursor: string | null } = page(Finding).parse(
        await getJson(`${hub.url}/api/cicd/findings?repository=${repository}&sort=path&limit=1&cursor=${cursor}`.replace(/&cursor=$/, ""), hub.admin),
      );
      paged.push(...next.items.map((finding) => finding.path));
      cursor = next.next_cursor;
    }
    expect(paged).toEqual(found.map((finding) => finding.path));
  });

  test("by rule they stand rule by rule", async () => {
    expect((await list(`repository=${repository}&sort=rule`)).map((finding) => finding.rule)).toEqual([
      "10021",
      "CVE-1",
      "curly",
      "curly",
      "curly",
      "eqeqeq",
      "no-undef",
    ]);
  });

  test.each([
    ["sort=line", "field_invalid"],
    ["sort=rule&cursor=WzEsMiwzXQ", "field_invalid"],
    ["rule=a%00b", "bad_request"],
  ])("%s is refused", async (query, code) => {
    const answer = await fetch(`${hub.url}/api/cicd/findings?${query}`, { headers: { authorization: `Bearer ${hub.admin}` } });
    expect([answer.status, Problem.parse(await answer.json()).code]).toEqual([400, code]);
  });
});

describe("what is no longer reported", () => {
  const image = (name: string, ids: string[]) => ({
    report: trivyReport(
      ids.map((id) => ({ id })),
      { artifact: `registry.example/${name}:1.0.0` },
    ),
  });
  const day = (number: number) => `2026-01-${String(number).padStart(2, "0")}T00:00:00Z`;
  const states = async (query: string) => Object.fromEntries((await list(query)).map((finding) => [finding.rule, finding.state]));

  test("is stale where others of the same tool have been reported for two weeks, and open again with its next report", async () => {
    const repository = newRepository();
    await send("trivy", repository, { ...image("old", ["CVE-OLD"]), started_at: day(1), commit_hash: "c1" });
    await send("trivy", repository, { ...image("shop", ["CVE-SHOP"]), started_at: day(15), commit_hash: "c2" });
    await send("lint", repository, {
      results: { total: 1, issues: [{ rule: "curly", severity: "low", message: "m" }] },
      started_at: day(1),
      commit_hash: "c1",
    });
    expect(await states(`repository=${repository}`)).toEqual({ "CVE-OLD": "open", "CVE-SHOP": "open", curly: "open" });
    await send("trivy", repository, { ...image("shop", ["CVE-SHOP"]), started_at: day(16), commit_hash: "c3" });
    expect(await states(`repository=${repository}`)).toEqual({ "CVE-OLD": "stale", "CVE-SHOP": "open", curly: "open" });
    expect(await states(`repository=${repository}&state=stale`)).toEqual({ "CVE-OLD": "stale" });
    expect(await states(`repository=${repository}&state=open`)).toEqual({ "CVE-SHOP": "open", curly: "open" });
    expect(await states(`repository=${repository}&state=open&state=stale&scan_type=trivy`)).toEqual({ "CVE-OLD": "stale", "CVE-SHOP": "open" });
    expect((await facets(`repository=${repository}&state=open`)).state).toEqual([
      { value: "open", count: 2 },
      { value: "stale", count: 1 },
    ]);
    const [stale] = await list(`repository=${repository}&state=stale`);
    expect(FindingDetail.parse(await getJson(`${hub.url}/api/cicd/findings/${stale?.id}`, hub.admin)).state).toBe("stale");
    await send("trivy", repository, { ...image("old", ["CVE-OLD"]), started_at: day(17), commit_hash: "c4" });
    expect(await states(`repository=${repository}&scan_type=trivy`)).toEqual({ "CVE-OLD": "open", "CVE-SHOP": "open" });
  });

  test("is told of each branch by its own reports, and stays what it was where it is fixed or dismissed", async () => {
    const repository = newRepository();
    await send("trivy", repository, { ...image("old", ["CVE-1", "CVE-2", "CVE-3"]), started_at: day(1), commit_hash: "c1" });
    await send("trivy", repository, { ...image("old", ["CVE-1", "CVE-2"]), started_at: day(2), commit_hash: "c2" });
    await send("trivy", repository, { ...image("old", ["CVE-1"]), started_at: day(2), commit_hash: "f1", branch: "feature" });
    await postJson(`${hub.url}/api/cicd/findings/triage`, { filter: { repository, rule: "CVE-2" }, action: "dismiss", reason: "wont_fix" }, hub.admin);
    await send("trivy", repository, { ...image("shop", []), started_at: day(20), commit_hash: "c3" });
    expect(await states(`repository=${repository}`)).toEqual({ "CVE-1": "stale", "CVE-2": "dismissed", "CVE-3": "fixed" });
    expect(await states(`repository=${repository}&branch=feature&rule=CVE-1`)).toEqual({ "CVE-1": "open" });
    expect(await states(`repository=${repository}&state=stale&state=fixed`)).toEqual({ "CVE-1": "stale", "CVE-3": "fixed" });
    const decided = await postJson(
      `${hub.url}/api/cicd/findings/triage`,
      { filter: { repository, state: "stale" }, action: "dismiss", reason: "wont_fix" },
      hub.admin,
    );
    expect(await decided.json()).toEqual({ changed: 1, unchanged: 0 });
    const stored = await sql`select count(*) as count from finding_states where state not in ('open', 'fixed', 'dismissed')`.execute(hub.database.db);
    expect(stored.rows).toEqual([{ count: 0 }]);
  });
});
