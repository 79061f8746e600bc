import { replacementStart } from "./replacement.ts";

// What counts as a placeholder follows tokens/src/placeholder.ts, which judges secrets where they are set up; here it must be fast, and lean to redacting.

const markup = /^(?:<.*>|\{.*\}|\[.*\]|__.*__|@.*@|%.*%|\(.*\))$|\$\{|\$\(|\$\$|\{\{|<%|\.\.\.|\u00e2\u0080\u00a6|^[#&]?\$[A-Za-z_]|^%\(|^\*{3}|^\$\d|^#\{/;
const tellingWords =
  /^(?:change|replace|insert|enter|your|my-?own|put|set|fill)[-_ ]?(?:me|this|it|with|your|please|before|here|in|token|secret|password|api|key|[-_])|place[-_]?holder|not[-_]?a[-_]?(?:real|secret)|do[-_]?not[-_]?use|example(?:[-_]?(?:token|secret|key|only|password))|(?:token|secret|password|key)[-_]?here$|redacted|masked|hidden/i;
const plainWords =
  /^(?:(?:password|passwd|passphrase|secret|token|value|string|example|sample|dummy|test|testing|demo|default|private|public|access|api|key|your|my|the|some|fake|mock|none|null|undefined|true|false|foo|bar|baz|invalid|valid|wrong|bad|good|changeme|admin|root|guest|user|username|required|optional|empty|unset|env|random|client|auth|bearer|basic|name|id|new|old|real|this|is|a|an|not|no|yes|for|and|with|to|in|of)[-_ .]?)+\d{0,4}$/i;
const oneCharacter = /^(.)\1*$/;

/** Whether a text only holds the place of a secret. */
export function isPlaceholder(value: string): boolean {
  // The beginning tells; what is longer is no placeholder that anybody typed.
  const text = value.length > 128 ? value.slice(0, 128) : value;
  if (text.startsWith(replacementStart)) return true;
  const signs = text.replace(/[^A-Za-z0-9]/g, "");
  if (signs === "" || oneCharacter.test(signs) || /^[xX]{4}|[xX]{6}/.test(text)) return true;
  return markup.test(text) || tellingWords.test(text) || (text.length <= 80 && plainWords.test(text)) || isCounting(signs);
}

/** `1234567890`, `abcdefgh`: each character follows the one before. */
function isCounting(signs: string): boolean {
  if (signs.length < 6) return false;
  let following = 0;
  for (let index = 1; index < signs.length; index++) {
    const step = signs.charCodeAt(index) - signs.charCodeAt(index - 1);
    if (step === 1 || step === -1 || step === 0) following++;
  }
  return following * 4 >= signs.length * 3;
}

/** Values that the name `token`, `secret`, `password` often has in code and settings without being one. */
const codeLike =
  /^(?:~\/|\.{1,2}[/\\]|\/[A-Z]?[a-z]{3}[a-z0-9_.-]{0,40}(?:\/|$)|[A-Za-z]:[\\/]|[a-z][a-z0-9+.-]{1,15}:\/\/|refs\/|sha\d{1,3}[:-]|v?\d+(?:\.\d+)+(?:[-+][\w.]+)?$|-?[\d.,:]+[a-z%]{0,3}$|\d{4}-\d\d-\d\d)|\.[a-z]{1,5}$|[()[\]{}<>]|->|::|=>|\|\|/;
/** Passwords may hold any sign. */
const noPassword = /^(?:~?\.{0,2}\/[\w.-]{1,64}\/|[a-z]{2,12}:\/\/|[([{<]|[\d.,:]+$)/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Names of packages, classes, files, settings: words and short numbers with signs between. */
const namePart = /^(?:[A-Z]?[a-z]{2,24}|[A-Z]{2,24}|[A-Z]|[a-z]|\d{1,4}|v\d{1,3}|[A-Z]?[a-z]{1,24}\d{1,3})$/;

/**
 * Whether a value beside a telling name has what a random one has. `password`: people choose shorter ones. `opaque`: nothing
 * but chance is taken for one.
 */
export function isLikelySecret(value: string, kind: "password" | "token" | "opaque"): boolean {
  if (value.length < (kind === "password" ? 8 : 16) || isPlaceholder(value) || isName(value)) return false;
  const bits = bitsOf(value);
  if (kind === "password") return !noPassword.test(value) && classesOf(value) >= 2 && bits >= 20;
  if (uuid.test(value) || codeLike.test(value)) return false;
  return (/\d/.test(value) ? classesOf(value) >= 2 : changesOfCase(value) * 10 >= value.length * 3) && bits >= 40 && bits / Math.min(value.length, 256) >= 2.7;
}

export function isUuid(value: string): boolean {
  return uuid.test(value);
}

function isName(value: string): boolean {
  if (value.length > 120) return false;
  const parts = value.split(/[-_./:@+ \\]|(?<=[a-z])(?=[A-Z])/);
  if (parts.length === 1 && !/^[A-Za-z]+$/.test(value)) return false;
  if (!parts.every((part) => part === "" || namePart.test(part)) || value.length / parts.length < 3) return false;
  // Letters alone are a name only if they can be spoken.
  return !/^[A-Za-z]+$/.test(value) || (value.length / parts.length >= 4 && parts.every((part) => /[aeiouy]/i.test(part)));
}

function classesOf(value: string): number {
  return Number(/[a-z]/.test(value)) + Number(/[A-Z]/.test(value)) + Number(/\d/.test(value)) + Number(/[^A-Za-z0-9]/.test(value));
}

/** How often small and capital letters change; in names at the beginnings of words only. */
function changesOfCase(value: string): number {
  return value.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g)?.length ?? 0;
}

const counts = new Uint16Array(256);

/** Shannon's entropy by the frequencies of the first 256 characters (all below 256), in bits over these. */
function bitsOf(value: string): number {
  counts.fill(0);
  const length = Math.min(value.length, 256);
  for (let index = 0; index < length; index++) {
    const code = value.charCodeAt(index) & 255;
    counts[code] = (counts[code] as number) + 1;
  }
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= count * Math.log2(count / length);
  return bits;
}
