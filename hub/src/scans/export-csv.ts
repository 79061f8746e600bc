import type { Dismissal, Finding } from "@sentinal/contract";
import type { ExportedFindings } from "./export-rows.ts";

type Cell = string | number | null;

const columns: Readonly<Record<string, (finding: Finding, dismissal: Dismissal | null) => Cell>> = {
  id: (finding) => finding.id,
  repository: (finding) => finding.repository,
  branch: (finding) => finding.branch,
  scan_type: (finding) => finding.scan_type,
  tool: (finding) => finding.tool,
  kind: (finding) => finding.kind,
  state: (finding) => finding.state,
  change: (finding) => finding.change,
  severity: (finding) => finding.severity,
  severity_word: (finding) => finding.severity_word,
  rule: (finding) => finding.rule,
  title: (finding) => finding.title,
  message: (finding) => finding.message,
  target: (finding) => finding.target,
  path: (finding) => finding.path,
  line: (finding) => finding.line,
  package_name: (finding) => finding.package_name,
  installed_version: (finding) => finding.installed_version,
  fixed_version: (finding) => finding.fixed_version,
  url: (finding) => finding.url,
  first_seen_at: (finding) => finding.first_seen_at,
  last_seen_at: (finding) => finding.last_seen_at,
  dismissed_by: (_finding, dismissal) => dismissal?.username ?? dismissal?.by ?? null,
  dismissal_reason: (_finding, dismissal) => dismissal?.reason ?? null,
  dismissal_comment: (_finding, dismissal) => dismissal?.comment ?? null,
};

/** Spreadsheets take UTF-8 for what it is only with this mark. */
const byteOrderMark = "\uFEFF";

/** RFC 4180: a line of names, then one for each finding; where it was cut, a last line that says so in its first cell. */
export async function* csvOf(findings: ExportedFindings, most: number): AsyncGenerator<string, void, undefined> {
  const reads = Object.values(columns);
  yield byteOrderMark + line(Object.keys(columns));
  for (let next = await findings.next(); ; next = await findings.next()) {
    if (next.done !== true) {
      const { finding, dismissal } = next.value;
      yield line(reads.map((read) => read(finding, dismissal)));
      continue;
    }
    if (next.value) yield line(reads.map((_read, index) => (index === 0 ? `Cut after ${most} findings: narrow the filters to export the others.` : null)));
    return;
  }
}

function line(cells: readonly Cell[]): string {
  return `${cells.map(cellOf).join(",")}\r\n`;
}

/**
 * A text that begins like a formula gets an apostrophe before it: spreadsheets would reckon it, and what stands in a
 * report is anybody's.
 */
export function cellOf(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
