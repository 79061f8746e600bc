/** Where in an escape sequence of a terminal (ECMA-48, 5.4 and 8.3) a stream of bytes stands. */
export const outside = 0;
/** After the escape byte. */
export const begun = 1;
/** In a control sequence: `[`, parameters, one last letter. */
const control = 2;
/** In a command to the operating system (titles, links): up to a bell, or an escape and a backslash. */
const command = 3;
const commandEscape = 4;
/** After an intermediate byte, such as that of a character set. */
const intermediate = 5;

/**
 * The place of the first byte at or after `from` that belongs to no sequence, or `to`. `at.escape` tells where it stands
 * before and after, so that a sequence may come in pieces. A control character ends any sequence.
 */
export function skipEscape(bytes: Uint8Array, from: number, to: number, at: { escape: number }): number {
  for (let index = from; index < to; index++) {
    const byte = bytes[index] as number;
    if (at.escape === command) {
      if (byte === 0x1b) at.escape = commandEscape;
      else if (byte === 0x07) return ended(at, index + 1);
      else if (byte === 0x0a || byte === 0x0d) return ended(at, index);
    } else if (at.escape === commandEscape && byte !== 0x5c) {
      at.escape = begun;
      index--;
    } else if (byte < 0x20 || byte > 0x7e) return ended(at, index);
    else if (at.escape === begun && byte === 0x5b) at.escape = control;
    else if (at.escape === begun && byte === 0x5d) at.escape = command;
    else if (at.escape === control ? byte >= 0x40 : byte >= 0x30) return ended(at, index + 1);
    else if (at.escape === begun) at.escape = intermediate;
  }
  return to;
}

function ended(at: { escape: number }, index: number): number {
  at.escape = outside;
  return index;
}
