import { TokenPair } from "@sentinal/contract";
import { type HubAnswer, problemOf } from "@sentinal/send";
import { CommandProblem } from "../problem.ts";
import type { Terminal } from "../terminal.ts";
import { answered, callJson, findHub, nameOfHub, refusalOf } from "./hub-calls.ts";
import { underLock } from "./lock.ts";
import { sessionFile } from "./place.ts";
import { readSessions, type StoredSession, withoutSession, withSession, writeSessions } from "./store.ts";

/** A person who is signed in to a hub from this machine. */
export type HubSession = {
  hub: URL;
  username: string;
  /** Calls as that person; what is refused is answered like anything else. Throws CommandProblem when the session has ended or nothing answers. */
  call(method: "GET" | "POST", path: string, body?: unknown): Promise<HubAnswer>;
};

/** An access token that ends this soon is renewed first. */
const renewalMarginMs = 30_000;

/** The session at the hub of the option or of SENTINAL_API_URL, else at the one that was signed in to last. Throws CommandProblem. */
export async function openSession(terminal: Terminal, url: string | undefined): Promise<HubSession> {
  const path = sessionFile(terminal.environment);
  const sessions = await readSessions(path);
  const hub = (await findHub(terminal, url)) ?? (sessions.current === null ? null : new URL(sessions.current));
  const session = hub === null ? undefined : sessions.hubs[nameOfHub(hub)];
  if (hub === null) throw new CommandProblem("You are not signed in to a hub. Run: sentinal login --url https://your-hub");
  if (session === undefined) throw notSignedIn(hub);
  return {
    hub,
    username: session.username,
    async call(method, callPath, body) {
      const token = await accessToken(path, hub, null);
      const send = (bearer: string) => callJson(hub, method, callPath, { bearer, ...(body !== undefined && { body }) });
      const answer = await send(token);
      return answer.status === 401 ? send(await accessToken(path, hub, token)) : answer;
    },
  };
}

/** Keeps the session of a sign-in that was just made, and ends the one that it takes the place of. */
export async function keepSession(terminal: Terminal, hub: URL, pair: TokenPair, username: string): Promise<void> {
  const path = sessionFile(terminal.environment);
  const name = nameOfHub(hub);
  const before = await underLock(lockOf(path), async () => {
    const sessions = await readSessions(path);
    await writeSessions(path, { ...withSession(sessions, name, storedOf(pair, username, hub)), current: name });
    return sessions.hubs[name];
  });
  // It would end by itself; what the hub says of it changes nothing here.
  if (before !== undefined) await callJson(hub, "POST", "api/auth/logout", { body: { refresh_token: before.refreshToken } }).catch(() => {});
}

/** Ends the session at the hub, then forgets it. Throws CommandProblem when the hub does not confirm; it is kept then. */
export async function endSession(terminal: Terminal, url: string | undefined): Promise<{ hub: URL; username: string }> {
  const { hub, username } = await openSession(terminal, url);
  const path = sessionFile(terminal.environment);
  const name = nameOfHub(hub);
  await underLock(lockOf(path), async () => {
    const sessions = await readSessions(path);
    const session = sessions.hubs[name];
    if (session === undefined) return;
    const answer = await callJson(hub, "POST", "api/auth/logout", { body: { refresh_token: session.refreshToken } });
    if (answer.status !== 204) throw refusalOf(answer, hub);
    await writeSessions(path, withoutSession(sessions, name));
  });
  return { hub, username };
}

/**
 * A token for the next call: the kept one, or a new one when it ends soon or was `refused`. Renewals go one by one over
 * all processes, each reading first what another may have got meanwhile: the hub takes two hands on one token for theft.
 */
async function accessToken(path: string, hub: URL, refused: string | null): Promise<string> {
  const name = nameOfHub(hub);
  const isGood = (session: StoredSession) => session.accessToken !== refused && session.accessEndsAtMs - renewalMarginMs > Date.now();
  const kept = (await readSessions(path)).hubs[name];
  if (kept === undefined) throw notSignedIn(hub);
  if (isGood(kept)) return kept.accessToken;
  return underLock(lockOf(path), async () => {
    const sessions = await readSessions(path);
    const session = sessions.hubs[name];
    if (session === undefined) throw notSignedIn(hub);
    if (isGood(session)) return session.accessToken;
    const answer = await callJson(hub, "POST", "api/auth/refresh", { body: { refresh_token: session.refreshToken } });
    if (answer.status === 401 && problemOf(answer) !== null) {
      await writeSessions(path, withoutSession(sessions, name));
      throw new CommandProblem(`Your session at ${hub.origin} has ended. Run: sentinal login --url ${name}`);
    }
    const pair = answered(answer, TokenPair, hub);
    // Durable before it is used: the one before it is spent.
    await writeSessions(path, withSession(sessions, name, storedOf(pair, session.username, hub)));
    return pair.access_token;
  });
}

function storedOf(pair: TokenPair, username: string, hub: URL): StoredSession {
  if (pair.refresh_token === undefined) throw new CommandProblem(`${hub.origin} gave no refresh token. Check that a hub of this version runs there.`);
  return { username, refreshToken: pair.refresh_token, accessToken: pair.access_token, accessEndsAtMs: Date.now() + pair.expires_in * 1_000 };
}

function lockOf(path: string): string {
  return `${path}.lock`;
}

function notSignedIn(hub: URL): CommandProblem {
  return new CommandProblem(`You are not signed in to ${hub.origin}. Run: sentinal login --url ${nameOfHub(hub)}`);
}
