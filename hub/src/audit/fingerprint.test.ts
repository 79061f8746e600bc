import { createHash, createHmac, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { createVault, hubKey, loadHubKey, openKeyRing, rotateKey } from "../vault/index.ts";
import { createFingerprints, fingerprintOf, openFingerprints } from "./index.ts";

describe("a fingerprint", () => {
  const key = Buffer.alloc(32, 5);

  test("is the beginning of an HMAC over the value's SHA-256, with the version of that rule", () => {
    const digest = createHmac("sha256", key).update(createHash("sha256").update("a value").digest()).digest("hex");
    expect(fingerprintOf(key, "a value")).toBe(`fp1_${digest.slice(0, 32)}`);
  });

  test("is the same of a value and of its hash, for of some values the hash alone is kept", () => {
    const fingerprints = createFingerprints(key);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => fingerprints.of(value) === fingerprints.ofHash(createHash("sha256").update(value).digest())),
    );
  });

  test("is taken of a hash of 32 bytes alone", () => {
    expect(() => createFingerprints(key).ofHash(Buffer.from("abcd", "hex"))).toThrow("32 bytes");
  });

  test("differs by value and by key, and tells nothing without the key", () => {
    fc.assert(fc.property(fc.string(), fc.string(), (left, right) => left === right || fingerprintOf(key, left) !== fingerprintOf(key, right)));
    expect(fingerprintOf(key, "a value")).not.toBe(fingerprintOf(Buffer.alloc(32, 6), "a value"));
    expect(fingerprintOf(key, "a value")).not.toContain(createHash("sha256").update("a value").digest("hex").slice(0, 8));
  });
});

describe("the key of the fingerprints", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database.close();
  });
  beforeEach(async () => {
    await database.db.deleteFrom("audit_fingerprint_keys").execute();
    await database.db.deleteFrom("vault_data_keys").execute();
    await database.db.deleteFrom("hub_state").execute();
  });

  const hub = hubKey(Buffer.alloc(32, 7));

  test("is made once, however many hubs start at the same moment", async () => {
    const { db } = database;
    const all = await Promise.all(Array.from({ length: 8 }, () => openFingerprints(db, createVault({ db, key: hub }))));
    expect(new Set(all.map((fingerprints) => fingerprints.of("x"))).size).toBe(1);
    expect(await db.selectFrom("audit_fingerprint_keys").selectAll().execute()).toHaveLength(1);
    expect(await db.selectFrom("vault_data_keys").selectAll().execute()).toHaveLength(1);
  });

  test("lies sealed in the database, and does not follow from the hub's key", async () => {
    const { db } = database;
    const first = (await openFingerprints(db, createVault({ db, key: hub }))).of("x");
    await db.deleteFrom("audit_fingerprint_keys").execute();
    expect((await openFingerprints(db, createVault({ db, key: hub }))).of("x")).not.toBe(first);
    await db.deleteFrom("vault_data_keys").execute();
    await expect(openFingerprints(db, createVault({ db, key: hub }))).rejects.toThrow("audit_fingerprint_keys");
  });

  test("is the same after the hub's key was rotated", async () => {
    const { db } = database;
    const folder = await mkdtemp(join(tmpdir(), "sentinal-fingerprints-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const keyFile = join(folder, "key");
    await writeFile(keyFile, randomBytes(32).toString("base64"), { mode: 0o600 });
    const before = await loadHubKey({ keyFile, dataDir: folder, onCreated() {} });
    const keys = await openKeyRing({ db, key: before });
    const first = (await openFingerprints(db, createVault({ db, key: before, keys }))).of("x");
    await rotateKey({ db, keys, key: before, keyFile }, { newKeyFile: null, onProgress() {} }, { kind: "operator", id: "test" });
    const after = await loadHubKey({ keyFile, dataDir: folder, onCreated() {} });
    expect(after.id).not.toBe(before.id);
    expect((await openFingerprints(db, createVault({ db, key: after }))).of("x")).toBe(first);
  });

  test("cannot be opened by another key", async () => {
    const { db } = database;
    await openFingerprints(db, createVault({ db, key: hub }));
    await expect(openFingerprints(db, createVault({ db, key: hubKey(randomBytes(32)) }))).rejects.toThrow();
  });
});
