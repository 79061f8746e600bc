import { limits } from "../limits.ts";
import { cleanText } from "../text.ts";

/** CSI, OSC and the other escape sequences of terminals, in their 7-bit and 8-bit spellings. */
const escapeSequences =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]{0,4096}(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;
const controls = /[\0-\u0008\u000b-\u001f\u007f-\u009f]/g;
const special = /[\0-\u0008\u000b-\u001f\u007f-\u009f]/;
const lineEnds = /\r\n?/g;

/** Colours make a text longer; of one that is longer than this many times its limit the end is not looked at. */
const colouring = 8;

/** What a test printed as plain text: colours and other orders to a terminal taken out, lines ended by a line feed. */
export function plainText(text: string, limit: number): string {
  const start = text.length > limit * colouring ? text.slice(0, limit * colouring) : text;
  return cleanText(special.test(start) ? start.replaceAll(lineEnds, "\n").replaceAll(escapeSequences, "").replaceAll(controls, "\uFFFD") : start, limit);
}

const unevenSpace = /\s\s|[^\S ]|^ | $/;

/** A name on one line; null where nothing is left. */
export function plainName(text: string, limit: number = limits.testName): string | null {
  const plain = plainText(text, limit);
  const name = unevenSpace.test(plain) ? plain.replaceAll(/\s+/g, " ").trim() : plain;
  return name === "" ? null : name;
}

export type Failure = { message: string | null; trace: string | null; errorType: string | null };

const firstFrame = /^[ \t]+at \S/m;
const errorName = /^(?:Uncaught )?((?:[A-Za-z_$][\w$]*\.)*(?:[A-Z][\w$]*)?(?:Error|Exception|Failure|Warning))(?: \[[\w-]+\])?(?=:|\s*$|\s*\n)/;

/** A text that an error was written out as, parted at the first frame of its stack. */
export function failureOf(text: string): Failure {
  const plain = plainText(text, limits.message + limits.trace);
  const frame = firstFrame.exec(plain);
  const message = cleanText(frame === null ? plain : plain.slice(0, frame.index), limits.message).trim();
  const trace = frame === null ? "" : cleanText(plain.slice(frame.index), limits.trace).trimEnd();
  return { message: message === "" ? null : message, trace: trace === "" ? null : trace, errorType: errorTypeOf(message) };
}

/** `TypeError` of "TypeError: x is no function"; null where the text does not begin with an error's name. */
export function errorTypeOf(message: string | null): string | null {
  return message === null ? null : (errorName.exec(message.slice(0, limits.word))?.[1] ?? null);
}
