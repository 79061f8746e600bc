import { randomBytes } from "node:crypto";
import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { checkTokenShape } from "@sentinal/tokens";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { readConfig } from "./config.ts";
import type { ConnectionSettings } from "./database/index.ts";
import { findRunningPostgres } from "./database/embedded/index.ts";
import { inspectDatabase, type Operator, type OperatorAnswer, withOperator } from "./operator.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sentinal-operator-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("on a server of its own", () => {
  let database: TestDatabase;
  let environment: Record<string, string>;

  beforeEach(async () => {
    database = await createTestDatabase();
    await writeFile(join(folder, "key"), randomBytes(32).toString("base64"), { mode: 0o600 });
    environment = { DATABASE_URL: addressOf(database.connection), SENTINAL_KEY_FILE: join(folder, "key"), SENTINAL_DATA_DIR: folder };
  });

  afterEach(async () => {
    await database.close();
  });

  async function operate<T>(work: (operator: Operator) => Promise<T>, mayCreate = false): Promise<OperatorAnswer<T>> {
    return withOperator(environment, { mayCreate, onNotice() {} }, work);
  }

  test("tokens are made, listed without their value, and revoked, each audited as the operator's act", async () => {
    const made = valueOf(
      await operate((operator) => operator.createApiToken({ name: "ci", scopes: ["webhook:write"], repository: "acme/shop", expires_in_days: 30 })),
    );
    expect(checkTokenShape(made.token)).toBe(true);
    const listed = valueOf(await operate((operator) => operator.listApiTokens()));
    expect(listed).toMatchObject([{ id: made.id, name: "ci", repository: "acme/shop", revoked_at: null }]);
    expect(JSON.stringify(listed)).not.toContain(made.token);
    const revoked = valueOf(await operate((operator) => operator.revokeApiToken(made.id)));
    expect(revoked.revoked_at).not.toBeNull();
    expect(await auditEntries()).toEqual([
      ["operator", `${userInfo().username}@${hostname()}`, "api_token.created", String(made.id)],
      ["operator", `${userInfo().username}@${hostname()}`, "api_token.revoked", String(made.id)],
    ]);
  });

  test("administrators are made, and a new password ends their sessions", async () => {
    const user = valueOf(await operate((operator) => operator.createAdmin({ username: "ada", email: "ada@example.com", password: "correct horse battery" })));
    expect(user).toMatchObject({ username: "ada", role: "Admin" });
    await sql`insert into sessions (family, user_id, expires_at) values (gen_random_uuid(), ${user.id}, now() + interval '1 day')`.execute(database.db);
    expect(await operate((operator) => operator.resetPassword("ADA", "another horse battery"))).toEqual({ value: { sessionsEnded: 1 } });
    expect(valueOf(await operate((operator) => operator.listUsers()))).toMatchObject([{ username: "ada", role: "Admin", disabled_at: null }]);
    expect((await auditEntries()).map(([kind, _id, action]) => [kind, action])).toEqual([
      ["operator", "user.created"],
      ["operator", "user.password_reset"],
    ]);
  });

  test("second factors are removed for whoever lost theirs, and their sessions end", async () => {
    const user = valueOf(await operate((operator) => operator.createAdmin({ username: "ada", email: "ada@example.com", password: "correct horse battery" })));
    await sql`insert into sessions (family, user_id, expires_at) values (gen_random_uuid(), ${user.id}, now() + interval '1 day')`.execute(database.db);
    await sql`insert into recovery_codes (user_id, code_hash) values (${user.id}, 'x')`.execute(database.db);
    expect(await operate((operator) => operator.resetSecondFactors("ADA"))).toEqual({
      value: { totp: false, passkeys: 0, recovery_codes: 1, sessions_ended: 1 },
    });
    expect((await auditEntries()).at(-1)).toEqual(["operator", `${userInfo().username}@${hostname()}`, "second_factors.reset", String(user.id)]);
    expect(await operate((operator) => operator.resetSecondFactors("nobody"))).toEqual({ problem: 'There is no user "nobody".' });
  });

  test("what is refused is told with what to do, and changes nothing", async () => {
    expect(await operate((operator) => operator.revokeApiToken(99))).toEqual({ problem: "There is no token 99." });
    expect(await operate((operator) => operator.resetPassword("nobody", "correct horse battery"))).toEqual({ problem: 'There is no user "nobody".' });
    await operate((operator) => operator.createAdmin({ username: "ada", email: "ada@example.com", password: "correct horse battery" }));
    expect(await operate((operator) => operator.createAdmin({ username: "Ada", email: "a@example.com", password: "correct horse battery" }))).toEqual({
      problem: "username: is taken. Choose another username.",
    });
    expect(await auditEntries()).toHaveLength(1);
  });

  test("a database that a hub of another version uses is left as it is", async () => {
    await sql`delete from schema_migrations where name = (select max(name) from schema_migrations)`.execute(database.db);
    expect(await operate((operator) => operator.listUsers())).toEqual({ problem: expect.stringContaining("Start the hub of this version once") });
    await sql`insert into schema_migrations (name, hub_version) values ('999999999999_later', '99.0.0')`.execute(database.db);
    expect(await operate((operator) => operator.listUsers())).toEqual({ problem: expect.stringContaining("Sentinal 99.0.0, which is newer") });
    expect(await inspectDatabase(readConfig(environment))).toMatchObject({ value: { kind: "server", schema: "newer" } });
  });

  test("an empty database is set up only by what may be the first command", async () => {
    await sql`drop schema public cascade`.execute(database.db);
    await sql`create schema public`.execute(database.db);
    expect(await operate((operator) => operator.listUsers())).toEqual({ problem: expect.stringContaining("holds nothing of Sentinal") });
    expect(await inspectDatabase(readConfig(environment))).toMatchObject({ value: { schema: "empty" } });
    expect(await operate((operator) => operator.listUsers(), true)).toEqual({ value: [] });
    expect(await inspectDatabase(readConfig(environment))).toMatchObject({ value: { schema: "current" } });
  });

  test("a key of another hub is refused", async () => {
    await operate((operator) => operator.listUsers());
    await writeFile(join(folder, "key"), randomBytes(32).toString("base64"));
    expect(await operate((operator) => operator.listUsers())).toEqual({ problem: expect.stringContaining("belongs to the key") });
  });

  test("a server that is not there is told in a sentence, without its password", async () => {
    environment = { ...environment, DATABASE_URL: "postgres://hub:hunter2@127.0.0.1:1/none" };
    const answer = await operate((operator) => operator.listUsers());
    expect(answer).toEqual({ problem: expect.stringMatching(/^PostgreSQL cannot be asked: .*DATABASE_URL says\.$/) });
    expect(JSON.stringify(answer)).not.toContain("hunter2");
  });

  async function auditEntries() {
    const rows = await database.db.selectFrom("audit_entries").select(["actor_kind", "actor_id", "action", "subject_id"]).orderBy("id").execute();
    return rows.map((row) => [row.actor_kind, row.actor_id, row.action, row.subject_id]);
  }
});

