/** CSI, OSC and the other escape sequences of terminals, in their 7-bit and 8-bit spellings. */
const escapeSequences =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;
/** Everything that moves the cursor, hides text or turns its direction. */
const invisible = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;
const ownTokens = /\b(sentr?_)[0-9A-Za-z]{20,}/g;

/**
 * One line of a text that somebody else wrote (a file's name, a report's words, a server's answer), safe for a terminal
 * and a build log: no control characters, no command of GitHub's log, no token of ours.
 */
export function printable(text: string): string {
  const plain = text.replace(escapeSequences, "").replace(invisible, " ").trim();
  // `::command::` at the start of a line and `##[command]` anywhere in it are orders to GitHub's runner.
  return plain.replace(/^::/, ": :").replaceAll("##[", "# #[").replace(ownTokens, "$1[redacted]");
}

/** The same for a text of several lines, which stay lines. */
export function printableLines(text: string): string {
  return text
    .split("\n")
    .map((line) => /^ */.exec(line)?.[0] + printable(line))
    .join("\n");
}
