import { textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import { operatorImage, operatorWorkload } from "./operator.ts";
import type { Role, Section } from "./roles.ts";
import type { Place, Workload } from "./target.ts";
import { placeAt } from "./target.ts";

/** An entry, parsed or (while it waits for what its identity is made of) as JSON text, and where it stands in the report. */
export type Entry = { section: Section; scope: Scope; json: { text: string } | { value: unknown }; from: number; sourceBytes: number };

/** An object that is being read, and what it has told of itself so far. */
export type Scope = {
  role: Role;
  parent: Scope | null;
  facts: Map<string, unknown>;
  /** Members that were opened, by name. */
  opened: Set<string>;
  /** True when nothing more is waited for: the object has ended, or too much was held. */
  settled: boolean;
  held: Entry[];
  /** Where its entries were found, as so many facts told it. */
  location: (Location & { factCount: number }) | null;
};

const noWorkload: Workload = { namespace: null, kind: null, name: null, container: null };

const ownFacts: Record<Section, readonly string[]> = {
  vulnerabilities: ["Target", "Class", "Type"],
  misconfigurations: ["Target", "Class", "Type"],
  secrets: ["Target"],
  licenses: ["Target", "Class"],
  operatorVulnerabilities: ["artifact"],
  operatorChecks: [],
  operatorSecrets: ["artifact"],
  complianceChecks: [],
  complianceControls: ["id"],
  summaryControls: ["ID"],
};

const resourceFacts = ["Namespace", "Kind", "Name"];
const documentFacts = ["metadata"];
const noFacts: readonly string[] = [];

export function openScope(role: Role, parent: Scope | null): Scope {
  return { role, parent, facts: new Map(), opened: new Set(), settled: false, held: [], location: null };
}

/** The nearest scope that may still tell something an entry's identity depends on; null when the entry can be given. */
export function awaitedScope(own: Scope, section: Section): Scope | null {
  for (let scope: Scope | null = own; scope !== null; scope = scope.parent) {
    if (scope.settled) continue;
    const needed = scope === own ? ownFacts[section] : factsOfAncestor(scope, section);
    for (const name of needed) if (!scope.facts.has(name)) return scope;
  }
  return null;
}

/** True when enough is known to give an entry although its scope may still tell more. */
export function isPlaceable(own: Scope, awaited: Scope): boolean {
  if (awaited !== own) return awaited.facts.has("Name") || awaited.facts.has("metadata");
  return awaited.facts.has("Target");
}

function factsOfAncestor(scope: Scope, section: Section): readonly string[] {
  if (scope.role === "resource" || scope.role === "candidate") return resourceFacts;
  return scope.role === "document" && section.startsWith("operator") ? documentFacts : noFacts;
}

/** A place, and all that tells it from others in one text. */
export type Location = { place: Place; name: string };

/** Where the entries of a scope were found, as its facts and those around it tell. */
export function locationOf(scope: Scope): Location {
  const factCount = scope.facts.size;
  if (scope.location?.factCount === factCount) return scope.location;
  const className = textOf(scope.facts.get("Class"), limits.word);
  const place = placeAt(targetOf(scope), className, textOf(scope.facts.get("Type"), limits.word), workloadOf(scope));
  scope.location = { place, name: JSON.stringify(place), factCount };
  return scope.location;
}

/** What Trivy names the place; a summary of controls has only the name of what it checks against. */
function targetOf({ role, facts, opened }: Scope): string | null {
  if (role === "operatorReport") return operatorImage(facts.get("artifact"));
  if (role === "summaryReport") return textOf(facts.get("id"), limits.target);
  return textOf(facts.get(opened.has("SummaryControls") ? "ID" : "Target"), limits.target);
}

/** The Kubernetes object that a scope belongs to. */
export function workloadOf(own: Scope): Workload {
  for (let scope: Scope | null = own; scope !== null; scope = scope.parent) {
    if (scope.role === "resource" || scope.role === "candidate") return resourceWorkload(scope);
    if (scope.role === "document" && own.role === "operatorReport") return operatorWorkload(scope.facts.get("metadata"));
  }
  return noWorkload;
}

function resourceWorkload({ facts }: Scope): Workload {
  const named = (name: string) => textOf(facts.get(name), limits.target);
  return { namespace: named("Namespace"), kind: named("Kind"), name: named("Name"), container: null };
}
