import type { Outline } from "../json/outline.ts";
import { hasMembers, outlineAt, outlineOf } from "../json/outline.ts";
import { readJsonReport } from "../json/report.ts";
import type { ReportEvent, ReportReader } from "../reader.ts";
import { ZapJsonReading } from "./json-reading.ts";

/** ZAP's traditional JSON report, with requests and responses or without. */
export const zapJsonReader: ReportReader = { format: "zap-json", scanType: "zap", sniff: sniffZapJson, read: readZapJson };

const certain = 1;
const likely = 0.9;

function readZapJson(source: AsyncIterable<Uint8Array>): AsyncGenerator<ReportEvent, void, undefined> {
  return readJsonReport(source, new ZapJsonReading());
}

function sniffZapJson(head: Uint8Array): number {
  const outline = outlineOf(head);
  const wrapped = outlineAt(outline, "OWASPZAPReport");
  return Math.max(confidenceOf(outline), wrapped === null ? 0 : confidenceOf(wrapped));
}

function confidenceOf(document: Outline | null): number {
  if (document === null || document.kind !== "object") return 0;
  const site = outlineAt(document, "site");
  // A report of ZAP on signing in names the site alone.
  if (site !== null && site.kind === "scalar" && site.value !== null) return 0;
  const program = outlineAt(document, "@programName")?.value;
  if (typeof program === "string" && program.includes("ZAP")) return certain;
  const sites = site === null ? [] : [site, ...site.elements];
  if (sites.some((one) => hasMembers(one, "@name") || hasMembers(one, "@host"))) return certain;
  if (hasMembers(document, "@version", "@generated")) return certain;
  return sites.some((one) => hasMembers(one, "alerts")) ? likely : 0;
}
