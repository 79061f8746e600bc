import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { createVault, type HubKey, hubKey, openKeyRing, readHubKey, reportKeys, rotateKey, type RotateReport } from "./index.ts";
import { createKeyRing } from "./key-ring.ts";
import { prepareSuccessor, successorFile } from "./key-file.ts";
import { findRotation, startRotation } from "./rotation.ts";

const actor = { kind: "operator", id: "ada@hub" } as const;
let database: TestDatabase;
let folder: string;
let keyFile: string;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "sentinal-rotation-"));
  keyFile = join(folder, "key");
  await writeFile(keyFile, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600 });
  await openKeyRing({ db: database.db, key: await keyInFile() });
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const keyInFile = (path = keyFile) => readHubKey({ keyFile: path, dataDir: "" });
const placeOf = (row: number) => ({ table: "credentials", row: String(row), column: "value_sealed" });

/** A process that was started with what the file holds at this moment. */
async function startProcess(path = keyFile, onProgress: (done: number, total: number) => void = () => {}) {
  const key = await keyInFile(path);
  const keys = await openKeyRing({ db: database.db, key });
  const ground = { db: database.db, keys, key, keyFile: path };
  return {
    keys,
    vault: createVault({ db: database.db, key, keys }),
    report: () => reportKeys(ground),
    rotate: (newKeyFile: string | null = null): Promise<RotateReport> => rotateKey(ground, { newKeyFile, onProgress }, actor),
  };
}

async function sealMany(count: number): Promise<Buffer[]> {
  const { vault } = await startProcess();
  return database.db.transaction().execute(async (trx) => {
    const sealed: Buffer[] = [];
    for (let row = 0; row < count; row++) sealed.push(await vault.seal(trx, placeOf(row), `secret ${row}`));
    return sealed;
  });
}

async function expectAllOpen(sealed: readonly Buffer[], path = keyFile): Promise<void> {
  const { vault } = await startProcess(path);
  for (const [row, bytes] of sealed.entries()) expect((await vault.open(database.db, placeOf(row), bytes)).toString()).toBe(`secret ${row}`);
}

async function audited(): Promise<unknown[]> {
  const rows = await database.db.selectFrom("audit_entries").select(["actor_kind", "actor_id", "action", "subject_id", "detail"]).orderBy("id").execute();
  return rows;
}

describe("a rotation", () => {
  test("wraps everything by the new key, puts it in the place of the old, keeps the old beside it, and is audited", async () => {
    const sealed = await sealMany(12);
    const old = await keyInFile();
    const report = await (await startProcess()).rotate();
    const fresh = await keyInFile();
    expect(fresh.id).not.toBe(old.id);
    expect(report).toEqual({
      from: old.id,
      to: fresh.id,
      records: 12,
      unreadable: [],
      finished: true,
      key_file: keyFile,
      old_key_file: `${keyFile}.${old.id}`,
    });
    expect((await keyInFile(`${keyFile}.${old.id}`)).id).toBe(old.id);
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).toSorted()).toEqual(["key", `key.${old.id}`]);
    await expectAllOpen(sealed);
    expect(await audited()).toEqual([
      { actor_kind: "operator", actor_id: "ada@hub", action: "hub_key.rotation_started", subject_id: fresh.id, detail: { from: old.id, to: fresh.id } },
      {
        actor_kind: "operator",
        actor_id: "ada@hub",
        action: "hub_key.rotated",
        subject_id: fresh.id,
        detail: { from: old.id, to: fresh.id, records: 12, unreadable: 0 },
      },
    ]);
  });

  test("touches nothing but the wrapped data keys", async () => {
    const sealed = await sealMany(3);
    const before = await database.db.selectFrom("vault_data_keys").select(["id", "wrapped"]).orderBy("id").execute();
    await (await startProcess()).rotate();
    const after = await database.db.selectFrom("vault_data_keys").select(["id", "wrapped"]).orderBy("id").execute();
    expect(after.map((row) => row.id)).toEqual(before.map((row) => row.id));
    expect(after.every((row, index) => !row.wrapped.equals(before[index]?.wrapped ?? Buffer.alloc(0)))).toBe(true);
    await expectAllOpen(sealed);
  });

  test("tells how far it is, up to the last record, over batches", async () => {
    await sealMany(1_201);
    const told: [number, number][] = [];
    await (await startProcess(keyFile, (done, total) => told.push([done, total]))).rotate();
    expect(told).toEqual([
      [0, 1_201],
      [500, 1_201],
      [1_000, 1_201],
      [1_201, 1_201],
    ]);
  });

  test("can follow another, and the key before the last one opens nothing", async () => {
    const sealed = await sealMany(2);
    const first = await keyInFile();
    await (await startProcess()).rotate();
    await (await startProcess()).rotate();
    await expectAllOpen(sealed);
    await expect(openKeyRing({ db: database.db, key: first })).rejects.toMatchObject({ code: "key_differs" });
    expect((await (await startProcess()).report()).records).toEqual([{ key: (await keyInFile()).id, records: 2 }]);
  });

  test("leaves nothing behind that hands a key over, once it is finished", async () => {
    const old = await keyInFile();
    await (await startProcess()).rotate();
    const row = await database.db.selectFrom("key_rotations").selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ from_key: old.id, forward: null, backward: null });
    expect(row.finished_at).not.toBeNull();
  });

  test("keeps the mode of the file that it replaces", async () => {
    await chmod(keyFile, 0o640);
    await (await startProcess()).rotate();
    expect((await stat(keyFile)).mode & 0o777).toBe(0o640);
  });

  test("tells of data keys that did not open under the old key, and saves all others", async () => {
    const sealed = await sealMany(3);
    const lost = sealed[1]?.subarray(1, 17).toString("hex") ?? "";
    await sql`update vault_data_keys set wrapped = decode(repeat('00', 60), 'hex') where id = ${lost}`.execute(database.db);
    const report = await (await startProcess()).rotate();
    expect(report).toMatchObject({ finished: true, records: 2 });
    expect(report.unreadable.map((id) => id.replaceAll("-", ""))).toEqual([lost]);
    const { vault } = await startProcess();
    expect((await vault.open(database.db, placeOf(2), sealed[2] ?? Buffer.alloc(0))).toString()).toBe("secret 2");
  });

  test("is refused beside another one", async () => {
    const { rotate } = await startProcess();
    const outcomes = await Promise.allSettled([rotate(), rotate(), rotate()]);
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === "rejected") expect(String(outcome.reason)).toContain("Another `sentinal key rotate` is at work");
  });
});

