import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreatedApiToken, page as pageOf, Run, TokenPair } from "@sentinal/contract";
import pg from "pg";
import type { Page } from "playwright-core";
import { z } from "zod";
import { readConfig } from "../hub/src/config.ts";
import { findRunningPostgres } from "../hub/src/database/embedded/index.ts";
import { startHub } from "../hub/src/hub.ts";
import { createLog } from "../hub/src/log.ts";
import { launchChromium } from "../test/chromium.ts";
import { postSampleRuns } from "./sample-data.ts";
import { factsOf, sampleReports } from "./sample-reports.ts";

const images = join(import.meta.dirname, "..", "docs", "images");
const account = { username: "ada", email: "ada@example.org", password: "correct horse battery staple" };

/** Those that the docs show; with a folder of one's own all are kept. */
const shown = new Set([
  "board.png",
  ...[
    "board",
    "run",
    "scan",
    "scan-tests",
    "scan-lint",
    "scan-zap",
    "scan-sonarqube",
    "scan-gate",
    "test",
    "finding",
    "profile",
    "users",
    "trust",
    "audit",
  ].flatMap((name) => [`${name}-light.png`, `${name}-dark.png`]),
  "board-phone-dark.png",
  "tokens-light.png",
]);

/** Takes the pictures of the docs from a real hub with sample runs: `node scripts/screenshots.ts [folder]`. */
async function main(): Promise<void> {
  const folder = process.argv[2] ?? images;
  mkdirSync(folder, { recursive: true });
  const data = mkdtempSync(join(tmpdir(), "sentinal-pictures-"));
  const config = readConfig({
    SENTINAL_DATA_DIR: join(data, "data"),
    SENTINAL_PORT: "0",
    SENTINAL_SETUP_CODE: "picture-code",
    SENTINAL_LOG_LEVEL: "silent",
    SENTINAL_WEBHOOK_RATE: "100000",
  });
  const hub = await startHub(config, {
    log: createLog("silent"),
    onFatal: (error) => {
      throw error;
    },
  });
  try {
    await fill(hub.url);
    await spreadOverTime(config.dataDir);
    await takeAll(hub.url, folder);
  } finally {
    await hub.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

async function fill(url: string): Promise<void> {
  await post(url, "/api/auth/register", { ...account, setup_code: "picture-code" });
  const admin = TokenPair.parse(await (await post(url, "/api/auth/login", account)).json()).access_token;
  const created = await post(url, "/api/auth/api-tokens", { name: "ci of acme/shop", scopes: ["webhook:write", "webhook:read"], expires_in_days: 90 }, admin);
  const { token } = CreatedApiToken.parse(await created.json());
  await post(url, "/api/auth/api-tokens", { name: "wall display", scopes: ["webhook:read"], expires_in_days: 9 }, admin);
  await post(url, "/api/auth/invitations", { email: "grace@example.org", role: "Member" }, admin);
  const binding = {
    name: "release of the shop",
    repository: "acme/shop",
    repository_id: 4711,
    repository_owner_id: 42,
    workflow: ".github/workflows/release.yml",
  };
  await post(url, "/api/auth/trust-bindings", { ...binding, refs: ["refs/heads/main", "refs/tags/*"], scopes: ["webhook:write"] }, admin);
  await fetch(`${url}/api/cicd/gate`, {
    method: "PUT",
    headers: { "content-type": "application/json", authorization: `Bearer ${admin}` },
    body: JSON.stringify({
      repository: "acme/shop",
      conditions: [
        { metric: "new_critical", at_most: 0 },
        { metric: "failed_tests", at_most: 0 },
      ],
    }),
  });
  await postSampleRuns((path, body) => post(url, path, body, token), new Date());
  for (const { commit, startedAt, reports } of sampleReports()) {
    for (const { scanType, body } of reports) {
      const query = new URLSearchParams({
        ...factsOf(commit, startedAt),
        scan_type: scanType,
        ...(body.includes("projectStatus") && { category: "quality gate" }),
      });
      const answer = await fetch(`${url}/api/cicd/reports?${query.toString()}`, { method: "POST", body, headers: { authorization: `Bearer ${token}` } });
      if (!answer.ok) throw new Error(`the hub answered ${answer.status}: ${await answer.text()}`);
    }
  }
}

/** All were posted within a moment; CI would have posted each at its run's end. */
async function spreadOverTime(dataDir: string): Promise<void> {
  const connection = await findRunningPostgres(dataDir);
  if (connection === null) throw new Error("the hub's PostgreSQL is not found");
  const client = new pg.Client(connection);
  await client.connect();
  await client.query(
    "update runs set created_at = started_at, completed_at = started_at + make_interval(secs => case workflow when 'Build and test' then 240 else 70 end + (id * 37) % 90)",
  );
  await client.end();
}

async function takeAll(url: string, folder: string): Promise<void> {
  const browser = await launchChromium();
  try {
    for (const colorScheme of ["light", "dark"] as const) {
      const context = await browser.newContext({ colorScheme, viewport: { width: 1_440, height: 900 } });
      const page = await context.newPage();
      page.on("console", (message) => message.type() === "error" && console.error(`console: ${message.text()}`));
      page.on("pageerror", (error) => console.error(`page: ${String(error)}`));
      await page.goto(`${url}/sign-in`);
      await page
        .getByLabel(/user ?name/i)
        .first()
        .waitFor();
      await take(page, folder, `sign-in-${colorScheme}.png`);
      await page
        .getByLabel(/user ?name/i)
        .first()
        .fill(account.username);
      await page
        .getByLabel(/^password/i)
        .first()
        .fill(account.password);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await page.getByText("Live", { exact: true }).first().waitFor();
      const admin = TokenPair.parse(await (await post(url, "/api/auth/login", account)).json()).access_token;
      const runs = pageOf(Run).parse(
        await (await fetch(`${url}/api/cicd/runs?workflow=Image%20scan`, { headers: { authorization: `Bearer ${admin}` } })).json(),
      );
      const run = runs.items[0];
      const scan = run?.scans[0];
      if (run === undefined || scan === undefined) throw new Error("the sample runs are not there");
      const pages = {
        board: "/",
        run: `/runs/${run.id}`,
        scan: `/scans/${scan.id}`,
        findings: "/findings",
        tokens: "/tokens",
        profile: "/profile",
        users: "/users",
        trust: "/trust",
        audit: "/audit",
        device: "/device",
        "api-docs": "/api-docs",
        ...(await otherPages(url, admin)),
      };
      for (const [name, path] of Object.entries(pages)) {
        await page.setViewportSize({ width: 1_440, height: 900 });
        await page.goto(url + path);
        await page.waitForLoadState("networkidle");
        await take(page, folder, name === "board" && colorScheme === "light" ? "board.png" : `${name}-${colorScheme}.png`);
        await page.setViewportSize({ width: 390, height: 844 });
        await take(page, folder, `${name}-phone-${colorScheme}.png`);
      }
      await context.close();
    }
  } finally {
    await browser.close();
  }
}

/** The newest scan of each other kind, and a finding and a test of them. */
async function otherPages(url: string, admin: string): Promise<Record<string, string>> {
  const get = async (path: string): Promise<unknown> => (await fetch(`${url}/api/cicd/${path}`, { headers: { authorization: `Bearer ${admin}` } })).json();
  const runs = pageOf(Run).parse(await get("runs?workflow=Quality"));
  const scans = runs.items[0]?.scans ?? [];
  const scanOf = (type: string, category = "") => `/scans/${scans.find((scan) => scan.scan_type === type && scan.category === category)?.id ?? 0}`;
  const first = async (path: string) => z.object({ items: z.array(z.object({ id: z.number() })).min(1) }).parse(await get(path)).items[0]?.id ?? 0;
  return {
    "run-quality": `/runs/${runs.items[0]?.id ?? 0}`,
    "scan-tests": scanOf("test"),
    "scan-lint": scanOf("lint"),
    "scan-zap": scanOf("zap"),
    "scan-sonarqube": scanOf("sonarqube"),
    "scan-gate": scanOf("sonarqube", "quality gate"),
    tests: "/tests",
    test: `/tests/${await first("tests?repository=acme/shop&outcome=failed")}`,
    finding: `/findings/${await first("findings?repository=acme/shop&scan_type=zap")}`,
  };
}

async function take(page: Page, folder: string, name: string): Promise<void> {
  if (folder === images && !shown.has(name)) return;
  await page.screenshot({ path: join(folder, name) });
}

function post(url: string, path: string, body: unknown, bearer?: string): Promise<Response> {
  return fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }) },
    body: JSON.stringify(body),
  });
}

await main();
