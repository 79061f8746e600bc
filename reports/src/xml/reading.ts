import { SaxesParser } from "saxes";
import { limits } from "../limits.ts";
import { XmlAttributes } from "./attributes.ts";
import type { XmlEvent, XmlProblemCode } from "./events.ts";
import { stateAfter } from "./states.ts";

const textState = stateAfter("<a>x");
const doctypeState = stateAfter("<!DOCTYPE");
const tagStartState = stateAfter("<");
const bangState = stateAfter("<!");
const quotedState = stateAfter('<a b="x');
const unquotedState = stateAfter("<a b=x");
/** Where a `&` begins a reference; in the last ones text, or a value without quotes, may begin with the next character. */
const textStates: readonly number[] = [textState, quotedState, unquotedState, stateAfter(""), stateAfter(" "), stateAfter("<a b=")];
const cdataStates: readonly number[] = [stateAfter("<a><![CDATA[x"), stateAfter("<a><![CDATA[x]"), stateAfter("<a><![CDATA[x]]")];

/** Errors of saxes behind which elements may be missing or stand in the wrong place; all others lose nothing. */
const structureErrors =
  /^(?:unexpected close tag|unmatched closing tag|weird empty close tag|disallowed character in (?:closing tag|tag name|attribute name)|forward-slash in|incorrect syntax|documents may contain only one root)/;

