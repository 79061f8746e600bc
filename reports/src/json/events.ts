/** Names and positions from the root to a value; the root's own path is empty. */
export type JsonPath = readonly (string | number)[];

/** How a value begins; every value that is no container is a scalar. */
export type Opening = "object" | "array" | "scalar";

/**
 * What becomes of a value: `walk` opens a container and asks again for each of its members (a scalar is given as a
 * value), `value` gives it parsed, `text` gives its JSON unparsed, `skip` passes over it without keeping a byte.
 */
export type Handling = "walk" | "value" | "text" | "skip";

/** Asked at the first byte of each value in a walked container. The path is only lent: copy it to keep it. */
export type Choose = (path: JsonPath, opening: Opening) => Handling;

/** Offsets are bytes from the start of the content; `to` is behind the last byte. */
export type JsonEvent =
  | { type: "start"; path: JsonPath; container: "object" | "array"; from: number }
  | { type: "end"; path: JsonPath; from: number; to: number }
  | { type: "value"; path: JsonPath; value: unknown; from: number; to: number }
  | { type: "text"; path: JsonPath; text: string; from: number; to: number }
  | { type: "skipped"; path: JsonPath; from: number; to: number }
  /** One value is ill-formed or too large; what follows it is read. `offset` is where it went wrong. */
  | { type: "unreadable"; code: "ill_formed" | "too_large"; path: JsonPath; from: number; to: number; offset: number; message: string }
  /** The content is no strict JSON here, and is read on nevertheless. */
  | { type: "flaw"; offset: number; message: string }
  /** Reading ends here. */
  | { type: "failure"; code: FailureCode; offset: number; message: string };

export type FailureCode = "empty" | "syntax" | "truncated" | "depth" | "encoding";

/** A byte as an error message shows it. */
export function describeByte(byte: number): string {
  return byte > 0x20 && byte < 0x7f ? `'${String.fromCharCode(byte)}'` : `byte 0x${byte.toString(16).padStart(2, "0")}`;
}
