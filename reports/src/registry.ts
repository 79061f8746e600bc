import type { ScanType } from "@sentinal/contract";
import { outlineAt, outlineOf } from "./json/outline.ts";
import { limits } from "./limits.ts";
import type { ReportReader } from "./reader.ts";
import { trivyReader } from "./trivy/reader.ts";

/** Every format that can be read. A new one is added here and nowhere else. */
export const readers: readonly ReportReader[] = checked([trivyReader]);

/** Below this the content is not taken for the format. */
const leastConfidence = 0.5;
/** For a content that says nothing itself, where only the sender's word counts. */
const hintConfidence = 0.5;

/** The reader whose `format` it is, or null. */
export function readerOf(format: string): ReportReader | null {
  return readers.find((reader) => reader.format === format) ?? null;
}

/**
 * The reader for a content, by its first bytes (at most `limits.headBytes` are looked at); null when none knows it.
 * The hint decides only for what says nothing itself: `null`, `[]`, `{}` and an empty Kubernetes list.
 */
export function recognise(head: Uint8Array, hint?: ScanType): { reader: ReportReader; confidence: number } | null {
  const bytes = head.subarray(0, limits.headBytes);
  let best: { reader: ReportReader; confidence: number } | null = null;
  for (const reader of readers) {
    const confidence = reader.sniff(bytes);
    if (confidence >= leastConfidence && confidence > (best?.confidence ?? 0)) best = { reader, confidence };
  }
  if (best !== null || hint === undefined || !saysNothing(bytes)) return best;
  const reader = readers.find(({ scanType }) => scanType === hint);
  return reader === undefined ? null : { reader, confidence: hintConfidence };
}

/** True for what a tool writes when it found nothing, and what any tool could have written. */
function saysNothing(bytes: Uint8Array): boolean {
  const outline = outlineOf(bytes);
  if (outline === null || !outline.isComplete) return false;
  if (outline.kind === "scalar") return outline.value === null;
  const items = outlineAt(outline, "items");
  const isEmptyList = outlineAt(outline, "kind")?.value === "List" && items !== null && items.isComplete && items.elements.length === 0;
  return isEmptyList || (outline.members.size === 0 && outline.elements.length === 0);
}

function checked(list: readonly ReportReader[]): readonly ReportReader[] {
  const formats = new Set(list.map(({ format }) => format));
  if (formats.size !== list.length) throw new Error("two readers in the registry name the same format");
  return list;
}
