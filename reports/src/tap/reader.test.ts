import { describe, expect, test } from "vitest";
import { recognise } from "../registry.ts";
import { bytesOf, readAll } from "../testing/read-all.ts";
import { tapReader } from "./reader.ts";

const read = (lines: string | readonly string[]) => readAll(tapReader, typeof lines === "string" ? lines : lines.join("\n"));
const first = async (...lines: string[]) => (await read(["TAP version 13", ...lines, "1..1"])).tests[0];
const codes = ({ problems }: Awaited<ReturnType<typeof read>>) => problems.map(({ severity, code }) => `${severity} ${code}`);

describe("a point", () => {
  test.each([
    ["ok 1 - adds", "adds", "passed", null],
    ["ok 1 adds", "adds", "passed", null],
    ["ok - adds", "adds", "passed", null],
    ["ok adds", "adds", "passed", null],
    ["ok 1 3 numbers", "3 numbers", "passed", null],
    ["ok", "test 1", "passed", null],
    ["ok 1", "test 1", "passed", null],
    ["not ok 1 - adds", "adds", "failed", null],
    ["ok 1 - a \\# b \\\\ c", "a # b \\ c", "passed", null],
    ["ok 1 - issue #12 is fixed", "issue #12 is fixed", "passed", null],
    ["ok 1 - adds # SKIP no network", "adds", "skipped", "no network"],
    ["ok 1 - adds # skipped: no network", "adds", "skipped", "no network"],
    ["not ok 1 - adds #Skip", "adds", "skipped", null],
    ["ok 1 - adds # SKIP -", "adds", "skipped", null],
    ["ok 1 # SKIP all of it", "test 1", "skipped", "all of it"],
    ["not ok 1 - adds # TODO not yet", "adds", "todo", "not yet"],
    ["ok 1 - adds # todo", "adds", "todo", null],
    ["ok 1 - adds # TODOS", "adds # TODOS", "passed", null],
    ["ok 1 - adds \\# SKIP me", "adds # SKIP me", "passed", null],
    ["ok 1 - a -> b - c", "a -> b - c", "passed", null],
  ])("%s is read: %s, %s", async (line, name, statusWord, message) => {
    expect(await first(line)).toMatchObject({ kind: "case", name, statusWord, message: statusWord === "failed" ? null : message, suites: [] });
  });

  test("that is still to do is never a pass", async () => {
    expect(await first("ok 1 - a # TODO")).toMatchObject({ outcome: "skipped" });
  });

  test.each(["okay", "not okay 1", "ok1", "notok 1", " ok 1", "OK 1", "o", "not"])("is not what only looks like one: %j", async (line) => {
    const { tests } = await read(["TAP version 13", line, "ok 1 - a", "1..1"]);
    expect(tests).toMatchObject([{ name: "a" }]);
  });

  test("has its time from the line or its block", async () => {
    expect(await first("ok 1 - a # time=1.5ms")).toMatchObject({ name: "a", durationMs: 1.5 });
    expect(await first("ok 1 - a # SKIP why # time=2s")).toMatchObject({ name: "a", message: "why", durationMs: 2_000 });
    expect(await first("ok 1 - a", "  ---", "  duration_ms: 12.25", "  ...")).toMatchObject({ durationMs: 12.25 });
  });

  test("whose name is a file's path is the same wherever the run was", async () => {
    expect(await first("ok 1 - /home/runner/work/shop/shop/lib/a.js")).toMatchObject({ name: "lib/a.js", file: "lib/a.js" });
    expect(await first("ok 1 - /api/users")).toMatchObject({ name: "/api/users", file: null });
  });

  test("of Vitest has its file and suites in front", async () => {
    expect(await first("ok 1 - t/a.test.ts > cart > adds > 1")).toMatchObject({ file: "t/a.test.ts", suites: ["cart", "adds"], name: "1" });
    expect(await first("ok 1 - a > b")).toMatchObject({ file: null, suites: [], name: "a > b" });
  });
});

