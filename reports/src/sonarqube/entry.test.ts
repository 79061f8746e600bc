import { describe, expect, test } from "vitest";
import { readAll } from "../testing/read-all.ts";
import { hotspot, hotspotsAnswer, issue, issuesAnswer, listAnswer, sonarReport } from "../testing/sonarqube-answers.ts";
import { sonarqubeReader } from "./reader.ts";

const read = (content: unknown) => readAll(sonarqubeReader, content);

async function readOne(entry: Record<string, unknown>, around: Record<string, unknown> = {}) {
  const { findings } = await read({ ...issuesAnswer, ...around, issues: [{ ...issue, ...entry }] });
  expect(findings).toHaveLength(1);
  return findings[0]!;
}

describe("an issue", () => {
  test("tells what it is, where, and what its rule says", async () => {
    const { findings, problems, summary } = await read(issuesAnswer);
    expect(problems).toEqual([]);
    expect(summary).toEqual({
      tool: "SonarQube",
      toolVersion: null,
      shape: "issues",
      artifact: "acme:shop",
      artifactScope: "acme:shop",
      isComplete: true,
      isGateOnly: false,
    });
    expect(findings).toEqual([
      {
        kind: "issue",
        rule: "typescript:S1481",
        severity: "medium",
        severityWord: "major",
        standing: "open",
        title: 'Remove the unused local variable "sum" of line 12.',
        message: 'Remove the unused local variable "sum" of line 12.',
        target: "acme:shop",
        path: "src/cart/total.ts",
        line: 12,
        packageName: null,
        installedVersion: null,
        fixedVersion: null,
        url: "https://rules.sonarsource.com/typescript/RSPEC-1481/",
        detail: {
          type: "CODE_SMELL",
          severity: "MAJOR",
          impacts: [{ software_quality: "MAINTAINABILITY", severity: "LOW" }],
          clean_code_attribute: "CLEAR",
          clean_code_category: "INTENTIONAL",
          status: "OPEN",
          issue_status: "OPEN",
          rule_name: "Unused local variables should be removed",
          rule_description: "Dead code &\n more.\n\none",
          language: "TypeScript",
          effort: "5min",
          tags: ["unused", "cwe"],
          author: "dev@shop.example",
          created_at: "2026-03-02T09:15:00+0100",
          updated_at: "2026-03-09T17:40:12+0100",
          project: "acme:shop",
          component: "acme:shop:src/cart/total.ts",
          scope: "MAIN",
          start_line: 12,
          end_line: 13,
          start_column: 4,
          end_column: 30,
          hash: "7418394d5e5163261e6221da91d04e5a",
          quick_fix: true,
          flows: [
            [
              { path: "src/cart/item.ts", start_line: 3, end_line: 4, message: "read here" },
              { path: "src/cart/total.ts", start_line: 9, end_line: 9 },
            ],
          ],
        },
        toolKey: "AY-1",
        isPlaced: true,
        identity: ["place", "typescript:S1481", "src/cart/total.ts", 'Remove the unused local variable "sum" of line 0.'],
        variant: "7418394d5e5163261e6221da91d04e5a",
      },
    ]);
  });

  test.each([
    ["BLOCKER", "critical"],
    ["CRITICAL", "high"],
    ["MAJOR", "medium"],
    ["MINOR", "low"],
    ["INFO", "info"],
    ["HIGH", "high"],
    ["Wrong", "unknown"],
  ])("of severity %s is %s", async (word, severity) => {
    expect(await readOne({ severity: word, impacts: [] })).toMatchObject({ severity, severityWord: word.toLowerCase() });
  });

  test.each([
    [["LOW", "BLOCKER", "HIGH"], "critical"],
    [["INFO", "HIGH"], "high"],
    [["MEDIUM"], "medium"],
    [["LOW", "x"], "low"],
    [["INFO"], "info"],
    [[], "unknown"],
  ])("without a severity has that of its strongest impact: %j is %s", async (words, severity) => {
    const impacts = words.map((word) => ({ softwareQuality: "SECURITY", severity: word }));
    expect(await readOne({ severity: undefined, impacts })).toMatchObject({ severity, severityWord: "none" });
  });

  test("shows both severities where they differ, and the old one counts", async () => {
    const finding = await readOne({ severity: "BLOCKER" });
    expect(finding).toMatchObject({ severity: "critical", detail: { severity: "BLOCKER", impacts: [{ severity: "LOW" }] } });
  });

  test.each<[Record<string, unknown>, string]>([
    [{ status: "OPEN" }, "open"],
    [{ status: "CONFIRMED", issueStatus: "CONFIRMED" }, "open"],
    [{ status: "REOPENED", issueStatus: undefined }, "open"],
    [{ status: "RESOLVED", resolution: "FIXED", issueStatus: "FIXED" }, "gone"],
    [{ status: "RESOLVED", resolution: "FALSE-POSITIVE", issueStatus: undefined }, "dismissed"],
    [{ status: "RESOLVED", resolution: "WONTFIX", issueStatus: undefined }, "dismissed"],
    [{ status: "RESOLVED", issueStatus: undefined }, "gone"],
    [{ status: "CLOSED", resolution: "REMOVED", issueStatus: undefined }, "gone"],
    [{ status: "CLOSED", resolution: "WONTFIX", issueStatus: undefined }, "gone"],
    [{ status: undefined, issueStatus: "FALSE_POSITIVE" }, "dismissed"],
    [{ status: undefined, issueStatus: "ACCEPTED" }, "dismissed"],
    [{ status: undefined, issueStatus: "FIXED" }, "gone"],
    [{ status: undefined, issueStatus: undefined }, "open"],
    [{ status: "IN_SANDBOX", issueStatus: "IN_SANDBOX" }, "open"],
  ])("with %j is %s, and counts", async (members, standing) => {
    expect((await readOne(members)).standing).toBe(standing);
  });

  test("of issues/list needs neither severity, type nor status", async () => {
    const { findings, problems } = await read(listAnswer);
    expect(problems).toEqual([]);
    expect(findings).toMatchObject([{ severity: "low", severityWord: "none", standing: "open", toolKey: "AY-1" }]);
  });
});

