import { limits } from "../limits.ts";
import type { Choose, FailureCode, Handling, JsonEvent, Opening } from "./events.ts";
import { describeByte } from "./events.ts";
import { Action, State, transitions } from "./grammar.ts";
import { arrayKind, JsonMachine, objectKind } from "./machine.ts";

export type SlicerLimits = { depth: number; elementBytes: number };

const byteOrderMark = [0xef, 0xbb, 0xbf];
/** The buffer for a value that comes in several pieces: how small it begins, and how large it may stay between two values. */
const leastKeptBytes = 16_384;
const mostIdleBytes = 1_048_576;

/** A walked container; `index` is the position of its next element. */
type Level = { from: number; index: number };

/** The value, or the name of a member, that is being read. */
type Focus = { handling: Handling | "name"; from: number; tooLarge: boolean };

/**
 * Walks JSON that comes in pieces and gives chosen values, holding no more than one of them.
 * Accepts what `JSON.parse` accepts, and a byte order mark; anything wrong is told with its byte offset.
 * A generator must be run to its end before the next piece is written.
 */
export class JsonSlicer {
  readonly #choose: Choose;
  readonly #elementBytes: number;
  readonly #machine: JsonMachine;
  readonly #path: (string | number)[] = [];
  readonly #levels: Level[] = [];
  #focus: Focus | null = null;
  /** What earlier pieces held of the value in focus: the first `#keptBytes` of this buffer. */
  #kept: Buffer = Buffer.alloc(0);
  #keptBytes = 0;
  #event: JsonEvent | null = null;
  #rootEnded = false;
  #finished = false;
  #markBytes = 0;
  /** Bytes before the piece at hand. */
  #offset = 0;

  constructor(choose: Choose, slicerLimits: SlicerLimits = limits) {
    this.#choose = choose;
    this.#elementBytes = slicerLimits.elementBytes;
    this.#machine = new JsonMachine(slicerLimits.depth);
  }

  /** True once nothing more will be read, however much comes. */
  get finished(): boolean {
    return this.#finished;
  }

