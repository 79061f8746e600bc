import { createLocalJWKSet, errors, type JWTVerifyGetKey } from "jose";
import type { Logger } from "pino";
import { z } from "zod";
import type { Database } from "../database/index.ts";
import { findIssuerKeys, storeIssuerKeys } from "./queries.ts";

/** The issuer's public keys, in memory and in the database. */
export type IssuerKeys = {
  /**
   * The key that a token's header names. One that is not known is looked for at the issuer, at most once in half a minute,
   * however many tokens name it. Throws jose's JWKSNoMatchingKey, or IssuerUnreachable while no key was ever read.
   */
  find: JWTVerifyGetKey;
  /** Ends a question to the issuer that is under way. */
  close(): Promise<void>;
};

/** No key of the issuer is known, and it does not tell any. */
export class IssuerUnreachable extends Error {}

const askAgainAfterMs = 30_000;
/** Keys that the issuer has withdrawn are dropped so soon, while it can be asked. */
const renewAfterMs = 3_600_000;
const askTimeoutMs = 5_000;
const mostAnswerBytes = 256 * 1024;
const mostKeys = 100;

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });
const KeyList = z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(1_000) });
/** What is kept of a key: nothing but what verifies with RS256. */
const PublicKey = z.object({
  kty: z.literal("RSA"),
  kid: z.string().min(1).max(500),
  n: z.string().max(4_096),
  e: z.string().max(100),
  alg: z.literal("RS256").default("RS256"),
  use: z.literal("sig").default("sig"),
});
type PublicKey = z.infer<typeof PublicKey>;
type Known = { find: JWTVerifyGetKey; fetchedAtMs: number };

export function createIssuerKeys(options: { db: Database; issuer: string; log: Logger; now: () => number }): IssuerKeys {
  const { db, issuer, log, now } = options;
  const ending = new AbortController();
  let known: Known | null = null;
  let loading: Promise<void> | null = null;
  let asking: Promise<void> | null = null;
  let askedAtMs = Number.NEGATIVE_INFINITY;

  function keep(keys: readonly PublicKey[], fetchedAtMs: number): void {
    known = { find: createLocalJWKSet({ keys: [...keys] }), fetchedAtMs };
  }

  async function load(): Promise<void> {
    const stored = await findIssuerKeys(db, issuer);
    const keys = stored === undefined ? [] : publicKeys({ keys: stored.keys });
    if (stored !== undefined && keys.length > 0) keep(keys, stored.fetched_at.getTime());
  }

  async function ask(): Promise<void> {
    const keys = await fetchKeys(issuer, ending.signal);
    const fetchedAt = new Date(now());
    keep(keys, fetchedAt.getTime());
    await storeIssuerKeys(db, issuer, keys, fetchedAt);
  }

  /** Asks the issuer unless that was done a moment ago; what goes wrong is logged, the keys stay as they were. */
  function askOnce(): Promise<void> {
    if (asking !== null) return asking;
    if (now() - askedAtMs < askAgainAfterMs) return Promise.resolve();
    askedAtMs = now();
    asking = ask()
      .catch((error: unknown) => {
        if (!ending.signal.aborted) log.warn({ err: error, issuer }, "the keys of the OIDC issuer could not be read; known ones stay in use");
      })
      .finally(() => {
        asking = null;
      });
    return asking;
  }

  async function currentKeys(): Promise<Known> {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    await loading;
    if (known === null) await askOnce();
    if (known === null) throw new IssuerUnreachable(`${issuer} has told no keys`);
    return known;
  }

  return {
    async find(header, token) {
      const current = await currentKeys();
      // Without it any key would do.
      if (typeof header?.kid !== "string") throw new errors.JWKSNoMatchingKey();
      if (now() - current.fetchedAtMs > renewAfterMs) void askOnce();
      try {
        return await current.find(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        await askOnce();
        return (await currentKeys()).find(header, token);
      }
    },
    async close() {
      ending.abort();
      await asking;
    },
  };
}

function publicKeys(answer: unknown): PublicKey[] {
  const list = KeyList.parse(answer);
  return list.keys.flatMap((key) => PublicKey.safeParse(key).data ?? []).slice(0, mostKeys);
}

/** By discovery below the issuer of the settings, never below one that a token names. */
async function fetchKeys(issuer: string, signal: AbortSignal): Promise<PublicKey[]> {
  const discovery = Discovery.parse(await fetchJson(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, signal));
  if (discovery.issuer !== issuer) throw new Error(`the issuer calls itself ${JSON.stringify(discovery.issuer.slice(0, 200))}`);
  if (issuer.startsWith("https:") && !discovery.jwks_uri.startsWith("https:")) throw new Error("the issuer's keys are not behind https");
  const keys = publicKeys(await fetchJson(discovery.jwks_uri, signal));
  if (keys.length === 0) throw new Error("the issuer tells no key for RS256");
  return keys;
}

async function fetchJson(url: string, signal: AbortSignal): Promise<unknown> {
  const answer = await fetch(url, {
    redirect: "error",
    headers: { accept: "application/json" },
    signal: AbortSignal.any([signal, AbortSignal.timeout(askTimeoutMs)]),
  });
  if (!answer.ok || answer.body === null) {
    await answer.body?.cancel();
    throw new Error(`${url} answered ${answer.status}`);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body) {
    length += chunk.length;
    if (length > mostAnswerBytes) throw new Error(`${url} answers more than ${mostAnswerBytes} bytes`);
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}
