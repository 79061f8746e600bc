import { describe, expect, test } from "vitest";
import { agreesWith, type Label, labelLine, readLabels } from "./labels.ts";

const label: Label = { log: "ab".repeat(32), lines: "lf", line: 624, category: "code.compile", by: "ada", at: "2026-11-22T10:00:00Z" };

describe("labels", () => {
  test("are written and read back as JSON lines", () => {
    const other: Label = { ...label, log: "cd".repeat(32), line: null, category: "unknown", transient: "possible", note: "cut off" };
    const { labels, problems } = readLabels(`${labelLine(label)}\n${labelLine(other)}`);
    expect(problems).toEqual([]);
    expect([...labels.values()]).toEqual([label, other]);
  });

  test("of one log count by the newest, whatever zone its time is told in", () => {
    const newer = { ...label, line: 3, at: "2026-11-22T12:00:00+01:00" };
    for (const lines of [
      [label, newer],
      [newer, label],
    ])
      expect(readLabels(lines.map(labelLine).join("")).labels.get(label.log)?.line).toBe(3);
    const same = { ...label, line: 5 };
    expect(readLabels(labelLine(label) + labelLine(same)).labels.get(label.log)?.line).toBe(5);
  });

  test("that are none are told by their line and left out", () => {
    const wrong = [JSON.stringify({ ...label, category: "code.tset" }), "{", JSON.stringify({ ...label, line: 0 }), JSON.stringify({ ...label, extra: 1 })];
    const { labels, problems } = readLabels([labelLine(label).trim(), ...wrong].join("\n"));
    expect(labels.size).toBe(1);
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
    expect(problems[0]?.problem).toMatch(/^category: /);
  });

  test.each<[number | null, number | null, number | undefined, string]>([
    [624, 624, undefined, "exact"],
    [624, 619, undefined, "near"],
    [624, 618, undefined, "wrong"],
    [624, 630, 626, "near"],
    [624, 625, 626, "exact"],
    [624, null, undefined, "wrong"],
    [null, 3, undefined, "wrong"],
    [null, null, undefined, "exact"],
  ])("on line %s say of the answer %s (the last being %s) that it is %s", (line, answered, last, agreement) => {
    const cause =
      answered === null
        ? null
        : ({
            line: answered,
            text: "",
            category: "code.test",
            strength: "cause",
            by: "x",
            reason: "",
            transient: "no",
            key: "",
            step: 0,
            time: null,
            inGreenLog: false,
          } as const);
    const given = { ...label, line, ...(last === undefined ? {} : { last_line: last }) };
    expect(agreesWith(given, { cause, category: "code.test" })).toEqual({ line: agreement, category: false });
  });
});