const reference = /&(?:#\d{1,10}|#[xX][\da-fA-F]{1,10}|[A-Za-z_:][\w:.-]{0,30});/y;
const beginsReference = /^&[#\w:.-]*$/;
const mostOfReference = 34;
const textRun = /[^<]*/y;
const quotedRun = /[^"']*/y;

/**
 * saxes with bounds, and more lenient: a `&` that begins no reference, a `<` that begins no tag and a close tag without
 * an open one do not spoil what follows. saxes keeps what it reads of one text, tag, comment or doctype until its end,
 * however long that is; so its buffers are emptied or cut behind every piece. They are private to it: the version is
 * pinned, and the tests of bounds fail when a newer one keeps things elsewhere.
 */
export class XmlReading {
  /** Nothing more is read after a fatal problem. */
  hasFailed = false;
  /** Text stands in front of the root or behind it. saxes says so at the end of a text or of a piece, so it is told at the end. */
  hasTextOutside = false;
  readonly #parser = new SaxesParser({ position: false });
  #events: XmlEvent[] = [];
  /** Open elements, outermost first, and how much text each may still give. */
  readonly #names: string[] = [];
  readonly #textLeft: number[] = [];
  readonly #openCounts = new Map<string, number>();
  /** White space directly behind a tag: given only when text follows. */
  #blank = "";
  #isBlankOnly = true;
  readonly #attributes = new XmlAttributes();
  #hasRoot = false;
  #carry = "";
  readonly #told = new Set<string>();

  constructor() {
    const parser = this.#parser;
    parser.on("text", (text) => this.#giveText(text));
    parser.on("cdata", (text) => this.#giveText(text));
    parser.on("processinginstruction", ({ target }) => this.#checkName(target));
    parser.on("opentag", ({ name, isSelfClosing }) => this.#open(name, isSelfClosing));
    parser.fail = (message) => {
      this.#recover(message);
      return parser;
    };
    parser["pushAttrib"] = (name: string, value: string) => this.#keepAttribute(name, value);
    parser["closeTag"] = () => this.#close();
  }

  /** Reads a piece of text, at most 64 K characters long, and gives what it told. */
  take(piece: string): XmlEvent[] {
    if (!this.hasFailed) this.#read(this.#carry + piece, false);
    return this.#given();
  }

  /** Tells what the end of the content tells. */
  finish(): XmlEvent[] {
    if (this.hasFailed) return this.#given();
    this.#read(this.#carry, true);
    if (this.hasTextOutside) this.problem("text_outside", "Text stands outside of the root element");
    if (!this.#hasRoot) this.problem("no_root", "The content holds no XML element", true);
    else if (this.#names.length > 0) this.problem("cut_off", `The content ends in line ${this.#parser.line}, inside <${this.#names.at(-1) ?? ""}>`);
    else if (this.#parser["state"] !== textState) this.problem("cut_off", `The content ends in line ${this.#parser.line}, inside a tag or comment`);
    return this.#given();
  }

  problem(code: XmlProblemCode, message: string, isFatal = false): void {
    if (isFatal) this.hasFailed = true;
    this.#events.push({ type: "problem", code, message, isFatal });
  }

  #given(): XmlEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** Hands the piece to saxes, with `&amp;` for each `&` that begins no reference: saxes would take all up to the next `;` for one. */
  #read(piece: string, isLast: boolean): void {
    const parser = this.#parser;
    this.#carry = "";
    let ready = "";
    let from = 0;
    let runEnd = 0;
    let isText = false;
    let next = 0;
    for (let at = piece.indexOf("&"); at !== -1; at = piece.indexOf("&", next)) {
      reference.lastIndex = at;
      if (reference.test(piece)) {
        next = reference.lastIndex;
        continue;
      }
      next = at + 1;
      if (!isLast && piece.length - at < mostOfReference && beginsReference.test(piece.slice(at))) {
        this.#carry = piece.slice(at);
        break;
      }
      if (at >= runEnd) {
        parser.write(ready + piece.slice(from, at));
        ready = "";
        from = at;
        const state: number = parser["state"];
        isText = textStates.includes(state);
        runEnd = runEndOf(state, piece, at);
        if (isText) this.#tellOnce("a & that begins no reference");
      }
      if (isText) {
        ready += `${piece.slice(from, at)}&amp;`;
        from = next;
      }
    }
    parser.write(ready + piece.slice(from, piece.length - this.#carry.length));
    this.#bound();
  }

  #bound(): void {
    const parser = this.#parser;
    const state: number = parser["state"];
    const text: string = parser["text"];
    if (state === textState || cdataStates.includes(state)) {
      parser["text"] = "";
      this.#giveText(text);
    } else if (text.length > limits.xmlText) {
      parser["text"] = state === quotedState || state === unquotedState ? text.slice(0, limits.xmlText) : "";
    }
    this.#checkName(parser["name"]);
    this.#checkName(parser["piTarget"]);
  }

  #giveText(text: string): void {
    const inner = this.#textLeft.length - 1;
    const left = this.#textLeft[inner] ?? 0;
    if (left === 0 || this.hasFailed || text === "") return;
    let given = text.length > left ? text.slice(0, left) : text;
    this.#textLeft[inner] = left - given.length;
    if (this.#isBlankOnly) {
      if (!/\S/.test(given)) {
        this.#blank += given;
        return;
      }
      given = this.#blank + given;
      this.#isBlankOnly = false;
      this.#blank = "";
    }
    this.#events.push({ type: "text", text: given });
  }

  /** In place of saxes' own list, which has no end. */
  #keepAttribute(name: string, value: string): void {
    this.#checkName(name);
    if (this.hasFailed) return;
    const wrong = this.#attributes.keep(name, value);
    if (wrong === "too_many") this.#tellOnce("a tag with too many attributes, of which the last are left out", "too_large");
    else if (wrong === "twice") this.#tellOnce("an attribute that stands twice in a tag");
  }

  #open(name: string, isSelfClosing: boolean): void {
    const attributes = this.#attributes.take();
    this.#checkName(name);
    if (this.hasFailed) return;
    if (this.#names.length >= limits.depth) {
      this.problem("too_deep", `Line ${this.#parser.line}: more than ${limits.depth} elements inside each other`, true);
      return;
    }
    this.#hasRoot = true;
    this.#endText();
    this.#events.push({ type: "open", name: localName(name), attributes });
    if (isSelfClosing) {
      this.#events.push({ type: "close", name: localName(name) });
      return;
    }
    this.#names.push(name);
    this.#textLeft.push(limits.xmlText);
    this.#openCounts.set(name, (this.#openCounts.get(name) ?? 0) + 1);
  }

  /** In place of saxes' own, which closes every open element for a close tag that has no open one. */
  #close(): void {
    const parser = this.#parser;
    const name: string = parser["name"];
    parser["name"] = "";
    parser["state"] = textState;
    this.#checkName(name);
    if (this.hasFailed) return;
    if (!this.#openCounts.has(name)) {
      this.#tellOnce(`unmatched closing tag: ${name.slice(0, 100)}`, "ill_formed", "unmatched closing tag");
      return;
    }
    this.#endText();
    const tags: unknown[] = parser["tags"];
    for (let closed = this.#names.pop(); closed !== undefined; closed = this.#names.pop()) {
      this.#textLeft.pop();
      tags.pop();
      const count = this.#openCounts.get(closed) ?? 1;
      if (count === 1) this.#openCounts.delete(closed);
      else this.#openCounts.set(closed, count - 1);
      this.#events.push({ type: "close", name: localName(closed) });
      if (closed === name) break;
      this.#tellOnce(`unexpected close tag: ${name.slice(0, 100)}`, "ill_formed", "unexpected close tag");
    }
    if (this.#names.length === 0) parser["closedRoot"] = true;
  }

  #endText(): void {
    this.#blank = "";
    this.#isBlankOnly = true;
  }

  /** Called by saxes in the midst of a step: puts back what it drops, and leads it out of where it would stay to the end. */
  #recover(message: string): void {
    const parser = this.#parser;
    this.#checkName(parser["name"]);
    const chunk: string = parser["chunk"];
    const state: number = parser["state"];
    const previous: number = parser["prevI"];
    if (state === tagStartState && message.startsWith("disallowed character in tag name")) {
      const isTagStart = chunk[previous] === "<";
      parser["text"] = isTagStart ? "<" : `<${chunk.slice(previous, parser["i"])}`;
      if (isTagStart) parser["unget"]();
      this.#tellOnce("a < that begins no tag");
      return;
    }
    if (state === bangState) {
      const isDoctype = String(parser["openWakaBang"]).toUpperCase() === "DOCTYPE";
      parser["state"] = isDoctype ? doctypeState : textState;
      parser["openWakaBang"] = "";
      if (isDoctype) return;
    }
    if ((state === quotedState || state === unquotedState) && chunk[previous] === "<") {
      parser["text"] += "<";
      this.#tellOnce("a < in an attribute");
      return;
    }
    if (this.#told.has(message)) return;
    if (message.startsWith("text data outside")) this.hasTextOutside = true;
    else this.#tellOnce(message.replace(/\.$/, ""), structureErrors.test(message) ? "ill_formed" : "loose", message);
  }

  /** One problem of a kind is enough, and a hostile content has millions. */
  #tellOnce(message: string, code: XmlProblemCode = "loose", kind = message): void {
    if (this.hasFailed || this.#told.has(kind)) return;
    this.#told.add(kind);
    this.problem(code, `Line ${this.#parser.line}: ${message}`);
  }

  /** Names are the only thing that cannot be cut. */
  #checkName(name: string): void {
    if (name.length <= limits.xmlName || this.hasFailed) return;
    this.problem("too_large", `Line ${this.#parser.line}: a name of more than ${limits.xmlName} characters`, true);
  }
}

/** Up to where saxes stays in the same text, value or CDATA section at least. */
function runEndOf(state: number, piece: string, at: number): number {
  if (cdataStates.includes(state)) {
    const end = piece.indexOf("]]>", at);
    return end === -1 ? piece.length : end;
  }
  const run = state === textState ? textRun : state === quotedState ? quotedRun : null;
  if (run === null) return at;
  run.lastIndex = at;
  run.test(piece);
  return run.lastIndex;
}

function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon === -1 ? name : name.slice(colon + 1);
}
