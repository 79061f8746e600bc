import type { JsonObject } from "../json/values.ts";
import { isObject, listOf, member, memberAt, numberOf, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import type { Workload } from "./target.ts";

/** Kinds of the operator's objects carry this API group. */
export const operatorGroup = "aquasecurity.github.io";

const labelPrefixes = ["trivy-operator", "starboard"];

/** A vulnerability of the operator in the words of the command line's reports. */
export function nativeVulnerability(entry: JsonObject): JsonObject {
  const source = member(entry, "cvsssource");
  const score = numberOf(member(entry, "score"));
  const ownScore = score === null ? {} : Object.fromEntries([[textOf(source, limits.word) ?? "score", { V3Score: score }]]);
  return {
    VulnerabilityID: member(entry, "vulnerabilityID"),
    PkgName: member(entry, "resource"),
    PkgPath: member(entry, "packagePath"),
    PkgIdentifier: { PURL: member(entry, "packagePURL") },
    InstalledVersion: member(entry, "installedVersion"),
    FixedVersion: member(entry, "fixedVersion"),
    Severity: member(entry, "severity"),
    SeveritySource: source,
    Title: member(entry, "title"),
    Description: member(entry, "description"),
    PrimaryURL: member(entry, "primaryLink"),
    References: member(entry, "links"),
    CVSS: isObject(member(entry, "cvss")) ? member(entry, "cvss") : ownScore,
    PublishedDate: member(entry, "publishedDate"),
    LastModifiedDate: member(entry, "lastModifiedDate"),
  };
}

/** A check of the operator, or one of a compliance report, likewise. */
export function nativeCheck(entry: JsonObject): JsonObject {
  const messages = listOf(member(entry, "messages")).filter((message) => typeof message === "string");
  const success = member(entry, "success");
  return {
    ID: member(entry, "checkID") ?? member(entry, "id"),
    Title: member(entry, "title"),
    Description: member(entry, "description"),
    Message: messages.join("\n"),
    Severity: member(entry, "severity"),
    Category: member(entry, "category"),
    Resolution: member(entry, "remediation"),
    Status: success === true || success === "true" ? "PASS" : "FAIL",
    CauseMetadata: { Resource: memberAt(entry, "scope", "value") },
  };
}

export function nativeSecret(entry: JsonObject): JsonObject {
  return {
    RuleID: member(entry, "ruleID"),
    Category: member(entry, "category"),
    Severity: member(entry, "severity"),
    Title: member(entry, "title"),
    Match: member(entry, "match"),
  };
}

/** A control of a compliance summary: it tells only how many of its checks fail. */
export function nativeControl(entry: JsonObject, names: { id: string; name: string; severity: string; totalFail: string }): JsonObject {
  const failed = numberOf(member(entry, names.totalFail)) ?? 0;
  return {
    ID: member(entry, names.id),
    Title: member(entry, names.name),
    Severity: member(entry, names.severity),
    Message: failed === 1 ? "1 check fails" : `${failed} checks fail`,
    Status: failed > 0 ? "FAIL" : "PASS",
  };
}

/** What the object's labels say of the workload that was scanned; long names stand in annotations instead. */
export function operatorWorkload(metadata: unknown): Workload {
  const named = (label: string) => {
    for (const place of ["labels", "annotations"]) {
      for (const prefix of labelPrefixes) {
        const text = isObject(metadata) ? textOf(memberAt(metadata, place, `${prefix}.${label}`), limits.target) : null;
        if (text !== null) return text;
      }
    }
    return null;
  };
  const own = (name: string) => (isObject(metadata) ? textOf(member(metadata, name), limits.target) : null);
  return {
    namespace: named("resource.namespace") ?? own("namespace"),
    kind: named("resource.kind"),
    name: named("resource.name") ?? own("name"),
    container: named("container.name"),
  };
}

/** The image that was scanned, as `repository:tag`. */
export function operatorImage(artifact: unknown): string | null {
  if (!isObject(artifact)) return null;
  const repository = textOf(member(artifact, "repository"), limits.target);
  const tag = textOf(member(artifact, "tag"), limits.word);
  return repository === null || tag === null ? repository : `${repository}:${tag}`;
}
