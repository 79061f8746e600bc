/**
 * Escape sequences of terminals: CSI (colours, cursor), OSC (titles, links), and the two-byte ones. Those that are cut off end with the text.
 * See ECMA-48, 5.4 and 8.3.
 */
const sequences = /\u001b(?:\[[0-?]*[ -/]*(?:[@-~]|$)|\][^\u0007\u001b]*(?:\u0007|\u001b\\|$)|[ -/]*[0-Z\\^-~]?)/g;

export function stripAnsi(text: string): string {
  return text.replace(sequences, "");
}
