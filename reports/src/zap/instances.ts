import { limits } from "../limits.ts";
import { cleanText } from "../text.ts";
import { requestKey } from "./places.ts";
import type { Facts } from "./texts.ts";

/** The requests that an alert was found in: all are counted, the first ones shown. */
export type Instances = {
  count: number;
  shown: Record<string, unknown>[];
  /** How long the shown ones are when they are written out, about. */
  characters: number;
  /** True once no further one is shown. */
  isFull: boolean;
  firstUri: string | null;
  firstKey: string | null;
};

type Members = readonly (readonly [member: string, fact: string])[];

const shownMembers: Members = [
  ["uri", "uri"],
  ["node_name", "nodename"],
  ["method", "method"],
  ["param", "param"],
  ["attack", "attack"],
  ["evidence", "evidence"],
  ["other_info", "otherinfo"],
];
const messages: readonly (readonly [member: string, parts: Members])[] = [
  [
    "request",
    [
      ["header", "requestheader"],
      ["body", "requestbody"],
    ],
  ],
  [
    "response",
    [
      ["header", "responseheader"],
      ["body", "responsebody"],
    ],
  ],
];
/** What the name of a member takes. */
const nameCharacters = 16;

export function noInstances(): Instances {
  return { count: 0, shown: [], characters: 0, isFull: false, firstUri: null, firstKey: null };
}

/** Takes one more instance by its members, none where they are not to be shown; of the first few the messages are kept too. */
export function takeInstance(instances: Instances, facts: Facts): void {
  instances.count++;
  if (instances.isFull || facts.size === 0) return;
  const uri = facts.get("uri") ?? null;
  const key = requestKey({ method: facts.get("method") ?? null, uri, nodeName: facts.get("nodename") ?? null, parameter: facts.get("param") ?? null });
  instances.firstUri ??= uri;
  instances.firstKey ??= key;
  const instance: Record<string, unknown> = { key };
  let characters = key.length + nameCharacters + take(instance, shownMembers, facts);
  if (instances.shown.length < limits.exchanges) {
    for (const [name, parts] of messages) {
      const message = {};
      const length = take(message, parts, facts);
      if (length > 0) instance[name] = message;
      characters += length;
    }
  }
  instances.characters += characters;
  instances.isFull = instances.characters > limits.instanceCharacters;
  if (instances.isFull) return;
  instances.shown.push(instance);
  instances.isFull = instances.shown.length === limits.instances;
}

/** Sets the members that the facts know; answers how long they are. */
function take(target: Record<string, unknown>, members: Members, facts: Facts): number {
  let characters = 0;
  for (const [name, fact] of members) {
    const known = facts.get(fact);
    if (known === undefined) continue;
    const text = known.length > limits.instanceText ? cleanText(known, limits.instanceText) : known;
    target[name] = text;
    characters += text.length + nameCharacters;
  }
  return characters;
}
