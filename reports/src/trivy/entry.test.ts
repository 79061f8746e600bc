import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { readAll } from "../testing/read-all.ts";
import { imageReport, license, misconfiguration, secret, vulnerability } from "../testing/trivy-reports.ts";
import { trivyReader } from "./reader.ts";

const read = async (report: unknown) => (await readAll(trivyReader, report)).findings;

/** The findings of one result with the given members. */
const readResult = (members: Record<string, unknown>) =>
  read({ SchemaVersion: 2, ArtifactName: "a", Results: [{ Target: "t", Class: "os-pkgs", Type: "debian", ...members }] });

async function readOne(list: string, entry: unknown, result: Record<string, unknown> = {}) {
  const [finding] = await readResult({ ...result, [list]: [entry] });
  if (finding === undefined) throw new Error("the entry gave no finding");
  return finding;
}

describe("a vulnerability", () => {
  test("tells what it is, where, and what to do", async () => {
    const [finding] = await read(imageReport);
    expect(finding).toEqual({
      kind: "vulnerability",
      standing: "open",
      toolKey: null,
      isPlaced: false,
      rule: "CVE-2099-0001",
      severity: "high",
      severityWord: "HIGH",
      title: "libexample: overflow in parse()",
      message: "libexample 1.2.3-4 is affected, fixed in 1.2.4",
      target: "registry.example:5000/team/app:v1.2 (debian 12.5)",
      path: null,
      line: null,
      packageName: "libexample",
      installedVersion: "1.2.3-4",
      fixedVersion: "1.2.4",
      url: "https://avd.example/cve-2099-0001",
      detail: {
        description: "A long story.",
        references: ["https://one.example", "http://two.example/x"],
        cvss: { nvd: { v3_vector: "CVSS:3.1/AV:N", v3_score: 7.5 } },
        cwe_ids: ["CWE-120"],
        vendor_ids: ["DSA-1-1"],
        severity_source: "debian",
        vendor_severity: { debian: "medium", nvd: "high" },
        status: "fixed",
        data_source: { id: "debian", name: "Debian Tracker", url: "https://tracker.example" },
        published_at: "2099-01-01T00:00:00Z",
        last_modified_at: "2099-01-02T00:00:00Z",
        purl: "pkg:deb/debian/libexample@1.2.3-4",
        layer_digest: "sha256:1111",
        class: "os-pkgs",
        type: "debian",
      },
      identity: ["os-pkgs", "debian", "registry.example:5000/team/app", "libexample", null, "CVE-2099-0001"],
      variant: "1.2.3-4",
    });
  });

  test("stays the same finding when image, system and package are updated, and its severity changes", async () => {
    const report = (tag: string, system: string, version: string) => ({
      ...imageReport,
      ArtifactName: `team/app:${tag}`,
      Results: [
        {
          Target: `team/app:${tag} (${system})`,
          Class: "os-pkgs",
          Type: "debian",
          Vulnerabilities: [{ ...vulnerability, InstalledVersion: version, Severity: tag }],
        },
        {
          Target: "Java",
          Class: "lang-pkgs",
          Type: "jar",
          Vulnerabilities: [
            {
              ...vulnerability,
              PkgName: "log4j",
              InstalledVersion: version,
              PkgPath: `app/lib/log4j-${version}.jar`,
              Fingerprint: tag,
              Layer: { Digest: system },
            },
          ],
        },
      ],
    });
    const before = await read(report("v1", "debian 12.5", "2.14.1"));
    const after = await read(report("v2@sha256:" + "b".repeat(64), "debian 12.6 (slim)", "2.15.0"));
    expect(after.map(({ identity }) => identity)).toEqual(before.map(({ identity }) => identity));
    expect(after.map(({ variant }) => variant)).toEqual(["2.15.0", "2.15.0"]);
  });

  test("is another one with another class, type, target, package, package path or id", async () => {
    const base = { ...vulnerability, PkgPath: "a/b" };
    const identities = [
      await readOne("Vulnerabilities", base),
      await readOne("Vulnerabilities", base, { Class: "lang-pkgs" }),
      await readOne("Vulnerabilities", base, { Type: "ubuntu" }),
      await readOne("Vulnerabilities", base, { Target: "u" }),
      await readOne("Vulnerabilities", { ...base, PkgName: "other" }),
      await readOne("Vulnerabilities", { ...base, PkgPath: "a/c" }),
      await readOne("Vulnerabilities", { ...base, VulnerabilityID: "GHSA-1" }),
    ].map(({ identity }) => JSON.stringify(identity));
    expect(new Set(identities).size).toBe(identities.length);
  });

  test("is found in the file that Trivy names, else in the target of a language's packages", async () => {
    expect((await readOne("Vulnerabilities", { ...vulnerability, PkgPath: "usr/lib/x.egg" })).path).toBe("usr/lib/x.egg");
    expect((await readOne("Vulnerabilities", vulnerability, { Class: "lang-pkgs", Target: "go.sum" })).path).toBe("go.sum");
    expect((await readOne("Vulnerabilities", vulnerability)).path).toBeNull();
  });

  test("needs only an id, a package or a title", async () => {
    expect(await readOne("Vulnerabilities", { VulnerabilityID: "CVE-1" })).toMatchObject({
      rule: "CVE-1",
      title: "CVE-1",
      severity: "unknown",
      severityWord: null,
      detail: { class: "os-pkgs", type: "debian" },
    });
    expect(await readOne("Vulnerabilities", { PkgName: "x" })).toMatchObject({ rule: "unknown", packageName: "x" });
    expect(await readOne("Vulnerabilities", { Title: "T" })).toMatchObject({ rule: "T", title: "T" });
  });

  test.each([
    ["critical", "critical"],
    ["Critical", "critical"],
    [" HIGH ", "high"],
    ["Medium", "medium"],
    ["LOW", "low"],
    ["UNKNOWN", "unknown"],
    ["NEGLIGIBLE", "unknown"],
    ["constructor", "unknown"],
    ["__proto__", "unknown"],
  ])("of severity %j counts as %s, the word kept", async (word, severity) => {
    expect(await readOne("Vulnerabilities", { ...vulnerability, Severity: word })).toMatchObject({ severity, severityWord: word });
  });

  test("takes numbers for texts and texts for numbers, and passes over what is neither", async () => {
    const odd = {
      VulnerabilityID: 42,
      PkgName: 7,
      InstalledVersion: 1.5,
      FixedVersion: ["1"],
      Title: { a: 1 },
      Severity: 3,
      References: "https://x.example",
      CweIDs: [79, null, {}],
      CVSS: { nvd: { V3Score: "9.8", V2Score: "no" }, redhat: null },
      VendorSeverity: { nvd: 3, a: 99, b: "HIGH", c: null },
      DataSource: "d",
      Layer: 1,
      PkgIdentifier: [],
      PublishedDate: 0,
    };
    expect(await readOne("Vulnerabilities", odd)).toMatchObject({
      rule: "42",
      packageName: "7",
      installedVersion: "1.5",
      fixedVersion: null,
      title: "42",
      severity: "unknown",
      severityWord: "3",
      detail: { cwe_ids: ["79"], cvss: { nvd: { v3_score: 9.8 } }, vendor_severity: { nvd: "high", a: "99", b: "HIGH" } },
    });
  });
});