describe("a rotation to a file of one's own", () => {
  test("leaves both keys good until SENTINAL_KEY_FILE names it, then ends with the next run", async () => {
    const sealed = await sealMany(4);
    const old = await keyInFile();
    const own = join(folder, "key-2");
    const report = await (await startProcess()).rotate(own);
    expect(report).toMatchObject({ from: old.id, to: (await keyInFile(own)).id, records: 4, finished: false, key_file: own, old_key_file: null });
    await expectAllOpen(sealed, keyFile);
    await expectAllOpen(sealed, own);
    expect((await (await startProcess()).report()).rotation).toMatchObject({ from: old.id, to: report.to });

    expect(await (await startProcess()).rotate()).toMatchObject({ finished: false });
    expect(await (await startProcess(own)).rotate()).toMatchObject({ finished: true, key_file: own });
    await expectAllOpen(sealed, own);
    await expect(openKeyRing({ db: database.db, key: old })).rejects.toThrow(`this hub has the key ${old.id}, which was rotated out on`);
  });

  test("takes a key that lies there", async () => {
    const own = join(folder, "key-2");
    await writeFile(own, randomBytes(32).toString("hex"), { mode: 0o600 });
    expect((await (await startProcess()).rotate(own)).to).toBe((await keyInFile(own)).id);
  });

  test("gives the new key out again when its file was lost before the end, and refuses another one", async () => {
    const sealed = await sealMany(2);
    const own = join(folder, "key-2");
    const { to } = await (await startProcess()).rotate(own);
    await rm(own);
    const other = join(folder, "key-3");
    await writeFile(other, randomBytes(32).toString("hex"), { mode: 0o600 });
    await expect((await startProcess()).rotate(other)).rejects.toThrow(`A rotation to the key ${to} is under way`);
    await (await startProcess()).rotate(own);
    expect((await keyInFile(own)).id).toBe(to);
    await (await startProcess(own)).rotate();
    await expectAllOpen(sealed, own);
  });

  test("is refused for the key in use, and for one that was rotated out", async () => {
    await expect((await startProcess()).rotate(keyFile)).rejects.toThrow("holds the key that is in use");
    const report = await (await startProcess()).rotate();
    await expect((await startProcess()).rotate(report.old_key_file)).rejects.toThrow("was rotated out before");
    expect(await findRotation(database.db)).toBeNull();
  });

  test("is what a link is told to use, for what stands behind it is not ours to replace", async () => {
    const linked = join(folder, "link");
    await symlink(keyFile, linked);
    await expect((await startProcess(linked)).rotate()).rejects.toThrow("is a link and is not replaced. Give --new-key-file");
    expect(await findRotation(database.db)).toBeNull();
  });
});

