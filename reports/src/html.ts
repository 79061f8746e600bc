import { cleanText } from "./text.ts";

/** What ends a line of a text. */
const paragraphTag = /<(?:\/?p|br\s*\/?)>/gi;
const lineTag = /<\/?(?:address|article|blockquote|br|dd|div|dl|dt|h[1-6]|hr|li|ol|p|pre|section|table|tbody|thead|tr|ul)\b[^<>]*>/gi;
/** Any tag; no `<` inside, lest a text of many of them takes quadratic time. */
const anyTag = /<(?:\/?[a-z][^<>]*|!--(?:[^<>-]|-(?!->))*--)>/gi;
const reference = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z][a-z\d]{1,30}));/gi;

const namedCharacters: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: "&",
    lt: "<",
    gt: ">",
    quot: '"',
    apos: "'",
    nbsp: " ",
    hellip: "…",
    ndash: "–",
    mdash: "—",
    lsquo: "‘",
    rsquo: "’",
    ldquo: "“",
    rdquo: "”",
    laquo: "«",
    raquo: "»",
    bull: "•",
    middot: "·",
    times: "×",
    larr: "←",
    rarr: "→",
    le: "≤",
    ge: "≥",
    ne: "≠",
    copy: "©",
    reg: "®",
    trade: "™",
    sect: "§",
    deg: "°",
    euro: "€",
  }),
);

/** How much longer than its text HTML may be before it is cut: tags and references take room. */
const markup = 4;

/**
 * The text of paragraphs (`<p>…</p><p>…</p>`), a line each, at most `limit` characters; null for an empty one. Only the
 * marks of paragraphs are taken away: what else looks like a tag is a part of the text, such as code that it quotes.
 */
export function paragraphsText(html: string | null, limit: number): string | null {
  if (html === null) return null;
  const lines = lineBreaks(html.slice(0, limit * markup)).replaceAll(/<\/p>\s*<p>/gi, "\n");
  return tidied(withoutReferences(lines.replaceAll(paragraphTag, "\n")), limit);
}

/** The text of HTML without any tag, at most `limit` characters; null for an empty one. */
export function htmlText(html: string | null, limit: number): string | null {
  if (html === null) return null;
  const text = lineBreaks(html.slice(0, limit * markup))
    .replaceAll(lineTag, "\n")
    .replaceAll(anyTag, "");
  return tidied(withoutReferences(text), limit);
}

/** Line breaks as XML reads them, whatever the tool wrote. */
export function lineBreaks(text: string): string {
  return text.includes("\r") ? text.replaceAll(/\r\n?/g, "\n") : text;
}

function withoutReferences(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(reference, (whole, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return namedCharacters.get(name.toLowerCase()) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : "\uFFFD";
  });
}

/** At most one empty line between two others, none around them. */
function tidied(text: string, limit: number): string | null {
  const lines = text.split("\n").map((line) => line.trimEnd());
  const kept = lines.filter((line, index) => line !== "" || lines[index - 1] !== "");
  const tidy = cleanText(kept.join("\n").trim(), limit);
  return tidy === "" ? null : tidy;
}
