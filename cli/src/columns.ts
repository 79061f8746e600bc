/** Shortened in its middle, which tells least of a path. */
export function shortened(text: string, mostColumns: number): string {
  if (columnsOf(text) <= mostColumns) return text;
  const characters = [...text];
  const tail = Math.ceil((mostColumns - 1) * 0.6);
  const head = Math.max(0, mostColumns - 1 - tail);
  return `${characters.slice(0, head).join("")}…${characters.slice(-tail).join("")}`;
}

const twoColumns = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60]/u;
const noColumn = /\p{Mark}/u;

/** How many columns of a terminal a printable text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += noColumn.test(character) ? 0 : twoColumns.test(character) ? 2 : 1;
  return columns;
}
