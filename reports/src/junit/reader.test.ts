import { describe, expect, test } from "vitest";
import { nestedReport, surefireReport } from "../testing/junit-reports.ts";
import { readAll } from "../testing/read-all.ts";
import { junitReader } from "./reader.ts";

const read = (content: string) => readAll(junitReader, content);
const readCases = async (cases: string, suite = "") => (await read(`<testsuites><testsuite ${suite}>${cases}</testsuite></testsuites>`)).tests;

async function readCase(content: string) {
  const [first] = await readCases(content);
  if (first === undefined) throw new Error("the case gave no test");
  return first;
}

describe("a report of Surefire", () => {
  test("gives each case with how it ended", async () => {
    const { tests, problems, summary } = await read(surefireReport);
    expect(problems).toEqual([]);
    expect(summary).toEqual({ tool: "Maven Surefire", toolVersion: null, shape: "testsuite", artifact: null, artifactScope: "" });
    expect(tests.map(({ name, outcome, statusWord, isFlaky, durationMs }) => [name, outcome, statusWord, isFlaky, durationMs])).toEqual([
      ["adds", "passed", "passed", false, 12],
      ["pays", "failed", "failed", false, 500],
      ["ships", "passed", "passed", true, 1_000],
      ["waits", "skipped", "skipped", false, 0],
      ["loads", "error", "error", false, 0],
    ]);
    expect(tests[0]).toEqual({
      kind: "case",
      outcome: "passed",
      statusWord: "passed",
      isFlaky: false,
      suites: ["shop.BasketTest"],
      className: "shop.BasketTest",
      name: "adds",
      file: null,
      line: null,
      durationMs: 12,
      message: null,
      errorType: null,
      trace: null,
      attempts: [],
      detail: {},
      identity: ["case", '["shop.BasketTest"]', "shop.BasketTest", "adds", null, null],
    });
    expect(tests[3]).toMatchObject({ message: "not today", trace: null });
    expect(tests[4]).toMatchObject({ message: "java.lang.OutOfMemoryError: Java heap space", errorType: "java.lang.OutOfMemoryError", trace: null });
  });

  test("shows the last of several failed tries, and those before it in order", async () => {
    const pays = (await read(surefireReport)).tests[1];
    expect(pays).toMatchObject({
      message: "java.io.IOException: closed",
      errorType: "java.io.IOException",
      trace: "java.io.IOException: closed\n\tat shop.Pay.send(Pay.java:1)",
      detail: { stdout: "paying", stderr: "oh <no>" },
    });
    expect(pays?.attempts).toEqual([
      {
        outcome: "failed",
        durationMs: null,
        message: "expected: <1> but was: <2>",
        trace: "org.opentest4j.AssertionFailedError: expected: <1> but was: <2>\n\tat shop.BasketTest.pays(BasketTest.java:12)",
      },
      { outcome: "failed", durationMs: 250, message: "again", trace: "java.lang.AssertionError: again\n\tat shop.BasketTest.pays(BasketTest.java:13)" },
    ]);
  });

  test("shows the failed tries of a case that passed in the end", async () => {
    const ships = (await read(surefireReport)).tests[2];
    expect(ships).toMatchObject({ message: null, trace: null, errorType: null });
    expect(ships?.attempts).toEqual([
      { outcome: "failed", durationMs: null, message: "late", trace: "java.lang.AssertionError: late" },
      { outcome: "error", durationMs: null, message: "java.lang.NullPointerException", trace: null },
    ]);
  });
});

