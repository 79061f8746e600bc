import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { operatorList } from "../testing/operator-objects.ts";
import { bytesOf, readAll } from "../testing/read-all.ts";
import { everyShape, imageReport, kubernetesReport, license, misconfiguration, secret, vulnerability } from "../testing/trivy-reports.ts";
import { trivyReader } from "./reader.ts";

const read = (content: unknown, pieceBytes?: number) => readAll(trivyReader, content, pieceBytes);
const result = (members: Record<string, unknown>) => ({
  SchemaVersion: 2,
  ArtifactName: "a",
  Results: [{ Target: "t", Class: "os-pkgs", Type: "debian", ...members }],
});

describe("a report that is cut off", () => {
  const ofEachKind = everyShape.filter(({ name }) => !/summary|an array|a dump|a filesystem|^Kubernetes$/.test(name));

  test.each(ofEachKind.map(({ name, report }) => ({ name, text: JSON.stringify(report) })))(
    "at any byte ($name) never throws, gives nothing that the whole one has not, and says so",
    async ({ text }) => {
      const bytes = bytesOf(text);
      const whole = new Set((await read(bytes)).findings.map((finding) => JSON.stringify(finding)));
      for (let end = 0; end < bytes.length; end++) {
        const { findings, problems } = await read(bytes.subarray(0, end));
        if (!findings.every((finding) => whole.has(JSON.stringify(finding)))) expect.fail(`at byte ${end}: a finding that the whole report has not`);
        if (!problems.some(({ severity }) => severity !== "warning")) expect.fail(`at byte ${end}: taken for a whole report`);
      }
    },
  );

  test("keeps what was read and tells the byte", async () => {
    const text = JSON.stringify(imageReport);
    const { findings, problems, summary } = await read(text.slice(0, text.indexOf('"Dockerfile"')));
    expect(findings).toHaveLength(3);
    expect(summary?.artifactScope).toBe("registry.example:5000/team/app");
    expect(problems).toMatchObject([{ severity: "partial", code: "cut_off", message: `The content is cut off at byte ${text.indexOf('"Dockerfile"')}` }]);
  });

  test("leaves out entries whose target had not come, and says how many", async () => {
    const { findings, problems } = await read('{"SchemaVersion":2,"Results":[{"Vulnerabilities":[{"VulnerabilityID":"A"},{"VulnerabilityID":"B"}],');
    expect(findings).toEqual([]);
    expect(problems).toMatchObject([
      { severity: "partial", code: "entries_lost", message: "2 entries were read, but not what they belong to" },
      { severity: "partial", code: "cut_off" },
    ]);
  });
});

