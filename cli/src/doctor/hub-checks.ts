import { callHub, findTarget, hubAddress, type HubAnswer, HubUnreachable, isLoopback, jsonOf, problemOf, SendProblem } from "@sentinal/send";
import { checkTokenShape } from "@sentinal/tokens";
import type { Terminal } from "../terminal.ts";
import { type Check, good, warning, wrong } from "./check.ts";

const idleTimeoutMs = 10_000;
/** Tokens and the order of reports go by the hub's clock; the answer's header counts whole seconds. */
const noticedClockMs = 30_000;

/** The way to a hub elsewhere: address, token, clock. */
export async function* checkHub(terminal: Terminal): AsyncGenerator<Check> {
  let target: Awaited<ReturnType<typeof findTarget>>;
  try {
    target = await findTarget({}, terminal);
  } catch (error) {
    if (!(error instanceof SendProblem)) throw error;
    yield wrong("address and token", "They cannot be used.", error.message);
    return;
  }
  const { hub, token } = target;
  if (hub === null) {
    yield warning("address", "SENTINAL_API_URL is not set: nothing is sent from here.", "Set it to the hub's address where CI is to send reports.");
    if (token !== null) yield checkShape(token);
    return;
  }
  const alive = await ask(hub, "healthz", {});
  if (typeof alive === "string") {
    yield wrong("address", alive, "Check SENTINAL_API_URL, and that the hub runs.");
    if (token !== null) yield checkShape(token);
    return;
  }
  yield checkAlive(hub, alive);
  yield* checkClock(alive, Date.now());
  if (token === null) {
    yield warning("token", "SENTINAL_API_TOKEN is not set: nothing is sent from here.", "Make one with `sentinal token create --name ci` and set it.");
    return;
  }
  yield checkShape(token);
  yield checkAccepted(await ask(hub, "api/cicd/reports", { authorization: `Bearer ${token}` }, "POST"));
}

function checkAlive(hub: URL, answer: HubAnswer): Check {
  const told = jsonOf(answer.body);
  const isHub = typeof told === "object" && told !== null && "status" in told && told.status === "alive";
  if (answer.status >= 300 && answer.status < 400)
    return wrong("address", `${hub.href} redirects to ${answer.headers["location"] ?? "another address"}.`, "Set SENTINAL_API_URL to that address.");
  if (!isHub) return wrong("address", `What answers at ${hub.href} is no Sentinal hub (status ${answer.status}).`, "Check SENTINAL_API_URL.");
  const text = `Sentinal ${"version" in told ? String(told.version) : "(starting)"} answers at ${hub.href}`;
  if (hub.protocol === "http:" && !isLoopback(hub))
    return warning("address", `${text}, over plain http.`, "Anybody on the way can read the token. Put the hub behind https.");
  return good("address", text);
}

function* checkClock(answer: HubAnswer, nowMs: number): Generator<Check> {
  const theirs = Date.parse(answer.headers["date"] ?? "");
  if (Number.isNaN(theirs)) return;
  const differenceMs = Math.abs(nowMs - theirs);
  yield differenceMs > noticedClockMs
    ? warning("clock", `This clock and the hub's differ by ${Math.round(differenceMs / 1_000)} s.`, "Let both follow a time server (NTP).")
    : good("clock", "This clock and the hub's agree.");
}

function checkShape(token: string): Check {
  if (checkTokenShape(token)) return good("token", "SENTINAL_API_TOKEN is well-formed.");
  return wrong(
    "token",
    "SENTINAL_API_TOKEN is no API token, or was copied wrongly: its checksum does not match.",
    "Copy it again, or make a new one with `sentinal token create --name ci`.",
  );
}

/** Sent nothing at all, the hub takes nothing, and names what is missing to whoever may send. */
function checkAccepted(answer: HubAnswer | string): Check {
  const name = "sign-in";
  if (typeof answer === "string") return wrong(name, answer, "Try again.");
  const problem = problemOf(answer);
  if (problem?.code === "field_invalid") return good(name, "The hub takes the token, and it may send reports.");
  const text = problem === null ? `The hub answered ${answer.status}.` : `${problem.title} (${problem.code}).`;
  return wrong(name, text, problem?.detail ?? "Check SENTINAL_API_URL and SENTINAL_API_TOKEN.");
}

/** The answer, or why there is none. */
async function ask(hub: URL, path: string, headers: Record<string, string>, method: "GET" | "POST" = "GET"): Promise<HubAnswer | string> {
  try {
    return await callHub({ method, url: hubAddress(hub, path), headers, idleTimeoutMs });
  } catch (error) {
    if (error instanceof HubUnreachable) return error.message;
    throw error;
  }
}
