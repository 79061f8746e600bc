import type { Severity } from "@sentinal/contract";
import { compact, fitDetail } from "../detail.ts";
import type { JsonObject } from "../json/values.ts";
import { lineOf, member, memberAt, numberOf, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import type { FindingRecord } from "../reader.ts";
import { identityPart, shortHash, webAddress } from "../text.ts";
import { codeLinesOf, cvssOf, dataSourceOf, referencesOf, vendorSeverityOf, wordsOf } from "./detail.ts";
import type { Place } from "./target.ts";
import { targetInWorkload, withoutVersion } from "./target.ts";

/** An entry is a finding, or none (a passed check), or says too little to be one. */
export type Reading = FindingRecord | "passed" | "unreadable";

const severities = new Map<string, Severity>([
  ["critical", "critical"],
  ["high", "high"],
  ["medium", "medium"],
  ["low", "low"],
]);

export function readVulnerability(entry: JsonObject, place: Place, sourceBytes: number): Reading {
  const id = textOf(member(entry, "VulnerabilityID"), limits.rule);
  const ownTitle = textOf(member(entry, "Title"), limits.title);
  const packageName = textOf(member(entry, "PkgName"), limits.packageName);
  if (id === null && ownTitle === null && packageName === null) return "unreadable";
  const installedVersion = textOf(member(entry, "InstalledVersion"), limits.version);
  const fixedVersion = textOf(member(entry, "FixedVersion"), limits.version);
  const packagePath = textOf(member(entry, "PkgPath"), limits.path);
  const severityWord = severityWordOf(entry);
  const rule = id ?? ownTitle ?? "unknown";
  const fix = fixedVersion === null ? "no fixed version is known" : `fixed in ${fixedVersion}`;
  const subject = packageName === null || installedVersion === null ? (packageName ?? installedVersion) : `${packageName} ${installedVersion}`;
  return {
    kind: "vulnerability",
    rule,
    severity: severityOf(severityWord),
    severityWord,
    title: ownTitle ?? rule,
    message: textOf(subject === null ? `${rule}: ${fix}` : `${subject} is affected, ${fix}`, limits.message) ?? rule,
    target: place.shownTarget,
    path: packagePath ?? (place.className === "lang-pkgs" ? cutPath(place.target) : null),
    line: null,
    packageName,
    installedVersion,
    fixedVersion,
    url: webAddress(textOf(member(entry, "PrimaryURL"), limits.url)),
    detail: fitDetail(vulnerabilityDetail(entry, place, packagePath), sourceBytes),
    standing: "open",
    toolKey: null,
    isPlaced: false,
    identity: identityOf(place.className, place.type, stablePlace(place, installedVersion), packageName, stablePath(packagePath, installedVersion), rule),
    variant: installedVersion ?? "",
  };
}

function vulnerabilityDetail(entry: JsonObject, place: Place, packagePath: string | null): Record<string, unknown> {
  return compact({
    description: textOf(member(entry, "Description"), limits.description),
    references: referencesOf(member(entry, "References")),
    cvss: cvssOf(member(entry, "CVSS")),
    cwe_ids: wordsOf(member(entry, "CweIDs")),
    vendor_ids: wordsOf(member(entry, "VendorIDs")),
    severity_source: textOf(member(entry, "SeveritySource"), limits.word),
    vendor_severity: vendorSeverityOf(member(entry, "VendorSeverity")),
    status: textOf(member(entry, "Status"), limits.word),
    data_source: dataSourceOf(member(entry, "DataSource")),
    published_at: textOf(member(entry, "PublishedDate"), limits.word),
    last_modified_at: textOf(member(entry, "LastModifiedDate"), limits.word),
    purl: textOf(memberAt(entry, "PkgIdentifier", "PURL"), limits.path),
    layer_digest: textOf(memberAt(entry, "Layer", "Digest"), limits.word),
    package_path: packagePath,
    class: place.className,
    type: place.type,
  });
}

export function readMisconfiguration(entry: JsonObject, place: Place, sourceBytes: number): Reading {
  const status = textOf(member(entry, "Status"), limits.word);
  if (status !== null && status.trim().toUpperCase() !== "FAIL") return "passed";
  const id = textOf(member(entry, "ID"), limits.rule) ?? textOf(member(entry, "AVDID"), limits.rule);
  const ownTitle = textOf(member(entry, "Title"), limits.title);
  const ownMessage = textOf(member(entry, "Message"), limits.message);
  const rule = id ?? ownTitle;
  if (rule === null) return "unreadable";
  const severityWord = severityWordOf(entry);
  const resource = textOf(memberAt(entry, "CauseMetadata", "Resource"), limits.path);
  const startLine = lineOf(memberAt(entry, "CauseMetadata", "StartLine"));
  const detail = compact({
    description: textOf(member(entry, "Description"), limits.description),
    resolution: textOf(member(entry, "Resolution"), limits.description),
    message: ownMessage,
    references: referencesOf(member(entry, "References")),
    provider: textOf(memberAt(entry, "CauseMetadata", "Provider"), limits.word),
    service: textOf(memberAt(entry, "CauseMetadata", "Service"), limits.word),
    resource,
    category: textOf(member(entry, "Category"), limits.word),
    start_line: startLine,
    end_line: lineOf(memberAt(entry, "CauseMetadata", "EndLine")),
    code_lines: codeLinesOf(entry, "CauseMetadata", "Code"),
    status,
    type: textOf(member(entry, "Type"), limits.word) ?? place.type,
  });
  return {
    ...inFile("misconfiguration", place, startLine),
    rule,
    severity: severityOf(severityWord),
    severityWord,
    title: ownTitle ?? rule,
    message: ownMessage ?? ownTitle ?? rule,
    url: webAddress(textOf(member(entry, "PrimaryURL"), limits.url)),
    detail: fitDetail(detail, sourceBytes),
    standing: "open",
    toolKey: null,
    isPlaced: false,
    identity: identityOf(stablePlace(place, null), rule, resource),
    variant: ownMessage === null ? "" : shortHash(ownMessage),
  };
}

export function readSecret(entry: JsonObject, place: Place, sourceBytes: number): Reading {
  const ownTitle = textOf(member(entry, "Title"), limits.title);
  const rule = textOf(member(entry, "RuleID"), limits.rule) ?? ownTitle;
  const match = member(entry, "Match");
  if (rule === null && typeof match !== "string") return "unreadable";
  const severityWord = severityWordOf(entry);
  const startLine = lineOf(member(entry, "StartLine"));
  const codeLines = codeLinesOf(entry, "Code");
  const detail = compact({
    category: textOf(member(entry, "Category"), limits.word),
    match: textOf(match, limits.message),
    start_line: startLine,
    end_line: lineOf(member(entry, "EndLine")),
    code_lines: codeLines,
    layer_digest: textOf(memberAt(entry, "Layer", "Digest"), limits.word),
  });
  const title = ownTitle ?? rule ?? "Secret";
  const surroundings = codeLines.map((line) => line["content"]).join("\n");
  return {
    ...inFile("secret", place, startLine),
    rule: rule ?? "unknown",
    severity: severityOf(severityWord),
    severityWord,
    title,
    message: textOf(place.target === null ? `${title} is exposed` : `${title} is exposed in ${place.target}`, limits.message) ?? title,
    url: null,
    detail: fitDetail(detail, sourceBytes),
    standing: "open",
    toolKey: null,
    isPlaced: false,
    identity: identityOf(targetInWorkload(place.stableWorkload, place.target), rule, typeof match === "string" ? shortHash(match) : null),
    variant: surroundings === "" ? "" : shortHash(surroundings),
  };
}

export function readLicense(entry: JsonObject, place: Place, sourceBytes: number): Reading {
  const name = textOf(member(entry, "Name"), limits.rule);
  const packageName = textOf(member(entry, "PkgName"), limits.packageName);
  const filePath = textOf(member(entry, "FilePath"), limits.path);
  if (name === null && packageName === null && filePath === null) return "unreadable";
  const severityWord = severityWordOf(entry);
  const category = textOf(member(entry, "Category"), limits.word);
  const link = webAddress(textOf(member(entry, "Link"), limits.url));
  const subject = packageName ?? filePath ?? place.target;
  const license = name ?? "an unknown licence";
  const base = subject === null ? `Licence ${license}` : `${subject} is under ${license}`;
  return {
    ...inFile("license", place, null),
    rule: name ?? "unknown",
    severity: severityOf(severityWord),
    severityWord,
    title: name ?? "Unknown licence",
    message: textOf(category === null ? base : `${base} (${category})`, limits.message) ?? base,
    path: filePath,
    packageName,
    url: link,
    detail: fitDetail(compact({ category, confidence: numberOf(member(entry, "Confidence")), link, class: place.className }), sourceBytes),
    standing: "open",
    toolKey: null,
    isPlaced: false,
    identity: identityOf(targetInWorkload(place.stableWorkload, subject), name),
    variant: place.target ?? "",
  };
}

function severityWordOf(entry: JsonObject): string | null {
  return textOf(member(entry, "Severity"), limits.severityWord);
}

/** A word that is none of Trivy's means unknown. */
function severityOf(word: string | null): Severity {
  return severities.get(word?.trim().toLowerCase() ?? "") ?? "unknown";
}

function inFile(kind: FindingRecord["kind"], place: Place, line: number | null) {
  return {
    kind,
    target: place.shownTarget,
    path: cutPath(place.target),
    line,
    packageName: null,
    installedVersion: null,
    fixedVersion: null,
  };
}

function cutPath(target: string | null): string | null {
  return textOf(target, limits.path);
}

function stablePlace({ stableTarget, stableWorkload }: Place, version: string | null): string | null {
  return targetInWorkload(stableWorkload, stablePath(stableTarget, version));
}

function stablePath(path: string | null, version: string | null): string | null {
  return path === null ? null : withoutVersion(path, version);
}

function identityOf(...parts: (string | null)[]): (string | null)[] {
  return parts.map((part) => identityPart(part, limits.identityPart));
}
