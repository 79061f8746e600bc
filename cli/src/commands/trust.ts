import { text as readAll } from "node:stream/consumers";
import { CreateTrustBindingBody, type Scope, scopes, type TrustBinding, type TrustTrial, usualTrustEvents } from "@sentinal/contract";
import { printable } from "@sentinal/send";
import { type Command, Option } from "commander";
import { parsePositive } from "../arguments.ts";
import { CommandProblem, type ExitCode, exitCodes, usageProblem } from "../problem.ts";
import { confirmAct } from "../prompts.ts";
import { tableLines } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { operatorHelp } from "./operate.ts";
import { findTrustKeeper } from "./trust-keeper.ts";

const trustHelp = `${operatorHelp}With --url it works at that hub instead, as the administrator of \`sentinal login\`.
`;
const createExamples = `
GitHub tells the two ids: gh api repos/acme/shop --jq '.id, .owner.id'

Examples:
  $ sentinal trust create --name 'shop CI' --repository acme/shop --repository-id 74 --owner-id 65 \\
      --workflow .github/workflows/ci.yml --ref refs/heads/main
  $ sentinal trust create … --ref refs/heads/main --ref 'refs/pull/*' --event push --event pull_request
`;
const tryExamples = `
Exit codes: 0 it would be exchanged, 1 it would not.

Examples:
  $ sentinal trust try < id-token.txt
  $ sentinal trust try --json < id-token.txt | jq '.bindings[] | select(.is_met | not) | .checks'
`;

type CreateOptions = {
  name: string;
  repository: string;
  repositoryId: number;
  ownerId: number;
  workflow: string;
  ref: string[];
  event?: string[];
  scope: Scope[];
  environment?: string;
  url?: string;
  json?: boolean;
};
type ReadOptions = { url?: string; json?: boolean };

const urlOption = ["--url <url>", "the hub to do it at, as the administrator of `sentinal login`"] as const;

export function addTrustCommands(program: Command, terminal: Terminal, setExitCode: (code: ExitCode) => void): void {
  const id = () => program.createArgument("<id>", "its number in `sentinal trust list`").argParser(parsePositive);
  const trust = program
    .command("trust")
    .summary("say whose GitHub Actions jobs get a token without a secret")
    .description("Trust bindings: jobs of GitHub Actions exchange their ID token for a hub token, and no secret is stored.")
    .addHelpText("after", trustHelp);

  trust
    .command("create")
    .summary("trust the jobs of a workflow")
    .description("Makes a trust binding. It is never changed: to change one make another, and revoke it.")
    .requiredOption("--name <text>", "what it is for")
    .requiredOption("--repository <owner/name>", "the repository as it is called now; shown, not compared")
    .addOption(new Option("--repository-id <id>", "GitHub's number of the repository").argParser(parsePositive).makeOptionMandatory())
    .addOption(new Option("--owner-id <id>", "GitHub's number of its owner").argParser(parsePositive).makeOptionMandatory())
    .requiredOption("--workflow <path>", "the workflow file, such as .github/workflows/ci.yml")
    .requiredOption("--ref <ref...>", "refs in full, such as refs/heads/main, or below a prefix, such as refs/tags/*")
    .option("--event <name...>", `what may start the run (default: ${usualTrustEvents.join(", ")})`)
    .addOption(new Option("--scope <scope...>", "what the token may do").choices(scopes).default(["webhook:write"]))
    .option("--environment <name>", "only jobs in this environment")
    .option(...urlOption)
    .option("--json", "print one JSON object")
    .addHelpText("after", trustHelp + createExamples)
    .action((options: CreateOptions) => createBinding(terminal, options));

  trust
    .command("list")
    .summary("list trust bindings")
    .description("Lists trust bindings, the newest first.")
    .option(...urlOption)
    .option("--json", "print a JSON array")
    .addHelpText("after", trustHelp)
    .action((options: ReadOptions) => listBindings(terminal, options));

  trust
    .command("show")
    .summary("show one trust binding")
    .description("Shows what a trust binding admits, and what it was last used for.")
    .addArgument(id())
    .option(...urlOption)
    .option("--json", "print one JSON object")
    .addHelpText("after", trustHelp)
    .action((number: number, options: ReadOptions) => showBinding(terminal, number, options));

  trust
    .command("revoke")
    .summary("revoke a trust binding")
    .description("Revokes a trust binding; tokens that were made under it are refused from the next request on.")
    .addArgument(id())
    .option("--yes", "do not ask")
    .option(...urlOption)
    .option("--json", "print one JSON object")
    .addHelpText("after", trustHelp)
    .action((number: number, options: ReadOptions & { yes?: boolean }) => revokeBinding(terminal, number, options));

  trust
    .command("try")
    .summary("explain what an ID token would come to")
    .description("Reads an ID token from standard input and tells for each binding which claim is met and which is not. The token is not used up.")
    .option(...urlOption)
    .option("--json", "print one JSON object")
    .addHelpText("after", trustHelp + tryExamples)
    .action(async (options: ReadOptions) => setExitCode(await tryToken(terminal, options)));
}

async function createBinding(terminal: Terminal, options: CreateOptions): Promise<void> {
  const body = CreateTrustBindingBody.safeParse({
    name: options.name,
    repository: options.repository,
    repository_id: options.repositoryId,
    repository_owner_id: options.ownerId,
    workflow: options.workflow,
    refs: options.ref,
    ...(options.event !== undefined && { events: options.event }),
    scopes: [...new Set(options.scope)],
    ...(options.environment !== undefined && { environment: options.environment }),
  });
  if (!body.success)
    throw usageProblem(body.error.issues.map((issue) => `--${optionOf[String(issue.path[0])] ?? String(issue.path[0])}: ${issue.message}.`).join(" "));
  const made = await (await findTrustKeeper(terminal, options.url)).create(body.data);
  if (options.json === true) terminal.result(JSON.stringify(made, null, 2));
  else {
    terminal.say(printable(`Binding ${made.id} “${made.name}”: jobs of ${made.repository} need no stored secret from now on.`));
    terminal.result(String(made.id));
  }
}

