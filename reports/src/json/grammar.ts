/** What the machine stands in front of, inside one JSON value. */
export const State = {
  value: 0,
  firstElement: 1,
  nextElement: 2,
  firstName: 3,
  nextName: 4,
  colon: 5,
  afterMember: 6,
  afterElement: 7,
  /** A string and its escapes, as a value (8 to 13) and as a name (14 to 19). */
  string: 8,
  name: 14,
  minus: 20,
  zero: 21,
  integer: 22,
  point: 23,
  fraction: 24,
  exponent: 25,
  exponentSign: 26,
  exponentDigits: 27,
  /** The letters still to come of `true`, `false` and `null`: 28 to 37. */
  word: 28,
  /** Behind an error only strings and brackets are followed, to find the end of the value. */
  loose: 40,
  looseString: 41,
  looseEscape: 42,
} as const;

/** Cells from here on are no next state but ask for more than a change of state. */
export const firstAction = 64;

export const Action = {
  openObject: 64,
  openArray: 65,
  closeObject: 66,
  closeArray: 67,
  endString: 68,
  endName: 69,
  endWord: 70,
  /** The byte behind a number, which is not part of it. */
  endNumber: 71,
  looseOpen: 72,
  looseClose: 73,
  endLooseString: 74,
  invalid: 75,
} as const;

const whitespace = [0x20, 0x09, 0x0a, 0x0d];
const digits = [...Array(10).keys()].map((digit) => 0x30 + digit);
const hexDigits = [...digits, ...codes("abcdefABCDEF")];

/** The next state, or an action, for each state and byte: `transitions[state << 8 | byte]`. */
export const transitions: Uint8Array = buildTransitions();

/** What may stand where an error was found. */
export function expectation(state: number): string {
  if (state === State.value || state === State.nextElement) return "a value";
  if (state === State.firstElement) return "a value or ']'";
  if (state === State.firstName) return "a name in quotes or '}'";
  if (state === State.nextName) return "a name in quotes";
  if (state === State.colon) return "':'";
  if (state === State.afterMember) return "',' or '}'";
  if (state === State.afterElement) return "',' or ']'";
  if (state === State.string || state === State.name) return "the text or its closing quote";
  if (state < State.minus) return "a known escape";
  if (state < State.word) return "a number";
  return "true, false or null";
}

function codes(text: string): number[] {
  return [...text].map((character) => character.charCodeAt(0));
}

function buildTransitions(): Uint8Array {
  const table = new Uint8Array(64 * 256).fill(Action.invalid);
  const on = (state: number, bytes: readonly number[], next: number) => {
    for (const byte of bytes) table[(state << 8) | byte] = next;
  };
  for (let state = State.value; state <= State.afterElement; state++) on(state, whitespace, state);
  for (const state of [State.value, State.firstElement, State.nextElement]) {
    on(state, codes("{"), Action.openObject);
    on(state, codes("["), Action.openArray);
    on(state, codes('"'), State.string);
    on(state, codes("-"), State.minus);
    on(state, codes("0"), State.zero);
    on(state, digits.slice(1), State.integer);
  }
  on(State.firstElement, codes("]"), Action.closeArray);
  on(State.firstName, codes("}"), Action.closeObject);
  on(State.firstName, codes('"'), State.name);
  on(State.nextName, codes('"'), State.name);
  on(State.colon, codes(":"), State.value);
  on(State.afterMember, codes(","), State.nextName);
  on(State.afterMember, codes("}"), Action.closeObject);
  on(State.afterElement, codes(","), State.nextElement);
  on(State.afterElement, codes("]"), Action.closeArray);
  addStrings(on);
  addNumbers(on);
  addWords(on);
  addLoose(table, on);
  return table;
}

type Add = (state: number, bytes: readonly number[], next: number) => void;

function addStrings(on: Add): void {
  const plain = [...Array(256).keys()].filter((byte) => byte >= 0x20 && byte !== 0x22 && byte !== 0x5c);
  for (const start of [State.string, State.name]) {
    on(start, plain, start);
    on(start, codes('"'), start === State.string ? Action.endString : Action.endName);
    on(start, codes("\\"), start + 1);
    on(start + 1, codes('"\\/bfnrt'), start);
    on(start + 1, codes("u"), start + 2);
    for (let digit = 2; digit <= 5; digit++) on(start + digit, hexDigits, digit === 5 ? start : start + digit + 1);
  }
}

function addNumbers(on: Add): void {
  const behind = [...whitespace, ...codes(",]}")];
  for (const state of [State.zero, State.integer, State.fraction, State.exponentDigits]) on(state, behind, Action.endNumber);
  on(State.minus, codes("0"), State.zero);
  on(State.minus, digits.slice(1), State.integer);
  on(State.integer, digits, State.integer);
  for (const state of [State.zero, State.integer]) on(state, codes("."), State.point);
  on(State.point, digits, State.fraction);
  on(State.fraction, digits, State.fraction);
  for (const state of [State.zero, State.integer, State.fraction]) on(state, codes("eE"), State.exponent);
  on(State.exponent, codes("+-"), State.exponentSign);
  for (const state of [State.exponent, State.exponentSign, State.exponentDigits]) on(state, digits, State.exponentDigits);
}

function addWords(on: Add): void {
  let next: number = State.word;
  for (const word of ["true", "false", "null"]) {
    for (const state of [State.value, State.firstElement, State.nextElement]) on(state, codes(word.slice(0, 1)), next);
    for (const letter of word.slice(1, -1)) on(next, codes(letter), ++next);
    on(next++, codes(word.slice(-1)), Action.endWord);
  }
}

function addLoose(table: Uint8Array, on: Add): void {
  table.fill(State.loose, State.loose << 8, (State.loose + 1) << 8);
  table.fill(State.looseString, State.looseString << 8, (State.looseString + 1) << 8);
  table.fill(State.looseString, State.looseEscape << 8, (State.looseEscape + 1) << 8);
  on(State.loose, codes("{["), Action.looseOpen);
  on(State.loose, codes("}]"), Action.looseClose);
  on(State.loose, codes('"'), State.looseString);
  on(State.looseString, codes("\\"), State.looseEscape);
  on(State.looseString, codes('"'), Action.endLooseString);
}
