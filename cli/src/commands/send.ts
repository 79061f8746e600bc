import { scanTypes, type ScanType, senderStatuses } from "@sentinal/contract";
import {
  deliver,
  displayName,
  factsOfJobToken,
  findFiles,
  findTarget,
  gateOf,
  gatherFacts,
  idTokenAdvice,
  inspectFile,
  jobTokens,
  mayAskForIdToken,
  type Outcome,
  outcomeJson,
  type PartialFacts,
  printable,
  SendProblem,
  sourceFolder,
  type TokenSource,
  withoutAbsent,
  withoutToken,
} from "@sentinal/send";
import { type Command, InvalidArgumentError, Option } from "commander";
import { parsePositive, parseWhole } from "../arguments.ts";
import { type ExitCode, exitCodes, usageProblem } from "../problem.ts";
import { exitCodeFor } from "../send/exit-code.ts";
import { showGate, showOutcomes } from "../send/outcome-table.ts";
import { createProgress } from "../send/progress.ts";
import type { Terminal } from "../terminal.ts";

type SendOptions = {
  url?: string;
  tokenFile?: string;
  token?: string;
  scanType?: ScanType;
  format?: string;
  category?: string;
  repository?: string;
  commit?: string;
  branch?: string;
  runId?: number;
  githubRunId?: number;
  runAttempt?: number;
  workflow?: string;
  job?: string;
  event?: string;
  actor?: string;
  pullRequest?: number;
  message?: string;
  defaultBranch?: string;
  startedAt?: string;
  status?: (typeof senderStatuses)[number];
  shard?: { index: number; total: number };
  places: boolean;
  wait: boolean;
  waitSeconds: number;
  retries: number;
  strict?: boolean;
  gate?: boolean;
  json?: boolean;
};

const help = `
The facts of the run come from GitHub Actions' environment, else from git; each option above wins over them.
The token comes from SENTINAL_API_TOKEN (or SENTINAL_API_TOKEN_FILE, or --token-file), never from an option. Without one
a job of GitHub Actions with the permission id-token: write asks GitHub for an ID token and exchanges it at the hub.

Exit codes:
  0  sent; or nothing is configured, or the hub could not be reached, and --strict is not given (a warning says so)
  1  unexpected
  2  wrong usage: no such file, a wrong option; with --strict also a missing token or address
  3  the hub refused a report; the field, the problem and the fix are printed
  4  the hub could not be reached or has a fault of its own, with --strict
  5  the quality gate of the repository failed, with --gate; with --strict also when its verdict is not known

Examples:
  $ sentinal send trivy.json
  $ sentinal send 'reports/**/*.json' --strict
  $ sentinal send image.json --category image --repository acme/shop
  $ sentinal send trivy.json --json | jq '.files[0].answer.changes.new'
`;

export function addSendCommand(program: Command, terminal: Terminal, setExitCode: (code: ExitCode) => void): void {
  program
    .command("send")
    .summary("send report files to a hub")
    .description("Sends report files (Trivy and what else the hub reads) to a hub and tells what changed.")
    .argument("<file...>", "report files, or patterns in quotes such as 'reports/*.json'")
    .optionsGroup("Hub:")
    .option("--url <url>", "the hub's address (default: SENTINAL_API_URL)")
    .option("--token-file <path>", "file with the API token, - for standard input (default: SENTINAL_API_TOKEN)")
    .addOption(new Option("--token <token>").hideHelp())
    .optionsGroup("Report:")
    .addOption(new Option("--scan-type <type>", "what kind of report it is (default: told by the content)").choices(scanTypes))
    .option("--format <format>", "read it as this format (default: told by the content)")
    .option("--category <text>", "keeps reports of the same tool apart, such as one for each image")
    .addOption(new Option("--shard <index/total>", "this is one part of a report in several").argParser(parseShard))
    .option("--no-places", "do not tell the hub hashes of the source lines that findings are at")
    .optionsGroup("Run:")
    .option("--repository <owner/name>", "repository")
    .option("--commit <sha>", "commit")
    .option("--branch <name>", "branch")
    .addOption(new Option("--run-id <id>", "the hub's id of the run, when it is known").argParser(parsePositive))
    .addOption(new Option("--github-run-id <id>", "GitHub's id of the run").argParser(parsePositive))
    .addOption(new Option("--run-attempt <n>", "attempt").argParser(parsePositive))
    .option("--workflow <name>", "workflow")
    .option("--job <name>", "job")
    .option("--event <name>", "what started the run")
    .option("--actor <name>", "who started it")
    .addOption(new Option("--pull-request <number>", "pull request").argParser(parsePositive))
    .option("--message <text>", "commit message")
    .option("--default-branch <name>", "the repository's default branch")
    .addOption(new Option("--started-at <time>", "when the run began, as 2026-11-22T10:00:00Z").argParser(parseTime))
    .addOption(new Option("--status <status>", "how the run stands").choices(senderStatuses))
    .optionsGroup("Behaviour:")
    .option("--strict", "fail when the hub is not configured or cannot be reached")
    .option("--gate", "fail when the repository's quality gate fails")
    .addOption(new Option("--retries <n>", "tries after the first").argParser(parseWhole).default(4))
    .addOption(new Option("--wait-seconds <n>", "how long to wait for a large report to be read").argParser(parseWhole).default(300))
    .option("--no-wait", "do not wait for it")
    .option("--json", "print one JSON object to standard output")
    .addHelpText("after", help)
    .action(async (patterns: string[], options: SendOptions) => setExitCode(await send(terminal, patterns, options)));
}

