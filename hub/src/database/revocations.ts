import { sql } from "kysely";
import type { Listener } from "./listen.ts";
import type { DatabaseTransaction } from "./transaction.ts";

const channel = "sentinal_revoked";

/** Who has lost a right: one API token, one session, all of a user's, one job's token, or all that were made under a trust binding. */
export type Subject = `api_token:${number}` | `session:${string}` | `user:${number}` | `oidc_token:${number}` | `trust_binding:${number}`;

/** `shortened`: the right goes on for a while and ends sooner than it did. What is in memory of it is wrong either way. */
export type Loss = "revoked" | "shortened";

/**
 * Carries revocations to every hub. Order on the hub that revokes: commit (with `notify` inside) → `apply`,
 * which raises the epoch and then tells the handlers (evict caches, close sockets).
 * A cache fill remembers the epoch it was read at and is dropped when a revocation came since;
 * while `isHearing` is false caches must be passed by.
 */
export type Revocations = {
  /** Tells all hubs when the transaction commits. */
  notify(trx: DatabaseTransaction, subject: Subject, loss?: Loss): Promise<void>;
  /** For this hub, at once after the commit. */
  apply(subject: Subject, loss?: Loss): void;
  /** `all`: what was revoked is not known; whoever is asked about must be asked about anew. */
  onRevoked(handler: (subject: Subject | "all", loss: Loss) => void): void;
  epoch(): number;
  isHearing(): boolean;
};

export const revocationChannel = channel;
const shortenedMark = " shortened";

export function createRevocations(listener: Listener): Revocations {
  const handlers: ((subject: Subject | "all", loss: Loss) => void)[] = [];
  let epoch = 0;

  function raise(subject: Subject | "all", loss: Loss = "revoked"): void {
    epoch++;
    for (const handler of handlers) handler(subject, loss);
  }

  listener.on(channel, (payload) => {
    const isShortened = payload.endsWith(shortenedMark);
    const subject = isShortened ? payload.slice(0, -shortenedMark.length) : payload;
    if (isSubject(subject)) raise(subject, isShortened ? "shortened" : "revoked");
  });
  // What was revoked while nobody listened is unknown: everything cached is dropped.
  listener.onReconnect(() => raise("all"));

  return {
    async notify(trx, subject, loss = "revoked") {
      await sql`select pg_notify(${channel}, ${loss === "revoked" ? subject : `${subject} ${loss}`})`.execute(trx);
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
  return /^((api_token|user|oidc_token|trust_binding):\d+|session:[0-9a-f-]{36})$/.test(text);
}
