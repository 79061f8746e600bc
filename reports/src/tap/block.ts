import { limits } from "../limits.ts";

/** A value that goes on in further lines. */
type Open = { path: string; kind: "literal" | "quoted" | "plain"; indent: number; quote: string; textIndent: number | null };

const mostFields = 60;
/** Stands for the name of what was told before. */
const passedOver = "";
const keyPattern = /^([\w$.-]{1,100}|"[^"]{1,100}"|'[^']{1,100}'):(?:\s+(.*))?$/s;

/**
 * The YAML behind a point, read line by line for the texts of its members and of theirs: producers write it by hand, and
 * often so that no parser takes it. Names of inner members have a dot: `error.message`.
 */
export class DiagnosticBlock {
  /** Blanks in front of its first and last line. */
  readonly indent: number;
  readonly fields = new Map<string, string>();
  #open: Open | null = null;
  #parents: { name: string; indent: number }[] = [];
  /** Lines of a list, and what stands in them, are passed over. */
  #listIndent: number | null = null;
  /** False behind a second opening: Vitest writes one for each failure of a test, and the first counts. */
  #isFirst = true;

  constructor(indent: number) {
    this.indent = indent;
  }

  /** True for the line that ends it. */
  isEnd(line: string): boolean {
    return line.startsWith("...", this.indent) && line.trim() === "..." && line.search(/\S/) === this.indent;
  }

  /** True inside a text in quotes, whose lines may look like anything. */
  get isInQuotes(): boolean {
    return this.#open?.kind === "quoted";
  }

  take(line: string): void {
    const indent = line.search(/\S/);
    if (this.#open !== null && this.#goesOn(this.#open, line, indent)) return;
    this.#open = null;
    if (indent === -1 || indent < this.indent) return;
    const text = line.slice(indent);
    if (indent === this.indent && text.trimEnd() === "---") this.#isFirst = false;
    if (this.#listIndent !== null && (indent > this.#listIndent || (indent === this.#listIndent && text.startsWith("-")))) return;
    this.#listIndent = /^-(?:\s|$)/.test(text) ? indent : null;
    const found = this.#listIndent === null ? keyPattern.exec(text) : null;
    if (found !== null) this.#begin(found[1] ?? "", found[2]?.trim() ?? "", indent);
  }

  #begin(key: string, value: string, indent: number): void {
    const name = key.replaceAll(/^["']|["']$/g, "");
    this.#parents = this.#parents.filter((parent) => parent.indent < indent);
    if (value === "") {
      this.#parents.push({ name, indent });
      return;
    }
    if (this.#parents.length > 1) return;
    const full = [...this.#parents.map((parent) => parent.name), name].join(".");
    const path = this.#isFirst && !this.fields.has(full) ? full : passedOver;
    const quote = value[0] === '"' || value[0] === "'" ? value[0] : "";
    if (/^[|>][+-]?\d?[+-]?$/.test(value)) {
      this.#open = { path, kind: "literal", indent, quote: "", textIndent: null };
    } else if (quote !== "" && !(value.length > 1 && endsQuoted(value, quote))) {
      this.#open = { path, kind: "quoted", indent, quote, textIndent: null };
      this.#append(path, value.slice(1));
    } else {
      this.#open = quote === "" ? { path, kind: "plain", indent, quote, textIndent: null } : null;
      if (value !== "null" && value !== "~") this.#append(path, quote === "" ? value : unquoted(value.slice(1, -1), quote));
    }
  }

  /** Adds a line to the open value; false when it does not belong to it. */
  #goesOn(open: Open, line: string, indent: number): boolean {
    if (open.kind === "quoted") {
      const ends = endsQuoted(line, open.quote);
      this.#append(open.path, `\n${unquoted(ends ? line.trimEnd().slice(0, -1) : line, open.quote)}`);
      if (ends) this.#open = null;
      return true;
    }
    if (open.kind === "plain") {
      if (indent <= open.indent || keyPattern.test(line.slice(indent))) return false;
      this.#append(open.path, ` ${line.trim()}`);
      return true;
    }
    if (indent !== -1 && indent <= open.indent) return false;
    open.textIndent ??= indent === -1 ? null : indent;
    const text = line.slice(Math.min(open.textIndent ?? line.length, indent === -1 ? line.length : indent));
    this.#append(open.path, this.fields.has(open.path) ? `\n${text}` : text);
    return true;
  }

  #append(path: string, text: string): void {
    const soFar = this.fields.get(path) ?? "";
    if (path === passedOver || (soFar === "" && this.fields.size >= mostFields) || soFar.length >= limits.trace) return;
    this.fields.set(path, `${soFar}${text.slice(0, limits.trace)}`);
  }
}

/** Whether a line's last character closes the quotes, and is no escaped one. */
function endsQuoted(line: string, quote: string): boolean {
  const text = line.trimEnd();
  if (!text.endsWith(quote)) return false;
  const escape = quote === '"' ? "\\" : "'";
  let escapes = 0;
  while (text[text.length - 2 - escapes] === escape) escapes++;
  return escapes % 2 === 0;
}

const escaped = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
]);

function unquoted(text: string, quote: string): string {
  if (quote === "'") return text.replaceAll("''", "'");
  return text.replaceAll(/\\(?:u([0-9a-f]{4})|(.))/gi, (_whole, code: string | undefined, character: string | undefined) =>
    code === undefined ? (escaped.get(character ?? "") ?? character ?? "") : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
