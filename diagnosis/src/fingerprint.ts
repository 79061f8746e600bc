import { createHash } from "node:crypto";
import type { Category } from "./categories.ts";

/** Part of every key that is made of a fingerprint: a change to the masks below makes another algorithm. */
export const fingerprintVersion = 1;

/**
 * The same for the same cause in other runs: of the category, of what is wrong (`key`), and of the file that the cause's
 * line names, without what changes from run to run. 32 hexadecimal digits, the first half of a SHA-256. Null where the
 * words say too little to tell one cause from another.
 */
export function fingerprintOf(category: Category, key: string, text = key): string | null {
  const words = maskText(key);
  if (isGeneric(words)) return null;
  const file = key.length < text.length ? fileNamedIn(text) : "";
  const masked = file === "" || words.includes(file) ? words : `${words} ${file}`;
  return createHash("sha256").update(`${fingerprintVersion}\0${category}\0${masked}`).digest("hex").slice(0, 32);
}

/** The first file of source that a text names, without its folders; empty where there is none. */
function fileNamedIn(text: string): string {
  const file = /(?:^|[\s\\/'"([])([\w.@+-]{1,100}\.[a-z][a-z\d]{0,4})(?=[:([\s,'")]|$)/i.exec(text.slice(0, 1_000))?.[1] ?? "";
  return maskText(file);
}

/** In order: what an earlier mask takes is not seen by a later one. */
const masks: readonly (readonly [RegExp, string])[] = [
  // Of an address the host is what tells.
  [/\b[a-z]{2,8}:\/\/(?:[^\s/'"<>@]{1,200}@)?([\w.-]{1,200})[^\s'"<>)\]]*/gi, "$1 <url>"],
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?/g, "<time>"],
  [/\b\d{1,2}:\d\d:\d\d(?:[.,]\d+)?\b/g, "<time>"],
  [/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi, "<id>"],
  [/\bsha(?:256|512|1)[:-][\w+/=]{10,}/gi, "<hash>"],
  // Folders: what follows the last separator is what the place is called.
  [/(?:[a-z]:)?(?:[\w.@~+-]*[\\/])+(?=[\w.@~+-])/gi, "<path>"],
  [/\b0x[\da-f]+\b/gi, "<hex>"],
  [/@[\da-f]{5,16}\b/gi, "@<hex>"],
  [/\b(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{7,64}\b/gi, "<hex>"],
  [/\b\d+(?:[.,_]\d+)*(?:\s?(?:ms|s|sec|seconds?|minutes?|min|m|h|KB|MB|GB|KiB|MiB|GiB|bytes|%))?(?![A-Za-z])/g, "<n>"],
  [/\d+/g, "<n>"],
];

/** The text with numbers, hashes, folders, times, ids and addresses as placeholders, and each run of blanks as one. */
export function maskText(text: string): string {
  let masked = text.slice(0, 1_000);
  for (const [pattern, placeholder] of masks) masked = masked.replace(pattern, placeholder);
  return masked
    .replace(/(?:<n>[\s,:;.x/-]*){2,}/g, "<n> ")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}

/** Lines that any failure prints: as a key they would put unlike causes together. */
const generic =
  /^(?:(?:##\[error\]|error|fatal|\[error\]|npm err!|make|failed|failure|exit)[\s:!]*)*(?:process completed with |command failed(?: with)?|the command .{0,80}exited with|script returned |exited with |the process .{0,80}failed with |returned )?(?:an? )?(?:error|exit|non-zero|status|code|return|<n>|with|failed|failure|unknown|build|tests?|the operation was canceled|[\s:.'"()[\]!<>])*$/;

function isGeneric(masked: string): boolean {
  return masked.replace(/<\w+>/g, "").replace(/[^a-z]/g, "").length < 4 || generic.test(masked);
}
