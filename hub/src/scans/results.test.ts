import { Results, scanTypes, severities } from "@sentinal/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countsOf, disagreement, issuesAreComplete, issuesOf, severityOf } from "./results.ts";

describe("the senders' words for severities", () => {
  test.each([
    ["blocker", "critical"],
    ["critical", "critical"],
    ["high", "high"],
    ["error", "high"],
    ["major", "medium"],
    ["medium", "medium"],
    ["warning", "medium"],
    ["minor", "low"],
    ["low", "low"],
    ["note", "low"],
    ["info", "info"],
    ["informational", "info"],
    ["none", "unknown"],
    ["", "unknown"],
    ["catastrophic", "unknown"],
    ["constructor", "unknown"],
    ["__proto__", "unknown"],
  ])("%j is %s", (word, severity) => {
    expect(severityOf(word, "lint")).toBe(severity);
    expect(severityOf(` ${word.toUpperCase()} `, "lint")).toBe(severity);
  });

  test("critical is high in SonarQube, which ranks it below its blocker", () => {
    expect(severityOf("CRITICAL", "sonarqube")).toBe("high");
    expect(severityOf("BLOCKER", "sonarqube")).toBe("critical");
    for (const scanType of scanTypes.filter((one) => one !== "sonarqube")) expect(severityOf("critical", scanType)).toBe("critical");
  });

  test("every one of ours means itself", () => {
    for (const severity of severities) expect(severityOf(severity, "trivy")).toBe(severity);
  });
});

const anyCounts = fc.record(Object.fromEntries(severities.map((severity) => [severity, fc.option(fc.nat(1_000), { nil: undefined })])));

describe("counts of severities", () => {
  test("that are not given are 0, and the total is their sum", () => {
    expect(countsOf({ high: 2, low: 1 }, "trivy")).toEqual({
      counts: { critical: 0, high: 2, medium: 0, low: 1, info: 0, unknown: 0, total: 3 },
      warnings: [],
    });
    expect(countsOf({}, "trivy")).toMatchObject({ counts: { total: 0 }, warnings: [] });
  });

  test("always add up to the total that is shown, whatever total was sent; a difference is told", () => {
    fc.assert(
      fc.property(anyCounts, fc.option(fc.nat(10_000), { nil: undefined }), (given, total) => {
        const { counts, warnings } = countsOf(Results.parse({ ...given, total }), "zap");
        const sum = severities.reduce((all, severity) => all + (given[severity] ?? 0), 0);
        const { total: shown, ...parts } = counts;
        expect(Object.values(parts).reduce((all, count) => all + count, 0)).toBe(shown);
        expect(shown).toBe(Math.max(sum, total ?? sum));
        expect(warnings.map((warning) => warning.code)).toEqual(total === undefined || total === sum ? [] : ["total_differs"]);
      }),
    );
  });

  test("that are less than the total leave a rest that is unknown, and not a severity that nobody named", () => {
    expect(countsOf({ high: 1, total: 5 }, "trivy").counts).toEqual({ critical: 0, high: 1, medium: 0, low: 0, info: 0, unknown: 4, total: 5 });
  });
});

describe("counts of tests", () => {
  test("are taken as they are", () => {
    expect(countsOf({ passed: 10, failed: 1, skipped: 2, errors: 3, flaky: 4, total: 16 }, "test")).toEqual({
      counts: { passed: 10, failed: 1, skipped: 2, errors: 3, flaky: 4, total: 16 },
      warnings: [],
    });
  });

  test("that do not add up to the total are told", () => {
    expect(countsOf({ passed: 1, total: 3 }, "test")).toMatchObject({ counts: { total: 3 }, warnings: [{ code: "total_differs" }] });
  });

  test("given as severities alone count as failed, with a warning", () => {
    expect(countsOf({ critical: 1, low: 2, total: 3 }, "test")).toMatchObject({
      counts: { passed: 0, failed: 3, total: 3 },
      warnings: [{ code: "severities_for_tests" }],
    });
    expect(countsOf({ critical: 0 }, "test")).toMatchObject({ counts: { failed: 0, total: 0 }, warnings: [{ code: "severities_for_tests" }] });
  });

  test("of which only the total is known are not called failed", () => {
    expect(countsOf({ total: 13 }, "test")).toMatchObject({ counts: { passed: 0, failed: 0, errors: 0, total: 13 }, warnings: [{ code: "total_differs" }] });
    expect(countsOf({}, "test")).toMatchObject({ counts: { failed: 0, total: 0 }, warnings: [] });
  });
});