async function send(terminal: Terminal, patterns: readonly string[], options: SendOptions): Promise<ExitCode> {
  if (options.token !== undefined) {
    throw usageProblem(
      "A token on the command line can be read in the list of processes and in logs. Set SENTINAL_API_TOKEN or use --token-file, and revoke this one if others could see it.",
    );
  }
  const paths = await findFiles(patterns, terminal.cwd);
  const { hub, token } = await findTarget(options, terminal);
  if (hub === null) return withoutTarget(terminal, "SENTINAL_API_URL", options);
  const isJob = token === null && mayAskForIdToken(terminal.environment);
  if (token === null && !isJob) return withoutTarget(terminal, "SENTINAL_API_TOKEN", options);
  const given = { ...(isJob && factsOfJobToken(terminal.environment)), ...givenFacts(options) };
  const facts = await gatherFacts(given, terminal.environment, terminal.cwd);
  terminal.say(
    printable(`Sending for ${facts.repository ?? "the token's repository"}, ${facts.branch} at ${facts.commit_hash.slice(0, 10)}, to ${hub.origin}`),
  );

  const delivery = {
    hub,
    facts,
    scanType: options.scanType ?? null,
    format: options.format ?? null,
    sources: options.places ? await sourceFolder(terminal.environment, terminal.cwd) : null,
    retries: options.retries,
    waitMs: options.wait ? options.waitSeconds * 1_000 : 0,
  };
  const tokens: TokenSource =
    token === null
      ? jobTokens({ hub, environment: terminal.environment, retries: options.retries, onSecret() {}, onNote: (text) => terminal.say(printable(text)) })
      : async () => ({ token });
  const outcomes: Outcome[] = [];
  for (const path of paths) {
    const before = outcomes.at(-1);
    const name = displayName(path, terminal.cwd);
    // A hub that was given up for one file is not there for the next one either.
    if (before?.kind === "unreachable") {
      outcomes.push({ name, formatName: null, kind: "unreachable", reason: before.reason });
      continue;
    }
    const signIn = await tokens();
    outcomes.push("token" in signIn ? await sendOne(terminal, path, options, { ...delivery, token: signIn.token }) : withoutToken(name, signIn));
  }
  const gate = gateOf(outcomes);
  const exitCode = exitCodeFor(outcomes, gate.verdict, { isStrict: options.strict === true, isGate: options.gate === true });
  const result = { hub: hub.href, facts, files: outcomes.map(outcomeJson), gate: gate.verdict, exit_code: exitCode };
  if (options.json === true) terminal.result(JSON.stringify(result, null, 2));
  else showOutcomes(terminal, outcomes);
  showGate(terminal, gate, options.gate === true);
  return exitCode;
}

async function sendOne(terminal: Terminal, path: string, options: SendOptions, delivery: Parameters<typeof deliver>[1]): Promise<Outcome> {
  try {
    const file = await inspectFile(path, terminal.cwd, options.scanType);
    const progress = createProgress(terminal, file);
    try {
      return await deliver(file, delivery, progress);
    } finally {
      progress.end();
    }
  } catch (error) {
    if (error instanceof SendProblem) return { name: displayName(path, terminal.cwd), formatName: null, kind: "unreadable", reason: error.message };
    throw error;
  }
}

/** Opting out is no failure: a fork without the secrets must still build. */
function withoutTarget(terminal: Terminal, missing: string, options: SendOptions): ExitCode {
  const text = `${missing} is not set, so no report was sent.${missing === "SENTINAL_API_TOKEN" ? idTokenAdvice(terminal.environment) : ""}`;
  if (options.strict === true) throw usageProblem(`${text} Set it, or leave --strict out where a missing hub is no failure.`);
  if (options.json === true)
    terminal.result(JSON.stringify({ hub: null, facts: null, files: [], gate: "unknown", exit_code: exitCodes.done, skipped: text }, null, 2));
  terminal.warn(text);
  return exitCodes.done;
}

function givenFacts(options: SendOptions): PartialFacts {
  return withoutAbsent({
    repository: options.repository,
    commit_hash: options.commit,
    branch: options.branch,
    run_id: options.runId,
    github_run_id: options.githubRunId,
    run_attempt: options.runAttempt,
    workflow: options.workflow,
    job: options.job,
    event: options.event,
    actor: options.actor,
    pull_request: options.pullRequest,
    commit_message: options.message,
    default_branch: options.defaultBranch,
    started_at: options.startedAt,
    status: options.status,
    category: options.category,
    shard: options.shard,
  });
}

function parseShard(text: string): { index: number; total: number } {
  const [index = 0, total = 0] = /^(\d{1,5})\/(\d{1,5})$/.exec(text)?.slice(1).map(Number) ?? [];
  if (index < 1 || index > total) throw new InvalidArgumentError("It must be like 1/4.");
  return { index, total };
}

function parseTime(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time) || !/^\d{4}-\d{2}-\d{2}T/.test(text)) throw new InvalidArgumentError("It must be like 2026-11-22T10:00:00Z.");
  return new Date(time).toISOString();
}
