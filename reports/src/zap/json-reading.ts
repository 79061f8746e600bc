import type { Handling, JsonPath, Opening } from "../json/events.ts";
import type { JsonPart, JsonReading } from "../json/report.ts";
import { noteNoObject } from "../json/report.ts";
import type { JsonObject } from "../json/values.ts";
import { isObject, listOf, member, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import { noteProblem } from "../problems.ts";
import type { ReportEvent, ReportSummary } from "../reader.ts";
import type { AlertDraft } from "./alert.ts";
import { isTelling, newAlert, takeFact, takeTag } from "./alert.ts";
import { takeInstance } from "./instances.ts";
import type { Role, Rule } from "./json-roles.ts";
import { elementRole, ruleOf } from "./json-roles.ts";
import { ZapScan } from "./scan.ts";
import type { Facts } from "./texts.ts";
import { factName, factOf } from "./texts.ts";

/**
 * A container being walked. `alert`: the one that it is, or whose instances or tags it lists. `holdsAlerts`: an object
 * around alerts, that is none itself.
 */
type Frame = { role: Role; alert: AlertDraft | null; holdsAlerts: boolean };

/** ZAP's JSON being read: which parts are taken, and what they mean. */
export class ZapJsonReading implements JsonReading {
  readonly #scan = new ZapScan();
  readonly problems = this.#scan.problems;
  readonly #frames: Frame[] = [];
  #next: Role = "document";

  choose(path: JsonPath, opening: Opening): Handling {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return opening === "object" ? this.#walk("document") : "skip";
    const name = path.at(-1);
    if (typeof name === "number") return this.#chooseElement(frame, opening);
    const rule = ruleOf(frame.role, String(name), opening);
    if (rule === null) return this.#passOver(frame, String(name));
    if (rule.take === "fact" || opening === "scalar") return "value";
    return this.#chooseList(frame, rule, opening);
  }

  take(part: JsonPart): readonly ReportEvent[] {
    if (part.type === "start") this.#start();
    else if (part.type === "end") this.#end(part.from, part.to);
    else if (part.type === "value") this.#takeValue(part.path, part.value, part.from);
    else if (part.type === "skipped") this.#countSkipped();
    return this.#scan.takeEvents();
  }

  refusal(): { code: string; message: string } | null {
    return this.#scan.isZap ? null : { code: "not_zap", message: "The content is JSON, but not a report of ZAP" };
  }

  /** An alert that is cut off is kept when it was told what it is: nothing is fixed by a report that is not whole. */
  finish(isCutOff: boolean): { events: readonly ReportEvent[]; summary: ReportSummary } {
    while (this.#frames.length > 0) {
      const frame = this.#frames.at(-1);
      if (frame?.role === "alert" && frame.alert !== null && !isWorthKeeping(frame.alert)) this.#frames.pop();
      else this.#end(0, limits.elementBytes);
    }
    if (!isCutOff) this.#scan.noteEnd();
    return { events: this.#scan.takeEvents(), summary: this.#scan.summary("json") };
  }

  #walk(role: Role): Handling {
    this.#next = role;
    return "walk";
  }

  /** Instances that would not be shown are only counted. */
  #chooseElement({ role, alert }: Frame, opening: Opening): Handling {
    if (alert?.instances.isFull === true && role === "instances" && opening === "object") return "skip";
    const element = elementRole(role);
    return element !== null && opening === "object" ? this.#walk(element) : "value";
  }

  #chooseList(frame: Frame, rule: Extract<Rule, { take: "list" }>, opening: Opening): Handling {
    if (rule.list === "sites" || rule.list === "alerts") this.#scan.isZap = true;
    if (rule.list === "alerts" && frame.role === "alert") frame.holdsAlerts = true;
    if (opening === "object") return rule.element === null ? "value" : this.#walk(rule.element);
    if (rule.list !== "document") return this.#walk(rule.list);
    noteProblem(this.problems, "partial", "wrong_type", "OWASPZAPReport must be an object, not an array");
    return "skip";
  }

  #passOver(frame: Frame, name: string): Handling {
    if (frame.role === "document" && name === "@generated") this.#scan.isZap = true;
    return "skip";
  }

  #start(): void {
    const role = this.#next;
    const isOfAlert = role === "instances" || role === "tags";
    const alert = role === "alert" ? newAlert() : isOfAlert ? (this.#frames.at(-1)?.alert ?? null) : null;
    this.#frames.push({ role, alert, holdsAlerts: false });
    if (role === "site") this.#scan.openSite();
  }

  #end(from: number, to: number): void {
    const frame = this.#frames.pop();
    if (frame?.role === "site") this.#scan.closeSite();
    if (frame?.role !== "alert" || frame.alert === null || (frame.holdsAlerts && !isTelling(frame.alert))) return;
    frame.alert.sourceBytes = to - from;
    this.#scan.takeAlert(frame.alert, `at byte ${from}`);
  }

  #takeValue(path: JsonPath, value: unknown, from: number): void {
    const frame = this.#frames.at(-1);
    const name = path.at(-1);
    if (frame === undefined || name === undefined) return;
    const { alert } = frame;
    if (frame.role === "errors") this.#scan.planErrors++;
    else if (frame.role === "instances" && alert !== null) this.#takeInstance(alert, value, from);
    else if (frame.role === "tags" && alert !== null) takeTags(alert, value);
    else if (typeof name === "number") noteNoObject(this.problems, elementRole(frame.role) ?? "member", value, from);
    else this.#takeMember(frame, name, value, from);
  }

  #takeMember(frame: Frame, member: string, value: unknown, from: number): void {
    const rule = ruleOf(frame.role, member, isObject(value) ? "object" : "scalar");
    if (rule?.take === "list") this.#takeListValue(frame, rule, member, value, from);
    else if (rule !== null && frame.role === "document") this.#takeDocumentFact(rule.name, value);
    else if (rule !== null && frame.role === "site") this.#scan.takeSiteFact(rule.name, value);
    else if (rule !== null && frame.alert !== null) takeFact(frame.alert, rule.name, value);
  }

  /** What stands where a list should: nothing, a single element, or something wrong. */
  #takeListValue(frame: Frame, { list }: Extract<Rule, { take: "list" }>, name: string, value: unknown, from: number): void {
    if (value === null || value === "") return;
    if (list === "tags" && frame.alert !== null) takeTags(frame.alert, value);
    else if (list === "instances" && frame.alert !== null && isObject(value)) {
      const inner = member(value, "instance");
      for (const instance of inner === undefined ? [value] : Array.isArray(inner) ? inner : [inner]) this.#takeInstance(frame.alert, instance, from);
    } else if (list !== "errors") {
      noteProblem(this.problems, "partial", "wrong_type", `${name} must be a list, not a ${typeof value}`);
    }
  }

  #takeDocumentFact(name: string, value: unknown): void {
    if (name === "version") this.#scan.noteVersion(value);
    else if (textOf(value, limits.word)?.includes("ZAP") === true) this.#scan.isZap = true;
  }

  #takeInstance(alert: AlertDraft, value: unknown, from: number): void {
    if (isObject(value)) takeInstance(alert.instances, factsOf(value));
    else noteNoObject(this.problems, "instance", value, from);
  }

  #countSkipped(): void {
    const frame = this.#frames.at(-1);
    if (frame?.role === "instances" && frame.alert !== null) takeInstance(frame.alert.instances, new Map());
  }
}

function isWorthKeeping(alert: AlertDraft): boolean {
  return isTelling(alert) && alert.facts.has("riskcode");
}

function takeTags(alert: AlertDraft, value: unknown): void {
  for (const tag of Array.isArray(value) ? listOf(value) : [value]) {
    if (isObject(tag)) takeTag(alert, textOf(member(tag, "tag"), limits.word), textOf(member(tag, "link"), limits.url));
    else takeTag(alert, textOf(tag, limits.word), null);
  }
}

function factsOf(value: JsonObject): Facts {
  const facts: Facts = new Map();
  for (const name of Object.keys(value)) {
    const known = factName(name);
    const fact = known === null ? null : factOf(known, member(value, name));
    if (known !== null && fact !== null) facts.set(known, fact);
  }
  return facts;
}