describe("the sender's own issues", () => {
  const issue = { rule: "no-eval", severity: "error", message: "eval on line 3\nmore", path: "src/a.js", line: 3 };

  test("become findings with the sender's word beside the severity", () => {
    expect(issuesOf({ issues: [issue] }, "lint")).toMatchObject([
      {
        kind: "issue",
        rule: "no-eval",
        severity: "high",
        severityWord: "error",
        title: "eval on line 3",
        message: issue.message,
        path: "src/a.js",
        line: 3,
        url: null,
      },
    ]);
  });

  test("keep their identity when line, severity and numbers in the message change", () => {
    const identities = [issue, { ...issue, line: 99, severity: "info", message: "eval on line 99\nmore" }].map((one) =>
      JSON.stringify(issuesOf({ issues: [one] }, "lint")[0]?.identity),
    );
    expect(identities[0]).toBe(identities[1]);
  });

  test.each([
    ["rule", { rule: "no-new" }],
    ["path", { path: "src/b.js" }],
    ["path that is absent", { path: null }],
    ["words of the message", { message: "another" }],
  ])("are others when the %s differs", (_name, change) => {
    const [one, other] = issuesOf({ issues: [issue, { ...issue, ...change }] }, "lint");
    expect(JSON.stringify(one?.identity)).not.toBe(JSON.stringify(other?.identity));
  });

  test("have a title even without a message", () => {
    expect(issuesOf({ issues: [{ ...issue, message: "" }] }, "lint")[0]?.title).toBe("no-eval");
  });

  test("are texts that PostgreSQL can hold, wherever they are cut", () => {
    const halves = fc.constantFrom("a", "\0", "\ud83d", "\ude00", "😀", "\n");
    fc.assert(
      fc.property(fc.integer({ min: 19_990, max: 20_010 }), fc.array(halves, { minLength: 1, maxLength: 20 }), (length, tail) => {
        const [finding] = issuesOf({ issues: [{ ...issue, rule: tail.join(""), path: tail.join(""), message: "x".repeat(length) + tail.join("") }] }, "lint");
        const texts = [finding?.rule, finding?.path, finding?.message, finding?.title, finding?.severityWord];
        for (const text of texts) expect(text?.isWellFormed() === true && !text.includes("\0")).toBe(true);
        expect(finding?.message.length).toBeLessThanOrEqual(20_000);
      }),
    );
  });
});

describe("whether the issues are all there are", () => {
  test.each([
    [{ issues: [], total: 0 }, true],
    [{ issues: [], total: 3 }, false],
    [{ issues: [] }, false],
    [{ total: 0 }, false],
  ])("%j: %s", (results, isComplete) => {
    expect(issuesAreComplete(results)).toBe(isComplete);
  });
});

describe("counts beside a report", () => {
  const read = { critical: 1, high: 0, medium: 0, low: 0, info: 0, unknown: 0, total: 1 };

  test("that agree, or are not given, are no matter", () => {
    expect(disagreement({ critical: 1, total: 1 }, read)).toEqual([]);
    expect(disagreement({}, read)).toEqual([]);
  });

  test("that differ are told, each with both numbers", () => {
    expect(disagreement({ critical: 2, high: 0, total: 5 }, read)).toEqual([
      { code: "counts_differ", message: expect.stringContaining("critical 2 sent, 1 read; total 5 sent, 1 read") },
    ]);
  });
});