describe("an ill-formed report", () => {
  test("is partial and keeps the entries around the wrong one", async () => {
    const text = JSON.stringify(result({ Vulnerabilities: ["A", "B", "C"].map((VulnerabilityID) => ({ VulnerabilityID })) }));
    for (const wrong of [
      '{"VulnerabilityID":"B",}',
      '{"VulnerabilityID":NaN}',
      '{"VulnerabilityID":"B\n"}',
      '{"VulnerabilityID":"\\x"}',
      "{'VulnerabilityID':'B'}",
    ]) {
      const { findings, problems } = await read(text.replace('{"VulnerabilityID":"B"}', wrong));
      expect(findings.map(({ rule }) => rule)).toEqual(["A", "C"]);
      expect(problems).toMatchObject([{ severity: "partial", code: "ill_formed" }]);
    }
  });

  test("is partial with a comma too many, with more behind its end, and where it breaks off", async () => {
    const text = JSON.stringify(imageReport);
    for (const [wrong, total] of [
      [text.replace("]}]}", "]}],}"), 7],
      [`${text} {}`, 7],
      [`${text}${text}`, 7],
      [text.replace('"Class":"secret"', '"Class" "secret"'), 4],
    ] as const) {
      const { findings, problems } = await read(wrong);
      expect(findings).toHaveLength(total);
      expect(problems).toMatchObject([{ severity: "partial", code: "ill_formed", message: expect.stringMatching(/byte \d+/) }]);
    }
  });

  test("never makes the reader throw, whatever was done to its bytes", async () => {
    const bytes = bytesOf(operatorList);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 5_000 }),
        async (changes, pieceBytes) => {
          const changed = Uint8Array.from(bytes);
          for (const [position, byte] of changes) changed[position] = byte;
          const { problems, order } = await read(changed, pieceBytes);
          expect(order.includes("summary") || problems.some(({ severity }) => severity === "refused")).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("hostile content", () => {
  test("any JSON in any place is read without an error, and what is given fits the database", async () => {
    const odd = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.string({ unit: "binary" }),
      fc.constantFrom("a\u0000b", "\ud800", "x".repeat(70_000), -1, 1e308, "__proto__", "constructor"),
    );
    const replaced = (entry: object) => fc.record(Object.fromEntries(Object.keys(entry).map((name) => [name, odd])), { requiredKeys: [] });
    const lists = fc.record({
      Target: odd,
      Class: odd,
      Vulnerabilities: fc.array(replaced(vulnerability), { maxLength: 3 }),
      Misconfigurations: fc.array(replaced(misconfiguration), { maxLength: 3 }),
      Secrets: fc.array(replaced(secret), { maxLength: 3 }),
      Licenses: fc.array(replaced(license), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(lists, odd, async (members, artifact) => {
        const { findings, summary, problems } = await read({ SchemaVersion: 2, ArtifactName: artifact, Results: [members] });
        const written = JSON.stringify([findings, summary, problems]);
        expect(written.isWellFormed() && !/\\u0000|\\ud[89a-f]/.test(written)).toBe(true);
        for (const { detail, rule, title, message, line } of findings) {
          expect(Buffer.byteLength(JSON.stringify(detail))).toBeLessThanOrEqual(limits.detailBytes);
          expect(rule.length > 0 && rule.length <= limits.rule && title.length <= limits.title && message.length <= limits.message).toBe(true);
          expect(line === null || (Number.isInteger(line) && line > 0 && line < 2 ** 31)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("NUL and halves of characters become U+FFFD in texts, names and identities", async () => {
    const { findings } = await read(
      '{"SchemaVersion":2,"Results":[{"Target":"t\\u0000","Class":"os-pkgs","Type":"debian","Vulnerabilities":[{"VulnerabilityID":"A\\u0000","Title":"x\\ud800y","CVSS":{"n\\u0000":{"V3Score":1}},"VendorSeverity":{"\\udc00":1}}]}]}',
    );
    expect(findings).toMatchObject([
      {
        rule: "A\uFFFD",
        title: "x\uFFFDy",
        target: "t\uFFFD",
        identity: ["os-pkgs", "debian", "t\uFFFD", null, null, "A\uFFFD"],
        detail: { cvss: { "n\uFFFD": { v3_score: 1 } }, vendor_severity: { "\uFFFD": "low" } },
      },
    ]);
  });

  test("texts of 10 MB are cut on a code point, and the detail stays small", async () => {
    const long = "😀".repeat(2_600_000);
    const entry = {
      ...vulnerability,
      Title: `x${long}`,
      Description: long,
      PkgName: long,
      InstalledVersion: `1${long}`,
      References: [`https://${long}`],
      CVSS: { [long]: { V3Score: 1 } },
    };
    const { findings, problems } = await read(result({ Vulnerabilities: [entry] }), 65_536);
    expect(problems).toMatchObject([{ severity: "partial", code: "too_large" }]);
    expect(findings).toEqual([]);
    const [finding] = (await read(result({ Vulnerabilities: [{ ...vulnerability, Title: `x${long}`, Description: long }] }), 65_536)).findings;
    expect(finding?.title).toBe(`x${"😀".repeat(249)}`);
    expect(finding?.title).toHaveLength(499);
    expect(finding?.detail["description"]).toBe("😀".repeat(8_000));
    expect(Buffer.byteLength(JSON.stringify(finding?.detail))).toBeLessThanOrEqual(limits.detailBytes);
  });

  test("a detail that is too large is shortened and says so", async () => {
    const references = [...Array(60).keys()].map((index) => `https://example.test/${"é".repeat(1_500)}${index}`);
    const [finding] = (await read(result({ Vulnerabilities: [{ ...vulnerability, References: references, Description: "\u0001".repeat(16_000) }] }))).findings;
    expect(finding?.detail).toMatchObject({ truncated: true, cwe_ids: ["CWE-120"] });
    expect(Buffer.byteLength(JSON.stringify(finding?.detail))).toBeLessThanOrEqual(limits.detailBytes);
  });

  test("names of the prototype are names like any other", async () => {
    const text = JSON.stringify(result({ Vulnerabilities: [{ VulnerabilityID: "A", CVSS: { constructor: { V3Score: 1 } } }] }))
      .replace('"Target"', '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"Target"')
      .replace('"constructor":{"V3Score":1}', '"constructor":{"V3Score":1},"__proto__":{"V3Score":2}');
    const { findings, problems } = await read(text);
    expect(problems).toEqual([]);
    const scores = findings[0]?.detail["cvss"];
    expect(JSON.stringify(scores)).toBe('{"constructor":{"v3_score":1},"__proto__":{"v3_score":2}}');
    expect("polluted" in {}).toBe(false);
  });

  test("only addresses of the web become links", async () => {
    const wrong = [
      "javascript:alert(1)",
      "data:text/html,x",
      " https://a.example",
      "https://a.example/ b",
      "file:///etc/passwd",
      "//a.example",
      "https://",
      'https://a.example/"x',
      "https://a\u0000.example",
    ];
    const entry = {
      ...vulnerability,
      PrimaryURL: "javascript:alert(1)",
      References: [...wrong, "HTTPS://ok.example/é?a=b#c"],
      DataSource: { ID: "x", URL: "data:,x" },
    };
    const [finding] = (await read(result({ Vulnerabilities: [entry] }))).findings;
    expect(finding).toMatchObject({ url: null, detail: { references: ["HTTPS://ok.example/é?a=b#c"], data_source: { id: "x" } } });
    const [licence] = (await read(result({ Licenses: [{ ...license, Link: "vbscript:x" }] }))).findings;
    expect(licence?.url).toBeNull();
  });

  test("at most 50 references are kept", async () => {
    const References = [...Array(500).keys()].map((index) => `https://example.test/${index}`);
    const [finding] = (await read(result({ Vulnerabilities: [{ ...vulnerability, References }] }))).findings;
    expect(finding?.detail["references"]).toEqual(References.slice(0, 50));
  });

  test("a million wrong entries make one problem", async () => {
    const { problems } = await read(`{"SchemaVersion":2,"Results":[{"Target":"t","Secrets":[${"1,".repeat(1_000_000)}1]}]}`, 65_536);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain("999,998 more".replace(",", ""));
  });

  test("results within results are followed no deeper than the limit", async () => {
    const { problems } = await read(`{"SchemaVersion":2${',"Results":[{"Target":"t"'.repeat(2_000)}`);
    expect(problems).toMatchObject([{ severity: "refused", code: "json_depth" }]);
  });
});

test("a cluster's report cut inside a resource gives no finding without its workload", async () => {
  const reordered = {
    ClusterName: "c",
    Resources: [{ Results: kubernetesReport.Resources[0]?.Results, Namespace: "default", Kind: "Deployment", Name: "web" }],
  };
  const text = JSON.stringify(reordered);
  expect((await read(text)).findings.map(({ target }) => target)).toEqual(["default/Deployment/web: nginx:1.14 (debian 9.9)", "default/Deployment/web"]);
  expect((await read(text.slice(0, text.indexOf('"Namespace"')))).findings).toEqual([]);
});
