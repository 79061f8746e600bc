import { access, constants, lstat, stat, statfs } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { callHub, type Environment, HubUnreachable, jsonOf } from "@sentinal/send";
import { version } from "../version.ts";
import { type Check, good, warning, wrong } from "./check.ts";

/** What is looked at of the hub's settings. */
type HubSettings = Readonly<{ host: string; port: number; dataDir: string; databaseUrl: string | null; key: string | null; keyFile: string | null }>;

type DatabaseInspection =
  | { kind: "not_running"; isMade: boolean; programs: string }
  | { kind: "embedded" | "server"; version: string; major: number; schema: "empty" | "behind" | "current" | "newer" };

/** What the hub's own code knows, as its `operator.ts` has it; only the command itself loads that. */
export type HubKnowledge<Settings extends HubSettings> = {
  /** Throws an Error that says what is wrong. */
  readConfig(environment: NodeJS.ProcessEnv): Settings;
  inspectDatabase(settings: Settings): Promise<{ value: DatabaseInspection } | { problem: string }>;
};

const oldestNode = 24;
const oldestPostgres = 15;
const littleSpaceBytes = 1024 ** 3;
const tooLittleSpaceBytes = 100 * 1024 ** 2;

/** The program and a hub on this machine. Nothing is changed. */
export async function* checkMachine<Settings extends HubSettings>(environment: Environment, hub: HubKnowledge<Settings>): AsyncGenerator<Check> {
  yield checkNode();
  let config: Settings;
  try {
    config = hub.readConfig({ ...environment });
  } catch (error) {
    yield wrong("settings", "The hub would not start with these.", error instanceof Error ? error.message : String(error));
    return;
  }
  yield good(
    "settings",
    config.databaseUrl === null ? "All can be used; the database is the embedded one." : "All can be used; the database is that of DATABASE_URL.",
  );
  if (config.databaseUrl === null) yield* checkDataFolder(config.dataDir);
  yield await checkKey(config);
  yield checkDatabase(config, await hub.inspectDatabase(config));
  yield await checkPort(config);
}

function checkNode(): Check {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= oldestNode) return good("node", `${process.version}, Sentinal ${version}`);
  return wrong("node", `${process.version} is too old.`, `Install Node ${oldestNode} or newer, or run npm start once: it brings its own.`);
}

async function* checkDataFolder(path: string): AsyncGenerator<Check> {
  const facts = await stat(path).catch(() => null);
  if (facts === null) {
    const parent = await nearestFolder(path);
    const mayWrite = await access(parent, constants.W_OK).then(
      () => true,
      () => false,
    );
    yield mayWrite
      ? good("data folder", `${path} is made at the first start.`)
      : wrong(
          "data folder",
          `${path} is not there, and this user may not make it in ${parent}.`,
          "Make it for the hub's user, or set SENTINAL_DATA_DIR to another folder.",
        );
    yield await checkSpace(parent);
    return;
  }
  yield checkFolderRights(path, facts);
  yield await checkSpace(path);
}

function checkFolderRights(path: string, facts: { mode: number; uid: number; isDirectory(): boolean }): Check {
  const name = "data folder";
  if (!facts.isDirectory()) return wrong(name, `${path} is no folder.`, "Set SENTINAL_DATA_DIR to a folder.");
  const user = process.getuid?.();
  const mode = (facts.mode & 0o7777).toString(8).padStart(4, "0");
  if (user !== undefined && user !== 0 && facts.uid !== user) {
    return wrong(
      name,
      `${path} belongs to user ${facts.uid}, and this is user ${user}.`,
      "Run this as the hub's user (sudo -u …), or set SENTINAL_DATA_DIR to a folder of this user.",
    );
  }
  if ((facts.mode & 0o022) !== 0) return wrong(name, `${path} may be written by others (mode ${mode}).`, `Run: chmod 700 '${path}'`);
  if ((facts.mode & 0o055) !== 0)
    return warning(
      name,
      `${path} may be looked into by others (mode ${mode}); each file in it is closed.`,
      `If nothing else lies in it, run: chmod 700 '${path}'`,
    );
  return good(name, `${path} (mode ${mode})`);
}

async function checkSpace(path: string): Promise<Check> {
  const name = "free space";
  const facts = await statfs(path).catch(() => null);
  if (facts === null) return warning(name, `The file system of ${path} does not tell.`, "Look at it with: df -h");
  const free = facts.bavail * facts.bsize;
  const text = `${(free / 1024 ** 3).toFixed(1)} GB at ${path}`;
  if (free < tooLittleSpaceBytes) return wrong(name, text, "The database stops when the disk is full. Free some space, or move the data folder.");
  return free < littleSpaceBytes ? warning(name, text, "Free some space before the disk is full: the database stops then.") : good(name, text);
}

