import { hash, randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { CreatedApiToken, TokenPair } from "@sentinal/contract";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findRunningPostgres } from "../../hub/src/database/embedded/index.ts";
import { adminAccount, postJson } from "../hub.ts";
import { freePort, kill, postmasterOf, processesOf, spawnHub, temporaryDataDir } from "../hub-process.ts";
import { createSender, type Sender, type Sent } from "./kill-senders.ts";
import { createRandom } from "./random.ts";
import { type Stored, readStored } from "./stored.ts";

/** KILLS=500 for a longer run; KILL_SEED repeats one. */
const kills = Number(process.env["KILLS"] ?? "50");
const seed = Number(process.env["KILL_SEED"] ?? randomInt(1, 1_000_000_000));
const setupCode = "code-for-the-first-account";
const killsOfLarge = 20;
const workedInWithinMs = 60_000;
/** A start takes about a second, with recovery and on a busy machine several. */
const limitMs = 120_000 + kills * 10_000;

describe("a hub that is killed over and over", () => {
  const random = createRandom(seed);
  let dataDir: Awaited<ReturnType<typeof temporaryDataDir>>;
  let settings: Record<string, string>;
  let sent: readonly Sent[] = [];
  let stored: Stored;
  const endings: unknown[] = [];
  let damaged: readonly Sent[] = [];
  let unexpected: string[] = [];

  beforeAll(async () => {
    console.log(`${kills} kills with KILL_SEED=${seed}`);
    dataDir = await temporaryDataDir();
    const port = String(await freePort());
    settings = {
      SENTINAL_DATA_DIR: dataDir.path,
      SENTINAL_PORT: port,
      SENTINAL_SETUP_CODE: setupCode,
      SENTINAL_WEBHOOK_RATE: "1000000",
      SENTINAL_LOG_LEVEL: "warn",
    };
    const url = `http://127.0.0.1:${port}`;
    const token = await firstToken(url);

    const repositories = ["kill/one", "kill/two", "kill/three", "kill/shared", "kill/shared"];
    const small = repositories.map((repository, index) =>
      createSender({ url, token, repository, firstRunId: (index + 1) * 1_000_000, random: createRandom(seed + index + 1), isLarge: false }),
    );
    const large = createSender({ url, token, repository: "kill/large", firstRunId: 9_000_000, random: createRandom(seed + 9), isLarge: true });
    const senders = [...small, large];
    const sending = small.map((sender) => sender.run());
    for (let round = 0; round < kills; round++) {
      // Towards the end, for a report that a hub dies of several times is given up, and so it should be.
      if (round === Math.max(0, kills - killsOfLarge)) sending.push(large.run());
      await startAndKill(senders);
    }

    const hub = spawnHub(settings);
    await hub.ready;
    for (const sender of senders) sender.finish();
    await Promise.all(sending);
    sent = senders.flatMap((sender: Sender) => sender.sent);
    unexpected = senders.flatMap((sender) => sender.unexpected);
    stored = await readWhenWorkedIn(dataDir.path);
    damaged = await damagedOf(url, token, sent);
    console.log(
      `${sent.length} reports, ${sent.filter((one) => one.answer !== null).length} answered, ${senders.reduce((sum, sender) => sum + sender.repeats(), 0)} sent again`,
    );
    kill(hub.pid, "SIGTERM");
    await hub.ended;
  }, limitMs);
  afterAll(() => dataDir.remove());

  async function firstToken(url: string): Promise<string> {
    const hub = spawnHub(settings);
    await hub.ready;
    const account = await postJson(`${url}/api/auth/register`, { ...adminAccount, setup_code: setupCode });
    if (account.status !== 201) throw new Error(`the first account was refused: ${await account.text()}`);
    const signedIn = await postJson(`${url}/api/auth/login`, { username: adminAccount.username, password: adminAccount.password });
    const { access_token: admin } = TokenPair.parse(await signedIn.json());
    const made = await postJson(`${url}/api/auth/api-tokens`, { name: "senders", scopes: ["webhook:write", "webhook:read"] }, admin);
    const { token } = CreatedApiToken.parse(await made.json());
    // In order, for once: only then Node keeps what it compiled, and the starts to come are faster.
    kill(hub.pid, "SIGTERM");
    await hub.ended;
    return token;
  }

  /** One life of the hub. Some end before they are ready; some take PostgreSQL along, just before or just after. */
  async function startAndKill(senders: readonly Sender[]): Promise<void> {
    const hub = spawnHub(settings);
    if (random.chance(0.2)) await pause(random.below(1_000));
    else {
      await hub.ready;
      await answersOf(senders, random.below(12));
      await pause(random.below(50));
    }
    const takesPostgres = random.chance(0.3);
    const isPostgresFirst = random.chance(0.5);
    if (takesPostgres && isPostgresFirst) await killPostgres();
    kill(hub.pid);
    endings.push(await hub.ended);
    if (takesPostgres && !isPostgresFirst) await killPostgres();
  }

  /** The number in PostgreSQL's file may be an old one, and another process's by now. */
  async function killPostgres(): Promise<void> {
    const pid = await postmasterOf(dataDir.path);
    const own = await processesOf(dataDir.path);
    if (pid !== null && own.some((process) => process.pid === pid)) kill(pid);
  }

  test("ends by the kills, or by itself where its server was killed while it started", () => {
    expect(new Set(endings).difference(new Set(["SIGKILL", 1])).size).toBe(0);
    expect(endings.filter((ending) => ending === "SIGKILL").length).toBeGreaterThanOrEqual(kills * 0.9);
  });

  test('answers nothing but success and "try again" meanwhile', () => {
    expect(unexpected).toEqual([]);
    expect(sent.filter((one) => one.answer !== null).length).toBeGreaterThan(kills);
  });

  test("has every report that it answered with 2xx: its run, its scan, its findings and its bytes", () => {
    const missing = sent.filter(({ answer, sha256, repository, githubRunId, rules }) => {
      if (answer === null) return false;
      const found = stored.imports.get(answer.import_id);
      return (
        found === undefined ||
        found.run_id !== answer.run_id ||
        (answer.scan_id !== null && found.scan_id !== answer.scan_id) ||
        found.sha256 !== sha256 ||
        found.repository !== repository ||
        found.github_run_id !== githubRunId ||
        found.rules.join() !== rules.join()
      );
    });
    expect(missing).toEqual([]);
    expect(damaged).toEqual([]);
  });

  test("has of a report without an answer all or nothing", () => {
    const rulesOf = new Map(sent.map((one) => [`${one.repository} ${one.githubRunId}`, one.rules.join()]));
    const broken = stored.runs.filter(
      (run) => run.imports !== 1 || run.scans !== 1 || rulesOf.get(`${run.repository} ${run.github_run_id}`) !== run.rules.join(),
    );
    expect(broken).toEqual([]);
  });

  test("has nothing twice", () => {
    expect(new Set(stored.runs.map((run) => `${run.repository} ${run.github_run_id}`)).size).toBe(stored.runs.length);
    expect(stored.importsTwice).toEqual([]);
    expect(stored.findingsTwice).toEqual([]);
    expect(stored.newTwice).toEqual([]);
  });

  test("says of each branch what the newest report says", () => {
    expect(stored.branches.map((branch) => branch.repository)).toEqual(["kill/large", "kill/one", "kill/shared", "kill/three", "kill/two"]);
    for (const branch of stored.branches) expect(branch.open).toEqual(branch.newest);
  });
});

