/**
 * Maven's level before a message: `[ERROR] `, twice or set in where a goal prints what another Maven said, and as GitHub's page shows it: `Error:  `.
 * Old plugins print without.
 */
const error = /^ {0,8}(?:\[INFO\] (?=\[ERROR\]))?(?:(?:\[ERROR\]|\[FATAL\]) ?){1,2}|^Error: {1,2}(?=\S)/;

/** The message of a line of Maven's, and whether it was told as an error. */
export function mavenLine(text: string): { readonly message: string; readonly isError: boolean } {
  const level = error.exec(text);
  return level === null ? { message: text, isError: false } : { message: text.slice(level[0].length), isError: true };
}
