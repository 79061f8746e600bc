import type { JsonObject } from "../json/values.ts";
import { isObject, listOf, member, memberAt, numberOf, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import type { Component, Descriptor } from "./components.ts";
import { componentAt, emptyComponent, guidOf, levelWord, messageText } from "./components.ts";
import type { DriverTraits } from "./drivers.ts";
import { traitsOfDriver } from "./drivers.ts";
import type { Role } from "./roles.ts";
import type { StoredText } from "./text-store.ts";

/** An address as the report writes it, and the name of the one it is relative to. */
export type Address = { uri: string | null; baseId: string | null };

/** A file of the repository, or the address of something else. */
export type Place = { path: string | null; target: string | null };

export type Invocation = { overrides: unknown; isFailed: boolean; errors: number; firstError: string | null };

/** A result that waits, and what for; its JSON is kept apart. */
export type Result = StoredText & { run: Run; needs: Needs };

/** What a result refers to besides the tool: members of its run. */
export type Needs = readonly string[];

/** A run, or what stands of one apart from it, and what it has told so far. */
export type Run = {
  isExternal: boolean;
  /** The first run of the report: its driver is the report's tool. */
  isFirst: boolean;
  driver: Component | null;
  /** Of the driver by the name that it had when they were asked for. */
  traits: DriverTraits | null;
  extensions: Component[];
  taxonomies: Component[];
  artifacts: Address[];
  bases: Map<string, Address>;
  invocations: Invocation[];
  /** `automationDetails.guid`, or the run that external properties are of. */
  guid: string | null;
  /** Of external properties themselves. */
  externalGuid: string | null;
  /** External properties that the run refers to, and whether they hold results. */
  references: Map<string, boolean>;
  automationId: string | null;
  imageName: string | null;
  imageTag: string | null;
  hasResults: boolean;
  /** What results may have to wait for and what has been read to its end. */
  told: Set<string>;
  opened: Set<string>;
  /** True when nothing more is waited for. */
  settled: boolean;
  /** True when results were given that the run may still have told something of. */
  isEarly: boolean;
  /** True when the first result that waits cannot be given early. */
  isStuck: boolean;
  /** Results that wait, in the order of the report. */
  held: Result[];
  /** Bytes of what results refer to. */
  referenceBytes: number;
  /** Characters of the longest artifact's address, and of all base addresses. */
  artifactLength: number;
  basesLength: number;
  /** Places by the name of their base, then by their address. */
  places: Map<string | null, Map<string, Place>>;
};

const needs: readonly Needs[] = Array.from({ length: 8 }, (_unused, number) =>
  ["artifacts", "originalUriBaseIds", "invocations"].filter((_name, bit) => (number & (1 << bit)) !== 0),
);
const mostBases = 1_000;
const mostReferences = 10_000;

export function openRun(isExternal: boolean, isFirst: boolean): Run {
  return {
    isExternal,
    isFirst,
    driver: null,
    traits: null,
    extensions: [],
    taxonomies: [],
    artifacts: [],
    bases: new Map(),
    invocations: [],
    guid: null,
    externalGuid: null,
    references: new Map(),
    automationId: null,
    imageName: null,
    imageTag: null,
    hasResults: false,
    told: new Set(),
    opened: new Set(),
    settled: false,
    isEarly: false,
    isStuck: false,
    held: [],
    referenceBytes: 0,
    artifactLength: 0,
    basesLength: 0,
    places: new Map(),
  };
}

/** A driver that stands twice is one: what comes later counts. */
export function openComponent(run: Run | null, parent: Role | undefined, name: string | number): Component {
  const component = emptyComponent();
  if (parent === "extensions") run?.extensions.push(component);
  else if (parent === "taxonomies") run?.taxonomies.push(component);
  else if (run !== null && name === "driver") run.driver = component;
  return component;
}

/** Asked for each result, and worked out once. */
export function traitsOf(run: Run): DriverTraits | null {
  const name = run.driver?.name ?? null;
  if (name === null) return null;
  if (run.traits?.name !== name) run.traits = traitsOfDriver(name);
  return run.traits;
}

/** True for members that results refer to. */
export function isReferredTo(name: string): boolean {
  return name === "tool" || name === "artifacts" || name === "invocations";
}

/** By a name that stands in its JSON; of results with equal needs the same list, for very many may wait. */
export function needsOf(json: string): Needs {
  const number = (json.includes('"index"') ? 1 : 0) + (json.includes('"uriBaseId"') ? 2 : 0) + (json.includes('"invocationIndex"') ? 4 : 0);
  return needs[number] ?? [];
}

/** True when the run may still tell something that a result with these needs refers to. */
export function awaitsMore({ settled, told }: Run, needed: Needs): boolean {
  return !settled && (!told.has("tool") || needed.some((name) => !told.has(name)));
}

/** True when a result says itself what it counts for and how it is found again: a run may then tell more, but nothing else. */
export function isSufficient(run: Run, result: JsonObject): boolean {
  return isRecognisable(run, result) && (run.told.has("tool") || levelWord(member(result, "level")) !== null);
}

/** True when a result says itself how it is found again, or the run has told it. */
export function isRecognisable(run: Run, result: JsonObject): boolean {
  const isToolTold = run.told.has("tool");
  const message = member(result, "message");
  const hasTool = isToolTold || run.isFirst || (run.driver?.name ?? null) !== null;
  const hasMessage = isToolTold || messageText(message, limits.word) !== null;
  const hasRule = isToolTold || textOf(member(result, "ruleId"), limits.word) !== null;
  const location = listOf(member(result, "locations"))[0];
  const artifact = isObject(location) ? memberAt(location, "physicalLocation", "artifactLocation") : null;
  const hasPath = run.told.has("artifacts") || !isObject(artifact) || typeof member(artifact, "uri") === "string";
  return hasTool && hasMessage && hasRule && hasPath;
}

/** Takes in a member of a run, or of an object in it that tells of the whole run. */
export function noteRunFact(run: Run, role: Role, name: string, value: unknown): void {
  if (role === "automation" && name === "id") run.automationId = textOf(value, limits.summary);
  else if ((role === "automation" && name === "guid") || (role === "external" && name === "runGuid")) run.guid = guidOf(value);
  else if (role === "external" && name === "guid") run.externalGuid = guidOf(value);
  else if (role === "runProperties" && name === "imageName") run.imageName = textOf(value, limits.summary);
  else if (role === "runProperties" && name === "repoTags") run.imageTag = textOf(listOf(value)[0], limits.summary);
  else if (role === "references") noteReferences(run, name, value);
}

/** `{results: [{guid, location}]}`; without a guid it is a file of its own. */
function noteReferences(run: Run, name: string, value: unknown): void {
  for (const reference of Array.isArray(value) ? value : [value]) {
    if (!isObject(reference) || run.references.size === mostReferences) continue;
    const guid = guidOf(member(reference, "guid")) ?? textOf(memberAt(reference, "location", "uri"), limits.path);
    if (guid !== null) run.references.set(guid, run.references.get(guid) === true || name === "results");
  }
}

/** Keeps at most a thousand: a report names a handful. */
export function noteBases(run: Run, value: unknown): void {
  if (!isObject(value)) return;
  for (const id of Object.keys(value)) {
    if (run.bases.size === mostBases) return;
    const address = addressOf(value[id]);
    if (address === null || id.length > limits.word) continue;
    run.bases.set(id, address);
    run.basesLength += address.uri?.length ?? 0;
  }
}

/** An `artifactLocation` without its index; null when it says nothing. */
export function addressOf(value: unknown): Address | null {
  if (!isObject(value)) return null;
  return { uri: textOf(member(value, "uri"), limits.path), baseId: textOf(member(value, "uriBaseId"), limits.word) };
}

/** The level that an invocation of the tool was told to use for a rule. */
export function overriddenLevel(run: Run, result: JsonObject, rule: Descriptor | null): string | null {
  const index = numberOf(memberAt(result, "provenance", "invocationIndex"));
  const overrides = index === null ? undefined : run.invocations[index]?.overrides;
  if (rule === null) return null;
  for (const override of listOf(overrides)) {
    const level = isObject(override) ? levelWord(memberAt(override, "configuration", "level")) : null;
    const reference = isObject(override) ? member(override, "descriptor") : null;
    if (level !== null && isObject(reference) && refersTo(run, reference, rule)) return level;
  }
  return null;
}

function refersTo(run: Run, reference: JsonObject, rule: Descriptor): boolean {
  const guid = guidOf(member(reference, "guid"));
  if (guid !== null) return guid === rule.guid;
  const index = numberOf(member(reference, "index"));
  const component = componentAt(run, member(reference, "toolComponent"));
  if (index !== null && index >= 0) return component?.rules[index] === rule;
  const id = textOf(member(reference, "id"), limits.rule);
  return id !== null && id === rule.id;
}
