/** NUL, and the halves of characters beyond the first plane, alone or not. */
const suspicious = /[\0\ud800-\udfff]/;

/** A text as PostgreSQL can hold it, at most `limit` characters long: NUL and halves of characters become U+FFFD. */
export function cleanText(text: string, limit = Number.POSITIVE_INFINITY): string {
  const cut = text.length > limit ? text.slice(0, limit) : text;
  return suspicious.test(cut) ? cut.replaceAll("\0", "\uFFFD").toWellFormed() : cut;
}

/** The same for all texts in a JSON value, names of members too. */
export function cleanTexts(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanTexts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [cleanText(name), cleanTexts(member)]));
}
