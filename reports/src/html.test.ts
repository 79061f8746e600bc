import { describe, expect, test } from "vitest";
import { htmlText, paragraphsText } from "./html.ts";

describe("text of HTML", () => {
  test("keeps the paragraphs of a report as lines, and code as it is", () => {
    expect(paragraphsText("<p>a</p><p></p><p></p><p>b &lt;i&gt; &amp;amp; &#39;c&#x27;&nbsp;&unknown;</p>", 100)).toBe("a\n\nb <i> &amp; 'c' &unknown;");
    expect(paragraphsText("<p>if (a<b) return c>d<br/>x</p>", 100)).toBe("if (a<b) return c>d\nx");
    expect(paragraphsText("<p></p>", 100)).toBeNull();
    expect(paragraphsText("<p>abc</p>", 2)).toBe("ab");
  });

  test("keeps nothing of other tags where it is HTML throughout", () => {
    const html = "<h2>Why</h2>\n<p>Use <code>a &lt; b</code>,<br>not <a href='x'>c</a>.</p><!-- no --><ul><li>one</li><li>two</li></ul><script>";
    expect(htmlText(html, 200)).toBe("Why\n\nUse a < b,\nnot c.\n\none\n\ntwo");
  });

  test("is made in a time that grows with it alone", () => {
    for (const part of ["<", "<p", "<!--", "&", "&#", "</p> ", "<a <", "-"])
      expect(htmlText(`<!--${part.repeat(16_000)}`, 16_000)?.length ?? 0).toBeLessThanOrEqual(16_000);
    expect(paragraphsText(`</p>${" ".repeat(60_000)}x`, 16_000)).toBe("x");
  });

  test("a number that is no character becomes U+FFFD", () => {
    expect(htmlText("&#x110000;&#0;&#xD800;", 10)).toBe("\uFFFD\uFFFD\uFFFD");
  });
});
