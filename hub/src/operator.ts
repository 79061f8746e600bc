import { stat } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import type {
  ApiToken,
  CreateApiTokenBody,
  CreatedApiToken,
  CreatedServiceToken,
  CreateServiceToken,
  CreateTrustBindingBody,
  SecondFactorsReset,
  ServiceToken,
  TrustBinding,
  TrustTrial,
  User,
} from "@sentinal/contract";
import { sql } from "kysely";
import { type Accounts, createAccounts } from "./accounts/index.ts";
import { type ApiTokens, createApiTokens } from "./api-tokens/index.ts";
import { type Actor, createRefusals, openFingerprints, sealAll } from "./audit/index.ts";
import { type Config, ConfigProblem, readConfig } from "./config.ts";
import {
  connectDatabaseServer,
  type ConnectionSettings,
  createRevocations,
  type Database,
  DatabaseProblem,
  type Listener,
  migrate,
  migrationNames,
  openDatabase,
} from "./database/index.ts";
import { findBinaries } from "./database/embedded/binaries.ts";
import { EmbeddedPostgresProblem, findRunningPostgres } from "./database/embedded/index.ts";
import { errorCatalogue, HttpError } from "./http/index.ts";
import { createLog } from "./log.ts";
import { createServiceTokens, judgeConfigured } from "./service-tokens/index.ts";
import {
  createVault,
  KeyProblem,
  type KeyReport,
  loadHubKey,
  openKeyRing,
  ownKeyFile,
  reportKeys,
  rotateKey,
  type RotateOptions,
  type RotateReport,
  VaultProblem,
} from "./vault/index.ts";
import { createOidc } from "./oidc/index.ts";
import { type AuditOperator, createAuditOperator } from "./operator-audit.ts";
import { version } from "./version.ts";

export { type Config, readConfig } from "./config.ts";
export { type ChainHead, type ExportRange, parseHead, type Verification, verifyAuditFile } from "./operator-audit.ts";
export type { KeyReport, RotateReport } from "./vault/index.ts";

/** What an operator does on the hub's machine, with its files at hand and no sign-in; audited as theirs. Each throws HttpError. */
export type Operator = AuditOperator & {
  createApiToken(body: CreateApiTokenBody): Promise<CreatedApiToken>;
  /** The newest first. */
  listApiTokens(): Promise<ApiToken[]>;
  /** Running hubs hear of it with the commit. */
  revokeApiToken(id: number): Promise<ApiToken>;
  /** The successor of a token, which works beside it for the hours given. */
  rotateApiToken(id: number, overlapHours: number): Promise<CreatedApiToken>;
  createAdmin(user: { username: string; email: string; password: string }): Promise<User>;
  /** Ends all sessions of the account. */
  resetPassword(username: string, password: string): Promise<{ sessionsEnded: number }>;
  /** Takes all second factors of the account away and ends its sessions. */
  resetSecondFactors(username: string): Promise<SecondFactorsReset>;
  /** In the order in which they were made. */
  listUsers(): Promise<ListedUser[]>;
  trust: {
    create(body: CreateTrustBindingBody): Promise<TrustBinding>;
    /** The newest first. */
    list(): Promise<TrustBinding[]>;
    show(id: number): Promise<TrustBinding>;
    /** Running hubs hear of it with the commit. */
    revoke(id: number): Promise<TrustBinding>;
    /** What an exchange of the ID token would come to. */
    try(token: string): Promise<TrustTrial>;
  };
  createServiceToken(body: CreateServiceToken): Promise<CreatedServiceToken>;
  /** The next token of a service; the one before it is accepted for the hours given. */
  rotateServiceToken(body: CreateServiceToken, overlapHours: number): Promise<CreatedServiceToken>;
  revokeServiceToken(id: number): Promise<ServiceToken>;
  /** By service, the newest of each first. */
  listServiceTokens(): Promise<ServiceToken[]>;
  reportKeys(): Promise<KeyReport>;
  /** Brings the database to a new key, beside running hubs; after an interruption it goes on where that stopped. */
  rotateKey(options: RotateOptions): Promise<RotateReport>;
};

export type ListedUser = { id: number; username: string; email: string; role: string; created_at: string; disabled_at: string | null };

export type OperatorOptions = {
  /** Whether a database that is not there may be made, by the first command on a new machine. */
  mayCreate: boolean;
  /** Hears, in a sentence, where the command works and what it made. */
  onNotice(text: string): void;
};

/** What is known of the hub's database without changing anything. `schema` compares it with this program. */
export type DatabaseInspection =
  | { kind: "not_running"; isMade: boolean; programs: string }
  | { kind: "embedded" | "server"; version: string; major: number; schema: Schema };
type Schema = "empty" | "behind" | "current" | "newer";

/** `problem` says what is wrong and what to do, for a person. */
export type OperatorAnswer<T> = { value: T } | { problem: string };

/** Why a command cannot work here, and what to do. */
class OperatorProblem extends Error {}

const maxConnections = 2;
const mostListed = 10_000;

