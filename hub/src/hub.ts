import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import { createAccounts } from "./accounts/index.ts";
import { createApiTokens } from "./api-tokens/index.ts";
import { announceHead, createAuditChecks, createRefusals, openFingerprints, registerAuditRoutes, startSealing } from "./audit/index.ts";
import { auditNames } from "./audit-names.ts";
import { broadcastChanges, createRepositories, findRun, registerGateRoutes, registerRunRoutes, repositoryOfRun } from "./ci-runs/index.ts";
import type { Config } from "./config.ts";
import { connectDatabaseServer, createRevocations, databaseAnswers, migrate, openDatabase, revocationChannel, startListener } from "./database/index.ts";
import { createDeviceSignIn } from "./device-sign-in/index.ts";
import {
  type Authenticate,
  bindServer,
  createAccess,
  createHttpServer,
  createRateLimit,
  readIndexPage,
  refusedAct,
  registerStatusRoutes,
  registerWeb,
} from "./http/index.ts";
import { createOidc, isJobToken } from "./oidc/index.ts";
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
import { createServiceTokens, judgeConfigured } from "./service-tokens/index.ts";
import { createTasks } from "./tasks/index.ts";
import { createVault, followRotations, keyChannel, loadHubKey, openKeyRing, readHubKey } from "./vault/index.ts";
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
      key: config.key,
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
      // At the end the server may be gone before a connection's good-bye is answered.
      onError: (error) => log[stopping === null ? "warn" : "debug"]({ err: error }, "a database connection broke"),
    });
    closing.push(close);
    const keys = await openKeyRing({
      db,
      key,
      readKeyFile: () => readHubKey(config),
      onLearned: (id) => log.warn({ key: id }, "the hub's key is being rotated; this hub has the new one. It needs the new key file at its next start"),
    });

    const hubId = randomBytes(8).toString("hex");
    const listener = await startListener(server.connection, {
      hubId,
      channels: [revocationChannel, changesChannel, keyChannel],
      onProblem: (error) => log.warn({ err: error }, "the listener lost its connection"),
    });
    closing.push(() => listener.close());
    await followRotations(keys, listener, (error) => log.warn({ err: error }, "the database could not be asked for the hub's key"));
    const revocations = createRevocations(listener);
    const changes = createChanges(hot, listener, (error) => log.warn({ err: error }, "live changes could not be announced"));
    closing.push(() => changes.close());
    const auditChecks = createAuditChecks({ db, log });
    auditChecks.start();
    closing.push(() => auditChecks.stop());
    const auditHead = await announceHead({ db, log });
    closing.push(() => auditHead.stop());
    // Stops after the refusals have been written, so that these are sealed too, and before the head is told.
    const sealing = startSealing({ db, log });
    closing.push(() => sealing.stop());
    const refusals = createRefusals({ db, log });
    refusals.start();
    closing.push(() => refusals.stop());
    const vault = createVault({ db, key, keys, refusals, log });
    const fingerprints = await openFingerprints(db, vault);
    const reading = createReadingPool();
    closing.push(() => reading.close());
    const tasks = createTasks(server.connection, log);
    closing.push(() => tasks.stop());

    const accounts = createAccounts({
      db,
      key,
      keys,
      vault,
      config: { registration: config.registration, setupCode: config.setupCode },
      publicUrl,
      revocations,
      refusals,
      fingerprints,
      log,
      version,
    });
    closing.push(() => accounts.close());
    const apiTokens = createApiTokens({ db, revocations, refusals, fingerprints, log });
    closing.push(() => apiTokens.close());
    const deviceSignIn = createDeviceSignIn({ db, accounts, key: () => keys.current().derive("device-user-code"), publicUrl, refusals, log });
    closing.push(() => deviceSignIn.close());
    const oidc = createOidc({ db, issuer: config.oidcIssuer, publicUrl, revocations, refusals, fingerprints, log });
    closing.push(() => oidc.close());
    const serviceTokens = createServiceTokens({ db, configured: configuredServiceToken(config), fingerprints, refusals, log });
    closing.push(() => serviceTokens.close());
    const authenticate: Authenticate = (credential, caller) => {
      if (isJobToken(credential.bearer)) return oidc.authenticate(credential.bearer, caller);
      return credential.bearer.startsWith("sent_") ? apiTokens.authenticate(credential.bearer, caller) : accounts.authenticate(credential.bearer, caller);
    };
    const access = createAccess(authenticate, accounts.isFresh);
    const onTokenInUrl = async (token: string, caller: { address: string; requestId: string }) => {
      // Whose it is cannot be told by its shape: a job's token ends in one of an API token's. One that fails keeps no other from its own.
      const tried = await Promise.allSettled([apiTokens, oidc, accounts].map((keeper) => keeper.revokeLeaked(token, caller)));
      for (const outcome of tried) if (outcome.status === "rejected") throw outcome.reason;
    };

    const indexPage = await readIndexPage();
    const http = await createHttpServer({
      log,
      version,
      trustedProxies: config.trustedProxies,
      isHttps: url.startsWith("https:"),
      bound,
      indexPage,
      onTokenInUrl,
      onRefused(error, request) {
        const act = refusedAct(error, request, access);
        if (act === null) return;
        const { principal, route, ...said } = act;
        refusals.count({
          ...said,
          action: "access.refused",
          subject: { kind: "route", id: route },
          ...(principal !== null && { actor: { kind: principal.kind, id: principal.id } }),
        });
      },
    });
    const sockets = createSockets(bound.server, {
      rights: {
        authenticate,
        authenticateCookie: (cookie, host) => accounts.authenticateCookie(cookie, host),
        async isStillValid(principal) {
          if (principal.kind === "oidc") return oidc.isStillValid(principal);
          return principal.kind === "user" ? accounts.isStillValid(principal) : apiTokens.isStillValid(principal);
        },
        endOf: async (principal) => (principal.kind === "api_token" ? apiTokens.endOf(principal) : principal.expiresAt),
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
    oidc.registerRoutes(http, access);
    registerAuditRoutes(http, access, { db, names: auditNames(db), fingerprints, checks: auditChecks });
    deviceSignIn.registerRoutes(http, access);
    serviceTokens.registerRoutes(http, version);
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
        const keyProblem = keys.problem();
        if (keyProblem !== null) problems.push(keyProblem);
        return problems;
      },
    });
    if (indexPage !== null) await registerWeb(http);
    await tasks.start();
    await serviceTokens.warn(log);
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

function configuredServiceToken(config: Config) {
  return judgeConfigured(
    { current: config.internalServiceToken, previous: config.internalServiceTokenPrevious },
    {
      SENTINAL_METRICS_TOKEN: config.metricsToken,
      SENTINAL_SONARQUBE_WEBHOOK_SECRET: config.sonarqubeWebhookSecret,
      SENTINAL_SETUP_CODE: config.setupCode,
      SENTINAL_KEY: config.key,
    },
  );
}

function hostInUrl(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
