import { CreatedApiToken, type Scope, TokenPair } from "@sentinal/contract";
import type { ConnectionSettings } from "../../hub/src/database/index.ts";
import { findRunningPostgres } from "../../hub/src/database/embedded/index.ts";
import { type HubProcess, kill, spawnHub, temporaryDataDir } from "../../test/hub-process.ts";

/** A hub to measure: its own process on an empty embedded database, with its first account. */
export type BenchHub = {
  process: HubProcess;
  url: string;
  dataDir: string;
  connection: ConnectionSettings;
  account: { username: string; password: string };
  createToken(scopes: Scope[]): Promise<string>;
  stop(): Promise<void>;
};

const account = { username: "bench", email: "bench@example.org", password: "a password for benchmarks only" };
const setupCode = "code-for-benchmarks";

export async function startBenchHub(options: { settings?: Record<string, string>; nodeArguments?: readonly string[] } = {}): Promise<BenchHub> {
  const dataDir = await temporaryDataDir();
  const hub = spawnHub(
    { SENTINAL_DATA_DIR: dataDir.path, SENTINAL_SETUP_CODE: setupCode, SENTINAL_WEBHOOK_RATE: "100000000", ...options.settings },
    { nodeArguments: options.nodeArguments ?? [] },
  );
  async function stop(): Promise<void> {
    kill(hub.pid, "SIGTERM");
    await hub.ended;
    await dataDir.remove();
  }
  try {
    const url = await hub.ready;
    const connection = await findRunningPostgres(dataDir.path);
    if (connection === null) throw new Error("the hub is ready, and its PostgreSQL is not found");
    await post(`${url}/api/auth/register`, { ...account, setup_code: setupCode });
    const { access_token: admin } = TokenPair.parse(await post(`${url}/api/auth/login`, { username: account.username, password: account.password }));
    return {
      process: hub,
      url,
      dataDir: dataDir.path,
      connection,
      account,
      async createToken(scopes) {
        return CreatedApiToken.parse(await post(`${url}/api/auth/api-tokens`, { name: "bench", scopes }, admin)).token;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function post(url: string, body: unknown, bearer?: string): Promise<unknown> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }) },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
