import { chmod, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { CreatedApiToken } from "@sentinal/contract";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { adminAccount, postJson, startTestHub, type TestHub } from "../../../test/hub.ts";
import { type Ended, runCommand } from "../fixture.ts";
import { readSessions, writeSessions } from "../hub-session/store.ts";
import { run } from "../program.ts";

let hub: TestHub;
let environment: Record<string, string>;
let folder: string;
let file: string;

beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());
afterEach(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sentinal-session-"));
  environment = { XDG_CONFIG_HOME: folder };
  file = join(folder, "sentinal", "sessions.json");
});

/** Runs `sentinal login` and decides on its code as soon as it is shown. */
async function login(decision: "approve" | "deny" = "approve"): Promise<Ended & { userCode: string }> {
  const stderr = new PassThrough().setEncoding("utf8");
  const stdout = new PassThrough().setEncoding("utf8");
  const said: string[] = [];
  const printed: string[] = [];
  stdout.on("data", (text: string) => printed.push(text));
  const code = new Promise<string>((resolve) => {
    stderr.on("data", (text: string) => {
      said.push(text);
      const found = /^ {4}([A-Z]{4}-[A-Z]{4})$/m.exec(said.join(""))?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  const exit = run(["login", "--url", hub.url], { environment, cwd: "/", stdin: Object.assign(Readable.from([]), { isTTY: false }), stdout, stderr });
  const userCode = await code;
  const decided = await postJson(`${hub.url}/api/auth/device/decide`, { user_code: userCode, decision }, hub.admin);
  expect(decided.status).toBe(200);
  return { exitCode: await exit, stdout: printed.join(""), stderr: said.join(""), userCode };
}

function sentinal(...words: string[]): Promise<Ended> {
  return runCommand(words, { environment });
}

/** As if the kept access token had grown old. */
async function age(): Promise<void> {
  const sessions = await readSessions(file);
  const hubs = Object.fromEntries(Object.entries(sessions.hubs).map(([name, session]) => [name, { ...session, accessEndsAtMs: 0 }]));
  await writeSessions(file, { ...sessions, hubs });
}

describe("signing in", () => {
  test("shows a code, waits for the browser, and keeps a session that only its user can read", async () => {
    const ended = await login();
    expect(ended.exitCode).toBe(0);
    expect(ended.stderr).toContain(`Open ${hub.url}/device in a browser`);
    expect(ended.stderr).toContain(`Signed in to ${hub.url} as ada (Admin).`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const kept = await readFile(file, "utf8");
    expect(kept).toContain("sentr_");
    expect(ended.stdout + ended.stderr).not.toContain("sentr_");

    expect(await sentinal("whoami")).toMatchObject({ exitCode: 0, stdout: `ada (Admin) at ${hub.url}\n` });
    expect(JSON.parse((await sentinal("whoami", "--json")).stdout)).toMatchObject({ username: "ada", role: "Admin", hub: hub.url });
    const sessions = await hub.database.db.selectFrom("sessions").select("user_agent").where("user_agent", "like", "sentinal CLI on %").execute();
    expect(sessions.length).toBeGreaterThan(0);
  });

  test("that is denied keeps nothing", async () => {
    const ended = await login("deny");
    expect(ended.exitCode).toBe(1);
    expect(ended.stderr).toContain("denied");
    expect(await readSessions(file)).toEqual({ current: null, hubs: {} });
  });

  test("anew ends the session that it takes the place of", async () => {
    await login();
    const before = (await readSessions(file)).hubs[hub.url];
    await login();
    const answer = await postJson(`${hub.url}/api/auth/refresh`, { refresh_token: before?.refreshToken });
    expect(answer.status).toBe(401);
    expect((await sentinal("whoami")).exitCode).toBe(0);
  });

  test("without an address, or at something that is no hub, says what to do", async () => {
    expect(await sentinal("login")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("--url") });
    expect(await sentinal("login", "--url", "http://127.0.0.1:1")).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("cannot be reached") });
    expect(await sentinal("login", "--url", `${hub.url}/elsewhere`)).toMatchObject({ exitCode: 3 });
    expect(await sentinal("whoami")).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("Run: sentinal login") });
  });
});

