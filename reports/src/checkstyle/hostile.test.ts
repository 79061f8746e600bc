import fc from "fast-check";
import { expect, test } from "vitest";
import { checkBounds, checkChangedBytes, checkCuts } from "../testing/hostility.ts";
import { readAll } from "../testing/read-all.ts";
import { checkstyleReader } from "./reader.ts";

const report = `<?xml version="1.0" encoding="utf-8"?>
<!-- a comment -->
<checkstyle version="4.3">
<file name="/home/runner/work/shop/shop/é.js"><error line="1" column="2" severity="error" message="&lt;a&gt; &#x1F600; (no-undef)" source="eslint.rules.no-undef" />
<error line='2' severity='warning' message='b' source='x'></error></file>
<file name="b.js"/></checkstyle>`;

test("a report cut at any byte gives nothing that the whole one has not, and says so", () => checkCuts(checkstyleReader, report));

test("a report never makes the reader throw, whatever was done to its bytes", () => checkChangedBytes(checkstyleReader, report));

test("unknown elements and attributes change nothing, and neither does leaving out optional ones", async () => {
  const error = (attributes: readonly string[]) => `<error source="r" message="m" severity="error" ${attributes.join(" ")}/>`;
  const unknown = fc.subarray(['x="1"', 'xmlns:a="b"', 'a:b="c"', 'Line="4"', 'column="3"', 'line="7"']);
  const filler = fc.subarray(["<x/>", "<x>text</x>", "text", "<!-- c -->", "<?pi x?>", "<![CDATA[c]]>", "<errors/>"]);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(unknown, filler), { maxLength: 5 }), async (errors) => {
      const written = errors.map(([attributes, around]) => `${around.join("")}${error(attributes)}`).join("");
      const { findings, problems } = await readAll(checkstyleReader, `<checkstyle new="1"><file name="a">${written}</file></checkstyle>`);
      expect(findings.map(({ identity, severity }) => [...identity, severity])).toEqual(errors.map(() => ["place", "r", "a", "m", "high"]));
      expect(problems).toEqual([]);
    }),
  );
});

test("any text in any attribute fits the database", async () => {
  const escaped = (text: string) => text.replaceAll(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("x".repeat(70_000), `${"é".repeat(3_000)} (r)`, "9".repeat(20), "-1")).map(escaped);
  await fc.assert(
    fc.asyncProperty(text, text, text, text, async (name, source, message, line) => {
      const written = `<checkstyle><file name="${name}"><error source="${source}" message="${message}" line="${line}" severity="${line}"/></file></checkstyle>`;
      checkBounds(await readAll(checkstyleReader, written));
    }),
    { numRuns: 200 },
  );
});
