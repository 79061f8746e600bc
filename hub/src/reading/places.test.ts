import { zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contentHashOf, type FindingRecord } from "@sentinal/reports";
import { contentOfPlaces, problemOfPlaces } from "./places.ts";

const hash = contentHashOf("eval(code);");

function stored(text: string): Uint8Array {
  return zstdCompressSync(text);
}

function at(path: string | null, line: number | null): FindingRecord {
  return {
    kind: "issue",
    rule: "no-eval",
    severity: "high",
    severityWord: null,
    standing: "open",
    title: "",
    message: "",
    target: null,
    path,
    line,
    packageName: null,
    installedVersion: null,
    fixedVersion: null,
    url: null,
    detail: {},
    toolKey: null,
    isPlaced: true,
    identity: [],
    variant: "",
  };
}

describe("places", () => {
  test("give the hash of each line that they name, and of no other", () => {
    const contentOf = contentOfPlaces(stored(JSON.stringify({ "src/a.js": { 3: hash }, "src/b.js": {} }, null, 2)));
    expect(contentOf(at("src/a.js", 3))).toBe(hash);
    for (const other of [at("src/a.js", 4), at("src/b.js", 3), at("src/c.js", 3), at(null, 3), at("src/a.js", null)]) expect(contentOf(other)).toBeNull();
    expect(contentOfPlaces(null)(at("src/a.js", 3))).toBeNull();
  });

  test("are read whatever the paths are", () => {
    const paths = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(fc.array(fc.tuple(paths, fc.integer({ min: 1, max: 999_999_999 })), { maxLength: 20 }), fc.boolean(), (list, isWide) => {
        const places = Object.create(null) as Record<string, Record<number, string>>;
        for (const [path, line] of list) places[path] = { ...places[path], [line]: contentHashOf(`${path}${line}`) };
        const bytes = stored(JSON.stringify(places, null, isWide ? 2 : 0));
        expect(problemOfPlaces(bytes)).toBeNull();
        const contentOf = contentOfPlaces(bytes);
        for (const [path, line] of list) expect(contentOf(at(path.toWellFormed(), line))).toBe(places[path]?.[line]);
      }),
    );
  });

  test.each([
    "",
    " ",
    "null",
    "[]",
    "{",
    "{}}",
    "{} {}",
    '{"a"}',
    '{"a":}',
    '{"a":{}',
    '{"a":{},}',
    '{"a":{"1":1}}',
    '{"a":{"1":"x"}}',
    `{"a":{"0":"${hash}"}}`,
    `{"a":{"1.5":"${hash}"}}`,
    `{"a":{"1234567890":"${hash}"}}`,
    `{"a":{"1":"${hash.toUpperCase()}"}}`,
    `{"a":{"1":"${hash}",}}`,
    `{"a":{"1":"${hash}"}`,
    `{"a\\":{"1":"${hash}"}}`,
    `{"\\x":{"1":"${hash}"}}`,
    `{"a":{"__proto__":{"1":"${hash}"}}}`,
    `{"${"a".repeat(20_000)}":{}}`,
  ])("are refused when they are %j", (text) => {
    expect(problemOfPlaces(stored(text))).toMatch(/^is not like \{.*\}, from character \d+ on$/);
  });

  test.each([
    ["objects", `{${'"":{},'.repeat(7_000_000)}"a":0}`],
    ["lists", "[],".repeat(20_000_000)],
    ["blanks", " ".repeat(60_000_000)],
    ["quotes", `{"${'\\"'.repeat(30_000_000)}`],
    ["backslashes", `{"${"\\".repeat(60_000_000)}`],
  ])("that hold nothing but millions of %s are refused", (_name, text) => {
    expect(problemOfPlaces(stored(text))).toContain("is not like");
  });
});
