import type { JsonPath, Opening } from "./events.ts";
import { JsonSlicer } from "./slicer.ts";

/** The outer parts of a JSON content: enough to tell what it is, little enough to be made of its first bytes. */
export type Outline = {
  kind: Opening;
  /** A scalar's value; undefined for containers, and where the bytes ended. */
  value: unknown;
  members: ReadonlyMap<string, Outline>;
  /** The first elements. */
  elements: readonly Outline[];
  /** False when the bytes ended before it did. */
  isComplete: boolean;
};

type Draft = { kind: Opening; value: unknown; members: Map<string, Draft>; elements: Draft[]; isComplete: boolean };

const deepest = 6;
const mostElements = 5;
const outlineLimits = { depth: 1_000, elementBytes: 4_096 };

/** Every reader looks at the same first bytes in turn. */
const known = new WeakMap<Uint8Array, Outline | null>();

/** The outline of a content by its first bytes, which may be cut anywhere and must not change; null when they are no JSON from the start on. */
export function outlineOf(head: Uint8Array): Outline | null {
  let outline = known.get(head);
  if (outline === undefined) {
    outline = drawOutline(head);
    known.set(head, outline);
  }
  return outline;
}

function drawOutline(head: Uint8Array): Outline | null {
  let root: Draft | null = null;
  const open: Draft[] = [];
  const attach = (path: JsonPath, draft: Draft) => {
    const parent = open.at(-1);
    const name = path.at(-1);
    if (parent === undefined) root ??= draft;
    else if (typeof name === "string") parent.members.set(name, draft);
    else parent.elements.push(draft);
  };
  const slicer = new JsonSlicer((path, opening) => {
    const index = path.at(-1);
    const isFar = path.length >= deepest || (typeof index === "number" && index >= mostElements);
    return isFar ? "skip" : opening === "scalar" ? "value" : "walk";
  }, outlineLimits);
  for (const event of slicer.write(head)) {
    if (event.type === "start") {
      const draft = draftOf(event.container, undefined);
      attach(event.path, draft);
      open.push(draft);
    } else if (event.type === "end") {
      const ended = open.pop();
      if (ended !== undefined) ended.isComplete = true;
    } else if (event.type === "value") {
      attach(event.path, { ...draftOf("scalar", event.value), isComplete: true });
    }
  }
  for (const event of slicer.end()) if (event.type === "value") attach(event.path, { ...draftOf("scalar", event.value), isComplete: true });
  return root;
}

/** The member of a member, by names. */
export function outlineAt(outline: Outline | null | undefined, ...names: string[]): Outline | null {
  let at = outline;
  for (const name of names) at = at?.members.get(name);
  return at ?? null;
}

/** True when each of the names is a member. */
export function hasMembers(outline: Outline | null | undefined, ...names: string[]): boolean {
  return outline !== null && outline !== undefined && names.every((name) => outline.members.has(name));
}

function draftOf(kind: Opening, value: unknown): Draft {
  return { kind, value, members: new Map(), elements: [], isComplete: false };
}