describe("on the embedded server", () => {
  test("it is started for the moment and stopped again, and a folder without one is not made by looking", async () => {
    const environment = { SENTINAL_DATA_DIR: join(folder, "data") };
    const notices: string[] = [];
    const options = { mayCreate: false, onNotice: (text: string) => void notices.push(text) };
    expect(await withOperator(environment, options, (operator) => operator.listApiTokens())).toEqual({
      problem: expect.stringContaining("There is no Sentinal database in"),
    });
    expect(await inspectDatabase(readConfig(environment))).toMatchObject({ value: { kind: "not_running", isMade: false } });
    await expect(access(environment.SENTINAL_DATA_DIR)).rejects.toThrow("ENOENT");

    const made = valueOf(
      await withOperator(environment, { ...options, mayCreate: true }, (operator) => operator.createApiToken({ name: "ci", scopes: ["webhook:write"] })),
    );
    expect(await findRunningPostgres(environment.SENTINAL_DATA_DIR)).toBeNull();
    expect(valueOf(await withOperator(environment, options, (operator) => operator.listApiTokens()))).toMatchObject([{ id: made.id }]);
    expect(notices).toEqual([
      `Makes a new database in ${environment.SENTINAL_DATA_DIR}.`,
      `A new key was made in ${join(environment.SENTINAL_DATA_DIR, "key")}; keep a copy of it with your backups.`,
      `Works on the data in ${environment.SENTINAL_DATA_DIR}; no hub runs there.`,
    ]);

    // A second command beside one that runs uses the server that is there, as it does a hub's.
    const beside = await withOperator(environment, options, async () => withOperator(environment, options, (operator) => operator.listApiTokens()));
    expect(valueOf(valueOf(beside))).toMatchObject([{ id: made.id }]);
    expect(notices.at(-1)).toBe(`Works on the running hub's data in ${environment.SENTINAL_DATA_DIR}.`);
  });

  test("settings that cannot be used are told before anything is opened", async () => {
    expect(await withOperator({ SENTINAL_PORT: "x" }, { mayCreate: true, onNotice() {} }, (operator) => operator.listUsers())).toEqual({
      problem: expect.stringContaining("SENTINAL_PORT"),
    });
  });
});

function valueOf<T>(answer: OperatorAnswer<T>): T {
  if ("problem" in answer) throw new Error(answer.problem);
  return answer.value;
}

function addressOf(connection: ConnectionSettings): string {
  if ("connectionString" in connection) return connection.connectionString;
  const { user, password, database, host, port } = connection;
  return `postgres://${user}:${encodeURIComponent(password)}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
}
