import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { readXml, toldXml } from "../testing/read-xml.ts";
import { xmlEvents } from "./events.ts";

const without = (content: readonly string[]) => content.filter((line) => !line.startsWith("! "));

setFlagsFromString("--expose-gc");
const collectGarbage: unknown = runInNewContext("gc");

/** What is in use after everything that can be freed was. */
function heapBytes(): number {
  if (typeof collectGarbage !== "function") throw new Error("garbage cannot be collected");
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe("hostile XML", () => {
  test("entities stand for nothing, and a doctype fetches nothing", async () => {
    const bomb = `<!DOCTYPE a [<!ENTITY l "lol">${Array.from({ length: 9 }, (_unused, index) => `<!ENTITY l${index} "${`&l${index - 1};`.repeat(10)}">`).join("")}]><a>&l8;</a>`;
    expect(await toldXml(bomb)).toEqual(["<a>", "&l8;", "</a>", "! loose"]);
    const external = `<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd" [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1:1/"> %p;]><a b="&f;">&f;</a>`;
    expect(without(await toldXml(external))).toEqual(["<a b=&f;>", "&f;", "</a>"]);
  });

  test("names of the prototype are names like any other", async () => {
    expect(await toldXml("<__proto__ constructor='1' __proto__='2'><toString/></__proto__>")).toEqual([
      "<__proto__ constructor=1 __proto__=2>",
      "<toString>",
      "</toString>",
      "</__proto__>",
    ]);
  });

  test("elements inside each other are followed to the limit, and no deeper", async () => {
    const nested = (depth: number) => "<a>".repeat(depth) + "</a>".repeat(depth);
    expect((await readXml(nested(limits.depth))).filter(({ type }) => type === "problem")).toEqual([]);
    const events = await readXml(nested(limits.depth + 1));
    expect(events).toHaveLength(limits.depth + 1);
    expect(events.at(-1)).toMatchObject({ code: "too_deep", isFatal: true });
  });

  test("a name beyond the limit ends the reading, the same in all pieces", async () => {
    const long = "x".repeat(limits.xmlName + 1);
    for (const content of [`<${long}/>`, `<a ${long}='1'/>`, `<a ${long} >`, `<a></${long}>`, `<a><?${long} x?></a>`, `<?xml ${long}='1'?><a/>`]) {
      const events = await readXml(content);
      expect(events.at(-1)).toMatchObject({ code: "too_large", isFatal: true });
      expect(await readXml(content, 7)).toEqual(events);
    }
    expect(await toldXml(`<${long.slice(1)}/>`)).toHaveLength(2);
  });

  test("texts and values are cut, and further attributes left out", async () => {
    const long = "x".repeat(200_000);
    const content = `<a b="${long}" c="1"><d>${long}<e/>${long}</d><f>y</f></a>`;
    const [open, , text, ...rest] = await readXml(content);
    expect(open).toEqual({
      type: "open",
      name: "a",
      attributes: new Map([
        ["b", "x".repeat(limits.xmlText)],
        ["c", "1"],
      ]),
    });
    expect(text).toEqual({ type: "text", text: "x".repeat(limits.xmlText) });
    expect(rest).toHaveLength(7);
    expect(await readXml(content, 1_000)).toEqual(await readXml(content));
    const many = await readXml(`<a ${Array.from({ length: 50_000 }, (_unused, index) => `a${index}='1'`).join(" ")}><b c='1'/></a>`);
    expect(many.map(({ type }) => type)).toEqual(["open", "open", "close", "close", "problem"]);
    expect(many.at(-1)).toMatchObject({ code: "too_large", isFatal: false });
    expect(many[1]).toMatchObject({ attributes: new Map([["c", "1"]]) });
  });

  test.each<[string, string, string]>([
    ["an attribute", "<a b='", "x"],
    ["an attribute of line ends", "<a b='", "\n"],
    ["an attribute without quotes", "<a b=", "x"],
    ["an entity in an attribute without quotes", "<a b=&", "x"],
    ["a tag", "<a ", "b='c' "],
    ["a text", "<a>", "x"],
    ["white space", "<a>", " "],
    ["a CDATA section", "<a><![CDATA[", "]"],
    ["a comment", "<a><!--", "x-"],
    ["an instruction", "<a><?b ", "x"],
    ["a declaration", "<?xml version='", "x"],
    ["a doctype", "<!DOCTYPE a [", "<!ENTITY b 'c'>"],
    ["entities", "<a>", "&b;&#65;"],
    ["a stray &", "<a>", "& "],
    ["a stray & before the root", "", "&x "],
    ["a stray <", "<a>", "< "],
    ["close tags", "<a><b>", "</c>"],
    ["control characters", "<a>", "\u0001"],
    ["broken declarations", "<a>", "<!x"],
    ["text before the root", "", "x "],
  ])("%s of 8 MB is not kept in memory, and makes few events", async (_name, head, unit) => {
    const bytes = 8 * 1024 * 1024;
    const piece = new TextEncoder().encode(unit.repeat(Math.ceil(65_536 / unit.length)));
    let count = 0;
    let keptBytes = 0;
    async function* flood(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(head);
      yield piece;
      const before = heapBytes();
      for (let given = piece.length; given < bytes; given += piece.length) yield piece;
      keptBytes = heapBytes() - before;
    }
    for await (const events of xmlEvents(flood())) count += events.length;
    expect(keptBytes).toBeLessThan(1024 * 1024);
    expect(count).toBeLessThan(200_000);
  });
});
