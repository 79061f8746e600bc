import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { OidcExchangeAnswer } from "@sentinal/contract";
import { hubAddress, jsonOf, problemOf } from "./delivery.ts";
import type { Environment } from "./environment.ts";
import { callHub, type HubAnswer, HubUnreachable } from "./hub-client.ts";
import type { Outcome } from "./outcome.ts";
import type { PartialFacts } from "./partial-facts.ts";
import { isPassing, pauseMs } from "./retries.ts";

/** A token to send with, or in a sentence why there is none: the other side says no, or cannot be asked. */
export type SignIn = { token: string } | { refused: string } | { unreachable: string };

/** Asked before each file: what it gave for the last one may have ended meanwhile. */
export type TokenSource = () => Promise<SignIn>;

export type JobTokenOptions = {
  hub: URL;
  environment: Environment;
  /** Tries after the first one. */
  retries: number;
  /** Hears each secret before it is used anywhere, to keep it out of logs. */
  onSecret(secret: string): void;
  onNote(text: string): void;
  pause?: (ms: number) => Promise<unknown>;
  now?: () => number;
};

/** A large report is sent and waited for within this; a token that ends before is renewed first. */
const leastLeftMs = 360_000;
const askTimeoutMs = 20_000;

/** Whether the job may ask GitHub for an ID token, as `permissions: id-token: write` lets it. */
export function mayAskForIdToken(environment: Environment): boolean {
  return requestUrl(environment) !== null && requestToken(environment) !== "";
}

/** What a job that has no hub token misses, in a sentence; empty outside of GitHub Actions. */
export function idTokenAdvice(environment: Environment): string {
  return environment["GITHUB_ACTIONS"] === "true"
    ? " Or let the job ask for a token by itself: `permissions: id-token: write`, and a trust binding on the hub."
    : "";
}

/**
 * Signs a job of GitHub Actions in without a stored secret: an ID token for this hub alone, exchanged for a hub token.
 * Each try asks for a new ID token, for one is good once and a cut connection does not tell whether it was used.
 */
export function jobTokens(options: JobTokenOptions): TokenSource {
  const now = options.now ?? Date.now;
  let last: { signIn: SignIn; endsAtMs: number } | null = null;
  return async () => {
    // A refusal stays one: the next file would be refused for the same reason.
    if (last === null || last.endsAtMs - now() < leastLeftMs) last = await exchange(options, now);
    return last.signIn;
  };
}

async function exchange(options: JobTokenOptions, now: () => number): Promise<{ signIn: SignIn; endsAtMs: number }> {
  const pause = options.pause ?? sleep;
  for (let attempt = 1; ; attempt++) {
    const tried = await tryOnce(options, now);
    if (!("passing" in tried)) return tried;
    const retry = attempt <= options.retries ? pauseMs(attempt, tried.retryAfter, new Date(now()), Math.random) : null;
    if (retry === null) return final({ unreachable: tried.passing });
    options.onNote(`${tried.passing} Trying again in ${(retry / 1_000).toFixed(1)} s.`);
    await pause(retry);
  }
}

type Tried = { signIn: SignIn; endsAtMs: number } | { passing: string; retryAfter: string | undefined };

async function tryOnce({ hub, environment, onSecret }: JobTokenOptions, now: () => number): Promise<Tried> {
  try {
    const given = await askGithub(hub, environment);
    if (given.status !== 200) return ended("GitHub", given, `GitHub gave the job no ID token (it answered ${given.status}).`);
    const idToken = valueIn(given);
    if (idToken === null) return final({ refused: "GitHub's answer to the question for an ID token holds none." });
    onSecret(idToken);
    const answer = await callHub({
      method: "POST",
      url: hubAddress(hub, "api/auth/oidc/exchange"),
      headers: { "content-type": "application/json" },
      body: Readable.from([JSON.stringify({ token: idToken })]),
      idleTimeoutMs: askTimeoutMs,
    });
    const parsed = answer.status === 200 ? OidcExchangeAnswer.safeParse(jsonOf(answer.body)) : null;
    if (parsed?.success !== true) return ended("The hub", answer, refusalOf(answer, hub));
    onSecret(parsed.data.access_token);
    return { signIn: { token: parsed.data.access_token }, endsAtMs: now() + parsed.data.expires_in * 1_000 };
  } catch (error) {
    if (error instanceof HubUnreachable) return { passing: error.message, retryAfter: undefined };
    throw error;
  }
}

