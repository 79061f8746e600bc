import { describe, expect, test } from "vitest";
import { checksObject, complianceObject, operatorList, vulnerabilityObject } from "../testing/operator-objects.ts";
import { readAll } from "../testing/read-all.ts";
import { everyShape, imageReport, kubernetesReport, legacyReport, vulnerability } from "../testing/trivy-reports.ts";
import { trivyReader } from "./reader.ts";

const read = (content: unknown, pieceBytes?: number) => readAll(trivyReader, content, pieceBytes);

describe("every shape", () => {
  test.each(everyShape)("$name is read whole, in any pieces", async ({ report, total, shape }) => {
    const whole = await read(report);
    expect(whole.findings).toHaveLength(total);
    expect(whole.summary?.shape).toBe(shape);
    expect(whole.problems).toEqual([]);
    for (const pieceBytes of [1, 7, 1_000]) expect(await read(JSON.stringify(report, null, 2), pieceBytes)).toEqual(whole);
  });

  test.each(everyShape.filter(({ report }) => !Array.isArray(report)))("$name gives the same with a byte order mark", async ({ report }) => {
    expect(await read(`\uFEFF${JSON.stringify(report)}`)).toEqual(await read(report));
  });

  test("a list of whole reports is read as one", async () => {
    const { findings, summary } = await read([imageReport, { ...imageReport, ArtifactName: "other:1" }]);
    expect(findings).toHaveLength(14);
    expect(summary).toMatchObject({ shape: "schema-2", artifactScope: "other, registry.example:5000/team/app" });
  });

  test.each([
    ["null", "null"],
    ["[]", "empty"],
    ["{}", "empty"],
    [' {"apiVersion":"v1","items":[],"kind":"List","metadata":{"resourceVersion":""}}', "empty"],
  ])("%s holds nothing, and nothing is wrong with it", async (content, shape) => {
    expect(await read(content)).toEqual({
      findings: [],
      tests: [],
      gates: [],
      problems: [],
      summary: { tool: "Trivy", toolVersion: null, shape, artifact: null, artifactScope: "" },
      order: ["summary"],
    });
  });

  test.each([
    ["no Results", {}],
    ["null", { Results: null }],
    ["an empty list", { Results: [] }],
    ["results without lists", { Results: [{ Target: "a", Class: "os-pkgs", Type: "alpine" }] }],
    ["null lists", { Results: [{ Target: "a", Vulnerabilities: null, Misconfigurations: null, Secrets: null, Licenses: null }] }],
    ["empty lists", { Results: [{ Target: "a", Vulnerabilities: [], Misconfigurations: [] }] }],
  ])("a clean report with %s has no findings and no problems", async (_name, results) => {
    const clean = await read({ SchemaVersion: 2, ArtifactName: "a:1", ArtifactType: "container_image", ...results });
    expect(clean.findings).toEqual([]);
    expect(clean.problems).toEqual([]);
    expect(clean.summary?.artifactScope).toBe("a");
  });

  test("the summary comes behind the findings and before the problems", async () => {
    const { order } = await read({ ...imageReport, Results: [...imageReport.Results, { Vulnerabilities: [7] }] });
    expect(order).toEqual([...Array<string>(7).fill("finding"), "summary", "problem"]);
  });

  test("a newer schema is read, with a warning", async () => {
    const { findings, problems, summary } = await read({ ...imageReport, SchemaVersion: 3 });
    expect(findings).toHaveLength(7);
    expect(summary?.shape).toBe("schema-3");
    expect(problems).toMatchObject([{ severity: "warning", code: "schema_unknown" }]);
  });
});

describe("the scope of matching", () => {
  test.each([
    ["container_image", "registry.example:5000/team/app:v1@sha256:" + "a".repeat(64), "registry.example:5000/team/app"],
    ["container_image", "localhost:5000/app", "localhost:5000/app"],
    ["container_image", "alpine", "alpine"],
    ["container_image", "images/app.tar.gz", "images/app.tar.gz"],
    [undefined, "alpine:3.20", "alpine"],
    ["repository", "https://github.com/team/app", "https://github.com/team/app"],
    ["repository", "/tmp/checkout:1", "/tmp/checkout:1"],
    ["filesystem", ".", "."],
    ["cyclonedx", "sbom.json", "sbom.json"],
    ["vm", "ami:ami-0123456789", "ami:ami-0123456789"],
  ])("of a %s named %s is %s", async (ArtifactType, ArtifactName, expected) => {
    const { summary } = await read({ SchemaVersion: 2, ArtifactName, ArtifactType });
    expect(summary).toMatchObject({ artifact: ArtifactName, artifactScope: expected });
  });

  test("of an image without a name is that of its tag, for its id changes with every build", async () => {
    const nameless = { SchemaVersion: 2, ArtifactName: `sha256:${"a".repeat(64)}`, ArtifactType: "container_image" };
    expect((await read({ ...nameless, Metadata: { RepoTags: ["team/app:7"] } })).summary?.artifactScope).toBe("team/app");
    expect((await read(nameless)).summary?.artifactScope).toBe(nameless.ArtifactName);
  });

  test("of the array of old is taken from the system's target", async () => {
    expect((await read(legacyReport)).summary).toMatchObject({ artifact: "team/app:1.0", artifactScope: "team/app" });
    expect((await read([legacyReport[2]])).summary).toMatchObject({ artifact: null, artifactScope: "" });
  });

  test("of a cluster is its name", async () => {
    expect((await read(kubernetesReport)).summary).toMatchObject({ artifact: "kind-kind", artifactScope: "kind-kind" });
  });

  test("keeps the operator's objects apart by kind and workload, and ignores a roll-out", async () => {
    const scopeOf = async (report: unknown) => (await read(report)).summary?.artifactScope;
    const next = JSON.parse(JSON.stringify(vulnerabilityObject).replaceAll("6d4cf56db6", "7f5b6c7d8x"));
    expect(await scopeOf(next)).toBe(await scopeOf(vulnerabilityObject));
    expect(await scopeOf(checksObject)).not.toBe(await scopeOf(vulnerabilityObject));
    expect(await scopeOf(complianceObject)).toBe("ClusterComplianceReport nsa");
    expect(await scopeOf(operatorList)).toBe("ClusterRbacAssessmentReport+ConfigAuditReport+ExposedSecretReport+VulnerabilityReport");
  });
});

