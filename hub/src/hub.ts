import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import { createAccounts } from "./accounts/index.ts";
import { createApiTokens } from "./api-tokens/index.ts";
import { createRefusals, startSealing } from "./audit/index.ts";
import { broadcastChanges, createRepositories, findRun, registerGateRoutes, registerRunRoutes, repositoryOfRun } from "./ci-runs/index.ts";
import type { Config } from "./config.ts";
import {
  bindKey,
  connectDatabaseServer,
  createRevocations,
  databaseAnswers,
  migrate,
  openDatabase,
  revocationChannel,
  startListener,
} from "./database/index.ts";
import {
  type Authenticate,
  bindServer,
  createAccess,
  createHttpServer,
  createRateLimit,
  readIndexPage,
  registerStatusRoutes,
  registerWeb,
} from "./http/index.ts";
import { changesChannel, createChanges, createSockets } from "./realtime/index.ts";
import { createReadingPool } from "./reading/index.ts";
import {
  createIntake,
  createScopes,
  createWaiter,
  listImports,
  registerImportTasks,
  registerIntakeRoutes,
  registerReadRoutes,
  registerSonarqubeWebhook,
  registerTestRoutes,
  registerExportRoutes,
  registerTriageRoutes,
} from "./scans/index.ts";
import { createTasks } from "./tasks/index.ts";
import { loadHubKey } from "./vault/key.ts";
import { version } from "./version.ts";

/** A hub that runs. */
export type Hub = {
  /** Where people reach it. */
  url: string;
  port: number;
  /** For the first account; null when there is one already. */
  setupCode: string | null;
  /** Stops in order: no new requests, sockets closed, tasks drained, memory flushed, database last. May be called twice. */
  stop(): Promise<void>;
};

/** Connections of one hub to PostgreSQL, besides those of tasks and of the listener. */
const maxConnections = 12;

/**
 * Builds and starts a hub: the one place where the parts meet. Throws ConfigProblem, ListenProblem, KeyProblem,
 * DatabaseProblem or EmbeddedPostgresProblem, each with a sentence that says what to do; what was started is stopped then.
 * `onFatal` hears when the hub cannot go on.
 */
