const mostCharacters = 2_000;
/** What masking changes; most messages have nothing of it but digits. */
const changing = /\d|\s\s|[^\S ]|^ | $/;
/** A single blank stays as it is. */
const whiteSpace = /\s{2,}|[^\S ]/g;

/**
 * A message without what changes while the problem stays: numbers ("on line 66 column 39") become `0`, runs of white
 * space one blank. Two messages that are equal after this may tell of the same finding.
 */
export function maskedMessage(message: string): string {
  const start = message.length > mostCharacters ? message.slice(0, mostCharacters) : message;
  return changing.test(start) ? start.replaceAll(/\d+/g, "0").replaceAll(whiteSpace, " ").trim() : start;
}
