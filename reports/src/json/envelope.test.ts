import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitEnvelope } from "./envelope.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function split(text: string) {
  return splitEnvelope(encoder.encode(text));
}

/** The parts as texts and values; the body has to be well-formed. */
function parts(text: string) {
  const result = split(text);
  if ("problem" in result) throw new Error(result.problem.message);
  return { fields: result.fields, report: result.report === null ? null : decoder.decode(result.report) };
}

function problemOf(text: string | Uint8Array<ArrayBuffer>) {
  const result = typeof text === "string" ? split(text) : splitEnvelope(text);
  return "problem" in result ? result.problem : null;
}

// V8's own JSON.parse confuses an escaped name with one that begins with a backslash, and would be no judge of them.
const name = fc.oneof(
  fc.string({ maxLength: 8 }).map((text) => text.replaceAll("\\", "/")),
  fc.constantFrom("report", "Report", "__proto__", "constructor", "reports"),
);
const members = fc.array(fc.tuple(name, fc.jsonValue(), fc.boolean()), { maxLength: 6 });

/** A body with repeated names and with names written as escapes. */
function bodyOf(list: readonly (readonly [string, unknown, boolean])[], space: number | undefined): string {
  const written = list.map(([key, value, escaped]) => {
    const quoted = escaped
      ? `"${[...key].flatMap((character) => [...Array(character.length).keys()].map((unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`)).join("")}"`
      : JSON.stringify(key);
    return `${quoted} : ${JSON.stringify(value, null, space) ?? "null"}`;
  });
  return `{${written.join(" ,\n")}}`;
}

describe("a webhook's body", () => {
  test("is taken apart as JSON.parse reads it, with repeated and escaped names", () => {
    fc.assert(
      fc.property(members, fc.constantFrom(undefined, 2), (list, space) => {
        const body = bodyOf(list, space);
        const expected = JSON.parse(body) as Record<string, unknown>;
        const given = parts(body);
        expect(given.report === null).toBe(!Object.hasOwn(expected, "report"));
        expect(given.report === null ? undefined : JSON.parse(given.report)).toEqual(expected["report"]);
        const rest = Object.fromEntries(Object.entries(expected).filter(([key]) => key !== "report"));
        expect(given.fields).toEqual(rest);
        expect(Object.keys(given.fields).toSorted()).toEqual(Object.keys(rest).toSorted());
      }),
      { numRuns: 1_000 },
    );
  });

  test("is refused exactly when JSON.parse refuses it or it is no object", () => {
    const damaged = fc.tuple(members, fc.nat(), fc.constantFrom("", ",", '"', "}", "]", "{", ":", "0", "\\", "\u0001", "x"), fc.boolean());
    fc.assert(
      fc.property(damaged, ([list, position, inserted, replaces]) => {
        const whole = bodyOf(list, undefined);
        const at = position % (whole.length + 1);
        const body = (whole.slice(0, at) + inserted + whole.slice(at + (replaces ? 1 : 0))).toWellFormed();
        let value: unknown = undefined;
        try {
          value = JSON.parse(body);
        } catch {
          value = undefined;
        }
        const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
        expect(problemOf(body) === null).toBe(isObject);
      }),
      { numRuns: 3_000 },
    );
  });

  test("gives the report's bytes untouched, blanks and escapes included", () => {
    const report = '{ "a" : [1.50, "\\u00e9é", 1e2 ],\r\n "b":{} }';
    expect(parts(`{"commit_hash":"abc", "report" : ${report} ,"branch":"main"}`)).toEqual({
      fields: { commit_hash: "abc", branch: "main" },
      report,
    });
  });

  test("tells a report that is null from one that is missing", () => {
    expect(parts('{"report":null}')).toEqual({ fields: {}, report: "null" });
    expect(parts('{"a":1}')).toEqual({ fields: { a: 1 }, report: null });
  });

  test("counts the last of repeated reports, also when its name is written with escapes", () => {
    expect(parts('{"report":1,"\\u0072eport":[2]}').report).toBe("[2]");
    expect(parts('{"repor\\u0074":1,"report":null}').report).toBe("null");
  });

  test("takes only the member at the top for the report", () => {
    expect(parts('{"results":{"report":1}}')).toEqual({ fields: { results: { report: 1 } }, report: null });
  });

  test("may begin with a byte order mark", () => {
    const body = Uint8Array.from([0xef, 0xbb, 0xbf, ...encoder.encode('{"report":[]}')]);
    const result = splitEnvelope(body);
    expect("report" in result && result.report !== null && decoder.decode(result.report)).toBe("[]");
  });

  test("never reaches a prototype", () => {
    const { fields } = parts('{"__proto__":{"polluted":true},"report":{"__proto__":{"polluted":true}}}');
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
  });

  test("that is wrong is told with byte, line and column", () => {
    expect(problemOf('{\n  "a": 1,\n  "b" 2\n}')).toEqual({ message: "Expected ':' at byte 18, found '2'", offset: 18, line: 3, column: 7 });
    expect(problemOf('{"report":[1,]}')).toMatchObject({ offset: 13, line: 1, column: 14 });
    expect(problemOf('{"report":{"a"')).toMatchObject({ message: "The content is cut off at byte 14" });
    expect(problemOf("[1]")).toMatchObject({ message: "The body must be a JSON object", offset: 0 });
    expect(problemOf("null")).toMatchObject({ message: "The body must be a JSON object" });
    expect(problemOf("")).toMatchObject({ message: "The content is empty" });
    expect(problemOf(`{"report":${"[".repeat(100_000)}`)?.message).toContain("More than 1,000");
  });
});
