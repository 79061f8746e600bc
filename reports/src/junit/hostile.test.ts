import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { checkBounds, checkChangedBytes } from "../testing/hostility.ts";
import { nestedReport, surefireReport } from "../testing/junit-reports.ts";
import { readAll } from "../testing/read-all.ts";
import { randomFrom, seeds } from "../testing/rewriting.ts";
import { junitReader } from "./reader.ts";

const read = (content: unknown, pieceBytes?: number) => readAll(junitReader, content, pieceBytes);
const reports = [
  { dialect: "Surefire's", text: surefireReport },
  { dialect: "nested", text: nestedReport },
];

describe.each(reports)("a report ($dialect)", ({ text }) => {
  test("is read the same in any pieces", async () => {
    const whole = await read(text);
    for (const pieceBytes of [1, 2, 3, 13, 4_096]) expect(await read(text, pieceBytes)).toEqual(whole);
    expect(await read(`\uFEFF${text}`)).toEqual(whole);
    expect(await read(text.replaceAll("\n", "\r\n"), 1)).toEqual(whole);
  });

  test("that is cut off at any byte keeps the tests that it tells of, and says so", async () => {
    const whole = (await read(text)).tests.map(({ identity, outcome }) => JSON.stringify([identity, outcome]));
    const identities = new Set(whole.map((key) => JSON.stringify(JSON.parse(key)[0])));
    const end = text.trimEnd().length;
    for (let at = 0; at < end; at++) {
      const { tests, problems } = await read(text.slice(0, at));
      const told = tests.map(({ identity, outcome }) => JSON.stringify([identity, outcome]));
      // Of the test that the cut goes through a later element may be missing, so its outcome may differ.
      if (told.slice(0, -1).some((key, index) => key !== whole[index])) expect.fail(`at byte ${at}: a test that the whole report has not`);
      if (!tests.every(({ identity }) => identities.has(JSON.stringify(identity)))) expect.fail(`at byte ${at}: another test`);
      if (!problems.some(({ severity }) => severity !== "warning")) expect.fail(`at byte ${at}: taken for a whole report`);
    }
  });

  test("never makes the reader throw, whatever was done to its bytes", async () => {
    await checkChangedBytes(junitReader, text);
  });

  test("has the same tests with unknown elements and attributes in it, and without optional ones", async () => {
    const essence = async (content: string) =>
      (await read(content)).tests.map(({ kind, outcome, statusWord, isFlaky, suites, name }) => [kind, outcome, statusWord, isFlaky, suites, name]);
    const expected = await essence(text);
    const unknown = ['<new-element a="b"><c>text</c></new-element>', "<!-- <testcase/> -->", "<?x <testcase/>?>", "<n:x xmlns:n='y'/>"];
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const random = randomFrom(seed);
        const pick = () => unknown[Math.floor(random() * unknown.length)] ?? "";
        const changed = text
          .replaceAll(/ (?:time|type|message|line|version|tests|errors|failures|skipped|flakes)="[^"]*"/g, (attribute) => (random() < 0.3 ? "" : attribute))
          .replaceAll(/(?<=<(?:testsuite|testcase|failure|error|skipped))(?=[ />])/g, () => (random() < 0.3 ? " new='1' x:y=\"&lt;\"" : ""))
          .replaceAll(/(?<=<\/testcase>|<\/properties>)/g, () => (random() < 0.3 ? pick() : ""));
        expect(await essence(changed)).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});

describe("an ill-formed report", () => {
  test("is read whole, with a warning, where only characters are wrong", async () => {
    const { tests, problems } = await read(
      '<testsuite name="a & b"><testcase name="x"><failure message="1 < 2 &nbsp;">raw ]]> and \u0001 & so on</failure></testcase></testsuite>',
    );
    expect(tests).toMatchObject([{ suites: ["a & b"], outcome: "failed", message: "1 < 2 &nbsp;", trace: "raw ]]> and \uFFFD & so on" }]);
    expect(problems).toMatchObject([{ severity: "warning", code: "loose" }]);
  });

  test("is partial where tags are missing, and keeps the tests around", async () => {
    const { tests, problems } = await read(
      '<testsuites><testsuite name="a"><testcase name="x"><failure>one</testcase><testcase name="y"/></testsuite><testsuite name="b"><testcase name="z"/></b></testsuites>',
    );
    expect(tests.map(({ name, suites, outcome }) => [name, suites, outcome])).toEqual([
      ["x", ["a"], "failed"],
      ["y", ["a"], "passed"],
      ["z", ["b"], "passed"],
    ]);
    expect(problems).toMatchObject([{ severity: "partial", code: "ill_formed" }]);
  });

  test("that is cut off inside a case tells it only when it is known how it ended", async () => {
    const failed = await read('<testsuite><testcase name="x"/><testcase name="y"><failure message="m">half');
    expect(failed.tests).toMatchObject([{ name: "x" }, { name: "y", outcome: "failed", message: "m", trace: "half" }]);
    expect(failed.problems).toMatchObject([{ severity: "partial", code: "cut_off" }]);
    const unknown = await read('<testsuite><testcase name="x"/><testcase name="y"><system-out>half');
    expect(unknown.tests).toMatchObject([{ name: "x" }]);
    expect(unknown.problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual(["partial cut_off", "partial entries_lost"]);
    expect((await read("<testsuite name='s'><error>no")).tests).toMatchObject([{ kind: "suite", name: "s", message: "no" }]);
  });

  test("that is another XML, no XML or nested without end is refused", async () => {
    for (const [content, code] of [
      ["<test-run/>", "not_junit"],
      ["<html><testsuite/></html>", "not_junit"],
      ["{}", "xml_no_root"],
      ["", "xml_no_root"],
      ["<testsuite>".repeat(limits.depth + 1), "xml_too_deep"],
      [`<testsuite><${"x".repeat(2_000)}/></testsuite>`, "xml_too_large"],
    ] as const) {
      const { problems, summary } = await read(content);
      expect(problems).toMatchObject([{ severity: "refused", code }]);
      expect(summary).toBeNull();
    }
  });
});

describe("hostile content", () => {
  test("odd texts in any place fit the database", async () => {
    const odd = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "x".repeat(70_000),
        "😀".repeat(40_000),
        "\u001b[31mred",
        "-1",
        "1e308",
        "99999999999",
        "/".repeat(3_000),
        "__proto__",
        "constructor",
        "\uFFFF\u0000",
      ),
    );
    const escaped = (text: string) => text.toWellFormed().replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
    const names = ["name", "classname", "file", "line", "time", "status", "result", "message", "type", "value"];
    const attributes = fc.dictionary(fc.constantFrom(...names), odd).map((values) =>
      Object.entries(values)
        .map(([name, value]) => ` ${name}="${escaped(value)}"`)
        .join(""),
    );
    const tags = [
      "testsuite",
      "testcase",
      "failure",
      "error",
      "skipped",
      "flakyFailure",
      "rerunError",
      "system-out",
      "properties",
      "property",
      "stackTrace",
      "other",
    ];
    const element = fc.record({ tag: fc.constantFrom(...tags), attributes, text: odd, isOpen: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(element, { maxLength: 12 }), async (elements) => {
        let content = "";
        const open: string[] = [];
        for (const { tag, attributes: written, text, isOpen } of elements) {
          content += `<${tag}${written}>${escaped(text)}`;
          if (isOpen) open.unshift(`</${tag}>`);
          else content += `</${tag}>`;
        }
        checkBounds(await read(`<testsuites>${content}${open.join("")}</testsuites>`, 10_000));
      }),
      { numRuns: 300 },
    );
  });

  test("a case of thousands of failures, properties and tries is told in small", async () => {
    const many = (content: string) => content.repeat(5_000);
    const failures = many(`<failure message="${"m".repeat(5_000)}">${"t".repeat(500)}</failure>`);
    const properties = Array.from({ length: 5_000 }, (_unused, index) => `<property name="p${index}" value="${"v".repeat(500)}"/>`).join("");
    const { tests, problems } = await read(
      `<testsuite><testcase name="x">${properties}${failures}${many("<rerunFailure>x</rerunFailure>")}<error message="last"/></testcase></testsuite>`,
      65_536,
    );
    expect(problems).toEqual([]);
    expect(tests).toHaveLength(1);
    expect(tests[0]).toMatchObject({ outcome: "error" });
    expect(tests[0]?.attempts).toHaveLength(limits.attempts);
    expect(Object.keys(tests[0]?.detail["properties"] ?? {})).toHaveLength(limits.detailEntries);
    checkBounds(await read(`<testsuite><testcase name="x">${failures}${properties}</testcase></testsuite>`, 65_536));
  });

  test("deep suites are cut, and names of the prototype are names like any other", async () => {
    const { tests } = await read(
      `${"<testsuite name='__proto__'>".repeat(200)}<testcase name="constructor"><properties><property name="__proto__" value="1"/></properties></testcase>${"</testsuite>".repeat(200)}`,
    );
    expect(tests[0]?.suites).toHaveLength(limits.suites);
    expect(JSON.stringify(tests[0]?.detail)).toBe('{"properties":{"__proto__":"1"}}');
  });
});
