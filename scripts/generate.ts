import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readConfig } from "../hub/src/config.ts";
import { startHub } from "../hub/src/hub.ts";
import { findRunningPostgres } from "../hub/src/database/embedded/index.ts";
import { createLog } from "../hub/src/log.ts";
import { apiPage, cliPage, errorsPage, metricsPage, note, settingsPage } from "./reference-pages.ts";
import { securityRequirementsPage, UnfoundedClaims } from "./security-requirements/page.ts";

const root = join(import.meta.dirname, "..");

/**
 * Writes what is generated: table types from a migrated database, and the reference pages from a hub that runs.
 * `--check` writes nothing and fails when a file differs.
 */
async function main(): Promise<void> {
  const isChecking = process.argv.includes("--check");
  const files = await generate();
  const stale = Object.entries(files).filter(([path, text]) => readOrEmpty(join(root, path)) !== text);
  for (const [path, text] of stale) {
    if (isChecking) {
      console.error(`${path} is not what would be generated. Run: npm run generate`);
      continue;
    }
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
  if (isChecking && stale.length > 0) process.exitCode = 1;
}

async function generate(): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), "sentinal-generate-"));
  const config = readConfig({ SENTINAL_DATA_DIR: join(folder, "data"), SENTINAL_PORT: "0", SENTINAL_LOG_LEVEL: "silent" });
  const hub = await startHub(config, {
    log: createLog("silent"),
    onFatal: (error) => {
      throw error;
    },
  });
  try {
    const connection = await findRunningPostgres(config.dataDir);
    if (connection === null) throw new Error("the hub's PostgreSQL is not found");
    const openapi: unknown = await (await fetch(`${hub.url}/api/openapi.json`)).json();
    const metrics = await (await fetch(`${hub.url}/metrics`)).text();
    return {
      "hub/src/database/tables.ts": tableTypes(connection, folder),
      "docs/reference/settings.md": settingsPage(),
      "docs/reference/api.md": apiPage(openapi),
      "docs/reference/errors.md": errorsPage(),
      "docs/reference/metrics.md": metricsPage(metrics),
      "docs/reference/cli.md": cliPage(),
      ...requirements(),
    };
  } finally {
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The other files are written also when a test was renamed that a claim rests on. */
function requirements(): Record<string, string> {
  try {
    return { "docs/reference/security-requirements.md": securityRequirementsPage(note) };
  } catch (error) {
    if (!(error instanceof UnfoundedClaims)) throw error;
    console.error(error.message);
    process.exitCode = 1;
    return {};
  }
}

function tableTypes(connection: { host: string; port: number; user: string; password: string; database: string }, folder: string): string {
  const out = join(folder, "tables.ts");
  const { host, port, user, password, database } = connection;
  const result = spawnSync(
    process.execPath,
    [
      join(root, "node_modules", "kysely-codegen", "dist", "cli", "bin.js"),
      "--dialect",
      "postgres",
      "--url",
      "env(DATABASE_URL)",
      "--out-file",
      out,
      "--type-mapping",
      '{"int8":"number"}',
      "--exclude-pattern",
      "schema_migrations",
      "--default-schema",
      "public",
      "--include-pattern",
      "public.*",
    ],
    // The password in the environment, not among the arguments: those stand in the process list.
    {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, DATABASE_URL: `postgresql://${user}:${password}@localhost:${port}/${database}?host=${encodeURIComponent(host)}` },
    },
  );
  if (result.status !== 0) throw new Error(`kysely-codegen failed: ${result.stdout}${result.stderr}`);
  return readFileSync(out, "utf8");
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

await main();
