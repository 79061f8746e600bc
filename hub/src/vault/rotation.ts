import { sql } from "kysely";
import { type Actor, recordAudit } from "../audit/index.ts";
import { type Database, DatabaseProblem, type DatabaseTransaction, inTransaction } from "../database/index.ts";
import { unwrapDataKey, wrapDataKey } from "./data-key.ts";
import { keyChannel, keyIdName } from "./key-ring.ts";
import type { HubKey } from "./key.ts";
import { SealBroken } from "./sealing.ts";

/** Data keys that one transaction wraps anew: some milliseconds of work, and of locks on rows that nobody else writes. */
const batchRecords = 500;

export type Rotation = { from: string; to: string; startedAt: Date };

/** The rotation that began and has not ended; null when there is none. */
export async function findRotation(db: Database | DatabaseTransaction): Promise<Rotation | null> {
  const row = await db.selectFrom("key_rotations").select(["from_key", "to_key", "started_at"]).where("finished_at", "is", null).executeTakeFirst();
  return row === undefined ? null : { from: row.from_key, to: row.to_key, startedAt: row.started_at };
}

/** Whether a key was ever the database's, or is to be. */
export async function wasUsed(db: Database, keyId: string): Promise<boolean> {
  const row = await db
    .selectFrom("key_rotations")
    .select("id")
    .where((where) => where.or([where("from_key", "=", keyId), where("to_key", "=", keyId)]))
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * From here on the new key seals and signs, on all hubs. It waits for the transactions that are sealing under the old
 * one, and those that come wait for it: so what is left to wrap anew only grows fewer.
 */
export async function startRotation(db: Database, from: HubKey, to: HubKey, actor: Actor): Promise<void> {
  await inTransaction(db, async (trx) => {
    const row = await trx.selectFrom("hub_state").select("value").where("name", "=", keyIdName).forUpdate().executeTakeFirst();
    if (row?.value !== from.id) throw new DatabaseProblem("key_differs", `The database belongs to the key ${String(row?.value)} by now. Run it again.`);
    await trx
      .insertInto("key_rotations")
      .values({ from_key: from.id, to_key: to.id, forward: to.sealFor(from), backward: from.sealFor(to) })
      .execute();
    await trx
      .updateTable("hub_state")
      .set({ value: JSON.stringify(to.id), updated_at: sql`now()` })
      .where("name", "=", keyIdName)
      .execute();
    await recordAudit(trx, { actor, action: "hub_key.rotation_started", subject: { kind: "hub_key", id: to.id }, detail: { from: from.id, to: to.id } });
    await announce(trx);
  });
}

/**
 * Wraps all data keys anew that the old key still wraps, in batches; `onProgress` hears how many are done of how many.
 * Answers the ids of those that do not open under the old key: they are lost already, and stay as they are.
 */
export async function rewrapAll(db: Database, from: HubKey, to: HubKey, onProgress: (done: number, total: number) => void): Promise<string[]> {
  const total = (await countRecords(db)).get(from.id) ?? 0;
  const unreadable: string[] = [];
  let done = 0;
  let after: string | null = null;
  onProgress(0, total);
  for (;;) {
    const batch: { lastId: string | null; unreadable: string[]; count: number } = await inTransaction(db, (trx) => rewrapBatch(trx, from, to, after));
    if (batch.lastId === null) return unreadable;
    after = batch.lastId;
    done += batch.count;
    unreadable.push(...batch.unreadable);
    onProgress(done, Math.max(done, total));
  }
}

async function rewrapBatch(
  trx: DatabaseTransaction,
  from: HubKey,
  to: HubKey,
  after: string | null,
): Promise<{ lastId: string | null; unreadable: string[]; count: number }> {
  const due = trx.selectFrom("vault_data_keys").select(["id", "wrapped"]).where("key_id", "=", from.id).orderBy("id").limit(batchRecords).forUpdate();
  const rows = await (after === null ? due : due.where("id", ">", after)).execute();
  const rewrapped: { id: string; wrapped: Buffer }[] = [];
  const unreadable: string[] = [];
  for (const { id, wrapped } of rows) {
    try {
      rewrapped.push({ id, wrapped: wrapDataKey(to, id, unwrapDataKey(from, id, wrapped)) });
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      unreadable.push(id);
    }
  }
  await sql`
    update vault_data_keys set key_id = ${to.id}, wrapped = fresh.wrapped
    from unnest(${rewrapped.map((row) => row.id)}::uuid[], ${rewrapped.map((row) => row.wrapped)}::bytea[]) as fresh (id, wrapped)
    where vault_data_keys.id = fresh.id
  `.execute(trx);
  return { lastId: rows.at(-1)?.id ?? null, unreadable, count: rows.length };
}

/** Erases what handed the keys over. From here on a hub that has the old key alone is refused. */
export async function finishRotation(db: Database, rotation: Rotation, unreadable: number, actor: Actor): Promise<void> {
  await inTransaction(db, async (trx) => {
    const finished = await trx
      .updateTable("key_rotations")
      .set({ finished_at: sql`now()`, forward: null, backward: null })
      .where("to_key", "=", rotation.to)
      .where("finished_at", "is", null)
      .returning("id")
      .executeTakeFirst();
    if (finished === undefined) return;
    const counts = await countRecords(trx);
    if ((counts.get(rotation.from) ?? 0) > unreadable) throw new Error("records were sealed under the old key after the new one was announced");
    const detail = { from: rotation.from, to: rotation.to, records: counts.get(rotation.to) ?? 0, unreadable };
    await recordAudit(trx, { actor, action: "hub_key.rotated", subject: { kind: "hub_key", id: rotation.to }, detail });
    await announce(trx);
  });
}

/** How many records each key wraps, by the key's id. */
export async function countRecords(db: Database | DatabaseTransaction): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("vault_data_keys")
    .select(["key_id", sql<number>`count(*)`.as("records")])
    .groupBy("key_id")
    .orderBy("key_id")
    .execute();
  return new Map(rows.map((row) => [row.key_id, row.records]));
}

async function announce(trx: DatabaseTransaction): Promise<void> {
  await sql`select pg_notify(${keyChannel}, '')`.execute(trx);
}
