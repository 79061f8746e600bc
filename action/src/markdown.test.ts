import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { markdownLink, markdownText } from "./markdown.ts";

describe("a text in Markdown", () => {
  test("holds no sign that means anything, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        const inner = /^(?:<code>(.*)<\/code>)?$/s.exec(markdownText(text))?.[1] ?? "";
        expect(inner.replaceAll(/&#\d+;/g, "")).toMatch(/^[^!-/:-@[-`{-~\n\r]*$/);
      }),
    );
  });

  test("can be read", () => {
    expect(markdownText("src/a.js")).toBe("<code>src&#47;a&#46;js</code>");
    expect(markdownText("a".repeat(400))).toBe(`<code>${"a".repeat(299)}…</code>`);
    expect(markdownText("")).toBe("");
  });
});

describe("a link in Markdown", () => {
  test("leads to the web only, and ends where it ends", () => {
    expect(markdownLink("Open", "https://hub.example.org/scans/1?a=1&b=2")).toBe('<a href="https://hub.example.org/scans/1?a=1&amp;b=2">Open</a>');
    expect(markdownLink("Open", 'https://hub.example.org/"><script>|`')).not.toMatch(/<script|\||`|"[^"]*"[^>]*"/);
    for (const address of ["javascript:alert(1)", "data:text/html,x", "nothing"]) expect(markdownLink("Open", address)).toBe("Open");
  });
});