describe("the file of an issue", () => {
  test.each<[string, Record<string, unknown>, string | null]>([
    ["stands behind the project's key", { component: "acme:shop:lib/a.ts" }, "lib/a.ts"],
    ["is what the list of components says", { component: "acme:shop:module:a.ts" }, "module/src/a.ts"],
    ["may have a colon in its name", { component: "acme:shop:lib/a:b.ts" }, "lib/a:b.ts"],
    ["stands behind the last colon where no project is named", { component: "x:y:lib/a.ts", project: undefined }, "lib/a.ts"],
    ["is none for the project itself", { component: "acme:shop" }, null],
    ["is none for a component without a path", { component: "acme:shop:module" }, null],
    ["is none without a component", { component: undefined }, null],
    ["is where the runner put the repository", { component: "acme:shop:/home/runner/work/shop/shop/lib/a.ts" }, "lib/a.ts"],
    ["may be told in an object", { component: { key: "acme:shop:q", path: "lib/q.ts" }, project: { key: "acme:shop" } }, "lib/q.ts"],
  ])("%s", async (_name, members, path) => {
    const components = [
      { key: "acme:shop:module:a.ts", path: "module/src/a.ts" },
      { key: "acme:shop:module", qualifier: "BRC" },
    ];
    const finding = await readOne(members, { components });
    expect(finding.path).toBe(path);
    expect(finding.isPlaced).toBe(path !== null);
  });

  test("is found wherever the components stand, and without them", async () => {
    for (const answer of [
      { components: issuesAnswer.components, rules: issuesAnswer.rules, issues: [issue] },
      { issues: [issue], components: [{ key: issue.component, path: "elsewhere/total.ts" }] },
      { issues: [issue] },
    ]) {
      const { findings } = await read(answer);
      expect(findings[0]?.path).toBe("components" in answer && !("rules" in answer) ? "elsewhere/total.ts" : "src/cart/total.ts");
    }
  });

  test("is under the folder that the sender names", async () => {
    const content = new TextEncoder().encode(JSON.stringify({ ...issuesAnswer, issues: [{ ...issue, component: "acme:shop:/srv/x/lib/a.ts" }] }));
    async function* source() {
      yield content;
    }
    const paths: (string | null)[] = [];
    for await (const event of sonarqubeReader.read(source(), { workspace: "/srv/x" })) if (event.type === "finding") paths.push(event.finding.path);
    expect(paths).toEqual(["lib/a.ts"]);
  });
});

describe("a hotspot", () => {
  test("has the severity of its probability and tells that it is one", async () => {
    const { findings, summary } = await read(hotspotsAnswer);
    expect(summary).toMatchObject({ shape: "hotspots", artifact: "acme:shop", artifactScope: "acme:shop hotspots" });
    expect(findings).toMatchObject([
      {
        rule: "typescript:S2068",
        severity: "high",
        severityWord: "high",
        standing: "open",
        path: "src/api.ts",
        line: 9,
        toolKey: "AH-1",
        isPlaced: true,
        detail: { type: "SECURITY_HOTSPOT", security_category: "auth", vulnerability_probability: "HIGH" },
      },
    ]);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ status: "TO_REVIEW" }, "open"],
    [{ status: "IN_REVIEW" }, "open"],
    [{ status: "REVIEWED", resolution: "SAFE" }, "dismissed"],
    [{ status: "REVIEWED", resolution: "ACKNOWLEDGED" }, "dismissed"],
    [{ status: "REVIEWED", resolution: "FIXED" }, "gone"],
    [{ status: "REVIEWED" }, "dismissed"],
  ])("with %j is %s", async (members, standing) => {
    expect((await read({ ...hotspotsAnswer, hotspots: [{ ...hotspot, ...members }] })).findings[0]?.standing).toBe(standing);
  });

  test("of an old server has its category for a rule", async () => {
    const { ruleKey: _missing, ...old } = hotspot;
    expect((await read([old])).findings[0]).toMatchObject({ rule: "auth", url: null, severityWord: "high" });
  });
});

test("sonar-report's JSON gives the same places as the answers that it was made of", async () => {
  const { findings, gates, summary, problems } = await read(sonarReport);
  const answers = await read([issuesAnswer, hotspotsAnswer]);
  expect(problems).toEqual([]);
  expect(findings.map(({ identity, toolKey, severityWord }) => [identity, toolKey, severityWord])).toEqual(
    answers.findings.map(({ identity, toolKey, severityWord }) => [identity, toolKey, severityWord]),
  );
  expect(findings[0]?.detail).toMatchObject({ rule_name: "Unused local variables should be removed", rule_description: "Dead code." });
  expect(gates).toHaveLength(1);
  expect(summary).toMatchObject({ shape: "sonar-report", artifact: "shop", artifactScope: "acme:shop", isGateOnly: false });
});
