import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreatedApiToken, type Scope, TokenPair } from "@sentinal/contract";
import { type Config, readConfig } from "../hub/src/config.ts";
import type { ConnectionSettings } from "../hub/src/database/index.ts";
import { type Hub, startHub } from "../hub/src/hub.ts";
import { createLog } from "../hub/src/log.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";

export type EmptyHub = {
  hub: Hub;
  url: string;
  database: TestDatabase;
  config: Config;
  /** A further hub on the same database, stopped with this one. */
  startAnother(): Promise<Hub>;
  close(): Promise<void>;
};

export type TestHub = EmptyHub & {
  /** Access token of the first account, an Admin. */
  admin: string;
  createToken(options?: { scopes?: Scope[]; repository?: string; expires_in_days?: number }): Promise<CreatedApiToken>;
};

export const adminAccount = { username: "ada", email: "ada@example.org", password: "correct horse battery staple" };

export const setupCode = "test-setup-code";

/** A whole hub in this process, on a database of its own, as it is before anybody has come. */
export async function startEmptyHub(settings: Record<string, string> = {}): Promise<EmptyHub> {
  const database = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), "sentinal-hub-"));
  const keyFile = join(folder, "key");
  await writeFile(keyFile, randomBytes(32).toString("base64"), { mode: 0o600 });
  const config = readConfig({
    SENTINAL_PORT: "0",
    SENTINAL_DATA_DIR: folder,
    SENTINAL_KEY_FILE: keyFile,
    SENTINAL_SETUP_CODE: setupCode,
    SENTINAL_LOG_LEVEL: "silent",
    SENTINAL_WEBHOOK_RATE: "1000000",
    DATABASE_URL: urlOf(database.connection),
    ...settings,
  });
  const log = createLog(config.logLevel);
  const onFatal = (error: Error) => {
    throw error;
  };
  const hub = await startHub(config, { log, onFatal });
  const others: Hub[] = [];
  return {
    hub,
    // Past whatever stands in front of it.
    url: "SENTINAL_PUBLIC_URL" in settings ? `http://127.0.0.1:${hub.port}` : hub.url,
    database,
    config,
    async startAnother() {
      const other = await startHub(config, { log, onFatal });
      others.push(other);
      return other;
    },
    async close() {
      for (const other of others) await other.stop();
      await hub.stop();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The same with its first account. */
export async function startTestHub(settings: Record<string, string> = {}): Promise<TestHub> {
  const empty = await startEmptyHub(settings);
  const admin = await firstAccount(empty.url);
  return {
    ...empty,
    admin,
    async createToken(options = {}) {
      const answer = await postJson(`${empty.url}/api/auth/api-tokens`, { name: "test", scopes: ["webhook:write"], ...options }, admin);
      return CreatedApiToken.parse(await answer.json());
    },
  };
}

export function postJson(url: string, body: unknown, bearer?: string): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }) },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

export async function getJson(url: string, bearer: string): Promise<unknown> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${bearer}` } });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

async function firstAccount(url: string): Promise<string> {
  const registered = await postJson(`${url}/api/auth/register`, { ...adminAccount, setup_code: setupCode });
  if (registered.status !== 201) throw new Error(`the first account was refused: ${await registered.text()}`);
  const signedIn = await postJson(`${url}/api/auth/login`, { username: adminAccount.username, password: adminAccount.password });
  return TokenPair.parse(await signedIn.json()).access_token;
}

/** The address of a database, as DATABASE_URL takes it. */
export function urlOf(connection: ConnectionSettings): string {
  if ("connectionString" in connection) return connection.connectionString;
  const { host, port, user, password, database } = connection;
  return `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
}
