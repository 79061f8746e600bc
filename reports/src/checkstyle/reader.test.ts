import { describe, expect, test } from "vitest";
import { readAll } from "../testing/read-all.ts";
import { checkstyleReader } from "./reader.ts";

const read = (content: unknown) => readAll(checkstyleReader, content);
const report = (errors: string) =>
  `<?xml version="1.0"?>\n<checkstyle version="8.0"><file name="/home/runner/work/shop/shop/src/A.java">${errors}</file></checkstyle>`;
const first = async (attributes: string) => (await read(report(`<error ${attributes}/>`))).findings[0];

describe("an error", () => {
  test("is a finding at its place", async () => {
    const { findings, summary, problems } = await read(
      report(
        '<error line="7" column="3" severity="warning" message="Line is longer than 100 characters (found 120)." source="com.puppycrawl.tools.checkstyle.checks.sizes.LineLengthCheck"/>',
      ),
    );
    expect(problems).toEqual([]);
    expect(summary).toEqual({ tool: "Checkstyle", toolVersion: null, shape: "checkstyle-8.0", artifact: null, artifactScope: "" });
    const rule = "com.puppycrawl.tools.checkstyle.checks.sizes.LineLengthCheck";
    expect(findings).toMatchObject([
      {
        kind: "issue",
        rule,
        severity: "medium",
        severityWord: "warning",
        path: "src/A.java",
        line: 7,
        isPlaced: true,
        standing: "open",
        identity: ["place", rule, "src/A.java", "Line is longer than 0 characters (found 0)."],
        detail: { column: 3 },
      },
    ]);
  });

  test.each([
    ['source="eslint.rules.no-undef" message="x is bad. (no-undef)"', "no-undef", "x is bad."],
    ['source="eslint.rules.no-undef" message="x is bad. (no-console)"', "no-undef", "x is bad. (no-console)"],
    ['source="ShellCheck.SC2086" message="Quote this."', "SC2086", "Quote this."],
    ['source="stylelint.rules.color-no-invalid-hex" message="Bad color (color-no-invalid-hex)"', "color-no-invalid-hex", "Bad color"],
    ['source="Squiz.Commenting.FileComment.Missing" message="m"', "Squiz.Commenting.FileComment.Missing", "m"],
    ['source="eslint.rules." message="m"', "eslint.rules.", "m"],
    ['message="x is bad. (@scope/some-rule)"', "@scope/some-rule", "x is bad."],
    ['source="" message="Line too long [E501]"', "E501", "Line too long"],
    ['message="This is odd (deprecated)"', "unknown", "This is odd (deprecated)"],
    ['source="" message="Parsing error: Unexpected token"', "fatal", "Parsing error: Unexpected token"],
    ['source="lint/suspicious/noDebugger"', "lint/suspicious/noDebugger", "lint/suspicious/noDebugger"],
  ])("with %s has its rule and message", async (attributes, rule, message) => {
    expect(await first(attributes)).toMatchObject({ rule, message });
  });

  test.each([
    ["error", "high", "open"],
    ["ERROR", "high", "open"],
    ["warning", "medium", "open"],
    ["info", "info", "open"],
    ["ignore", "info", "dismissed"],
    ["odd", "unknown", "open"],
  ])("of severity %s is %s and %s", async (word, severity, standing) => {
    expect(await first(`source="r" severity="${word}"`)).toMatchObject({ severityWord: word, severity, standing });
  });

  test("without severity, line and column is a finding all the same", async () => {
    expect(await first('source="r" message="m"')).toMatchObject({ severity: "unknown", severityWord: null, line: null, detail: {} });
    expect(await first('source="r" message="m" line="0" column="x"')).toMatchObject({ line: null, detail: {} });
  });

  test("that says nothing is told and left out", async () => {
    const { findings, problems } = await read(report('<error line="3"/><error source="r"/>'));
    expect(findings).toHaveLength(1);
    expect(problems).toMatchObject([{ severity: "partial", code: "entry_unreadable" }]);
  });

  test("outside of a file has no path", async () => {
    const { findings } = await read('<checkstyle><file name="a"/><error source="r" message="m"/></checkstyle>');
    expect(findings).toMatchObject([{ path: null, isPlaced: false, identity: ["place", "r", null, "m"] }]);
  });
});

describe("a report", () => {
  test("of no errors is clean", async () => {
    for (const clean of [
      "<checkstyle/>",
      '<checkstyle version="4.3"></checkstyle>',
      '<c:checkstyle xmlns:c="x"><c:file name="a.js"></c:file></c:checkstyle>',
    ]) {
      expect(await read(clean)).toMatchObject({ findings: [], problems: [], summary: { tool: "Checkstyle" } });
    }
  });

  test("with a file that the tool failed on is partial", async () => {
    const { findings, problems } = await read(report('<error source="r" message="m"/><exception><![CDATA[java.lang.Error]]></exception>'));
    expect(findings).toHaveLength(1);
    expect(problems).toMatchObject([{ severity: "partial", code: "not_scanned", message: "The tool failed on src/A.java" }]);
  });

  test.each(["", "<testsuites/>", "{}", "no xml"])("that is none is refused: %j", async (content) => {
    const { summary, problems } = await read(content);
    expect(summary).toBeNull();
    expect(problems).toMatchObject([{ severity: "refused" }]);
  });
});
