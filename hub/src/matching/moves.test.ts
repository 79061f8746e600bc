import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pairMoved } from "./moves.ts";
import { knownOf, placed, type Placed } from "./testing.ts";

function moved(gone: readonly Placed[], fresh: readonly Placed[], paths: { reported?: string[]; known?: string[] } = {}): number[] {
  const { reported = [], known = [] } = paths;
  return pairMoved({
    fresh: fresh.map(placed),
    gone: knownOf(gone.map(placed)),
    isReported: (path) => reported.includes(path),
    wasKnown: (path) => known.includes(path),
  });
}

const file = (path: string, ...rest: Placed[]): Placed[] => rest.map((one) => ({ ...one, path }));

describe("findings of a file that was moved", () => {
  test("stay the same by name and message, lines and all", () => {
    const before = file("lib/a.js", { line: 3 }, { line: 9, message: "other" });
    expect(moved(before, file("src/deep/a.js", { line: 5 }, { line: 11, message: "other" }))).toEqual([0, 1]);
  });

  test("stay the same in a file of another name when enough of their code is", () => {
    const code = [
      { line: 3, content: "one" },
      { line: 9, content: "two" },
    ];
    expect(moved(file("a.js", ...code), file("b.js", ...code))).toEqual([0, 1]);
    expect(moved(file("a.js", ...code.slice(1)), file("b.js", ...code.slice(1)))).toEqual([-1]);
    expect(moved(file("a.js", { line: 3 }, { line: 9 }), file("b.js", { line: 3 }, { line: 9 }))).toEqual([-1, -1]);
  });

  test("are others when the old path is still told of, or the new one was known", () => {
    expect(moved(file("lib/a.js", {}), file("src/a.js", {}), { reported: ["lib/a.js"] })).toEqual([-1]);
    expect(moved(file("lib/a.js", {}), file("src/a.js", {}), { known: ["src/a.js"] })).toEqual([-1]);
  });

  test("are others when next to nothing of the file is the same", () => {
    const before = file("lib/index.js", ...Array.from({ length: 10 }, (_one, index) => ({ line: index, message: `old ${index}` })));
    const now = file("src/index.js", { message: "old 1" }, ...Array.from({ length: 9 }, (_one, index) => ({ line: index, message: `new ${index}` })));
    expect(moved(before, now)).toEqual(now.map(() => -1));
  });

  test("go with the folders that stay when many files have one name", () => {
    const names = ["users", "orders", "stock"];
    const before = names.flatMap((name) => file(`lib/${name}/index.js`, { line: 4 }));
    const now = names.toReversed().flatMap((name) => file(`packages/core/${name}/index.js`, { line: 9 }));
    expect(moved(before, now)).toEqual([2, 1, 0]);
    const below = names.toReversed().flatMap((name) => file(`lib/${name}/moved/index.js`, { line: 9 }));
    expect(moved(before, below)).toEqual([2, 1, 0]);
  });

  test("go with the code rather than with the folders", () => {
    const before = [...file("lib/a/index.js", { content: "one" }), ...file("lib/b/index.js", { content: "two" })];
    expect(moved(before, [...file("src/a/index.js", { content: "two" }), ...file("src/b/index.js", { content: "one" })])).toEqual([1, 0]);
  });

  test("stay the same for every file when the whole tree is checked out elsewhere", () => {
    const tree = (root: string) =>
      Array.from({ length: 300 }, (_one, index) => file(`${root}/p${index}/index.js`, { line: 4 }, { line: 8, message: `m${index % 3}` })).flat();
    expect(moved(tree("/srv/build-17"), tree("/srv/build-18"))).toEqual(tree("").map((_one, index) => index));
  });

  test("pair one to one, of one file with one", () => {
    const findings = fc.array(
      fc.record({
        path: fc.constantFrom("a/x.js", "b/x.js", "c/y.js"),
        line: fc.integer({ min: 1, max: 20 }),
        message: fc.constantFrom("m", "n"),
        content: fc.constantFrom("1", "2", "3"),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(findings, findings, (gone, fresh) => {
        const partners = moved(gone, fresh);
        const made = partners.filter((partner) => partner !== -1);
        expect(new Set(made).size).toBe(made.length);
        const files = new Set(partners.flatMap((partner, index) => (partner === -1 ? [] : [`${gone[partner]?.path} ${fresh[index]?.path}`])));
        expect(new Set([...files].map((pair) => pair.split(" ")[0])).size).toBe(files.size);
        expect(new Set([...files].map((pair) => pair.split(" ")[1])).size).toBe(files.size);
      }),
    );
  });
});
