import { type Label, type LineConvention, readLabels, readRules, type RuleProblem, ruleProblemSubject } from "@sentinal/diagnosis";
import { type Command, Option } from "commander";
import { createBar } from "../bar.ts";
import { logFilesOf } from "../diagnose/log-files.ts";
import { refuseStandardInputTwice, rulesOf, textOf } from "../diagnose/texts.ts";
import { type Trial, tryOnFiles } from "../diagnose/trial.ts";
import { trialLines, trialObject } from "../diagnose/trial-report.ts";
import { visible, visibleJson } from "../diagnose/visible.ts";
import { type ExitCode, exitCodes, usageProblem } from "../problem.ts";
import type { Terminal } from "../terminal.ts";

const checkHelp = `
FILE holds rules as YAML or JSON, - is standard input. Each problem is told with file:line:column, the rule, the field, what
is wrong and what to do; the rules' own examples are tried. docs/guides/write-a-rule.md tells how a rule is written.

--json prints one object: rules (how many are sound), files: [{file, rules, problems: [{rule, field, problem, fix, line, column}]}].

Exit codes:
  0  all rules are sound
  1  a file has a problem: none of its rules would be taken
  2  wrong usage, or a file that cannot be read

Examples:
  $ sentinal rules check rules.yaml
  $ sentinal rules check rules/*.yaml --json | jq '.files[].problems[]'
`;
const tryHelp = `
LOG is what sentinal diagnose reads: a job's log (plain, gzip or zstd), the ZIP archive of a run's logs, of which each job
counts, or - for standard input. Of a folder all files count that end in .log, .txt (or these with .gz or .zst) or .zip, with
those of the folders in it. Secrets are taken out of a log before anything else is done. Nothing is switched on.

With --labels the logs that a rule would have decided wrongly are told; docs/guides/diagnose-a-log.md says what a label is.
A log has the label with the SHA-256 of its bytes, unpacked.

--json prints one object: logs, labelled, unreadable: [{file, problem}], rules: [{rule, logs, matched, decisive, labelled,
wrong, sentence, decided: [{file, job, log, line, verdict, label}]}]. verdict is right, wrong, or null without a label.

Exit codes:
  0  the rules were tried on all logs, whatever they did
  1  a log could not be read or unpacked; the rules were tried on the others
  2  wrong usage: no such file, no log, rules with a problem

Examples:
  $ sentinal rules try rules.yaml logs/
  $ sentinal rules try rules.yaml logs/ run-*.zip --labels labels.jsonl
  $ gh run view --log --job 123456 | sentinal rules try rules.yaml - --job build
  $ sentinal rules try rules.yaml logs/ --json | jq '.rules[] | {rule, matched, wrong}'
`;
/** Below that, a bar is not worth looking at. */
const barFromBytes = 8 * 1024 * 1024;
const shownProblems = 10;

type TryOptions = { labels?: string; lines: LineConvention; job?: string; json?: boolean };

export function addRulesCommands(program: Command, terminal: Terminal, setExitCode: (code: ExitCode) => void): void {
  const rules = program
    .command("rules")
    .summary("check rules for diagnoses, and try them on past logs")
    .description("Rules of your own, by which sentinal diagnose knows failures that only your builds have.");

  rules
    .command("check")
    .summary("say whether rules are sound, and what is wrong")
    .description("Reads rules and tells each problem with its place and what to do about it.")
    .argument("<file...>", "rules as YAML or JSON, - for standard input")
    .option("--json", "print one JSON object")
    .addHelpText("after", checkHelp)
    .action(async (files: string[], options: { json?: boolean }) => setExitCode(await check(terminal, files, options.json === true)));

  rules
    .command("try")
    .summary("say what rules would have done in past logs")
    .description("Diagnoses logs of the past with the rules, and tells for each rule which it would have matched, decided, and decided wrongly.")
    .argument("<file>", "rules as YAML or JSON, - for standard input")
    .argument("<log...>", "logs, archives of logs or folders of them, - for standard input")
    .option("--labels <file>", "what people said of the logs, as JSON lines")
    .addOption(new Option("--lines <convention>", "what ends a line").choices(["lf", "cr-crlf-lf"]).default("lf"))
    .option("--job <name>", "the job of logs that do not tell it, for rules that name jobs; of an archive, this job alone")
    .option("--json", "print one JSON object")
    .addHelpText("after", tryHelp)
    .action(async (file: string, logs: string[], options: TryOptions) => setExitCode(await tryOut(terminal, file, logs, options)));
}

type CheckedFile = { readonly file: string; readonly rules: number; readonly problems: readonly RuleProblem[] };

