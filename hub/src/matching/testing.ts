import { shortHash } from "@sentinal/reports";
import type { Evidence } from "./evidence.ts";
import type { Known } from "./states.ts";

/** What a test says of a finding at a place; a short form of what a reader and a sender tell. */
export type Placed = {
  rule?: string;
  path?: string;
  line?: number | null;
  message?: string;
  content?: string;
  toolKey?: string;
  column?: number;
  variant?: string;
};

/** For tests: a finding at a place in a file. */
export function placed({ rule = "rule", path = "a.js", line = 1, message = "message", content, toolKey, column, variant = "" }: Placed = {}): Evidence {
  return {
    identity: shortHash(JSON.stringify([rule, path, message])),
    variant,
    line,
    place: {
      toolKey: toolKey === undefined ? null : shortHash(toolKey),
      path,
      rulePath: shortHash(`${rule} ${path}`),
      ruleName: shortHash(`${rule} ${path.split("/").at(-1)}`),
      message: shortHash(message),
      content: content === undefined ? null : shortHash(content),
      column: column ?? null,
    },
  };
}

/** For tests: what is known of findings, with ids from 1 on. */
export function knownOf(list: readonly Evidence[], own: Known["own"] = "open"): Known[] {
  return list.map((evidence, index) => ({ ...evidence, id: index + 1, ordinal: index, contentHash: "", own, ground: null, dismissedBy: null }));
}
