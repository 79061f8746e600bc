import type { Opening } from "../json/events.ts";

/** What a container in a SARIF log is for. */
export type Role =
  | "log"
  | "runs"
  | "run"
  | "externals"
  /** What stands apart from its run: `inlineExternalProperties`. */
  | "external"
  | "references"
  | "tool"
  | "component"
  | "extensions"
  | "taxonomies"
  | "rules"
  | "taxa"
  | "artifacts"
  | "invocations"
  | "invocation"
  | "notifications"
  | "automation"
  | "runProperties"
  | "results";

/** What becomes of a member: given as a value, or walked; all others are passed over. */
export type Rule = { take: "fact" } | { take: "container"; role: Role; opening: Opening };

const fact: Rule = { take: "fact" };
const list = (role: Role): Rule => ({ take: "container", role, opening: "array" });
const object = (role: Role): Rule => ({ take: "container", role, opening: "object" });

/** Members that a run may have in itself or apart from it. */
const shared: readonly (readonly [string, Rule])[] = [
  ["results", list("results")],
  ["artifacts", list("artifacts")],
  ["invocations", list("invocations")],
  ["taxonomies", list("taxonomies")],
];

const rules: Partial<Record<Role, ReadonlyMap<string, Rule>>> = {
  log: new Map([
    ["version", fact],
    ["$schema", fact],
    ["runs", list("runs")],
    ["inlineExternalProperties", list("externals")],
  ]),
  run: new Map([
    ...shared,
    ["tool", object("tool")],
    ["originalUriBaseIds", fact],
    ["automationDetails", object("automation")],
    ["properties", object("runProperties")],
    ["externalPropertyFileReferences", object("references")],
  ]),
  external: new Map([...shared, ["driver", object("component")], ["extensions", list("extensions")], ["guid", fact], ["runGuid", fact]]),
  tool: new Map([
    ["driver", object("component")],
    ["extensions", list("extensions")],
    // Before 2.1.0 the tool had a name and no driver.
    ["name", fact],
  ]),
  component: new Map([
    ["name", fact],
    ["version", fact],
    ["semanticVersion", fact],
    ["dottedQuadFileVersion", fact],
    ["guid", fact],
    ["globalMessageStrings", fact],
    ["rules", list("rules")],
    ["taxa", list("taxa")],
  ]),
  invocation: new Map([
    ["executionSuccessful", fact],
    ["ruleConfigurationOverrides", fact],
    ["toolExecutionNotifications", list("notifications")],
    ["toolConfigurationNotifications", list("notifications")],
  ]),
  automation: new Map([
    ["id", fact],
    ["guid", fact],
  ]),
  runProperties: new Map([
    ["imageName", fact],
    ["repoTags", fact],
  ]),
};

const elements: Partial<Record<Role, Role>> = {
  runs: "run",
  externals: "external",
  extensions: "component",
  taxonomies: "component",
  invocations: "invocation",
};

/** What becomes of a member of a container of this role; null when it is passed over. */
export function ruleOf(role: Role, name: string): Rule | null {
  return rules[role]?.get(name) ?? (role === "references" ? fact : null);
}

/** The role of the objects in a list of this role; null when they are given as values. */
export function elementRole(role: Role): Role | null {
  return elements[role] ?? null;
}