export async function startHub(config: Config, options: { log: Logger; onFatal(error: Error): void }): Promise<Hub> {
  const { log } = options;
  const closing: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | null = null;
  async function stopAll(): Promise<void> {
    for (let close = closing.pop(); close !== undefined; close = closing.pop()) {
      await close().catch((error: unknown) => log.error({ err: error }, "a part did not stop cleanly"));
    }
  }

  try {
    return await build();
  } catch (error) {
    await stopAll();
    throw error;
  }

  async function build(): Promise<Hub> {
    // The port first: a second hub on this machine ends here, before it touches the database.
    const bound = await bindServer(config.host, config.port);
    closing.push(() => bound.close());
    const url = config.publicUrl ?? `http://${hostInUrl(config.host)}:${bound.port}`;
    const publicUrl = () => url;

    const key = await loadHubKey({
      keyFile: config.keyFile,
      dataDir: config.dataDir,
      onCreated: (path) => log.warn({ path }, "a new key was generated; keep a copy of it with your backups: without it nothing that is sealed can be opened"),
    });
    const server = await connectDatabaseServer(config, { holder: `hub pid ${process.pid} on port ${bound.port}`, log, onLost: options.onFatal });
    closing.push(() => server.stop());
    const applied = await migrate(server.connection, version);
    if (applied.length > 0) log.info({ migrations: applied }, "the database was brought up to date");
    const { db, hot, close } = openDatabase(server.connection, {
      applicationName: "sentinal hub",
      maxConnections,
      onError: (error) => log.warn({ err: error }, "a database connection broke"),
    });
    closing.push(close);
    await bindKey(db, key.id);

    const hubId = randomBytes(8).toString("hex");
    const listener = await startListener(server.connection, {
      hubId,
      channels: [revocationChannel, changesChannel],
      onProblem: (error) => log.warn({ err: error }, "the listener lost its connection"),
    });
    closing.push(() => listener.close());
    const revocations = createRevocations(listener);
    const changes = createChanges(hot, listener, (error) => log.warn({ err: error }, "live changes could not be announced"));
    closing.push(() => changes.close());
    // Stops after the refusals have been written, so that these are sealed too.
    const sealing = startSealing({ db, log });
    closing.push(() => sealing.stop());
    const refusals = createRefusals({ db, log });
    refusals.start();
    closing.push(() => refusals.stop());
    const reading = createReadingPool();
    closing.push(() => reading.close());
    const tasks = createTasks(server.connection, log);
    closing.push(() => tasks.stop());

    const accounts = createAccounts({
      db,
      key,
      config: { registration: config.registration, setupCode: config.setupCode },
      publicUrl,
      revocations,
      refusals,
      log,
      version,
    });
    closing.push(() => accounts.close());
    const apiTokens = createApiTokens({ db, revocations, refusals, log });
    closing.push(() => apiTokens.close());
    const authenticate: Authenticate = (credential, caller) =>
      credential.bearer.startsWith("sent_") ? apiTokens.authenticate(credential.bearer, caller) : accounts.authenticate(credential.bearer, caller);
    const access = createAccess(authenticate);
    const onTokenInUrl = (token: string, caller: { address: string; requestId: string }) => apiTokens.revokeLeaked(token, caller);

    const indexPage = await readIndexPage();
    const http = await createHttpServer({
      log,
      version,
      trustedProxies: config.trustedProxies,
      isHttps: url.startsWith("https:"),
      bound,
      indexPage,
      onTokenInUrl,
    });
    const sockets = createSockets(bound.server, {
      rights: {
        authenticate,
        authenticateCookie: (cookie) => accounts.authenticateCookie(cookie),
        isStillValid: (principal) => (principal.kind === "user" ? accounts.isStillValid(principal) : apiTokens.isStillValid(principal)),
        repositoryOfRun: (runId) => repositoryOfRun(db, runId),
      },
      revocations,
      log,
      version,
      publicUrl,
      trustedProxies: config.trustedProxies,
      onTokenInUrl,
    });
    closing.push(async () => {
      const closed = bound.close();
      sockets.close();
      await closed;
      await http.close();
    });
    changes.onChanges((list) => {
      broadcastChanges(db, sockets, list, config.githubUrl).catch((error: unknown) => log.warn({ err: error }, "live changes could not be shown"));
    });

    const waiter = createWaiter();
    const intake = createIntake({ db: hot, reading, repositories: createRepositories(db), tasks, changes, publicUrl, waitForImport: waiter.wait });
    registerImportTasks(tasks, { db, reading, scopes: createScopes(db), changes, log, retentionDays: config.retentionDays, onImportEnded: waiter.ended });

    accounts.registerRoutes(http, access);
    apiTokens.registerRoutes(http, access);
    const rateLimit = createRateLimit({ perMinute: config.webhookRatePerMinute, burst: Math.max(1, Math.ceil(config.webhookRatePerMinute / 3)) });
    await registerIntakeRoutes(http, { db, access, intake, reading, rateLimit });
    await registerSonarqubeWebhook(http, { db, access, intake, rateLimit, secret: config.sonarqubeWebhookSecret });
    registerGateRoutes(http, { db, access });
    registerRunRoutes(http, { db, access, githubUrl: config.githubUrl, listImportsOfRun: (run) => listImports(db, { run }) });
    registerReadRoutes(http, { db, access, publicUrl, findRun: (id, visible) => findRun(db, id, visible, config.githubUrl) });
    registerTriageRoutes(http, { db, access, changes });
    registerExportRoutes(http, { db, access });
    registerTestRoutes(http, { db, access });
    registerStatusRoutes(http, {
      version,
      metricsToken: config.metricsToken,
      socketCount: () => sockets.count(),
      async notReady() {
        const problems = stopping === null ? [] : ["stopping"];
        if (!(await databaseAnswers(db))) problems.push("the database does not answer");
        if (!listener.isHearing()) problems.push("the listener does not hear the database");
        return problems;
      },
    });
    if (indexPage !== null) await registerWeb(http);
    await tasks.start();
    const setupCode = await accounts.ensureSetupCode();
    await http.ready();

    return {
      url,
      port: bound.port,
      setupCode,
      stop: () => (stopping ??= stopAll()),
    };
  }
}

function hostInUrl(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
