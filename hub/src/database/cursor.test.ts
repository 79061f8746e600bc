import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor.ts";

/** What JSON keeps, and PostgreSQL's texts: no NUL. */
const part = fc.oneof(
  fc.string({ unit: "binary" }).filter((text) => !text.includes("\0") && text.isWellFormed()),
  fc.maxSafeInteger(),
);

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

describe("a cursor", () => {
  test("comes back as what went in, whatever texts and ids it holds", () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (key) => {
        const shape = key.map((one) => (typeof one === "string" ? "string" : "number"));
        expect(decodeCursor(encodeCursor(key), shape)).toEqual(key.map((one) => (Object.is(one, -0) ? 0 : one)));
      }),
    );
  });

  test("can stand in an address as it is", () => {
    fc.assert(fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (key) => /^[\w-]+$/.test(encodeCursor(key))));
  });

  test("of another list is refused", () => {
    expect(decodeCursor(encodeCursor([1, 2]), ["number"])).toBeNull();
    expect(decodeCursor(encodeCursor([1]), ["number", "number"])).toBeNull();
    expect(decodeCursor(encodeCursor(["a"]), ["number"])).toBeNull();
    expect(decodeCursor(encodeCursor([1]), ["string"])).toBeNull();
  });

  test.each([
    ["nothing", ""],
    ["text that is no base64url", "%%%"],
    ["base64url of no JSON", Buffer.from("[1").toString("base64url")],
    ["an object", encoded({ 0: 1, length: 1 })],
    ["a fraction", encoded([1.5])],
    ["a number that no id can be", encoded([1e300])],
    ["null", encoded([null])],
    ["a list in the list", encoded([[1]])],
  ])("that holds %s is refused", (_name, cursor) => {
    expect(decodeCursor(cursor, ["number"])).toBeNull();
  });

  test("with a NUL is refused: PostgreSQL would take it for a mistake of ours", () => {
    expect(decodeCursor(encoded(["a\0b"]), ["string"])).toBeNull();
  });

  test("that was cut or changed in any place is refused or another cursor, and never an error", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const decoded = decodeCursor(text, ["number", "number"]);
        expect(decoded === null || decoded.length === 2).toBe(true);
      }),
    );
  });
});
