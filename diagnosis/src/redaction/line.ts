import { newFound } from "../reading/keyword-scanner.ts";
import { leadsOf, scanner } from "./keywords.ts";
import { keyGoesOn } from "./private-keys.ts";
import type { Detector, Memory } from "./secret-kind.ts";
import { base64Decoded, base64Run, hexDecoded, hexRun, percentDecoded, plainView, type Run, unescaped, type View, withoutEscapes } from "./view.ts";

/** A secret in the bytes of a line: `[from, to)`. */
export type Found = { from: number; to: number; readonly kind: string };

/** How many disguises are taken off one another: base64 of JSON in an escaped string, and one more. */
const deepest = 3;
/** Lines are searched for keywords in pieces of so many bytes, so that places are sought only where a keyword is. */
const piece = 256;

type Hit = { readonly id: number; readonly at: number; readonly after: number };

/**
 * The secrets of a line, or of a window of a long one; in order, none overlapping. `goesOn` says that a private key began
 * whose body comes with the next lines.
 */
export function findSecrets(bytes: Uint8Array): { found: readonly Found[]; goesOn: boolean } {
  const found: Found[] = [];
  let goesOn = false;
  const raw = plainView(bytes);
  const views: View[] = [raw];
  const stripped = withoutEscapes(raw);
  if (stripped !== null) views.push(stripped);
  // Decoding may grow the work, but never past this.
  let budget = 16 * bytes.length + 4_096;
  for (let view = views.pop(); view !== undefined; view = views.pop()) {
    budget -= view.text.length;
    if (budget < 0) break;
    const hits = hitsIn(view.text);
    if (hits.length === 0) continue;
    const memory: Memory = new Map();
    detect(view, hits, memory, found);
    if (memory.has(keyGoesOn)) goesOn = true;
    if (view.depth < deepest) views.push(...decodedOf(view, hits));
  }
  return { found: merged(found), goesOn };
}

function detect(view: View, hits: readonly Hit[], memory: Memory, found: Found[]): void {
  const seen = new Map<Detector, number>();
  const report = (from: number, to: number, kind: string): void => {
    if (to > from) found.push({ from: view.startOf(from), to: view.endOf(to - 1), kind });
  };
  for (const { id, at, after } of hits) {
    for (const lead of leadsOf[id] ?? []) {
      if (lead.type !== "detector" || (seen.get(lead.detector) ?? 0) > at) continue;
      seen.set(lead.detector, lead.detector.find(view.text, at, after, report, memory));
    }
  }
}

/** What stands in this text in another form. */
function decodedOf(view: View, hits: readonly Hit[]): View[] {
  const views = [percentDecoded(view), unescaped(view)].filter((one) => one !== null);
  const known = new Set<string>();
  let base64: Run = { from: 0, to: 0 };
  let hex: Run = { from: 0, to: 0 };
  for (const { id, at, after } of hits) {
    for (const lead of leadsOf[id] ?? []) {
      if (lead.type === "base64" && view.text.slice(at, after) === lead.exact) {
        if (at >= base64.to) base64 = base64Run(view.text, at);
        const phase = (((at - lead.back - base64.from) % 4) + 4) % 4;
        if (isNew(`base64 ${base64.from} ${phase}`)) views.push(base64Decoded(view, base64.from + phase, base64.to));
      } else if (lead.type === "hex") {
        if (at >= hex.to) hex = hexRun(view.text, at);
        const phase = (at - hex.from) % 2;
        if (isNew(`hex ${hex.from} ${phase}`)) views.push(hexDecoded(view, hex.from + phase, hex.to));
      }
    }
  }
  return views;

  function isNew(name: string): boolean {
    const wasThere = known.has(name);
    known.add(name);
    return !wasThere;
  }
}

/** Every place of a keyword, in order. */
function hitsIn(text: string): Hit[] {
  // The scanner passes over escape sequences; those of a text from which they were not taken out are looked into.
  const bytes = Buffer.from(text.includes("\u001b") ? text.replaceAll("\u001b", "\0") : text, "latin1");
  const lower = text.toLowerCase();
  const found = newFound();
  const hits: Hit[] = [];
  for (let from = 0; from < bytes.length;) {
    const to = scanner.scan(bytes, from, Math.min(bytes.length, from + piece), found);
    for (const id of found.ids) {
      const keyword = scanner.keywords[id] ?? "";
      // Those that end in this piece; they may begin in the one before.
      const first = Math.max(0, from - keyword.length + 1);
      const last = to - keyword.length;
      for (let at = lower.indexOf(keyword, first); at !== -1 && at <= last; at = lower.indexOf(keyword, at + 1)) {
        hits.push({ id, at, after: at + keyword.length });
      }
    }
    found.ids.length = 0;
    from = to;
  }
  return hits.sort((one, other) => one.at - other.at || other.after - one.after);
}

/** Secrets that overlap become one, named after the first that was found by its own form. */
function merged(found: readonly Found[]): Found[] {
  const whole: Found[] = [];
  for (const one of found.toSorted((left, right) => left.from - right.from || right.to - left.to)) {
    const last = whole.at(-1);
    if (last === undefined || one.from >= last.to) whole.push({ ...one });
    else whole[whole.length - 1] = { from: last.from, to: Math.max(last.to, one.to), kind: isGeneral(last.kind) ? one.kind : last.kind };
  }
  return whole;
}

const general = new Set(["secret-value", "password", "authorization", "url-password", "url-signature", "cookie", "masked-value", "api-key", "netrc-password"]);

function isGeneral(kind: string): boolean {
  return general.has(kind);
}

/** The line's text for who looks at its end alone: without terminal escapes. */
export function shownView(bytes: Uint8Array): View {
  const raw = plainView(bytes);
  return withoutEscapes(raw) ?? raw;
}

const linkOrTitle = "\u001b]";

/** Whether a line, or a window of one, is worth all the work: a keyword is in it, perhaps with colours inside, or may be in what a terminal hides. */
export function holdsKeyword(bytes: Uint8Array): boolean {
  const found = newFound();
  for (let from = 0; from < bytes.length && found.ids.length === 0;) from = scanner.scan(bytes, from, bytes.length, found);
  return found.ids.length > 0 || Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(linkOrTitle);
}
