import { limits } from "../limits.ts";

/** The lines of a text that comes in pieces, as UTF-8, without their ends; of a longer one the first `limits.line` characters. */
export async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[], void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const piece of source) {
    const text = decoder.decode(piece, { stream: true });
    const end = text.indexOf("\n");
    if (end === -1) {
      rest = joined(rest, text);
      continue;
    }
    const lines = text.slice(end + 1).split("\n");
    const next = lines.pop() ?? "";
    yield [joined(rest, text.slice(0, end)), ...lines].map(line);
    rest = joined("", next);
  }
  rest = joined(rest, decoder.decode());
  if (rest !== "") yield [line(rest)];
}

/** One character more than is kept, so that a line end that fits is seen. */
function joined(rest: string, text: string): string {
  if (rest.length > limits.line) return rest;
  const whole = rest + text;
  return whole.length > limits.line + 1 ? whole.slice(0, limits.line + 1) : whole;
}

function line(text: string): string {
  const whole = text.endsWith("\r") ? text.slice(0, -1) : text;
  return whole.length > limits.line ? whole.slice(0, limits.line) : whole;
}
