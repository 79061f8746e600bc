import { SaxesParser } from "saxes";

/** The number that saxes gives to its state behind a text. They are not public, so they are asked for and not copied. */
export function stateAfter(text: string): number {
  const parser = new SaxesParser();
  parser.on("error", () => undefined);
  parser.write(text);
  const state: unknown = parser["state"];
  if (typeof state !== "number") throw new Error("this version of saxes keeps its state elsewhere");
  return state;
}