describe("suites", () => {
  test("are told with each case, however they are nested, and cases stand anywhere", async () => {
    const { tests, problems, summary } = await read(nestedReport);
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({ tool: "JUnit", shape: "testsuites" });
    expect(tests.map(({ kind, suites, className, name, file, line }) => [kind, suites, className, name, file, line])).toEqual([
      ["case", [], null, "on top", null, null],
      ["suite", [], null, "outer", "lib/outer.test.js", null],
      ["case", ["outer", "inner"], "C", "deep [1]", "lib/deep.js", 7],
      ["case", ["outer", "inner"], "C", "deep [1]", "lib/outer.test.js", null],
      ["case", ["outer"], null, "after", "lib/outer.test.js", null],
    ]);
    expect(tests[2]?.detail).toEqual({ properties: { owner: "me", note: "a text" } });
  });

  test("that did not load are errors of their own", async () => {
    const [, suite] = (await read(nestedReport)).tests;
    expect(suite).toMatchObject({
      kind: "suite",
      outcome: "error",
      statusWord: "error",
      message: "cannot load",
      errorType: "SyntaxError",
      trace: "SyntaxError: cannot load\n    at lib/outer.test.js:1:1",
      identity: ["suite", null, null, "outer", "lib/outer.test.js", null],
    });
    expect(await readCases("<failure/><skipped/>")).toMatchObject([{ kind: "suite", outcome: "error", statusWord: "failed", name: "a suite without a name" }]);
  });

  test("and classes that are named by absolute paths have them in the repository", async () => {
    const [eslint] = await readCases(
      '<testcase classname="/home/runner/work/shop/shop/lib/index" name="org.eslint.semi"/>',
      'package="org.eslint" name="/home/runner/work/shop/shop/lib/index.js"',
    );
    expect(eslint).toMatchObject({ suites: ["lib/index.js"], className: "lib/index", file: "lib/index.js" });
    const content = '<testsuite name="D:\\build\\lib\\a.test.ts"><testcase name="x" file="D:\\build\\lib\\b.ts"/></testsuite>';
    for await (const event of junitReader.read(piece(content), { workspace: "D:\\build" })) {
      if (event.type === "test") expect(event.test).toMatchObject({ suites: ["lib/a.test.ts"], file: "lib/b.ts" });
    }
  });

  async function* piece(text: string) {
    yield new TextEncoder().encode(text);
  }
});

describe("how a case ended", () => {
  test.each([
    ["<error/><failure/><skipped/>", "error", "error"],
    ["<skipped/><failure/>", "failed", "failed"],
    ["<skipped/>", "skipped", "skipped"],
    ["<rerunFailure/>", "failed", "failed"],
    ["<flakyFailure/><failure/>", "failed", "failed"],
    ["<other><failure/></other>", "passed", "passed"],
    ["<properties/><system-out>x</system-out>", "passed", "passed"],
  ])("%s", async (content, outcome, statusWord) => {
    expect(await readCase(`<testcase name="x" status="disabled-not">${content}</testcase>`)).toMatchObject({ outcome, statusWord, isFlaky: false });
  });

  test.each([
    ['status="disabled"', "skipped", "disabled"],
    ['status="notrun" result="suppressed"', "skipped", "disabled"],
    ['status="NotRun"', "skipped", "disabled"],
    ['status="run" result="skipped"', "skipped", "skipped"],
    ['status="ignored"', "skipped", "skipped"],
    ['status="fail"', "failed", "failed"],
    ['status="run"', "passed", "passed"],
    ['status="success"', "passed", "passed"],
  ])("is told by %s where no element tells", async (attributes, outcome, statusWord) => {
    expect(await readCase(`<testcase name="x" ${attributes}/>`)).toMatchObject({ outcome, statusWord });
    expect(await readCase(`<testcase name="x" ${attributes}><error/></testcase>`)).toMatchObject({ outcome: "error", statusWord: "error" });
  });

  test("the first of several failures is shown, and the further ones in the detail", async () => {
    const testCase = await readCase(
      '<testcase name="x"><failure message="one">at 1</failure><failure message="two">at 2</failure><skipped/><failure>three</failure></testcase>',
    );
    expect(testCase).toMatchObject({
      message: "one",
      trace: "at 1",
      detail: { further_failures: [{ message: "two", trace: "at 2" }, { message: "three" }] },
      attempts: [],
    });
  });

  test("a case that stands twice, as pytest writes an error in the teardown, is two tests of one identity", async () => {
    const [call, teardown] = await readCases(
      '<testcase classname="test_a" name="t" time="1"/><testcase classname="test_a" name="t"><error message="failed on teardown"/></testcase>',
    );
    expect([call?.outcome, teardown?.outcome]).toEqual(["passed", "error"]);
    expect(call?.identity).toEqual(teardown?.identity);
  });

  test("nothing is needed of a case", async () => {
    expect(await readCase("<testcase/>")).toMatchObject({
      outcome: "passed",
      name: "a test without a name",
      className: null,
      suites: [],
      durationMs: null,
      file: null,
      line: null,
    });
    expect(await readCase('<testcase name="" classname=" " time="" line="x" file=""/>')).toMatchObject({
      name: "a test without a name",
      className: null,
      durationMs: null,
      file: null,
      line: null,
    });
  });

  test("a message is taken from the text where there is none, and colours are taken out", async () => {
    const jest = "Error: expected\n\n- 1\n+ 2\n    at x (/home/a.js:1:1)\n    at y";
    expect(await readCase(`<testcase name="x"><failure>${jest}</failure></testcase>`)).toMatchObject({
      message: "Error: expected\n\n- 1\n+ 2",
      errorType: "Error",
      trace: jest,
    });
    expect(await readCase('<testcase name="x"><failure message="\u001b[31mred\u001b[39m">&lt;b&gt; \u001b[1mx</failure></testcase>')).toMatchObject({
      message: "red",
      trace: "<b> x",
    });
  });

  test("text of unknown elements belongs to what they stand in", async () => {
    const testCase = await readCase(
      '<testcase name="x"><failure message="m">a <b>b</b> at <anonymous> c</anonymous></failure><system-out>d<e>f</e></system-out></testcase>',
    );
    expect(testCase).toMatchObject({ trace: "a b at  c", detail: { stdout: "df" } });
  });
});

