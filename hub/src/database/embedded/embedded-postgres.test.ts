import { existsSync } from "node:fs";
import { lstat, mkdir, readdir, readFile, readlink, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  ask,
  commandLineOf,
  keptWord,
  postmasterPid,
  preparedDataDir,
  programFolder,
  processesIn,
  removeTemplate,
  spawnHub,
  start,
  temporaryFolder,
} from "./fixture.ts";
import { findRunningPostgres } from "./index.ts";

afterAll(removeTemplate);

describe("a first start", () => {
  test("makes a database that only the hub's user can reach, by password, over a socket", async () => {
    const dataDir = join(await temporaryFolder(), "data");
    const log: string[] = [];
    const { connection, major } = await start({ dataDir, onLog: (line) => log.push(line) });

    expect(major).toBeGreaterThanOrEqual(15);
    expect(await ask(connection, "SELECT current_user || ' ' || current_database()")).toBe("sentinal sentinal");
    expect(await ask(connection, "SHOW listen_addresses")).toBe("");
    expect(await ask(connection, "SHOW unix_socket_permissions")).toBe("0700");
    expect(await ask(connection, "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules")).toBe("scram-sha-256");
    expect(await ask(connection, "SELECT left(rolpassword, 14) FROM pg_authid WHERE rolname = 'sentinal'")).toBe("SCRAM-SHA-256$");
    await expect(ask({ ...connection, password: "guessed" }, "SELECT 1")).rejects.toThrow(/password/);
    expect((await lstat(connection.host)).mode & 0o777).toBe(0o700);
    expect((await lstat(dataDir)).mode & 0o777).toBe(0o700);
    expect((await lstat(join(dataDir, "postgres"))).mode & 0o777).toBe(0o700);
    expect((await lstat(join(dataDir, "postgres-password"))).mode & 0o777).toBe(0o600);
    // 256 bits, and in none of the places that others can read.
    expect(Buffer.from(connection.password, "base64url")).toHaveLength(32);
    expect(log.join("\n")).not.toContain(connection.password);
    expect(await commandLineOf(await postmasterPid(dataDir))).not.toContain(connection.password);
    expect(await readdir(dataDir)).not.toContain("postgres.new");
  });

  test("makes a cluster that is checked, durable and the same on every machine", async () => {
    const { connection } = await start({ dataDir: await preparedDataDir() });

    expect(await ask(connection, "SHOW data_checksums")).toBe("on");
    expect(await ask(connection, "SHOW fsync")).toBe("on");
    expect(await ask(connection, "SHOW full_page_writes")).toBe("on");
    expect(await ask(connection, "SHOW server_encoding")).toBe("UTF8");
    expect(await ask(connection, "SELECT datcollate FROM pg_database WHERE datname = 'sentinal'")).toBe("C.UTF-8");
    expect(await ask(connection, "SHOW lc_messages")).toBe("C");
    expect(await ask(connection, "SHOW timezone")).toBe("UTC");
    expect(await ask(connection, "SHOW log_timezone")).toBe("UTC");
  });

  test("is not misled by the hub's locale, PostgreSQL and temporary folder variables", async () => {
    const dataDir = join(await temporaryFolder(), "data");
    const environment = {
      LANG: "xx_YY.ISO-8859-1",
      LC_ALL: "zz_ZZ.UTF-9",
      PGOPTIONS: "-c no_such_setting=1",
      PGSSLMODE: "require",
      PGDATA: "/nonexistent",
      TMPDIR: `/nonexistent/${"long".repeat(40)}`,
      TZ: "Antarctica/Troll",
    };
    const hub = spawnHub({ dataDir }, { environment });
    expect(await hub.outcome).toMatchObject({ kind: "started" });
    const connection = await findRunningPostgres(dataDir);
    expect(connection).not.toBeNull();
    if (connection === null) return;
    expect(await ask(connection, "SHOW lc_messages")).toBe("C");
    const pid = await postmasterPid(dataDir);
    const given = (await readFile(`/proc/${pid}/environ`, "utf8")).split("\0").map((entry) => entry.split("=")[0]);
    expect(given).not.toContain("LANG");
    expect(given).not.toContain("PGOPTIONS");
  });

  test("works in a data folder whose path is longer than any socket's may be", async () => {
    const dataDir = join(await programFolder(), "deep".repeat(30), "deeper".repeat(20));
    const { connection } = await start({ dataDir });
    expect(await ask(connection, "SELECT 1")).toBe(1);
    expect(Buffer.byteLength(`${connection.host}/.s.PGSQL.5432`)).toBeLessThan(104);
  });

  test("takes the cluster's place also where an empty folder lies there", async () => {
    const dataDir = join(await temporaryFolder(), "data");
    await mkdir(join(dataDir, "postgres"), { recursive: true });
    const { connection } = await start({ dataDir });
    expect(await ask(connection, "SELECT 1")).toBe(1);
  });
});

