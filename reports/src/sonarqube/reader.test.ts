import { describe, expect, test } from "vitest";
import { recognise } from "../registry.ts";
import { bytesOf, readAll } from "../testing/read-all.ts";
import { everyAnswer, gateAnswer, hotspotsAnswer, issue, issuesAnswer, webhook } from "../testing/sonarqube-answers.ts";
import { sonarqubeReader } from "./reader.ts";

const read = (content: unknown, pieceBytes?: number) => readAll(sonarqubeReader, content, pieceBytes);
const issues = (count: number) => Array.from({ length: count }, (_unused, index) => ({ ...issue, key: `k${index}` }));

describe("a gate", () => {
  test("of a project has each condition as the server tells it", async () => {
    const { gates, summary, findings, order } = await read(gateAnswer);
    expect(findings).toEqual([]);
    expect(order).toEqual(["gate", "summary"]);
    expect(gates).toEqual([
      {
        verdict: "failed",
        verdictWord: "ERROR",
        name: null,
        conditions: [
          { metric: "new_coverage", comparator: "LT", threshold: "80", actual: "61.3", verdict: "failed" },
          { metric: "new_security_hotspots_reviewed", comparator: "LT", threshold: "100", actual: null, verdict: "none" },
        ],
      },
    ]);
    expect(summary).toMatchObject({ shape: "gate", isGateOnly: true, artifact: null, artifactScope: "" });
  });

  test("of the webhook names its project, and not its branch in the scope", async () => {
    const { gates, summary, problems } = await read(webhook);
    expect(problems).toEqual([]);
    expect(gates).toEqual([
      {
        verdict: "passed",
        verdictWord: "OK",
        name: "Sonar way",
        conditions: [{ metric: "new_coverage", comparator: "LT", threshold: "80", actual: "81.3", verdict: "passed" }],
      },
    ]);
    expect(summary).toMatchObject({ shape: "webhook", isGateOnly: true, artifact: "shop", artifactScope: "acme:shop" });
  });

  test.each([
    ["OK", "passed"],
    ["WARN", "passed"],
    ["ERROR", "failed"],
    ["NONE", "none"],
    ["other", "none"],
  ])("that is %s counts as %s", async (status, verdict) => {
    expect((await read({ projectStatus: { status, conditions: [] } })).gates).toMatchObject([{ verdict, verdictWord: status }]);
  });

  test("is missing where the analysis failed, which is said", async () => {
    const { qualityGate: _missing, ...failed } = { ...webhook, status: "FAILED" };
    const { gates, problems, summary } = await read(failed);
    expect(gates).toEqual([{ verdict: "none", verdictWord: "FAILED", name: null, conditions: [] }]);
    expect(problems).toMatchObject([{ severity: "warning", code: "analysis_failed" }]);
    expect(summary?.isGateOnly).toBe(true);
    expect(recognise(bytesOf(failed))?.reader).toBe(sonarqubeReader);
  });

  test("may stand beside issues, which then count", async () => {
    const { gates, findings, summary } = await read({ ...gateAnswer, ...issuesAnswer });
    expect([gates.length, findings.length, summary?.isGateOnly]).toEqual([1, 1, false]);
  });

  test("with a hundred thousand conditions is bounded", async () => {
    const conditions = Array.from({ length: 100_000 }, () => ({ status: "OK", metricKey: "m" }));
    expect((await read({ projectStatus: { status: "OK", conditions } })).gates[0]?.conditions).toHaveLength(200);
  });
});

describe("an answer that holds less than the server has", () => {
  test.each<[string, unknown, number, number]>([
    ["issues", { paging: { pageIndex: 1, pageSize: 2, total: 1_200 }, issues: issues(2) }, 1_200, 2],
    ["issues", { issues: issues(2), components: [], paging: { pageIndex: 1, pageSize: 2, total: "5" } }, 5, 2],
    ["issues", { total: 3, p: 1, ps: 1, issues: issues(1) }, 3, 1],
    ["hotspots", { ...hotspotsAnswer, paging: { total: 9 } }, 9, 1],
    ["issues", { total: 1, p: 1, ps: 1, issues: [] }, 1, 0],
    [
      "issues",
      [
        { paging: { total: 6 }, issues: issues(2) },
        { paging: { total: 7 }, issues: issues(3) },
      ],
      7,
      5,
    ],
  ])("says so with both numbers (%s)", async (kind, answer, total, held) => {
    const { problems, summary } = await read(answer);
    expect(summary?.isComplete).toBe(false);
    expect(problems).toEqual([
      {
        type: "problem",
        severity: "warning",
        code: "total_above_held",
        message: `The server has ${total.toLocaleString("en")} ${kind}, the report holds ${held} of them`,
      },
    ]);
  });

  test.each<[unknown]>([
    [{ total: 42, paging: { total: 1 }, issues: issues(2) }],
    [{ total: 2, p: 1, ps: 1, issues: issues(2) }],
    [
      [
        { paging: { total: 4 }, issues: issues(2) },
        { paging: { total: 4 }, issues: issues(2) },
      ],
    ],
    [[issuesAnswer, hotspotsAnswer]],
    [{ issues: issues(1) }],
  ])("is none where all are there: %#", async (answer) => {
    const { problems, summary } = await read(answer);
    expect(problems).toEqual([]);
    expect(summary?.isComplete).toBe(true);
  });
});

