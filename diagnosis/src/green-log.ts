import { maskText } from "./fingerprint.ts";

/** Lines of the last passing log of the same job, by what they say without numbers and the like. What stands there is no cause. */
export type GreenLog = {
  has(text: string): boolean;
};

/** None is another number than some. */
function keyOf(text: string): string {
  return maskText(text.replace(/\b0\b/g, "none")).slice(0, 200);
}

export function collectGreenLines(): GreenLog & { add(text: string): void } {
  const seen = new Set<string>();
  return {
    // Bounded: a log of more different suspicious lines than that passes all the same.
    add(text) {
      if (seen.size < 50_000) seen.add(keyOf(text));
    },
    has: (text) => seen.has(keyOf(text)),
  };
}
