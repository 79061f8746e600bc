import { type ApiToken, CreateApiTokenBody, type Scope, scopes } from "@sentinal/contract";
import { type Command, Option } from "commander";
import { printable } from "@sentinal/send";
import { parsePositive } from "../arguments.ts";
import { CommandProblem, usageProblem } from "../problem.ts";
import { confirmAct } from "../prompts.ts";
import { tableLines } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { operate, operatorHelp } from "./operate.ts";

const createExamples = `
Examples:
  $ TOKEN=$(sentinal token create --name ci)
  $ sentinal token create --name shop --repository acme/shop --expires-in-days 90
  $ sentinal token create --name dashboard --scope webhook:read
`;
const listExamples = `
Examples:
  $ sentinal token list
  $ sentinal token list --json | jq '.[] | select(.last_used_at == null)'
`;
const revokeExamples = `
Examples:
  $ sentinal token revoke 3
  $ sentinal token revoke 3 --yes
`;

type CreateOptions = { name: string; scope: Scope[]; repository?: string; expiresInDays?: number; json?: boolean };

export function addTokenCommands(program: Command, terminal: Terminal): void {
  const token = program
    .command("token")
    .summary("make, list and revoke API tokens")
    .description("API tokens, with which CI signs in.")
    .addHelpText("after", operatorHelp);

  token
    .command("create")
    .summary("make a token")
    .description("Makes an API token and prints it to standard output, this once.")
    .requiredOption("--name <text>", "what it is for")
    .addOption(new Option("--scope <scope...>", "what it may do").choices(scopes).default(["webhook:write"]))
    .option("--repository <owner/name>", "bind it to one repository")
    .addOption(new Option("--expires-in-days <n>", "end of its life (default: none)").argParser(parsePositive))
    .option("--json", "print one JSON object")
    .addHelpText("after", operatorHelp + createExamples)
    .action((options: CreateOptions) => createToken(terminal, options));

  token
    .command("list")
    .summary("list tokens")
    .description("Lists API tokens, the newest first; never the tokens themselves.")
    .option("--json", "print a JSON array")
    .addHelpText("after", operatorHelp + listExamples)
    .action((options: { json?: boolean }) => listTokens(terminal, options));

  token
    .command("revoke")
    .summary("revoke a token")
    .description("Revokes an API token; a running hub refuses it from the next request on.")
    .addArgument(program.createArgument("<id>", "its number in `sentinal token list`").argParser(parsePositive))
    .option("--yes", "do not ask")
    .option("--json", "print one JSON object")
    .addHelpText("after", operatorHelp + revokeExamples)
    .action((id: number, options: { yes?: boolean; json?: boolean }) => revokeToken(terminal, id, options));
}

async function createToken(terminal: Terminal, options: CreateOptions): Promise<void> {
  const body = CreateApiTokenBody.safeParse({
    name: options.name,
    scopes: [...new Set(options.scope)],
    ...(options.repository !== undefined && { repository: options.repository }),
    ...(options.expiresInDays !== undefined && { expires_in_days: options.expiresInDays }),
  });
  if (!body.success) throw usageProblem(body.error.issues.map((issue) => `--${String(issue.path[0]).replaceAll("_", "-")}: ${issue.message}.`).join(" "));
  const made = await operate(terminal, await loadHub(), { mayCreate: true }, (operator) => operator.createApiToken(body.data));
  if (options.json === true) {
    terminal.result(JSON.stringify(made, null, 2));
    return;
  }
  const until = made.expires_at === null ? "without an end" : `until ${made.expires_at.slice(0, 10)}`;
  terminal.say(printable(`Token ${made.id} “${made.name}”: ${made.scopes.join(", ")} for ${made.repository ?? "all repositories"}, ${until}.`));
  terminal.say("It is shown this once. Keep it as the secret SENTINAL_API_TOKEN.");
  terminal.result(made.token);
}

async function listTokens(terminal: Terminal, options: { json?: boolean }): Promise<void> {
  const tokens = await operate(terminal, await loadHub(), { mayCreate: false }, (operator) => operator.listApiTokens());
  if (options.json === true) terminal.result(JSON.stringify(tokens, null, 2));
  else if (tokens.length === 0) terminal.say("There are no tokens. Make one with: sentinal token create --name ci");
  else showTokens(terminal, tokens);
}

async function revokeToken(terminal: Terminal, id: number, options: { yes?: boolean; json?: boolean }): Promise<void> {
  if (options.yes !== true && !(await confirmAct(terminal, `Revoke token ${id}? Whoever uses it is refused at once, and it cannot be undone.`))) {
    throw new CommandProblem("Cancelled. The token was not revoked.");
  }
  const token = await operate(terminal, await loadHub(), { mayCreate: false }, (operator) => operator.revokeApiToken(id));
  if (options.json === true) terminal.result(JSON.stringify(token, null, 2));
  else terminal.say(printable(`Token ${token.id} “${token.name}” is revoked since ${token.revoked_at ?? "now"}.`));
}

function showTokens(terminal: Terminal, tokens: readonly ApiToken[]): void {
  const now = Date.now();
  const rows = tokens.map((token) => {
    const state = stateOf(token, now);
    return [
      { text: String(token.id), align: "right" as const },
      { text: printable(token.name) },
      { text: `${token.prefix}…` },
      { text: token.scopes.join(" ") },
      { text: printable(token.repository ?? "all") },
      { text: token.created_at.slice(0, 10) },
      { text: token.expires_at?.slice(0, 10) ?? "never" },
      { text: token.last_used_at?.slice(0, 16).replace("T", " ") ?? "never" },
      { text: state, ...(state !== "live" && { style: (text: string) => terminal.paintResult("red", text) }) },
    ];
  });
  const heads = ["Id", "Name", "Token", "Scopes", "Repository", "Made", "Ends", "Last used (UTC)", "State"];
  for (const line of tableLines(heads, rows, (head) => terminal.paintResult("dim", head))) terminal.result(line);
}

function stateOf(token: ApiToken, now: number): "live" | "expired" | "revoked" {
  if (token.revoked_at !== null) return "revoked";
  return token.expires_at !== null && Date.parse(token.expires_at) <= now ? "expired" : "live";
}

/** Only when it is needed: `sentinal send` must not wait for the hub's modules. */
async function loadHub() {
  return import("../../../hub/src/operator.ts");
}
