import { ConfigProblem, readConfig, redactedConfig, unusedSettings } from "./config.ts";
import { DatabaseProblem } from "./database/index.ts";
import { EmbeddedPostgresProblem } from "./database/embedded/index.ts";
import { ListenProblem } from "./http/index.ts";
import { type Hub, startHub } from "./hub.ts";
import { createLog } from "./log.ts";
import { KeyProblem, VaultProblem } from "./vault/index.ts";

/** A stop that takes longer is cut off; PostgreSQL recovers by itself. */
const stopWithinMs = 40_000;

/** Runs the hub until it is told to stop. The exit code is 0 after an orderly stop and 1 when it could not start or go on. */
export async function serve(environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  try {
    await run(environment);
  } catch (error) {
    if (!isExpected(error)) throw error;
    process.stderr.write(`\nSentinal cannot start.\n${error.message}\n`);
    process.exitCode = 1;
  }
}

async function run(environment: NodeJS.ProcessEnv): Promise<void> {
  const config = readConfig(environment);
  const log = createLog(config.logLevel);
  log.info({ settings: redactedConfig(config) }, "starting");
  for (const name of unusedSettings) {
    if (environment[name] !== undefined || environment[`${name}_FILE`] !== undefined)
      log.warn({ setting: name }, "this version does nothing with this setting");
  }
  let hub: Hub | null = null;
  let isStopping = false;

  async function stop(exitCode: number): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    process.exitCode = exitCode;
    setTimeout(() => {
      log.error("the hub did not stop in time");
      process.exit(1);
    }, stopWithinMs).unref();
    await hub?.stop();
    log.info("stopped");
  }

  let exitCodeWanted: number | null = null;
  function wantStop(exitCode: number): void {
    exitCodeWanted ??= exitCode;
    if (hub !== null) void stop(exitCode);
  }

  // Registered before anything is started: a Ctrl-C during the start must not leave PostgreSQL behind. SIGHUP: the terminal was closed.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => wantStop(0));
  const fatal = (error: Error) => {
    log.error({ err: error }, "the hub cannot go on");
    process.stderr.write(`\nSentinal stops.\n${error.message}\n`);
    wantStop(1);
  };

  hub = await startHub(config, { log, onFatal: fatal });
  if (exitCodeWanted !== null) return stop(exitCodeWanted);
  announce(hub, config.databaseUrl === null ? config.dataDir : null);
}

function announce(hub: Hub, dataDir: string | null): void {
  const lines = ["", `  Sentinal is ready at ${hub.url}`, dataDir === null ? "  Data: the PostgreSQL server of DATABASE_URL" : `  Data: ${dataDir}`];
  if (hub.setupCode !== null) lines.push("", `  Set-up code for the first account: ${hub.setupCode}`, `  Open ${hub.url}/setup and enter it there.`);
  process.stdout.write(`${lines.join("\n")}\n\n`);
}

function isExpected(error: unknown): error is Error {
  return (
    error instanceof ConfigProblem ||
    error instanceof ListenProblem ||
    error instanceof KeyProblem ||
    error instanceof VaultProblem ||
    error instanceof DatabaseProblem ||
    error instanceof EmbeddedPostgresProblem
  );
}

if (import.meta.main) await serve();
