import { text } from "node:stream/consumers";
import { IntakeAnswer } from "@sentinal/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { hasChromium } from "../chromium.ts";
import { hostileText, sarifReport, sonarqubeGate, sonarqubeIssues, zapReport } from "../hostile-reports.ts";
import { getJson, startTestHub, type TestHub } from "../hub.ts";
import { trivyReport } from "../trivy-report.ts";
import { openVisitor, type Visitor } from "./visitor.ts";

describe.skipIf(!hasChromium)("the pages of scans and findings in a browser", () => {
  let hub: TestHub;
  let token: string;
  let visitor: Visitor;
  let sent = 0;

  beforeAll(async () => {
    hub = await startTestHub();
    token = (await hub.createToken({ scopes: ["webhook:write"] })).token;
    visitor = await openVisitor(hub);
  });
  afterAll(async () => {
    await visitor?.close();
    await hub?.close();
  });

  async function send(repository: string, report: unknown, facts: Record<string, string> = {}): Promise<{ runId: number; scanId: number }> {
    sent++;
    const query = new URLSearchParams({
      repository,
      commit_hash: String(sent).padStart(4, "0").repeat(10),
      branch: "main",
      default_branch: "main",
      github_run_id: String(sent),
      ...facts,
    });
    const answer = await fetch(`${hub.url}/api/cicd/reports?${query.toString()}`, {
      method: "POST",
      body: JSON.stringify(report),
      headers: { authorization: `Bearer ${token}` },
    });
    const { run_id: runId, scan_id: scanId } = IntakeAnswer.parse(await answer.json());
    return { runId, scanId: z.number().parse(scanId) };
  }

  async function findingIds(scanId: number): Promise<number[]> {
    const { items } = z
      .object({ items: z.array(z.object({ id: z.number() })) })
      .parse(await getJson(`${hub.url}/api/cicd/findings?scan_id=${scanId}`, hub.admin));
    return items.map((finding) => finding.id);
  }

  const problems = (count: number) =>
    Array.from({ length: count }, (_none, index) => ({
      rule: index % 2 === 0 ? "eqeqeq" : "curly",
      message: `Problem ${index}`,
      path: "src/a.ts",
      line: index + 1,
    }));

  test("ZAP's alerts are narrowed by a cell of risk and confidence, and tell the requests that they were seen in", async () => {
    const { scanId } = await send("pages/zap", zapReport());
    const page = await visitor.page();
    await page.goto(`${hub.url}/scans/${scanId}`);
    const rows = page.getByRole("table", { name: "Findings" }).getByRole("row");
    await rows.nth(3).waitFor();
    await page.getByRole("link", { name: "Risk Low, confidence High: 2" }).click();
    await page.waitForURL(/risk=low:high/);
    await expect.poll(() => rows.count()).toBe(2);
    await page.getByRole("link", { name: "Risk High", exact: true }).click();
    await expect.poll(() => rows.count()).toBe(3);
    await rows.filter({ hasText: "Cross Site Scripting" }).getByRole("link").click();
    const panel = page.getByRole("complementary", { name: /^Finding/ });
    await panel.getByText("Found in 2 requests").waitFor();
    await panel.getByText("https://shop.example/cart?item=3").waitFor();
    await expect.poll(() => panel.getByRole("link", { name: /shop\.example/ }).count()).toBe(0);
    expect(await panel.getByLabel("Response", { exact: true }).first().isVisible()).toBe(false);
    await panel
      .getByText(/^Response/)
      .first()
      .click();
    await panel.getByLabel("Response", { exact: true }).first().getByText(hostileText).waitFor();
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  test("SonarQube's gate stands first with each condition, and hotspots stand apart from issues", async () => {
    const gate = await send("pages/sonar", sonarqubeGate());
    const issues = await send("pages/sonar", sonarqubeIssues());
    const page = await visitor.page();
    await page.goto(`${hub.url}/scans/${gate.scanId}`);
    const condition = page.getByRole("region", { name: "Quality gate" }).getByRole("row", { name: /Coverage of new code/ });
    await condition.getByRole("img", { name: "Failed" }).waitFor();
    expect(await condition.getByRole("cell").allTextContents()).toEqual(["61.3 %", "at least 80 %"]);
    await page.getByText("Only the quality gate came").waitFor();

    await page.goto(`${hub.url}/scans/${issues.scanId}`);
    const rows = page.getByRole("table", { name: "Findings" }).getByRole("row");
    await rows.filter({ hasText: "May be null" }).getByText("Reliability: Blocker").waitFor();
    await expect.poll(() => rows.count()).toBe(1);
    await page.getByRole("tab", { name: /Hotspots/ }).click();
    await rows.filter({ hasText: "Is http safe here?" }).waitFor();
    await expect.poll(() => rows.count()).toBe(1);
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  test("a pull request's lint shows what is new, all of it on demand, and is told by rule and by file", async () => {
    await send("pages/lint", sarifReport(problems(4)));
    const more = [...problems(4), { rule: "no-undef", message: "Who is this?", path: "src/b.ts", line: 9 }];
    const { scanId } = await send("pages/lint", sarifReport(more), { branch: "fix", pull_request: "7" });
    const page = await visitor.page();
    await page.goto(`${hub.url}/scans/${scanId}`);
    const rows = page.getByRole("table", { name: "Findings" }).getByRole("row");
    await rows.filter({ hasText: "Who is this?" }).waitFor();
    await expect.poll(() => rows.count()).toBe(1);
    const newOnly = page.getByRole("switch", { name: /New only/ });
    expect(await newOnly.getAttribute("aria-checked")).toBe("true");
    await newOnly.click();
    await page.waitForURL(/show=all/);
    await expect.poll(() => rows.count()).toBe(5);
    await page.getByRole("tab", { name: "By rule" }).click();
    await page
      .getByRole("list", { name: "Rules" })
      .getByRole("link", { name: /eqeqeq/ })
      .click();
    await page.waitForURL(/rule=eqeqeq/);
    await expect.poll(() => rows.count()).toBe(2);
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  test("rows are chosen by x and as a range, and e asks for the reason", async () => {
    const { scanId } = await send("pages/keys", sarifReport(problems(5)));
    const page = await visitor.page();
    await page.goto(`${hub.url}/scans/${scanId}`);
    await page.getByRole("table", { name: "Findings" }).getByRole("row").nth(4).waitFor();
    const bar = page.getByRole("region", { name: "Selected findings" });
    await page.keyboard.press("j");
    await page.waitForURL(/finding=/);
    await page.keyboard.press("x");
    await bar.getByText("1 selected").waitFor();
    const first = page.url();
    await page.keyboard.press("j");
    await page.waitForURL((url) => url.href !== first);
    const second = page.url();
    await page.keyboard.press("j");
    await page.waitForURL((url) => url.href !== second);
    await page.keyboard.press("Shift+X");
    await bar.getByText("3 selected").waitFor();
    await page.keyboard.press("e");
    const dialog = page.getByRole("dialog", { name: "Dismiss 3 findings" });
    await dialog.waitFor();
    await expect.poll(() => dialog.getByRole("radio").count()).toBe(4);
    expect(await dialog.getByRole("button", { name: "Dismiss", exact: true }).isDisabled()).toBe(true);
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  test("what is dismissed says who did so and why, on its page and in its history, and can be reopened", async () => {
    const { scanId } = await send("pages/triage", sarifReport(problems(3)));
    const page = await visitor.page();
    await page.goto(`${hub.url}/scans/${scanId}`);
    const rows = page.getByRole("table", { name: "Findings" }).getByRole("row");
    await rows.nth(2).waitFor();
    await rows.nth(0).getByRole("checkbox").check({ force: true });
    await rows
      .nth(2)
      .getByRole("checkbox")
      .click({ force: true, modifiers: ["Shift"] });
    await page.getByRole("region", { name: "Selected findings" }).getByText("3 selected").waitFor();
    await page.getByRole("button", { name: "Dismiss…" }).click();
    await page.getByRole("radio", { name: "Accepted risk" }).check();
    await page.getByRole("textbox", { name: "Comment" }).fill(`Until the rewrite ${hostileText}`);
    await page.getByRole("button", { name: "Dismiss", exact: true }).click();
    await expect.poll(() => rows.getByText("Dismissed").count()).toBe(3);
    await expect.poll(() => page.getByRole("region", { name: "Selected findings" }).count()).toBe(0);

    await page.goto(`${hub.url}/findings/${(await findingIds(scanId))[0]}`);
    const dismissal = page.getByRole("region", { name: "Dismissal" });
    await dismissal.getByText("Accepted risk").waitFor();
    await dismissal.getByText(/by ada/).waitFor();
    await dismissal.getByText(`Until the rewrite ${hostileText}`).waitFor();
    await page.getByRole("button", { name: "Reopen…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Reopen", exact: true }).click();
    await dismissal.waitFor({ state: "hidden" });
    const timeline = page.getByRole("list", { name: "Timeline" }).getByRole("listitem");
    await expect.poll(() => timeline.count()).toBe(3);
    await timeline.filter({ hasText: "Reopened" }).getByText("by ada").waitFor();
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  test("a list is saved as a file with its filters", async () => {
    const { scanId } = await send("pages/export", sarifReport(problems(4)));
    const page = await visitor.page();
    await page.goto(`${hub.url}/scans/${scanId}?rule=curly`);
    await page.getByRole("button", { name: "Export" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: /CSV/ }).click()]);
    expect(download.suggestedFilename()).toBe(`findings-scan-${scanId}.csv`);
    const lines = (await text(await download.createReadStream())).trim().split("\n");
    expect(lines.filter((line) => line.includes("curly"))).toHaveLength(2);
    expect(lines.some((line) => line.includes("eqeqeq"))).toBe(false);
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  test("an Admin sets the quality gate on a run, and the next run tells how each condition stood", async () => {
    const { runId } = await send("pages/gate", trivyReport([{ id: "CVE-2026-1" }]));
    const page = await visitor.page();
    await page.goto(`${hub.url}/runs/${runId}`);
    await page.getByRole("button", { name: "Set the gate…" }).click();
    const dialog = page.getByRole("dialog", { name: /Quality gate of pages\/gate/ });
    await dialog.getByRole("checkbox", { name: "High findings", exact: true }).check();
    await dialog.getByRole("textbox", { name: "High findings, at most" }).fill("x");
    expect(await dialog.getByRole("button", { name: "Set the gate" }).isDisabled()).toBe(true);
    await dialog.getByRole("textbox", { name: "High findings, at most" }).fill("1");
    await dialog.getByRole("button", { name: "Set the gate" }).click();
    await dialog.waitFor({ state: "hidden" });
    const next = await send("pages/gate", trivyReport([{ id: "CVE-2026-1" }, { id: "CVE-2026-2" }]));
    await page.goto(`${hub.url}/runs/${next.runId}`);
    const gate = page.getByRole("region", { name: "Quality gate" });
    await gate.getByText("Failed", { exact: true }).waitFor();
    const condition = gate.getByRole("row", { name: /High findings/ });
    await condition.getByRole("img", { name: "Does not hold" }).waitFor();
    expect(await condition.getByRole("cell").allTextContents()).toEqual(["2", "1"]);
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  test("script and markup of any tool are text on every kind of page, in both themes and at phone width", async () => {
    const scans = [
      await send("pages/hostile", zapReport(), { category: "zap" }),
      await send("pages/hostile", sonarqubeGate(), { category: "gate" }),
      await send("pages/hostile", sonarqubeIssues(), { category: "issues" }),
      await send("pages/hostile", sarifReport([{ rule: hostileText, message: hostileText, path: `src/${hostileText}.ts`, line: 3, code: hostileText }])),
    ];
    const findings = (await Promise.all(scans.map(({ scanId }) => findingIds(scanId)))).flatMap((ids) => ids.slice(0, 1));
    const lint = scans.at(-1)?.scanId;
    const paths = [
      ...scans.map(({ scanId }) => `/scans/${scanId}`),
      ...findings.map((id) => `/findings/${id}`),
      `/scans/${lint}?view=rules`,
      `/scans/${lint}?view=files`,
      `/scans/${lint}?view=imports`,
      "/findings",
      `/runs/${scans[0]?.runId}`,
    ];
    const page = await visitor.page();
    for (const [colorScheme, width] of [
      ["light", 1_440],
      ["dark", 390],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      for (const path of paths) {
        await page.goto(hub.url + path);
        await page.waitForLoadState("networkidle");
        const overflow = z.number().parse(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        expect(overflow, `${path} at ${width} px is wider than the window`).toBeLessThanOrEqual(0);
        const unsafe = z.number().parse(await page.evaluate("document.querySelectorAll('main img, main a[href^=javascript]').length"));
        expect(unsafe, `${path} holds markup of a report`).toBe(0);
      }
    }
    await page.goto(`${hub.url}/findings/${findings.at(-1)}`);
    await page.getByText(hostileText).first().waitFor();
    await page.getByText(/^2 steps/).click();
    await page.getByRole("region", { name: "Data flow" }).getByText(hostileText).first().waitFor();
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });
});