describe("a misconfiguration", () => {
  test("shows its code and the way out", async () => {
    const finding = await readOne("Misconfigurations", misconfiguration, { Class: "config", Type: "terraform", Target: "main.tf" });
    expect(finding).toMatchObject({
      kind: "misconfiguration",
      rule: "KSV001",
      severity: "medium",
      title: "Process can elevate its own privileges",
      message: "Container 'web' should set 'allowPrivilegeEscalation' to false",
      path: "main.tf",
      line: 16,
      url: "https://avd.example/ksv001",
      identity: ["main.tf", "KSV001", "web"],
    });
    expect(finding.detail).toMatchObject({
      resolution: "Set it to false.",
      provider: "Kubernetes",
      service: "general",
      resource: "web",
      start_line: 16,
      end_line: 18,
      status: "FAIL",
    });
    expect(finding.detail["code_lines"]).toEqual([
      { number: 15, content: "line 15", is_cause: false },
      { number: 16, content: "line 16", is_cause: true },
      { number: 17, content: "line 17", is_cause: true },
      { number: 18, content: "line 18", is_cause: true },
    ]);
  });

  test("of a long excerpt shows the part where the cause begins", async () => {
    const Lines = [...Array(200).keys()].map((index) => ({ Number: index + 1, Content: "x", IsCause: index >= 120 }));
    const { detail } = await readOne("Misconfigurations", { ...misconfiguration, CauseMetadata: { Code: { Lines } } });
    const numbers = (detail["code_lines"] as { number: number }[]).map(({ number }) => number);
    expect(numbers).toHaveLength(limits.codeLines);
    expect(numbers[0]).toBe(116);
  });

  test("is told apart from its equals by its message, not by its line", async () => {
    const moved = { ...misconfiguration, CauseMetadata: { ...misconfiguration.CauseMetadata, StartLine: 99 } };
    const [one, other, third] = await readResult({ Misconfigurations: [misconfiguration, moved, { ...misconfiguration, Message: "another" }] });
    expect(other).toMatchObject({ identity: one?.identity, variant: one?.variant });
    expect(third?.identity).toEqual(one?.identity);
    expect(third?.variant).not.toBe(one?.variant);
  });

  test("in an image's configuration stays the same with another tag", async () => {
    const at = async (Target: string) => (await readOne("Misconfigurations", misconfiguration, { Class: "config", Type: "dockerfile", Target })).identity;
    expect(await at("alpine:3.20")).toEqual(await at("alpine:3.21"));
    expect(await at("docker/Dockerfile")).toEqual(["docker/Dockerfile", "KSV001", "web"]);
  });
});

