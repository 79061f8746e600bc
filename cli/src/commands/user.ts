import { RegisterBody } from "@sentinal/contract";
import type { Command } from "commander";
import { printable } from "@sentinal/send";
import { usageProblem } from "../problem.ts";
import { readNewPassword } from "../prompts.ts";
import { tableLines } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { operate, operatorHelp } from "./operate.ts";

const passwordHelp = `
The password is asked for without showing it, or read from --password-file (- for standard input); it has 12 characters
or more. It is never an option: that could be read in the list of processes.
`;
const createExamples = `
Examples:
  $ sentinal user create-admin --username ada --email ada@example.com
  $ sentinal user create-admin --username ada --email ada@example.com --password-file /run/secrets/password
`;
const resetExamples = `
Examples:
  $ sentinal user reset-password ada
  $ openssl rand -base64 24 | tee password | sentinal user reset-password ada --password-file -
`;
const factorsExamples = `
Examples:
  $ sentinal user reset-second-factors ada
`;
const listExamples = `
Examples:
  $ sentinal user list
  $ sentinal user list --json
`;

type PasswordOptions = { passwordFile?: string; password?: string; json?: boolean };

export function addUserCommands(program: Command, terminal: Terminal): void {
  const user = program
    .command("user")
    .summary("make and list users, reset passwords and second factors")
    .description("The hub's users.")
    .addHelpText("after", operatorHelp);

  user
    .command("create-admin")
    .summary("make an administrator")
    .description("Makes an account with the role Admin.")
    .requiredOption("--username <name>", "name to sign in with")
    .requiredOption("--email <address>", "mail address")
    .option("--password-file <path>", "file with the password, - for standard input")
    .addOption(user.createOption("--password <text>").hideHelp())
    .option("--json", "print one JSON object")
    .addHelpText("after", passwordHelp + operatorHelp + createExamples)
    .action((options: PasswordOptions & { username: string; email: string }) => createAdmin(terminal, options));

  user
    .command("reset-password")
    .summary("set a new password")
    .description("Sets a new password and ends all sessions of the account.")
    .argument("<username>", "name of the account")
    .option("--password-file <path>", "file with the password, - for standard input")
    .addOption(user.createOption("--password <text>").hideHelp())
    .option("--json", "print one JSON object")
    .addHelpText("after", passwordHelp + operatorHelp + resetExamples)
    .action((username: string, options: PasswordOptions) => resetPassword(terminal, username, options));

  user
    .command("reset-second-factors")
    .summary("remove all second factors of a user")
    .description(
      "Removes the authenticator app, the passkeys and the recovery codes of an account and ends its sessions. Its password alone signs in then: for somebody who lost their second factors.",
    )
    .argument("<username>", "name of the account")
    .option("--json", "print one JSON object")
    .addHelpText("after", operatorHelp + factorsExamples)
    .action((username: string, options: { json?: boolean }) => resetSecondFactors(terminal, username, options));

  user
    .command("list")
    .summary("list users")
    .description("Lists the users in the order in which they were made.")
    .option("--json", "print a JSON array")
    .addHelpText("after", operatorHelp + listExamples)
    .action((options: { json?: boolean }) => listUsers(terminal, options));
}

async function createAdmin(terminal: Terminal, options: PasswordOptions & { username: string; email: string }): Promise<void> {
  refusePassword(options);
  const named = RegisterBody.pick({ username: true, email: true }).safeParse(options);
  if (!named.success) throw usageProblem(named.error.issues.map((issue) => `--${String(issue.path[0])}: ${issue.message}.`).join(" "));
  const password = await readNewPassword(terminal, options.passwordFile);
  const user = await operate(terminal, await loadHub(), { mayCreate: true }, (operator) => operator.createAdmin({ ...named.data, password }));
  if (options.json === true) terminal.result(JSON.stringify(user, null, 2));
  else terminal.say(printable(`${user.username} (${user.email}) is an administrator now.`));
}

async function resetPassword(terminal: Terminal, username: string, options: PasswordOptions): Promise<void> {
  refusePassword(options);
  const password = await readNewPassword(terminal, options.passwordFile);
  const done = await operate(terminal, await loadHub(), { mayCreate: false }, (operator) => operator.resetPassword(username, password));
  if (options.json === true) terminal.result(JSON.stringify({ username, sessions_ended: done.sessionsEnded }, null, 2));
  else terminal.say(printable(`${username} has a new password; ${done.sessionsEnded === 1 ? "1 session was" : `${done.sessionsEnded} sessions were`} ended.`));
}

async function resetSecondFactors(terminal: Terminal, username: string, options: { json?: boolean }): Promise<void> {
  const removed = await operate(terminal, await loadHub(), { mayCreate: false }, (operator) => operator.resetSecondFactors(username));
  if (options.json === true) {
    terminal.result(JSON.stringify({ username, ...removed }, null, 2));
    return;
  }
  const passkeys = removed.passkeys === 1 ? "1 passkey" : `${removed.passkeys} passkeys`;
  const things = [removed.totp ? "the authenticator app" : "", removed.passkeys > 0 ? passkeys : ""].filter((thing) => thing !== "");
  const ended = removed.sessions_ended === 1 ? "1 session was" : `${removed.sessions_ended} sessions were`;
  terminal.say(
    printable(
      `${things.length === 0 ? `${username} had no second factor` : `${things.join(" and ")} of ${username} removed`}; ${ended} ended. The password alone signs in now.`,
    ),
  );
}

async function listUsers(terminal: Terminal, options: { json?: boolean }): Promise<void> {
  const users = await operate(terminal, await loadHub(), { mayCreate: false }, (operator) => operator.listUsers());
  if (options.json === true) {
    terminal.result(JSON.stringify(users, null, 2));
    return;
  }
  if (users.length === 0) {
    terminal.say("There are no users. The first account is made on the hub's page with the set-up code, or with: sentinal user create-admin");
    return;
  }
  const rows = users.map((user) => [
    { text: String(user.id), align: "right" as const },
    { text: printable(user.username) },
    { text: printable(user.email) },
    { text: user.role },
    { text: user.created_at.slice(0, 10) },
    { text: user.disabled_at === null ? "" : "disabled" },
  ]);
  for (const line of tableLines(["Id", "Name", "Mail", "Role", "Made", "State"], rows, (head) => terminal.paintResult("dim", head))) terminal.result(line);
}

function refusePassword(options: PasswordOptions): void {
  if (options.password === undefined) return;
  throw usageProblem(
    "A password on the command line can be read in the list of processes and in the shell's history. Leave it out to be asked for it, or use --password-file; and do not use this one any more.",
  );
}

/** Only when it is needed: `sentinal send` must not wait for the hub's modules. */
async function loadHub() {
  return import("../../../hub/src/operator.ts");
}
