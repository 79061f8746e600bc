import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { hasChromium, launchChromium } from "../test/chromium.ts";
import { webDist } from "../hub/src/http/index.ts";
import { type BenchHub, startBenchHub } from "./parts/hub.ts";
import { describeMachine } from "./parts/machine.ts";
import { atMost, type Cell, printOutcome } from "./parts/outcome.ts";
import { median } from "./parts/quantile.ts";
import { postRuns } from "./parts/runs.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? "5");
const goalKb = 250;
const runs = 60;
const quietMs = 5_000;

/** `kb` up to where the page stands and is live; `laterKb` what it fetches after that, for what comes next. */
type Load = { kb: number; laterKb: number; requests: number; byKind: Map<string, number>; firstPaintMs: number; contentMs: number };

/** The first load of the board in a browser that has been nowhere yet, signed in: what comes over the wire, and when the runs stand there. */
async function main(): Promise<void> {
  if (!hasChromium) throw new Error("there is no Chromium; as root: apt-get install -y --no-install-recommends chromium");
  // The compressed copies are what is measured; a development build has none.
  if (!existsSync(join(webDist, "index.html.br"))) throw new Error("the pages are not built as they are served; run: npm run build");
  const hub = await startBenchHub();
  const browser = await launchChromium();
  try {
    const machine = await describeMachine(hub.connection);
    await postRuns(hub, runs);
    const loads: Load[] = [];
    // A sign-in each: a page exchanges its cookie for the next one, and an old one does not come twice.
    for (let round = 0; round < rounds; round++) loads.push(await firstLoad(browser, hub, await signIn(browser, hub)));
    const kinds = [...new Set(loads.flatMap((load) => [...load.byKind.keys()]))].toSorted();
    const kb = median(loads.map((load) => load.kb));
    const rows: Cell[][] = [
      ...kinds.map((kind): Cell[] => [`${kind} (KB)`, median(loads.map((load) => load.byKind.get(kind) ?? 0))]),
      ["all (KB)", kb],
      ["fetched after that (KB)", median(loads.map((load) => load.laterKb))],
      ["requests", median(loads.map((load) => load.requests))],
      ["first paint (ms)", median(loads.map((load) => load.firstPaintMs))],
      ["the runs stand there (ms)", median(loads.map((load) => load.contentMs))],
    ];
    printOutcome({
      name: "board",
      machine,
      columns: ["first load", `middle of ${rounds}`],
      rows,
      goals: [atMost("over the wire until the board stands and is live", kb, goalKb, "KB")],
      notes: [`Chromium ${browser.version()}, nothing cached, over loopback; bytes as they came, headers with them; ${runs} runs in four workflows.`],
    });
  } finally {
    await browser.close();
    await hub.stop();
  }
}

type Cookies = Parameters<Awaited<ReturnType<Browser["newContext"]>>["addCookies"]>[0];

/** Through the page's own form. */
async function signIn(browser: Browser, hub: BenchHub): Promise<Cookies> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${hub.url}/`);
  await page
    .getByLabel(/user ?name/i)
    .first()
    .fill(hub.account.username);
  await page
    .getByLabel(/^password/i)
    .first()
    .fill(hub.account.password);
  await page.getByRole("button", { name: /sign in/i }).click();
  await runsOf(page).waitFor();
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

async function firstLoad(browser: Browser, hub: BenchHub, cookies: Cookies): Promise<Load> {
  const context = await browser.newContext();
  await context.addCookies(cookies);
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  await network.send("Network.enable");
  const kindOf = new Map<string, string>();
  const byKind = new Map<string, number>();
  let requests = 0;
  const add = (kind: string, bytes: number) => byKind.set(kind, (byKind.get(kind) ?? 0) + bytes / 1024);
  network.on("Network.responseReceived", (event) => kindOf.set(event.requestId, event.type));
  network.on("Network.loadingFinished", (event) => {
    requests++;
    add(kindOf.get(event.requestId) ?? "Other", event.encodedDataLength);
  });
  network.on("Network.webSocketFrameReceived", (event) => add("WebSocket", event.response.payloadData.length));

  const begin = performance.now();
  await page.goto(`${hub.url}/`);
  await runsOf(page).waitFor();
  const contentMs = performance.now() - begin;
  await page.getByText("Live", { exact: true }).first().waitFor();
  const kb = sumOf(byKind);
  const counted = { byKind: new Map(byKind), requests };
  await quiet(() => requests);
  const firstPaintMs = Number(await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"));
  await context.close();
  return { kb, laterKb: sumOf(byKind) - kb, ...counted, firstPaintMs, contentMs };
}

function sumOf(byKind: ReadonlyMap<string, number>): number {
  return [...byKind.values()].reduce((sum, one) => sum + one, 0);
}

/** Resolves when nothing more was loaded for a while. */
async function quiet(count: () => number): Promise<void> {
  for (let before = -1; before !== count();) {
    before = count();
    await pause(quietMs);
  }
}

function runsOf(page: Page) {
  return page.getByRole("row", { name: /ccc/ }).first();
}

await main();
