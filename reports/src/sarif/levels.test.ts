import { describe, expect, test } from "vitest";
import type { FindingRecord } from "../reader.ts";
import { readAll } from "../testing/read-all.ts";
import { log, logOf, result, run } from "../testing/sarif-reports.ts";
import { sarifReader } from "./reader.ts";

const findingOf = async (content: unknown): Promise<FindingRecord> => {
  const [finding] = (await readAll(sarifReader, content)).findings;
  return finding ?? expect.fail("no finding");
};

describe("the severity", () => {
  const rules = (members: Record<string, unknown>) => [{ id: "r", ...members }];

  test.each([
    ["error", "high"],
    ["warning", "medium"],
    ["note", "low"],
    ["none", "unknown"],
    ["Error", "high"],
    ["info", "info"],
    ["critical", "critical"],
    ["strange", "unknown"],
  ])("of the level %s is %s", async (level, severity) => {
    expect(await findingOf(logOf({ level }))).toMatchObject({ severity, severityWord: level.toLowerCase() });
  });

  test("is by the result's level, else the rule's, else a warning", async () => {
    const note = rules({ defaultConfiguration: { level: "note" } });
    expect((await findingOf(logOf({ level: "error" }, note))).severityWord).toBe("error");
    expect((await findingOf(logOf({}, note))).severityWord).toBe("note");
    expect((await findingOf(logOf({ level: null }, note))).severityWord).toBe("note");
    expect((await findingOf(logOf({}, rules({ defaultConfiguration: { enabled: true } })))).severityWord).toBe("warning");
    expect((await findingOf(logOf({}))).severityWord).toBe("warning");
  });

  test.each([
    ["10.0", "critical"],
    ["9.0", "critical"],
    [8.9, "high"],
    [" 7 ", "high"],
    [6.99, "medium"],
    ["4.0", "medium"],
    ["0.1", "low"],
    ["0.0", "high"],
    ["-1", "high"],
    ["", "high"],
    ["none", "high"],
    [true, "high"],
    [[9], "high"],
  ])("of the score %j is %s, whatever the level", async (score, severity) => {
    const properties = { "security-severity": score };
    expect(await findingOf(logOf({ level: "error" }, rules({ properties })))).toMatchObject({ severity, severityWord: "error" });
    expect(await findingOf(logOf({ level: "error", properties }))).toMatchObject({ severity, severityWord: "error" });
  });

  test("is by the result's own score before its rule's", async () => {
    const scored = (score: string) => ({ properties: { "security-severity": score } });
    expect((await findingOf(logOf(scored("2.0"), rules(scored("9.5"))))).severity).toBe("low");
  });

  test("is by what the tool was told for its rule in the invocation that the result names", async () => {
    const override = (descriptor: unknown) => ({ ruleConfigurationOverrides: [{ descriptor, configuration: { level: "error" } }] });
    const levelWith = async (descriptor: unknown, invocationIndex?: number) => {
      const tool = { driver: { name: "t", rules: [{ id: "q" }, { id: "r", guid: "ABCDEF00-0000-4000-8000-000000000000" }] } };
      const results = [result({ provenance: { invocationIndex } })];
      return (await findingOf(log(run({ results, invocations: [{}, override(descriptor)], tool })))).severityWord;
    };
    expect(await levelWith({ id: "r" }, 1)).toBe("error");
    expect(await levelWith({ index: 1 }, 1)).toBe("error");
    expect(await levelWith({ guid: "abcdef00-0000-4000-8000-000000000000" }, 1)).toBe("error");
    expect(await levelWith({ id: "q" }, 1)).toBe("warning");
    expect(await levelWith({ index: 0 }, 1)).toBe("warning");
    expect(await levelWith({ id: "r" }, 0)).toBe("warning");
    expect(await levelWith({ id: "r" })).toBe("warning");
  });
});

describe("the standing", () => {
  const standingOf = async (members: Record<string, unknown>) => (await findingOf(logOf(members))).standing;

  test.each([
    [[{ kind: "inSource" }], "dismissed"],
    [[{ kind: "external", status: "accepted" }], "dismissed"],
    [[{ status: "Accepted" }], "dismissed"],
    [[{ status: "underReview" }], "open"],
    [[{ status: "rejected" }], "open"],
    [[{ status: "accepted" }, { status: "rejected" }], "open"],
    [[], "open"],
    [null, "open"],
    ["yes", "open"],
    [[null, 5], "open"],
  ])("with the suppressions %j is %s", async (suppressions, standing) => {
    expect(await standingOf({ suppressions })).toBe(standing);
  });

  test.each(["new", "unchanged", "updated", undefined])("is open with the baseline state %j, and gone with absent", async (baselineState) => {
    expect(await standingOf({ baselineState })).toBe("open");
    expect(await standingOf({ baselineState: "absent", suppressions: [{}] })).toBe("gone");
  });
});