describe("the session of this machine", () => {
  test("is renewed when its access token has grown old, and by many at once is renewed once and stays", async () => {
    await login();
    const rotations = async () =>
      (
        await hub.database.db
          .selectFrom("refresh_tokens")
          .innerJoin("sessions", "sessions.family", "refresh_tokens.family")
          .select(sql<number>`count(*)::int`.as("count"))
          .where("sessions.user_agent", "like", "sentinal CLI on %")
          .where("sessions.revoked_at", "is", null)
          .where("refresh_tokens.rotated_at", "is not", null)
          .executeTakeFirst()
      )?.count ?? 0;
    const before = await rotations();
    await age();
    const ended = await Promise.all(Array.from({ length: 8 }, () => sentinal("whoami")));
    expect(ended.map((one) => one.exitCode)).toEqual(Array.from({ length: 8 }, () => 0));
    expect(await rotations()).toBe(before + 1);
    await age();
    expect((await sentinal("whoami")).exitCode).toBe(0);
    expect(await rotations()).toBe(before + 2);
  });

  test("that an administrator ended is told, and forgotten", async () => {
    await login();
    const token = (await readSessions(file)).hubs[hub.url]?.refreshToken;
    await postJson(`${hub.url}/api/auth/logout`, { refresh_token: token });
    expect(await sentinal("whoami")).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("has ended") });
    expect((await readSessions(file)).hubs).toEqual({});
  });

  test("ends with sentinal logout, here and at the hub", async () => {
    await login();
    const token = (await readSessions(file)).hubs[hub.url]?.refreshToken;
    expect(await sentinal("logout")).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("Signed out") });
    expect((await readSessions(file)).hubs).toEqual({});
    expect((await postJson(`${hub.url}/api/auth/refresh`, { refresh_token: token })).status).toBe(401);
    expect((await sentinal("logout")).exitCode).toBe(1);
  });

  test("in a file that others can read is not used", async () => {
    await login();
    await chmod(file, 0o644);
    expect(await sentinal("whoami")).toMatchObject({ exitCode: 1, stdout: "", stderr: expect.stringContaining("chmod 600") });
  });
});

describe("tokens of a hub elsewhere", () => {
  test("are made, listed, rotated and revoked by who signed in", async () => {
    await login();
    const at = ["--url", hub.url];
    const made = await sentinal("token", "create", "--name", "shop", "--repository", "acme/shop", "--json", ...at);
    expect(made.exitCode).toBe(0);
    const token = CreatedApiToken.parse(JSON.parse(made.stdout));
    expect(token).toMatchObject({ created_by: adminAccount.username, repository: "acme/shop" });

    const rotated = await sentinal("token", "rotate", String(token.id), "--overlap-hours", "48", ...at);
    expect(rotated).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^sent_[0-9A-Za-z]{49}\n$/) });
    expect(rotated.stderr).toContain(`Token ${token.id} works for 48 hours more`);
    expect(await sentinal("token", "rotate", String(token.id), ...at)).toMatchObject({ exitCode: 3, stderr: expect.stringContaining("was replaced by token") });

    const list = await sentinal("token", "list", ...at);
    expect(list.stdout).toContain("replaced by");
    expect(list.stdout).not.toMatch(/sent_[0-9A-Za-z]{49}/);
    expect(await sentinal("token", "revoke", String(token.id), "--yes", ...at)).toMatchObject({ exitCode: 0 });
    expect((await sentinal("token", "list", ...at)).stdout).toMatch(new RegExp(`${token.id} +shop.*revoked`));
  });

  test("are not to be had without a session, and the hub's refusal is told", async () => {
    expect(await sentinal("token", "list", "--url", hub.url)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("sentinal login --url") });
    expect(await sentinal("token", "rotate", "1", "--overlap-hours", "169")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("at most 168") });
    await login();
    expect(await sentinal("token", "rotate", "99999", "--url", hub.url)).toMatchObject({ exitCode: 3, stderr: expect.stringContaining("99999") });
  });
});
