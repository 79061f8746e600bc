import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Logger } from "pino";
import { type Database, type DatabaseTransaction, inTransaction } from "../database/index.ts";

/**
 * The hash chain over the audit log. Entry at position n has
 *
 *     hash(n) = SHA-256(hash(n-1) as 32 bytes, canonical text of the entry as UTF-8)
 *
 * and hash(0) is 32 zero bytes. The canonical text is the JSON array of `canonicalText`, without spaces.
 * Position is the order of the chain; ids may differ from it, for a transaction that began early may commit late.
 * The head (last position and its hash) is remembered apart, so that entries cut off the end are missed.
 */
export type SealableEntry = {
  id: number;
  /** UTC with microseconds: `2026-11-22T07:00:00.123456Z`. */
  at: string;
  actor_kind: string;
  actor_id: string | null;
  action: string;
  subject_kind: string | null;
  subject_id: string | null;
  outcome: string;
  address: string | null;
  request_id: string | null;
  detail: unknown;
};

export type SealedEntry = SealableEntry & { position: number; hash: Buffer };

export type ChainHead = { position: number; hash: Buffer };

export type Sealing = {
  /** Ends the loop and seals once more, for what was written at the very end. */
  stop(): Promise<void>;
};

export const chainStart: ChainHead = { position: 0, hash: Buffer.alloc(32) };

const sealEveryMs = 500;
const batchEntries = 1_000;
/** Any number will do, as long as every hub takes the same. */
const sealLock = 7_351_842_011;
const headName = "audit_head";

/** Seals new entries each half second. Any number of hubs may run it: one at a time does the work. */
export function startSealing(options: { db: Database; log: Logger }): Sealing {
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;
  let pass: Promise<void> = Promise.resolve();

  function schedule(): void {
    if (isStopped) return;
    timer = setTimeout(() => {
      pass = sealAll(options.db)
        .catch((error: unknown) => options.log.error({ err: error }, "audit entries could not be sealed; they wait"))
        .then(schedule);
    }, sealEveryMs).unref();
  }
  schedule();

  return {
    async stop() {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      await pass;
      await sealAll(options.db);
    },
  };
}

/** Seals batch after batch until nothing unsealed is left or another hub is at it; answers how many. */
export async function sealAll(db: Database): Promise<number> {
  let total = 0;
  for (;;) {
    // Looked for outside a transaction first: mostly there is nothing, and this runs twice a second for ever.
    const waiting = await db.selectFrom("audit_entries").select("id").where("position", "is", null).limit(1).executeTakeFirst();
    if (waiting === undefined) return total;
    const sealed = await inTransaction(db, sealBatch);
    total += sealed;
    if (sealed < batchEntries) return total;
  }
}

/** The head that was remembered; null when nothing was sealed yet, or when somebody removed it. */
export async function rememberedHead(db: Database | DatabaseTransaction): Promise<ChainHead | null> {
  const row = await db.selectFrom("hub_state").select("value").where("name", "=", headName).executeTakeFirst();
  const value = row?.value;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const { position, hash } = value;
  if (typeof position !== "number" || typeof hash !== "string" || !/^[0-9a-f]{64}$/.test(hash)) return null;
  return { position, hash: Buffer.from(hash, "hex") };
}

/** The columns that the chain covers, the time as text to the microsecond. */
export function sealableColumns() {
  return [
    "id",
    sql<string>`to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as("at"),
    "actor_kind",
    "actor_id",
    "action",
    "subject_kind",
    "subject_id",
    "outcome",
    "address",
    "request_id",
    "detail",
  ] as const;
}

export function chainHash(before: Buffer, entry: SealableEntry): Buffer {
  return createHash("sha256").update(before).update(canonicalText(entry)).digest();
}

/** `[id, at, actor_kind, actor_id, action, subject_kind, subject_id, outcome, address, request_id, detail]`; the names in `detail` in the order of their code units. */
export function canonicalText(entry: SealableEntry): string {
  const fields = [
    entry.id,
    entry.at,
    entry.actor_kind,
    entry.actor_id,
    entry.action,
    entry.subject_kind,
    entry.subject_id,
    entry.outcome,
    entry.address,
    entry.request_id,
    entry.detail,
  ];
  return canonicalJson(fields);
}

/** Takes whatever is unsealed, in the order of ids as far as they are visible by now. */
async function sealBatch(trx: DatabaseTransaction): Promise<number> {
  const lock = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${sealLock}::bigint) as mine`.execute(trx);
  if (lock.rows[0]?.mine !== true) return 0;
  let head = await furthestHead(trx);
  const entries = await trx.selectFrom("audit_entries").select(sealableColumns()).where("position", "is", null).orderBy("id").limit(batchEntries).execute();
  if (entries.length === 0) return 0;

  const sealed = entries.map((entry) => {
    head = { position: head.position + 1, hash: chainHash(head.hash, entry) };
    return { id: entry.id, position: head.position, hash: head.hash };
  });
  await sql`
    update audit_entries set position = sealed.position, hash = sealed.hash
    from unnest(${sealed.map((row) => row.id)}::bigint[], ${sealed.map((row) => row.position)}::bigint[], ${sealed.map((row) => row.hash)}::bytea[]) as sealed (id, position, hash)
    where audit_entries.id = sealed.id
  `.execute(trx);
  const value = JSON.stringify({ position: head.position, hash: head.hash.toString("hex") });
  await trx
    .insertInto("hub_state")
    .values({ name: headName, value })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value, updated_at: sql`now()` }))
    .execute();
  return sealed.length;
}

/** Where the chain ends. The remembered head counts also when its entry is gone: going on after it leaves the gap to be seen. */
export async function furthestHead(db: Database | DatabaseTransaction): Promise<ChainHead> {
  const remembered = (await rememberedHead(db)) ?? chainStart;
  const row = await db
    .selectFrom("audit_entries")
    .select(["position", "hash"])
    .where("position", "is not", null)
    .orderBy("position", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined || row.position === null || row.hash === null || row.position <= remembered.position) return remembered;
  return { position: row.position, hash: row.hash };
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const parts = Object.entries(value)
    .toSorted(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([name, part]) => `${JSON.stringify(name)}:${canonicalJson(part)}`);
  return `{${parts.join(",")}}`;
}
