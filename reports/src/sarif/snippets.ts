import type { JsonObject } from "../json/values.ts";
import { isObject, lineOf, member, memberAt, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import { cleanText } from "../text.ts";

const linesBeforeCause = 5;

/** The lines of code around a location, or those of it alone, as the report holds them. */
export function codeLinesOf(location: JsonObject): Record<string, unknown>[] {
  const cause = memberAt(location, "physicalLocation", "region");
  const around = memberAt(location, "physicalLocation", "contextRegion");
  const region = snippetOf(around) === null ? cause : around;
  const text = snippetOf(region);
  if (text === null || !isObject(region)) return [];
  const firstLine = lineOf(member(region, "startLine"));
  const causeFrom = isObject(cause) ? lineOf(member(cause, "startLine")) : null;
  const causeTo = (isObject(cause) ? lineOf(member(cause, "endLine")) : null) ?? causeFrom;
  const lines = text.replace(/\r?\n$/, "").split(/\r\n|\r|\n/);
  const skipped = lines.length <= limits.codeLines || firstLine === null || causeFrom === null ? 0 : causeFrom - firstLine - linesBeforeCause;
  const first = Math.max(0, Math.min(skipped, lines.length - limits.codeLines));
  return lines.slice(first, first + limits.codeLines).map((content, index) => {
    const number = firstLine === null ? null : firstLine + first + index;
    const isCause = region === cause || (number !== null && causeFrom !== null && causeTo !== null && number >= causeFrom && number <= causeTo);
    return { number, content: cleanText(content, limits.codeLine), is_cause: isCause };
  });
}

/** The code of the place itself, which tells findings of one file apart and stays when lines move. */
export function snippetOfCause(location: JsonObject): string | null {
  return snippetOf(memberAt(location, "physicalLocation", "region"));
}

function snippetOf(region: unknown): string | null {
  return isObject(region) ? textOf(memberAt(region, "snippet", "text"), limits.snippet) : null;
}
