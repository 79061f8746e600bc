import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkBounds, checkChangedBytes } from "../testing/hostility.ts";
import { bytesOf, readAll } from "../testing/read-all.ts";
import { oddly, oddValues, randomFrom, rewritten, seeds } from "../testing/rewriting.ts";
import { analysis, at, everyLog, log, logOf, result, run } from "../testing/sarif-reports.ts";
import { sarifReader } from "./reader.ts";

const read = (content: unknown, pieceBytes?: number) => readAll(sarifReader, content, pieceBytes);

/** Members that may be missing without a change of what is counted or how it is found again. */
const optional = new Set([
  "$schema",
  "semanticVersion",
  "shortDescription",
  "fullDescription",
  "help",
  "helpUri",
  "rank",
  "codeFlows",
  "fixes",
  "contextRegion",
  "startColumn",
  "endLine",
  "endColumn",
  "ruleConfigurationOverrides",
  "executionSuccessful",
  "justification",
  "columnKind",
  "precision",
]);

describe.each(everyLog)("a report of $name", ({ report }) => {
  test("cut at any byte never throws, finds nothing that the whole one has not, and says that it is cut", async () => {
    const bytes = bytesOf(report);
    const whole = new Set((await read(bytes)).findings.map(({ identity }) => JSON.stringify(identity)));
    for (let end = 0; end < bytes.length; end++) {
      const { findings, problems } = await read(bytes.subarray(0, end));
      if (!findings.every(({ identity }) => whole.has(JSON.stringify(identity)))) expect.fail(`at byte ${end}: a finding that the whole report has not`);
      if (!problems.some(({ severity }) => severity !== "warning")) expect.fail(`at byte ${end}: taken for a whole report`);
    }
  });

  test("never makes the reader throw, whatever was done to its bytes", () => checkChangedBytes(sarifReader, report));

  test("has the same findings with unknown members, without optional ones, in any order and any pieces", async () => {
    const essence = async (content: unknown, pieceBytes?: number) => {
      const { findings, problems, summary } = await read(content, pieceBytes);
      const kept = findings.map(({ kind, identity, variant, toolKey, severity, severityWord, standing, path, line, message }) =>
        JSON.stringify({ kind, identity, variant, toolKey, severity, severityWord, standing, path, line, message }),
      );
      return { problems, findings: kept.toSorted(), scope: summary?.artifactScope, tool: summary?.tool, isComplete: summary?.isComplete };
    };
    const expected = await essence(report);
    await fc.assert(
      fc.asyncProperty(seeds, fc.integer({ min: 1, max: 2_000 }), async (seed, pieceBytes) => {
        expect(await essence(rewritten(report, optional, randomFrom(seed)), pieceBytes)).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});

describe("hostile content", () => {
  test("any JSON in any place is read without an error, and what is given fits the database", async () => {
    const parts = [
      result({ level: "x", kind: "fail", ruleIndex: 0, rule: {}, suppressions: [], fixes: [], codeFlows: [], relatedLocations: [], properties: {} }),
      { id: "r", name: "n", shortDescription: {}, help: {}, helpUri: "x", properties: {}, defaultConfiguration: {}, messageStrings: {}, relationships: [] },
      { driver: {}, extensions: [] },
    ] as const;
    const [entry, rule, tool] = parts;
    const members = fc.record({
      tool: fc.oneof(oddly(tool), oddValues, fc.record({ driver: fc.record({ name: oddValues, rules: fc.array(oddly(rule), { maxLength: 3 }) }) })),
      results: fc.oneof(fc.array(fc.oneof(oddly(entry), oddValues), { maxLength: 4 }), oddValues),
      artifacts: fc.oneof(fc.array(oddly({ location: 1 })), oddValues),
      originalUriBaseIds: oddValues,
      invocations: fc.oneof(fc.array(oddly({ executionSuccessful: 1, toolExecutionNotifications: 1, ruleConfigurationOverrides: 1 })), oddValues),
      automationDetails: oddly({ id: 1, guid: 1 }),
      properties: oddly({ imageName: 1, repoTags: 1 }),
      externalPropertyFileReferences: oddValues,
    });
    await fc.assert(
      fc.asyncProperty(members, oddValues, async (odd, external) => {
        checkBounds(await read({ version: "2.1.0", runs: [run(), odd], inlineExternalProperties: [external, odd] }));
      }),
      { numRuns: 300 },
    );
  });

  test("a result whose parts are of any other type is still one finding", async () => {
    await fc.assert(
      fc.asyncProperty(oddly({ ...result(), level: 1, ruleIndex: 1, suppressions: 1, fingerprints: 1, analysisTarget: 1 }), async (odd) => {
        const { findings } = await read(log(run({ results: [{ ...odd, kind: "fail" }] })));
        expect(findings).toHaveLength(1);
      }),
      { numRuns: 200 },
    );
  });

  test("names of the prototype are names like any other", async () => {
    const text = JSON.stringify(
      logOf({ message: { id: "constructor" }, partialFingerprints: { constructor: "0123456789abcdef" } }, [{ id: "r", messageStrings: {} }]),
    )
      .replace('"messageStrings":{', '"messageStrings":{"__proto__":{"text":"polluted"},"constructor":{"text":"a message"}')
      .replace('"ruleId"', '"__proto__":{"polluted":1},"ruleId"');
    const [finding] = (await read(text)).findings;
    expect(finding).toMatchObject({ message: "a message", toolKey: "r|src/a.js|constructor=0123456789abcdef" });
    expect("polluted" in {}).toBe(false);
  });

  test("texts of 10 MB are cut on a code point, and the detail stays small", async () => {
    const long = `x${"😀".repeat(2_600_000)}`;
    const rules = [{ id: "r", shortDescription: { text: long }, help: { text: long }, fullDescription: { text: `y${long}` } }];
    const { findings, problems } = await read(logOf({ message: { text: long } }, rules), 65_536);
    expect(problems).toEqual([]);
    expect(findings[0]?.message).toBe(`x${"😀".repeat(999)}`);
    expect(findings[0]?.detail["help"]).toBe(`x${"😀".repeat(1_999)}`);
    checkBounds(await read(logOf({ message: { text: long } }, rules)));
  });

  test("a detail that is too large is shortened, also when the result only refers to what is large", async () => {
    const artifacts = [{ location: { uri: `${"é".repeat(1_900)}.js` } }];
    const step = { physicalLocation: { artifactLocation: { index: 0 } }, message: { id: "long" } };
    const locations = Array.from({ length: 60 }, () => ({ location: step }));
    const rules = [{ id: "r", messageStrings: { long: { text: "\u0001".repeat(2_000) } } }];
    const results = [result({ codeFlows: [{ threadFlows: [{ locations }] }], relatedLocations: locations.map(() => step) })];
    const one = await read(log(run({ tool: { driver: { name: "t", rules } }, artifacts, results })));
    const other = await read(log(run({ artifacts, results })));
    for (const outcome of [one, other]) {
      checkBounds(outcome);
      expect(outcome.findings[0]?.detail).toMatchObject({ truncated: true, start_line: 1 });
    }
  });

  test("arguments that are filled in many times stay within the limit of a message", async () => {
    const message = { text: "{0}{0}".repeat(300), arguments: ["{0}{0}x".repeat(300)] };
    const { findings } = await read(logOf({ message, relatedLocations: Array.from({ length: 20 }, () => ({ message })) }));
    expect(findings[0]?.message).toHaveLength(2_000);
    checkBounds(await read(logOf({ message, relatedLocations: Array.from({ length: 20 }, () => ({ message })) })));
  });

  test("bases that lead in a circle, and ids with a thousand levels, come to an end", async () => {
    const originalUriBaseIds = { A: { uri: "a/", uriBaseId: "B" }, B: { uri: "b/", uriBaseId: "A" } };
    const location = { physicalLocation: { artifactLocation: { uri: "x.js", uriBaseId: "A" } } };
    const { findings } = await read(log(run({ originalUriBaseIds, results: [result({ locations: [location], ruleId: "a/".repeat(1_000) })] })));
    expect(findings[0]?.path).toMatch(/^(?:[ab]\/)+x\.js$/);
  });

  test("only addresses of the web become links", async () => {
    const rules = [{ id: "r", helpUri: "javascript:alert(1)", help: { text: "data:text/html,x" } }];
    const { findings } = await read(logOf({ hostedViewerUri: "vbscript:x" }, rules));
    expect(findings[0]).toMatchObject({ url: null });
    expect(findings[0]?.detail["viewer_url"]).toBeUndefined();
  });

  test("rules without end are kept within bounds, and it is said", async () => {
    const rule = (id: number) => ({ id: `r${id}`, fullDescription: { text: "x".repeat(60_000) }, defaultConfiguration: { level: "error" } });
    const rules = Array.from({ length: 600 }, (_unused, id) => rule(id));
    const { findings, problems } = await read(
      log(run({ tool: { driver: { name: "t", rules } }, results: [result({ ruleId: "r0" }), result({ ruleId: "r599" })] })),
    );
    expect(findings.map(({ severity }) => severity)).toEqual(["high", "high"]);
    expect(findings[0]?.detail["description"]).toHaveLength(4_000);
    expect(findings[1]?.detail["description"]).toBeUndefined();
    expect(problems).toMatchObject([{ severity: "warning", code: "rule_texts" }]);
  });

  test("a million wrong entries make one problem", async () => {
    const { findings, problems } = await read(`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"t"}},"results":[${"1,".repeat(1_000_000)}1]}]}`, 65_536);
    expect(findings).toEqual([]);
    expect(problems).toMatchObject([{ severity: "partial", code: "entry_unreadable", message: expect.stringContaining("999998 more") }]);
  });

  test("nesting without end is refused", async () => {
    for (const text of [`{"version":"2.1.0","runs":[{"properties":${'{"a":'.repeat(100_000)}`, `{"version":"2.1.0","runs":${"[".repeat(100_000)}`]) {
      expect((await read(text)).problems).toMatchObject([{ severity: "refused", code: "json_depth" }]);
    }
  });
});

describe("ill-formed content", () => {
  const text = JSON.stringify(log(run({ results: ["a", "b", "c"].map((ruleId) => result({ ruleId })) })));

  test("keeps the results around a wrong one, and is partial", async () => {
    for (const wrong of ['{"ruleId":"b",}', '{"ruleId":NaN}', '{"ruleId":"b\n"}', "{'ruleId':'b'}"]) {
      const { findings, problems } = await read(text.replace(/\{"ruleId":"b".*?\]\}/, wrong));
      expect(findings.map(({ rule }) => rule)).toEqual(["a", "c"]);
      expect(problems).toMatchObject([{ severity: "partial", code: "ill_formed" }]);
    }
  });

  test("with commas too many, or more behind its end, is read to its end, and is partial", async () => {
    for (const wrong of [
      text.replace(/\]\}\]\}$/, "],},],}"),
      text.replace('"results":[', '"artifacts":[],"results":[').replace(/\]\}\]\}$/, ",]}]}"),
      `${text}x`,
      `${text}${text}`,
    ]) {
      const { findings, problems } = await read(wrong);
      expect(findings.map(({ rule }) => rule)).toEqual(["a", "b", "c"]);
      expect(problems).toMatchObject([{ severity: "partial", code: "ill_formed", message: expect.stringMatching(/byte \d+/) }]);
    }
  });

  test("of another encoding is refused, and a byte order mark is none", async () => {
    expect((await read(Buffer.from(text, "utf16le"))).problems).toMatchObject([{ severity: "refused" }]);
    expect((await read(`\uFEFF${text}`, 1)).problems).toEqual([]);
    expect((await read(`\uFEFF${text}`, 1)).findings).toHaveLength(3);
  });

  test("that breaks off keeps what can be found again, and says how many results cannot", async () => {
    const behind = `{"version":"2.1.0","runs":[{"results":[${JSON.stringify(result())},${JSON.stringify(result({ message: { id: "m" } }))},${JSON.stringify(result({ ruleId: undefined, ruleIndex: 0 }))},`;
    const { findings, problems } = await read(behind);
    expect(findings.map(({ rule, message }) => [rule, message])).toEqual([["r", "m"]]);
    expect(problems).toMatchObject([
      { severity: "partial", code: "entries_lost", message: "2 results were read, but not what they refer to" },
      { severity: "partial", code: "cut_off" },
    ]);
  });

  test("with members of other types is partial where they would hold findings", async () => {
    const problemsOf = async (content: unknown) => (await read(content)).problems.map(({ severity, code }) => `${severity} ${code}`);
    expect(await problemsOf({ ...log(), runs: {} })).toEqual(["partial wrong_type", "partial runs_missing"]);
    expect(await problemsOf({ version: "2.1.0", $schema: "https://a.example/sarif-2.1.0.json" })).toEqual(["partial runs_missing"]);
    expect(await problemsOf(log(run({ results: {} })))).toEqual(["partial wrong_type", "warning not_scanned"]);
    expect(await problemsOf(log(run({ results: "none" })))).toEqual(["partial wrong_type", "warning not_scanned"]);
    expect(await problemsOf(log(run({ tool: [] })))).toEqual(["warning wrong_type"]);
    expect(await problemsOf(log(run(), 5, null))).toEqual(["partial entry_unreadable", "warning entry_missing"]);
    expect(await problemsOf(log(run({ results: [null, result(), 5] })))).toEqual(["warning entry_missing", "partial entry_unreadable"]);
  });

  test("with a list that stands twice is partial, and both are read", async () => {
    const twice = text.replace('"results":', `"results":[${JSON.stringify(result({ ruleId: "z" }))}],"results":`);
    const { findings, problems } = await read(twice);
    expect(findings.map(({ rule }) => rule)).toEqual(["z", "a", "b", "c"]);
    expect(problems).toMatchObject([{ severity: "partial", code: "repeated_member" }]);
  });
});

test("an empty object and an empty list of locations are results as well", async () => {
  const { findings, problems } = await read(log(run({ results: [{}, { locations: [] }, { locations: [{}, null, 5] }, { message: "a text" }] })));
  expect(findings.map(({ rule, message, path, line, isPlaced }) => [rule, message, path, line, isPlaced])).toEqual([
    ["unknown", "unknown", null, null, false],
    ["unknown", "unknown", null, null, false],
    ["unknown", "unknown", null, null, false],
    ["unknown", "a text", null, null, false],
  ]);
  expect(problems).toEqual([]);
});

test("a result in which only the second location is in a file is found there", async () => {
  const { findings } = await read(logOf({ locations: [{ logicalLocations: [{ name: "f" }] }, at("src/b.js", 9)] }));
  expect(findings[0]).toMatchObject({ path: "src/b.js", line: 9 });
});

test("the same report read twice gives the same", async () => {
  expect(await read(analysis)).toEqual(await read(analysis, 7));
});
