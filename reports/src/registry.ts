import type { ScanType } from "@sentinal/contract";
import { checkstyleReader } from "./checkstyle/reader.ts";
import { ctrfReader } from "./ctrf/reader.ts";
import { eslintReader } from "./eslint/reader.ts";
import { jestReader } from "./jest/reader.ts";
import { outlineAt, outlineOf } from "./json/outline.ts";
import { junitReader } from "./junit/reader.ts";
import { limits } from "./limits.ts";
import type { ReportReader } from "./reader.ts";
import { sarifReader } from "./sarif/reader.ts";
import { sonarqubeReader } from "./sonarqube/reader.ts";
import { tapReader } from "./tap/reader.ts";
import { trivyReader } from "./trivy/reader.ts";
import { zapJsonReader } from "./zap/json-reader.ts";
import { zapXmlReader } from "./zap/xml-reader.ts";

/**
 * Every format that can be read. A new one is added here and nowhere else. Of readers of one scan type the first is
 * taken for a content that says nothing: ESLint, which writes `[]`, stands before SARIF.
 */
export const readers: readonly ReportReader[] = checked([
  trivyReader,
  sonarqubeReader,
  zapJsonReader,
  zapXmlReader,
  eslintReader,
  sarifReader,
  checkstyleReader,
  ctrfReader,
  jestReader,
  tapReader,
  junitReader,
]);

/** Most contents tell what they are at once. */
const firstBytes = 4_096;
/** Below this the content is not taken for the format. */
const leastConfidence = 0.5;
/** For a content that says nothing itself, where only the sender's word counts. */
const hintConfidence = 0.5;

/** What a content is taken for; `scanType` as far as its first bytes tell, else the reader's own. */
type Recognised = { reader: ReportReader; scanType: ScanType; confidence: number };

type Guess = Pick<Recognised, "reader" | "confidence">;

/** The reader whose `format` it is, or null. */
export function readerOf(format: string): ReportReader | null {
  return readers.find((reader) => reader.format === format) ?? null;
}

/**
 * The reader for a content, by its first bytes (at most `limits.headBytes` are looked at); null when none knows it.
 * The hint decides only for what says nothing itself: `null`, `[]`, `{}` and an empty Kubernetes list.
 */
export function recognise(head: Uint8Array, hint?: ScanType): Recognised | null {
  const bytes = head.subarray(0, limits.headBytes);
  // What the sender names is asked first: it is nearly always right.
  const likelyFirst = readers.toSorted((one, other) => Number(other.scanType === hint) - Number(one.scanType === hint));
  const first = surest(head.subarray(0, firstBytes), likelyFirst);
  if (first?.confidence === 1) return recognised(first, bytes);
  const best = surest(bytes);
  if (best !== null) return recognised(best, bytes);
  // A test report is never without a word, not even of no tests.
  if (hint === undefined || hint === "test" || !saysNothing(bytes)) return null;
  const reader = readers.find(({ scanType }) => scanType === hint);
  return reader === undefined ? null : recognised({ reader, confidence: hintConfidence }, bytes);
}

function recognised({ reader, confidence }: Guess, bytes: Uint8Array): Recognised {
  return { reader, scanType: reader.scanTypeOf?.(bytes) ?? reader.scanType, confidence };
}

function surest(bytes: Uint8Array, among: readonly ReportReader[] = readers): Guess | null {
  let best: Guess | null = null;
  for (const reader of among) {
    if (best?.confidence === 1) break;
    const confidence = reader.sniff(bytes);
    if (confidence >= leastConfidence && confidence > (best?.confidence ?? 0)) best = { reader, confidence };
  }
  return best;
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