const optionOf: Readonly<Record<string, string>> = {
  repository_id: "repository-id",
  repository_owner_id: "owner-id",
  refs: "ref",
  events: "event",
  scopes: "scope",
};

async function listBindings(terminal: Terminal, options: ReadOptions): Promise<void> {
  const bindings = await (await findTrustKeeper(terminal, options.url)).list();
  if (options.json === true) {
    terminal.result(JSON.stringify(bindings, null, 2));
    return;
  }
  if (bindings.length === 0) {
    terminal.say("There are no trust bindings. `sentinal trust create --help` tells how to make one.");
    return;
  }
  const rows = bindings.map((binding) => [
    { text: String(binding.id), align: "right" as const },
    { text: printable(binding.name) },
    { text: printable(binding.repository) },
    { text: printable(binding.workflow) },
    { text: printable(binding.refs.join(" ")) },
    { text: binding.last_exchange?.at.slice(0, 16).replace("T", " ") ?? "never" },
    stateCell(terminal, binding),
  ]);
  const heads = ["Id", "Name", "Repository", "Workflow", "Refs", "Last used (UTC)", "State"];
  for (const line of tableLines(heads, rows, (head) => terminal.paintResult("dim", head))) terminal.result(line);
}

async function showBinding(terminal: Terminal, id: number, options: ReadOptions): Promise<void> {
  const binding = await (await findTrustKeeper(terminal, options.url)).show(id);
  if (options.json === true) {
    terminal.result(JSON.stringify(binding, null, 2));
    return;
  }
  const { last_exchange: last } = binding;
  const lines = [
    ["Name", binding.name],
    ["State", binding.revoked_at === null ? "live" : `revoked ${binding.revoked_at}`],
    ["Repository", `${binding.repository} (${binding.repository_id}), owner ${binding.repository_owner_id}`],
    ["Workflow", binding.workflow],
    ["Refs", binding.refs.join(", ")],
    ["Events", binding.events.join(", ")],
    ["Environment", binding.environment ?? "any"],
    ["Scopes", binding.scopes.join(", ")],
    ["Made", `${binding.created_at}${binding.created_by === null ? "" : ` by ${binding.created_by}`}`],
    ["Last used", last === null ? "never" : `${last.at} by run ${last.github_run_id}, attempt ${last.run_attempt}, of ${last.repository}`],
  ];
  for (const [name = "", value = ""] of lines) terminal.result(`${terminal.paintResult("dim", name.padEnd(12))} ${printable(value)}`);
}

async function revokeBinding(terminal: Terminal, id: number, options: ReadOptions & { yes?: boolean }): Promise<void> {
  if (options.yes !== true && !(await confirmAct(terminal, `Revoke trust binding ${id}? Its jobs are refused at once, and it cannot be undone.`))) {
    throw new CommandProblem("Cancelled. The binding was not revoked.");
  }
  const binding = await (await findTrustKeeper(terminal, options.url)).revoke(id);
  if (options.json === true) terminal.result(JSON.stringify(binding, null, 2));
  else terminal.say(printable(`Binding ${binding.id} “${binding.name}” is revoked since ${binding.revoked_at ?? "now"}.`));
}

async function tryToken(terminal: Terminal, options: ReadOptions): Promise<ExitCode> {
  if (terminal.stdin.isTTY === true) throw usageProblem("Give the ID token on standard input, from a file: sentinal trust try < id-token.txt");
  const token = (await readAll(terminal.stdin)).trim();
  if (token === "") throw usageProblem("Standard input is empty; it must hold an ID token.");
  const trial = await (await findTrustKeeper(terminal, options.url)).try(token);
  if (options.json === true) terminal.result(JSON.stringify(trial, null, 2));
  else showTrial(terminal, trial);
  return trial.would_succeed ? exitCodes.done : exitCodes.failed;
}

function showTrial(terminal: Terminal, trial: TrustTrial): void {
  const mark = (isMet: boolean) => (isMet ? terminal.paintResult("green", "✓") : terminal.paintResult("red", "✕"));
  terminal.result(
    `${mark(trial.would_succeed)} ${trial.would_succeed ? "This token would be exchanged." : `This token would be refused: ${trial.reason ?? ""}`}`,
  );
  terminal.result(`${mark(trial.token.is_good)} ${printable(trial.token.explanation)}`);
  if (trial.bindings.length === 0) terminal.result("There are no trust bindings. `sentinal trust create --help` tells how to make one.");
  for (const binding of trial.bindings) {
    terminal.result("");
    terminal.result(`${mark(binding.is_met)} ${printable(`Binding ${binding.id} “${binding.name}” of ${binding.repository}`)}`);
    for (const check of binding.checks) {
      terminal.result(`  ${mark(check.is_met)} ${check.claim}: ${printable(check.found ?? "absent")}`);
      if (!check.is_met) terminal.result(`    ${printable(`wanted ${check.wanted}. ${check.explanation}`)}`);
    }
  }
}

function stateCell(terminal: Terminal, { revoked_at: revokedAt }: TrustBinding) {
  return revokedAt === null ? { text: "live" } : { text: "revoked", style: (text: string) => terminal.paintResult("red", text) };
}
