import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { CommandProblem } from "../problem.ts";

/** A session at one hub. The access token spares a refresh while it lasts. */
export type StoredSession = { username: string; refreshToken: string; accessToken: string; accessEndsAtMs: number };

/** By the hub's address, with the one that was signed in to last. */
export type StoredSessions = { current: string | null; hubs: Readonly<Record<string, StoredSession>> };

const usableByOthers = 0o077;
const mostBytes = 1024 * 1024;
const none: StoredSessions = { current: null, hubs: {} };

/** What the file holds; nothing when there is none. Throws CommandProblem for a file that others can read, or that is none of ours. */
export async function readSessions(path: string): Promise<StoredSessions> {
  let text: string;
  try {
    // Not through a link: what it leads to may be somebody else's.
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const status = await file.stat();
      if (process.platform !== "win32") refuseOthers(path, status);
      if (!status.isFile() || status.size > mostBytes) throw damaged(path);
      text = await file.readFile("utf8");
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof CommandProblem) throw error;
    if (codeOf(error) === "ENOENT") return none;
    if (codeOf(error) === "ELOOP") throw new CommandProblem(`${path} is a link. Put the file itself there, or remove it and run: sentinal login`);
    throw new CommandProblem(`${path} cannot be read (${codeOf(error)}).`);
  }
  return parse(text) ?? fail(damaged(path));
}

/** Writes the file as a whole or not at all, readable for its owner alone, and durable before this resolves. */
export async function writeSessions(path: string, sessions: StoredSessions): Promise<void> {
  const folder = dirname(path);
  const draft = `${path}.${randomBytes(6).toString("hex")}.new`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(draft, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    try {
      await file.writeFile(`${JSON.stringify({ version: 1, ...sessions }, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
    await syncFolder(folder);
  } catch (error) {
    throw new CommandProblem(`The session cannot be kept in ${path} (${codeOf(error)}). Let this user write there, or set XDG_CONFIG_HOME.`);
  } finally {
    await rm(draft, { force: true }).catch(() => {});
  }
}

export function withSession(sessions: StoredSessions, hub: string, session: StoredSession): StoredSessions {
  return { current: sessions.current ?? hub, hubs: { ...sessions.hubs, [hub]: session } };
}

export function withoutSession(sessions: StoredSessions, hub: string): StoredSessions {
  const hubs = Object.fromEntries(Object.entries(sessions.hubs).filter(([name]) => name !== hub));
  return { current: sessions.current === hub ? (Object.keys(hubs)[0] ?? null) : sessions.current, hubs };
}

function refuseOthers(path: string, status: { mode: number; uid: number }): void {
  if (status.uid !== process.getuid?.()) throw new CommandProblem(`${path} belongs to another user. Run this as that user, or set XDG_CONFIG_HOME.`);
  if ((status.mode & usableByOthers) !== 0) {
    throw new CommandProblem(
      `${path} can be read or written by others, so its session may be in other hands.\nRun: chmod 600 '${path}' && sentinal logout && sentinal login`,
    );
  }
}

function parse(text: string): StoredSessions | null {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(content) || content["version"] !== 1 || !isRecord(content["hubs"])) return null;
  const hubs: Record<string, StoredSession> = {};
  for (const [hub, session] of Object.entries(content["hubs"])) {
    if (!isSession(session)) return null;
    hubs[hub] = session;
  }
  const current = content["current"];
  return { current: typeof current === "string" && current in hubs ? current : null, hubs };
}

function isSession(value: unknown): value is StoredSession {
  return (
    isRecord(value) &&
    typeof value["username"] === "string" &&
    typeof value["refreshToken"] === "string" &&
    typeof value["accessToken"] === "string" &&
    typeof value["accessEndsAtMs"] === "number"
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function damaged(path: string): CommandProblem {
  return new CommandProblem(`${path} does not hold what sentinal wrote there. Remove it and run: sentinal login`);
}

function fail(problem: CommandProblem): never {
  throw problem;
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "error";
}
