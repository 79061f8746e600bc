import type { JsonObject } from "../json/values.ts";
import { isObject, listOf, member, numberOf, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import { cleanText } from "../text.ts";
import { messageText } from "./components.ts";
import type { RuleOfResult } from "./rules.ts";

/** `[the value](1)`: a link to the related location of that id. */
const locationLink = /\[([^\][]{1,500})\]\((\d{1,9})\)/g;
/** A link to one behind them stays as it is. */
const mostRelated = 1_000;

/**
 * The plain text of a message: its own, or the one that the rule or its component has for the message's id, with its
 * arguments filled in. Markdown is never taken. Null when there is none.
 */
export function messageOf(message: unknown, rule: RuleOfResult): string | null {
  if (!isObject(message)) return messageText(message, limits.message);
  const own = messageText(message, limits.message);
  const id = textOf(member(message, "id"), limits.word);
  const text = own ?? (id === null ? null : (rule.descriptor?.messages.get(id) ?? rule.component?.messages.get(id) ?? null));
  if (text === null) return null;
  const values = member(message, "arguments");
  // A text of its own without arguments has braces as they are: tools do not double them there.
  return own !== null && !Array.isArray(values) ? text : filledIn(text, listOf(values));
}

/** The message of a result, whose links to its related locations are shown as their words. */
export function messageOfResult(result: JsonObject, rule: RuleOfResult): string | null {
  const message = messageOf(member(result, "message"), rule);
  const related = listOf(member(result, "relatedLocations")).slice(0, mostRelated);
  if (message === null || related.length === 0 || !message.includes("](")) return message;
  const isRelated = (id: number) => related.some((location) => isObject(location) && numberOf(member(location, "id")) === id);
  return message.replaceAll(locationLink, (link, words: string, id: string) => (isRelated(Number(id)) ? words : link));
}

/** Replaces `{0}` by the argument at 0, and doubled braces by single ones; stops at the limit of a message. */
function filledIn(text: string, values: readonly unknown[]): string {
  let filled = "";
  let from = 0;
  for (const match of text.matchAll(/\{\{|\}\}|\{(\d{1,4})\}/g)) {
    const [token, index] = match;
    const value = index === undefined ? token.slice(1) : (textOf(values[Number(index)], limits.message) ?? (values.length > Number(index) ? "" : token));
    filled += text.slice(from, match.index) + value;
    from = match.index + token.length;
    if (filled.length > limits.message) break;
  }
  return cleanText(filled + text.slice(from), limits.message);
}
