import type { Run } from "@sentinal/contract";

/** Index of the next failed run from a place in the list, in steps of 1 (down) or -1 (up); null when there is none. */
export function nextFailure(runs: readonly Pick<Run, "status">[], from: number | null, step: 1 | -1): number | null {
  let index = from === null ? (step === 1 ? 0 : runs.length - 1) : from + step;
  for (; index >= 0 && index < runs.length; index += step) if (runs[index]?.status === "Failed") return index;
  return null;
}
