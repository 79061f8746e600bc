import type { JsonObject } from "../json/values.ts";
import { isObject, lineOf, listOf, member, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import { placedFinding } from "../places/placed-finding.ts";
import type { FindingRecord } from "../reader.ts";
import { cleanText, shortHash, webAddress } from "../text.ts";
import { levelWord } from "./components.ts";
import { detailOf } from "./detail.ts";
import { toolKeyOf } from "./fingerprints.ts";
import { securitySeverityOf, severityOf } from "./levels.ts";
import { messageOfResult } from "./messages.ts";
import { logicalNameOf, placeOf, placeOfLocation, regionOf } from "./places.ts";
import type { RuleOfResult } from "./rules.ts";
import { ruleOfResult } from "./rules.ts";
import type { Place, Run } from "./run.ts";
import { overriddenLevel, traitsOf } from "./run.ts";
import { snippetOfCause } from "./snippets.ts";
import { isFailure, standingOf } from "./standing.ts";
import { trivyPackageOf } from "./trivy-results.ts";

/** What a result is read with besides its run. */
export type ResultOptions = { text: string; workspace: string | undefined; firstDriver: string | null };

const noRule = "unknown";
/** A longer variant is replaced by its hash. */
const mostVariant = 200;

/** A result as a finding; null when it is of a kind that is none. Never throws, whatever its members are. */
export function findingOf(run: Run, result: JsonObject, options: ResultOptions): FindingRecord | null {
  if (!isFailure(result)) return null;
  const rule = ruleOfResult(run, result);
  const { descriptor } = rule;
  const ruleId = rule.id ?? noRule;
  const level = levelWord(member(result, "level")) ?? overriddenLevel(run, result, descriptor) ?? descriptor?.level ?? "warning";
  const score = securitySeverityOf(result, descriptor);
  const { location, place } = primaryOf(run, result, options.workspace);
  const region = location === null ? null : regionOf(location);
  const traits = traitsOf(run);
  const driver = traits?.name ?? null;
  const otherDriver = driver === options.firstDriver ? null : driver;
  const isSecret = traits?.isSecretScanner === true;
  const message = messageOfResult(result, rule) ?? descriptor?.title ?? descriptor?.name ?? ruleId;
  const placed = placedFinding({
    rule: ruleId,
    severity: severityOf(score, level),
    severityWord: level,
    message,
    path: place.path,
    line: region === null ? null : lineOf(member(region, "startLine")),
    url: descriptor?.url ?? webAddress(textOf(member(result, "hostedViewerUri"), limits.url)),
    detail: detailOf({ run, result, rule, location, workspace: options.workspace, text: options.text, isSecret }, score, otherDriver),
  });
  const found: FindingRecord = {
    ...placed,
    kind: isSecret ? "secret" : placed.kind,
    standing: standingOf(result),
    target: place.target,
    isPlaced: place.path !== null,
    toolKey: toolKeyOf(result, ruleId, place.path ?? place.target, otherDriver),
    identity: identityOf(placed.identity, place, otherDriver),
    variant: variantOf(placed.variant, location, isSecret),
  };
  return traits?.isTrivy === true ? ofTrivy(found, rule) : found;
}

/** The first location in a file, else the first one; of a result without any, the file that the tool was looking into. */
function primaryOf(run: Run, result: JsonObject, workspace: string | undefined): { location: JsonObject | null; place: Place } {
  let first: { location: JsonObject; place: Place } | null = null;
  for (const location of listOf(member(result, "locations")).slice(0, limits.detailEntries)) {
    if (!isObject(location)) continue;
    const place = placeOfLocation(run, location, workspace);
    if (place.path !== null) return { location, place };
    first ??= { location, place };
  }
  if (first !== null && first.place.target !== null) return first;
  return { location: first?.location ?? null, place: placeOf(run, member(result, "analysisTarget"), workspace) };
}

function identityOf(placed: FindingRecord["identity"], { path, target }: Place, otherDriver: string | null): readonly (string | null)[] {
  const identity = path === null && target !== null ? placed.with(2, target) : placed;
  return otherDriver === null ? identity : [...identity, otherDriver];
}

/** Equal findings of a file are told apart by the code that they are in, and by the name of the member around it. */
function variantOf(own: string, location: JsonObject | null, isSecret: boolean): string {
  if (location === null) return own;
  const snippet = snippetOfCause(location)?.trim() ?? "";
  const logical = logicalNameOf(location) ?? "";
  if (snippet === "" && logical === "") return own;
  const variant = [own, logical, snippet].join("\n").trim();
  return isSecret || variant.length > mostVariant ? shortHash(variant) : variant;
}

/** A package stays the same finding when it is updated and still vulnerable. */
function ofTrivy(found: FindingRecord, { descriptor }: RuleOfResult): FindingRecord {
  const { kind, packageName, installedVersion, fixedVersion } = trivyPackageOf(descriptor, found.message);
  const isOfPackage = packageName !== null && (kind === "vulnerability" || kind === "license");
  const cut = (text: string | null, limit: number) => (text === null ? null : cleanText(text, limit));
  const shown: FindingRecord = {
    ...found,
    kind,
    title: descriptor?.title ?? found.title,
    packageName: cut(packageName, limits.packageName),
    installedVersion: cut(installedVersion, limits.version),
    fixedVersion: cut(fixedVersion, limits.version),
  };
  if (!isOfPackage) return shown;
  return { ...shown, isPlaced: false, identity: found.identity.with(3, packageName), variant: installedVersion ?? "" };
}
