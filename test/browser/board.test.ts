import { readFileSync } from "node:fs";
import { page as pageOf, Run } from "@sentinal/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { hasChromium } from "../chromium.ts";
import { expectedReports, hasCorpus } from "../corpus.ts";
import { getJson, postJson, startTestHub, type TestHub } from "../hub.ts";
import { trivyReport } from "../trivy-report.ts";
import { openVisitor, type Visitor } from "./visitor.ts";

describe.skipIf(!hasChromium)("the board in a browser", () => {
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

  async function post(report: unknown, commit: string, repository = "browser/shop"): Promise<void> {
    const answer = await postJson(
      `${hub.url}/api/cicd/webhook/trivy`,
      { repository, commit_hash: commit, branch: "main", workflow: "Image scan", report },
      token,
    );
    expect(answer.status).toBe(200);
  }

  async function newestRun(repository: string): Promise<{ runId: number; scanId: number }> {
    const { items } = pageOf(Run).parse(await getJson(`${hub.url}/api/cicd/runs?repository=${repository}`, hub.admin));
    const run = items[0];
    const scan = run?.scans[0];
    if (run === undefined || scan === undefined) throw new Error(`${repository} has no run with a scan`);
    return { runId: run.id, scanId: scan.id };
  }

  test("a report posted by HTTP shows its row, its badge and the counter without a reload", async () => {
    await post(trivyReport([{ id: "CVE-2026-1" }]), "1111111111111111111111111111111111111111");
    const page = await visitor.page();
    await page.getByRole("row", { name: /1111111/ }).waitFor();
    await page.evaluate("window.isSamePage = true");
    const real = expectedReports("trivy").find((report) => report.name.endsWith("scb-securecodebox-repo.json"));
    const report =
      hasCorpus && real !== undefined
        ? JSON.parse(readFileSync(real.path, "utf8"))
        : trivyReport(Array.from({ length: 5 }, (_unused, index) => ({ id: `CVE-2026-${index}`, severity: "CRITICAL" })));
    await post(report, "2222222222222222222222222222222222222222");
    const row = page.getByRole("row", { name: /2222222/ });
    await row.waitFor({ timeout: 5_000 });
    await row.getByText(/C\s*5/).first().waitFor();
    await page.getByText(/\b5\b/).first().waitFor();
    expect(await page.evaluate("window.isSamePage")).toBe(true);
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  test("script and markup in a report's texts are shown as text and never run", async () => {
    const hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    await post(
      { ...trivyReport([{ id: "CVE-2026-66", title: hostile, package: hostile }]), ArtifactName: hostile },
      "3333333333333333333333333333333333333333",
      "browser/hostile",
    );
    const page = await visitor.page();
    await page
      .getByRole("row", { name: /3333333/ })
      .first()
      .waitFor();
    await page.goto(`${hub.url}/scans/${(await newestRun("browser/hostile")).scanId}`);
    await page.getByText("CVE-2026-66").first().waitFor();
    await page.getByText("<img src=x").first().waitFor();
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  test("every page opens by its address, in both themes and at phone width", async () => {
    const page = await visitor.page();
    const { runId, scanId } = await newestRun("browser/shop");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1_440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        for (const path of ["/", `/runs/${runId}`, `/scans/${scanId}`, "/tokens", "/api-docs", "/nothing-here"]) {
          await page.goto(`${hub.url}${path}`);
          await page.locator("main").first().waitFor();
          await page.waitForLoadState("networkidle");
          const overflow = z.number().parse(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
          expect(overflow, `${path} at ${width} px is wider than the window`).toBeLessThanOrEqual(0);
        }
      }
    }
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });
});
