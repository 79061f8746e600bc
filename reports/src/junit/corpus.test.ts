import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recognise } from "../registry.ts";
import type { Expected } from "../testing/public-reports.ts";
import { countBy, outcomeOfReading } from "../testing/public-reports.ts";
import { readAll } from "../testing/read-all.ts";
import { nameOfUnsupported } from "../unsupported.ts";
import { junitReader } from "./reader.ts";

const folder = join(process.env["CORPUS_DIR"] ?? join(import.meta.dirname, "../../../../shared/corpora"), "reports");
const isThere = existsSync(join(folder, "expected.json"));
const expected: Readonly<Record<string, Expected>> = isThere ? JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")).files : {};
const names = Object.keys(expected).filter((name) => expected[name]?.format === "junit");
const readable = names.filter((name) => expected[name]?.read.includes("refused") === false);
const others = Object.keys(expected).filter((name) => !names.includes(name));
const contentOf = (name: string) => readFileSync(join(folder, name));

if (!isThere) console.info(`Skipped: no reports of public projects in ${folder}. CORPUS_DIR names the folder of corpora.`);

describe.skipIf(!isThere)("JUnit reports of public projects", () => {
  test.each(readable.length === 0 ? ["none"] : readable)("%s has the expected counts, in any pieces", async (name) => {
    const told = expected[name];
    if (told === undefined) expect.fail("expected.json has no JUnit reports");
    const bytes = contentOf(name);
    const whole = await readAll(junitReader, bytes);
    const cases = whole.tests.filter(({ kind }) => kind === "case");
    expect(told.read).toContain(outcomeOfReading(whole));
    expect(cases).toHaveLength(told.total ?? -1);
    expect(countBy(cases, ({ statusWord }) => statusWord)).toEqual(told.by_status);
    expect(cases.filter(({ isFlaky }) => isFlaky)).toHaveLength(told.detail?.["flaky"] ?? 0);
    expect(whole.tests).toHaveLength(cases.length);
    for (const pieceBytes of bytes.length < 50_000 ? [1, 13, 4_096] : [997, 65_536]) expect(await readAll(junitReader, bytes, pieceBytes)).toEqual(whole);
  });

  test.each(readable)("%s gives one identity each, but for tests of one name, class, file and suite", async (name) => {
    const { tests } = await readAll(junitReader, contentOf(name));
    const distinct = (list: readonly unknown[]) => new Set(list.map((entry) => JSON.stringify(entry))).size;
    expect(distinct(tests.map(({ identity }) => identity))).toBe(
      distinct(tests.map(({ kind, suites, className, name: own, file }) => [kind, suites, className, own, file])),
    );
  });

  test("every report is recognised, and none of another format is taken for JUnit's", () => {
    const taken = (list: readonly string[]) => list.filter((name) => recognise(contentOf(name).subarray(0, 65_536), "test")?.reader.format === "junit");
    expect(taken(readable)).toEqual(readable);
    expect(taken(others)).toEqual([]);
  });

  test("what is no XML is refused, even when it is sent as JUnit's", async () => {
    const { tests, summary, problems } = await readAll(junitReader, contentOf("junit/en-xml_non-xml.xml"));
    expect([tests, summary]).toEqual([[], null]);
    expect(problems).toMatchObject([{ severity: "refused", code: "xml_no_root" }]);
  });

  test.each([
    ["NUnit XML", "dorny-dotnet-nunit.xml"],
    ["NUnit XML", "en-nunit_mstest_clicketyclackety.xml"],
    ["NUnit XML", "en-nunit_nunit3_jenkins_NUnit-correct.xml"],
    ["xUnit.net XML", "en-xunit_mstest_jenkinsci_testcase1.xml"],
    ["Visual Studio TRX", "dorny-empty_dotnet-trx.trx"],
    ["Visual Studio TRX", "en-trx_xunit_dotnet-trx.trx"],
  ])("%s (%s) is refused, and known by its name", async (format, name) => {
    const bytes = contentOf(`tests-other/${name}`);
    expect(nameOfUnsupported(bytes)).toBe(format);
    const { tests, summary, problems } = await readAll(junitReader, bytes);
    expect([tests, summary]).toEqual([[], null]);
    expect(problems).toMatchObject([{ severity: "refused", code: "not_junit" }]);
  });
});
