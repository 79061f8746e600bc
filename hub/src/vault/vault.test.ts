import { randomBytes } from "node:crypto";
import * as fc from "fast-check";
import { sql } from "kysely";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { createRefusals } from "../audit/index.ts";
import { createVault, hubKey, type RecordPlace, type Vault, VaultProblem } from "./index.ts";
import { contextBytes } from "./sealing.ts";

const place: RecordPlace = { table: "credentials", row: "7", column: "value_sealed" };
const secret = `ghp_${"q7RkZ2".repeat(6)}`;
let database: TestDatabase;
let vault: Vault;

beforeAll(async () => {
  database = await createTestDatabase();
  vault = createVault({ db: database.db, key: hubKey(Buffer.alloc(32, 1)) });
});
afterAll(() => database.close());

const seal = (plaintext: string | Uint8Array, where = place) => database.db.transaction().execute((trx) => vault.seal(trx, where, plaintext));
const dataKeyOf = (sealed: Buffer) => sealed.subarray(1, 17).toString("hex");

async function problemOf(work: Promise<unknown>): Promise<VaultProblem> {
  const error: unknown = await work.catch((caught: unknown) => caught);
  if (error instanceof VaultProblem) return error;
  throw new Error(`it did not fail as the vault fails: ${String(error)}`);
}

test("the data key of a value goes with its row, also when that goes with another", async () => {
  const { id } = await database.db
    .insertInto("users")
    .values({ username: "eve", email: "eve@example.org", password_hash: "x", role: "Viewer" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const [kept, gone] = [await seal(secret), await seal(secret, { table: "totp_factors", row: String(id), column: "secret" })];
  await database.db.insertInto("totp_factors").values({ user_id: id, secret: gone }).execute();
  await database.db.deleteFrom("users").where("id", "=", id).execute();
  const left = await sql<{ id: string }>`select replace(id::text, '-', '') as id from vault_data_keys`.execute(database.db);
  expect(left.rows.map((row) => row.id)).toContain(dataKeyOf(kept));
  expect(left.rows.map((row) => row.id)).not.toContain(dataKeyOf(gone));
});

describe("what is sealed", () => {
  test.each([
    ["a token", secret],
    ["nothing at all", ""],
    ["letters of many scripts", "Schlüssel 鍵 🔑"],
    ["more than a token ever is", "x".repeat(200_000)],
  ])("opens in its place as it was: %s", async (_what, plaintext) => {
    expect((await vault.open(database.db, place, await seal(plaintext))).toString("utf8")).toBe(plaintext);
  });

  test("may be any bytes", async () => {
    const bytes = randomBytes(1_000);
    expect((await vault.open(database.db, place, await seal(bytes))).equals(bytes)).toBe(true);
  });

  test("opens in the transaction that sealed it, and is gone with it when that fails", async () => {
    let sealed: Buffer = Buffer.alloc(0);
    const work = database.db.transaction().execute(async (trx) => {
      sealed = await vault.seal(trx, place, secret);
      expect((await vault.open(trx, place, sealed)).toString()).toBe(secret);
      throw new Error("the act failed");
    });
    await expect(work).rejects.toThrow("the act failed");
    expect((await problemOf(vault.open(database.db, place, sealed))).code).toBe("vault_data_key_missing");
  });

  test("never gives the same bytes twice, and has a data key of its own each time", async () => {
    const sealed = await Promise.all(Array.from({ length: 50 }, () => seal(secret)));
    expect(new Set(sealed.map((bytes) => bytes.toString("hex"))).size).toBe(50);
    expect(new Set(sealed.map(dataKeyOf)).size).toBe(50);
    const wrapped = await database.db.selectFrom("vault_data_keys").select("wrapped").execute();
    expect(new Set(wrapped.map((row) => row.wrapped.toString("hex"))).size).toBe(wrapped.length);
  });

  test("shows the value in no spelling, and neither do the tables of the vault", async () => {
    const sealed = await seal(secret);
    const rows = await sql<{ text: string }>`select to_jsonb(k)::text as text from vault_data_keys k`.execute(database.db);
    const all = [sealed.toString("latin1"), sealed.toString("hex"), ...rows.rows.map((row) => row.text)].join("\n");
    for (const spelling of [secret, Buffer.from(secret).toString("hex"), Buffer.from(secret).toString("base64")]) expect(all).not.toContain(spelling);
  });

  test("says of which version it is in its first byte, and which key wraps its data key in the table", async () => {
    const sealed = await seal(secret);
    expect(sealed[0]).toBe(1);
    const row = await database.db.selectFrom("vault_data_keys").select("key_id").where("id", "=", dataKeyOf(sealed)).executeTakeFirstOrThrow();
    expect(row.key_id).toBe(hubKey(Buffer.alloc(32, 1)).id);
  });
});

describe("what is sealed does not open", () => {
  test.each<[string, Partial<RecordPlace>]>([
    ["in another row", { row: "8" }],
    ["in another column", { column: "other_sealed" }],
    ["in another table", { table: "settings" }],
    ["where the names only run together to the same", { table: "credentials7", row: "" }],
  ])("%s", async (_where, other) => {
    const problem = await problemOf(vault.open(database.db, { ...place, ...other }, await seal(secret)));
    expect(problem.code).toBe("vault_seal_broken");
    expect(problem.message).toContain("was changed, or was sealed for another place");
    expect(problem.message).not.toContain(secret);
  });

  test("when any one bit of it is another", async () => {
    const sealed = await seal(secret);
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      await expect(vault.open(database.db, place, changed)).rejects.toThrow(VaultProblem);
    }
  });

  test("when it is cut short at any place, or has more at its end", async () => {
    const sealed = await seal(secret);
    for (let length = 0; length < sealed.length; length++)
      await expect(vault.open(database.db, place, sealed.subarray(0, length))).rejects.toThrow(VaultProblem);
    expect((await problemOf(vault.open(database.db, place, Buffer.concat([sealed, Buffer.from([0])])))).code).toBe("vault_seal_broken");
  });

  test("when it never was sealed, whatever it is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 120 }), async (bytes) => {
        await expect(vault.open(database.db, place, bytes)).rejects.toThrow(VaultProblem);
      }),
      { numRuns: 100 },
    );
  });

  test("under the data key of another record, though the same key wraps both", async () => {
    const [one, other] = [await seal(secret), await seal("another")];
    const mixed = Buffer.concat([one.subarray(0, 17), other.subarray(17)]);
    expect((await problemOf(vault.open(database.db, place, mixed))).code).toBe("vault_seal_broken");
    await sql`
      update vault_data_keys set wrapped = (select wrapped from vault_data_keys where id = ${dataKeyOf(other)}) where id = ${dataKeyOf(one)}
    `.execute(database.db);
    expect((await problemOf(vault.open(database.db, place, one))).code).toBe("vault_seal_broken");
  });

  test("when its data key is gone, and says that the table may be missing from a backup", async () => {
    const sealed = await seal(secret);
    await database.db.transaction().execute((trx) => vault.forget(trx, sealed));
    const problem = await problemOf(vault.open(database.db, place, sealed));
    expect(problem.code).toBe("vault_data_key_missing");
    expect(problem.message).toContain("vault_data_keys");
  });

  test("under a key that this hub does not have, and names that key", async () => {
    const other = hubKey(Buffer.alloc(32, 2));
    const sealed = await database.db.transaction().execute((trx) => createVault({ db: database.db, key: other }).seal(trx, place, secret));
    const problem = await problemOf(vault.open(database.db, place, sealed));
    expect(problem.code).toBe("vault_key_unknown");
    expect(problem.message).toContain(other.id);
  });

  test("when another key is claimed to wrap its data key", async () => {
    const sealed = await seal(secret);
    const other = createVault({ db: database.db, key: hubKey(Buffer.alloc(32, 2)) });
    await database.db
      .updateTable("vault_data_keys")
      .set({ key_id: hubKey(Buffer.alloc(32, 2)).id })
      .where("id", "=", dataKeyOf(sealed))
      .execute();
    expect((await problemOf(other.open(database.db, place, sealed))).code).toBe("vault_seal_broken");
  });
});

