import {
  type Diagnosis,
  type GreenLog,
  type JobFacts,
  type LineConvention,
  openDiagnosis,
  openGreenLog,
  readFacts,
  redactFacts,
  redactText,
  ruleExtractors,
} from "@sentinal/diagnosis";
import { type Command, Option } from "commander";
import { type Bar, createBar } from "../bar.ts";
import { type JobLog, type Logs, type OnRead, openLogs, redacted } from "../diagnose/logs.ts";
import { isUnexplained, type Reported, reportLines } from "../diagnose/report.ts";
import { refuseStandardInputTwice, rulesOf, textOf } from "../diagnose/texts.ts";
import { visible, visibleJson } from "../diagnose/visible.ts";
import { type ExitCode, exitCodes, usageProblem } from "../problem.ts";
import type { Terminal } from "../terminal.ts";

type DiagnoseOptions = { green?: string; rules?: string; facts?: string; job?: string; lines: LineConvention; explain?: boolean; json?: boolean };

const help = `
FILE is a job's log (plain, gzip or zstd) or the ZIP archive of a run's logs, of which each job is diagnosed. No hub and no
network are needed. GitHub's logs, with time stamps and groups, tell the most; those of other CI are read too. Secrets are taken out before anything
else is done.

--json prints the diagnosis as one object: file, job, outcome, cause (line, text, category, strength, by, reason), category,
transient, transientReason, rerun, confidence, fingerprint, step, context, failedTests, candidates, lines. An archive gives
{file, jobs: [...]}. docs/guides/diagnose-a-log.md tells what each says.

Exit codes:
  0  the cause was found, or the job did not fail; in an archive so for each job
  1  the log could not be read or unpacked
  2  wrong usage: no such file, a wrong option, rules or facts with a fault
  7  the log does not say why the job failed

Examples:
  $ gh run view --log-failed --job 123456 | sentinal diagnose -
  $ sentinal diagnose job.log --green last-passing.log --explain
  $ gh api repos/OWNER/REPO/actions/runs/RUN-ID/attempts/1/logs > logs.zip && sentinal diagnose logs.zip
  $ sentinal diagnose job.log.gz --rules rules.yaml --json | jq '{category, line: .cause.line}'
  $ sentinal diagnose console.txt --lines cr-crlf-lf
`;
/** Smaller files are read before a bar is worth looking at. */
const barFromBytes = 8 * 1024 * 1024;

export function addDiagnoseCommand(program: Command, terminal: Terminal, setExitCode: (code: ExitCode) => void): void {
  program
    .command("diagnose")
    .summary("name the cause in a failed job's log")
    .description("Reads the log of a failed job and names the line that tells why, or says that none does.")
    .argument("<file>", "log or archive of logs, - for standard input")
    .option("--green <file>", "the last passing log of the same job, or an archive: what stands there too is no cause")
    .option("--rules <file>", "rules of your own, as YAML or JSON")
    .option("--facts <file>", "what GitHub's API says of the job, as JSON")
    .option("--job <name>", "the job's name, for rules that name jobs; of an archive, this job alone")
    .addOption(new Option("--lines <convention>", "what ends a line").choices(["lf", "cr-crlf-lf"]).default("lf"))
    .option("--explain", "list all that was weighed, with extractor, strength and reason")
    .option("--json", "print one JSON object")
    .addHelpText("after", help)
    .action(async (file: string, options: DiagnoseOptions) => setExitCode(await diagnose(terminal, file, options)));
}

