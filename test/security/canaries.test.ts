import { randomBytes } from "node:crypto";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createServiceToken, randomBase62 } from "@sentinal/tokens";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findRunningPostgres } from "../../hub/src/database/embedded/index.ts";
import { hubKey } from "../../hub/src/vault/key.ts";
import { type HubProcess, kill, spawnHub, temporaryDataDir } from "../hub-process.ts";
import { startIssuer, type TestIssuer } from "../oidc.ts";
import { trivyReport } from "../trivy-report.ts";
import { setUp, signIn, useDevices, useLinks, usePasswords, useSecondFactors, useSessions } from "./canary-accounts.ts";
import { exchangeKey, useApiTokens, useJobTokens, useServices, webhook } from "./canary-machines.ts";
import { type CanarySender, createCanarySender } from "./canary-sender.ts";
import { sweepRoutes } from "./canary-sweep.ts";
import { filesOf, type Place, processPlaces, tablesOf } from "./places.ts";
import { createSearch, type Hit, spellings } from "./search.ts";

/** What may stand somewhere, and why; each of them must be found there, so that the list does not outlive its reasons. */
const meant: readonly { kind: string; place: RegExp; why: string }[] = [
  {
    kind: "set-up code",
    place: /^standard output$/,
    why: "it is printed at the start for whoever runs the hub, and is worth nothing once the first account is there",
  },
  { kind: "password of the database", place: /^data folder: postgres-password$/, why: "the hub needs it at its next start; the file is its owner's alone" },
  { kind: "control in a commit message", place: /^table public\.(runs|imports)$/, why: "stored on purpose" },
  { kind: "control in a commit message", place: /^data folder: postgres\/(base|pg_wal)\//, why: "stored on purpose" },
  {
    kind: "password in a query",
    place: /^answer 200 to GET \/api\/cicd\/gate$/,
    why: "it stood for a repository, and the answer says whose gate it is, to whoever asked",
  },
  {
    kind: "token as the name of a field",
    place: /^answer 400 to POST \/api\/cicd\/findings\/triage$/,
    why: "whoever sent it is told which field is not known; the values of fields are not told",
  },
  { kind: "control in a report", place: /^table public\.import_chunks, unpacked$/, why: "stored on purpose" },
];
const isMeant = (hit: Hit) => meant.some(({ kind, place }) => hit.kind === kind && place.test(hit.place));

describe("one canary of each kind through every feature", () => {
  let root: Awaited<ReturnType<typeof temporaryDataDir>>;
  let dataDir: string;
  let hub: HubProcess;
  let issuer: TestIssuer;
  let sender: CanarySender;
  let routes = 0;
  const places: string[] = [];
  const hits: Hit[] = [];

  beforeAll(async () => {
    root = await temporaryDataDir();
    dataDir = join(root.path, "data");
    issuer = await startIssuer();
    const key = randomBytes(32);
    const secrets = {
      setup: `code-${randomBase62(24)}`,
      current: createServiceToken(),
      previous: createServiceToken(),
      sonarqube: randomBase62(40),
      metrics: randomBase62(41),
    };
    const environment = { SENTINAL_DATA_DIR: dataDir, SENTINAL_KEY_FILE: await keep("key", key.toString("base64")) };
    await mkdir(join(root.path, "temporary"));
    hub = spawnHub({
      ...environment,
      SENTINAL_SETUP_CODE_FILE: await keep("setup", secrets.setup),
      INTERNAL_SERVICE_TOKEN_FILE: await keep("current", secrets.current),
      INTERNAL_SERVICE_TOKEN_PREVIOUS_FILE: await keep("previous", secrets.previous),
      SENTINAL_SONARQUBE_WEBHOOK_SECRET_FILE: await keep("sonarqube", secrets.sonarqube),
      SENTINAL_METRICS_TOKEN_FILE: await keep("metrics", secrets.metrics),
      SENTINAL_OIDC_ISSUER: issuer.url,
      SENTINAL_TRUSTED_PROXIES: "127.0.0.1",
      SENTINAL_WEBHOOK_RATE: "1000000",
      SENTINAL_LOG_LEVEL: "trace",
      TMPDIR: join(root.path, "temporary"),
    });
    sender = createCanarySender(await hub.ready);
    const { send, plant } = sender;
    plantKey("hub key", key);
    plant("set-up code", secrets.setup);
    plant("INTERNAL_SERVICE_TOKEN", secrets.current);
    plant("INTERNAL_SERVICE_TOKEN_PREVIOUS", secrets.previous);
    plant("SonarQube's webhook secret", secrets.sonarqube);
    plant("metrics token", secrets.metrics);
    plant("password of the database", (await readFile(join(dataDir, "postgres-password"), "utf8")).trim());
    const processes = await processPlaces(hub.pid, root.path);

    const admin = await setUp(sender, secrets.setup);
    await usePasswords(sender, admin);
    await useLinks(sender, admin);
    await useSessions(sender, admin);
    await useDevices(sender, admin);
    await useSecondFactors(sender, "canary-member", sender.invent("password set by a link"));
    const { access } = await signIn(sender, admin);
    await useApiTokens(sender, access);
    await useJobTokens(sender, access, issuer);
    await useServices(sender, secrets, environment);
    plantKey("hub key after its exchange", await exchangeKey(environment));
    // Of an account of its own, for an account's tries to sign in are counted.
    const sweeper = { username: "canary-operator", password: sender.invent("password of an operator's account") };
    routes = await sweepRoutes(sender, async () => (await signIn(sender, sweeper)).access);

    const last = (await signIn(sender, admin)).access;
    const made = await send("POST", "/api/auth/api-tokens", { status: 201, bearer: last, body: { name: "control", scopes: ["webhook:write"] }, reveals: true });
    const report = { ...trivyReport([]), Metadata: { Note: sender.invent("control in a report") } };
    await send("POST", "/api/cicd/webhook/trivy", {
      status: 200,
      bearer: plant("API token", made.text("token")),
      body: { ...webhook, commit_message: sender.invent("control in a commit message"), report },
    });
    const exported = await send("GET", "/api/audit/export", { status: 200, bearer: last });
    const metrics = await send("GET", "/metrics", { status: 200, bearer: secrets.metrics });

    processes.push(...(await processPlaces(hub.pid, root.path)));
    const tables = await tablesOfRunning();
    kill(hub.pid, "SIGTERM");
    // What it keeps in memory, as uses and refusals, it writes when it stops: they are read from a hub that is started again.
    await hub.ended;
    const again = spawnHub({ ...environment, SENTINAL_LOG_LEVEL: "silent" });
    await again.ready;
    tables.push(...(await tablesOfRunning()));
    kill(again.pid, "SIGTERM");
    await again.ended;

    const search = createSearch(sender.canaries);
    const look = ({ name, bytes }: Place) => {
      places.push(name);
      hits.push(...search(name, bytes));
    };
    for (const place of [...processes, ...tables]) look(place);
    look({ name: "standard output", bytes: Buffer.from(hub.output()) });
    look({ name: "standard error", bytes: Buffer.from(hub.errors()) });
    look({ name: "audit export", bytes: Buffer.from(String(exported.body)) });
    look({ name: "metrics", bytes: Buffer.from(String(metrics.body)) });
    for (const { request, status, text } of sender.answers) look({ name: `answer ${status} to ${request}`, bytes: Buffer.from(text) });
    // Of the hub at rest: this is what a backup holds.
    for await (const place of filesOf(dataDir, "data folder")) look(place);
    for await (const place of filesOf(join(root.path, "temporary"), "temporary folder")) look(place);
  }, 180_000);
  afterAll(async () => {
    kill(hub.pid);
    await hub.ended;
    await issuer.stop();
    await root.remove();
  });

  /** With what is derived of it: the keys that sign access tokens, wrap the vault's, and so on. */
  function plantKey(kind: string, key: Buffer): void {
    sender.plant(kind, key);
    for (const purpose of ["access-jwt", "device-user-code", "setup-code", "vault data keys", "key hand-over"])
      sender.plant(`${kind}, derived`, hubKey(key).derive(purpose));
  }

  async function keep(name: string, value: string): Promise<string> {
    const path = join(root.path, name);
    await writeFile(path, `${value}\n`, { mode: 0o600 });
    return path;
  }

  async function tablesOfRunning(): Promise<Place[]> {
    const connection = await findRunningPostgres(dataDir);
    if (connection === null) throw new Error("the hub runs, and its PostgreSQL is not found");
    return tablesOf(connection);
  }

  test("leaves none in the database, its files and log of changes, the logs, metrics, audit export, answers, processes or temporary files", () => {
    expect(new Set(hits.filter((hit) => !isMeant(hit)).map(({ kind, spelling, place }) => `${kind}, ${spelling}: ${place}`))).toEqual(new Set());
  });

  test("is answered at every step as it should be", () => {
    expect(sender.unexpected).toEqual([]);
  });

  test("leaves what is stored on purpose where it is said to stand", () => {
    for (const { kind, place } of meant)
      expect(hits.filter((hit) => hit.kind === kind && place.test(hit.place)).length, `${kind} in ${place}`).toBeGreaterThan(0);
  });

  test("finds a compressed report only where it was unpacked", () => {
    expect(new Set(hits.filter(({ kind }) => kind === "control in a report").map(({ place }) => place))).toEqual(
      new Set(["table public.import_chunks, unpacked"]),
    );
  });

  test("keeps the password of the database in a file for its owner alone", async () => {
    expect((await stat(join(dataDir, "postgres-password"))).mode & 0o777).toBe(0o600);
  });

  test("went through every route and searched every kind of place", () => {
    expect(routes).toBeGreaterThan(50);
    for (const kind of [
      "table public.audit_entries",
      "command line of postgres",
      "environment of postgres",
      "audit export",
      "metrics",
      "standard output",
      "data folder: postgres/pg_wal/",
    ])
      expect(
        places.some((place) => place.startsWith(kind)),
        kind,
      ).toBe(true);
    expect(hub.output()).toContain('"level":"debug"');
  });
});

describe("the search", () => {
  const canaries = [
    { kind: "text", value: 'q"ü\\ +/&<%0123456789' },
    { kind: "bytes", value: randomBytes(32) },
  ];
  const search = createSearch(canaries);

  test.each(canaries)("finds $kind in every spelling, wherever it stands", ({ kind, value }) => {
    const found = spellings(Buffer.from(value));
    expect([...found.keys()]).toEqual(expect.arrayContaining(["raw", "hex", "hex in capitals", "percent-encoded"]));
    for (const [spelling, bytes] of found)
      for (const before of [0, 1, 2, 3, 4_095])
        expect(search("here", Buffer.concat([randomBytes(before), bytes, randomBytes(5)])), spelling).toContainEqual({ kind, spelling, place: "here" });
  });

  test.each([0, 1, 2, 3, 4, 5])("finds what is encoded as base64 or base64url in the middle of a text, %i bytes from its beginning", (before) => {
    const text = Buffer.concat([Buffer.from("x".repeat(before)), Buffer.from('q"ü\\ +/&<%0123456789'), Buffer.from("and more")]);
    for (const encoding of ["base64", "base64url"] as const)
      expect(search("here", Buffer.from(text.toString(encoding))).map(({ kind }) => kind)).toContain("text");
  });

  test("finds a part of a long token, and the signature of a JWT", () => {
    const token = `sent_${randomBase62(49)}`;
    const signature = randomBytes(32).toString("base64url");
    const parts = createSearch([
      { kind: "token", value: token },
      { kind: "JWT", value: `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${signature}` },
    ]);
    expect(parts("here", Buffer.from(`…${token.slice(10, 42)}…`)).map(({ kind }) => kind)).toEqual(["token"]);
    expect(parts("here", Buffer.from(signature)).map(({ kind }) => kind)).toEqual(["JWT"]);
    expect(parts("here", Buffer.from(token.slice(0, 16)))).toEqual([]);
  });
});
