import type { Revocations, Subject } from "../database/index.ts";
import type { Principal } from "../http/index.ts";

/** A caller that was verified, and until when that holds without asking again. */
export type Verified<P extends Principal> = { principal: P; expiresAtMs: number | null };

/**
 * Verified callers by a key that only they know the origin of. An entry stays until a revocation of one of its
 * subjects; there is no time after which it is read again. So that this is safe:
 * - what was read before the last revocation is not kept (`put` carries the epoch it was read at);
 * - while the hub does not hear of revocations, nothing is found and nothing is kept.
 * At most `limit` entries: two generations of half that size, the older one is dropped when the younger is full.
 */
export type PrincipalCache<P extends Principal> = {
  get(key: string): Verified<P> | undefined;
  put(key: string, verified: Verified<P>, readAtEpoch: number): void;
  size(): number;
};

type Generation<P extends Principal> = { byKey: Map<string, Verified<P>>; keysBySubject: Map<Subject, string[]> };

export function createPrincipalCache<P extends Principal>(revocations: Revocations, limit: number): PrincipalCache<P> {
  const generationLimit = Math.max(1, Math.floor(limit / 2));
  let young: Generation<P> = emptyGeneration();
  let old: Generation<P> = emptyGeneration();

  revocations.onRevoked((subject) => {
    if (subject === "all") {
      young = emptyGeneration();
      old = emptyGeneration();
      return;
    }
    evict(young, subject);
    evict(old, subject);
  });

  function keep(key: string, verified: Verified<P>): void {
    if (young.byKey.size >= generationLimit) {
      old = young;
      young = emptyGeneration();
    }
    young.byKey.set(key, verified);
    for (const subject of verified.principal.subjects) {
      const keys = young.keysBySubject.get(subject);
      if (keys === undefined) young.keysBySubject.set(subject, [key]);
      else if (!keys.includes(key)) keys.push(key);
    }
  }

  return {
    get(key) {
      if (!revocations.isHearing()) return undefined;
      const found = young.byKey.get(key);
      if (found !== undefined) return found;
      const older = old.byKey.get(key);
      if (older !== undefined) keep(key, older);
      return older;
    },
    put(key, verified, readAtEpoch) {
      if (readAtEpoch === revocations.epoch() && revocations.isHearing()) keep(key, verified);
    },
    size: () => young.byKey.size + old.byKey.size,
  };
}

function evict<P extends Principal>(generation: Generation<P>, subject: Subject): void {
  for (const key of generation.keysBySubject.get(subject) ?? []) generation.byKey.delete(key);
  generation.keysBySubject.delete(subject);
}

function emptyGeneration<P extends Principal>(): Generation<P> {
  return { byKey: new Map(), keysBySubject: new Map() };
}
