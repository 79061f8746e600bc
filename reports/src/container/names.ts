/** Characters of a name as it is shown. */
const shownCharacters = 200;
/** Controls, line breaks, and what turns the direction of writing or cannot be seen. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A file's name as it may be shown: without what leads out of a folder (`..`, a leading `/`, a drive), with `/` between
 * its parts, control characters replaced, well-formed, and cut at its front to 200 characters, for the end tells most.
 * It is data still: never a path to write to.
 */
export function shownName(name: string): string {
  const parts = name
    .toWellFormed()
    .replaceAll(unseen, "\uFFFD")
    .replace(/^[A-Za-z]:/, "")
    .split(/[\\/]/)
    .filter((part) => part.trim() !== "" && part !== "." && part !== "..");
  const whole = parts.join("/");
  if (whole === "") return "unnamed";
  if (whole.length <= shownCharacters) return whole;
  return `…${whole.slice(1 - shownCharacters).replace(/^[\uDC00-\uDFFF]/, "")}`;
}

/** A function that shows names as `shownName` does, and tells equal ones apart: `a.xml`, `a.xml (2)`. */
export function distinctNames(): (name: string) => string {
  const given = new Set<string>();
  return (name) => {
    const shown = shownName(name);
    let distinct = shown;
    for (let ordinal = 2; given.has(distinct); ordinal++) distinct = `${shown} (${ordinal})`;
    given.add(distinct);
    return distinct;
  };
}

/** True for a folder's name, and for files that tools and systems put beside the real ones: `__MACOSX/`, `.DS_Store`, `.git/`. */
export function isPassedOver(name: string): boolean {
  const parts = name.split(/[\\/]/);
  if (parts.at(-1) === "" || parts[0] === "__MACOSX") return true;
  return parts.some((part) => part.startsWith(".") && part !== "." && part !== "..");
}
