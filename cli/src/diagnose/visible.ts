/** Controls, ends of lines, what turns the direction of writing, and what cannot be seen or stands alone as half a character. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * One line of a log, safe for a terminal and a build log: what would move the cursor, hide text or turn its direction is
 * written out (`\u{1b}`), tabs become blanks, and `##[command]` is no order to GitHub's runner.
 */
export function visible(text: string): string {
  return text
    .replaceAll("\t", "    ")
    .replace(unseen, (character) => writtenOut(character))
    .replaceAll("##[", "# #[");
}

/** JSON that says the same, with such characters written as JSON's own escapes. */
export function visibleJson(json: string): string {
  return json.replace(unseen, (character) => (character === "\n" ? character : escapedUnits(character))).replaceAll("##[", String.raw`#\u0023[`);
}

function writtenOut(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function escapedUnits(character: string): string {
  return Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`).join("");
}
