import { sql } from "kysely";
import type { Listener } from "./listen.ts";
import type { DatabaseTransaction } from "./transaction.ts";

const channel = "sentinal_revoked";

/** Who has lost a right: one API token, one session, or all of a user's. */
export type Subject = `api_token:${number}` | `session:${string}` | `user:${number}`;

/**
 * Carries revocations to every hub. Order on the hub that revokes: commit (with `notify` inside) → `apply`,
 * which raises the epoch and then tells the handlers (evict caches, close sockets).
 * A cache fill remembers the epoch it was read at and is dropped when a revocation came since;
 * while `isHearing` is false caches must be passed by.
 */
export type Revocations = {
  /** Tells all hubs when the transaction commits. */
  notify(trx: DatabaseTransaction, subject: Subject): Promise<void>;
  /** For this hub, at once after the commit. */
  apply(subject: Subject): void;
  onRevoked(handler: (subject: Subject | "all") => void): void;
  epoch(): number;
  isHearing(): boolean;
};

export const revocationChannel = channel;

export function createRevocations(listener: Listener): Revocations {
  const handlers: ((subject: Subject | "all") => void)[] = [];
  let epoch = 0;

  function raise(subject: Subject | "all"): void {
    epoch++;
    for (const handler of handlers) handler(subject);
  }

  listener.on(channel, (payload) => {
    if (isSubject(payload)) raise(payload);
  });
  // What was revoked while nobody listened is unknown: everything cached is dropped.
  listener.onReconnect(() => raise("all"));

  return {
    async notify(trx, subject) {
      await sql`select pg_notify(${channel}, ${subject})`.execute(trx);
    },
    apply: raise,
    onRevoked(handler) {
      handlers.push(handler);
    },
    epoch: () => epoch,
    isHearing: () => listener.isHearing(),
  };
}

function isSubject(text: string): text is Subject {
  return /^(api_token:\d+|session:[0-9a-f-]{36}|user:\d+)$/.test(text);
}
