import type { CreatedServiceToken, ServiceToken } from "@sentinal/contract";
import { printable } from "@sentinal/send";
import { type Command, Option } from "commander";
import { parsePositive, parseWhole } from "../arguments.ts";
import { CommandProblem } from "../problem.ts";
import { confirmAct } from "../prompts.ts";
import { tableLines } from "../table.ts";
import type { Style, Terminal } from "../terminal.ts";
import { operate, operatorHelp } from "./operate.ts";

const createExamples = `
Examples:
  $ TOKEN=$(sentinal service-token create billing)
  $ sentinal service-token create billing --expires-in-days 90
`;
const listExamples = `
Examples:
  $ sentinal service-token list
  $ sentinal service-token list --json | jq '.[] | select(.state == "overlapping")'
`;
const rotateExamples = `
Examples:
  $ TOKEN=$(sentinal service-token rotate billing)
  $ sentinal service-token rotate billing --overlap-hours 72
`;
const revokeExamples = `
Examples:
  $ sentinal service-token revoke 3
`;

const usualOverlapHours = 24;
const stateStyles: Readonly<Record<ServiceToken["state"], Style | null>> = { valid: null, overlapping: "yellow", expired: "red", revoked: "red" };

type MakeOptions = { length?: number; expiresInDays?: number; overlapHours?: number; json?: boolean };

export function addServiceTokenCommands(program: Command, terminal: Terminal): void {
  const token = program
    .command("service-token")
    .summary("make, list, rotate and revoke tokens between services")
    .description("Tokens with which services call /internal, one a service, beside the one of INTERNAL_SERVICE_TOKEN.")
    .addHelpText("after", operatorHelp);

  makingCommand(token, "create", "make the token of a service", "Makes the token of a service and prints it to standard output, this once.")
    .addHelpText("after", operatorHelp + createExamples)
    .action((service: string, options: MakeOptions) => createToken(terminal, service, options));

  makingCommand(
    token,
    "rotate",
    "give a service its next token",
    "Makes the next token of a service and prints it, this once. The one before it goes on working for a while.",
  )
    .addOption(new Option("--overlap-hours <n>", "how long the old one is accepted beside it").argParser(parseWhole).default(usualOverlapHours))
    .addHelpText("after", operatorHelp + rotateExamples)
    .action((service: string, options: MakeOptions) => rotateToken(terminal, service, options));

  token
    .command("list")
    .summary("list service tokens")
    .description("Lists service tokens by service; never the tokens themselves.")
    .option("--json", "print a JSON array")
    .addHelpText("after", operatorHelp + listExamples)
    .action((options: { json?: boolean }) => listTokens(terminal, options));

  token
    .command("revoke")
    .summary("revoke a service token")
    .description("Revokes a service token; a running hub refuses it from the next call on.")
    .addArgument(program.createArgument("<id>", "its number in `sentinal service-token list`").argParser(parsePositive))
    .option("--yes", "do not ask")
    .option("--json", "print one JSON object")
    .addHelpText("after", operatorHelp + revokeExamples)
    .action((id: number, options: { yes?: boolean; json?: boolean }) => revokeToken(terminal, id, options));
}

function makingCommand(token: Command, name: string, summary: string, description: string): Command {
  return token
    .command(name)
    .summary(summary)
    .description(description)
    .argument("<service>", "the service's name, e.g. billing")
    .addOption(new Option("--length <n>", "characters, from 43 up (default: 64)").argParser(parsePositive))
    .addOption(new Option("--expires-in-days <n>", "end of its life (default: none)").argParser(parsePositive))
    .option("--json", "print one JSON object");
}

async function createToken(terminal: Terminal, service: string, options: MakeOptions): Promise<void> {
  const made = await operate(terminal, await loadHub(), { mayCreate: true }, (operator) => operator.createServiceToken(bodyOf(service, options)));
  tellMade(terminal, made, options);
}

async function rotateToken(terminal: Terminal, service: string, options: MakeOptions): Promise<void> {
  const hours = options.overlapHours ?? usualOverlapHours;
  const made = await operate(terminal, await loadHub(), { mayCreate: false }, (operator) => operator.rotateServiceToken(bodyOf(service, options), hours));
  tellMade(terminal, made, options);
  if (options.json !== true) terminal.say(hours === 0 ? "The one before it is refused from now on." : `The one before it is accepted for ${hours} hours more.`);
}

function bodyOf(service: string, options: MakeOptions) {
  return {
    service,
    ...(options.length !== undefined && { length: options.length }),
    ...(options.expiresInDays !== undefined && { expires_in_days: options.expiresInDays }),
  };
}

function tellMade(terminal: Terminal, made: CreatedServiceToken, options: MakeOptions): void {
  if (options.json === true) {
    terminal.result(JSON.stringify(made, null, 2));
    return;
  }
  const until = made.expires_at === null ? "without an end" : `until ${made.expires_at.slice(0, 10)}`;
  terminal.say(printable(`Service token ${made.id} of ${made.service}, ${until}. It is shown this once: ${made.service} sends it as X-Internal-Token.`));
  terminal.result(made.token);
}

async function listTokens(terminal: Terminal, options: { json?: boolean }): Promise<void> {
  const tokens = await operate(terminal, await loadHub(), { mayCreate: false }, (operator) => operator.listServiceTokens());
  if (options.json === true) terminal.result(JSON.stringify(tokens, null, 2));
  else if (tokens.length === 0) terminal.say("There are no service tokens. Make one with: sentinal service-token create NAME");
  else showTokens(terminal, tokens);
}

function showTokens(terminal: Terminal, tokens: readonly ServiceToken[]): void {
  const rows = tokens.map((token) => {
    const style = stateStyles[token.state];
    return [
      { text: String(token.id), align: "right" as const },
      { text: printable(token.service) },
      { text: `${token.prefix}…` },
      { text: token.created_at.slice(0, 10) },
      { text: token.expires_at?.slice(0, 16).replace("T", " ") ?? "never" },
      { text: token.last_used_at?.slice(0, 16).replace("T", " ") ?? "never" },
      { text: token.state, ...(style !== null && { style: (text: string) => terminal.paintResult(style, text) }) },
    ];
  });
  for (const line of tableLines(["Id", "Service", "Token", "Made", "Ends (UTC)", "Last used (UTC)", "State"], rows, (head) =>
    terminal.paintResult("dim", head),
  ))
    terminal.result(line);
}

async function revokeToken(terminal: Terminal, id: number, options: { yes?: boolean; json?: boolean }): Promise<void> {
  if (options.yes !== true && !(await confirmAct(terminal, `Revoke service token ${id}? The service is refused at once, and it cannot be undone.`))) {
    throw new CommandProblem("Cancelled. The service token was not revoked.");
  }
  const token = await operate(terminal, await loadHub(), { mayCreate: false }, (operator) => operator.revokeServiceToken(id));
  if (options.json === true) terminal.result(JSON.stringify(token, null, 2));
  else terminal.say(printable(`Service token ${token.id} of ${token.service} is revoked.`));
}

/** Only when it is needed: other commands must not wait for the hub's modules. */
async function loadHub() {
  return import("../../../hub/src/operator.ts");
}
