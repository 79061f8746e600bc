import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Evidence } from "./evidence.ts";
import { pairUp } from "./pairing.ts";
import { knownOf, placed, type Placed } from "./testing.ts";

/** Pairs as indexes in what was and what came. */
function pairs(before: readonly Placed[], now: readonly Placed[]): [number, number][] {
  const partners = pairUp(now.map(placed), knownOf(before.map(placed)));
  return partners.flatMap((partner, index): [number, number][] => (partner === -1 ? [] : [[partner, index]])).toSorted(([one], [other]) => one - other);
}

describe("findings of a file that was edited", () => {
  test("stay the same when the block around them is moved down", () => {
    expect(pairs([{ line: 3 }, { line: 9 }], [{ line: 43 }, { line: 49 }])).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  test("are the same by their code wherever it was moved to in the file", () => {
    const before = [
      { line: 3, content: "if (a)" },
      { line: 9, content: "if (b)" },
      { line: 20, content: "if (c)" },
    ];
    const now = [
      { line: 7, content: "if (b)" },
      { line: 13, content: "if (c)" },
      { line: 21, content: "if (a)" },
    ];
    expect(pairs(before, now)).toEqual([
      [0, 2],
      [1, 0],
      [2, 1],
    ]);
  });

  test("are the same in the same line when their code was edited", () => {
    expect(pairs([{ line: 3, content: "if (a)" }], [{ line: 3, content: "if (aa)" }])).toEqual([[0, 0]]);
  });

  test("are others when rule and message are equal, code and place are not", () => {
    const around = [
      { rule: "x", line: 1, content: "x" },
      { rule: "y", line: 60, content: "y" },
    ];
    const before = [...around, { line: 30, content: "if (a == 1)" }];
    const now = [...around, { line: 90, content: "return b == 2" }];
    expect(pairs(before, now)).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  test("are others without any code too, when nothing around the first one has moved", () => {
    const around = [
      { rule: "x", line: 1 },
      { rule: "y", line: 60 },
    ];
    expect(pairs([...around, { line: 30 }], [...around, { line: 90 }])).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  test("of which one is fixed and one is added are told apart by the lines around", () => {
    const before = [{ line: 10 }, { line: 22 }, { line: 31 }, { line: 47 }];
    const now = [{ line: 15 }, { line: 36 }, { line: 52 }, { line: 400 }];
    expect(pairs(before, now)).toEqual([
      [0, 0],
      [2, 1],
      [3, 2],
    ]);
  });

  test("are the same in other words when they are alone of their rule in a line that has not moved", () => {
    const around = [
      { rule: "x", line: 1 },
      { rule: "y", line: 60 },
    ];
    expect(pairs([...around, { line: 30, message: "Expected {" }], [...around, { line: 30, message: "Braces are missing" }])).toHaveLength(3);
    expect(pairs([...around, { line: 30, message: "Expected {" }], [...around, { line: 31, message: "Braces are missing" }])).toHaveLength(2);
    expect(pairs([{ line: 30, message: "Expected {" }], [{ line: 30, message: "Braces are missing" }])).toEqual([]);
  });

  test("of one line are told apart by column, in whatever order they come", () => {
    const before = [
      { line: 5, column: 3 },
      { line: 5, column: 20 },
      { line: 5, column: 41 },
    ];
    expect(
      pairs(before, [
        { line: 6, column: 41 },
        { line: 6, column: 3 },
        { line: 6, column: 20 },
      ]),
    ).toEqual([
      [0, 1],
      [1, 2],
      [2, 0],
    ]);
  });

  test("without a line are paired in order", () => {
    expect(pairs([{ line: null }, { line: null }], [{ line: null }, { line: null }, { line: null }])).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  test("never pair with those of another file or rule", () => {
    expect(pairs([{ line: 3 }], [{ line: 3, path: "b.js" }])).toEqual([]);
    expect(pairs([{ line: 3, content: "x" }], [{ line: 3, content: "x", rule: "other" }])).toEqual([]);
  });
});

describe("the tool's own keys", () => {
  test("come before code, message and place, in another file too", () => {
    const before = [
      { line: 3, content: "a", toolKey: "1" },
      { line: 9, content: "b", toolKey: "2" },
    ];
    expect(
      pairs(before, [
        { path: "b.js", line: 7, content: "b", toolKey: "1" },
        { line: 3, content: "a", toolKey: "2" },
      ]),
    ).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  test("that are found again make another key another finding", () => {
    const known = { rule: "x", line: 1, toolKey: "1" };
    expect(pairs([known, { line: 30, toolKey: "2" }], [known, { line: 90, toolKey: "3" }])).toEqual([[0, 0]]);
  });

  test("that were all made anew count for nothing", () => {
    expect(
      pairs(
        [
          { line: 30, toolKey: "2" },
          { line: 40, toolKey: "3" },
        ],
        [
          { line: 90, toolKey: "4" },
          { line: 100, toolKey: "5" },
        ],
      ),
    ).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });
});

const placedArbitrary = fc.record({
  rule: fc.constantFrom("r", "s"),
  path: fc.constantFrom("a.js", "lib/b.js"),
  line: fc.option(fc.integer({ min: 1, max: 40 })),
  message: fc.constantFrom("m", "n"),
  variant: fc.constantFrom("", "1"),
});
const report = fc.array(placedArbitrary, { maxLength: 25 });

describe("any two reports", () => {
  test("that are the same leave nothing new and nothing fixed", () => {
    fc.assert(
      fc.property(report, (list) => {
        expect(pairs(list, list)).toHaveLength(list.length);
      }),
    );
  });

  test("of which the second one lists the same in another order pair each finding with its equal", () => {
    fc.assert(
      fc.property(
        report.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }))),
        ([list, shuffled]) => {
          const found = pairs(list, shuffled);
          expect(found).toHaveLength(list.length);
          for (const [before, now] of found) expect({ ...shuffled[now], variant: "" }).toEqual({ ...list[before], variant: "" });
        },
      ),
    );
  });

  test("pair one to one, and only findings of one rule in one file", () => {
    fc.assert(
      fc.property(report, report, (before, now) => {
        const found = pairs(before, now);
        expect(new Set(found.map(([one]) => one)).size).toBe(found.length);
        expect(new Set(found.map(([, one]) => one)).size).toBe(found.length);
        for (const [one, other] of found) expect([now[other]?.rule, now[other]?.path]).toEqual([before[one]?.rule, before[one]?.path]);
      }),
    );
  });
});

describe("files with very many findings", () => {
  const many = 20_000;
  const side = (of: (index: number) => Placed): Evidence[] => Array.from({ length: many }, (_one, index) => placed(of(index)));
  const same = side(() => ({})).map((_one, index) => index);

  test.each<[string, (index: number) => Placed, (index: number) => Placed]>([
    ["one a line, moved down", (index) => ({ line: index + 1 }), (index) => ({ line: index + 41 })],
    ["all in one line", (index) => ({ line: 1, column: index * 3 }), (index) => ({ line: 1, column: index * 3 + 2 })],
    ["all in one place", () => ({ line: 1, column: 1, content: "x" }), () => ({ line: 1, column: 1, content: "x" })],
    ["all without a line", () => ({ line: null }), () => ({ line: null })],
    ["at uneven distances", (index) => ({ line: index * 9 + (index % 7) }), (index) => ({ line: index * 9 + (index % 7) + 13 })],
  ])("are paired in order: %s", (_name, before, now) => {
    expect(pairUp(side(now), knownOf(side(before)))).toEqual(same);
  });

  test("are paired past what was removed in the middle", () => {
    const before = side((index) => ({ line: index * 3 + 1 }));
    const now = before.toSpliced(8_000, 100).map((one, index) => ({ ...one, line: (one.line ?? 0) - (index < 8_000 ? 0 : 290) }));
    expect(pairUp(now, knownOf(before))).toEqual(same.toSpliced(8_000, 100));
  });
});
