import type { AuditProblem } from "@sentinal/contract";
import { type ChainHead, chainHash, type SealedEntry } from "./seal.ts";

/** An entry that does not hang on the one before it. */
export type Suspect = {
  entry: SealedEntry;
  before: ChainHead;
  isBeforeSound: boolean;
  /** Nothing stands before it, so it cannot be checked by what it should hang on. */
  isAfterGap: boolean;
  /** Where it stands in a file whose lines are out of order; null where it stands at its own position. */
  place: number | null;
};

/**
 * Tells entries that were moved from entries that were changed: one that was moved still has, somewhere among the
 * suspects, the hash it hangs on and the hash it was sealed with.
 */
export function judge(suspects: readonly Suspect[]): AuditProblem[] {
  const sealedHashes = new Set(suspects.map((suspect) => textOf(suspect.entry.hash)));
  const anchors = new Map<string, Buffer>();
  /** Hash → the position it was sealed at, as far as it is known. */
  const positions = new Map<string, number>();
  for (const { entry, before, isBeforeSound } of suspects) {
    anchors.set(textOf(entry.hash), entry.hash);
    anchors.set(textOf(before.hash), before.hash);
    if (isBeforeSound) positions.set(textOf(before.hash), before.position);
  }

  const links = new Map<Suspect, { before: string; own: string }>();
  for (const suspect of suspects) {
    for (const [before, anchor] of anchors) {
      const own = textOf(chainHash(anchor, suspect.entry));
      if (!sealedHashes.has(own)) continue;
      links.set(suspect, { before, own });
      break;
    }
  }
  // Each round places at least one more, or none is left that can be placed.
  for (let placed = -1; placed !== positions.size;) {
    placed = positions.size;
    for (const { before, own } of links.values()) {
      const position = positions.get(before);
      if (position !== undefined) positions.set(own, position + 1);
    }
  }

  return suspects.flatMap((suspect): AuditProblem[] => {
    const { id, position } = suspect.entry;
    const link = links.get(suspect);
    const sealedAt = link === undefined ? undefined : positions.get(link.own);
    if (sealedAt === undefined) return suspect.isAfterGap ? [] : [{ kind: "changed", id, position }];
    const standsAt = suspect.place ?? position;
    return sealedAt === standsAt ? [] : [{ kind: "reordered", id, position: standsAt, sealedAt }];
  });
}

function textOf(hash: Buffer): string {
  return hash.toString("hex");
}