describe("a rotation of a key in the environment", () => {
  async function startWith(text: string) {
    const key = await readHubKey({ key: text, keyFile: null, dataDir: "" });
    const keys = await openKeyRing({ db: database.db, key });
    const ground = { db: database.db, keys, key, keyFile: null };
    return {
      report: () => reportKeys(ground),
      rotate: (newKeyFile: string | null = null) => rotateKey(ground, { newKeyFile, onProgress: () => {} }, actor),
    };
  }
  const textIn = (path: string) => readFile(path, "utf8");

  test("asks for a file to write the new key to, and has changed nothing", async () => {
    const old = await textIn(keyFile);
    await expect((await startWith(old)).rotate()).rejects.toThrow(/comes from SENTINAL_KEY.*Give --new-key-file/);
    expect(await findRotation(database.db)).toBeNull();
    expect(await readdir(folder)).toEqual(["key"]);
  });

  test("leaves both keys good until SENTINAL_KEY is the new one, then ends with the next run", async () => {
    const sealed = await sealMany(3);
    const own = join(folder, "key-2");
    const old = await textIn(keyFile);
    expect(await (await startWith(old)).rotate(own)).toMatchObject({ finished: false, key_file: own, old_key_file: null });
    await expectAllOpen(sealed);
    await expectAllOpen(sealed, own);
    expect(await (await startWith(old)).rotate()).toMatchObject({ finished: false, key_file: null });

    const renewed = await startWith(await textIn(own));
    expect(await renewed.rotate()).toMatchObject({ finished: true, key_file: null, old_key_file: null, records: 3 });
    expect(await renewed.report()).toMatchObject({ key_file: null, key_in_file: (await keyInFile(own)).id, rotation: null });
    await expectAllOpen(sealed, own);
    await expect(startWith(old)).rejects.toThrow("which was rotated out on");
  });
});

describe("an interruption", () => {
  let sealed: Buffer[];
  let old: HubKey;
  beforeEach(async () => {
    sealed = await sealMany(1_001);
    old = await keyInFile();
  });

  /** Whatever happened before, a run from here ends with everything under the key in the file. */
  async function expectEndsWell(): Promise<void> {
    await expectAllOpen(sealed.slice(0, 3));
    const report = await (await startProcess()).rotate();
    expect(report).toMatchObject({ from: old.id, to: (await keyInFile()).id, finished: true, records: 1_001 });
    await expectAllOpen([...sealed.slice(0, 3)]);
    expect(await (await startProcess()).report()).toMatchObject({ key: report.to, rotation: null, records: [{ key: report.to, records: 1_001 }] });
    expect((await keyInFile(`${keyFile}.${old.id}`)).id).toBe(old.id);
    await expect(openKeyRing({ db: database.db, key: old })).rejects.toMatchObject({ code: "key_differs" });
  }

  test("after the new key was written loses nothing", async () => {
    const waiting = await prepareSuccessor(keyFile);
    await expectEndsWell();
    expect((await keyInFile()).id).toBe(waiting.id);
  });

  test("after it was announced loses nothing", async () => {
    await startRotation(database.db, old, await prepareSuccessor(keyFile), actor);
    await expectEndsWell();
  });

  test("between two batches loses nothing", async () => {
    const stopped = await startProcess(keyFile, (done) => {
      if (done === 500) throw new Error("the power went");
    });
    await expect(stopped.rotate()).rejects.toThrow("the power went");
    expect((await (await startProcess()).report()).records.map(({ records }) => records).toSorted((left, right) => left - right)).toEqual([500, 501]);
    await expectEndsWell();
  });

  test("after the last batch loses nothing", async () => {
    const stopped = await startProcess(keyFile, (done, total) => {
      if (done === total) throw new Error("the power went");
    });
    await expect(stopped.rotate()).rejects.toThrow("the power went");
    await expectEndsWell();
  });

  test("after the file was replaced loses nothing", async () => {
    const stopped = await startProcess(keyFile, (done, total) => {
      if (done === total) throw new Error("the power went");
    });
    await expect(stopped.rotate()).rejects.toThrow("the power went");
    await writeFile(`${keyFile}.${old.id}`, old.fileText(), { mode: 0o600 });
    await rename(successorFile(keyFile), keyFile);
    await expectEndsWell();
  });

  test("is not the time to lose the new key's file: where it went, the old key goes on working and says how to get it back", async () => {
    await startRotation(database.db, old, await prepareSuccessor(keyFile), actor);
    await rm(successorFile(keyFile));
    await expectAllOpen(sealed.slice(0, 2));
    expect(await (await startProcess()).rotate()).toMatchObject({ finished: false });
    await (await startProcess()).rotate(successorFile(keyFile));
    await expectEndsWell();
  });
});

