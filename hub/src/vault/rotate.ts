import { sql } from "kysely";
import type { Actor } from "../audit/index.ts";
import type { Database } from "../database/index.ts";
import { installSuccessor, prepareSuccessor, successorFile, waitingSuccessor } from "./key-file.ts";
import type { KeyRing } from "./key-ring.ts";
import { createKeyFile, type HubKey, KeyProblem, readHubKey } from "./key.ts";
import { countRecords, findRotation, finishRotation, rewrapAll, type Rotation, startRotation, wasUsed } from "./rotation.ts";

/** Where a rotation is to be found, for whoever runs it: `key` is what hubs are started with, from `keyFile`, or from the environment where that is null. */
export type RotationGround = { db: Database; keys: KeyRing; key: HubKey; keyFile: string | null };

export type RotateOptions = {
  /** A file with the new key, or where it shall be written; null replaces the file in use. */
  newKeyFile: string | null;
  onProgress(done: number, total: number): void;
};

/** Which records have which key. `rotation` is the one under way. */
export type KeyReport = {
  key: string;
  /** Null when the key comes from the environment. */
  key_file: string | null;
  /** What the file, or the environment, holds: the old key while a rotation waits for the new one to be put there. */
  key_in_file: string;
  records: { key: string; records: number }[];
  rotation: { from: string; to: string; started_at: string } | null;
};

export type RotateReport = {
  from: string;
  to: string;
  /** Records that the new key wraps now. */
  records: number;
  /** Ids of data keys that did not open under the old key, and were lost before. */
  unreadable: string[];
  /** False while hubs are still to be given the new file: both keys work until it is run again. */
  finished: boolean;
  /** The file with the new key; null when it comes from the environment. */
  key_file: string | null;
  /** Where the old key is kept for the backups made until now; null where it was not moved. */
  old_key_file: string | null;
};

/** One at a time on a database: two would replace each other's files. */
const lockNumber = 5_364_771_208;

export async function reportKeys(ground: RotationGround): Promise<KeyReport> {
  const [counts, rotation] = [await countRecords(ground.db), await findRotation(ground.db)];
  const ids = [...new Set([ground.keys.current().id, ...counts.keys()])];
  return {
    key: ground.keys.current().id,
    key_file: ground.keyFile,
    key_in_file: ground.key.id,
    records: ids.map((id) => ({ key: id, records: counts.get(id) ?? 0 })),
    rotation: rotation === null ? null : { from: rotation.from, to: rotation.to, started_at: rotation.startedAt.toISOString() },
  };
}

/**
 * Brings the database to a new key while hubs run, or goes on with what was interrupted. Each step is durable before
 * the next: the new key in its file → announced, with each key sealed under the other → all data keys wrapped anew →
 * the file replaced → the sealed keys erased. Throws KeyProblem with what to do.
 */
export async function rotateKey(ground: RotationGround, options: RotateOptions, actor: Actor): Promise<RotateReport> {
  return ground.db.connection().execute(async (holder) => {
    const lock = await sql<{ is_mine: boolean }>`select pg_try_advisory_lock(${lockNumber}) as is_mine`.execute(holder);
    if (lock.rows[0]?.is_mine !== true) throw new KeyProblem("Another `sentinal key rotate` is at work on this database. Wait for it.");
    try {
      return await rotate(ground, options, actor);
    } finally {
      await sql`select pg_advisory_unlock(${lockNumber})`.execute(holder);
    }
  });
}

async function rotate(ground: RotationGround, options: RotateOptions, actor: Actor): Promise<RotateReport> {
  const { db, keyFile } = ground;
  const rotation = (await findRotation(db)) ?? (await begin(ground, options.newKeyFile, actor));
  const [from, to] = [await keyOf(ground, rotation.from), await keyOf(ground, rotation.to)];
  if (options.newKeyFile !== null) await provide(options.newKeyFile, to);
  const unreadable = await rewrapAll(db, from, to, options.onProgress);

  const isInPlace = ground.key.id === to.id;
  const waiting = isInPlace || options.newKeyFile !== null || keyFile === null ? null : await waitingSuccessor(keyFile);
  const oldKeyFile = waiting?.id === to.id && keyFile !== null ? await installSuccessor(keyFile, from.id) : null;
  const isFinished = isInPlace || oldKeyFile !== null;
  if (isFinished) await finishRotation(db, rotation, unreadable.length, actor);
  return {
    from: from.id,
    to: to.id,
    records: (await countRecords(db)).get(to.id) ?? 0,
    unreadable,
    finished: isFinished,
    key_file: isFinished ? keyFile : (options.newKeyFile ?? keyFile),
    old_key_file: oldKeyFile,
  };
}

async function begin(ground: RotationGround, newKeyFile: string | null, actor: Actor): Promise<Rotation> {
  const { db, key, keyFile } = ground;
  const { path, key: to } = await successorOf(keyFile, newKeyFile);
  if (to.id === key.id) throw new KeyProblem(`${path} holds the key that is in use. Give another one, or a path where there is no file yet.`);
  if (await wasUsed(db, to.id))
    throw new KeyProblem(`${path} holds the key ${to.id}, which was rotated out before. Give a new one, or a path where there is no file yet.`);
  await startRotation(db, key, to, actor);
  const rotation = await findRotation(db);
  if (rotation === null) throw new Error("the rotation that was just started is not there");
  return rotation;
}

/** The new key, in a file before it is announced: a rotation never hangs on what a process remembers. */
async function successorOf(keyFile: string | null, newKeyFile: string | null): Promise<{ path: string; key: HubKey }> {
  if (newKeyFile !== null) {
    await createKeyFile(newKeyFile);
    return { path: newKeyFile, key: await readHubKey({ keyFile: newKeyFile, dataDir: "" }) };
  }
  if (keyFile !== null) return { path: successorFile(keyFile), key: await prepareSuccessor(keyFile) };
  throw new KeyProblem(
    "The hub's key comes from SENTINAL_KEY, and no command can change the environment of the hubs. Give --new-key-file with a path where the new key shall be written; then set SENTINAL_KEY to what it holds for every hub, restart them, and run this again with the new SENTINAL_KEY.",
  );
}

async function keyOf(ground: RotationGround, id: string): Promise<HubKey> {
  const key = await ground.keys.find(ground.db, id);
  if (key !== null) return key;
  throw new KeyProblem(
    `The rotation under way does not hand over the key ${id}: its entry was changed. Give SENTINAL_KEY_FILE the file of that key (or that key in SENTINAL_KEY) and run this again.`,
  );
}

/** The file that is named in a rotation under way: it holds that very key, or is written anew from what the database hands over. */
async function provide(path: string, to: HubKey): Promise<void> {
  await createKeyFile(path, to.fileText());
  const held = await readHubKey({ keyFile: path, dataDir: "" });
  if (held.id === to.id) return;
  throw new KeyProblem(
    `A rotation to the key ${to.id} is under way, and ${path} holds the key ${held.id}. Give the file of ${to.id}, or a path where there is no file yet.`,
  );
}