describe("the tool", () => {
  test.each([
    ["Jest", '<testsuites name="jest tests"/>'],
    ["Vitest", '<testsuites name="vitest tests"><testsuite name="pytest"/></testsuites>'],
    ["Mocha", '<testsuite name="Mocha Tests"/>'],
    ["pytest", '<testsuites><testsuite name="pytest"/></testsuites>'],
    ["ESLint", '<testsuites><testsuite package="org.eslint" name="a.js"/></testsuites>'],
    ["go test", '<testsuites><testsuite name="shop"><properties><property name="go.version" value="go1.22"/></properties></testsuite></testsuites>'],
    ["Catch2", '<testsuites><testsuite name="shop"><properties><property name="random-seed" value="1"/></properties></testsuite></testsuites>'],
    ["PHPUnit", '<testsuites><testsuite name="Unit"><testcase name="x" class="X" classname="X" assertions="1"/></testsuite></testsuites>'],
    [
      "JUnit",
      '<testsuites><testsuite name="shop"><testcase name="x"><properties><property name="go.version" value="1"/></properties></testcase></testsuite></testsuites>',
    ],
  ])("is %s by what the report holds", async (tool, content) => {
    expect((await read(content)).summary?.tool).toBe(tool);
  });
});

describe("recognising", () => {
  const sniff = (head: string) => junitReader.sniff(new TextEncoder().encode(head));

  test.each(["<testsuites/>", '\uFEFF<?xml version="1.0"?>\n<!-- x --><!DOCTYPE testsuite><testsuite name="a">', "<j:testsuites xmlns:j='x'>"])(
    "%j is JUnit's",
    (head) => {
      expect(sniff(head)).toBe(1);
    },
  );

  test.each(["<test-suite/>", "<TestSuite/>", "<testsuite", "<testng-results><testsuite/>", "<testcase/>", "log <testsuite/>", "{}", ""])(
    "%j is not",
    (head) => {
      expect(sniff(head)).toBe(0);
    },
  );
});
