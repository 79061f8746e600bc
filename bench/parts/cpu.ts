import { readFile } from "node:fs/promises";
import { processesOf } from "../../test/hub-process.ts";

/** Ticks of /proc/<pid>/stat: Linux gives 100 a second on all its platforms. */
const ticksASecond = 100;

/** Seconds of processor time that a process has used so far. Linux only. */
export async function cpuSecondsOf(pid: number): Promise<number> {
  return (await ticksOf(pid)).own / ticksASecond;
}

/** The same of the PostgreSQL of a data folder, with what its ended connections used. */
export async function postgresCpuSeconds(dataDir: string): Promise<number> {
  const ticks = await Promise.all((await processesOf(dataDir)).map((process) => ticksOf(process.pid)));
  return ticks.reduce((sum, one) => sum + one.own + one.ofChildren, 0) / ticksASecond;
}

async function ticksOf(pid: number): Promise<{ own: number; ofChildren: number }> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // Counted from behind the name, which may hold blanks and parentheses.
  const fields = text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  return { own: (fields[11] ?? 0) + (fields[12] ?? 0), ofChildren: (fields[13] ?? 0) + (fields[14] ?? 0) };
}
