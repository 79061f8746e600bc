import { compact, fitDetail } from "../detail.ts";
import type { JsonObject } from "../json/values.ts";
import { isObject, lineOf, listOf, member, numberOf, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import { maskedMessage } from "../places/masking.ts";
import type { FindingRecord } from "../reader.ts";
import { cleanText, identityPart } from "../text.ts";
import { fileOf, keyOf, rangeOf } from "./components.ts";
import type { Lookup } from "./lookup.ts";
import { rulePage } from "./rules.ts";
import { impactsOf, severityOf, standingOf } from "./words.ts";

/** What the answer around an entry says. */
export type Surroundings = { lookup: Lookup; project: string | null; workspace: string | undefined };

const mostFlows = 10;

/** True for a place that somebody should look at, which is told in other words than an issue. */
export function isHotspot(entry: JsonObject): boolean {
  return Object.hasOwn(entry, "vulnerabilityProbability") || Object.hasOwn(entry, "securityCategory") || member(entry, "type") === "SECURITY_HOTSPOT";
}

/** The finding of an issue or a hotspot; null for an entry that says neither what nor where. */
export function readEntry(entry: JsonObject, { lookup, project: defaultProject, workspace }: Surroundings, sourceBytes: number): FindingRecord | null {
  const text = (name: string) => textOf(member(entry, name), limits.word);
  const key = textOf(member(entry, "key"), limits.rule);
  const ownRule = keyOf(member(entry, "rule")) ?? textOf(member(entry, "ruleKey"), limits.rule) ?? text("securityCategory");
  const ownMessage = textOf(member(entry, "message"), limits.message);
  if (ownRule === null && ownMessage === null) return null;
  const rule = cleanText(ownRule ?? "unknown", limits.rule);
  const facts = lookup.rule(rule);
  const project = keyOf(member(entry, "project")) ?? defaultProject;
  const component = keyOf(member(entry, "component"));
  const file = fileOf(member(entry, "component"), project, lookup, workspace);
  const path = file === null ? null : cleanText(file, limits.path);
  const range = rangeOf(entry);
  const impacts = impactsOf(member(entry, "impacts"));
  const isReview = isHotspot(entry);
  const severityWord = text("severity") ?? (isReview ? text("vulnerabilityProbability") : null);
  const message = ownMessage ?? facts?.name ?? rule;
  const isPlaced = path !== null && ownRule !== null;
  const detail = compact({
    type: text("type") ?? (isReview ? "SECURITY_HOTSPOT" : null),
    severity: text("severity"),
    impacts,
    clean_code_attribute: text("cleanCodeAttribute"),
    clean_code_category: text("cleanCodeAttributeCategory"),
    security_category: text("securityCategory"),
    vulnerability_probability: text("vulnerabilityProbability"),
    status: text("status"),
    resolution: text("resolution"),
    issue_status: text("issueStatus"),
    rule_name: facts?.name ?? ruleNameOf(entry),
    rule_description: facts?.description,
    language: facts?.language,
    effort: text("effort") ?? text("debt"),
    tags: listOf(member(entry, "tags"))
      .slice(0, limits.detailEntries)
      .map((tag) => textOf(tag, limits.word))
      .filter((tag) => tag !== null),
    author: text("author"),
    assignee: text("assignee"),
    created_at: text("creationDate"),
    updated_at: text("updateDate"),
    closed_at: text("closeDate"),
    project,
    component,
    scope: text("scope"),
    start_line: lineOf(range.start) ?? lineOf(member(entry, "line")),
    end_line: lineOf(range.end),
    start_column: numberOf(range.startColumn),
    end_column: numberOf(range.endColumn),
    hash: text("hash"),
    quick_fix: member(entry, "quickFixAvailable") === true ? true : null,
    flows: flowsOf(entry, project, lookup, workspace),
  });
  return {
    kind: "issue",
    rule,
    ...severityOf(severityWord, impacts),
    standing: standingOf(entry),
    title: cleanText(message.split("\n", 1)[0]?.trim() || rule, limits.title),
    message,
    target: project,
    path,
    line: lineOf(member(entry, "line")) ?? lineOf(range.start),
    packageName: null,
    installedVersion: null,
    fixedVersion: null,
    url: rulePage(rule),
    detail: fitDetail(detail, sourceBytes + 2 * (facts?.description?.length ?? 0)),
    toolKey: key,
    isPlaced,
    identity: ["place", rule, path, maskedMessage(message)].map((part) => identityPart(part, limits.identityPart)),
    // Digits are masked in the identity: where there is no line to tell two issues apart, they do.
    variant: text("hash") ?? identityPart(message, limits.identityPart) ?? "",
  };
}

/** A single hotspot's own answer gives its rule as an object. */
function ruleNameOf(entry: JsonObject): string | null {
  const rule = member(entry, "rule");
  return isObject(rule) ? textOf(member(rule, "name"), limits.title) : null;
}

/** The ways on which data comes to the issue: a list of places each. */
function flowsOf(entry: JsonObject, project: string | null, lookup: Lookup, workspace: string | undefined): Record<string, unknown>[][] {
  const flows = listOf(member(entry, "flows")).slice(0, mostFlows).filter(isObject);
  return flows.map((flow) =>
    listOf(member(flow, "locations"))
      .slice(0, limits.detailEntries)
      .filter(isObject)
      .map((location) => {
        const range = rangeOf(location);
        const path = fileOf(member(location, "component"), project, lookup, workspace);
        return compact({
          path: path === null ? null : cleanText(path, limits.path),
          start_line: lineOf(range.start),
          end_line: lineOf(range.end),
          message: textOf(member(location, "msg"), limits.word),
        });
      }),
  );
}
