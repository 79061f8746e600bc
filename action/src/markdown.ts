import { printable } from "@sentinal/send";

/**
 * A text that somebody else wrote, as text in Markdown: every sign that could mean something is a character reference, so
 * that it is no markup, no HTML, no table's border, and, as code, no link and no mention of anybody.
 */
export function markdownText(text: string, mostCharacters = 300): string {
  const line = printable(text);
  const characters = [...line];
  const cut = characters.length > mostCharacters ? `${characters.slice(0, mostCharacters - 1).join("")}…` : line;
  return cut === "" ? "" : `<code>${cut.replaceAll(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</code>`;
}

/** A link to an address of the web; the text alone for any other address. */
export function markdownLink(text: string, address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return text;
  return `<a href="${url.href.replaceAll(/[^\w./:%?=~+-]/g, (sign) => (sign === "&" ? "&amp;" : encodeURIComponent(sign)))}">${text}</a>`;
}