function askGithub(hub: URL, environment: Environment): Promise<HubAnswer> {
  const url = new URL(requestUrl(environment) ?? "");
  url.searchParams.set("audience", audienceOf(hub));
  return callHub({ method: "GET", url, headers: { authorization: `Bearer ${requestToken(environment)}` }, idleTimeoutMs: askTimeoutMs });
}

/** The hub's address as the hub itself writes it, see SENTINAL_PUBLIC_URL. */
function audienceOf(hub: URL): string {
  return hub.href.replace(/\/+$/, "");
}

function ended(who: string, answer: HubAnswer, refused: string): Tried {
  if (isPassing(answer.status)) return { passing: `${who} answered ${answer.status}.`, retryAfter: answer.headers["retry-after"] };
  return final({ refused });
}

function refusalOf(answer: HubAnswer, hub: URL): string {
  const problem = problemOf(answer);
  if (problem?.code === "oidc_refused") {
    return [
      `The hub does not exchange this job's ID token (request ${problem.request_id}).`,
      `It needs a trust binding for this repository, workflow, ref and event, and ${audienceOf(hub)} must be its SENTINAL_PUBLIC_URL.`,
      "An administrator of the hub sees the reason in its log, by the request, or by trying a token of this job.",
    ].join(" ");
  }
  if (answer.status >= 300 && answer.status < 400)
    return `The address redirects to ${answer.headers["location"] ?? "another one"}; set SENTINAL_API_URL to that.`;
  return `What answers at ${hub.href} exchanges no ID tokens (${answer.status}${problem === null ? "" : ` ${problem.code}`}). Check the address, or set SENTINAL_API_TOKEN.`;
}

/** Never tried again for the files that follow. */
function final(signIn: SignIn): { signIn: SignIn; endsAtMs: number } {
  return { signIn, endsAtMs: Number.POSITIVE_INFINITY };
}

function valueIn(answer: HubAnswer): string | null {
  const body = jsonOf(answer.body);
  const value = typeof body === "object" && body !== null && "value" in body ? body.value : null;
  return typeof value === "string" && /^[!-~]{1,16384}$/.test(value) ? value : null;
}

function requestUrl(environment: Environment): string | null {
  const text = environment["ACTIONS_ID_TOKEN_REQUEST_URL"] ?? "";
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : null;
}

function requestToken(environment: Environment): string {
  return environment["ACTIONS_ID_TOKEN_REQUEST_TOKEN"]?.trim() ?? "";
}

/**
 * The facts that a job's own token is tied to in a pull request: the merge commit that was built and its ref, where a
 * stored token may tell the head of the pull request. `{}` elsewhere, also for `pull_request_target`, whose own commit is
 * the base branch's: what was found in a pull request must not stand there.
 */
export function factsOfJobToken(environment: Environment): PartialFacts {
  const ref = environment["GITHUB_REF"] ?? "";
  const commit = environment["GITHUB_SHA"] ?? "";
  if (environment["GITHUB_ACTIONS"] !== "true" || !ref.startsWith("refs/pull/") || commit === "") return {};
  return { commit_hash: commit, branch: ref };
}

/** The outcome of a file that could not be sent for want of a token. */
export function withoutToken(name: string, signIn: Exclude<SignIn, { token: string }>): Outcome {
  return "refused" in signIn
    ? { name, formatName: null, kind: "refused", refusal: { status: 403, title: signIn.refused, problem: null } }
    : { name, formatName: null, kind: "unreachable", reason: signIn.unreachable };
}
