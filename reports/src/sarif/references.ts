import { isObject, member } from "../json/values.ts";
import { limits } from "../limits.ts";
import type { Problems } from "../problems.ts";
import { noteProblem } from "../problems.ts";
import type { Component } from "./components.ts";
import { descriptorOf, noteRule } from "./components.ts";
import type { Run } from "./run.ts";
import { addressOf } from "./run.ts";

/** What one rule is reckoned with at most: its texts are cut, however long they are in the report. */
const mostRuleBytes = 65_536;
const bareRuleBytes = 1_000;

/** How many bytes of the report are kept because results refer to them, over all runs. */
export type Room = { usedBytes: number };

/** Keeps a rule, or an entry of a taxonomy; without its texts when there are very many, and not at all beyond that. */
export function noteDescriptor(
  room: Room,
  run: Run,
  component: Component,
  role: "rules" | "taxa",
  index: number,
  value: unknown,
  bytes: number,
  problems: Problems,
): void {
  if (!isObject(value)) return;
  const withTexts = role === "rules" && room.usedBytes < limits.referenceBytes / 2;
  if (!isRoomFor(room, run, Math.min(bytes, withTexts ? mostRuleBytes : bareRuleBytes))) {
    noteProblem(problems, "partial", "too_many_rules", `The entry of the ${role} at ${index} was left out: there are too many`);
    return;
  }
  if (role === "rules" && !withTexts) noteProblem(problems, "warning", "rule_texts", `The rule at ${index} was read without its texts: there are too many`);
  const descriptor = descriptorOf(value, withTexts);
  if (role === "rules") noteRule(component, index, descriptor);
  else component.taxa[index] = descriptor;
}

/** Keeps where an artifact is, for results that name it by its index. */
export function noteArtifact(room: Room, run: Run, index: number, value: unknown, problems: Problems): void {
  const address = isObject(value) ? addressOf(member(value, "location")) : null;
  if (address === null || address.uri === null) return;
  const perArtifact = 100;
  if (!isRoomFor(room, run, address.uri.length + perArtifact)) {
    noteProblem(problems, "warning", "too_many_artifacts", `The artifact at ${index} was left out: there are too many`);
    return;
  }
  run.artifacts[index] = address;
  run.artifactLength = Math.max(run.artifactLength, address.uri.length);
}

/** Forgets a run that nothing can refer to any more; its results may still wait to be taken. */
export function leaveRoom(room: Room, run: Run): void {
  room.usedBytes -= run.referenceBytes;
  run.referenceBytes = 0;
}

function isRoomFor(room: Room, run: Run, bytes: number): boolean {
  if (room.usedBytes + bytes > limits.referenceBytes) return false;
  room.usedBytes += bytes;
  run.referenceBytes += bytes;
  return true;
}
