import { randomBytes, randomUUID } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { openDatabase } from "../database/index.ts";
import { areBytesKept, inflatedBytes, storedBytes, storePiece, sweepBytes, sweepOccurrences } from "./stored-bytes.ts";

let database: TestDatabase;
let runId: number;

beforeAll(async () => {
  database = await createTestDatabase();
  const run = await sql<{ id: number }>`
    with p as (insert into repositories (name) values ('team/shop') returning id)
    insert into runs (repository_id, commit_hash, branch, status) select p.id, 'c1', 'main', 'Success' from p returning id`.execute(database.db);
  runId = run.rows[0]?.id ?? 0;
});
afterAll(() => database.close());

const days = (count: number) => sql<Date>`now() - make_interval(days => ${count})`;

async function addImport(status: string, ageDays: number): Promise<string> {
  const id = randomUUID();
  await sql`insert into imports (id, run_id, status, scan_type, sha256, size_bytes, facts, ordered_at, received_at)
            values (${id}, ${runId}, ${status}, 'trivy', '\\x00', 1, '{}', now(), ${days(ageDays)})`.execute(database.db);
  await storePiece(database.db, id, 0, Buffer.from("bytes"));
  await sql`update import_chunks set received_at = ${days(ageDays)} where import_id = ${id}`.execute(database.db);
  return id;
}

/** Pieces of an upload that never became an import, received so many minutes ago. */
async function addStray(minutes: number): Promise<string> {
  const id = randomUUID();
  await storePiece(database.db, id, 0, Buffer.from("bytes"));
  await sql`update import_chunks set received_at = now() - make_interval(mins => ${minutes}) where import_id = ${id}`.execute(database.db);
  return id;
}

const kept = async (...ids: string[]) => Promise.all(ids.map((id) => areBytesKept(database.db, id)));

describe("bytes that are stored", () => {
  test("come back as they were, piece by piece, inflated where they are gzip", async () => {
    const bytes = randomBytes(3_000_000);
    for (const [encoding, wire] of [
      [null, bytes],
      ["gzip", gzipSync(bytes)],
    ] as const) {
      const id = randomUUID();
      for (let start = 0, ordinal = 0; start < wire.length; start += 1_000_000, ordinal++)
        await storePiece(database.db, id, ordinal, Buffer.from(wire.subarray(start, start + 1_000_000)));
      expect((await buffer(storedBytes(database.db, id))).equals(wire)).toBe(true);
      expect((await buffer(inflatedBytes(database.db, id, encoding))).equals(bytes)).toBe(true);
    }
  });

  test("that are not there are none", async () => {
    const id = randomUUID();
    expect(await buffer(inflatedBytes(database.db, id, null))).toHaveLength(0);
    expect(await kept(id)).toEqual([false]);
  });

  test("cannot be read from a database that fails, and only who asks for them hears of it", async () => {
    const id = randomUUID();
    await storePiece(database.db, id, 0, Buffer.from("no gzip at all"));
    const { db, close } = openDatabase(database.connection, { applicationName: "test", maxConnections: 1, onError: () => {} });
    await sql`select 1`.execute(db);
    await close();
    // Never asked for: an error of these would end the process.
    inflatedBytes(db, id, "gzip");
    inflatedBytes(database.db, id, "gzip");
    await expect(buffer(inflatedBytes(db, id, "gzip"))).rejects.toThrow();
    await expect(buffer(inflatedBytes(database.db, id, "gzip"))).rejects.toThrow();
  });

  test("may be left in the middle", async () => {
    const id = randomUUID();
    await storePiece(database.db, id, 0, gzipSync(randomBytes(500_000)));
    for await (const chunk of inflatedBytes(database.db, id, "gzip")) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
  });
});

describe("sweeping bytes", () => {
  test("forgets pieces that never got an import after two hours, and leaves an upload that is under way", async () => {
    const [old, fresh] = [await addStray(121), await addStray(119)];
    expect(await sweepBytes(database.db, 400)).toBe(1);
    expect(await kept(old, fresh)).toEqual([false, true]);
  });

  test("forgets the bytes of imports past their time, and keeps the imports", async () => {
    const [old, fresh] = [await addImport("completed", 31), await addImport("completed", 29)];
    expect(await sweepBytes(database.db, 30)).toBe(1);
    expect(await kept(old, fresh)).toEqual([false, true]);
    expect(await database.db.selectFrom("imports").select("id").where("id", "in", [old, fresh]).execute()).toHaveLength(2);
  });

  test("forgets all of it, however many pieces one statement takes", async () => {
    for (let count = 0; count < 5; count++) await Promise.all([addStray(200), addImport("completed", 50)]);
    expect(await sweepBytes(database.db, 30, 2)).toBe(10);
    expect(await sweepBytes(database.db, 30, 2)).toBe(0);
  });

  test("keeps what still waits to be worked in, however old it is", async () => {
    const [queued, running, refused] = [await addImport("queued", 100), await addImport("running", 100), await addImport("refused", 100)];
    await sweepBytes(database.db, 30);
    expect(await kept(queued, running, refused)).toEqual([true, true, false]);
  });
});

describe("sweeping sightings", () => {
  test("forgets those of old scans that changed nothing, and keeps the history of findings", async () => {
    const changes = ["new", "unchanged", "reopened", "fixed", "unchanged"];
    const seed = async (ageDays: number) => {
      const scan = await sql<{
        id: number;
      }>`insert into scans (run_id, run_attempt, scan_type, tool, category, status, created_at) values (${runId}, 1, 'trivy', 'Trivy', ${randomUUID()}, 'completed', ${days(ageDays)}) returning id`.execute(
        database.db,
      );
      const scope = await sql<{
        id: number;
      }>`insert into finding_scopes (repository_id, scan_type, tool, target) select repository_id, 'trivy', 'Trivy', ${randomUUID()} from runs where id = ${runId} returning id`.execute(
        database.db,
      );
      const scanId = scan.rows[0]?.id ?? 0;
      for (const [ordinal, change] of changes.entries()) {
        await sql`with f as (insert into findings (scope_id, identity, ordinal, variant, content_hash, kind, severity, severity_rank, rule, title, message, detail)
                    values (${scope.rows[0]?.id ?? 0}, gen_random_uuid(), ${ordinal}, '', gen_random_uuid(), 'vulnerability', 'high', 1, 'r', 't', 'm', '{}') returning id, scope_id)
                  insert into occurrences (scan_id, finding_id, scope_id, change, severity_rank) select ${scanId}, id, scope_id, ${change}, 1 from f`.execute(
          database.db,
        );
      }
      return scanId;
    };
    const [old, fresh] = [await seed(31), await seed(29)];
    expect(await sweepOccurrences(database.db, 30)).toBe(2);
    const left = async (scanId: number) =>
      (await database.db.selectFrom("occurrences").select("change").where("scan_id", "=", scanId).execute()).map((one) => one.change).toSorted();
    expect(await left(old)).toEqual(["fixed", "new", "reopened"]);
    expect(await left(fresh)).toHaveLength(5);
  });
});