describe("a later start", () => {
  test("finds the data again, under the same connection", async () => {
    const dataDir = await preparedDataDir();
    const first = await start({ dataDir });
    expect(await keptWord(first.connection)).toBe("still here");
    await first.stop();
    const second = await start({ dataDir });
    expect(await keptWord(second.connection)).toBe("still here");
    expect(second.connection).toEqual(first.connection);
  });

  test("passes settings on, but not where the server listens", async () => {
    const settings = { work_mem: "7MB", listen_addresses: "*", unix_socket_permissions: "0777" };
    const { connection } = await start({ dataDir: await preparedDataDir(), settings });
    expect(await ask(connection, "SHOW work_mem")).toBe("7MB");
    expect(await ask(connection, "SHOW listen_addresses")).toBe("");
    expect(await ask(connection, "SHOW unix_socket_permissions")).toBe("0700");
  });
});

describe("with the programs of Debian's PostgreSQL 15", () => {
  const binDir = "/usr/lib/postgresql/15/bin";
  const need = "needs PostgreSQL 15 in /usr/lib/postgresql/15/bin";

  test("it starts, compresses with lz4, and the newer programs refuse its data", async ({ skip }) => {
    skip(!existsSync(join(binDir, "initdb")), need);
    const dataDir = join(await temporaryFolder(), "data");
    const postgres = await start({ dataDir, binDir });
    expect(postgres.major).toBe(15);
    expect(await ask(postgres.connection, "SELECT current_setting('server_version_num')::int / 10000")).toBe(15);
    expect(await ask(postgres.connection, "SHOW default_toast_compression")).toBe("lz4");
    expect(await ask(postgres.connection, "SHOW data_checksums")).toBe("on");
    await postgres.stop();
    expect(await processesIn(dataDir)).toEqual([]);
    await expect(start({ dataDir })).rejects.toMatchObject({
      code: "data_directory_other_version",
      message: expect.stringMatching(/was made by PostgreSQL 15, and the programs found are PostgreSQL 18/),
    });
  });
});

describe("stop", () => {
  test("leaves no process, no socket folder and no lock, and may be called twice", async () => {
    const dataDir = await preparedDataDir();
    const postgres = await start({ dataDir });
    expect(await processesIn(dataDir)).not.toEqual([]);
    await Promise.all([postgres.stop(), postgres.stop()]);
    expect(await processesIn(dataDir)).toEqual([]);
    await expect(stat(postgres.connection.host)).rejects.toThrow(/ENOENT/);
    expect(await readdir(dataDir)).not.toContain("hub.holder");
    expect(await readdir(join(dataDir, "postgres"))).not.toContain("postmaster.pid");
  });

  test("shuts the server down in order, so that the next start recovers nothing", async () => {
    const dataDir = await preparedDataDir();
    const first = await start({ dataDir });
    await first.stop();
    const log: string[] = [];
    await start({ dataDir, onLog: (line) => log.push(line) });
    expect(log.join("\n")).toContain("database system was shut down");
    expect(log.join("\n")).not.toContain("recovery");
  });
});

describe("beside the hub's own process", () => {
  test("an interrupt of the whole process group does not reach the server", async () => {
    const dataDir = await preparedDataDir();
    const hub = spawnHub({ dataDir });
    expect(await hub.outcome).toMatchObject({ kind: "started" });
    const pid = await postmasterPid(dataDir);
    // spawnHub makes the hub the leader of its group, as a shell does for what it runs in front.
    process.kill(-(hub.child.pid ?? 0), "SIGINT");

    const connection = await findRunningPostgres(dataDir);
    if (connection === null) throw new Error("the server is gone");
    expect(await keptWord(connection)).toBe("still here");
    expect(await postmasterPid(dataDir)).toBe(pid);
    expect(await readlink(`/proc/${pid}/cwd`)).toBe(join(dataDir, "postgres"));
    hub.say("stop");
    await hub.ended;
    expect(hub.log.join("\n")).toContain("received fast shutdown request");
  });

  test("a hub that ends by an exception takes its server along", async () => {
    const dataDir = await preparedDataDir();
    const hub = spawnHub({ dataDir });
    expect(await hub.outcome).toMatchObject({ kind: "started" });
    hub.say("crash");
    await hub.ended;
    await expect.poll(async () => await processesIn(dataDir), { timeout: 20_000 }).toEqual([]);
  });
});

describe("findRunningPostgres", () => {
  test("gives the connection of the server that serves the folder", async () => {
    const dataDir = await preparedDataDir();
    const { connection } = await start({ dataDir });
    expect(await findRunningPostgres(dataDir)).toEqual(connection);
  });

  test("finds none where none runs", async () => {
    const folder = await temporaryFolder();
    expect(await findRunningPostgres(join(folder, "missing"))).toBeNull();
    expect(await findRunningPostgres(folder)).toBeNull();
    expect(await findRunningPostgres(await preparedDataDir())).toBeNull();
  });
});
