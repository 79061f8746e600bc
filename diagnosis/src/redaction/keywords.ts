import { buildKeywordScanner, type KeywordScanner } from "../reading/keyword-scanner.ts";
import { cloudTokens } from "./cloud-tokens.ts";
import { contextDetectors } from "./contexts.ts";
import { hostTokens } from "./host-tokens.ts";
import { privateKeyDetector } from "./private-keys.ts";
import type { Detector } from "./secret-kind.ts";
import { buildSieve, type Sieve } from "./sieve.ts";
import { serviceTokens } from "./service-tokens.ts";
import { tokenDetector } from "./tokens-by-prefix.ts";

/** What a keyword in a line leads to. */
export type Lead =
  | { readonly type: "detector"; readonly detector: Detector }
  /** Base64 of a keyword: the group of four characters that it begins in lies `back` characters before. */
  | { readonly type: "base64"; readonly back: number; readonly exact: string }
  | { readonly type: "hex" }
  /** Says only that the line is worth decoding. */
  | { readonly type: "escaped" };

export const detectors: readonly Detector[] = [
  ...[...hostTokens, ...cloudTokens, ...serviceTokens].map(tokenDetector),
  privateKeyDetector,
  ...contextDetectors,
];

const printable = Array.from({ length: 95 }, (_unused, index) => String.fromCharCode(32 + index));

const leads = new Map<string, Lead[]>();
for (const detector of detectors) for (const keyword of detector.keywords) lead(keyword, { type: "detector", detector });
for (const word of new Set(detectors.flatMap((detector) => detector.encoded))) {
  for (const { exact, back } of base64Forms(word)) lead(exact.toLowerCase(), { type: "base64", back, exact });
  // Shorter ones come up in any number.
  if (word.length >= 3) lead(Buffer.from(word).toString("hex"), { type: "hex" });
  lead(percentForm(word.slice(0, 3)), { type: "escaped" });
  if (encodeURIComponent(word) !== word) lead(encodeURIComponent(word).toLowerCase(), { type: "escaped" });
}
lead("\\u00", { type: "escaped" });

export const scanner: KeywordScanner = buildKeywordScanner([...leads.keys()]);
/** Addresses are many, and those without an `@` have no password: the sieve looks for that instead. */
export const sieve: Sieve = buildSieve([...leads.keys()].filter((keyword) => keyword !== "://"));
/** By the keyword's id. */
export const leadsOf: readonly (readonly Lead[])[] = [...leads.values()];

function lead(keyword: string, one: Lead): void {
  const all = leads.get(keyword);
  if (all === undefined) leads.set(keyword, [one]);
  else all.push(one);
}

/**
 * The characters of base64 that a word surely gives, wherever it begins in a group of three bytes: those at its edges hold
 * bits of its neighbours and are left out.
 */
function base64Forms(word: string): { exact: string; back: number }[] {
  return [0, 1, 2].flatMap((before) => {
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + word.length) * 8) / 6);
    // Three characters come up everywhere: then one more, as each printable character that may follow gives it.
    const texts = last - first > 3 ? [word] : printable.map((next) => word + next);
    const forms = texts.map((text) =>
      Buffer.from("\0".repeat(before) + text)
        .toString("base64")
        .slice(first, Math.max(last, first + 4)),
    );
    return [...new Set(forms.flatMap((form) => [form, form.replaceAll("+", "-").replaceAll("/", "_")]))].map((exact) => ({ exact, back: first }));
  });
}

function percentForm(word: string): string {
  return [...word].map((character) => `%${character.charCodeAt(0).toString(16)}`).join("");
}