  /** Reads the next piece of the content. */
  *write(piece: Uint8Array): Generator<JsonEvent, void, undefined> {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let at = 0;
    while (at < bytes.length && !this.#finished) {
      if (this.#focus !== null) at = this.#readOn(bytes, at, this.#focus);
      else if (this.#step(bytes[at]!, this.#offset + at)) at++;
      const event = this.#takeEvent();
      if (event !== null) yield event;
    }
    if (this.#focus !== null) this.#keep(bytes, this.#focus);
    this.#offset += bytes.length;
  }

  /** Tells that nothing follows. */
  *end(): Generator<JsonEvent, void, undefined> {
    if (this.#focus !== null && this.#machine.isAtEndOfNumber) this.#endFocus(Buffer.alloc(0), 0, this.#focus);
    const last = this.#takeEvent();
    if (last !== null) yield last;
    if (this.#rootEnded || this.#finished) return;
    const isEmpty = this.#focus === null && this.#machine.depth === 0;
    if (isEmpty) this.#fail("empty", this.#offset, "The content is empty");
    else this.#fail("truncated", this.#offset, `The content is cut off at byte ${this.#offset}`);
    const failure = this.#takeEvent();
    if (failure !== null) yield failure;
  }

  /** The event that came up, or the machine's failure, which is the last one. */
  #takeEvent(): JsonEvent | null {
    const { failure } = this.#machine;
    if (failure !== null && !this.#finished) {
      this.#finished = true;
      this.#focus = null;
      this.#forget();
      return { type: "failure", ...failure };
    }
    const event = this.#event;
    this.#event = null;
    return event;
  }

  /** Takes a byte that stands between walked values; false when it has to be looked at again. */
  #step(byte: number, offset: number): boolean {
    if (this.#markBytes === offset && byte === byteOrderMark[offset]) {
      this.#markBytes++;
      return true;
    }
    if (this.#rootEnded) return this.#stepBehindRoot(byte, offset);
    const { state } = this.#machine;
    const next = transitions[(state << 8) | byte]!;
    const isInsideMark = this.#markBytes === 1 || this.#markBytes === 2;
    if (next === Action.invalid || isInsideMark) return this.#stepOverComma(byte, offset);
    if (next === State.name) return this.#focusOn("name", offset);
    if (next === Action.closeObject || next === Action.closeArray) return this.#close(offset + 1);
    const opensValue = next !== state && (state === State.value || state === State.firstElement || state === State.nextElement);
    if (opensValue) return this.#openValue(next, offset);
    this.#machine.state = next;
    return true;
  }

  #stepBehindRoot(byte: number, offset: number): true {
    const isWhitespace = transitions[(State.value << 8) | byte] === State.value;
    if (isWhitespace) return true;
    this.#finished = true;
    this.#event = { type: "flaw", offset, message: `More content follows behind the end, at byte ${offset}` };
    return true;
  }

  /** A comma before the closing bracket is common enough to be read over; anything else ends the reading. */
  #stepOverComma(byte: number, offset: number): boolean {
    const machine = this.#machine;
    const closesObject = machine.state === State.nextName && byte === 0x7d;
    const closesArray = machine.state === State.nextElement && byte === 0x5d;
    if (!closesObject && !closesArray) {
      machine.failAt(byte, offset);
      return true;
    }
    machine.state = machine.stateBehindValue;
    this.#event = { type: "flaw", offset, message: `A comma stands before ${describeByte(byte)} at byte ${offset}` };
    return false;
  }

  #openValue(next: number, offset: number): boolean {
    const level = this.#levels.at(-1);
    if (level !== undefined && this.#machine.isInArray) this.#path[this.#path.length - 1] = level.index++;
    const opening: Opening = next === Action.openObject ? "object" : next === Action.openArray ? "array" : "scalar";
    const handling = this.#choose(this.#path, opening);
    if (opening === "scalar") return this.#focusOn(handling === "walk" ? "value" : handling, offset);
    if (handling !== "walk") return this.#focusOn(handling, offset);
    const path = [...this.#path];
    if (!this.#machine.push(opening === "object" ? objectKind : arrayKind, offset)) return true;
    this.#machine.state = opening === "object" ? State.firstName : State.firstElement;
    this.#levels.push({ from: offset, index: 0 });
    this.#path.push("");
    this.#event = { type: "start", path, container: opening, from: offset };
    return true;
  }

  #close(to: number): true {
    this.#machine.depth--;
    this.#path.pop();
    const from = this.#levels.pop()?.from ?? 0;
    this.#standBehindValue();
    this.#event = { type: "end", path: [...this.#path], from, to };
    return true;
  }

  #focusOn(handling: Focus["handling"], offset: number): false {
    this.#focus = { handling, from: offset, tooLarge: false };
    this.#machine.begin(handling === "name");
    return false;
  }

  #readOn(bytes: Buffer, from: number, focus: Focus): number {
    const at = this.#machine.run(bytes, from, this.#offset);
    if (this.#machine.hasEnded) this.#endFocus(bytes, at, focus);
    return at;
  }

  #endFocus(bytes: Buffer, at: number, focus: Focus): void {
    const { handling, from } = focus;
    const to = this.#offset + at;
    const tooLarge = focus.tooLarge || (handling !== "skip" && to - from > this.#elementBytes);
    const flaw = tooLarge ? { message: this.#describeSize(from), offset: from } : this.#machine.flaw;
    const text = handling === "skip" || flaw !== null ? "" : this.#textOf(bytes, at, from);
    this.#focus = null;
    this.#forget();
    if (handling === "name") {
      this.#endName(text, flaw);
      return;
    }
    this.#standBehindValue();
    const path = [...this.#path];
    if (flaw !== null) this.#event = { type: "unreadable", code: tooLarge ? "too_large" : "ill_formed", path, from, to, ...flaw };
    else if (handling === "value") this.#event = { type: "value", path, value: JSON.parse(text), from, to };
    else if (handling === "text") this.#event = { type: "text", path, text, from, to };
    else this.#event = { type: "skipped", path, from, to };
  }

  #describeSize(from: number): string {
    return `More than ${this.#elementBytes.toLocaleString("en")} bytes in one value, from byte ${from} on`;
  }

  #endName(text: string, flaw: { message: string; offset: number } | null): void {
    if (flaw !== null) this.#fail("syntax", flaw.offset, flaw.message);
    else this.#path[this.#path.length - 1] = JSON.parse(text);
    this.#machine.state = State.colon;
  }

  #textOf(bytes: Buffer, at: number, from: number): string {
    if (this.#keptBytes === 0) return bytes.toString("utf8", from - this.#offset, at);
    this.#append(bytes.subarray(0, at));
    return this.#kept.toString("utf8", 0, this.#keptBytes);
  }

  /** Copies what the piece holds of the value in focus: the sender may use its memory again. */
  #keep(bytes: Buffer, focus: Focus): void {
    if (focus.handling === "skip" || focus.tooLarge) return;
    const part = bytes.subarray(Math.max(0, focus.from - this.#offset));
    if (this.#keptBytes + part.length > this.#elementBytes) {
      focus.tooLarge = true;
      this.#forget();
      return;
    }
    this.#append(part);
  }

  #append(part: Buffer): void {
    const needed = this.#keptBytes + part.length;
    if (needed > this.#kept.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#kept.length * 2, leastKeptBytes));
      this.#kept.copy(larger, 0, 0, this.#keptBytes);
      this.#kept = larger;
    }
    part.copy(this.#kept, this.#keptBytes);
    this.#keptBytes = needed;
  }

  #forget(): void {
    if (this.#kept.length > mostIdleBytes) this.#kept = Buffer.alloc(0);
    this.#keptBytes = 0;
  }

  #standBehindValue(): void {
    this.#rootEnded = this.#machine.depth === 0;
    this.#machine.state = this.#machine.stateBehindValue;
  }

  #fail(code: FailureCode, offset: number, message: string): void {
    this.#machine.fail(code, offset, message);
  }
}
