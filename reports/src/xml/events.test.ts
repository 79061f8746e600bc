import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readXml, toldXml } from "../testing/read-xml.ts";
import type { XmlEvent } from "./events.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) => new Uint8Array(Buffer.from(text, "utf16le"));
const without = (content: readonly string[]) => content.filter((line) => !line.startsWith("! "));

describe("well-formed XML", () => {
  test("gives elements, attributes, text and CDATA in order, by local names", async () => {
    const content = `\uFEFF<?xml version="1.0"?><!-- c --><!DOCTYPE r [<!ELEMENT r ANY> <!-- ]> -->]>
      <p:r xmlns:p="urn:x" xmlns="urn:y" p:id="1" id='2'>
        <a b="&lt;&#65;&#x42;&amp;"/>one &gt; <!-- no --><![CDATA[<two> & ]]]]><![CDATA[>]]><?pi x?> three
      </p:r>`;
    expect(await toldXml(content)).toEqual(["<r id=2 xmlns=urn:y>", "<a b=<AB&>", "</a>", "one > <two> & ]]> three\n      ", "</r>"]);
  });

  test("gives no white space between tags, and keeps it around text", async () => {
    expect(await toldXml("<a>\n  <b> \n </b>\n <c> x <d/> y </c> </a>")).toEqual(["<a>", "<b>", "</b>", "<c>", " x ", "<d>", "</d>", " y ", "</c>", "</a>"]);
  });

  test("is read as it was written, whatever it holds and in whatever pieces", async () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9.-]{0,8}$/);
    const content = fc.string({ unit: fc.constantFrom("a", " ", "\n", "é", "😀", "&", "<", ">", "]", '"', "'", ";", "#", "-", "?") });
    const escaped = (text: string) =>
      text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&#34;").replaceAll("\n", "&#10;");
    const leaf = fc.record({ name: word, attributes: fc.dictionary(word, content, { maxKeys: 3 }), text: content, isCdata: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(leaf, { maxLength: 8 }), fc.integer({ min: 1, max: 200 }), async (leaves, pieceBytes) => {
        const xml = leaves.map(({ name, attributes, text, isCdata }) => {
          const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
          const body = isCdata ? `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>` : escaped(text);
          return `<${name}${written.join("")}>${body}</${name}>\n`;
        });
        const expected: XmlEvent[] = leaves.flatMap(({ name, attributes, text }): XmlEvent[] => [
          { type: "open", name, attributes: new Map(Object.entries(attributes)) },
          ...(text.trim() === "" ? [] : [{ type: "text" as const, text }]),
          { type: "close", name },
        ]);
        const root: XmlEvent = { type: "open", name: "root", attributes: new Map() };
        expect(await readXml(`<root>\n${xml.join("")}</root>`, pieceBytes)).toEqual([root, ...expected, { type: "close", name: "root" }]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("encodings", () => {
  test.each<[string, Uint8Array]>([
    ["UTF-8 with a mark that goes before the declaration", utf8('\uFEFF<?xml version="1.0" encoding="latin1"?><a b="é">€</a>')],
    ["UTF-8 that calls itself UTF-16", utf8('<?xml version="1.0" encoding="utf-16"?><a b="é">€</a>')],
    ["UTF-16 with a mark", utf16('\uFEFF<?xml version="1.0" encoding="utf-16"?><a b="é">€</a>')],
    ["UTF-16 without a mark", utf16('<a b="é">€</a>')],
    ["UTF-16 the other way round", new Uint8Array(Buffer.from('\uFEFF<a b="é">€</a>', "utf16le").swap16())],
    ["windows-1252", new Uint8Array(Buffer.from('\n<?xml version="1.0" encoding="windows-1252"?><a b="\xe9">\x80</a>', "latin1"))],
    ["ISO-8859-15", new Uint8Array(Buffer.from("<?xml version='1.0' encoding = 'ISO-8859-15' ?><a b='\xe9'>\xa4</a>", "latin1"))],
  ])("%s is read, in any pieces", async (_name, bytes) => {
    const whole = await readXml(bytes);
    expect(without(await toldXml(bytes))).toEqual(["<a b=é>", "€", "</a>"]);
    for (const pieceBytes of [1, 2, 3, 13]) expect(await readXml(bytes, pieceBytes)).toEqual(whole);
  });

  test("an unknown one is told, and broken bytes become U+FFFD", async () => {
    const bytes = new Uint8Array(Buffer.from('<?xml version="1.0" encoding="klingon"?><a>\xff\xc3</a>', "latin1"));
    expect(await toldXml(bytes)).toEqual(["<a>", "\uFFFD\uFFFD", "</a>", "! encoding"]);
    expect(await toldXml(bytes.subarray(0, 41))).toEqual(["! encoding", "! no_root"]);
  });
});

describe("what is not as XML wants it", () => {
  test.each([
    ["<a>x]]>y</a>", "x]]>y"],
    ["<a>1 & 2 && 3 &; &# &#x; &amp</a>", "1 & 2 && 3 &; &# &#x; &amp"],
    ["<a>&nbsp;&#0;&#xD800;</a>", "&nbsp;&#0;&#xD800;"],
    ["<a>a\u0001\u001b[31mb</a>", "a\u0001\u001b[31mb"],
    ["<a>1 < 2 << 3 <4</a>", "1 < 2 << 3 <4"],
    ["<a><![CDATA[x]]>y<!-- -- -->z</a>", "xyz"],
  ])("%j is told and read all the same", async (content, text) => {
    expect(without(await toldXml(content))).toEqual(["<a>", text, "</a>"]);
    expect(await readXml(content, 1)).toEqual(await readXml(content));
  });

  test.each([
    ["<a b='1 < 2 & 3 &lt; \u0001'/>", "<a b=1 < 2 & 3 < \u0001>"],
    ["<a b=1&2 c=&x d/>", "<a b=1&2 c=&x d=d>"],
    ["<a b='1'c='2' b='3'/>", "<a b=1 c=2>"],
  ])("%j has its attributes", async (content, element) => {
    expect(without(await toldXml(content))[0]).toBe(element);
    expect(await readXml(content, 1)).toEqual(await readXml(content));
  });

  test("a declaration behind a comment, text around the root and a doctype in small letters lose nothing", async () => {
    expect(await toldXml("<!-- c --><?xml version='1.0'?><a/>")).toEqual(["<a>", "</a>", "! loose"]);
    expect(await toldXml("& building...\n<a/>\ndone")).toEqual(["<a>", "</a>", "! loose", "! text_outside"]);
    expect(await toldXml("<!doctype html>\n<html></html>")).toEqual(["<html>", "</html>"]);
  });

  test("a wrong close tag closes no more than it must", async () => {
    expect(await toldXml("<a><b></c></b></a>")).toEqual(["<a>", "<b>", "</b>", "</a>", "! ill_formed"]);
    expect(await toldXml("<a><b><c></b><d/></a>")).toEqual(["<a>", "<b>", "<c>", "</c>", "</b>", "<d>", "</d>", "</a>", "! ill_formed"]);
    expect(await toldXml("<a></a></a><a/>")).toEqual(["<a>", "</a>", "<a>", "</a>", "! ill_formed", "! ill_formed"]);
    expect(await toldXml("<a><!ELEMENT x><b/></a>")).toEqual(["<a>", " x>", "<b>", "</b>", "</a>", "! ill_formed"]);
  });

  test("a cut-off content is kept as far as it was read", async () => {
    const content = `<?xml version="1.0"?><a b="1"><c>x<![CDATA[y]]></c><!-- z --></a>`;
    const whole = await toldXml(content);
    for (let end = 0; end < content.length; end++) {
      const cut = await toldXml(content.slice(0, end));
      expect(cut.at(-1)).toMatch(/^! (?:no_root|cut_off)$/);
      const kept = without(cut);
      expect(kept.slice(0, -1)).toEqual(whole.slice(0, Math.max(0, kept.length - 1)));
    }
    expect(await toldXml("<a/><!-- x")).toEqual(["<a>", "</a>", "! cut_off"]);
    expect(await toldXml("no xml")).toEqual(["! text_outside", "! no_root"]);
  });

  test("whatever was done to its bytes, it is read without an error, the same in all pieces, and closes come in order", async () => {
    const content = utf8(
      `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]>\r\n<a b="1 &amp; 2" c='d'><e>f &lt; g]]</e><!-- h - i --><j k="l"/><![CDATA[m & ]] n]]><?o p?>&#x51;é😀</a>\n`,
    );
    const byte = fc.oneof(
      fc.nat(255),
      fc.constantFrom(..."<>&\"'/=![]-?;: \r\nx").map((character) => character.charCodeAt(0)),
    );
    const change = fc.record({ at: fc.nat(content.length - 1), remove: fc.nat(3), insert: fc.array(byte, { maxLength: 4 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 20 }), async (changes, pieceBytes) => {
        let bytes = [...content];
        for (const { at, remove, insert } of changes) bytes = [...bytes.slice(0, at), ...insert, ...bytes.slice(at + remove)];
        const whole = await readXml(Uint8Array.from(bytes));
        expect(await readXml(Uint8Array.from(bytes), pieceBytes)).toEqual(whole);
        const open: string[] = [];
        for (const event of whole) {
          if (event.type === "open") open.push(event.name);
          else if (event.type === "close") expect(event.name).toBe(open.pop());
        }
        const isCut = whole.some((event) => event.type === "problem" && (event.code === "cut_off" || event.isFatal));
        if (!isCut) expect(open).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});
