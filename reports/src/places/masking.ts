const mostCharacters = 2_000;

/**
 * A message without what changes while the problem stays: numbers ("on line 66 column 39") become `0`, runs of white
 * space one blank. Two messages that are equal after this may tell of the same finding.
 */
export function maskedMessage(message: string): string {
  return message.slice(0, mostCharacters).replaceAll(/\d+/g, "0").replaceAll(/\s+/g, " ").trim();
}