async function check(terminal: Terminal, names: readonly string[], isJson: boolean): Promise<ExitCode> {
  refuseStandardInputTwice(names);
  const files: CheckedFile[] = [];
  for (const file of names) {
    const { rules, problems } = readRules(await textOf(terminal, file));
    files.push({ file, rules: rules?.length ?? 0, problems });
  }
  const sound = files.reduce((sum, { rules }) => sum + rules, 0);
  if (isJson) terminal.result(visibleJson(JSON.stringify({ rules: sound, files }, null, 2)));
  else for (const line of checkLines(terminal, files, sound)) terminal.result(line);
  return files.some(({ problems }) => problems.length > 0) ? exitCodes.failed : exitCodes.done;
}

function checkLines({ paintResult: paint }: Terminal, files: readonly CheckedFile[], sound: number): string[] {
  const lines = files.flatMap(({ file, problems }) =>
    problems.flatMap((one) => [
      `${paint("bold", `${file === "-" ? "<stdin>" : visible(file)}:${one.line}:${one.column}:`)} ${visible(`${ruleProblemSubject(one)}: ${one.problem}`)}`,
      `  ${paint("dim", "= fix")}  ${visible(one.fix)}`,
    ]),
  );
  const faulty = files.filter(({ problems }) => problems.length > 0);
  if (faulty.length === 0) return [`${paint("green", "✓")} ${counted(sound, "rule")} ${sound === 1 ? "is" : "are"} sound`];
  const problems = faulty.reduce((sum, file) => sum + file.problems.length, 0);
  const where = files.length === 1 ? "none of its rules would be taken" : `in ${faulty.length} of ${files.length} files, none of whose rules would be taken`;
  const others = sound === 0 ? "" : `; ${counted(sound, "rule")} in the other files ${sound === 1 ? "is" : "are"} sound`;
  return [...lines, `${paint("red", "✕")} ${counted(problems, "problem")}${files.length === 1 ? ": " : " "}${where}${others}`];
}

async function tryOut(terminal: Terminal, file: string, names: readonly string[], options: TryOptions): Promise<ExitCode> {
  refuseStandardInputTwice([file, ...new Set(names), options.labels]);
  const rules = await rulesOf(terminal, file);
  const labels = options.labels === undefined ? null : await labelsOf(terminal, options.labels);
  const files = await logFilesOf(terminal.cwd, names);
  const bytes = files.reduce((sum, one) => sum + one.bytes, 0);
  const bar = createBar(terminal, "Trying", "MB");
  let read = 0;
  const onRead = (more: number): void => {
    read += more;
    if (bytes >= barFromBytes) bar.show(Math.floor(read / 1_000_000), Math.ceil(bytes / 1_000_000));
  };
  let trial: Trial;
  try {
    trial = await tryOnFiles(terminal, rules, files, { labels: labels ?? new Map(), lines: options.lines, job: options.job }, onRead);
  } finally {
    bar.end();
  }
  if (trial.logs.length === 0 && trial.unreadable.length === 0) throw usageProblem(`None of these archives holds a job ${visible(options.job ?? "")}.`);
  if (options.json === true) terminal.result(visibleJson(JSON.stringify(trialObject(rules, trial), null, 2)));
  else if (trial.logs.length > 0) for (const line of trialLines(rules, trial, terminal.paintResult)) terminal.result(line);
  tellTrial(terminal, trial, labels, options.lines);
  return trial.unreadable.length > 0 ? exitCodes.failed : exitCodes.done;
}

/** What keeps the figures from being whole, to standard error. */
function tellTrial(terminal: Terminal, { logs, unreadable, otherLines }: Trial, labels: ReadonlyMap<string, Label> | null, lines: LineConvention): void {
  if (otherLines > 0) {
    const other = lines === "lf" ? "cr-crlf-lf" : "lf";
    terminal.warn(
      `${counted(otherLines, "label")} ${otherLines === 1 ? "counts" : "count"} lines as ${other} does, and ${otherLines === 1 ? "is" : "are"} left out. Try again with --lines ${other}.`,
    );
  } else if (labels !== null && logs.length > 0 && logs.every(({ label }) => label === undefined)) {
    terminal.warn("No label is of one of these logs. A label names its log by the SHA-256 of the bytes, unpacked.");
  }
  tellSome(
    unreadable,
    ({ problem }) => terminal.fail(problem),
    (more) => terminal.fail(`${more} more logs could not be read. --json lists them.`),
  );
}

async function labelsOf(terminal: Terminal, name: string): Promise<ReadonlyMap<string, Label>> {
  const { labels, problems } = readLabels(await textOf(terminal, name));
  tellSome(
    problems,
    ({ line, problem }) => terminal.warn(`${visible(name)}:${line} is left out, for it is no label: ${visible(problem)}.`),
    (more) => terminal.warn(`${more} more lines of ${visible(name)} are left out.`),
  );
  return labels;
}

function tellSome<Told>(all: readonly Told[], tell: (one: Told) => void, tellMore: (more: number) => void): void {
  for (const one of all.slice(0, shownProblems)) tell(one);
  if (all.length > shownProblems) tellMore(all.length - shownProblems);
}

function counted(count: number, word: string): string {
  return `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
}
