import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import type { FindingRecord } from "../reader.ts";
import { readAll } from "../testing/read-all.ts";
import { at, log, logOf, result, run } from "../testing/sarif-reports.ts";
import { sarifReader } from "./reader.ts";

const findingOf = async (content: unknown): Promise<FindingRecord> => {
  const [finding] = (await readAll(sarifReader, content)).findings;
  return finding ?? expect.fail("no finding");
};
const leveled = (id: string | undefined, level: string, more: object = {}) => ({ id, defaultConfiguration: { level }, ...more });

describe("the rule of a result", () => {
  const driver = {
    name: "t",
    guid: "AAAAAAAA-0000-4000-8000-000000000001",
    rules: [leveled("a", "error"), leveled("b", "note", { guid: "bbbbbbbb-0000-4000-8000-000000000001" })],
  };
  const extensions = [
    { name: "one", rules: [leveled("c", "none"), leveled("a", "note")] },
    { name: "two", guid: "cccccccc-0000-4000-8000-000000000001", rules: [leveled("d", "error")] },
  ];
  const resolved = async (members: Record<string, unknown>) => {
    const { rule, severityWord } = await findingOf(log(run({ tool: { driver, extensions }, results: [result({ ruleId: undefined, ...members })] })));
    return [rule, severityWord];
  };

  test.each([
    ["by ruleIndex", { ruleIndex: 1 }, ["b", "note"]],
    ["by ruleIndex as a text", { ruleIndex: "1" }, ["b", "note"]],
    ["by rule.index", { rule: { index: 0 } }, ["a", "error"]],
    ["by ruleId", { ruleId: "b" }, ["b", "note"]],
    ["by rule.id", { rule: { id: "a" } }, ["a", "error"]],
    ["by a hierarchical id", { ruleId: "a/x/y" }, ["a/x/y", "error"]],
    ["by a hierarchical id at an index", { ruleId: "b/x", ruleIndex: 1 }, ["b/x", "note"]],
    ["by its id when the index is another's", { ruleId: "a", ruleIndex: 1 }, ["a", "error"]],
    ["by its index when no rule has the id", { ruleId: "z", ruleIndex: 0 }, ["z", "error"]],
    ["by guid", { rule: { guid: "BBBBBBBB-0000-4000-8000-000000000001" } }, ["b", "note"]],
    ["in an extension by index", { rule: { index: 0, toolComponent: { index: 1 } } }, ["d", "error"]],
    ["in an extension by name", { rule: { index: 1, toolComponent: { name: "one" } } }, ["a", "note"]],
    ["in an extension by guid", { ruleId: "d", rule: { toolComponent: { guid: "CCCCCCCC-0000-4000-8000-000000000001" } } }, ["d", "error"]],
    ["in an extension by id alone", { ruleId: "c" }, ["c", "none"]],
    ["in the driver by its guid", { ruleIndex: 0, rule: { toolComponent: { guid: "aaaaaaaa-0000-4000-8000-000000000001" } } }, ["a", "error"]],
    ["nowhere", { ruleId: "z" }, ["z", "warning"]],
    ["at an index that is none", { ruleId: "z", ruleIndex: 99 }, ["z", "warning"]],
    ["at -1, which SARIF writes for none", { ruleId: "b", ruleIndex: -1 }, ["b", "note"]],
    ["in an extension that is none", { ruleId: "a", rule: { toolComponent: { index: 9 } } }, ["a", "error"]],
  ])("is found %s", async (_name, members, expected) => {
    expect(await resolved(members)).toEqual(expected);
  });

  test("is at its index also behind entries that are none", async () => {
    const rules = [null, 5, leveled("c", "error")];
    const tool = { driver: { name: "t", rules }, extensions: [null, { name: "x", rules: [leveled("d", "note")] }] };
    const results = [result({ ruleId: undefined, ruleIndex: 2 }), result({ ruleId: undefined, rule: { index: 0, toolComponent: { index: 1 } } })];
    const { findings } = await readAll(sarifReader, log(run({ tool, results })));
    expect(findings.map(({ rule, severityWord }) => [rule, severityWord])).toEqual([
      ["c", "error"],
      ["d", "note"],
    ]);
  });
});