describe("while hubs run", () => {
  test("what they seal and open meanwhile is there at the end, whichever key they began with", async () => {
    const early = await sealMany(700);
    const hub = await startProcess();
    const later: Promise<Buffer>[] = [];
    const rotating = await startProcess(keyFile, () => {
      for (let count = 0; count < 20; count++) {
        const row = 700 + later.length;
        later.push(database.db.transaction().execute((trx) => hub.vault.seal(trx, placeOf(row), `secret ${row}`)));
      }
    });
    const report = await rotating.rotate();
    const all = [...early, ...(await Promise.all(later))];
    expect(report.records).toBeGreaterThanOrEqual(700);
    for (const [row, bytes] of all.entries()) expect((await hub.vault.open(database.db, placeOf(row), bytes)).toString()).toBe(`secret ${row}`);
    await expectAllOpen(all);
    expect((await (await startProcess()).report()).records).toEqual([{ key: report.to, records: all.length }]);
  });

  test("it waits for the transaction that is sealing under the old key, and wraps that anew too", async () => {
    const hub = await startProcess();
    let goOn = () => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    let isSealed = () => {};
    const sealedInside = new Promise<void>((resolve) => (isSealed = resolve));
    const sealing = database.db.transaction().execute(async (trx) => {
      const bytes = await hub.vault.seal(trx, placeOf(0), "secret 0");
      isSealed();
      await held;
      return bytes;
    });
    await sealedInside;
    const rotating = (await startProcess()).rotate();
    const blocked = sql<{
      count: number;
    }>`select count(*)::integer as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await blocked.execute(database.db)).rows[0]?.count === 0);
    goOn();
    const bytes = await sealing;
    const report = await rotating;
    expect(report.records).toBe(1);
    await expectAllOpen([bytes]);
  });

  test("a hub that missed all of it has the new key from its file; one whose file is the old says so", async () => {
    const old = await keyInFile();
    const [missed, stale] = [createKeyRing({ db: database.db, key: old, readKeyFile: () => keyInFile() }), createKeyRing({ db: database.db, key: old })];
    const { to } = await (await startProcess()).rotate();
    await missed.learn();
    await stale.learn();
    expect(missed.current().id).toBe(to);
    expect(missed.problem()).toBeNull();
    expect(stale.current().id).toBe(old.id);
    expect(stale.problem()).toContain(`rotated to ${to}; give this hub the new key (its file, or SENTINAL_KEY) and restart it`);
    const vault = createVault({ db: database.db, key: old, keys: stale });
    await expect(database.db.transaction().execute((trx) => vault.seal(trx, placeOf(1), "x"))).rejects.toMatchObject({ code: "vault_key_unknown" });
  });

  test("what the old key signed counts for 15 minutes more, and nothing else does", async () => {
    let nowMs = Date.now();
    const old = await keyInFile();
    const ring = createKeyRing({ db: database.db, key: old, now: () => nowMs, readKeyFile: () => keyInFile() });
    const { to } = await (await startProcess()).rotate();
    // A token of another hub that names the new key is how this one hears of it.
    expect((await ring.verifier(to))?.id).toBe(to);
    expect(ring.current().id).toBe(to);
    expect((await ring.verifier(old.id))?.id).toBe(old.id);
    expect(await ring.verifier("0123456789abcdef")).toBeNull();
    nowMs += 15 * 60_000;
    expect(await ring.verifier(old.id)).toBeNull();
  });
});

describe("the keys that are handed over", () => {
  const [one, other, third] = [hubKey(Buffer.alloc(32, 1)), hubKey(Buffer.alloc(40, 2)), hubKey(Buffer.alloc(32, 3))];

  test("come out whole for the one they are for", () => {
    const received = other.receive(one.id, one.sealFor(other));
    expect(received.id).toBe(one.id);
    expect(received.derive("access-jwt").equals(one.derive("access-jwt"))).toBe(true);
    expect(received.fileText()).toBe(one.fileText());
  });

  test("come out for nobody else, nor as another key, nor when they were changed", () => {
    expect(() => third.receive(one.id, one.sealFor(other))).toThrow();
    expect(() => other.receive(third.id, one.sealFor(other))).toThrow();
    const changed = one.sealFor(other);
    changed[20] = (changed[20] ?? 0) ^ 1;
    expect(() => other.receive(one.id, changed)).toThrow();
  });

  test("of a row that was tampered with, a process that needs it is refused and told", async () => {
    const own = join(folder, "key-2");
    await (await startProcess()).rotate(own);
    await sql`update key_rotations set forward = decode(repeat('00', 60), 'hex')`.execute(database.db);
    await expect(startProcess(keyFile)).rejects.toMatchObject({ code: "key_differs" });
    expect((await readFile(own, "utf8")).length).toBeGreaterThan(40);
  });
});