/**
 * Opens the hub's database (that of DATABASE_URL, else the embedded server that runs, else one that is started for the
 * moment), does the work and closes everything again. Beside a running hub nothing is migrated.
 */
export async function withOperator<T>(
  environment: NodeJS.ProcessEnv,
  options: OperatorOptions,
  work: (operator: Operator) => Promise<T>,
): Promise<OperatorAnswer<T>> {
  const closing: (() => Promise<void>)[] = [];
  try {
    const config = readConfig(environment);
    const server = await findServer(config, options);
    closing.push(() => server.stop());
    const { db, close } = openDatabase(server.connection, { applicationName: "sentinal command", maxConnections, onError: () => {} });
    closing.push(close);
    await prepareSchema(db, server, options);
    // Where no hub runs, nobody else seals what waits.
    if (server.isOurs) await sealAll(db);
    closing.push(async () => void (await sealAll(db)));
    return { value: await work(await createOperator(db, config, closing, options)) };
  } catch (error) {
    return { problem: explain(error) };
  } finally {
    for (let close = closing.pop(); close !== undefined; close = closing.pop()) await close();
  }
}

type FoundServer = { connection: ConnectionSettings; isOurs: boolean; stop(): Promise<void> };

async function findServer(config: Config, options: OperatorOptions): Promise<FoundServer> {
  if (config.databaseUrl !== null) {
    options.onNotice("Works on the PostgreSQL server of DATABASE_URL.");
    return { connection: { connectionString: config.databaseUrl }, isOurs: false, stop: async () => {} };
  }
  const running = await findRunningPostgres(config.dataDir);
  if (running !== null) {
    options.onNotice(`Works on the running hub's data in ${config.dataDir}.`);
    return { connection: running, isOurs: false, stop: async () => {} };
  }
  const isThere = await isMade(config);
  if (!isThere && !options.mayCreate) throw noDatabase(config);
  options.onNotice(isThere ? `Works on the data in ${config.dataDir}; no hub runs there.` : `Makes a new database in ${config.dataDir}.`);
  const release = holdSignals();
  try {
    const server = await connectDatabaseServer(config, { holder: `sentinal command pid ${process.pid}`, log: createLog("silent"), onLost: () => {} });
    return { connection: server.connection, isOurs: true, stop: () => server.stop().finally(release) };
  } catch (error) {
    release();
    throw error;
  }
}

/** To end at once would leave the PostgreSQL behind that was started for this command, which ends within seconds by itself. */
function holdSignals(): () => void {
  const ignore = () => {};
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, ignore);
  return () => {
    for (const signal of signals) process.off(signal, ignore);
  };
}

async function prepareSchema(db: Database, server: FoundServer, options: OperatorOptions): Promise<void> {
  const { schema } = await readDatabaseFacts(db);
  if (!server.isOurs && schema === "behind") {
    throw new OperatorProblem(`This program (${version}) is newer than the database. Start the hub of this version once: it brings the database up to date.`);
  }
  if (!server.isOurs && schema === "empty" && !options.mayCreate)
    throw new OperatorProblem("The database holds nothing of Sentinal. Check DATABASE_URL, or start the hub once.");
  await migrate(server.connection, version);
}

async function createOperator(db: Database, config: Config, closing: (() => Promise<void>)[], options: OperatorOptions): Promise<Operator> {
  const key = await loadHubKey({
    key: config.key,
    keyFile: config.keyFile,
    dataDir: config.dataDir,
    onCreated: (path) => options.onNotice(`A new key was made in ${path}; keep a copy of it with your backups.`),
  });
  const keys = await openKeyRing({ db, key });
  const log = createLog("silent");
  const refusals = createRefusals({ db, log });
  const revocations = createRevocations(deaf);
  const vault = createVault({ db, key, keys });
  const fingerprints = await openFingerprints(db, vault);
  const parts = { db, log, refusals, revocations, fingerprints };
  const publicUrl = () => config.publicUrl ?? `http://${config.host}:${config.port}`;
  const accounts: Accounts = createAccounts({ ...parts, key, keys, vault, config, version, publicUrl });
  closing.push(() => accounts.close());
  const apiTokens: ApiTokens = createApiTokens(parts);
  closing.push(() => apiTokens.close());
  const oidc = createOidc({ ...parts, issuer: config.oidcIssuer, publicUrl });
  closing.push(() => oidc.close());
  const serviceTokens = createServiceTokens({ ...parts, configured: judgeConfigured({ current: null, previous: null }) });
  closing.push(() => serviceTokens.close());
  const actor: Actor = { kind: "operator", id: operatorName() };
  const ground = { db, keys, key, keyFile: config.key === null ? (config.keyFile ?? ownKeyFile(config.dataDir)) : null };
  return {
    createApiToken: (body) => apiTokens.create(body, actor),
    listApiTokens: async () => (await apiTokens.list({ limit: mostListed })).items,
    revokeApiToken: (id) => apiTokens.revoke(id, actor),
    rotateApiToken: (id, overlapHours) => apiTokens.rotate(id, overlapHours, actor),
    createAdmin: (user) => accounts.createAdmin(user, actor),
    resetPassword: (username, password) => accounts.resetPassword(username, password, actor),
    resetSecondFactors: (username) => accounts.resetSecondFactors(username, actor),
    listUsers: () => listUsers(db),
    trust: {
      create: (body) => oidc.create(body, actor),
      list: async () => (await oidc.list({ limit: mostListed })).items,
      show: (id) => oidc.show(id),
      revoke: (id) => oidc.revoke(id, actor),
      try: (token) => oidc.try(token),
    },
    createServiceToken: (body) => serviceTokens.create(body, actor),
    rotateServiceToken: (body, overlapHours) => serviceTokens.rotate(body, overlapHours, actor),
    revokeServiceToken: (id) => serviceTokens.revoke(id, actor),
    listServiceTokens: () => serviceTokens.list(),
    reportKeys: () => reportKeys(ground),
    rotateKey: (rotation) => rotateKey(ground, rotation, actor),
    ...createAuditOperator(db, actor),
  };
}

