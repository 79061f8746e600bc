import type { Severity } from "@sentinal/contract";
import { compact, fitDetail } from "../detail.ts";
import { paragraphsText } from "../html.ts";
import { numberOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import type { FindingRecord } from "../reader.ts";
import { cleanText, identityPart, webAddress } from "../text.ts";
import type { Instances } from "./instances.ts";
import { noInstances, takeInstance } from "./instances.ts";
import { helpPage, pluginOf, stableName } from "./names.ts";
import { originOf } from "./places.ts";
import type { Facts } from "./texts.ts";
import { factOf } from "./texts.ts";

/** An alert as far as it was read, whether from JSON or XML. Names of facts are those of the XML, in lower case. */
export type AlertDraft = { facts: Facts; tags: Record<string, unknown>[]; instances: Instances; sourceBytes: number };

const risks: ReadonlyMap<string, { severity: Severity; word: string }> = new Map([
  ["3", { severity: "high", word: "high" }],
  ["2", { severity: "medium", word: "medium" }],
  ["1", { severity: "low", word: "low" }],
  ["0", { severity: "info", word: "informational" }],
]);
const confidences: readonly string[] = ["false positive", "low", "medium", "high", "confirmed"];
/** Members of an alert itself that ZAP wrote before it gathered the instances of an alert. */
const ownRequest = ["uri", "method", "param", "attack", "evidence", "nodename"];

export function newAlert(): AlertDraft {
  return { facts: new Map(), tags: [], instances: noInstances(), sourceBytes: 0 };
}

/** Takes a member of an alert; those that are not known are passed over. */
export function takeFact(draft: AlertDraft, name: string, value: unknown): void {
  const fact = factOf(name, value);
  if (fact !== null) draft.facts.set(name, fact);
}

export function takeTag(draft: AlertDraft, tag: string | null, link: string | null): void {
  if (tag === null || draft.tags.length === limits.detailEntries) return;
  draft.tags.push(compact({ tag: cleanText(tag, limits.word), link: webAddress(link) }));
}

/** True when enough of an alert was read to find it again. */
export function isTelling({ facts }: AlertDraft): boolean {
  return facts.has("alert") || facts.has("name") || facts.has("pluginid") || facts.has("alertref");
}

/** The origin of the first request that the alert was found in. */
export function siteOfRequests({ instances, facts }: AlertDraft): string | null {
  const uri = instances.firstUri ?? facts.get("uri");
  return uri === undefined || uri === null ? null : originOf(uri);
}

/** The finding of a telling alert; `site` is null where the report names none. */
export function findingOf(draft: AlertDraft, site: string | null): FindingRecord {
  const { facts, instances } = draft;
  const isSingle = instances.count === 0 && ownRequest.some((name) => facts.has(name));
  if (isSingle) takeInstance(instances, facts);
  const alertRef = facts.get("alertref") ?? null;
  const plugin = pluginOf(facts.get("pluginid") ?? null, alertRef);
  const name = facts.get("alert") ?? facts.get("name") ?? null;
  const risk = riskOf(facts);
  const confidence = confidenceOf(facts);
  const title = cleanText(name ?? `Alert ${plugin ?? ""}`, limits.title);
  const description = paragraphsText(facts.get("desc") ?? null, limits.description);
  const detail = compact({
    description,
    solution: paragraphsText(facts.get("solution") ?? null, limits.description),
    other_info: paragraphsText(facts.get("otherinfo") ?? null, limits.description),
    references: referencesOf(facts.get("reference") ?? null),
    confidence,
    risk_description: facts.get("riskdesc"),
    cwe_ids: weakness("CWE", facts.get("cweid")),
    wasc_ids: weakness("WASC", facts.get("wascid")),
    plugin_id: plugin,
    alert_ref: alertRef,
    source_id: facts.get("sourceid"),
    tags: draft.tags,
    instance_count: instances.count,
    count: numberOf(facts.get("count")),
    systemic: facts.get("systemic")?.toLowerCase() === "true" ? true : null,
    instances: instances.shown,
  });
  const requestKey = isSingle ? instances.firstKey : null;
  return {
    kind: "issue",
    rule: alertRef ?? plugin ?? title,
    severity: risk?.severity ?? "unknown",
    severityWord: risk?.word ?? null,
    standing: confidence === confidences[0] ? "dismissed" : "open",
    title,
    message: cleanText(description ?? title, limits.message),
    target: site,
    path: null,
    line: null,
    packageName: null,
    installedVersion: null,
    fixedVersion: null,
    url: helpPage(plugin, alertRef),
    detail: fitDetail(detail, draft.sourceBytes),
    toolKey: null,
    isPlaced: false,
    // The name belongs to it, for one plugin finds different things; the alert's reference does not: it is new in 2.11,
    // and where ZAP puts several references in one alert it writes whichever came first.
    identity: ["zap", site === null ? null : originOf(site), plugin, name === null ? null : stableName(plugin, name), requestKey].map((part) =>
      identityPart(part, limits.identityPart),
    ),
    // ZAP gathers by name, risk and (before 2.10) confidence, so one site may have the same alert twice.
    variant: [risk?.word, confidence].filter((word) => word !== undefined && word !== null).join(" "),
  };
}

function riskOf(facts: Facts): { severity: Severity; word: string } | null {
  const known = risks.get(facts.get("riskcode") ?? "");
  if (known !== undefined) return known;
  const word = /^[a-z]+/i.exec(facts.get("riskdesc") ?? "")?.[0]?.toLowerCase();
  return [...risks.values()].find((risk) => risk.word === word) ?? null;
}

function confidenceOf(facts: Facts): string | null {
  const word = confidences[numberOf(facts.get("confidence")) ?? -1];
  if (word !== undefined) return word;
  const described = facts.get("confidencedesc") ?? /\(([^()]+)\)\s*$/.exec(facts.get("riskdesc") ?? "")?.[1];
  return confidences.find((word) => word === described?.toLowerCase()) ?? null;
}

/** `-1` and `0` say that there is none. */
function weakness(list: string, id: string | undefined): string[] {
  return id !== undefined && /^[1-9]\d{0,9}$/.test(id) ? [`${list}-${id}`] : [];
}

function referencesOf(html: string | null): string[] {
  const words = (paragraphsText(html, limits.description) ?? "").split(/\s+/).filter((word) => word.length <= limits.url);
  const addresses = words.map((word) => webAddress(word)).filter((address) => address !== null);
  return addresses.slice(0, limits.references);
}
