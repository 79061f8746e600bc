import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Choose, JsonEvent } from "./events.ts";
import { JsonSlicer } from "./slicer.ts";
import { sliceJson } from "./slices.ts";

const encoder = new TextEncoder();
const valueOfAll: Choose = () => "value";
const walkAll: Choose = () => "walk";

/** Runs a text through the slicer in pieces that end after the given numbers of bytes. */
function slice(text: string | Uint8Array, choose: Choose, cuts: readonly number[] = [], limits = { depth: 1_000, elementBytes: 1_000_000 }): JsonEvent[] {
  const bytes = typeof text === "string" ? encoder.encode(text) : text;
  const slicer = new JsonSlicer(choose, limits);
  const events: JsonEvent[] = [];
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((one, other) => one - other), bytes.length];
  let from = 0;
  for (const end of ends) {
    // The piece is overwritten afterwards, as a socket's buffer would be.
    const piece = Uint8Array.from(bytes.subarray(from, end));
    events.push(...slicer.write(piece));
    piece.fill(0x78);
    from = end;
  }
  events.push(...slicer.end());
  return events;
}

/** Builds the value again from the events of a walk. */
function rebuild(events: readonly JsonEvent[]): unknown {
  const root: { value?: unknown } = {};
  const containers: (unknown[] | Record<string, unknown>)[] = [];
  for (const event of events) {
    if (event.type === "end") containers.pop();
    if (event.type !== "value" && event.type !== "start") continue;
    const value = event.type === "value" ? event.value : event.container === "array" ? [] : {};
    const parent = containers.at(-1);
    const name = event.path.at(-1);
    if (parent === undefined) root.value = value;
    else if (Array.isArray(parent)) parent.push(value);
    else Object.defineProperty(parent, String(name), { value, enumerable: true, configurable: true, writable: true });
    if (event.type === "start" && typeof value === "object" && value !== null) containers.push(value as unknown[]);
  }
  return root.value;
}

/** Texts with everything that makes JSON hard: escapes, several bytes, lone surrogates, blanks. */
const hardText = fc.string({
  unit: fc.oneof(fc.string({ unit: "binary", maxLength: 2 }), fc.constantFrom("\\", '"', "\u0000", "\ud800", "é", "€", "😀", "{", "]", ",")),
  maxLength: 12,
});
// V8's own JSON.parse confuses an escaped name with one that begins with a backslash, and would be no judge of them.
const hardName = hardText.map((text) => text.replaceAll("\\", "/"));
const anyJson = fc.jsonValue({ depthSize: "large" });
const hardJson = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.oneof(hardText, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(fc.oneof(hardName, fc.constantFrom("__proto__", "constructor", "toString", "")), tie("value"), { maxKeys: 5 }),
  ),
})).value;
const cuts = fc.array(fc.nat(), { maxLength: 12 });
const indent = fc.constantFrom(undefined, 2, "\t", "\r\n ");

