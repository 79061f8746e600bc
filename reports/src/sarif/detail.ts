import { fitDetail, saysSomething } from "../detail.ts";
import type { JsonObject } from "../json/values.ts";
import { isObject, lineOf, listOf, member, memberAt, numberOf, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import { webAddress } from "../text.ts";
import { componentAt } from "./components.ts";
import { messageOf } from "./messages.ts";
import { logicalNameOf, regionOf, shownLocation } from "./places.ts";
import type { RuleOfResult } from "./rules.ts";
import type { Run } from "./run.ts";
import { codeLinesOf } from "./snippets.ts";
import { suppressionsOf } from "./standing.ts";
import { merged, tagsOf, weaknessesOf } from "./tags.ts";

/** A result with what it refers to. `location` is the one that the finding is at. */
export type Reference = {
  run: Run;
  result: JsonObject;
  rule: RuleOfResult;
  location: JsonObject | null;
  workspace: string | undefined;
  /** The result as it stands in the report. */
  text: string;
  /** The code at the place is a secret, and not to be shown. */
  isSecret: boolean;
};

/** What is shown of a result besides its message and place, cut to the limit of a detail. */
export function detailOf(reference: Reference, score: number | null, otherDriver: string | null): Record<string, unknown> {
  const { run, result, rule, location, workspace, isSecret } = reference;
  const { descriptor } = rule;
  const detail: Record<string, unknown> = { ...descriptor?.detail };
  const put = (name: string, value: unknown) => {
    if (saysSomething(value)) detail[name] = value;
  };
  const show = (value: unknown) => shownLocation(run, value, rule, workspace);
  const ownTags = tagsOf(memberAt(result, "properties", "tags"));
  put("tool", otherDriver);
  put("tags", merged(descriptor?.tags ?? [], ownTags));
  put("cwe_ids", merged(descriptor?.weaknesses ?? [], weaknessesOf(result, ownTags)));
  put("taxa", taxaOf(run, result));
  put("security_severity", score);
  put("rank", numberOf(member(result, "rank")));
  if (location !== null) putPlace(put, location, rule);
  if (location !== null && !isSecret) put("code_lines", codeLinesOf(location));
  const locations = listOf(member(result, "locations"));
  if (locations.length > 1) {
    put("locations", shownList(locations, show));
    put("location_count", locations.length);
  }
  put("related_locations", shownList(listOf(member(result, "relatedLocations")), show));
  putCodeFlow(put, result, show);
  putFixes(put, result, rule);
  put("suppressions", suppressionsOf(result));
  put("baseline_state", textOf(member(result, "baselineState"), limits.word));
  put("occurrence_count", lineOf(member(result, "occurrenceCount")));
  put("viewer_url", webAddress(textOf(member(result, "hostedViewerUri"), limits.url)));
  return fitDetail(detail, sourceBytesOf(reference, detail));
}

type Put = (name: string, value: unknown) => void;

function putPlace(put: Put, location: JsonObject, rule: RuleOfResult): void {
  const region = regionOf(location);
  if (region !== null) {
    put("start_line", lineOf(member(region, "startLine")));
    put("column", lineOf(member(region, "startColumn")));
    put("end_line", lineOf(member(region, "endLine")));
    put("end_column", lineOf(member(region, "endColumn")));
  }
  put("logical", logicalNameOf(location));
  put("location_message", messageOf(member(location, "message"), rule));
}

function putFixes(put: Put, result: JsonObject, rule: RuleOfResult): void {
  const fixes = listOf(member(result, "fixes")).filter(isObject);
  const [first] = fixes;
  if (first === undefined) return;
  put("fixable", true);
  put("fix_count", fixes.length);
  put("fix", messageOf(member(first, "description"), rule));
}

type Show = (value: unknown) => Record<string, unknown> | null;

function shownList(values: readonly unknown[], show: Show): readonly Record<string, unknown>[] {
  if (values.length === 0) return [];
  return values
    .slice(0, limits.detailEntries)
    .map(show)
    .filter((shown) => shown !== null);
}

/** The steps of the first thread of the first flow; of a longer one the beginning and its end, where the damage is done. */
function putCodeFlow(put: Put, result: JsonObject, show: Show): void {
  const flows = listOf(member(result, "codeFlows"));
  const threads = isObject(flows[0]) ? listOf(member(flows[0], "threadFlows")) : [];
  const steps = isObject(threads[0]) ? listOf(member(threads[0], "locations")) : [];
  if (steps.length === 0) return;
  const shownSteps = steps.length <= limits.flowSteps ? steps : [...steps.slice(0, limits.flowSteps - 1), steps.at(-1)];
  put(
    "code_flow",
    shownSteps.map((step) => (isObject(step) ? show(member(step, "location")) : null)).filter((step) => step !== null),
  );
  put("code_flow_steps", steps.length);
  put("code_flow_count", flows.length);
}

/** Entries of taxonomies other than the CWE list, e.g. `OWASP A03`. */
function taxaOf(run: Run, result: JsonObject): readonly string[] {
  const references = listOf(member(result, "taxa"));
  const taxa: string[] = [];
  for (const reference of references.slice(0, limits.detailEntries)) {
    if (!isObject(reference)) continue;
    const taxonomy = componentAt(run, member(reference, "toolComponent"));
    const index = numberOf(member(reference, "index"));
    const id = textOf(member(reference, "id"), limits.word) ?? (index === null ? null : (taxonomy?.taxa[index]?.id ?? null));
    const name = textOf(memberAt(reference, "toolComponent", "name"), limits.word) ?? taxonomy?.name ?? null;
    if (id !== null) taxa.push(name === null || name === run.driver?.name ? id : `${name} ${id}`);
  }
  return merged([], taxa);
}

/**
 * Bytes of the report that a detail is at most made of: those of the result, some of which are shown twice, and addresses
 * that it names by an index or a base. Where messages are filled in or looked up, they may be of any length.
 */
function sourceBytesOf({ run, rule, text }: Reference, detail: Record<string, unknown>): number {
  const hasMessages = (rule.descriptor?.messages.size ?? 0) + (rule.component?.messages.size ?? 0) > 0;
  if (hasMessages || text.includes('"arguments"')) return Buffer.byteLength(JSON.stringify(detail));
  const addresses = (run.artifactLength + run.basesLength) * (2 * limits.detailEntries + limits.flowSteps);
  const namesOfMembers = 2_000;
  return 2 * text.length + addresses + namesOfMembers + (rule.descriptor?.detailBytes ?? 0) / 3;
}
