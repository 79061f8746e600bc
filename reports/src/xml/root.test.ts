import { expect, test } from "vitest";
import { rootElementOf } from "./root.ts";

const utf16 = (text: string) => new Uint8Array(Buffer.from(text, "utf16le"));
const nameOf = (head: string | Uint8Array) => rootElementOf(typeof head === "string" ? Buffer.from(head) : head)?.name ?? null;

test.each<[string, string | Uint8Array]>([
  ["alone", "<r/>"],
  ["with attributes, and cut off behind them", '<r a="1" b="x > y"><c>'],
  ["behind a mark and white space", "\uFEFF\n\t<r>"],
  ["behind a declaration, comments and instructions", "<?xml version='1.0'?>\n<!-- <a> > --><?pi <b> ?><!-- --><r>"],
  ["behind a doctype with its own declarations", '<!DOCTYPE r [<!ELEMENT r (a|b)*><!ENTITY x "<z>]>"> <!-- ]> <q> --> <?p ]> ?>]>\n<r>'],
  ["with a prefix", "<p:r xmlns:p='urn:x'>"],
  ["in UTF-16 with a mark", utf16("\uFEFF<?xml version='1.0' encoding='UTF-16'?><r>")],
  ["in UTF-16 without one", utf16("<r>")],
  ["in UTF-16 the other way round", new Uint8Array(Buffer.from("\uFEFF<r>", "utf16le").swap16())],
  ["behind a long comment", `<!-- ${"x".repeat(60_000)} --><r>`],
])("the root is found %s", (_name, head) => {
  expect(nameOf(head)).toBe("r");
});

test("its attributes are told by their local names", () => {
  const root = rootElementOf(Buffer.from('<r xmlns="urn:y" xmlns:p="urn:x" p:a="1" b="&lt;2"/>'));
  expect(root).toEqual({
    name: "r",
    attributes: new Map([
      ["xmlns", "urn:y"],
      ["a", "1"],
      ["b", "<2"],
    ]),
  });
});

test.each(["", "<", "<r", "<r a='1'", "<!--", "<!-- <r> ", "<!DOCTYPE r [<r>", "{}", "text", "text <r>", "\u0000", "PK\u0003\u0004", "<1>", "< r>"])(
  "there is none in %j",
  (head) => {
    expect(nameOf(head)).toBeNull();
  },
);
