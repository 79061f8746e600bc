import { compact } from "../detail.ts";
import type { JsonObject } from "../json/values.ts";
import { isObject, member, memberAt, numberOf, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import { webAddress } from "../text.ts";
import { tagsOf, weaknessesOf } from "./tags.ts";

/** A rule, or an entry of a taxonomy, as far as findings are made of it. */
export type Descriptor = {
  id: string | null;
  guid: string | null;
  name: string | null;
  level: string | null;
  /** The score of `security-severity`. */
  securitySeverity: number | null;
  title: string | null;
  url: string | null;
  tags: readonly string[];
  weaknesses: readonly string[];
  messages: ReadonlyMap<string, string>;
  /** What every finding of the rule shows of it, and the bytes of that as JSON. */
  detail: Record<string, unknown>;
  detailBytes: number;
};

/** A tool's driver, an extension of it, or a taxonomy. */
export type Component = {
  name: string | null;
  guid: string | null;
  /** By the member that tells it. */
  versions: Map<string, string>;
  rules: Descriptor[];
  rulesById: Map<string, Descriptor>;
  rulesByGuid: Map<string, Descriptor>;
  taxa: Descriptor[];
  messages: ReadonlyMap<string, string>;
};

/** Messages of one rule, or of a component. */
const mostMessages = 500;

const noMessages: ReadonlyMap<string, string> = new Map();

export function emptyComponent(): Component {
  return {
    name: null,
    guid: null,
    versions: new Map(),
    rules: [],
    rulesById: new Map(),
    rulesByGuid: new Map(),
    taxa: [],
    messages: noMessages,
  };
}

/** Takes in a member that is no list. */
export function noteComponentFact(component: Component, name: string, value: unknown): void {
  if (name === "name") component.name = textOf(value, limits.summary);
  else if (name === "guid") component.guid = guidOf(value);
  else if (name === "globalMessageStrings") component.messages = messagesOf(value);
  else noteVersion(component, name, value);
}

/** At an index of its own, for results name rules by it; of equal ids the first counts. */
export function noteRule(component: Component, index: number, rule: Descriptor): void {
  component.rules[index] = rule;
  if (rule.id !== null && !component.rulesById.has(rule.id)) component.rulesById.set(rule.id, rule);
  if (rule.guid !== null && !component.rulesByGuid.has(rule.guid)) component.rulesByGuid.set(rule.guid, rule);
}

export function versionOf(component: Component): string | null {
  const { versions } = component;
  return versions.get("semanticVersion") ?? versions.get("version") ?? versions.get("dottedQuadFileVersion") ?? null;
}

/** Never throws, whatever the members are. Without texts only what a finding cannot do without is kept. */
export function descriptorOf(entry: JsonObject, withTexts: boolean): Descriptor {
  const tags = tagsOf(memberAt(entry, "properties", "tags"));
  const weaknesses = weaknessesOf(entry, tags);
  const help = messageText(member(entry, "help"), limits.ruleText);
  const title = messageText(member(entry, "shortDescription"), limits.title);
  const description = messageText(member(entry, "fullDescription"), limits.ruleText);
  const name = textOf(member(entry, "name"), limits.word);
  const url = webAddress(textOf(member(entry, "helpUri"), limits.url)) ?? webAddress(help);
  const texts = { rule_title: title, description: description === title ? null : description, help: help === url || help === description ? null : help };
  const detail = compact({
    rule_name: name,
    ...(withTexts ? texts : {}),
    precision: textOf(memberAt(entry, "properties", "precision"), limits.word),
    problem_severity: textOf(memberAt(entry, "properties", "problem.severity"), limits.word),
  });
  return {
    id: textOf(member(entry, "id"), limits.rule),
    guid: guidOf(member(entry, "guid")),
    name,
    level: levelWord(memberAt(entry, "defaultConfiguration", "level")),
    securitySeverity: numberOf(memberAt(entry, "properties", "security-severity")),
    title: withTexts ? title : null,
    url,
    tags,
    weaknesses,
    messages: withTexts ? messagesOf(member(entry, "messageStrings")) : noMessages,
    detail,
    detailBytes: Buffer.byteLength(JSON.stringify(detail)),
  };
}

const levels = new Set<unknown>(["error", "warning", "note", "none"]);

/** A level in lower case; null where there is none. */
export function levelWord(value: unknown): string | null {
  if (value === undefined) return null;
  if (typeof value === "string" && levels.has(value)) return value;
  return typeof value === "string" ? textOf(value.trim().toLowerCase(), limits.severityWord) : null;
}

export function guidOf(value: unknown): string | null {
  return typeof value === "string" ? textOf(value.toLowerCase(), limits.word) : null;
}

/** The plain text of a message; also of one that is written as a bare text. Markdown is none. */
export function messageText(value: unknown, limit: number): string | null {
  return textOf(isObject(value) ? member(value, "text") : value, limit);
}

/** The component that a reference names, by index or by guid or name; the driver when it names none. */
export function componentAt(
  components: { driver: Component | null; extensions: readonly Component[]; taxonomies: readonly Component[] },
  reference: unknown,
): Component | null {
  const { driver, extensions, taxonomies } = components;
  if (!isObject(reference)) return driver;
  const index = numberOf(member(reference, "index"));
  if (index !== null && index >= 0) return extensions[index] ?? null;
  const guid = guidOf(member(reference, "guid"));
  const name = textOf(member(reference, "name"), limits.summary);
  if (guid === null && name === null) return driver;
  const isNamed = (component: Component | null) => component !== null && (guid === null ? component.name === name : component.guid === guid);
  return [driver, ...extensions, ...taxonomies].find(isNamed) ?? null;
}

function noteVersion(component: Component, name: string, value: unknown): void {
  const version = textOf(value, limits.version);
  if (version !== null) component.versions.set(name, version);
}

function messagesOf(value: unknown): ReadonlyMap<string, string> {
  if (!isObject(value)) return noMessages;
  const messages = new Map<string, string>();
  for (const id of Object.keys(value)) {
    const text = messageText(value[id], limits.message);
    if (text !== null && id.length <= limits.word) messages.set(id, text);
    if (messages.size === mostMessages) break;
  }
  return messages;
}