describe("a YAML block", () => {
  test("of Node tells message, kind of error, stack and place", async () => {
    const found = await first(
      "not ok 1 - fails",
      "  ---",
      "  duration_ms: 11.3",
      "  location: '/home/runner/work/shop/shop/a.test.mjs:4:1'",
      "  failureType: 'testCodeFailure'",
      "  error: |-",
      "    Expected values:",
      "    ",
      "      1 !== 2",
      "    ok 99 - fake",
      "    ...",
      "  code: 'ERR_ASSERTION'",
      "  name: 'AssertionError'",
      "  expected: 2",
      "  signal: ~",
      "  stack: |-",
      "    TestContext.<anonymous> (file:///a.test.mjs:4:28)",
      "    Test.run (node:internal)",
      "  ...",
    );
    expect(found).toMatchObject({
      message: "Expected values:\n\n  1 !== 2\nok 99 - fake\n...",
      errorType: "AssertionError",
      trace: "TestContext.<anonymous> (file:///a.test.mjs:4:28)\nTest.run (node:internal)",
      file: "a.test.mjs",
      line: 4,
      detail: { code: "ERR_ASSERTION", failure_type: "testCodeFailure", expected: "2" },
      identity: ["case", null, null, "fails", null, null],
    });
  });

  test("of Vitest may have raw lines in its quotes, and a second failure behind the first", async () => {
    const { tests, problems } = await read([
      "1..2",
      "not ok 1 - fails",
      "    ---",
      "    error:",
      '        name: "AssertionError"',
      '        message: "expected \\"a\\" to be \'b\'"',
      '    at: "/home/runner/work/shop/shop/a.test.ts:3:43"',
      '    actual: "{',
      "ok 2 - x",
      '  \\"a\\": 1',
      '}"',
      "    ---",
      "    error:",
      '        message: "second"',
      "    ...",
      "ok 2 - b",
    ]);
    expect(problems).toEqual([]);
    expect(tests).toMatchObject([
      { message: "expected \"a\" to be 'b'", errorType: "AssertionError", file: "a.test.ts", line: 3, detail: { actual: '{\nok 2 - x\n  "a": 1\n}' } },
      { name: "b" },
    ]);
  });

  test("of ESLint keeps the first message and passes over the list", async () => {
    const found = await first(
      "not ok 1 - /home/runner/work/shop/shop/a.js",
      "  ---",
      "  message: First 'message'.",
      "  severity: error",
      "  data:",
      "    line: 26",
      "    ruleId: no-undef",
      "  messages:",
      "    - message: Second",
      "      severity: warning",
      "      data:",
      "        line: 97",
      "  ...",
    );
    expect(found).toMatchObject({ message: "First 'message'.", line: 26, detail: { severity: "error", rule: "no-undef" } });
  });

  test("of other producers is read too", async () => {
    const perl = ["  ---", "  message: 'it''s'", "  file: t/a.t", "  line: 3", "  got: 1", "  ..."];
    expect(await first("not ok 1 - a", ...perl)).toMatchObject({ message: "it's", file: "t/a.t", line: 3 });
    const tape = [
      "  ---",
      "    operator: equal",
      "    at: Test.<anonymous> (/home/runner/work/shop/shop/t.js:10:5)",
      "    message: plain",
      "      goes on",
      "  ...",
    ];
    expect(await first("not ok 1 - a", ...tape)).toMatchObject({ message: "plain goes on", file: "t.js", line: 10, detail: { operator: "equal" } });
  });

  test("without an end is over at the next point", async () => {
    const got = await read(["1..2", "not ok 1 - a", "  ---", "  message: m", "ok 2 - b"]);
    expect(got.tests).toMatchObject([{ message: "m" }, { name: "b" }]);
    expect(codes(got)).toEqual(["warning block_open"]);
    expect(codes(await read(["1..1", "not ok 1 - a", "  ---", "  message: m"]))).toEqual(["partial cut_off"]);
  });
});

test("lines behind a failed point are its message, as Mocha, bats and Perl write them", async () => {
  const mocha = await first("not ok 1 - a", "  boom", "  Error: boom", "      at b (c.js:1:1)", "# tests 1", "# pass 0");
  expect(mocha).toMatchObject({ message: "boom\nError: boom", trace: "    at b (c.js:1:1)" });
  expect(await first("not ok 1 - a", "# (in test file a.bats, line 3)", "#   `false' failed")).toMatchObject({
    message: "(in test file a.bats, line 3)\n  `false' failed",
  });
  expect(await first("ok 1 - a", "# said", "  more")).toMatchObject({ message: null });
});

describe("a report", () => {
  test("of a run that was given up keeps what was read, and is an error", async () => {
    for (const bail of ["Bail out! No database", "    bail out!  No database"]) {
      const got = await read(["1..9", "ok 1 - a", "not ok 2 - b", bail, "ok 3 - never", "Bail out! again"]);
      expect(got.tests).toMatchObject([
        { name: "a" },
        { name: "b" },
        { kind: "suite", outcome: "error", name: "Bail out!", message: "The run was given up: No database" },
      ]);
      expect(got.problems).toMatchObject([{ severity: "partial", code: "bail_out" }]);
      expect(got.problems).toHaveLength(1);
    }
  });

  test("may have line ends of Windows, a byte order mark, pragmas, comments and other output", async () => {
    const lines = [
      "\uFEFFTAP version 13",
      "pragma +strict",
      "1..2",
      "# a comment",
      "console output",
      "ok 1 - a",
      "",
      "{ not: tap }",
      "ok 2 - b",
      "  ---",
      "  duration_ms: 3",
      "  ...",
      "",
    ];
    const got = await read(lines.join("\r\n"));
    expect(got.tests).toMatchObject([{ name: "a" }, { name: "b", durationMs: 3 }]);
    expect(got.problems).toEqual([]);
  });

  test.each(["", "no tap at all\n", "{}", "<a/>", "\u0000\u0000"])("that is none is refused: %j", async (content) => {
    const { summary, problems } = await read(content);
    expect(summary).toBeNull();
    expect(problems).toMatchObject([{ severity: "refused" }]);
  });

  test.each([
    ["TAP version 13\n", 1],
    ["\uFEFFTAP version 14\r\n1..0\r\n", 1],
    ["> shop@1.0.0 test\n> tape\n\nTAP version 13\n# a\nok 1\n", 1],
    ["1..2\nok 1\nnot ok 2\n", 0.8],
    ["ok 1 - a\nok 2 - b\n", 0.6],
    ["some output\nok 1\nok 2\nnot ok 3\n", 0.6],
    ["1..0 # SKIP\n", 0.6],
  ])("is recognised: %j", (content, confidence) => {
    expect(recognise(bytesOf(content), "test")).toMatchObject({ reader: { format: "tap" }, confidence });
  });

  test.each([
    "ok then\n",
    "ok\n",
    "[x] TAP\nTAP version 13",
    "<testsuites><system-out>\nTAP version 13\n1..1\nok 1\n</system-out></testsuites>",
    '{"a":\n1}',
    "build 1..2\nok",
  ])("is not seen in %j", (content) => {
    expect(recognise(bytesOf(content), "test")?.reader.format ?? null).not.toBe("tap");
  });
});