describe("the scope", () => {
  test("is the one project's key", async () => {
    expect((await read([issue, { ...issue, branch: "feature/x" }])).summary?.artifactScope).toBe("acme:shop");
  });

  test("is not told of several projects, or none", async () => {
    expect((await read([issue, { ...issue, project: "other" }])).summary).toMatchObject({ artifactScope: "", artifact: "acme:shop, other" });
    expect((await read({ paging: { total: 0 }, issues: [] })).summary).toMatchObject({ artifactScope: "", artifact: null });
  });

  test("of hotspots alone is not that of issues, which they would seem to fix", async () => {
    expect((await read(hotspotsAnswer)).summary?.artifactScope).toBe("acme:shop hotspots");
    expect((await read({ ...issuesAnswer, ...hotspotsAnswer })).summary?.artifactScope).toBe("acme:shop");
    expect((await read({ ...hotspotsAnswer, hotspots: [] })).summary?.artifactScope).toBe("hotspots");
  });
});

describe("recognising", () => {
  test.each(everyAnswer)("knows $name without a hint", ({ answer }) => {
    expect(recognise(bytesOf(answer))?.reader).toBe(sonarqubeReader);
    expect(recognise(bytesOf(JSON.stringify(answer, null, 2)), "lint")?.reader).toBe(sonarqubeReader);
  });

  test.each<[unknown]>([
    [{ total: 0, p: 1, ps: 100, issues: [] }],
    [{ paging: { total: 1 }, issues: [{ key: "a" }] }],
    [{ paging: {}, hotspots: [] }],
    [{ projectStatus: { status: "OK" } }],
  ])("knows an answer that says little: %j", (answer) => {
    expect(recognise(bytesOf(answer))?.reader).toBe(sonarqubeReader);
  });

  test.each<[unknown]>([
    [{ issues: [] }],
    [{ issues: [{ key: "ABC-1", fields: {} }], startAt: 0, maxResults: 50, total: 1 }],
    [{ issues: [{ engineId: "x", ruleId: "y", primaryLocation: {} }] }],
    [{ Issues: [{ FromLinter: "x" }] }],
    [{ projectStatus: "OK" }],
    [{ hotspots: [] }],
    [[{ rule: "x", message: "y" }]],
    [[{ key: "x" }]],
    [{}],
    [[]],
  ])("takes %j for nothing", (answer) => {
    expect(recognise(bytesOf(answer))).toBeNull();
  });

  test("an empty list is an answer without entries where the sender says so", async () => {
    expect(recognise(bytesOf("[]"), "sonarqube")?.reader).toBe(sonarqubeReader);
    expect(await read("[]")).toMatchObject({ findings: [], problems: [], summary: { shape: "bare-array" } });
  });

  test.each(["null", "{}", '"x"', '{"a":1}', "", "x", "{"])("%j is refused", async (content) => {
    const { problems, summary } = await read(content);
    expect(summary).toBeNull();
    expect(problems).toMatchObject([{ severity: "refused" }]);
  });
});

test("the page of a rule is Sonar's own, for keys that it publishes", async () => {
  const urlOf = async (rule: string) => (await read([{ ...issue, rule }])).findings[0]?.url;
  expect(await urlOf("csharpsquid:S1118")).toBe("https://rules.sonarsource.com/csharp/RSPEC-1118/");
  expect(await urlOf("Web:S5254")).toBe("https://rules.sonarsource.com/html/RSPEC-5254/");
  for (const rule of ["external_eslint:no-var", "java:NoSonar", "other:S1", "typescript:S1/../..", "constructor:S1"]) expect(await urlOf(rule)).toBeNull();
});
