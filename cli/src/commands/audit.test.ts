import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { urlOf } from "../../../test/hub.ts";
import { type Ended, runCommand } from "../fixture.ts";

let database: TestDatabase;
let folder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "sentinal-audit-"));
  await writeFile(join(folder, "key"), randomBytes(32).toString("base64"), { mode: 0o600 });
  environment = { DATABASE_URL: urlOf(database.connection), SENTINAL_KEY_FILE: join(folder, "key"), SENTINAL_DATA_DIR: folder };
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await sql`truncate audit_entries restart identity`.execute(database.db);
  await sql`delete from hub_state where name like 'audit%'`.execute(database.db);
  await sql`insert into audit_entries (actor_kind, action, outcome, at) select 'hub', 'thing.done', 'done', timestamptz '2026-11-22T07:00:00Z' + n * interval '1 hour' from generate_series(1, 5) n`.execute(
    database.db,
  );
});

/** A command of its own folder; without `hub` it knows no database. */
function audit(parameters: readonly string[], hub: Record<string, string> = environment): Promise<Ended> {
  return runCommand(["audit", ...parameters], { environment: hub, cwd: folder });
}

describe("sentinal audit export", () => {
  test("writes the log to standard output, and tells the log that it went out", async () => {
    const ended = await audit(["export"]);
    expect(ended.exitCode).toBe(0);
    const lines = ended.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.action)).toEqual([undefined, ...Array.from({ length: 5 }, () => "thing.done"), "audit.exported"]);
    expect(lines[6]).toMatchObject({ actor_kind: "operator", position: 6 });
  });

  test("writes a range to a file that only its owner reads, whole or not at all", async () => {
    await writeFile(join(folder, "range.jsonl"), "what stood there before");
    const ended = await audit(["export", "--from", "2026-11-22T09:00:00Z", "--to", "2026-11-22T11:00:00+00:00", "--out", "range.jsonl", "--json"]);
    expect(ended).toMatchObject({ exitCode: 0, stdout: `${JSON.stringify({ file: "range.jsonl", entries: 2 }, null, 2)}\n` });
    const text = await readFile(join(folder, "range.jsonl"), "utf8");
    expect(
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).position),
    ).toEqual([undefined, 2, 3]);
    expect((await stat(join(folder, "range.jsonl"))).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test.each([
    [["--from", "yesterday"], "2026-11-22"],
    [["--from", "2026-11-22", "--to", "2026-11-22"], "--to must be after --from"],
    [["--json"], "--json goes with --out"],
  ])("with %j is wrong usage", async (parameters, words) => {
    expect(await audit(["export", ...parameters])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(words) });
  });

  test("to a place that cannot be written is told", async () => {
    expect(await audit(["export", "--out", "missing/log.jsonl"])).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("cannot be written (ENOENT)") });
  });
});

describe("sentinal audit verify", () => {
  test("of an intact log ends with 0 and tells its head, which it then proves", async () => {
    await audit(["head"]);
    const head = (await audit(["head"])).stdout.trim();
    expect(head).toMatch(/^[0-9a-f]{64}@5$/);
    const plain = await audit(["verify"]);
    expect(plain).toMatchObject({ exitCode: 0, stdout: `✓ The log is intact: 5 sealed entries.\n  Head: ${head}\n` });
    expect((await audit(["verify", "--head", head])).stdout).toContain("and the head that you kept is in it");
    expect(JSON.parse((await audit(["verify", "--json"])).stdout)).toEqual({ intact: true, checked: 5, head, problems: [], more_problems: false });
  });

  test("of a broken log ends with 6 and names what is wrong", async () => {
    await audit(["head"]);
    await sql`update audit_entries set action = 'thing.forged' where position = 2`.execute(database.db);
    await sql`delete from audit_entries where position = 4`.execute(database.db);
    const ended = await audit(["verify", "--head", `${"a".repeat(64)}@3`]);
    expect(ended.exitCode).toBe(6);
    expect(ended.stdout).toMatch(
      /^✕ Missing: position 4\.\n✕ Changed: entry 2 at position 2 is not what was sealed there\.\n✕ At position 3 the hash is [0-9a-f]{64}, and you kept a{64}: the log was made anew\.\n✕ The log is not intact\. 4 sealed entries were read\.\n/,
    );
    const json = JSON.parse((await audit(["verify", "--json"])).stdout);
    expect(json).toMatchObject({
      intact: false,
      problems: [
        { kind: "missing", from: 4, to: 4 },
        { kind: "changed", id: 2, position: 2 },
      ],
    });
  });

  test("of an exported file needs no database", async () => {
    await audit(["export", "--out", "log.jsonl"]);
    expect(await audit(["verify", "--file", "log.jsonl"], {})).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("6 sealed entries") });
    const text = await readFile(join(folder, "log.jsonl"), "utf8");
    await writeFile(join(folder, "forged.jsonl"), text.replace("thing.done", "thing.made"));
    expect(await audit(["verify", "--file", "forged.jsonl"], {})).toMatchObject({ exitCode: 6, stdout: expect.stringContaining("Changed: entry 1") });
  });

  test.each([
    [["--file", "missing.jsonl"], "cannot be read (ENOENT)"],
    [["--file", "key"], "not that of an exported audit log"],
    [["--head", "abc"], "is no head"],
  ])("with %j is wrong usage", async (parameters, words) => {
    expect(await audit(["verify", ...parameters])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(words) });
  });

  test("that cannot be done ends with 1, for it says nothing of the log", async () => {
    expect(await audit(["verify"], { SENTINAL_DATA_DIR: join(folder, "nothing") })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("no Sentinal database"),
    });
  });
});

test("sentinal audit head of an empty log says so", async () => {
  await sql`truncate audit_entries`.execute(database.db);
  expect(await audit(["head"])).toMatchObject({ exitCode: 0, stdout: "" });
  expect(JSON.parse((await audit(["head", "--json"])).stdout)).toEqual({ head: null, position: 0, hash: null });
});