describe("the message of a result", () => {
  const rules = [
    { id: "r", shortDescription: { text: "Short" }, messageStrings: { two: { text: "{0} and {1}, {{0}}" }, plain: "as a text", md: { markdown: "**x**" } } },
  ];
  const tool = { driver: { name: "t", rules, globalMessageStrings: { shared: { text: "Shared {0}" } } } };
  const messageOf = async (message: unknown, more: object = {}) => (await findingOf(log(run({ tool, results: [result({ message, ...more })] })))).message;

  test.each([
    ["its own text", { text: "Own", id: "two" }, "Own"],
    ["its own text with braces as they are", { text: "Use {0} or {{x}}" }, "Use {0} or {{x}}"],
    ["its own text with arguments", { text: "Use '{0}', not {1}", arguments: ["a", "b{0}"] }, "Use 'a', not b{0}"],
    ["the rule's text by its id", { id: "two", arguments: ["x", 5] }, "x and 5, {0}"],
    ["the rule's text with an argument missing", { id: "two", arguments: ["x"] }, "x and {1}, {0}"],
    ["the rule's bare text", { id: "plain" }, "as a text"],
    ["the driver's text by its id", { id: "shared", arguments: ["y"] }, "Shared y"],
    ["the rule's description when there is only markdown", { id: "md", markdown: "**y**" }, "Short"],
    ["the rule's description when there is none", undefined, "Short"],
    ["a bare text", "bare", "bare"],
    ["no argument at a name of the prototype", { id: "constructor" }, "Short"],
  ])("is %s", async (_name, message, expected) => {
    expect(await messageOf(message)).toBe(expected);
  });

  test("shows links to related locations as their words, and leaves other brackets", async () => {
    const message = { text: "From [input](1) to [x](2), see [docs](https://a.example) and a[i](0)." };
    const relatedLocations = [
      { id: 1, ...at("a.js") },
      { id: "2", ...at("b.js") },
    ];
    expect(await messageOf(message, { relatedLocations })).toBe("From input to x, see [docs](https://a.example) and a[i](0).");
    expect(await messageOf(message)).toBe(message.text);
  });
});

describe("the path of a result", () => {
  const originalUriBaseIds = {
    ROOT: { uri: "file:///home/runner/work/shop/shop/" },
    SUB: { uri: "packages/web", uriBaseId: "ROOT" },
    HOME: { uri: "file:///home/anna/projects/shop/" },
    IN_HOME: { uri: "packages/", uriBaseId: "HOME" },
    WEB: { uri: "https://github.example/acme/shop/blob/main/" },
    EMPTY: { uri: "" },
    NONE: { description: { text: "the root" } },
  };
  const pathOf = async (artifactLocation: unknown, more: Record<string, unknown> = {}) => {
    const results = [result({ locations: [{ physicalLocation: { artifactLocation } }] })];
    return (await findingOf(log(run({ originalUriBaseIds, results, ...more })))).path;
  };

  test.each([
    [{ uri: "src/a.js" }, "src/a.js"],
    [{ uri: "./src/../a%20b.js" }, "a b.js"],
    [{ uri: "100%.js" }, "100%.js"],
    [{ uri: "src\\a.js" }, "src/a.js"],
    [{ uri: "file:///home/runner/work/shop/shop/src/a.js" }, "src/a.js"],
    [{ uri: "/home/runner/work/shop/shop/src/a.js" }, "src/a.js"],
    [{ uri: "file:///D:/a/shop/shop/src/a.js" }, "src/a.js"],
    [{ uri: "file:///C:/code/a.c" }, "C:/code/a.c"],
    [{ uri: "src/a.js", uriBaseId: "ROOT" }, "src/a.js"],
    [{ uri: "src/a%20b.js", uriBaseId: "SUB" }, "packages/web/src/a b.js"],
    [{ uri: "src/a.js", uriBaseId: "HOME" }, "src/a.js"],
    [{ uri: "src/a.js", uriBaseId: "IN_HOME" }, "packages/src/a.js"],
    [{ uri: "src/a.js", uriBaseId: "WEB" }, "src/a.js"],
    [{ uri: "src/a.js", uriBaseId: "EMPTY" }, "src/a.js"],
    [{ uri: "src/a.js", uriBaseId: "NONE" }, "src/a.js"],
    [{ uri: "src/a.js", uriBaseId: "%UNKNOWN%" }, "src/a.js"],
    [{ uri: "file:///home/runner/work/shop/shop/a.js", uriBaseId: "SUB" }, "a.js"],
    [{ uri: "sarif:/runs/0/results/1" }, null],
    [{}, null],
  ])("of %j is %j", async (location, expected) => {
    expect(await pathOf(location)).toBe(expected);
  });

  test("is that of the artifact at its index, which may have a base, when it has no address of its own", async () => {
    const artifacts = [{ location: { uri: "a.js" } }, null, { location: { uri: "b.js", uriBaseId: "SUB" } }, { description: {} }];
    expect(await pathOf({ index: 2 }, { artifacts })).toBe("packages/web/b.js");
    expect(await pathOf({ index: "0" }, { artifacts })).toBe("a.js");
    expect(await pathOf({ uri: "own.js", index: 0 }, { artifacts })).toBe("own.js");
    expect(await pathOf({ index: 3 }, { artifacts })).toBeNull();
    expect(await pathOf({ index: 9 }, { artifacts })).toBeNull();
  });

  test("is relative to the workspace that the sender tells", async () => {
    const content = JSON.stringify(logOf({ locations: [at("file:///srv/build-17/src/a.js")] }));
    const events = [];
    const source = (async function* () {
      yield new TextEncoder().encode(content);
    })();
    for await (const event of sarifReader.read(source, { workspace: "/srv/build-17" })) if (event.type === "finding") events.push(event.finding.path);
    expect(events).toEqual(["src/a.js"]);
  });
});

