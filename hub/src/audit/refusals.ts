import type { Logger } from "pino";
import type { Database } from "../database/index.ts";
import type { Actor } from "./record.ts";

/** Somebody was refused: what they tried, why not, from where, and whom or what it concerned where that is known. */
export type Refusal = {
  /** `<thing>.refused`, e.g. `sign_in.refused`. */
  action: string;
  /** The stable code of the error. */
  reason: string;
  address: string | null;
  /** Ids and keyed fingerprints only: people type passwords into the field for the name. */
  subject?: { kind: string; id: string | number };
  /** Who tried, where they had proved it. */
  actor?: Actor;
  /** The right that they would have needed, in words. */
  needs?: string;
  /** `done` for what strangers may do and could do without end, such as to begin a sign-in: it is counted in the same way. */
  outcome?: "refused" | "done";
};

/**
 * Refusals are counted in memory and written once a minute, one entry an actor, reason, address and subject, so that
 * whoever hammers at the door writes a line a minute and no more.
 */
export type Refusals = {
  count(refusal: Refusal): void;
  /** Writes what was counted since the last time. What cannot be written now is kept for the next. */
  flush(): Promise<void>;
  /** Begins to write once a minute. */
  start(): void;
  /** Stops the clock and writes the rest. */
  stop(): Promise<void>;
};

type Count = Refusal & { count: number; firstAt: number; lastAt: number };

const flushEveryMs = 60_000;
/** Kinds of refusal kept apart in one minute; whatever comes beyond is counted together, without actor, address and subject. */
const keptApart = 1_000;

export function createRefusals(options: { db: Database; log: Logger; now?: () => number }): Refusals {
  const now = options.now ?? Date.now;
  let counts = new Map<string, Count>();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  function add(refusal: Refusal, count: number, firstAt: number, lastAt: number): void {
    const known = counts.get(keyOf(refusal));
    if (known !== undefined) {
      known.count += count;
      known.firstAt = Math.min(known.firstAt, firstAt);
      known.lastAt = Math.max(known.lastAt, lastAt);
      return;
    }
    const isRest = refusal.address === null && refusal.subject === undefined && refusal.actor === undefined;
    if (counts.size >= keptApart && !isRest) {
      const { action, reason, outcome } = refusal;
      add({ action, reason, address: null, ...(outcome !== undefined && { outcome }) }, count, firstAt, lastAt);
      return;
    }
    counts.set(keyOf(refusal), { ...refusal, count, firstAt, lastAt });
  }

  async function write(): Promise<void> {
    if (counts.size === 0) return;
    const due = counts;
    counts = new Map();
    try {
      await options.db
        .insertInto("audit_entries")
        .values([...due.values()].map(rowOf))
        .execute();
    } catch (error) {
      for (const count of due.values()) add(count, count.count, count.firstAt, count.lastAt);
      throw error;
    }
  }

  function flush(): Promise<void> {
    // One at a time: two that run at once would each write a part of the same minute.
    writing = writing.catch(() => {}).then(write);
    return writing;
  }

  return {
    count(refusal) {
      const at = now();
      add(refusal, 1, at, at);
    },
    flush,
    start() {
      timer ??= setInterval(() => {
        flush().catch((error: unknown) => options.log.error({ err: error }, "refusals could not be written; they are kept for the next minute"));
      }, flushEveryMs).unref();
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
      await flush();
    },
  };
}

const nobody: Actor = { kind: "anonymous" };

function keyOf(refusal: Refusal): string {
  return JSON.stringify([
    refusal.action,
    refusal.reason,
    refusal.address,
    refusal.subject?.kind,
    refusal.subject?.id,
    refusal.actor,
    refusal.needs,
    refusal.outcome,
  ]);
}

function rowOf(count: Count) {
  const actor = count.actor ?? nobody;
  return {
    actor_kind: actor.kind,
    actor_id: "id" in actor ? String(actor.id) : null,
    action: count.action,
    subject_kind: count.subject?.kind ?? null,
    subject_id: count.subject === undefined ? null : String(count.subject.id),
    outcome: count.outcome ?? "refused",
    address: count.address,
    request_id: null,
    detail: JSON.stringify({
      reason: count.reason,
      ...(count.needs !== undefined && { needs: count.needs }),
      count: count.count,
      first_at: new Date(count.firstAt).toISOString(),
      last_at: new Date(count.lastAt).toISOString(),
    }),
  };
}