/** Resolves when the senders together got so many more answers. */
async function answersOf(senders: readonly Sender[], count: number): Promise<void> {
  const answered = () => senders.reduce((sum, sender) => sum + sender.answers(), 0);
  const enough = answered() + count;
  while (answered() < enough) await pause(2);
}

/** Answered reports whose bytes the hub does not give back as they were sent. */
async function damagedOf(url: string, token: string, sent: readonly Sent[]): Promise<Sent[]> {
  const damaged: Sent[] = [];
  for (const one of sent) {
    if (one.answer === null) continue;
    const answer = await fetch(`${url}/api/cicd/imports/${one.answer.import_id}/report`, { headers: { authorization: `Bearer ${token}` } });
    if (hash("sha256", Buffer.from(await answer.arrayBuffer())) !== one.sha256) damaged.push(one);
  }
  return damaged;
}

/** What the database holds once no import waits any more. */
async function readWhenWorkedIn(dataDir: string): Promise<Stored> {
  const connection = await findRunningPostgres(dataDir);
  if (connection === null) throw new Error("the hub runs, and its PostgreSQL is not found");
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const deadline = performance.now() + workedInWithinMs;
    for (;;) {
      const waiting = await client.query("select id, status, tries, received_at from imports where status in ('queued', 'running')");
      if (waiting.rows.length === 0) return await readStored(client);
      if (performance.now() > deadline) throw new Error(`imports still wait: ${JSON.stringify(waiting.rows)}`);
      await pause(200);
    }
  } finally {
    await client.end();
  }
}
