import { z } from "zod";
import { categories, type Category } from "./categories.ts";

/**
 * What a person says of a log's diagnosis: "this was wrong, that is right", or "yes". One JSON object a line; the published
 * figures are counted with them. A later label of the same log takes the place of an earlier one.
 */
export const Label = z.strictObject({
  /** SHA-256 of the log's bytes as they were diagnosed (unpacked), 64 hexadecimal digits. */
  log: z.string().regex(/^[\da-f]{64}$/, "It is no SHA-256 in 64 lower-case hexadecimal digits"),
  /** How `line` was counted; see docs/reference/log-lines.md. */
  lines: z.enum(["lf", "cr-crlf-lf"]).default("lf"),
  /** The line that tells the cause, from 1; null where no line of the log does, or the job did not fail. */
  line: z.int().min(1).max(1_000_000_000).nullable(),
  /** The last line that is as good an answer, where the cause stands on several. */
  last_line: z.int().min(1).max(1_000_000_000).optional(),
  category: z.enum(categories),
  /** Whether the same commit would pass when run again, where that is known. */
  transient: z.enum(["no", "possible", "delayed", "yes", "unknown"]).optional(),
  /** Who says so: a user's name. */
  by: z.string().min(1).max(200),
  /** When, ISO 8601 with a zone. */
  at: z.iso.datetime({ offset: true }),
  note: z.string().max(1_000).optional(),
});
export type Label = z.output<typeof Label>;

export type LabelProblem = { readonly line: number; readonly problem: string };

/**
 * Reads labels from JSON lines; empty lines are passed over. The newest of each log counts, and of those of one moment the
 * last. Lines that are no label are told and left out.
 */
export function readLabels(text: string): { readonly labels: ReadonlyMap<string, Label>; readonly problems: readonly LabelProblem[] } {
  const labels = new Map<string, Label>();
  const problems: LabelProblem[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const label = readLabel(line);
    if (typeof label === "string") {
      problems.push({ line: index + 1, problem: label });
      continue;
    }
    const known = labels.get(label.log);
    if (known === undefined || Date.parse(known.at) <= Date.parse(label.at)) labels.set(label.log, label);
  }
  return { labels, problems };
}

/** A label as a line of a labels file, with its end. */
export function labelLine(label: Label): string {
  return `${JSON.stringify(Label.parse(label))}\n`;
}

/** How far an answer may be from the label's lines and still lead there. */
export const nearLines = 5;

/** How an answer stands to a label. */
export function agreesWith(
  label: Label,
  { cause, category }: { readonly cause: { readonly line: number } | null; readonly category: Category },
): { readonly line: "exact" | "near" | "wrong"; readonly category: boolean } {
  return { line: lineAgreement(label, cause?.line ?? null), category: category === label.category };
}

function lineAgreement({ line, last_line: lastLine }: Label, answered: number | null): "exact" | "near" | "wrong" {
  if (line === null || answered === null) return line === answered ? "exact" : "wrong";
  const last = Math.max(line, lastLine ?? line);
  const away = answered < line ? line - answered : answered > last ? answered - last : 0;
  return away === 0 ? "exact" : away <= nearLines ? "near" : "wrong";
}

function readLabel(line: string): Label | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return "It is no JSON";
  }
  const parsed = Label.safeParse(value);
  if (parsed.success) return parsed.data;
  return parsed.error.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join(".")}: ${message}`)).join("; ");
}