async function diagnose(terminal: Terminal, file: string, options: DiagnoseOptions): Promise<ExitCode> {
  refuseStandardInputTwice([file, options.green, options.rules, options.facts]);
  const rules = options.rules === undefined ? [] : await rulesOf(terminal, options.rules);
  const facts = options.facts === undefined ? undefined : await factsOf(terminal, options.facts);
  const bar = createBar(terminal, "Reading", "MB");
  const green = options.green === undefined ? null : await openLogs(terminal, options.green, () => {});
  try {
    const logs = await openLogs(terminal, file, progress(bar));
    try {
      const jobs = chosenJobs(logs, options.job);
      if (facts !== undefined && jobs.length > 1) throw usageProblem("--facts are of one job, and the archive holds several. Name one of them with --job.");
      const reported: Reported[] = [];
      for (const log of jobs) {
        const extractors = ruleExtractors(rules, log.job ?? options.job);
        const greenLines = green === null ? undefined : await greenOf(green, log, () => openGreenLog(options.lines, extractors));
        const reading = openDiagnosis({
          convention: options.lines,
          rules: extractors,
          ...(facts === undefined ? {} : { facts }),
          ...(greenLines === undefined ? {} : { green: greenLines }),
        });
        for await (const piece of redacted(log.pieces())) reading.write(piece);
        reported.push({ file, job: log.job === null ? null : redactText(log.job), diagnosis: reading.end() });
      }
      bar.end();
      show(terminal, reported, logs.isArchive, options);
      return reported.some(({ diagnosis }) => isUnexplained(diagnosis)) ? exitCodes.unexplained : exitCodes.done;
    } finally {
      await logs.close();
    }
  } finally {
    bar.end();
    await green?.close();
  }
}

function show(terminal: Terminal, reported: readonly Reported[], isArchive: boolean, options: DiagnoseOptions): void {
  if (options.json === true) {
    const objects = reported.map(objectOf);
    terminal.result(visibleJson(JSON.stringify(isArchive ? { file: reported[0]?.file, jobs: objects } : objects[0], null, 2)));
    return;
  }
  // Jobs that passed are told in one line each, after those that did not.
  const ordered = reported.toSorted((one, other) => rank(one.diagnosis) - rank(other.diagnosis));
  for (const [index, one] of ordered.entries()) {
    if (index > 0 && one.diagnosis.outcome !== "passed") terminal.result("");
    for (const line of reportLines(terminal, one, options.explain === true)) terminal.result(line);
  }
}

function rank({ outcome }: Diagnosis): number {
  return outcome === "passed" ? 1 : 0;
}

function objectOf({ file, job, diagnosis }: Reported): object {
  return { file, job, ...diagnosis };
}

function progress(bar: Bar): OnRead {
  let read = 0;
  return (bytes, total) => {
    read += bytes;
    if (total >= barFromBytes) bar.show(Math.floor(read / 1_000_000), Math.ceil(total / 1_000_000));
  };
}

function chosenJobs({ jobs, isArchive, name }: Logs, wanted: string | undefined): readonly JobLog[] {
  if (!isArchive || wanted === undefined) return jobs;
  const chosen = jobs.filter(({ job }) => job === wanted);
  if (chosen.length > 0) return chosen;
  const names = jobs.slice(0, 20).map(({ job }) => visible(job ?? ""));
  throw usageProblem(`${visible(name)} holds no job ${visible(wanted)}. It holds: ${names.join(", ")}${jobs.length > names.length ? ", …" : ""}.`);
}

/** The lines of the same job's passing log; undefined where the archive of passing logs does not hold the job. */
async function greenOf(green: Logs, { job }: JobLog, begin: () => ReturnType<typeof openGreenLog>): Promise<GreenLog | undefined> {
  if (job !== null && !green.isArchive) throw usageProblem("--green must be an archive as well, for the file is one: each job is compared with its own log.");
  if (job === null && green.jobs.length > 1) throw usageProblem("--green is an archive of several jobs. Give the log of the one job.");
  const log = job === null ? green.jobs[0] : green.jobs.find((one) => one.job === job);
  if (log === undefined) return undefined;
  const reading = begin();
  for await (const piece of redacted(log.pieces())) reading.write(piece);
  return reading.end();
}

async function factsOf(terminal: Terminal, name: string): Promise<JobFacts> {
  const read = readFacts(await textOf(terminal, name));
  if ("facts" in read) return redactFacts(read.facts);
  throw usageProblem(`The facts of ${visible(name)} are not taken. ${visible(read.problem)}. Give the answer of GET /repos/OWNER/REPO/actions/jobs/JOB-ID.`);
}
