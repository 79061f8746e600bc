import { describe, expect, test } from "vitest";
import type { FindingRecord } from "../reader.ts";
import { recognise } from "../registry.ts";
import { bytesOf, readAll } from "../testing/read-all.ts";
import { analysis, apart, at, image, log, logOf, result, run, schema, twoTools } from "../testing/sarif-reports.ts";
import { sarifReader } from "./reader.ts";

const read = (content: unknown) => readAll(sarifReader, content);
const findingOf = async (content: unknown): Promise<FindingRecord> => {
  const [finding] = (await read(content)).findings;
  return finding ?? expect.fail("no finding");
};
const driven = (name: unknown, members: Record<string, unknown> = {}) => run({ tool: { driver: { name, ...members } } });

describe("a result", () => {
  test("is a finding with all that it and its rule tell", async () => {
    const { findings, summary, problems } = await read(analysis);
    expect(problems).toEqual([]);
    expect(findings).toHaveLength(4);
    expect(findings[0]).toEqual({
      kind: "issue",
      rule: "js/sql-injection",
      severity: "high",
      severityWord: "error",
      standing: "open",
      title: "This query depends on a user-provided value.",
      message: "This query depends on a user-provided value.",
      target: null,
      path: "lib/db.js",
      line: 12,
      packageName: null,
      installedVersion: null,
      fixedVersion: null,
      url: "https://codeql.example/sql-injection",
      toolKey: "js/sql-injection|lib/db.js|primaryLocationLineHash=39fa2ee980eb94b0:1",
      isPlaced: true,
      identity: ["place", "js/sql-injection", "lib/db.js", "This query depends on a user-provided value."],
      variant: "db.find\nquery(input);",
      detail: {
        rule_name: "SqlInjection",
        rule_title: "Database query built from user-controlled sources",
        description: "Building a database query from user-controlled sources is vulnerable.",
        help: "Use parameters.",
        precision: "high",
        problem_severity: "error",
        tags: ["security", "external/cwe/cwe-089", "reviewed"],
        cwe_ids: ["CWE-89"],
        security_severity: 8.8,
        rank: 30,
        start_line: 12,
        column: 3,
        end_line: 12,
        end_column: 30,
        logical: "db.find",
        code_lines: [
          { number: 11, content: "function find(input) {", is_cause: false },
          { number: 12, content: "  query(input);", is_cause: true },
          { number: 13, content: "}", is_cause: false },
        ],
        locations: [
          { path: "lib/db.js", line: 12, column: 3, end_line: 12, end_column: 30, logical: "db.find" },
          { path: "lib/other.js", line: 4 },
        ],
        location_count: 2,
        related_locations: [{ path: "lib/http.js", line: 3, message: "user-provided value" }],
        code_flow: [
          { path: "lib/http.js", line: 3, message: "input" },
          { path: "lib/db.js", line: 12 },
        ],
        code_flow_steps: 2,
        code_flow_count: 1,
        fixable: true,
        fix_count: 1,
        fix: "Use parameters",
      },
    });
    expect(findings.map(({ severityWord, standing, path, line }) => [severityWord, standing, path, line]).slice(1)).toEqual([
      ["note", "open", "lib/a.js", 2],
      ["error", "dismissed", "lib/db.js", 40],
      ["error", "gone", "lib/old.js", 4],
    ]);
    expect(summary).toEqual({
      scanType: "lint",
      isComplete: true,
      tool: "CodeQL",
      toolVersion: "2.20.1",
      shape: "2.1.0",
      artifact: "javascript/nightly/2026-11-01",
      artifactScope: "javascript/nightly",
    });
  });

  test.each(["pass", "open", "informational", "notApplicable", "review", "PASS"])("of the kind %s is no finding", async (kind) => {
    expect((await read(logOf({ kind }))).findings).toEqual([]);
  });

  test.each(["fail", "Fail", undefined, null, "", 5])("of the kind %j is one", async (kind) => {
    expect((await read(logOf({ kind }))).findings).toHaveLength(1);
  });

  test("with many locations is one finding that shows the first twenty and their number", async () => {
    const { detail } = await findingOf(logOf({ locations: Array.from({ length: 300 }, (_unused, index) => at(`f${index}.js`)) }));
    expect(detail["locations"]).toHaveLength(20);
    expect(detail["location_count"]).toBe(300);
  });

  test("with a long flow through the code shows its beginning and its end", async () => {
    const locations = Array.from({ length: 300 }, (_unused, index) => ({ location: at("a.js", index + 1) }));
    const { detail } = await findingOf(logOf({ codeFlows: [{ threadFlows: [{ locations }, {}] }, {}] }));
    expect(detail).toMatchObject({ code_flow_steps: 300, code_flow_count: 2 });
    expect(detail["code_flow"]).toHaveLength(50);
    expect(detail["code_flow"]).toMatchObject(
      expect.arrayContaining([
        { path: "a.js", line: 49 },
        { path: "a.js", line: 300 },
      ]),
    );
  });

  test("without any location is in the file that the tool looked into, or nowhere", async () => {
    expect(await findingOf(logOf({ locations: undefined, analysisTarget: { uri: "src/main.c" } }))).toMatchObject({
      path: "src/main.c",
      line: null,
      isPlaced: true,
    });
    expect(await findingOf(logOf({ locations: [] }))).toMatchObject({ path: null, isPlaced: false, identity: ["place", "r", null, "m"] });
  });

  test("of a page of the web has its address as a target", async () => {
    const finding = await findingOf(logOf({ locations: [at("https://shop.example/login?a=1")] }));
    expect(finding).toMatchObject({ path: null, target: "https://shop.example/login?a=1", isPlaced: false });
    expect(finding.identity).toEqual(["place", "r", "https://shop.example/login?a=1", "m"]);
  });

  test("of a secret scanner is a secret, and its code is shown nowhere", async () => {
    const locations = [at("a.env", 1, { snippet: { text: "KEY=hunter2" } })];
    const finding = await findingOf(log(run({ tool: { driver: { name: "gitleaks" } }, results: [result({ locations })] })));
    expect(finding.kind).toBe("secret");
    expect(JSON.stringify(finding)).not.toContain("hunter2");
    expect(finding.variant).toMatch(/^[0-9a-f]{32}$/);
  });

  test("names weaknesses wherever they stand, and entries of other taxonomies", async () => {
    const rules = [
      {
        id: "r",
        properties: { tags: ["external/cwe/cwe-079", "CWE-20: Improper Input Validation"], cwe: ["CWE-22"] },
        relationships: [{ target: { id: "611", toolComponent: { name: "CWE" } } }, { target: { id: "A01", toolComponent: { name: "OWASP" } } }],
      },
    ];
    const taxonomies = [{ name: "OWASP", taxa: [{ id: "A01" }, { id: "A03" }] }];
    const taxa = [
      { id: "CWE-89", toolComponent: { name: "CWE" } },
      { index: 1, toolComponent: { name: "OWASP" } },
    ];
    const { detail } = await findingOf(
      log(run({ tool: { driver: { name: "t", rules } }, taxonomies, results: [result({ taxa, properties: { cwe: "CWE-327: Broken" } })] })),
    );
    expect(detail["cwe_ids"]).toEqual(["CWE-79", "CWE-20", "CWE-22", "CWE-611", "CWE-327", "CWE-89"]);
    expect(detail["taxa"]).toEqual(["CWE CWE-89", "OWASP A03"]);
  });
});