function write(value: unknown, space: string | number | undefined, escaped: boolean): string {
  const text = JSON.stringify(value, null, typeof space === "string" && space.startsWith("\r") ? 1 : space) ?? "null";
  const spaced = typeof space === "string" && space.startsWith("\r") ? text.replaceAll("\n", "\r\n") : text;
  return escaped ? spaced.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`) : spaced;
}

describe("a well-formed content", () => {
  test("is given whole as JSON.parse gives it, however it is cut", () => {
    fc.assert(
      fc.property(fc.oneof(anyJson, hardJson), indent, fc.boolean(), cuts, (value, space, escaped, cutsOfText) => {
        const text = write(value, space, escaped);
        const events = slice(text, valueOfAll, cutsOfText);
        expect(events).toEqual([{ type: "value", path: [], value: JSON.parse(text), from: 0, to: encoder.encode(text).length }]);
      }),
      { numRuns: 1_000 },
    );
  });

  test("is given piece by piece so that the same value can be built again", () => {
    fc.assert(
      fc.property(fc.oneof(anyJson, hardJson), indent, fc.boolean(), cuts, (value, space, escaped, cutsOfText) => {
        const text = write(value, space, escaped);
        expect(rebuild(slice(text, walkAll, cutsOfText))).toEqual(JSON.parse(text));
      }),
      { numRuns: 1_000 },
    );
  });

  test("gives the bytes of what was skipped or taken as text", () => {
    fc.assert(
      fc.property(fc.array(hardJson, { minLength: 1, maxLength: 6 }), indent, cuts, (values, space, cutsOfText) => {
        const text = write(values, space, false);
        const bytes = encoder.encode(text);
        const events = slice(text, (path) => (path.length === 0 ? "walk" : Number(path[0]) % 2 === 0 ? "skip" : "text"), cutsOfText);
        const given = events.flatMap((event) => {
          if (event.type === "text") return [JSON.parse(event.text)];
          return event.type === "skipped" ? [JSON.parse(new TextDecoder().decode(bytes.subarray(event.from, event.to)))] : [];
        });
        expect(given).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  test("may begin with a byte order mark, wherever it is cut", () => {
    const bytes = Uint8Array.from([0xef, 0xbb, 0xbf, ...encoder.encode('{"a":1}')]);
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(slice(bytes, valueOfAll, [cut])).toMatchObject([{ type: "value", value: { a: 1 }, from: 3 }]);
    }
  });

  test("reads each name for itself, escaped or not", () => {
    const events = slice('{"\\\\u0072":{"\\\\":1},"\\u0072eport":{"\\u0041":2},"\\"\\/":3}', walkAll);
    const paths = events.flatMap((event) => (event.type === "value" ? [event.path] : []));
    expect(paths).toEqual([["\\u0072", "\\"], ["report", "A"], ['"/']]);
  });

  test("keeps __proto__ and constructor as names like any other", () => {
    const events = slice('{"__proto__":{"polluted":1},"constructor":2}', (path) => (path.length === 0 ? "walk" : "value"));
    expect(events.filter((event) => event.type === "value").map((event) => event.path)).toEqual([["__proto__"], ["constructor"]]);
    expect(Object.hasOwn({}, "polluted") || "polluted" in {}).toBe(false);
  });

  test("asks for a value only after the events before it were taken", async () => {
    const log: string[] = [];
    const source = (async function* () {
      yield encoder.encode('{"a":1,"b":[2]}');
    })();
    const choose: Choose = (path) => {
      log.push(`ask ${path.join(".")}`);
      return "walk";
    };
    for await (const events of sliceJson(source, choose)) {
      for (const event of events) if (event.type === "value") log.push(`take ${event.path.join(".")}`);
    }
    expect(log).toEqual(["ask ", "ask a", "take a", "ask b", "ask b.0", "take b.0"]);
  });
});

/** JSON texts with one byte changed, inserted or taken out, and plain texts. */
const nearlyJson = fc.oneof(
  fc
    .tuple(hardJson, fc.nat(), fc.constantFrom("", ",", '"', "]", "}", "[", "{", ":", "0", "-", "e", ".", "\\", "n", "\n", "\u0001", "x", " "), fc.boolean())
    .map(([value, position, inserted, replaces]) => {
      const text = write(value, undefined, false);
      const at = position % (text.length + 1);
      return text.slice(0, at) + inserted + text.slice(at + (replaces ? 1 : 0));
    }),
  fc.string({ unit: fc.constantFrom(...'[]{}:,"\\0123456789-+.eEtrufalsn \n'), maxLength: 12 }),
);

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const isWrong = (event: JsonEvent) => event.type === "failure" || event.type === "flaw" || event.type === "unreadable";

describe("an ill-formed content", () => {
  test.each<[string, Choose]>([
    ["taken whole", valueOfAll],
    ["skipped", () => "skip"],
    ["walked", walkAll],
    ["sliced into its elements", (path) => (path.length === 0 ? "walk" : "value")],
  ])("is found wrong exactly when JSON.parse finds it so, when it is %s", (_name, choose) => {
    fc.assert(
      fc.property(nearlyJson, cuts, (text, cutsOfText) => {
        expect(slice(text, choose, cutsOfText).some(isWrong)).toBe(!parses(text.toWellFormed()));
      }),
      { numRuns: 3_000 },
    );
  });

  test("gives the same events however it is cut", () => {
    fc.assert(
      fc.property(nearlyJson, cuts, (text, cutsOfText) => {
        const choose: Choose = (path) => (path.length < 2 ? "walk" : "value");
        expect(slice(text, choose, cutsOfText)).toEqual(slice(text, choose));
      }),
      { numRuns: 1_000 },
    );
  });

  test("loses only the element that is wrong", () => {
    const choose: Choose = (path) => (path.length === 0 ? "walk" : "value");
    for (const wrong of [
      '{"a":NaN}',
      '{"a":1,}',
      '{"a" 1}',
      '{"a":"\u0001"}',
      '{"a":"\\x"}',
      '{"a":01}',
      '["\\u12"]',
      "[1}",
      '"\u0001"',
      "{a:1}",
      "[[1,,2],{}]",
    ]) {
      const events = slice(`[1,${wrong},3]`, choose);
      expect(events.filter((event) => event.type === "value").map((event) => event.value)).toEqual([1, 3]);
      expect(events.filter((event) => event.type === "unreadable").map((event) => event.path)).toEqual([[1]]);
    }
  });

  test("is read over a comma before a closing bracket, which is said with its byte", () => {
    const events = slice('{"a":[1,],"b":2,}', walkAll);
    expect(events.filter((event) => event.type === "value").map((event) => event.value)).toEqual([1, 2]);
    expect(events.filter((event) => event.type === "flaw").map((event) => event.offset)).toEqual([8, 16]);
  });

  test("is told by kind, byte and what was expected", () => {
    const last = (text: string | Uint8Array) => slice(text, walkAll).at(-1);
    expect(last("")).toMatchObject({ type: "failure", code: "empty", offset: 0 });
    expect(last(" \n")).toMatchObject({ type: "failure", code: "empty" });
    expect(last('{"a":[1')).toMatchObject({ type: "failure", code: "truncated", offset: 7 });
    expect(last('{"a" 1}')).toMatchObject({ type: "failure", code: "syntax", offset: 5, message: "Expected ':' at byte 5, found '1'" });
    expect(last("[1 2]")).toMatchObject({ type: "failure", code: "syntax", offset: 3 });
    expect(last("nul")).toMatchObject({ type: "failure", code: "truncated" });
    expect(last("[1] x")).toMatchObject({ type: "flaw", offset: 4 });
    expect(last(Uint8Array.from([0xff, 0xfe, 0x7b, 0x00]))).toMatchObject({ type: "failure", code: "encoding" });
    expect(last(Uint8Array.from([0x7b, 0x00, 0x7d, 0x00]))).toMatchObject({ type: "failure", code: "encoding" });
  });
});

describe("limits", () => {
  const choose: Choose = (path) => (path.length === 0 ? "walk" : "value");

  test("depth counts walked, taken and skipped containers alike and ends the reading", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    for (const handling of ["walk", "value", "skip", "text"] as const) {
      expect(slice(nested(1_000), () => handling).some(isWrong)).toBe(false);
      expect(slice(nested(1_001), () => handling).at(-1)).toMatchObject({ type: "failure", code: "depth", offset: 1_000 });
      expect(slice("[".repeat(100_000), () => handling).at(-1)).toMatchObject({ type: "failure", code: "depth" });
      expect(slice('{"a":'.repeat(100_000), () => handling).at(-1)).toMatchObject({ type: "failure", code: "depth" });
    }
  });

  test("an ill-formed value cannot nest deeper than a well-formed one", () => {
    expect(slice(`[[x${"[".repeat(100_000)}`, choose).at(-1)).toMatchObject({ type: "failure", code: "depth" });
  });

  test("an element beyond the limit is left out and the next one read, in one piece or many", () => {
    const text = `["${"a".repeat(20)}","b",{"c":"${"d".repeat(20)}"},4]`;
    const everyByte = Array.from(text, (_character, index) => index);
    for (const cutsOfText of [[], everyByte]) {
      const events = slice(text, choose, cutsOfText, { depth: 10, elementBytes: 20 });
      expect(events.filter((event) => event.type === "value").map((event) => event.value)).toEqual(["b", 4]);
      expect(events.filter((event) => event.type === "unreadable").map((event) => event.path)).toEqual([[0], [2]]);
    }
  });

  test("a value without an end is not held beyond the limit", () => {
    const slicer = new JsonSlicer(valueOfAll, { depth: 10, elementBytes: 1_000_000 });
    const before = process.memoryUsage().arrayBuffers;
    const piece = encoder.encode("a".repeat(65_536));
    const events = [...slicer.write(encoder.encode('"'))];
    for (let written = 0; written < 1_000; written++) events.push(...slicer.write(piece));
    expect(events).toEqual([]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  });

  test("a skipped value may be of any size", () => {
    const text = `["${"a".repeat(1_000)}",1]`;
    const events = slice(text, (path) => (path.length === 0 ? "walk" : path[0] === 0 ? "skip" : "value"), [5, 50], { depth: 10, elementBytes: 20 });
    expect(events.some(isWrong)).toBe(false);
  });

  test("bytes that are no UTF-8 become U+FFFD", () => {
    expect(slice(Uint8Array.from([0x22, 0xff, 0xe2, 0x82, 0x22]), valueOfAll, [3])).toMatchObject([{ type: "value", value: "\uFFFD\uFFFD" }]);
  });
});
