import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { urlOf } from "../../../test/hub.ts";
import { runCommand } from "../fixture.ts";

let database: TestDatabase;
let folder: string;
let environment: Record<string, string>;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "sentinal-key-command-"));
  await writeFile(join(folder, "key"), `${randomBytes(32).toString("base64")}\n`, { mode: 0o600 });
  environment = { DATABASE_URL: urlOf(database.connection), SENTINAL_KEY_FILE: join(folder, "key"), SENTINAL_DATA_DIR: folder };
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const command = (...parameters: string[]) => runCommand(parameters, { environment, cwd: folder });

describe("sentinal key", () => {
  test("show tells ids and counts, and rotate what became of them; no output ever holds a key", async () => {
    const before = (await command("key", "show", "--json")).stdout;
    const shown: unknown = JSON.parse(before);
    expect(shown).toMatchObject({ key_file: join(folder, "key"), rotation: null, records: [{ records: 1 }] });
    const old = (await readFile(join(folder, "key"), "utf8")).trim();
    const rotated = await command("key", "rotate", "--yes");
    expect(rotated).toMatchObject({ exitCode: 0, stdout: "" });
    expect(rotated.stderr).toMatch(/The key [0-9a-f]{16} wraps 1 record now/);
    expect(rotated.stderr).toContain("The old key is kept as");
    const after = await command("key", "show");
    expect(after.stdout).toMatch(/^Key +Records +State +File\n[0-9a-f]{16} +1 +in use +\S+key\n$/);
    const fresh = (await readFile(join(folder, "key"), "utf8")).trim();
    for (const key of [old, fresh]) expect(before + rotated.stderr + after.stdout + after.stderr).not.toContain(key);
  });

  test("rotate to a file of one's own says what is left to do, and show says that it is not finished", async () => {
    const rotated = await command("key", "rotate", "--yes", "--new-key-file", "key-2");
    expect(rotated.stderr).toContain(`Not finished: both keys work until every hub has the new file. It is ${join(folder, "key-2")}.`);
    expect((await command("key", "show")).stderr).toContain("Go on with it: sentinal key rotate");
    environment = { ...environment, SENTINAL_KEY_FILE: join(folder, "key-2") };
    expect(JSON.parse((await command("key", "rotate", "--yes", "--json")).stdout)).toMatchObject({ finished: true });
    expect((await command("key", "show")).stderr).not.toContain("not finished");
  });

  test("rotate of a key in the environment says what the environment must become, and shows neither key", async () => {
    const old = (await readFile(join(folder, "key"), "utf8")).trim();
    const { SENTINAL_KEY_FILE: _path, ...others } = environment;
    environment = { ...others, SENTINAL_KEY: old };
    expect(await command("key", "rotate", "--yes")).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("Give --new-key-file") });
    const begun = await command("key", "rotate", "--yes", "--new-key-file", "key-2");
    expect(begun.stderr).toContain("1. Set SENTINAL_KEY to what it holds for every hub");
    const fresh = (await readFile(join(folder, "key-2"), "utf8")).trim();
    environment = { ...others, SENTINAL_KEY: fresh };
    const ended = await command("key", "rotate", "--yes");
    expect(ended.stderr).toContain("The new key is what SENTINAL_KEY holds. Keep the old one for the backups made until now");
    const shown = await command("key", "show");
    expect(shown.stdout).toMatch(/in use +SENTINAL_KEY\n$/);
    for (const key of [old, fresh]) expect(begun.stderr + ended.stderr + shown.stdout + shown.stderr).not.toContain(key);
  });

  test("rotate changes nothing where nobody can be asked, or where the key file cannot be replaced", async () => {
    expect(await command("key", "rotate")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("Say --yes") });
    expect(await readdir(folder)).toEqual(["key"]);
    await command("key", "show");
    expect(await command("key", "rotate", "--yes", "--new-key-file", "key")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("holds the key that is in use"),
    });
    expect(await database.db.selectFrom("key_rotations").selectAll().execute()).toEqual([]);
  });
});

describe("sentinal service-token", () => {
  test("makes, rotates, lists and revokes; the token alone goes to standard output, this once", async () => {
    const made = await command("service-token", "create", "billing");
    expect(made.stdout).toMatch(/^[0-9A-Za-z]{64}\n$/);
    expect(made.stderr).toContain("billing sends it as X-Internal-Token");
    const rotated = await command("service-token", "rotate", "billing", "--overlap-hours", "2");
    expect(rotated.stdout).toMatch(/^[0-9A-Za-z]{64}\n$/);
    expect(rotated.stderr).toContain("The one before it is accepted for 2 hours more.");
    const listed = await command("service-token", "list");
    expect(listed.stdout).toContain("Last used (UTC)");
    expect(listed.stdout).toMatch(/2 +billing .* valid\n *1 +billing .* overlapping\n$/);
    for (const token of [made.stdout, rotated.stdout]) expect(listed.stdout).not.toContain(token.trim());
    expect(await command("service-token", "revoke", "2", "--yes")).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("Service token 2 of billing is revoked."),
    });
    expect(JSON.parse((await command("service-token", "list", "--json")).stdout)).toMatchObject([
      { id: 2, state: "revoked" },
      { id: 1, state: "overlapping" },
    ]);
  });

  test("says what is wrong with a name, and that a service has a token already", async () => {
    expect(await command("service-token", "create", "Billing Service")).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("lower-case letters") });
    await command("service-token", "create", "billing");
    expect((await command("service-token", "create", "billing")).stderr).toContain(
      "has a token already. Exchange it with: sentinal service-token rotate billing",
    );
    expect((await command("service-token", "rotate", "search")).stderr).toContain("There is no token of search in use");
  });
});
