/** A keyset cursor is the sort key of the last row, as base64url JSON: opaque to callers, checked when it comes back. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** The parts of a cursor of the given shape; null when it is damaged or from another list. */
export function decodeCursor(cursor: string, shape: readonly ("string" | "number")[]): (string | number)[] | null {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (Array.isArray(key) && key.length === shape.length && key.every((part, index) => fits(part, shape[index]))) return key;
  } catch {
    return null;
  }
  return null;
}

/** Numbers are ids and ranks: PostgreSQL would refuse a fraction with an error of its own, and a text with a NUL in it. */
function fits(part: unknown, kind: "string" | "number" | undefined): boolean {
  return kind === "number" ? Number.isSafeInteger(part) : typeof part === "string" && !part.includes("\0");
}
