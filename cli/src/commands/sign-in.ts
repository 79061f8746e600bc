import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { StartedDeviceSignIn, TokenPair, User } from "@sentinal/contract";
import { printable, problemOf } from "@sentinal/send";
import type { Command } from "commander";
import { answered, callJson, refusalOf, requireHub, warnOfPlainHttp } from "../hub-session/hub-calls.ts";
import { endSession, keepSession, openSession } from "../hub-session/session.ts";
import { CommandProblem } from "../problem.ts";
import type { Terminal } from "../terminal.ts";

const sessionHelp = `
The session is kept in sentinal/sessions.json in XDG_CONFIG_HOME (default: ~/.config), readable for you alone.
`;
const loginExamples = `
Examples:
  $ sentinal login --url https://sentinal.example.com
  $ SENTINAL_API_URL=https://sentinal.example.com sentinal login
`;
const logoutExamples = `
Examples:
  $ sentinal logout
  $ sentinal logout --url https://sentinal.example.com
`;
const whoamiExamples = `
Examples:
  $ sentinal whoami
  $ sentinal whoami --json | jq -r .role
`;
const urlOption = ["--url <address>", "the hub's address (default: SENTINAL_API_URL)"] as const;
const urlOrLast = ["--url <address>", "the hub's address (default: SENTINAL_API_URL, else the hub signed in to last)"] as const;

/** A hub that asks for more patience is believed so far. */
const longestIntervalMs = 60_000;
const slowDownMs = 5_000;

export function addSignInCommands(program: Command, terminal: Terminal): void {
  program
    .command("login")
    .summary("sign in to a hub")
    .description("Signs this machine in to a hub: shows a short code, which you type and approve in a browser.")
    .option(...urlOption)
    .addHelpText("after", sessionHelp + loginExamples)
    .action((options: { url?: string }) => login(terminal, options.url));

  program
    .command("logout")
    .summary("end the session of this machine")
    .description("Ends the session of this machine at a hub, and forgets it.")
    .option(...urlOrLast)
    .addHelpText("after", sessionHelp + logoutExamples)
    .action((options: { url?: string }) => logout(terminal, options.url));

  program
    .command("whoami")
    .summary("tell who is signed in")
    .description("Tells as whom this machine is signed in, and asks the hub whether it still is.")
    .option(...urlOrLast)
    .option("--json", "print one JSON object")
    .addHelpText("after", sessionHelp + whoamiExamples)
    .action((options: { url?: string; json?: boolean }) => whoami(terminal, options));
}

async function login(terminal: Terminal, url: string | undefined): Promise<void> {
  const hub = await requireHub(terminal, url);
  warnOfPlainHttp(terminal, hub);
  const started = answered(await callJson(hub, "POST", "api/auth/device/start", { body: { client_name: clientName() } }), StartedDeviceSignIn, hub);
  terminal.say(printable(`Open ${started.verification_url} in a browser, sign in, and type this code:`));
  terminal.say("");
  terminal.say(`    ${terminal.paintSaid("bold", printable(started.user_code))}`);
  terminal.say("");
  terminal.say(terminal.paintSaid("dim", printable(`Or open ${started.verification_url_complete}`)));
  terminal.say(terminal.paintSaid("dim", `It waits ${Math.round(started.expires_in / 60)} minutes. Ctrl-C gives up.`));
  const pair = await waitForApproval(hub, started);
  const user = answered(await callJson(hub, "GET", "api/auth/me", { bearer: pair.access_token }), User, hub);
  await keepSession(terminal, hub, pair, user.username);
  terminal.say(printable(`Signed in to ${hub.origin} as ${user.username} (${user.role}).`));
}

async function waitForApproval(hub: URL, started: StartedDeviceSignIn): Promise<TokenPair> {
  const until = performance.now() + started.expires_in * 1_000;
  let intervalMs = started.interval * 1_000;
  while (performance.now() < until) {
    await pause(Math.min(longestIntervalMs, intervalMs));
    const answer = await callJson(hub, "POST", "api/auth/device/token", { body: { device_code: started.device_code } });
    const code = answer.status === 200 ? null : (problemOf(answer)?.code ?? "");
    if (code === null) return answered(answer, TokenPair, hub);
    if (code === "denied") throw new CommandProblem("The sign-in was denied in the browser. Nothing was kept.");
    if (code === "expired") break;
    if (code === "slow_down") intervalMs += slowDownMs;
    else if (code !== "authorization_pending") throw refusalOf(answer, hub);
  }
  throw new CommandProblem("Nobody approved the code in time. Run sentinal login again.");
}

async function logout(terminal: Terminal, url: string | undefined): Promise<void> {
  const ended = await endSession(terminal, url);
  terminal.say(printable(`Signed out of ${ended.hub.origin}; ${ended.username}'s session of this machine has ended.`));
}

async function whoami(terminal: Terminal, options: { url?: string; json?: boolean }): Promise<void> {
  const session = await openSession(terminal, options.url);
  const user = answered(await session.call("GET", "api/auth/me"), User, session.hub);
  if (options.json === true) terminal.result(JSON.stringify({ ...user, hub: session.hub.origin }, null, 2));
  else terminal.result(printable(`${user.username} (${user.role}) at ${session.hub.origin}`));
}

/** What the browser shows, and the list of sessions. */
function clientName(): string {
  return `sentinal CLI on ${hostname().replace(/\p{C}/gu, "")}`.slice(0, 100);
}
