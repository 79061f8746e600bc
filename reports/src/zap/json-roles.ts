import type { Opening } from "../json/events.ts";
import { factName } from "./texts.ts";

/** What a container of ZAP's JSON is for. */
export type Role = "document" | "sites" | "site" | "alerts" | "alert" | "instances" | "tags" | "errors";

/** What becomes of a member; null: it is passed over. */
export type Rule = { take: "fact"; name: string } | { take: "list"; list: Role; element: Role | null };

const sites: Rule = { take: "list", list: "sites", element: "site" };
const alerts: Rule = { take: "list", list: "alerts", element: "alert" };
const instances: Rule = { take: "list", list: "instances", element: null };

const lists: Readonly<Partial<Record<Role, ReadonlyMap<string, Rule>>>> = {
  document: new Map<string, Rule>([
    ["site", sites],
    ["sites", sites],
    ["OWASPZAPReport", { take: "list", list: "document", element: "document" }],
    ["afPlanErrors", { take: "list", list: "errors", element: null }],
  ]),
  site: new Map<string, Rule>([
    ["alerts", alerts],
    ["alertitems", alerts],
  ]),
  // Made from XML, the list of alerts is an object that holds a list.
  alert: new Map<string, Rule>([
    ["alertitem", alerts],
    ["alertitems", alerts],
    ["alert", alerts],
    ["instances", instances],
    ["tags", { take: "list", list: "tags", element: null }],
  ]),
};

const documentFacts = new Set(["version", "programName"]);
const siteFacts = new Set(["name", "host", "port", "ssl"]);

/** What the elements of a list are; null when they are taken whole. */
export function elementRole(role: Role): Role | null {
  return role === "sites" ? "site" : role === "alerts" ? "alert" : null;
}

/** Attributes of the XML have an `@` in front of their names. */
export function ruleOf(role: Role, memberName: string, opening: Opening): Rule | null {
  const name = memberName.startsWith("@") ? memberName.slice(1) : memberName;
  const fact = factOf(role, name);
  if (fact !== null && opening === "scalar") return { take: "fact", name: fact };
  return lists[role]?.get(name) ?? null;
}

function factOf(role: Role, name: string): string | null {
  if (role === "alert") return factName(name);
  const isKnown = role === "document" ? documentFacts.has(name) : role === "site" && siteFacts.has(name);
  return isKnown ? name : null;
}