describe("a secret", () => {
  test("is known by file, rule and masked match, never by its line", async () => {
    const at = (entry: unknown, Target = "app/.env:1") => readOne("Secrets", entry, { Class: "secret", Type: undefined, Target });
    const base = await at(secret);
    expect(base).toMatchObject({
      kind: "secret",
      rule: "github-pat",
      severity: "critical",
      path: "app/.env:1",
      line: 3,
      detail: { match: secret.Match, category: "GitHub" },
    });
    expect((await at({ ...secret, StartLine: 90, Offset: 1 })).identity).toEqual(base.identity);
    expect((await at({ ...secret, Match: "OTHER=***" })).identity).not.toEqual(base.identity);
    expect((await at(secret, "app/.env:2")).identity).not.toEqual(base.identity);
    expect(JSON.stringify(base.identity)).not.toContain("TOKEN");
  });
});

describe("a licence", () => {
  test("is known by its package or file and its name", async () => {
    const [ofPackage, ofFile] = await readResult({ Class: "license", Licenses: [license, { ...license, PkgName: "", FilePath: "app/LICENSE" }] });
    expect(ofPackage).toMatchObject({
      kind: "license",
      rule: "GPL-3.0-only",
      packageName: "libexample",
      path: null,
      url: "https://spdx.example/GPL-3.0-only",
      message: "libexample is under GPL-3.0-only (restricted)",
      identity: ["libexample", "GPL-3.0-only"],
      detail: { category: "restricted", confidence: 0.9, link: "https://spdx.example/GPL-3.0-only" },
    });
    expect(ofFile).toMatchObject({ packageName: null, path: "app/LICENSE", identity: ["app/LICENSE", "GPL-3.0-only"] });
  });
});
