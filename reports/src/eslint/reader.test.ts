import { describe, expect, test } from "vitest";
import { checkstyleReader } from "../checkstyle/reader.ts";
import { recognise } from "../registry.ts";
import { bytesOf, readAll } from "../testing/read-all.ts";
import { eslintReader } from "./reader.ts";

const read = (content: unknown) => readAll(eslintReader, content);
const root = "/home/runner/work/shop/shop";
const message = { ruleId: "no-undef", severity: 2, message: "'x' is not defined.", line: 3, column: 5, endLine: 3, endColumn: 6, messageId: "undef" };
const file = (...messages: unknown[]) => ({ filePath: `${root}/src/a.js`, messages, suppressedMessages: [], errorCount: messages.length, warningCount: 0 });

describe("a message", () => {
  test("is a finding at its place, found again by rule, path and masked message", async () => {
    const { findings, summary, problems } = await read([file({ ...message, message: "'x' is used on line 66.", fix: { range: [0, 1], text: "" } })]);
    expect(problems).toEqual([]);
    expect(summary).toEqual({ tool: "ESLint", toolVersion: null, shape: "json", artifact: null, artifactScope: "" });
    expect(findings).toMatchObject([
      {
        kind: "issue",
        rule: "no-undef",
        severity: "high",
        severityWord: "error",
        standing: "open",
        title: "'x' is used on line 66.",
        message: "'x' is used on line 66.",
        path: "src/a.js",
        line: 3,
        isPlaced: true,
        toolKey: null,
        identity: ["place", "no-undef", "src/a.js", "'x' is used on line 0."],
        detail: { column: 5, end_line: 3, end_column: 6, fixable: true, message_id: "undef" },
      },
    ]);
    expect(findings[0]?.variant).not.toBe("");
  });

  test.each<[unknown, string | null, string]>([
    [2, "error", "high"],
    ["2", "error", "high"],
    ["error", "error", "high"],
    [1, "warning", "medium"],
    ["warn", "warning", "medium"],
    [undefined, null, "unknown"],
    [null, null, "unknown"],
    [7, "7", "unknown"],
    [[2], null, "unknown"],
  ])("of severity %j is read as %s, %s", async (severity, severityWord, ours) => {
    const { findings } = await read([file({ ...message, severity })]);
    expect(findings).toMatchObject([{ severityWord, severity: ours }]);
  });

  test("without a rule is kept apart from those of a file that could not be read", async () => {
    const { findings } = await read([
      file(
        { ruleId: null, severity: 1, message: "Unused eslint-disable directive." },
        { ruleId: null, fatal: true, severity: 1, message: "Parsing error: Unexpected token }" },
      ),
    ]);
    expect(findings).toMatchObject([
      { rule: "unknown", severity: "medium" },
      { rule: "fatal", severity: "high", severityWord: "error", detail: { fatal: true } },
    ]);
  });

  test("that is suppressed is no finding, and nothing is said of it", async () => {
    const { findings, problems } = await read([
      { ...file(message), suppressedMessages: [{ ...message, suppressions: [{ kind: "directive", justification: "" }] }] },
    ]);
    expect(findings).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  test("has its place whether its file's name comes before or behind it", async () => {
    const { filePath, ...rest } = file(message);
    const before = await read([{ filePath, ...rest }]);
    expect(await read([{ ...rest, filePath }])).toEqual(before);
    expect((await read([rest])).findings).toMatchObject([{ path: null, isPlaced: false }]);
  });
});

describe("a report", () => {
  test("is under the sender's workspace where no runner's folder tells it", async () => {
    const source = (async function* pieces() {
      yield bytesOf([{ ...file(message), filePath: "C:\\me\\shop\\src\\a.js" }]);
    })();
    const paths: unknown[] = [];
    for await (const event of eslintReader.read(source, { workspace: "c:\\me\\shop" })) if (event.type === "finding") paths.push(event.finding.path);
    expect(paths).toEqual(["src/a.js"]);
  });

  test("with metadata in front links to the help of its rules, and with metadata behind does not", async () => {
    const metadata = {
      cwd: root,
      rulesMeta: {
        "no-undef": { type: "problem", docs: { url: "https://eslint.org/docs/no-undef", x: 1 }, schema: [{}] },
        bad: { docs: { url: "javascript:x" } },
        odd: 1,
        other: null,
      },
    };
    const first = await read({ metadata, results: [file(message, { ...message, ruleId: "bad" })] });
    expect(first.findings.map(({ url }) => url)).toEqual(["https://eslint.org/docs/no-undef", null]);
    const last = await read({ results: [file(message)], metadata });
    expect(last.findings.map(({ url }) => url)).toEqual([null]);
    expect([first.summary?.shape, last.summary?.shape]).toEqual(["json-with-metadata", "json-with-metadata"]);
    expect([...first.problems, ...last.problems]).toEqual([]);
  });

  test("without a file, or without a message, has no findings and no problems", async () => {
    for (const clean of [[], [file()], { results: [], metadata: {} }, [{ filePath: "a.js", messages: null }]]) {
      expect(await read(clean)).toMatchObject({ findings: [], problems: [], summary: { tool: "ESLint" } });
    }
  });

  test.each(["null", "{}", "1", '{"results":{}}', '[{"a":1}]', '[["a"]]', '{"issues":[]}', "{"])("that is none is refused: %s", async (content) => {
    const { summary, problems } = await read(content);
    expect(summary).toBeNull();
    expect(problems).toMatchObject([{ severity: "refused" }]);
  });

  test("says which parts it could not read, and reads the others", async () => {
    const { findings, problems } = await read([1, null, { filePath: "a.js", messages: 5 }, file(message, null, "x", {}, message)]);
    expect(findings).toHaveLength(2);
    expect(problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual(["partial entry_unreadable", "warning entry_missing", "partial wrong_type"]);
  });

  test("with sources of many megabytes passes through without them", async () => {
    const source = "x".repeat(40_000_000);
    const { findings, problems } = await readAll(
      eslintReader,
      [
        { source, ...file(message) },
        { ...file(message), source },
      ],
      65_536,
    );
    expect(findings).toHaveLength(2);
    expect(problems).toEqual([]);
  });

  test("is recognised in both forms, and for an empty list where the sender says lint", () => {
    const formatOf = (content: unknown, hint?: "lint") => recognise(bytesOf(content), hint)?.reader.format ?? null;
    expect(formatOf([file()])).toBe("eslint");
    expect(formatOf({ results: [file(message)], metadata: {} })).toBe("eslint");
    expect(formatOf({ results: [], metadata: { cwd: "/", rulesMeta: {} } })).toBe("eslint");
    expect(formatOf([], "lint")).toBe("eslint");
    expect(formatOf({ results: [] })).toBeNull();
  });
});

/** As ESLint's own formatter writes it. */
function asCheckstyle(files: readonly ReturnType<typeof file>[], messages: readonly Record<string, unknown>[]): string {
  const escaped = (text: unknown) => String(text).replaceAll(/[<>&"'\u0000-\u001f\u007f\u0080-\uffff]/gu, (character) => `&#${character.codePointAt(0)};`);
  const errors = messages.map(({ line = 0, column = 0, fatal, severity, message: text, ruleId }) => {
    const word = fatal === true || severity === 2 ? "error" : "warning";
    const suffix = ruleId === null ? "" : ` (${escaped(ruleId)})`;
    const rule = ruleId === null ? "" : escaped(`eslint.rules.${String(ruleId)}`);
    return `<error line="${String(line)}" column="${String(column)}" severity="${word}" message="${escaped(text)}${suffix}" source="${rule}" />`;
  });
  return `<?xml version="1.0" encoding="utf-8"?><checkstyle version="4.3"><file name="${escaped(files[0]?.filePath)}">${errors.join("")}</file></checkstyle>`;
}

test("the same run is the same findings in JSON and in Checkstyle's XML, odd messages and files that could not be read among them", async () => {
  const messages = [
    message,
    { ...message, ruleId: "@scope/plugin/some-rule", severity: 1, message: "Two\nlines & <tags> \"quotes\" 'and' é😀 on line 7" },
    { ruleId: null, fatal: true, severity: 2, message: "Parsing error: Unexpected token }", line: 1, column: 2 },
    { ruleId: null, severity: 1, message: "Unused eslint-disable directive (no problems were reported from 'x')." },
    { ruleId: "x/y", severity: 1, message: "" },
  ];
  const json = await readAll(eslintReader, [file(...messages)]);
  const xml = await readAll(checkstyleReader, asCheckstyle([file()], messages));
  const essence = ({ findings }: typeof json) => findings.map(({ identity, variant, severity, line }) => ({ identity, variant, severity, line }));
  expect(essence(json)).toEqual(essence(xml));
  expect(json.findings).toHaveLength(messages.length);
});