describe("the tool's own key", () => {
  const keyOf = async (members: Record<string, unknown>) => (await findingOf(logOf(members))).toolKey;

  test.each([
    [{ primaryLocationLineHash: "39fa2ee980eb94b0:1" }, "r|src/a.js|primaryLocationLineHash=39fa2ee980eb94b0:1"],
    [{ b: "2222aaaa2222", a: "1111bbbb1111" }, "r|src/a.js|a=1111bbbb1111;b=2222aaaa2222"],
    [{ primaryLocationStartColumnFingerprint: "4" }, null],
    [{ commitSha: "0123456789abcdef0123456789abcdef01234567", email: "a@b.example", date: "2026-11-01" }, null],
    [{ scanFileHash: "4bc9f13947613303" }, null],
    [{ id: "1b426ab1-dca8-43b5-b8bc-7919b90bfa4e" }, null],
    [{ id: "1b426ab1-dca8-53b5-b8bc-7919b90bfa4e" }, "r|src/a.js|id=1b426ab1-dca8-53b5-b8bc-7919b90bfa4e"],
    [{ id: "1700000000000" }, null],
    [{ lineHash: "1700000000000" }, "r|src/a.js|lineHash=1700000000000"],
    [{ x: "00000000000000000000" }, null],
    [{ x: "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=" }, "r|src/a.js|x=n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="],
    [{ x: 5, y: null, z: "" }, null],
    ["x", null],
  ])("of the partial fingerprints %j is %j", async (partialFingerprints, expected) => {
    expect(await keyOf({ partialFingerprints })).toBe(expected);
  });

  test("is a whole fingerprint, which stands for the result wherever its file is moved", async () => {
    const fingerprints = { "matchBasedId/v1": `${"ab12".repeat(32)}_0` };
    const partialFingerprints = { primaryLocationLineHash: "39fa2ee980eb94b0:1" };
    expect(await keyOf({ fingerprints, partialFingerprints, locations: [at("moved.js")] })).toBe(`r|matchBasedId/v1=${"ab12".repeat(32)}_0`);
    expect(await keyOf({ fingerprints: { "matchBasedId/v1": "requires login" }, partialFingerprints })).toBe(
      "r|src/a.js|primaryLocationLineHash=39fa2ee980eb94b0:1",
    );
  });

  test("is what correlates results over runs when nothing else is there, and never the result's own guid", async () => {
    expect(await keyOf({ correlationGuid: "1B426AB1-dca8-43b5-b8bc-7919b90bfa4e" })).toBe("r|correlationGuid=1b426ab1-dca8-43b5-b8bc-7919b90bfa4e");
    expect(await keyOf({ guid: "1b426ab1-dca8-43b5-b8bc-7919b90bfa4e" })).toBeNull();
  });

  test("of any length is bounded", async () => {
    const fingerprints = Object.fromEntries(Array.from({ length: 500 }, (_unused, index) => [`f${index}`, "0123456789abcdef"]));
    expect((await keyOf({ fingerprints }))?.length).toBeLessThanOrEqual(limits.identityPart);
  });
});

describe("what tells equal findings of a file apart", () => {
  const variantOf = async (members: Record<string, unknown>) => (await findingOf(logOf(members))).variant;
  const inCode = (text: string, line = 1) => ({ locations: [at("src/a.js", line, { snippet: { text } })] });

  test("is the code that they are in, which may move and be indented", async () => {
    expect(await variantOf(inCode("  a();"))).toBe(await variantOf(inCode("\ta();\n", 99)));
    expect(await variantOf(inCode("a();"))).not.toBe(await variantOf(inCode("b();")));
    expect((await variantOf(inCode("x".repeat(5_000)))).length).toBeLessThan(50);
  });

  test("is nothing where only the line differs", async () => {
    expect(await variantOf({ locations: [at("src/a.js", 5)] })).toBe("");
  });
});

describe("an excerpt of code", () => {
  const codeOf = async (physical: Record<string, unknown>) => (await findingOf(logOf({ locations: [{ physicalLocation: physical }] }))).detail["code_lines"];

  test("is that of the place when there is none around it", async () => {
    expect(await codeOf({ region: { startLine: 3, snippet: { text: "a\r\nb\r\n" } } })).toEqual([
      { number: 3, content: "a", is_cause: true },
      { number: 4, content: "b", is_cause: true },
    ]);
    expect(await codeOf({ region: { snippet: { text: "a" } } })).toEqual([{ number: null, content: "a", is_cause: true }]);
    expect(await codeOf({ region: { startLine: 3 } })).toBeUndefined();
  });

  test("of many lines is the part that the cause begins in", async () => {
    const text = Array.from({ length: 300 }, (_unused, index) => `line ${index + 1}`).join("\n");
    const lines = await codeOf({ region: { startLine: 200, endLine: 201 }, contextRegion: { startLine: 1, snippet: { text } } });
    expect(lines).toHaveLength(50);
    expect(lines).toMatchObject(
      expect.arrayContaining([
        { number: 195, content: "line 195", is_cause: false },
        { number: 200, content: "line 200", is_cause: true },
        { number: 201, content: "line 201", is_cause: true },
        { number: 244, content: "line 244", is_cause: false },
      ]),
    );
  });
});
