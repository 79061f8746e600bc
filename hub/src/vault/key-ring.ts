import { type Database, DatabaseProblem, type DatabaseTransaction, type Listener, readHubState, rememberOnce } from "../database/index.ts";
import type { HubKey } from "./key.ts";
import { KeyProblem } from "./key.ts";
import { SealBroken } from "./sealing.ts";

type Connection = Database | DatabaseTransaction;

/** Where a rotation tells all hubs that it began or ended. */
export const keyChannel = "sentinal_key";
/** In hub_state: the id of the key that seals and signs now. */
export const keyIdName = "key_id";

/** No access token outlives it, so what the key before signed is nothing any more. */
const signaturesOutliveMs = 15 * 60_000;
/** A token that names an unknown key makes the hub ask the database at most this often. */
const learnEveryMs = 1_000;

/**
 * The keys of this process. During a rotation these are two: the database holds each of them sealed under the other, so
 * that a hub that has one has both, and takes the new one up without a restart.
 */
export type KeyRing = {
  /** The key that signs now. */
  current(): HubKey;
  /** The key of that id, if what it signed still counts: the current one, and for 15 minutes the one before it. */
  verifier(id: string): Promise<HubKey | null>;
  /** The key of that id, for what lies sealed; null when this process cannot get it. */
  find(connection: Connection, id: string): Promise<HubKey | null>;
  /** Takes up what the database says of keys. */
  learn(): Promise<void>;
  /** What keeps this hub from its work until it has the new key file; null when nothing does. */
  problem(): string | null;
};

export type KeyRingOptions = {
  db: Database;
  key: HubKey;
  /** Reads the key file anew: it may hold the new key by now. Throws KeyProblem. */
  readKeyFile?: () => Promise<HubKey>;
  onLearned?: (id: string) => void;
  now?: () => number;
};

export function createKeyRing(options: KeyRingOptions): KeyRing {
  const { db } = options;
  const now = options.now ?? Date.now;
  const known = new Map([[options.key.id, options.key]]);
  let current = options.key;
  let previous: { key: HubKey; untilMs: number } | null = null;
  let problem: string | null = null;
  let learnedAt = Number.NEGATIVE_INFINITY;

  async function find(connection: Connection, id: string): Promise<HubKey | null> {
    const found = known.get(id);
    if (found !== undefined) return found;
    for (const key of await handedOver(connection, known)) known.set(key.id, key);
    const received = known.get(id);
    if (received !== undefined || options.readKeyFile === undefined) return received ?? null;
    const fromFile = await readOrNull(options.readKeyFile);
    if (fromFile !== null) known.set(fromFile.id, fromFile);
    return known.get(id) ?? null;
  }

  async function learn(): Promise<void> {
    const id = await readHubState(db, keyIdName);
    if (typeof id !== "string" || id === current.id) return;
    const key = await find(db, id);
    if (key === null) {
      problem = `the hub's key was rotated to ${id}; give this hub the new key (its file, or SENTINAL_KEY) and restart it`;
      return;
    }
    problem = null;
    previous = { key: current, untilMs: now() + signaturesOutliveMs };
    current = key;
    options.onLearned?.(id);
  }

  return {
    current: () => current,
    async verifier(id) {
      if (id !== current.id && id !== previous?.key.id && now() - learnedAt >= learnEveryMs) {
        learnedAt = now();
        await learn();
      }
      if (id === current.id) return current;
      return previous !== null && id === previous.key.id && now() < previous.untilMs ? previous.key : null;
    },
    find,
    learn,
    problem: () => problem,
  };
}

/**
 * The ring of a process that starts, tied to the database: the first hub writes its key's id, and one with another key
 * is refused (DatabaseProblem `key_differs`), unless a rotation under way hands the current key over to it.
 */
export async function openKeyRing(options: KeyRingOptions): Promise<KeyRing> {
  const { db, key } = options;
  const ring = createKeyRing(options);
  const bound = await rememberOnce(db, keyIdName, key.id);
  await ring.learn();
  if (ring.current().id === bound) return ring;
  const rotated = await db.selectFrom("key_rotations").select("finished_at").where("from_key", "=", key.id).executeTakeFirst();
  const then = rotated?.finished_at;
  throw new DatabaseProblem(
    "key_differs",
    `The database belongs to the key ${String(bound)}, and this hub has the key ${key.id}${then ? `, which was rotated out on ${then.toISOString().slice(0, 10)}` : ""}. Start it with the key file of that database (SENTINAL_KEY_FILE, SENTINAL_KEY, or \`key\` in the data folder).`,
  );
}

/** Takes up a new key within the moment, also after the listener was away. `onProblem` hears when the database could not be asked. */
export async function followRotations(ring: KeyRing, listener: Listener, onProblem: (error: Error) => void): Promise<void> {
  const learn = () => ring.learn().catch(onProblem);
  listener.on(keyChannel, () => void learn());
  listener.onReconnect(() => void learn());
  // One may have begun before anybody listened.
  await learn();
}

/** What a rotation under way hands over to the holder of one of its keys. */
async function handedOver(connection: Connection, known: ReadonlyMap<string, HubKey>): Promise<HubKey[]> {
  const rotation = await connection
    .selectFrom("key_rotations")
    .select(["from_key", "to_key", "forward", "backward"])
    .where("finished_at", "is", null)
    .executeTakeFirst();
  if (rotation === undefined) return [];
  const { from_key: from, to_key: to, forward, backward } = rotation;
  return [received(known.get(from), to, forward), received(known.get(to), from, backward)].filter((key) => key !== null);
}

function received(holder: HubKey | undefined, id: string, sealed: Buffer | null): HubKey | null {
  if (holder === undefined || sealed === null) return null;
  try {
    return holder.receive(id, sealed);
  } catch (error) {
    // A row that was tampered with hands nothing over; what needs the missing key is refused, and says so.
    if (error instanceof SealBroken) return null;
    throw error;
  }
}

async function readOrNull(readKeyFile: () => Promise<HubKey>): Promise<HubKey | null> {
  try {
    return await readKeyFile();
  } catch (error) {
    if (error instanceof KeyProblem) return null;
    throw error;
  }
}
