import { isObject, listOf, member, numberOf, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import type { ReportSummary } from "../reader.ts";
import { cleanText, identityPart } from "../text.ts";
import { operatorGroup, operatorWorkload } from "./operator.ts";
import type { Scope } from "./scope.ts";
import { isImageId, stableWorkload, withoutSystem, withoutTag, workloadName } from "./target.ts";

/** What the documents of a report said of themselves; of many only the first names are kept. */
export type Overview = {
  shapes: Set<string>;
  artifacts: Set<string>;
  artifactScopes: Set<string>;
  /** Of the operator's objects. */
  kinds: Set<string>;
  namespaces: Set<string>;
  workloads: Set<string>;
  stableWorkloads: Set<string>;
  toolVersion: string | null;
};

const mostNames = 100;
const mostListed = 3;
const imageTypes = new Set(["container_image", "image"]);

export function emptyOverview(): Overview {
  return {
    shapes: new Set(),
    artifacts: new Set(),
    artifactScopes: new Set(),
    kinds: new Set(),
    namespaces: new Set(),
    workloads: new Set(),
    stableWorkloads: new Set(),
    toolVersion: null,
  };
}

/** Takes in a document that has ended, or as much of it as was read. */
export function noteDocument(overview: Overview, document: Scope): void {
  const { facts, opened } = document;
  const version = facts.get("Trivy");
  if (isObject(version)) overview.toolVersion ??= textOf(member(version, "Version"), limits.summary);
  const cluster = textOf(facts.get("ClusterName"), limits.summary);
  const schema = numberOf(facts.get("SchemaVersion"));
  const isKubernetes = facts.has("ClusterName") || opened.has("Resources") || opened.has("Findings");
  if (isOperators(document)) noteOperatorObject(overview, document);
  else if (isKubernetes) noteArtifact(overview, "kubernetes", cluster, cluster);
  else if (isCompliance(document)) noteArtifact(overview, "compliance", textOf(facts.get("ID"), limits.summary));
  else if (facts.has("ArtifactName") || facts.has("SchemaVersion") || opened.has("Results")) noteScan(overview, document, schema);
  else if (facts.has("Target") || opened.has("Vulnerabilities")) noteOldResult(overview, facts.get("Target"));
}

/** The version of the scanner as the operator tells it. */
export function noteScanner(overview: Overview, scanner: unknown): void {
  if (isObject(scanner)) overview.toolVersion ??= textOf(member(scanner, "version"), limits.summary);
}

export function noteRepositoryTags(document: Scope, tags: unknown): void {
  document.facts.set("RepoTags", listOf(tags)[0]);
}

export function summaryOf(overview: Overview): ReportSummary {
  return {
    tool: "Trivy",
    toolVersion: overview.toolVersion,
    shape: overview.shapes.values().next().value ?? "empty",
    artifact: listed(overview.artifacts) ?? listed(overview.workloads),
    artifactScope: joined(overview.artifactScopes) ?? operatorScope(overview),
  };
}

function isOperators({ facts, opened }: Scope): boolean {
  const api = textOf(facts.get("apiVersion"), limits.word);
  return api?.startsWith(`${operatorGroup}/`) === true || opened.has("report");
}

/** Written by `trivy --compliance`: controls instead of results. */
function isCompliance({ facts, opened }: Scope): boolean {
  return opened.has("SummaryControls") || (facts.has("ID") && !facts.has("ArtifactName") && !facts.has("SchemaVersion"));
}

function noteOperatorObject(overview: Overview, { facts, opened }: Scope): void {
  overview.shapes.add("operator");
  if (opened.has("items")) return;
  const metadata = facts.get("metadata");
  const workload = operatorWorkload(metadata);
  add(overview.kinds, textOf(facts.get("kind"), limits.word));
  add(overview.namespaces, workload.namespace ?? "");
  add(overview.workloads, workloadName(workload));
  add(overview.stableWorkloads, workloadName(stableWorkload(workload)));
}

/** Objects of different kinds, or of one workload each, speak for different findings although one tool made them all. */
function operatorScope({ kinds, namespaces, stableWorkloads }: Overview): string {
  const [namespace] = namespaces;
  const kind = [...kinds].toSorted().join("+");
  const place = stableWorkloads.size === 1 ? joined(stableWorkloads) : namespaces.size === 1 ? namespace : null;
  return cleanText([kind, place].filter((part) => part !== null && part !== undefined && part !== "").join(" "), limits.summary);
}

function noteScan(overview: Overview, { facts }: Scope, schema: number | null): void {
  const name = textOf(facts.get("ArtifactName"), limits.summary);
  const type = textOf(facts.get("ArtifactType"), limits.word);
  const isImage = type === null || imageTypes.has(type);
  const isNameless = isImage && name !== null && isImageId(name);
  const stableName = isNameless ? (textOf(facts.get("RepoTags"), limits.summary) ?? name) : name;
  const artifactScope = isImage && stableName !== null ? withoutTag(stableName) : stableName;
  noteArtifact(overview, schema === null ? "no-schema" : `schema-${schema}`, name, artifactScope);
}

/** Before schema 2 only the target of the system's packages tells what was scanned. */
function noteOldResult(overview: Overview, target: unknown): void {
  const name = textOf(target, limits.summary);
  const artifact = name === null ? null : withoutSystem(name);
  overview.shapes.add("legacy-array");
  if (artifact === null || artifact === name) return;
  noteArtifact(overview, "legacy-array", artifact, withoutTag(artifact));
}

function noteArtifact(overview: Overview, shape: string, artifact: string | null, artifactScope: string | null = artifact): void {
  overview.shapes.add(shape);
  add(overview.artifacts, artifact);
  add(overview.artifactScopes, artifactScope);
}

function add(names: Set<string>, name: string | null): void {
  if (name !== null && names.size < mostNames) names.add(name);
}

/** A few names as people read them. */
function listed(names: Set<string>): string | null {
  const [first] = names;
  return names.size > mostListed && first !== undefined ? `${first} and others` : joined(names);
}

function joined(names: Set<string>): string | null {
  return names.size === 0 ? null : identityPart([...names].toSorted().join(", "), limits.summary);
}
