import { describe, expect, test } from "vitest";
import { maskSecret, readDetail } from "./finding-detail.ts";

const read = (detail: Record<string, unknown>, kind: "vulnerability" | "secret" = "vulnerability") =>
  readDetail({ kind, detail, message: "m", rule: "r", scan_type: "trivy" });
const readOf = (scanType: "zap" | "sonarqube" | "lint", detail: Record<string, unknown>) =>
  readDetail({ kind: "issue", detail, message: "m", rule: "r", scan_type: scanType });

describe("a finding's detail", () => {
  test("keeps links of the web only", () => {
    expect(read({ references: ["https://a.test/x", "javascript:alert(1)", 3, "data:text/html,x"] }).references).toEqual(["https://a.test/x"]);
  });

  test("takes the newest score of each source", () => {
    expect(read({ cvss: { nvd: { v2_score: 5, v3_score: 9.8, v3_vector: "CVSS:3.1/AV:N" }, redhat: { v2_score: 4 }, broken: 3 } }).scores).toEqual([
      { source: "nvd", version: "3", score: 9.8, vector: "CVSS:3.1/AV:N" },
      { source: "redhat", version: "2", score: 4, vector: null },
    ]);
  });

  test("of another shape than expected is left out", () => {
    const odd = [3, null, true, "x", {}, [3], [null], [[]], [{ path: 3 }], { a: 1 }];
    for (const name of Object.keys(everything)) {
      for (const value of odd) {
        for (const scanType of ["zap", "sonarqube", "lint"] as const) expect(() => readOf(scanType, { ...everything, [name]: value })).not.toThrow();
      }
    }
    const view = read({
      description: 3,
      references: "x",
      cvss: [],
      code_lines: [{ number: 1 }, "x", null],
      cwe_ids: { a: 1 },
      instances: 3,
      flows: {},
      tags: 3,
    });
    expect(view).toEqual(read({}));
  });

  test("tells a day as a day", () => {
    expect(read({ published_at: "2021-11-15T21:15:07.753Z", status: "fixed" }).facts).toEqual([
      { name: "Status", value: "Fixed" },
      { name: "Published", value: "15 Nov 2021" },
    ]);
  });

  test("says when it was cut", () => {
    expect(read({ truncated: true }).isTruncated).toBe(true);
  });
});

describe("what tools say of places and requests", () => {
  test("tells a data flow with how many steps there were", () => {
    const steps = [
      { path: "a.ts", line: 1, message: "comes in" },
      { path: "b.ts", line: 9 },
    ];
    expect(readOf("lint", { code_flow: steps, code_flow_steps: 80 }).flows).toMatchObject([
      { total: 80, steps: [{ path: "a.ts", line: 1, message: "comes in" }, { path: "b.ts" }] },
    ]);
    expect(readOf("sonarqube", { flows: [[{ path: "c.ts", start_line: 4 }], [], "x"] }).flows).toMatchObject([
      { total: 1, steps: [{ path: "c.ts", line: 4 }] },
    ]);
  });

  test("does not tell the finding's own place again among the others", () => {
    const places = [
      { path: "a.ts", line: 1 },
      { path: "a.ts", line: 7 },
    ];
    expect(readOf("lint", { locations: places, location_count: 5 }).otherPlaces).toMatchObject({ places: [{ line: 7 }], more: 3 });
  });

  test("counts the requests of an alert, also those that are not shown", () => {
    const { requests } = readOf("zap", {
      instances: [{ uri: "https://a.test/x", method: "GET", request: { header: "GET /x" }, response: 3 }],
      instance_count: 40,
      count: 900,
    });
    expect(requests).toMatchObject({
      total: 40,
      counted: 900,
      shown: [{ address: "https://a.test/x", request: { header: "GET /x", body: null }, response: null }],
    });
  });

  test("keeps SonarQube's word for a closed issue apart from what to do", () => {
    const view = readOf("sonarqube", { resolution: "WONTFIX", severity: "MAJOR", impacts: [{ software_quality: "SECURITY", severity: "HIGH" }, 3] });
    expect(view.resolution).toBeNull();
    expect(view.facts).toContainEqual({ name: "Resolution", value: "Wontfix" });
    expect(view.severities).toEqual({ old: "Major", impacts: [{ quality: "Security", severity: "High" }] });
  });

  test("does not say a rule's description twice", () => {
    expect(readOf("lint", { rule_description: "Do not.", help: "Do not. Ever.", rule_name: "r" }).rule).toEqual({ name: null, text: "Do not. Ever." });
    expect(readOf("lint", { rule_description: "Do not.", help: "Because.", rule_title: "No" }).rule).toEqual({ name: "No", text: "Do not.\n\nBecause." });
  });
});

describe("a secret", () => {
  test("that the tool masked stays as the tool wrote it", () => {
    expect(maskSecret("key = ********************")).toBe("key = ********************");
  });
  test("that the tool did not mask is masked", () => {
    const view = read({ match: "token=AKIAIOSFODNN7EXAMPLE", code_lines: [{ number: 4, content: "AKIAIOSFODNN7EXAMPLE", is_cause: true }] }, "secret");
    expect(JSON.stringify(view)).not.toContain("IOSFODNN7EXAMPLE");
    expect(view.match).toMatch(/^toke\*+$/);
  });
});

/** One of each member that the page reads, in the shape that readers give it. */
const everything: Record<string, unknown> = {
  description: "d",
  solution: "s",
  fix: "f",
  resolution: "r",
  rule_name: "n",
  rule_title: "t",
  rule_description: "rd",
  help: "h",
  other_info: "o",
  references: ["https://a.test"],
  cvss: { nvd: { v3_score: 1 } },
  security_severity: 9.1,
  code_lines: [{ number: 1, content: "x", is_cause: true }],
  match: "m",
  instances: [{ uri: "u", request: { header: "h" } }],
  instance_count: 1,
  count: 1,
  code_flow: [{ path: "p" }],
  code_flow_steps: 1,
  flows: [[{ path: "p" }]],
  locations: [{ path: "p" }],
  location_count: 1,
  related_locations: [{ path: "p" }],
  impacts: [{ software_quality: "SECURITY", severity: "HIGH" }],
  severity: "MAJOR",
  tags: ["a", { tag: "b" }],
  cwe_ids: ["CWE-1"],
  taxa: ["a"],
  suppressions: [{ kind: "inSource", status: "accepted", justification: "j" }],
  type: "BUG",
  fixable: true,
};
