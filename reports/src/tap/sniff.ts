import { readLine } from "./grammar.ts";

const certain = 1;
const likely = 0.8;
const possible = 0.6;

/** Points that follow each other from the first on, where the plan is still to come. */
const enoughPoints = 3;

/** How surely the content is TAP; a version line tells it for certain. */
export function sniffTap(head: Uint8Array): number {
  const text = new TextDecoder().decode(head).trimStart();
  // Reports in other formats may quote TAP.
  if (text.includes("\0") || /^[<[{]/.test(text)) return 0;
  let isFirst = true;
  let startsAsTap = false;
  let hasPlan = false;
  let points = 0;
  let inOrder = 0;
  for (const raw of text.split("\n")) {
    if (raw.trim() === "") continue;
    const line = readLine(raw.trimEnd());
    if (line.type === "version") return certain;
    if (line.type === "comment" || line.type === "subtest") continue;
    if (isFirst) startsAsTap = line.type === "plan" || (line.type === "point" && line.point.number === 1) || line.type === "bail";
    isFirst = false;
    if (line.type === "plan") hasPlan = true;
    if (line.type === "point") points++;
    if (line.type === "point" && line.point.number === inOrder + 1) inOrder++;
  }
  if (hasPlan && points > 0) return likely;
  return startsAsTap || inOrder >= enoughPoints ? possible : 0;
}
