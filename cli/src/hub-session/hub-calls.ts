import { Readable } from "node:stream";
import { callHub, type Environment, findTarget, type HubAnswer, hubAddress, HubUnreachable, isLoopback, jsonOf, problemOf } from "@sentinal/send";
import { CommandProblem, exitCodes, usageProblem } from "../problem.ts";
import type { Terminal } from "../terminal.ts";

/** The address from the option, else from SENTINAL_API_URL; null when neither says one. Throws SendProblem for what is none. */
export async function findHub(terminal: Terminal, url: string | undefined): Promise<URL | null> {
  // Without the token that may stand beside it: a person signs in here.
  const environment: Environment = {
    SENTINAL_API_URL: terminal.environment["SENTINAL_API_URL"],
    SENTINAL_API_URL_FILE: terminal.environment["SENTINAL_API_URL_FILE"],
  };
  return (await findTarget({ url }, { environment, stdin: null })).hub;
}

export async function requireHub(terminal: Terminal, url: string | undefined): Promise<URL> {
  const hub = await findHub(terminal, url);
  if (hub === null) throw usageProblem("Which hub? Give its address with --url, or set SENTINAL_API_URL.");
  return hub;
}

/** How a hub is called in the file of sessions: one name for all spellings of its address. */
export function nameOfHub(hub: URL): string {
  return `${hub.origin}${hub.pathname.replace(/\/+$/, "")}`;
}

export function warnOfPlainHttp(terminal: Terminal, hub: URL): void {
  if (hub.protocol === "http:" && !isLoopback(hub)) {
    terminal.warn(`${hub.origin} is not encrypted: whoever is on the way can read the session and use it. Put TLS in front of the hub.`);
  }
}

/** Sends JSON and answers what came, whatever its status. Throws CommandProblem when nothing came. */
export async function callJson(hub: URL, method: "GET" | "POST", path: string, options: { body?: unknown; bearer?: string } = {}): Promise<HubAnswer> {
  const { body, bearer } = options;
  const [pathname = "", query] = path.split("?");
  try {
    return await callHub({
      method,
      url: hubAddress(hub, pathname, new URLSearchParams(query)),
      idleTimeoutMs: 20_000,
      headers: {
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      },
      ...(body !== undefined && { body: Readable.from([JSON.stringify(body)]) }),
    });
  } catch (error) {
    if (error instanceof HubUnreachable) throw new CommandProblem(error.message);
    throw error;
  }
}

/** The answer's body when it has the shape. Throws CommandProblem with the hub's reason, or that it is no hub. */
export function answered<T>(answer: HubAnswer, shape: { safeParse(value: unknown): { data?: T | undefined } }, hub: URL): T {
  if (answer.status >= 300) throw refusalOf(answer, hub);
  const { data } = shape.safeParse(jsonOf(answer.body));
  if (data === undefined) throw noHub(hub);
  return data;
}

/** What the hub says of a call that it did not do, for a person. */
export function refusalOf(answer: HubAnswer, hub: URL): CommandProblem {
  if (answer.status >= 300 && answer.status < 400) {
    return new CommandProblem(`${hub.origin} redirects to ${answer.headers["location"] ?? "another address"}. Give that one with --url.`);
  }
  const problem = problemOf(answer);
  if (problem === null) return noHub(hub);
  const fields = (problem.errors ?? []).map((entry) => `${entry.field}: ${entry.problem}. ${entry.fix}`);
  return new CommandProblem([`${problem.title}.`, ...(fields.length > 0 ? fields : [problem.detail])].join("\n"), exitCodes.refused);
}

function noHub(hub: URL): CommandProblem {
  return new CommandProblem(`What answers at ${hub.href} is no Sentinal hub. Check the address, and the proxy in front of it.`);
}
