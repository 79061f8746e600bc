import { createHash, type Hash } from "node:crypto";
import { type CheckedRule, type Label, type LabelledTrial, type LineConvention, redactText, tryRulesOn } from "@sentinal/diagnosis";
import { CommandProblem } from "../problem.ts";
import type { LogFile } from "./log-files.ts";
import { type JobLog, type OnRead, openLogs, type Place, redacted } from "./logs.ts";

/** A log of the past on which the rules were tried. */
export type TriedLog = LabelledTrial & {
  readonly file: string;
  /** As the archive calls it, without secrets; null where the file is one log. */
  readonly job: string | null;
  /** SHA-256 of its bytes, unpacked: the name by which labels know it. */
  readonly log: string;
};

export type UnreadableLog = { readonly file: string; readonly problem: string };

export type Trial = {
  readonly logs: readonly TriedLog[];
  readonly unreadable: readonly UnreadableLog[];
  /** Names of the rules that were asked in the job of at least one log. */
  readonly asked: ReadonlySet<string>;
  /** Logs whose label counts lines in the other way, so that it was left out. */
  readonly otherLines: number;
};

export type TrialOptions = {
  readonly labels: ReadonlyMap<string, Label>;
  readonly lines: LineConvention;
  /** Of an archive this job alone; of any other log its job's name. */
  readonly job: string | undefined;
};

/** Tries rules on each log of the files, one after the other. A log that cannot be read is told, and the others go on. */
export async function tryOnFiles(
  place: Place,
  rules: readonly CheckedRule[],
  files: readonly LogFile[],
  options: TrialOptions,
  onRead: OnRead,
): Promise<Trial> {
  const logs: TriedLog[] = [];
  const unreadable: UnreadableLog[] = [];
  const asked = new Set<string>();
  let otherLines = 0;

  async function readOrNote(file: string, read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      if (!(error instanceof CommandProblem)) throw error;
      unreadable.push({ file, problem: error.message });
    }
  }

  async function tryOne(file: string, one: JobLog): Promise<void> {
    const { label, ...tried } = await tryOnLog(rules, file, one, options);
    for (const { inJob, rule } of rules) if (inJob(one.job ?? options.job)) asked.add(rule.name);
    if (label !== undefined && label.lines !== options.lines) otherLines++;
    logs.push(label === undefined || label.lines !== options.lines ? tried : { ...tried, label });
  }

  for (const { name } of files) {
    await readOrNote(name, async () => {
      const opened = await openLogs(place, name, onRead);
      try {
        const jobs = opened.isArchive && options.job !== undefined ? opened.jobs.filter(({ job }) => job === options.job) : opened.jobs;
        for (const one of jobs) await readOrNote(name, () => tryOne(name, one));
      } finally {
        await opened.close();
      }
    });
  }
  return { logs, unreadable, asked, otherLines };
}

async function tryOnLog(rules: readonly CheckedRule[], file: string, { job, pieces }: JobLog, { labels, lines, job: given }: TrialOptions): Promise<TriedLog> {
  const name = job ?? given;
  const hash = createHash("sha256");
  const tried = await tryRulesOn(rules, { pieces: redacted(hashed(pieces(), hash)), convention: lines, ...(name === undefined ? {} : { job: name }) });
  const log = hash.digest("hex");
  const label = labels.get(log);
  return { file, job: job === null ? null : redactText(job), log, ...tried, ...(label === undefined ? {} : { label }) };
}

async function* hashed(pieces: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}