test("each that does not open is logged and counted for the audit log, with its place and without a value", async () => {
  const lines: string[] = [];
  const log = pino({ level: "error" }, { write: (line: string) => void lines.push(line) });
  const refusals = createRefusals({ db: database.db, log });
  const watched = createVault({ db: database.db, key: hubKey(Buffer.alloc(32, 1)), refusals, log });
  const sealed = await seal(secret);
  await problemOf(watched.open(database.db, { ...place, row: "8" }, sealed));
  await problemOf(watched.open(database.db, { ...place, row: "8" }, sealed));
  await refusals.stop();
  const entry = await database.db.selectFrom("audit_entries").selectAll().where("action", "=", "vault.refused").executeTakeFirstOrThrow();
  expect(entry).toMatchObject({
    outcome: "refused",
    subject_kind: "credentials.value_sealed",
    subject_id: "8",
    detail: { reason: "vault_seal_broken", count: 2 },
  });
  expect(lines).toHaveLength(2);
  expect(lines.join("") + JSON.stringify(entry)).not.toContain(sealed.toString("hex"));
  expect(lines.join("") + JSON.stringify(entry)).not.toContain(secret);
});

test("no two places have the same bound bytes", () => {
  const parts = fc.array(fc.string({ unit: "binary", maxLength: 6 }), { maxLength: 4 });
  fc.assert(fc.property(parts, parts, (one, other) => contextBytes(one).equals(contextBytes(other)) === (JSON.stringify(one) === JSON.stringify(other))));
});
