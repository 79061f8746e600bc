import { IntakeAnswer, page as pageOf, Test } from "@sentinal/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { hasChromium } from "../chromium.ts";
import { getJson, startTestHub, type TestHub } from "../hub.ts";
import { openVisitor, type Visitor } from "./visitor.ts";

const commit = (digit: number) => String(digit).repeat(40);
const hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>";

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

type Case = { name: string; failure?: string; trace?: string };

function junit(suites: Readonly<Record<string, readonly Case[]>>): string {
  const written = Object.entries(suites).map(([suite, cases]) => {
    const elements = cases.map(({ name, failure, trace }) => {
      const inner = failure === undefined ? "" : `<failure type="AssertionError" message="${escaped(failure)}">${escaped(trace ?? "")}</failure>`;
      return `<testcase name="${escaped(name)}" file="src/${suite}.test.ts" time="0.25">${inner}</testcase>`;
    });
    return `<testsuite name="${suite}">${elements.join("")}</testsuite>`;
  });
  return `<?xml version="1.0"?><testsuites>${written.join("")}</testsuites>`;
}

describe.skipIf(!hasChromium)("the pages of tests in a browser", () => {
  let hub: TestHub;
  let token: string;
  let visitor: Visitor;

  beforeAll(async () => {
    hub = await startTestHub();
    token = (await hub.createToken({ scopes: ["webhook:write"] })).token;
    visitor = await openVisitor(hub);
  });
  afterAll(async () => {
    await visitor?.close();
    await hub?.close();
  });

  async function send(repository: string, hash: string, body: string, githubRunId: number): Promise<number> {
    const query = new URLSearchParams({ repository, commit_hash: hash, branch: "main", default_branch: "main", github_run_id: String(githubRunId) });
    const answer = await fetch(`${hub.url}/api/cicd/reports?${query.toString()}`, { method: "POST", body, headers: { authorization: `Bearer ${token}` } });
    return z.number().parse(IntakeAnswer.parse(await answer.json()).scan_id);
  }

  const cart: Case[] = [{ name: "adds" }, { name: "removes" }, { name: "totals", failure: "expected 1 to be 2" }];
  const broken: Case[] = [
    { name: "adds", failure: "expected 3 to be 4", trace: "AssertionError\n    at /home/runner/work/shop/shop/src/cart.ts:12:7\n    at /etc/other.ts:3:1" },
    { name: "removes" },
    { name: "totals", failure: "expected 7 to be 8" },
  ];

  test("a scan of tests opens at what failed, says what changed, and its tabs and filters are in the address", async () => {
    await send("pages/shop", commit(1), junit({ cart, mail: [{ name: "sends" }] }), 1);
    const scanId = await send("pages/shop", commit(2), junit({ cart: broken, mail: [{ name: "sends" }] }), 2);
    const page = await visitor.page();
    await page.goto(`${hub.url}/scans/${scanId}`);
    const rows = page.getByRole("table", { name: "Tests" }).getByRole("row");
    await rows.nth(1).waitFor();
    await expect.poll(() => rows.count()).toBe(2);
    await page.getByText("Worse than before: 1 test started to fail").waitFor();
    await rows.filter({ hasText: "adds" }).getByText("Newly failing").waitFor();
    await rows.filter({ hasText: "totals" }).getByText("Still failing").waitFor();
    await rows.filter({ hasText: "totals" }).getByRole("img", { name: "Last 2 results: 2 failed; the newest failed" }).waitFor();

    await page.getByRole("link", { name: /1 newly failing/ }).click();
    await page.waitForURL(/change=new/);
    await expect.poll(() => rows.count()).toBe(1);

    await page.getByRole("tab", { name: /Errors/ }).click();
    await page.waitForURL(/tab=errors/);
    const errors = page.getByRole("list", { name: "Errors", exact: true }).getByRole("listitem").filter({ hasText: "expected 3 to be 4" });
    await errors.getByText("2", { exact: true }).waitFor();

    await page.getByRole("tab", { name: /Suites/ }).click();
    await page.getByRole("list", { name: "Suites" }).getByRole("link", { name: "mail" }).click();
    await page.waitForURL(/tab=all&suite=mail|suite=mail.*tab=all/);
    await rows.filter({ hasText: "sends" }).waitFor();
    await expect.poll(() => rows.count()).toBe(1);
    await page.reload();
    await rows.filter({ hasText: "sends" }).waitFor();
    await expect.poll(() => rows.count()).toBe(1);
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  test("j and k go through the tests, Esc closes the panel, and the trace leads to the commit", async () => {
    const page = await visitor.page();
    const { items } = pageOf(Test).parse(await getJson(`${hub.url}/api/cicd/tests?repository=pages/shop&outcome=failed`, hub.admin));
    const adds = items.find((one) => one.name === "adds");
    if (adds === undefined) throw new Error("the test is not there");
    await page.goto(`${hub.url}/scans/${adds.scan_id}`);
    await page.getByRole("table", { name: "Tests" }).getByRole("row").nth(1).waitFor();
    await page.keyboard.press("j");
    await page.waitForURL(/test=\d+/);
    const first = new URL(page.url()).searchParams.get("test");
    await page.keyboard.press("j");
    await page.waitForURL((url) => url.searchParams.get("test") !== first);
    await page.keyboard.press("k");
    await page.waitForURL((url) => url.searchParams.get("test") === first);
    await page
      .getByRole("complementary", { name: `Test ${first}` })
      .getByRole("heading", { level: 3 })
      .waitFor();
    await page.keyboard.press("Escape");
    await page.waitForURL((url) => !url.searchParams.has("test"));

    await page.goto(`${hub.url}/tests/${adds.id}?branch=main`);
    await page.getByRole("heading", { name: "adds", level: 1 }).waitFor();
    const place = page.getByRole("link", { name: /src\/cart\.ts:12/ });
    expect(await place.getAttribute("href")).toBe(`https://github.com/pages/shop/blob/${commit(2)}/src/cart.ts#L12`);
    await expect.poll(() => page.getByRole("link", { name: /other\.ts/ }).count()).toBe(0);
    await page.getByText("1 of 2 (50 %)").waitFor();
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  test("script and markup in names, suites, messages and traces are text and never run", async () => {
    const scanId = await send(
      "pages/hostile",
      commit(3),
      junit({ evil: [{ name: hostile, failure: hostile, trace: `${hostile}\n at javascript:alert(3)//x.js:1\n at src/a.js:2` }] }),
      3,
    );
    const page = await visitor.page();
    const { items } = pageOf(Test).parse(await getJson(`${hub.url}/api/cicd/tests?scan_id=${scanId}`, hub.admin));
    for (const path of [`/scans/${scanId}`, `/scans/${scanId}?tab=errors`, `/scans/${scanId}?tab=suites`, `/tests`, `/tests/${items[0]?.id}`]) {
      await page.goto(hub.url + path);
      await page.waitForLoadState("networkidle");
      if (!path.endsWith("suites")) await page.getByText("<img src=x").first().waitFor();
      expect(await page.locator("main img, main script").count(), path).toBe(0);
      const addresses = z.array(z.string()).parse(await page.locator("main a").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? "")));
      expect(addresses.filter((address) => !/^(?:\/|https:\/\/github\.com\/)/.test(address))).toEqual([]);
    }
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  test("a new result shows by itself", async () => {
    const page = await visitor.page();
    await page.goto(`${hub.url}/tests?repository=pages/live`);
    await page.getByText("No tests of pages/live yet").waitFor();
    await page.evaluate("window.isSamePage = true");
    await send("pages/live", commit(4), junit({ cart }), 4);
    await page.getByRole("row").filter({ hasText: "totals" }).waitFor();
    expect(await page.evaluate("window.isSamePage")).toBe(true);
    await page.close();
  });

  test("no page is wider than the window, in both themes and at phone width", async () => {
    const long = "a very long name ".repeat(40);
    const scanId = await send("pages/wide", commit(5), junit({ ["x".repeat(300)]: [{ name: long, failure: "y".repeat(900), trace: "z".repeat(2_000) }] }), 5);
    const { items } = pageOf(Test).parse(await getJson(`${hub.url}/api/cicd/tests?scan_id=${scanId}`, hub.admin));
    const id = z.number().parse(items[0]?.id);
    const page = await visitor.page();
    const tabs = ["failed", "errors", "suites", "slow", "flaky", "all"].map((tab) => `/scans/${scanId}?tab=${tab}`);
    for (const path of [...tabs, `/scans/${scanId}?test=${id}`, "/tests", "/tests?repository=pages/none", `/tests/${id}`]) {
      await page.goto(hub.url + path);
      await page.waitForLoadState("networkidle");
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of [1_440, 390]) {
          await page.setViewportSize({ width, height: 900 });
          const overflow = () => page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
          await expect.poll(overflow, { message: `${path} at ${width} px is wider than the window` }).toBeLessThanOrEqual(0);
        }
      }
    }
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });
});
