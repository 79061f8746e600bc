import type { FindingExportFormat } from "@sentinal/contract";
import type { Database } from "../database/index.ts";
import { csvOf } from "./export-csv.ts";
import { type ExportedFindings, type ExportedList, readFindings } from "./export-rows.ts";
import { sarifOf } from "./export-sarif.ts";
import { findPlaces } from "./finding-places.ts";

/** Findings of one export; whoever needs more narrows the filters. */
export const mostExported = 100_000;
/** What an export writes, in pieces; each format says at its end where it was cut, at `most` findings. */
export function exportFindings(
  db: Database,
  list: ExportedList,
  visible: string | null,
  format: FindingExportFormat,
  most = mostExported,
): AsyncGenerator<string, void, undefined> {
  switch (format) {
    case "csv":
      return csvOf(readFindings(db, list, visible, most), most);
    case "json":
      return jsonOf(readFindings(db, list, visible, most));
    case "sarif":
      return exportSarif(db, list, visible, most);
  }
}

/** The list's own items. */
async function* jsonOf(findings: ExportedFindings): AsyncGenerator<string, void, undefined> {
  yield '{"items":[';
  let separator = "\n";
  for (let next = await findings.next(); ; next = await findings.next()) {
    if (next.done === true) {
      yield `\n],"is_cut":${next.value}}\n`;
      return;
    }
    yield separator + JSON.stringify(next.value.finding);
    separator = ",\n";
  }
}

/** A run of SARIF is of one tool, so the findings are read tool by tool. */
async function* exportSarif(db: Database, { filter, sort }: ExportedList, visible: string | null, most: number): AsyncGenerator<string, void, undefined> {
  const tools = [...new Set((await findPlaces(db, filter, visible)).map((place) => place.tool))].toSorted();
  yield* sarifOf(tools, (tool, atMost) => readFindings(db, { filter: { ...filter, tool: [tool] }, sort }, visible, atMost), most);
}
