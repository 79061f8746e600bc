import { readFile, writeFile } from "node:fs/promises";

/** Bytes of this process that are in memory now, and the most that were since `forgetPeak`. Linux only. */
export async function memoryOf(): Promise<{ residentBytes: number; peakBytes: number }> {
  const status = await readFile("/proc/self/status", "utf8");
  // Not getrusage: its peak begins with that of the process that started this one.
  const bytesOf = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1] ?? Number.NaN) * 1024;
  return { residentBytes: bytesOf("VmRSS"), peakBytes: bytesOf("VmHWM") };
}

/** From here on the peak is that of what comes. */
export async function forgetPeak(): Promise<void> {
  await writeFile("/proc/self/clear_refs", "5");
}
