import { mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { CommandProblem } from "../problem.ts";

const lookEveryMs = 25;
const waitAtMostMs = 60_000;
/** Whoever holds the lock talks to the hub meanwhile, and gives that up long before. */
const heldAtMostMs = 40_000;

/**
 * Runs the work while no other process runs one under the same lock file. A lock that a crash left behind is taken away.
 * Throws CommandProblem when it stays taken.
 */
export async function underLock<Answer>(path: string, work: () => Promise<Answer>): Promise<Answer> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const until = performance.now() + waitAtMostMs;
  while (!(await take(path))) {
    if (performance.now() > until) throw new CommandProblem(`Another sentinal has been working with ${path} for long. If none runs, remove that file.`);
    if (await isLeftBehind(path)) await clear(path);
    else await pause(lookEveryMs);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, "wx", 0o600);
    try {
      await file.writeFile(String(process.pid));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error) {
      if (error.code === "EEXIST") return false;
      throw new CommandProblem(`${path} cannot be written (${String(error.code)}). Let this user write there, or set XDG_CONFIG_HOME.`);
    }
    throw error;
  }
}

/** One at a time clears, and looks again before it does: the lock may have become somebody else's. */
async function clear(path: string): Promise<void> {
  const clearing = `${path}.clearing`;
  if (!(await take(clearing))) {
    if (await isLeftBehind(clearing)) await rm(clearing, { force: true });
    return;
  }
  try {
    if (await isLeftBehind(path)) await rm(path, { force: true });
  } finally {
    await rm(clearing, { force: true });
  }
}

async function isLeftBehind(path: string): Promise<boolean> {
  try {
    const [text, status] = await Promise.all([readFile(path, "utf8"), stat(path)]);
    if (Date.now() - status.mtimeMs > heldAtMostMs) return true;
    // Empty: it was made this moment, and is about to be filled.
    return text !== "" && !isAlive(Number(text));
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs and is another user's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