async function listUsers(db: Database): Promise<ListedUser[]> {
  const rows = await db.selectFrom("users").select(["id", "username", "email", "role", "created_at", "disabled_at"]).orderBy("id").limit(mostListed).execute();
  return rows.map((row) => ({
    id: row.id,
    username: row.username,
    email: row.email,
    role: row.role,
    created_at: row.created_at.toISOString(),
    disabled_at: row.disabled_at?.toISOString() ?? null,
  }));
}

/** A command ends before it could hear anything: it tells of revocations, and caches nothing. */
const deaf: Listener = { on() {}, onReconnect() {}, isHearing: () => false, close: async () => {} };

/** Who sits at the machine, as the system knows them. */
function operatorName(): string {
  return `${userInfo().username}@${hostname()}`.slice(0, 200);
}

/** Looks at the database for `sentinal doctor`: starts nothing and writes nothing. */
export async function inspectDatabase(config: Config): Promise<OperatorAnswer<DatabaseInspection>> {
  try {
    const running = config.databaseUrl === null ? await findRunningPostgres(config.dataDir) : { connectionString: config.databaseUrl };
    if (running === null) return { value: { kind: "not_running", isMade: await isMade(config), programs: await describePrograms(config) } };
    const { db, close } = openDatabase(running, { applicationName: "sentinal doctor", maxConnections: 1, onError: () => {} });
    try {
      return { value: { kind: config.databaseUrl === null ? "embedded" : "server", ...(await readDatabaseFacts(db)) } };
    } finally {
      await close();
    }
  } catch (error) {
    return { problem: explain(error) };
  }
}

async function readDatabaseFacts(db: Database): Promise<{ version: string; major: number; schema: Schema }> {
  try {
    const server = await sql<{ version: string; number: number; has_schema: boolean }>`
      select current_setting('server_version') as version, current_setting('server_version_num')::integer as number, to_regclass('schema_migrations') is not null as has_schema
    `.execute(db);
    const row = server.rows[0];
    const applied = row?.has_schema === true ? await sql<{ name: string }>`select name from schema_migrations`.execute(db) : null;
    return {
      version: row?.version ?? "",
      major: Math.floor((row?.number ?? 0) / 10_000),
      schema: compareSchema(applied?.rows.map(({ name }) => name) ?? [], await migrationNames()),
    };
  } catch (error) {
    throw new OperatorProblem(
      `PostgreSQL cannot be asked: ${error instanceof Error && error.message !== "" ? error.message : "it does not answer"}. Check that the server runs and what DATABASE_URL says.`,
      { cause: error },
    );
  }
}

function compareSchema(applied: readonly string[], known: readonly string[]): Schema {
  if (applied.length === 0) return "empty";
  if (applied.some((name) => !known.includes(name))) return "newer";
  return known.every((name) => applied.includes(name)) ? "current" : "behind";
}

async function isMade(config: Config): Promise<boolean> {
  return stat(join(config.dataDir, "postgres")).then(
    () => true,
    () => false,
  );
}

async function describePrograms(config: Config): Promise<string> {
  const source = await findBinaries(config.postgresBinDir ?? undefined);
  return source.kind === "given" ? source.binDir : `bundled, ${source.packageVersion}`;
}

function noDatabase(config: Config): OperatorProblem {
  return new OperatorProblem(
    `There is no Sentinal database in ${config.dataDir}. Set SENTINAL_DATA_DIR to the hub's data folder (and run this as the hub's user), or start the hub once.`,
  );
}

function explain(error: unknown): string {
  if (error instanceof HttpError) {
    const fields = error.errors.map((entry) => `${entry.field}: ${entry.problem}. ${entry.fix}`);
    return fields.length > 0 ? fields.join("\n") : `${error.message}${error.code === "not_found" ? "" : `. ${errorCatalogue[error.code].fix}`}`;
  }
  if (
    error instanceof OperatorProblem ||
    error instanceof ConfigProblem ||
    error instanceof DatabaseProblem ||
    error instanceof EmbeddedPostgresProblem ||
    error instanceof KeyProblem ||
    error instanceof VaultProblem
  )
    return error.message;
  throw error;
}
