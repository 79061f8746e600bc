import { once } from "node:events";
import { open, rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import type { AuditProblem } from "@sentinal/contract";
import { type Command, InvalidArgumentError } from "commander";
import { printable } from "@sentinal/send";
import type { ChainHead, ExportRange, Verification } from "../../../hub/src/operator.ts";
import { type Bar, createBar } from "../bar.ts";
import { CommandProblem, type ExitCode, exitCodes, usageProblem } from "../problem.ts";
import type { Terminal } from "../terminal.ts";
import { operate, operatorHelp } from "./operate.ts";

const exportExamples = `
Each line is a JSON object: first what stands in the file, then an entry a line, in the order of the hash chain. A range
holds all entries of its time and what stands between them in the chain, so that the file can be verified by itself.

Examples:
  $ sentinal audit export --out audit.jsonl
  $ sentinal audit export --from 2026-11-01 --to 2026-12-01 | zstd > november.jsonl.zst
`;
const verifyExamples = `
Exit codes:
  0  the log is intact
  1  it could not be checked
  2  wrong usage, or a file that is no exported log
  6  the log is not intact, or not the one whose head was kept

Examples:
  $ sentinal audit verify
  $ sentinal audit verify --head 5f8c…e1@1204
  $ sentinal audit verify --file audit.jsonl --json
`;
const headExamples = `
Keep it elsewhere: with it you can prove later that nothing before it was changed, by sentinal audit verify --head.

Examples:
  $ sentinal audit head
  $ sentinal audit head --json | jq -r .head
`;
/** More are in the JSON. */
const shownProblems = 50;

export function addAuditCommands(program: Command, terminal: Terminal, setExitCode: (code: ExitCode) => void): void {
  const audit = program
    .command("audit")
    .summary("export and verify the audit log")
    .description("The audit log: who changed what, sealed into a hash chain.")
    .addHelpText("after", operatorHelp);

  audit
    .command("export")
    .summary("write the log as JSON lines")
    .description("Writes the audit log with the hashes of its chain to standard output or to a file.")
    .option("--from <time>", "from this day or moment on (UTC)", parseMoment)
    .option("--to <time>", "until before this day or moment (UTC)", parseMoment)
    .option("--out <file>", "write it there; the file is replaced when all is written")
    .option("--json", "with --out: print one JSON object about it")
    .addHelpText("after", operatorHelp + exportExamples)
    .action((options: ExportOptions) => exportLog(terminal, options));

  audit
    .command("verify")
    .summary("check the log against its hash chain")
    .description("Reads the whole log and names entries that are unsealed, changed, missing or out of order.")
    .option("--file <file>", "an exported log, in place of the hub's database")
    .option("--head <hash@position>", "a head that was kept elsewhere; may be given several times", (text: string, given: string[]) => [...given, text], [])
    .option("--json", "print one JSON object")
    .addHelpText("after", verifyExamples)
    .action(async (options: VerifyOptions) => setExitCode(await verify(terminal, options)));

  audit
    .command("head")
    .summary("print where the chain ends")
    .description("Prints the head of the hash chain: the hash of the last sealed entry, and its position.")
    .option("--json", "print one JSON object")
    .addHelpText("after", operatorHelp + headExamples)
    .action((options: { json?: boolean }) => showHead(terminal, options));
}

type ExportOptions = { from?: Date; to?: Date; out?: string; json?: boolean };
type VerifyOptions = { file?: string; head: string[]; json?: boolean };

async function exportLog(terminal: Terminal, options: ExportOptions): Promise<void> {
  const range: ExportRange = { from: options.from ?? null, to: options.to ?? null };
  if (range.from !== null && range.to !== null && range.from >= range.to) throw usageProblem("--to must be after --from.");
  if (options.json === true && options.out === undefined) throw usageProblem("--json goes with --out: without it the log itself is printed.");
  const hub = await loadHub();
  const bar = createBar(terminal, "Exporting", "entries");
  try {
    const entries = await operate(terminal, hub, { mayCreate: false }, (operator) => {
      const pieces = operator.exportAudit(range);
      return options.out === undefined ? writeOut(terminal, pieces) : writeFile(resolve(terminal.cwd, options.out), pieces, bar);
    });
    bar.end();
    if (options.json === true) terminal.result(JSON.stringify({ file: options.out, entries }, null, 2));
    else if (options.out !== undefined) terminal.say(`${entries.toLocaleString("en")} ${entries === 1 ? "entry" : "entries"} in ${printable(options.out)}.`);
  } finally {
    bar.end();
  }
}

/** To standard output, as fast as it is read there; answers how many entries. */
async function writeOut(terminal: Terminal, pieces: AsyncIterable<string>): Promise<number> {
  let entries = -1;
  for await (const piece of pieces) {
    entries += linesIn(piece);
    if (!terminal.stdout.write(piece)) await once(terminal.stdout, "drain");
  }
  return entries;
}

/** Beside the file first: it takes its place when all is written. Others than its owner cannot read it. */
async function writeFile(path: string, pieces: AsyncIterable<string>, bar: Bar): Promise<number> {
  const draft = `${path}.${process.pid}.part`;
  let entries = -1;
  let total = 0;
  try {
    const file = await open(draft, "wx", 0o600);
    try {
      for await (const piece of pieces) {
        if (entries === -1) total = entriesOf(piece);
        entries += linesIn(piece);
        bar.show(entries, total);
        await file.write(piece);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
    return entries;
  } catch (error) {
    await rm(draft, { force: true });
    if (error instanceof Error && "syscall" in error && "code" in error) throw new CommandProblem(`${path} cannot be written (${String(error.code)}).`);
    throw error;
  }
}

function linesIn(piece: string): number {
  let count = 0;
  for (let at = piece.indexOf("\n"); at !== -1; at = piece.indexOf("\n", at + 1)) count++;
  return count;
}

/** How many sealed entries the first line announces. */
function entriesOf(header: string): number {
  const { start, end }: { start: { position: number }; end: { position: number } } = JSON.parse(header);
  return end.position - start.position;
}

async function verify(terminal: Terminal, options: VerifyOptions): Promise<ExitCode> {
  const hub = await loadHub();
  const heads = options.head.map((text): ChainHead => {
    const head = hub.parseHead(text);
    if (head === null)
      throw usageProblem(`--head ${printable(text)} is no head: it is 64 hexadecimal digits, @ and a position, as sentinal audit head prints it.`);
    return head;
  });
  const bar = createBar(terminal, "Verifying", "entries");
  try {
    const verification = await verified(terminal, hub, options, heads, bar);
    bar.end();
    if (options.json === true) terminal.result(JSON.stringify(answerOf(verification), null, 2));
    else tell(terminal, verification, heads.length);
    return verification.isIntact ? exitCodes.done : exitCodes.broken;
  } finally {
    bar.end();
  }
}

async function verified(
  terminal: Terminal,
  hub: Awaited<ReturnType<typeof loadHub>>,
  options: VerifyOptions,
  heads: ChainHead[],
  bar: Bar,
): Promise<Verification> {
  if (options.file === undefined) return operate(terminal, hub, { mayCreate: false }, (operator) => operator.verifyAudit(heads, bar.show));
  const answer = await hub.verifyAuditFile(resolve(terminal.cwd, options.file), heads, bar.show);
  if ("problem" in answer) throw usageProblem(answer.problem);
  return answer.value;
}

function answerOf(verification: Verification) {
  const { isIntact, checked, head, problems, isCutOff } = verification;
  return {
    intact: isIntact,
    checked,
    head: head.position === 0 ? null : `${head.hash}@${head.position}`,
    problems: problems.map((problem) =>
      Object.fromEntries(Object.entries(problem).map(([name, value]) => [name === "sealedAt" ? "sealed_at" : name === "isLate" ? "is_late" : name, value])),
    ),
    more_problems: isCutOff,
  };
}

function tell(terminal: Terminal, verification: Verification, headCount: number): void {
  const { isIntact, checked, head, problems, isCutOff } = verification;
  for (const problem of problems.slice(0, shownProblems)) terminal.result(`${markOf(terminal, problem)} ${sentenceOf(problem)}`);
  if (problems.length > shownProblems || isCutOff)
    terminal.result(`… and ${isCutOff ? "many" : problems.length - shownProblems} more; --json names up to 1,000.`);
  const count = `${checked.toLocaleString("en")} sealed ${checked === 1 ? "entry" : "entries"}`;
  const kept = headCount === 0 || !isIntact ? "" : `, and ${headCount === 1 ? "the head that you kept is" : "the heads that you kept are"} in it`;
  terminal.result(
    isIntact
      ? `${terminal.paintResult("green", "✓")} The log is intact: ${count}${kept}.`
      : `${terminal.paintResult("red", "✕")} The log is not intact. ${count[0]?.toUpperCase() ?? ""}${count.slice(1)} were read.`,
  );
  if (head.position > 0) terminal.result(`  Head: ${head.hash}@${head.position}`);
}

function markOf(terminal: Terminal, problem: AuditProblem): string {
  return problem.kind === "unsealed" && !problem.isLate ? terminal.paintResult("yellow", "!") : terminal.paintResult("red", "✕");
}

function sentenceOf(problem: AuditProblem): string {
  switch (problem.kind) {
    case "changed":
      return `Changed: entry ${problem.id} at position ${problem.position} is not what was sealed there.`;
    case "reordered":
      return `Reordered: entry ${problem.id} stands at position ${problem.position}, and was sealed at ${problem.sealedAt}.`;
    case "missing":
      return problem.from === problem.to ? `Missing: position ${problem.from}.` : `Missing: positions ${problem.from} to ${problem.to}.`;
    case "unsealed":
      return problem.isLate
        ? `Unsealed: entry ${problem.id} of ${printable(problem.at)} was never sealed. A running hub seals within a second.`
        : `Unsealed: entry ${problem.id} of ${printable(problem.at)} waits for its seal.`;
    case "head_lost":
      return "The hub no longer remembers where its chain ended: entries cut off the end would not be missed.";
    case "head_differs":
      return problem.found === null
        ? `Position ${problem.position}, whose head you kept, is not in this log.`
        : `At position ${problem.position} the hash is ${problem.found}, and you kept ${problem.kept}: the log was made anew.`;
  }
}

async function showHead(terminal: Terminal, options: { json?: boolean }): Promise<void> {
  const head = await operate(terminal, await loadHub(), { mayCreate: false }, (operator) => operator.auditHead());
  const text = head === null ? null : `${head.hash}@${head.position}`;
  if (options.json === true) terminal.result(JSON.stringify({ head: text, position: head?.position ?? 0, hash: head?.hash ?? null }, null, 2));
  else if (text === null) terminal.say("The audit log is empty.");
  else terminal.result(text);
}

/** A day (its beginning, in UTC) or a moment with its zone. */
function parseMoment(text: string): Date {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const moment = new Date(text);
  if ((!isDay && !isMoment) || Number.isNaN(moment.getTime())) throw new InvalidArgumentError("It must be like 2026-11-22 or 2026-11-22T07:00:00Z.");
  return moment;
}

/** Only when it is needed: `sentinal send` must not wait for the hub's modules. */
async function loadHub() {
  return import("../../../hub/src/operator.ts");
}
