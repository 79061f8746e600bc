import { type ApiToken, CreateApiTokenBody, type CreatedApiToken, mostOverlapHours, type Scope, scopes } from "@sentinal/contract";
import { type Command, InvalidArgumentError, Option } from "commander";
import { printable } from "@sentinal/send";
import { parsePositive, parseWhole } from "../arguments.ts";
import { CommandProblem, usageProblem } from "../problem.ts";
import { confirmAct } from "../prompts.ts";
import { tableLines } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { operatorHelp } from "./operate.ts";
import { findTokenKeeper } from "./token-keeper.ts";

const tokenHelp = `${operatorHelp}
With --url it works at that hub instead, as the administrator who signed in with \`sentinal login\`.
`;
const urlOption = ["--url <address>", "a hub that is not on this machine; sign in first with `sentinal login`"] as const;

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
const rotateExamples = `
Examples:
  $ TOKEN=$(sentinal token rotate 3)
  $ sentinal token rotate 3 --overlap-hours 72 --url https://sentinal.example.com
`;
const revokeExamples = `
Examples:
  $ sentinal token revoke 3
  $ sentinal token revoke 3 --yes
`;

type CreateOptions = { name: string; scope: Scope[]; repository?: string; expiresInDays?: number; url?: string; json?: boolean };

export function addTokenCommands(program: Command, terminal: Terminal): void {
  const token = program
    .command("token")
    .summary("make, list, rotate and revoke API tokens")
    .description("API tokens, with which CI signs in.")
    .addHelpText("after", tokenHelp);

  token
    .command("create")
    .summary("make a token")
    .description("Makes an API token and prints it to standard output, this once.")
    .requiredOption("--name <text>", "what it is for")
    .addOption(new Option("--scope <scope...>", "what it may do").choices(scopes).default(["webhook:write"]))
    .option("--repository <owner/name>", "bind it to one repository")
    .addOption(new Option("--expires-in-days <n>", "end of its life (default: none)").argParser(parsePositive))
    .option(...urlOption)
    .option("--json", "print one JSON object")
    .addHelpText("after", tokenHelp + createExamples)
    .action((options: CreateOptions) => createToken(terminal, options));

  token
    .command("list")
    .summary("list tokens")
    .description("Lists API tokens, the newest first; never the tokens themselves.")
    .option(...urlOption)
    .option("--json", "print a JSON array")
    .addHelpText("after", tokenHelp + listExamples)
    .action((options: { url?: string; json?: boolean }) => listTokens(terminal, options));

  token
    .command("rotate")
    .summary("replace a token by a new one")
    .description("Makes a new token of the same name, scopes, binding and length of life, and prints it to standard output, this once.")
    .addArgument(program.createArgument("<id>", "its number in `sentinal token list`").argParser(parsePositive))
    .addOption(
      new Option("--overlap-hours <n>", `how long the old one works beside it, up to ${mostOverlapHours}; 0: not at all`).argParser(parseOverlap).default(24),
    )
    .option(...urlOption)
    .option("--json", "print one JSON object")
    .addHelpText("after", tokenHelp + rotateExamples)
    .action((id: number, options: { overlapHours: number; url?: string; json?: boolean }) => rotateToken(terminal, id, options));

  token
    .command("revoke")
    .summary("revoke a token")
    .description("Revokes an API token; a running hub refuses it from the next request on.")
    .addArgument(program.createArgument("<id>", "its number in `sentinal token list`").argParser(parsePositive))
    .option("--yes", "do not ask")
    .option(...urlOption)
    .option("--json", "print one JSON object")
    .addHelpText("after", tokenHelp + revokeExamples)
    .action((id: number, options: { yes?: boolean; url?: string; json?: boolean }) => revokeToken(terminal, id, options));
}

async function createToken(terminal: Terminal, options: CreateOptions): Promise<void> {
  const body = CreateApiTokenBody.safeParse({
    name: options.name,
    scopes: [...new Set(options.scope)],
    ...(options.repository !== undefined && { repository: options.repository }),
    ...(options.expiresInDays !== undefined && { expires_in_days: options.expiresInDays }),
  });
  if (!body.success) throw usageProblem(body.error.issues.map((issue) => `--${String(issue.path[0]).replaceAll("_", "-")}: ${issue.message}.`).join(" "));
  const keeper = await findTokenKeeper(terminal, options.url);
  showMade(terminal, await keeper.create(body.data), options);
}

