import type { FailureCode } from "./events.ts";
import { describeByte } from "./events.ts";
import { Action, expectation, firstAction, State, transitions } from "./grammar.ts";

type Flaw = { message: string; offset: number };
type Failure = Flaw & { code: FailureCode };

export const arrayKind = 0;
export const objectKind = 1;

/** Stands for the state when the value has ended. */
const ended = 63;

/** Reads single values of JSON byte by byte, and knows which containers stand around them. */
export class JsonMachine {
  state: number = State.value;
  /** Open containers, those around the value and those in it. */
  depth = 0;
  /** The first thing wrong with the value that is read; its end is looked for nevertheless. */
  flaw: Flaw | null = null;
  /** Why nothing more can be read. */
  failure: Failure | null = null;

  readonly #kinds: Uint8Array;
  /** Containers around the value. */
  #outerDepth = 0;
  #isName = false;

  constructor(depthLimit: number) {
    this.#kinds = new Uint8Array(depthLimit + 1);
  }

  get isInArray(): boolean {
    return this.depth > 0 && this.#kinds[this.depth] === arrayKind;
  }

  /** Begins a value, or the name of a member, at the byte that comes next. */
  begin(isName: boolean): void {
    this.#outerDepth = this.depth;
    this.#isName = isName;
    this.flaw = null;
  }

  /** True behind the last byte of the value. */
  get hasEnded(): boolean {
    return this.state === ended;
  }

  /** True when nothing but more digits could belong to the value, and none need to. */
  get isAtEndOfNumber(): boolean {
    return this.depth === this.#outerDepth && isWholeNumber(this.state);
  }

  /** Runs until the value ends, the bytes do, or a failure; gives the position behind. `offset` is that of the first byte. */
  run(bytes: Uint8Array, from: number, offset: number): number {
    let at = from;
    let state = this.state;
    while (at < bytes.length) {
      const next = transitions[(state << 8) | bytes[at]!]!;
      if (next < firstAction) {
        at++;
        // Texts make up most of a report: their plain bytes leave the state as it is.
        if (next === state) while (at < bytes.length && transitions[(state << 8) | bytes[at]!] === state) at++;
        state = next;
        continue;
      }
      this.state = state;
      const isTaken = this.#act(next, bytes[at]!, offset + at);
      state = this.state;
      if (isTaken) at++;
      if (state === ended || this.failure !== null) return at;
    }
    this.state = state;
    return at;
  }

  /** Opens a container; false, with a failure, when there are too many around it. */
  push(kind: number, offset: number): boolean {
    const deepest = this.#kinds.length - 1;
    if (this.depth === deepest) {
      this.fail("depth", offset, `More than ${deepest.toLocaleString("en")} arrays and objects inside each other at byte ${offset}`);
      return false;
    }
    this.#kinds[++this.depth] = kind;
    return true;
  }

  /** The state behind a value that has ended, by the container it stands in. */
  get stateBehindValue(): number {
    return this.#kinds[this.depth] === objectKind ? State.afterMember : State.afterElement;
  }

  fail(code: FailureCode, offset: number, message: string): void {
    this.failure = { code, offset, message };
  }

  failAt(byte: number, offset: number): void {
    const looksLikeUtf16 = offset < 2 && (byte === 0x00 || byte >= 0xfe);
    if (looksLikeUtf16) this.fail("encoding", offset, "The content looks like UTF-16; it must be UTF-8");
    else this.fail("syntax", offset, this.#describe(byte, offset));
  }

  /** Does what a byte asks for besides a change of state; false when the byte has to be looked at again. */
  #act(action: number, byte: number, offset: number): boolean {
    switch (action) {
      case Action.openObject:
        if (this.push(objectKind, offset)) this.state = State.firstName;
        return true;
      case Action.openArray:
        if (this.push(arrayKind, offset)) this.state = State.firstElement;
        return true;
      case Action.looseOpen:
        this.push(arrayKind, offset);
        return true;
      case Action.closeObject:
      case Action.closeArray:
        this.depth--;
        this.#standBehind();
        return true;
      case Action.looseClose:
        this.depth--;
        if (this.depth === this.#outerDepth) this.state = ended;
        return true;
      case Action.endString:
      case Action.endWord:
        this.#standBehind();
        return true;
      case Action.endNumber:
        this.#standBehind();
        return false;
      case Action.endName:
        this.state = this.#isName ? ended : State.colon;
        return true;
      case Action.endLooseString:
        this.state = this.depth === this.#outerDepth ? ended : State.loose;
        return true;
      default:
        return this.#loosen(byte, offset);
    }
  }

  #standBehind(): void {
    this.state = this.depth === this.#outerDepth ? ended : this.stateBehindValue;
  }

  /** Follows an ill-formed value to its end where brackets or quotes will show it. The byte is looked at again. */
  #loosen(byte: number, offset: number): false {
    const isInString = this.state >= State.string && this.state < State.minus;
    const hasVisibleEnd = this.depth > this.#outerDepth || (isInString && !this.#isName);
    if (!hasVisibleEnd) {
      this.failAt(byte, offset);
      return false;
    }
    this.flaw = { message: this.#describe(byte, offset), offset };
    this.state = isInString ? State.looseString : State.loose;
    return false;
  }

  #describe(byte: number, offset: number): string {
    return `Expected ${expectation(this.state)} at byte ${offset}, found ${describeByte(byte)}`;
  }
}

/** True behind a digit that could be a number's last. */
function isWholeNumber(state: number): boolean {
  return state === State.zero || state === State.integer || state === State.fraction || state === State.exponentDigits;
}
