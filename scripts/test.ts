import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { z } from "zod";
import { debianPostgresBinDir } from "./debian-postgres.ts";

const root = join(import.meta.dirname, "..");

/** What one part of the run did; `failures` names what failed and why, for the end of the output, which is what a reader of a long log sees. */
type Outcome = { passed: number; failed: number; skipped: number; failures: string[] };

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

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() })),
    }),
  ),
});

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
  for (const failure of outcomes.flatMap((outcome) => outcome.failures)) console.log(`failed: ${failure}`);
  console.log(`${sum((outcome) => outcome.passed)} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** Browser tests want Debian's Chromium, those behind a proxy its nginx, and the second run its PostgreSQL. Installed only by root; others are told the command. */
function installDebianPackages(): void {
  const missing = [
    ...(existsSync("/usr/bin/chromium") ? [] : ["chromium"]),
    ...(existsSync("/usr/sbin/nginx") ? [] : ["nginx"]),
    ...(debianPostgresBinDir() === null ? ["postgresql"] : []),
  ];
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
  return result.status === 0 ? { passed: 1, failed: 0, skipped: 0, failures: [] } : { passed: 0, failed: 1, skipped: 0, failures: ["checks (npm run check)"] };
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
    if (parsed === null || !parsed.success) return { passed: 0, failed: 1, skipped: 0, failures: [`${title}: the test runner left no report`] };
    const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = parsed.data;
    if (result.status === 0) return { passed, failed, skipped, failures: [] };
    const failures = failuresOf(title, parsed.data);
    // An error outside of every test is in no test's record.
    if (failures.length === 0) failures.push(`${title}: the test runner ended with ${result.status}, for what stands above`);
    return { passed, failed: Math.max(failed, 1), skipped, failures };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One entry a failed test, and one a suite that did not load. */
function failuresOf(title: string, report: z.infer<typeof VitestReport>): string[] {
  return report.testResults.flatMap((suite) => {
    const name = `${title}: ${relative(root, suite.name)}`;
    const failed = suite.assertionResults.filter((test) => test.status === "failed");
    if (failed.length === 0) return suite.status === "failed" ? [`${name}\n${shortened(suite.message ?? "")}`] : [];
    return failed.map((test) => `${name} > ${test.fullName}\n${shortened(test.failureMessages?.join("\n") ?? "")}`);
  });
}

function shortened(message: string): string {
  return message.length > 2000 ? `${message.slice(0, 2000)}…` : message;
}

main();
