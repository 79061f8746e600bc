import { sql } from "kysely";
import type { Logger } from "pino";
import type { Database } from "./open.ts";
import { type DatabaseTransaction, inTransaction } from "./transaction.ts";

/** That a token was used, the last time. */
type Use = { id: number; at: Date; address: string };

/** When tokens were last used, kept in memory: the request path writes nothing. */
export type LastUses = {
  note(id: number, atMs: number, address: string): void;
  /** Writes what was not written within the last minute. The clock of this calls it every few seconds. */
  writeDue(): Promise<void>;
  /** Writes all that is not written yet, however recently the token's use was written before. */
  flush(): Promise<void>;
  /** Stops the clock and writes the rest. */
  close(): Promise<void>;
};

type UsedTable = "api_tokens" | "service_tokens";

/** `writtenMs` is the use that stands in the database, `wroteAtMs` when it was put there. */
type Entry = { id: number; atMs: number; address: string; writtenMs: number; wroteAtMs: number };

/** The first use of a token shows within seconds; after it the token is written once a minute at most. */
const lookEveryMs = 5_000;
const writeEveryMs = 60_000;
const writtenAtOnce = 5_000;

/** Of the tokens of a table with the columns `last_used_at` and `last_used_address`. */
export function createLastUses(options: { db: Database; log: Logger; now: () => number; table: UsedTable }): LastUses {
  const { db, log, now, table } = options;
  const entries = new Map<number, Entry>();
  let writing: Promise<void> = Promise.resolve();

  async function write(isDue: (entry: Entry) => boolean): Promise<void> {
    const due = [...entries.values()].filter((entry) => entry.atMs > entry.writtenMs && isDue(entry));
    for (let start = 0; start < due.length; start += writtenAtOnce) {
      const batch = due.slice(start, start + writtenAtOnce);
      const uses = batch.map((entry): Use => ({ id: entry.id, at: new Date(entry.atMs), address: entry.address }));
      await inTransaction(db, (trx) => writeUses(trx, table, uses));
      for (const [index, entry] of batch.entries()) {
        // The entry may have moved on while this was written.
        entry.writtenMs = uses[index]?.at.getTime() ?? entry.writtenMs;
        entry.wroteAtMs = now();
      }
    }
    // What was not used for a while need not be remembered: its next use counts as the first again.
    for (const [id, entry] of entries) {
      if (entry.writtenMs >= entry.atMs && entry.wroteAtMs < now() - writeEveryMs) entries.delete(id);
    }
  }

  function writeInTurn(isDue: (entry: Entry) => boolean): Promise<void> {
    writing = writing.catch(() => {}).then(() => write(isDue));
    return writing;
  }

  function writeDue(): Promise<void> {
    const before = now() - writeEveryMs;
    return writeInTurn((entry) => entry.wroteAtMs <= before);
  }

  const timer = setInterval(() => {
    writeDue().catch((error: unknown) => log.warn({ err: error }, "the last uses of tokens could not be written; they are kept for later"));
  }, lookEveryMs).unref();

  return {
    note(id, atMs, address) {
      const entry = entries.get(id);
      if (entry === undefined) {
        entries.set(id, { id, atMs, address, writtenMs: Number.NEGATIVE_INFINITY, wroteAtMs: Number.NEGATIVE_INFINITY });
        return;
      }
      entry.atMs = atMs;
      entry.address = address;
    },
    writeDue,
    flush: () => writeInTurn(() => true),
    async close() {
      clearInterval(timer);
      await writeInTurn(() => true);
    },
  };
}

/** Writes uses, as far as no later one is written yet. */
async function writeUses(trx: DatabaseTransaction, name: UsedTable, uses: readonly Use[]): Promise<void> {
  const table = sql.table(name);
  // Locked in the order of ids first, so that two hubs that write the same tokens do not wait for each other in a circle.
  await sql`
    with seen as (
      select * from unnest(${uses.map((use) => use.id)}::bigint[], ${uses.map((use) => use.at)}::timestamptz[], ${uses.map((use) => use.address)}::text[]) as seen (id, at, address)
    ), locked as (
      select id from ${table} where id in (select id from seen) order by id for no key update
    )
    update ${table} as used set last_used_at = seen.at, last_used_address = seen.address
    from seen join locked on locked.id = seen.id
    where used.id = seen.id and (used.last_used_at is null or used.last_used_at < seen.at)
  `.execute(trx);
}
