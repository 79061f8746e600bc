import { describe, expect, test } from "vitest";
import { maskSecret, readDetail } from "./finding-detail.ts";

const read = (detail: Record<string, unknown>, kind: "vulnerability" | "secret" = "vulnerability") => readDetail({ kind, detail, message: "m" });

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
    const view = read({ description: 3, references: "x", cvss: [], code_lines: [{ number: 1 }, "x", null], cwe_ids: { a: 1 } });
    expect(view).toEqual({ description: null, resolution: null, references: [], scores: [], codeLines: [], match: null, facts: [], isTruncated: false });
  });

  test("tells a day as a day", () => {
    expect(read({ published_at: "2021-11-15T21:15:07.753Z", status: "fixed" }).facts).toEqual([
      { name: "Status", value: "fixed" },
      { name: "Published", value: "15 Nov 2021" },
    ]);
  });

  test("says when it was cut", () => {
    expect(read({ truncated: true }).isTruncated).toBe(true);
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
