import type { JsonObject } from "../json/values.ts";
import { isObject, member, memberAt, numberOf, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import type { Component, Descriptor } from "./components.ts";
import { componentAt, guidOf } from "./components.ts";
import type { Run } from "./run.ts";

/** The rule of a result: as the result names it, and as the tool describes it. */
export type RuleOfResult = { id: string | null; descriptor: Descriptor | null; component: Component | null };

/** Deeper than any tool names its rules. */
const mostIdLevels = 20;

/**
 * By index, when the id there fits or there is no other; by id, also a part of a hierarchical one; by guid. Looked for
 * in the component that the result names, else in the driver, else in the extensions.
 */
export function ruleOfResult(run: Run, result: JsonObject): RuleOfResult {
  const reference = memberAt(result, "rule");
  const ruleId = textOf(member(result, "ruleId"), limits.rule) ?? (isObject(reference) ? textOf(member(reference, "id"), limits.rule) : null);
  const component = componentAt(run, isObject(reference) ? member(reference, "toolComponent") : undefined);
  const atIndex = descriptorAtIndex(component, result, reference);
  const isFitting = atIndex !== null && (ruleId === null || atIndex.id === null || ruleId === atIndex.id || ruleId.startsWith(`${atIndex.id}/`));
  const descriptor = isFitting ? atIndex : (descriptorByName(run, component, reference, ruleId) ?? atIndex);
  return { id: ruleId ?? descriptor?.id ?? descriptor?.name ?? null, descriptor, component };
}

function descriptorAtIndex(component: Component | null, result: JsonObject, reference: unknown): Descriptor | null {
  const own = numberOf(member(result, "ruleIndex"));
  const index = own !== null && own >= 0 ? own : isObject(reference) ? numberOf(member(reference, "index")) : null;
  return index === null ? null : (component?.rules[index] ?? null);
}

function descriptorByName(run: Run, component: Component | null, reference: unknown, ruleId: string | null): Descriptor | null {
  const guid = isObject(reference) ? guidOf(member(reference, "guid")) : null;
  const others = [run.driver, ...run.extensions].filter((other) => other !== component);
  for (const place of [component, ...others]) {
    if (place === null) continue;
    const byGuid = guid === null ? undefined : place.rulesByGuid.get(guid);
    const found = byGuid ?? (ruleId === null ? null : descriptorById(place, ruleId));
    if (found !== null) return found;
  }
  return null;
}

/** `CA1000/1` is described by the rule `CA1000` when it has no description of its own. */
function descriptorById(component: Component, ruleId: string): Descriptor | null {
  let id = ruleId;
  for (let level = 0; level < mostIdLevels; level++) {
    const found = component.rulesById.get(id);
    if (found !== undefined) return found;
    const slash = id.lastIndexOf("/");
    if (slash <= 0) return null;
    id = id.slice(0, slash);
  }
  return null;
}
