import type { Opening } from "../json/events.ts";

/** What a container in a Trivy report is for. A document is a report of any shape, an operator's object, or one result of old. */
export type Role =
  | "documents"
  | "document"
  | "imageMetadata"
  | "results"
  | "result"
  | "resources"
  | "resource"
  | "candidates"
  | "candidate"
  | "operatorReport"
  | "complianceStatus"
  | "detailReport"
  | "controls"
  | "control"
  | "summaryReport"
  | "entries";

/** A list of entries, by what its entries are and how they name their members. */
export type Section =
  | "vulnerabilities"
  | "misconfigurations"
  | "secrets"
  | "licenses"
  | "operatorVulnerabilities"
  | "operatorChecks"
  | "operatorSecrets"
  | "complianceChecks"
  | "complianceControls"
  | "summaryControls";

/** What becomes of a member: kept as a fact, opened as something, or (null) passed over. */
export type Rule =
  | { take: "fact" }
  | { take: "container"; role: Role; opening: Opening }
  /** A document, or a list of them. */
  | { take: "documents" }
  | { take: "entries"; section: Section }
  /** In a document: the entries of a result of old, or resources of a Kubernetes report. */
  | { take: "candidates"; section: Section };

const fact: Rule = { take: "fact" };
const list = (role: Role): Rule => ({ take: "container", role, opening: "array" });
const object = (role: Role): Rule => ({ take: "container", role, opening: "object" });
const entries = (section: Section): Rule => ({ take: "entries", section });

const rules: Partial<Record<Role, ReadonlyMap<string, Rule>>> = {
  document: new Map<string, Rule>([
    ["SchemaVersion", fact],
    ["ArtifactName", fact],
    ["ArtifactType", fact],
    ["Trivy", fact],
    ["Metadata", object("imageMetadata")],
    ["Results", list("results")],
    ["Target", fact],
    ["Class", fact],
    ["Type", fact],
    ["Vulnerabilities", { take: "candidates", section: "vulnerabilities" }],
    ["Misconfigurations", { take: "candidates", section: "misconfigurations" }],
    ["Secrets", entries("secrets")],
    ["Licenses", entries("licenses")],
    ["ClusterName", fact],
    ["Resources", list("resources")],
    ["Findings", list("resources")],
    ["ID", fact],
    ["SummaryControls", entries("summaryControls")],
    ["apiVersion", fact],
    ["kind", fact],
    ["metadata", fact],
    ["items", { take: "documents" }],
    ["report", object("operatorReport")],
    ["status", object("complianceStatus")],
  ]),
  imageMetadata: new Map([["RepoTags", fact]]),
  result: new Map([
    ["Target", fact],
    ["Class", fact],
    ["Type", fact],
    ["Vulnerabilities", entries("vulnerabilities")],
    ["Misconfigurations", entries("misconfigurations")],
    ["Secrets", entries("secrets")],
    ["Licenses", entries("licenses")],
    // A control of a compliance report holds the results that speak for it.
    ["Results", list("results")],
  ]),
  resource: new Map([
    ["Namespace", fact],
    ["Kind", fact],
    ["Name", fact],
    ["Error", fact],
    ["Results", list("results")],
  ]),
  candidate: new Map([["Results", list("results")]]),
  operatorReport: new Map([
    ["artifact", fact],
    ["scanner", fact],
    ["vulnerabilities", entries("operatorVulnerabilities")],
    ["checks", entries("operatorChecks")],
    ["secrets", entries("operatorSecrets")],
  ]),
  complianceStatus: new Map([
    ["detailReport", object("detailReport")],
    ["summaryReport", object("summaryReport")],
  ]),
  detailReport: new Map([["results", list("controls")]]),
  control: new Map([["checks", entries("complianceChecks")]]),
  summaryReport: new Map([
    ["id", fact],
    ["controlCheck", entries("complianceControls")],
  ]),
};

const elementRoles: Partial<Record<Role, Role>> = {
  documents: "document",
  results: "result",
  resources: "resource",
  candidates: "candidate",
  controls: "control",
};

/** Members that only Trivy's reports have among those we know. */
const traits = new Set(["SchemaVersion", "ArtifactName", "Results", "Target", "Vulnerabilities", "Misconfigurations", "ClusterName", "SummaryControls"]);

/** The role of a list's elements; null when they are entries. */
export function elementRole(role: Role): Role | null {
  return elementRoles[role] ?? null;
}

export function ruleOf(role: Role, name: string): Rule | null {
  const rule = rules[role]?.get(name);
  if (rule !== undefined) return rule;
  // A dump of a cluster: one list for each kind of the operator's objects.
  if (role === "document" && name.endsWith("reports.aquasecurity.github.io")) return { take: "documents" };
  return role === "candidate" ? fact : null;
}

/** True for a member that tells that its container is Trivy's. */
export function isTrait(role: Role, name: string): boolean {
  if (role === "operatorReport") return name === "vulnerabilities" || name === "checks" || name === "secrets";
  if (role === "detailReport" || role === "summaryReport") return true;
  return role === "document" && (traits.has(name) || name.endsWith("reports.aquasecurity.github.io"));
}