describe("what cannot be read", () => {
  test.each([
    ["a list", { SchemaVersion: 2, Results: {} }],
    ["a list of entries", { SchemaVersion: 2, Results: [{ Target: "a", Vulnerabilities: { 0: vulnerability } }] }],
    ["entries as a text", { SchemaVersion: 2, Results: [{ Target: "a", Secrets: "none" }] }],
    ["results as a number", { SchemaVersion: 2, Results: 0 }],
  ])("makes the report partial when %s has another type", async (_name, report) => {
    expect((await read(report)).problems).toMatchObject([{ severity: "partial", code: "wrong_type" }]);
  });

  test("is told once a kind, and the entries around it are read", async () => {
    const Vulnerabilities = [null, vulnerability, 7, "x", ["y"], {}, { Severity: "HIGH" }, true, { ...vulnerability, VulnerabilityID: "CVE-2" }];
    const { findings, problems } = await read({ SchemaVersion: 2, Results: [{ Target: "a", Class: "os-pkgs", Type: "debian", Vulnerabilities }] });
    expect(findings.map(({ rule }) => rule)).toEqual(["CVE-2099-0001", "CVE-2"]);
    expect(problems).toMatchObject([
      { severity: "warning", code: "entry_missing" },
      { severity: "partial", code: "entry_unreadable" },
    ]);
    expect(problems[1]?.message).toContain("and 3 more like these");
  });

  test("of a resource is partial, lest its findings look fixed", async () => {
    const { problems } = await read({ ClusterName: "c", Resources: [{ Namespace: "shop", Kind: "Pod", Name: "web", Error: "no such image" }] });
    expect(problems).toEqual([{ type: "problem", severity: "partial", code: "not_scanned", message: "shop/Pod/web was not scanned: no such image" }]);
  });

  test("is no part of a report with members of our names that mean something else", async () => {
    const { findings, problems } = await read({ ...imageReport, status: "done", report: [1], items: 3, metadata: "x", kind: 4 });
    expect(findings).toHaveLength(7);
    expect(problems).toEqual([]);
  });

  test("of a list that stands twice: both are read, and it is said", async () => {
    const text = JSON.stringify(imageReport).replace('"Results":', '"Results":[{"Target":"x","Secrets":[{"RuleID":"a","Match":"b"}]}],"Results":');
    const { findings, problems } = await read(text);
    expect(findings).toHaveLength(8);
    expect(problems).toMatchObject([{ severity: "partial", code: "repeated_member" }]);
  });

  test.each([
    ["an empty content", "", "json_empty"],
    ["a text", "no json", "json_syntax"],
    ["a JSON text", '"trivy"', "not_trivy"],
    ["a number", "0", "not_trivy"],
    ["another object", '{"version":"2.1.0","runs":[]}', "not_trivy"],
    ["another array", '[{"filePath":"a","messages":[]}]', "not_trivy"],
    ["an array of numbers", "[1,2]", "not_trivy"],
    ["another empty list", '{"items":[],"total":0}', "not_trivy"],
    ["a list of other objects", '{"kind":"List","items":[{"kind":"Pod","status":{}}]}', "not_trivy"],
    ["UTF-16", new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]), "json_encoding"],
    ["deep nesting", "[".repeat(100_000), "json_depth"],
    ["deep nesting in a report", `{"SchemaVersion":2,"Extra":${'{"a":'.repeat(100_000)}`, "json_depth"],
    ["a beginning that says nothing", '{"Arti', "json_truncated"],
  ])("refuses %s with a reason and without a summary", async (_name, content, code) => {
    const { findings, summary, problems } = await read(content);
    expect(findings).toEqual([]);
    expect(summary).toBeNull();
    expect(problems).toMatchObject([{ severity: "refused", code }]);
  });
});

describe("entries that do not count", () => {
  test("are checks that passed or are excepted; failed ones and those without a status count", async () => {
    const statuses = ["FAIL", "PASS", "EXCEPTION", undefined, "", null, "fail", "pass"];
    const checks = statuses.map((Status, index) => ({ ID: `KSV${index}`, Severity: "LOW", Status }));
    const { findings, problems } = await read({ SchemaVersion: 2, Results: [{ Target: "a", Class: "config", Type: "kubernetes", Misconfigurations: checks }] });
    expect(findings.map(({ rule }) => rule)).toEqual(["KSV0", "KSV3", "KSV4", "KSV5", "KSV6"]);
    expect(problems).toEqual([]);
  });

  test("are packages, and findings that were suppressed", async () => {
    const Results = [{ Target: "a", Packages: [vulnerability], ExperimentalModifiedFindings: [{ Finding: vulnerability }], CustomResources: [{}] }];
    expect((await read({ SchemaVersion: 2, Results })).findings).toEqual([]);
  });
});
