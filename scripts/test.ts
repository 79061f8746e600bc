import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { debianPostgresBinDir } from "./debian-postgres.ts";

const root = join(import.meta.dirname, "..");

type Outcome = { passed: number; failed: number; skipped: number };

/** Suites that talk to a database, run a second time against Debian's PostgreSQL; the embedded server's own are not among them. */
const databaseSuites = [
  "hub/src/accounts",
  "hub/src/api-tokens",
  "hub/src/audit",
  "hub/src/ci-runs",
  "hub/src/database/hub-state",
  "hub/src/database/listen",
  "hub/src/database/migrate",
  "hub/src/database/revocations",
  "hub/src/database/transaction",
  "hub/src/hub.test.ts",
  "hub/src/realtime",
  "hub/src/scans",
  "hub/src/tasks",
  "test/hub",
];

const VitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), numPendingTests: z.number(), success: z.boolean() });

/** Runs the checks and all tests; the last line is `N passed, N failed`. */
function main(): void {
  installDebianPackages();
  const filter = process.argv.slice(2);
  const outcomes: Outcome[] = [];
  if (filter.length === 0) outcomes.push(runChecks());
  outcomes.push(runVitest("tests (embedded PostgreSQL)", filter, {}));
  const binDir = debianPostgresBinDir();
  if (filter.length === 0 && binDir !== null) outcomes.push(runVitest(`tests (${binDir})`, databaseSuites, { POSTGRES_BIN_DIR: binDir }));
  if (binDir === null) console.log("skipped: tests against a PostgreSQL server of Debian's, which is not installed");

  const sum = (pick: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + pick(outcome), 0);
  const failed = sum((outcome) => outcome.failed);
  const skipped = sum((outcome) => outcome.skipped);
  console.log(`${sum((outcome) => outcome.passed)} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** Browser tests want Debian's Chromium, and the second run its PostgreSQL. Installed only by root; others are told the command. */
function installDebianPackages(): void {
  const missing = [...(existsSync("/usr/bin/chromium") ? [] : ["chromium"]), ...(debianPostgresBinDir() === null ? ["postgresql"] : [])];
  if (missing.length === 0 || !existsSync("/usr/bin/apt-get")) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(" ")}`;
  if (process.getuid?.() !== 0) {
    console.log(`Not installed: ${missing.join(", ")}. The tests that need them are skipped. As root: ${command}`);
    return;
  }
  console.log(`Installing Debian's ${missing.join(" and ")}, which the tests need: ${command}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-q"], { stdio: ["ignore", "ignore", "inherit"], env });
  spawnSync("apt-get", command.split(" ").slice(1), { stdio: ["ignore", "ignore", "inherit"], env });
}

function runChecks(): Outcome {
  console.log("== checks");
  const result = spawnSync(process.execPath, [join(root, "scripts", "check.ts")], { cwd: root, stdio: "inherit" });
  return { passed: result.status === 0 ? 1 : 0, failed: result.status === 0 ? 0 : 1, skipped: 0 };
}

function runVitest(title: string, filter: readonly string[], environment: Record<string, string>): Outcome {
  console.log(`== ${title}`);
  const folder = mkdtempSync(join(tmpdir(), "sentinal-report-"));
  const report = join(folder, "report.json");
  try {
    const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
    const result = spawnSync(process.execPath, [vitest, "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...filter], {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...environment },
    });
    const parsed = existsSync(report) ? VitestReport.safeParse(JSON.parse(readFileSync(report, "utf8"))) : null;
    if (parsed === null || !parsed.success) return { passed: 0, failed: 1, skipped: 0 };
    const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = parsed.data;
    // A suite that does not load fails the run without a failed test.
    return { passed, failed: result.status === 0 ? failed : Math.max(failed, 1), skipped };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main();