describe("the scan type", () => {
  test.each([
    ["Trivy", "trivy"],
    ["trivy-operator", "trivy"],
    ["OWASP ZAP", "zap"],
    ["owasp_zap", "zap"],
    ["ZAP", "zap"],
    ["SonarQube", "sonarqube"],
    ["SonarCloud", "sonarqube"],
    ["sonar", "sonarqube"],
    ["SonarQube Cloud", "sonarqube"],
    ["CodeQL", "lint"],
    ["Sonatype Lift", "lint"],
    ["Zapier", "lint"],
    ["", "lint"],
  ])("of the driver %j is %s, from the first bytes and at the end", async (name, scanType) => {
    const report = log(driven(name), driven("Trivy"));
    const first = name === "" ? "trivy" : scanType;
    expect((await read(report)).summary?.scanType).toBe(first);
    expect(recognise(bytesOf(report))).toMatchObject({ reader: sarifReader, scanType, confidence: 1 });
  });

  test("is lint from the first bytes while the driver's name has not come, whatever comes later", async () => {
    const results = Array.from({ length: 3_000 }, () => result());
    const report = log({ results, tool: { driver: { name: "Trivy" } } });
    expect(recognise(bytesOf(report).subarray(0, 65_536))?.scanType).toBe("lint");
    expect((await read(report)).summary?.scanType).toBe("trivy");
  });
});