async function rotateToken(terminal: Terminal, id: number, options: { overlapHours: number; url?: string; json?: boolean }): Promise<void> {
  const keeper = await findTokenKeeper(terminal, options.url);
  const made = await keeper.rotate(id, options.overlapHours);
  if (options.json !== true) {
    const hours = options.overlapHours === 1 ? "1 hour" : `${options.overlapHours} hours`;
    terminal.say(`Token ${id} ${options.overlapHours === 0 ? "is refused from now on" : `works for ${hours} more, and is refused then`}.`);
  }
  showMade(terminal, made, options);
}

function showMade(terminal: Terminal, made: CreatedApiToken, options: { json?: boolean }): void {
  if (options.json === true) {
    terminal.result(JSON.stringify(made, null, 2));
    return;
  }
  const until = made.expires_at === null ? "without an end" : `until ${made.expires_at.slice(0, 10)}`;
  terminal.say(printable(`Token ${made.id} “${made.name}”: ${made.scopes.join(", ")} for ${made.repository ?? "all repositories"}, ${until}.`));
  terminal.say("It is shown this once. Keep it as the secret SENTINAL_API_TOKEN.");
  terminal.result(made.token);
}

async function listTokens(terminal: Terminal, options: { url?: string; json?: boolean }): Promise<void> {
  const tokens = await (await findTokenKeeper(terminal, options.url)).list();
  if (options.json === true) terminal.result(JSON.stringify(tokens, null, 2));
  else if (tokens.length === 0) terminal.say("There are no tokens. Make one with: sentinal token create --name ci");
  else showTokens(terminal, tokens);
}

async function revokeToken(terminal: Terminal, id: number, options: { yes?: boolean; url?: string; json?: boolean }): Promise<void> {
  if (options.yes !== true && !(await confirmAct(terminal, `Revoke token ${id}? Whoever uses it is refused at once, and it cannot be undone.`))) {
    throw new CommandProblem("Cancelled. The token was not revoked.");
  }
  const token = await (await findTokenKeeper(terminal, options.url)).revoke(id);
  if (options.json === true) terminal.result(JSON.stringify(token, null, 2));
  else terminal.say(printable(`Token ${token.id} “${token.name}” is revoked since ${token.revoked_at ?? "now"}.`));
}

function showTokens(terminal: Terminal, tokens: readonly ApiToken[]): void {
  const rows = tokens.map((token) => {
    const { words, style } = stateWords(token);
    return [
      { text: String(token.id), align: "right" as const },
      { text: printable(token.name) },
      { text: `${token.prefix}…` },
      { text: token.scopes.join(" ") },
      { text: printable(token.repository ?? "all") },
      { text: token.created_at.slice(0, 10) },
      { text: token.expires_at?.slice(0, 10) ?? "never" },
      {
        text: token.last_used_at === null ? "never" : printable(`${token.last_used_at.slice(0, 16).replace("T", " ")} ${token.last_used_address ?? ""}`).trim(),
      },
      { text: words, ...(style !== null && { style: (text: string) => terminal.paintResult(style, text) }) },
    ];
  });
  const heads = ["Id", "Name", "Token", "Scopes", "Repository", "Made", "Ends", "Last used (UTC)", "State"];
  for (const line of tableLines(heads, rows, (head) => terminal.paintResult("dim", head))) terminal.result(line);
}

function stateWords(token: ApiToken): { words: string; style: "red" | "yellow" | null } {
  switch (token.state) {
    case "valid":
      return { words: "valid", style: null };
    case "expires_soon":
      return { words: `expires within ${token.expires_within_days === 1 ? "1 day" : `${token.expires_within_days} days`}`, style: "yellow" };
    case "overlapping":
      return { words: `replaced by ${token.replaced_by}, works until ${token.overlap_ends_at?.slice(0, 16).replace("T", " ") ?? "its end"}`, style: "yellow" };
    case "replaced":
      return { words: `replaced by ${token.replaced_by ?? "another"}`, style: "red" };
    default:
      return { words: token.state, style: "red" };
  }
}

function parseOverlap(text: string): number {
  const hours = parseWhole(text);
  if (hours > mostOverlapHours) throw new InvalidArgumentError(`It must be at most ${mostOverlapHours}.`);
  return hours;
}