async function checkKey(config: HubSettings): Promise<Check> {
  const name = "key file";
  if (config.key !== null)
    return warning(name, "The key stands in SENTINAL_KEY.", "Keep a copy of it with your backups. A file (SENTINAL_KEY_FILE) is seen by fewer programs.");
  const path = config.keyFile ?? join(config.dataDir, "key");
  const facts = await lstat(path).catch(() => null);
  if (facts === null) {
    if (config.keyFile === null) return good(name, `${path} is made at the first start.`);
    return wrong(
      name,
      `${path} is not there or cannot be seen by this user.`,
      "Check SENTINAL_KEY_FILE. A lost key cannot be made again: take it from your backup.",
    );
  }
  if (facts.isFile() && (facts.mode & 0o077) !== 0) return wrong(name, `${path} can be read by others.`, `Run: chmod 600 '${path}'`);
  const isReadable = await access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
  return isReadable
    ? good(name, `${path}; keep a copy of it with your backups.`)
    : wrong(name, `${path} cannot be read by this user.`, "Run this as the hub's user, or give the file to it.");
}

function checkDatabase(config: HubSettings, inspected: { value: DatabaseInspection } | { problem: string }): Check {
  const name = "database";
  if ("problem" in inspected)
    return wrong(name, config.databaseUrl === null ? "The embedded PostgreSQL cannot be used." : "PostgreSQL cannot be used.", inspected.problem);
  const found = inspected.value;
  if (found.kind === "not_running") {
    return good(name, `Embedded PostgreSQL (${found.programs}) does not run; the hub ${found.isMade ? "starts it" : "makes it at its first start"}.`);
  }
  const text = `PostgreSQL ${found.version}${found.kind === "embedded" ? ", embedded, runs" : ""}`;
  if (found.major < oldestPostgres)
    return wrong(name, `${text} is too old.`, `Use PostgreSQL ${oldestPostgres} or newer, or unset DATABASE_URL for the embedded one.`);
  if (found.schema === "newer") return wrong(name, `${text}; a newer Sentinal has written it.`, "Use that version or a later one.");
  if (found.schema === "behind")
    return warning(name, `${text}; it is of an earlier Sentinal.`, "The next start of the hub brings it up to date. Make a backup before.");
  return good(name, found.schema === "empty" ? `${text}; empty, the hub sets it up.` : text);
}

async function checkPort(config: HubSettings): Promise<Check> {
  const name = "port";
  const place = `${config.host}:${config.port}`;
  const code = await listenOnce(config.host, config.port);
  if (code === null) return good(name, `${place} is free; no hub runs on it.`);
  if (code === "EACCES") return wrong(name, `${place} may not be opened by this user.`, "Set SENTINAL_PORT to a port above 1023.");
  if (code !== "EADDRINUSE")
    return wrong(name, `${place} cannot be listened on (${code}).`, "Set SENTINAL_HOST to an address of this machine, such as 127.0.0.1.");
  const status = await hubStatus(config);
  if (status === null) return wrong(name, `Another program listens on ${place}.`, "Stop it, or set SENTINAL_PORT to a free port.");
  return status.problems.length === 0
    ? good(name, `Sentinal ${status.version} runs on ${place} and is ready.`)
    : wrong(name, `Sentinal ${status.version} runs on ${place} and is not ready: ${status.problems.join(", ")}.`, "Its log says more.");
}

async function hubStatus(config: HubSettings): Promise<{ version: string; problems: readonly string[] } | null> {
  const host = config.host === "0.0.0.0" || config.host === "::" ? "127.0.0.1" : config.host;
  const base = `http://${host.includes(":") ? `[${host}]` : host}:${config.port}`;
  try {
    const alive = jsonOf((await callHub({ method: "GET", url: new URL(`${base}/healthz`), idleTimeoutMs: 5_000 })).body);
    if (typeof alive !== "object" || alive === null || !("status" in alive) || alive.status !== "alive") return null;
    const ready = await callHub({ method: "GET", url: new URL(`${base}/readyz`), idleTimeoutMs: 10_000 });
    const told = jsonOf(ready.body);
    const problems =
      typeof told === "object" && told !== null && "problems" in told && Array.isArray(told.problems) ? told.problems.map(String) : ["it is starting"];
    return { version: "version" in alive ? String(alive.version) : "(starting)", problems: ready.status === 200 ? [] : problems };
  } catch (error) {
    if (error instanceof HubUnreachable) return null;
    throw error;
  }
}

/** Null when the port can be listened on, else the system's code. */
async function listenOnce(host: string, port: number): Promise<string | null> {
  const server = createServer();
  try {
    return await new Promise((resolve) => {
      server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
      server.listen({ host, port, exclusive: true }, () => resolve(null));
    });
  } finally {
    server.close();
  }
}

async function nearestFolder(path: string): Promise<string> {
  const parent = dirname(path);
  const facts = await stat(parent).catch(() => null);
  return facts !== null || parent === path ? parent : nearestFolder(parent);
}