describe("a report of several tools", () => {
  test("is of the first one, and findings of another carry its name", async () => {
    const { findings, summary } = await read(twoTools);
    expect(summary).toMatchObject({ tool: "ESLint", toolVersion: "9.1.0" });
    expect(findings.map(({ identity, severityWord, detail }) => [identity.length, identity[4], detail["tool"], severityWord])).toEqual([
      [4, undefined, undefined, "error"],
      [4, undefined, undefined, "warning"],
      [5, "Stylelint", "Stylelint", "error"],
      [5, "Stylelint", "Stylelint", "note"],
    ]);
  });

  test("of one tool in several runs is one, in the categories of all", async () => {
    const category = (id: string) => ({ ...run({ results: [result()] }), automationDetails: { id } });
    const { findings, summary } = await read(log(category("b/x"), category("a/c/"), category("run-7"), category("b/y"), category("/z")));
    expect(findings.every(({ identity }) => identity.length === 4)).toBe(true);
    expect(summary?.artifactScope).toBe("a/c, b");
  });
});

describe("Trivy's SARIF", () => {
  test("tells the package, and stays the same finding when it is updated", async () => {
    const { findings, summary } = await read(image);
    expect(findings).toMatchObject([
      {
        kind: "vulnerability",
        title: "openssl: overflow",
        severity: "critical",
        path: "team/app",
        packageName: "openssl",
        installedVersion: "1.1.1c-r0",
        fixedVersion: "1.1.1d-r0",
        identity: ["place", "CVE-2099-0001", "team/app", "openssl"],
        variant: "1.1.1c-r0",
        isPlaced: false,
      },
    ]);
    const updated = await findingOf(JSON.stringify(image).replaceAll("1.1.1c-r0", "1.1.1cc-r9"));
    expect(updated.identity).toEqual(findings[0]?.identity);
    expect(summary).toMatchObject({ scanType: "trivy", artifact: "registry.example:5000/team/app:1.0", artifactScope: "registry.example:5000/team/app" });
  });

  test("keeps images apart from each other, and an image without a name by its tag", async () => {
    const nameless = JSON.stringify(image).replace("registry.example:5000/team/app:1.0", `sha256:${"0".repeat(64)}`);
    expect((await read(nameless)).summary?.artifactScope).toBe("team/app");
  });
});

describe("results apart from their run", () => {
  test("are read with what the run and the other parts tell", async () => {
    const { findings, summary, problems } = await read(apart);
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({ tool: "Scanner", isComplete: true });
    expect(findings.map(({ message, severityWord, identity }) => [message, severityWord, identity.length])).toEqual([
      ["m", "error", 4],
      ["own", "error", 4],
    ]);
  });

  test("in files that were not sent make the report incomplete, lest their findings look fixed", async () => {
    const { summary, problems } = await read(
      log(run({ externalPropertyFileReferences: { results: [{ location: { uri: "results-1.sarif-external-properties" } }] } })),
    );
    expect(summary?.isComplete).toBe(false);
    expect(problems).toMatchObject([{ severity: "warning", code: "external_properties" }]);
  });
});

describe("a run that failed", () => {
  const completeness = async (members: Record<string, unknown>) => {
    const { summary, problems } = await read(log(run(members)));
    return [summary?.isComplete, ...problems.map(({ severity, code }) => `${severity} ${code}`)];
  };

  test("by its own word makes the report incomplete, lest what it did not look at look fixed", async () => {
    expect(await completeness({ invocations: [{ executionSuccessful: false }] })).toEqual([false, "warning run_failed"]);
    expect(await completeness({ invocations: [{ executionSuccessful: true }] })).toEqual([true]);
    expect(await completeness({ invocations: [{}] })).toEqual([true]);
  });

  test("in a part is told, with the tool's own words", async () => {
    const error = { level: "error", message: { text: "Could not parse a.js" } };
    const { problems, summary } = await read(
      log(run({ invocations: [{ executionSuccessful: true, toolExecutionNotifications: [{ level: "note" }, error, error] }] })),
    );
    expect(summary?.isComplete).toBe(true);
    expect(problems).toEqual([
      { type: "problem", severity: "warning", code: "run_failed", message: "ESLint says that 2 errors came up: Could not parse a.js" },
    ]);
  });

  test("without a list of results, or with none, is incomplete", async () => {
    expect(await completeness({ results: null })).toEqual([false, "warning not_scanned"]);
    expect(await completeness({ results: undefined })).toEqual([false, "warning not_scanned"]);
    expect(await completeness({ results: [] })).toEqual([true]);
    const { summary, problems } = await read({ version: "2.1.0", $schema: schema, runs: null });
    expect(summary?.isComplete).toBe(false);
    expect(problems).toMatchObject([{ severity: "warning", code: "not_scanned" }]);
  });
});
