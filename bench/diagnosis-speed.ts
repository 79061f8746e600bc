import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { appendFile, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { keywordsOfExtractors } from "@sentinal/diagnosis";
import type { ReadLogAnswer, ReadLogOrder } from "./loads/read-log.ts";
import { runLoad } from "./parts/load.ts";
import { describeMachine } from "./parts/machine.ts";
import { atLeast, atMost, printOutcome } from "./parts/outcome.ts";
import { median, quantile } from "./parts/quantile.ts";
import { temporaryFolder } from "./parts/report-files.ts";

const corpus = join(process.env["CORPUS_DIR"] ?? join(import.meta.dirname, "../../shared/corpora"), "ci-logs");
const rounds = Number(process.env["BENCH_ROUNDS"] ?? "5");
const megabytes = 1e6;

/** How fast a log is read, beside plain splitting into lines and `grep -E` with the same words, and in how much memory. */
async function main(): Promise<void> {
  if (!existsSync(corpus)) throw new Error(`no logs of public projects in ${corpus}: name the folder of corpora by CORPUS_DIR`);
  const machine = await describeMachine(null);
  const folder = await temporaryFolder();
  try {
    const ordinary = await writeLog(join(folder.path, "ordinary.log"), 40 * megabytes);
    const medium = await writeLog(join(folder.path, "medium.log"), 4 * megabytes);
    const [line, longer] = [join(folder.path, "line.log"), join(folder.path, "longer.log")];
    await writeFile(line, "error: a long line of failed words ".repeat(10 * 30_000));
    await writeFile(longer, "error: a long line of failed words ".repeat(20 * 30_000));

    const read = async (path: string, how: ReadLogOrder["how"], times = rounds) => {
      const answer = await runLoad<ReadLogAnswer>("read-log", { path, how, times } satisfies ReadLogOrder);
      const bytes = (await stat(path)).size;
      // The first reading is not warm: it counts for a process that reads one log, not for a hub.
      return { ...answer, rate: bytes / megabytes / median(answer.cpuSeconds.slice(1)), first: bytes / megabytes / (answer.cpuSeconds[0] ?? Number.NaN) };
    };
    const split = await read(ordinary, "split");
    const diagnosed = await read(ordinary, "diagnose");
    const redact = await read(ordinary, "redact");
    const redacted = await read(ordinary, "redacted");
    const splitAgain = await read(ordinary, "split");
    const plain = (split.rate + splitAgain.rate) / 2;
    const grep = await grepRate(ordinary, folder.path);
    const quick = await read(medium, "redacted", 60);
    const slowest = quantile(Float64Array.from(quick.seconds.slice(5)), 0.99) * 1_000;
    const [one, two] = [await read(line, "redacted"), await read(longer, "redacted")];

    printOutcome({
      name: "diagnosis-speed",
      machine,
      columns: ["what", "MB/s", "MB/s, first", "MB over idle", "of plain splitting"],
      rows: [
        ["decode and split into lines", plain, split.first, split.overIdleBytes / megabytes, 1],
        ["diagnose", diagnosed.rate, diagnosed.first, diagnosed.overIdleBytes / megabytes, diagnosed.rate / plain],
        ["redact", redact.rate, redact.first, redact.overIdleBytes / megabytes, redact.rate / plain],
        ["redact and diagnose", redacted.rate, redacted.first, redacted.overIdleBytes / megabytes, redacted.rate / plain],
        ["grep -E with the same words", grep, null, null, grep / plain],
        ["one line of 10 MB", one.rate, one.first, one.overIdleBytes / megabytes, one.rate / plain],
        ["one line of 20 MB", two.rate, two.first, two.overIdleBytes / megabytes, two.rate / plain],
      ],
      goals: [
        atLeast("diagnose", diagnosed.rate, 100, "MB/s"),
        atLeast("diagnose, of plain splitting", diagnosed.rate / plain, 0.2, ""),
        atLeast("redact and diagnose", redacted.rate, 60, "MB/s"),
        atMost("memory over idle for 40 MB", redacted.overIdleBytes / megabytes, 64, "MB"),
        atMost("p99 of a log of 4 MB", slowest, 300, "ms"),
        atMost("a line twice as long takes", one.rate / two.rate, 1.5, "times as long a byte"),
      ],
      notes: [
        `MB/s of processor time, that of the collector's and compiler's threads with it, in a process of its own: the middle of ${rounds - 1} readings after the first. Logs of public projects one after another, 40 MB.`,
        "p99: by the clock, from the first byte to the diagnosis, redaction included, a file that lies in memory.",
      ],
    });
  } finally {
    await folder.remove();
  }
}

/** Whole logs of jobs, one after another until there are so many bytes, each cut at the end of a line. */
async function writeLog(path: string, bytes: number): Promise<string> {
  const logs = await Promise.all(
    globSync(join(corpus, "logs", "{bs,cd}-*.log.gz"))
      .toSorted()
      .map(async (file) => gunzipSync(await readFile(file))),
  );
  await writeFile(path, "");
  for (let written = 0, index = 0; written < bytes; index++) {
    const log = logs[index % logs.length] ?? Buffer.alloc(1);
    const piece = log.subarray(0, Math.min(log.length, bytes - written));
    await appendFile(path, piece);
    written += piece.length;
  }
  return path;
}

/** `grep` with every word that makes the diagnosis look at a line, by its own processor time. */
async function grepRate(path: string, folder: string): Promise<number> {
  const words = join(folder, "words");
  await writeFile(
    words,
    `${keywordsOfExtractors()
      .map((word) => word.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&"))
      .join("|")}\n`,
  );
  const seconds: number[] = [];
  for (let round = 0; round < 3; round++) {
    const { stderr } = spawnSync("bash", ["-c", 'TIMEFORMAT="%U %S"; time grep -a -c -i -E -f "$0" "$1" > /dev/null', words, path], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"] ?? "", LC_ALL: "C" },
    });
    // Its warnings about the words come first.
    const [user = Number.NaN, system = Number.NaN] = (stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
    seconds.push(user + system);
  }
  await rm(words);
  return (await stat(path)).size / megabytes / median(seconds);
}

await main();
