import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { IntakeAnswer } from "@sentinal/contract";
import { expect, test } from "vitest";
import { z } from "zod";
import { hasChromium, launchChromium } from "../chromium.ts";
import { adminAccount, setupCode, startEmptyHub } from "../hub.ts";
import { trivyReport } from "../trivy-report.ts";

const Sent = z.object({ files: z.array(z.object({ answer: IntakeAnswer })) });

/** `sentinal send` in a process of its own, as CI would. */
async function sendByCommandLine(url: string, token: string, file: string): Promise<z.infer<typeof Sent>> {
  const cli = join(import.meta.dirname, "..", "..", "cli", "bin", "sentinal.mjs");
  const parameters = [cli, "send", file, "--repository", "acme/first", "--commit", "f00d".repeat(10), "--branch", "main", "--strict", "--json"];
  const child = spawn(process.execPath, parameters, {
    env: { PATH: process.env["PATH"] ?? "", SENTINAL_API_URL: url, SENTINAL_API_TOKEN: token },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  expect(code).toBe(0);
  return Sent.parse(JSON.parse(output));
}

test.skipIf(!hasChromium)("from the set-up code to the first result: account, token, a report by the command line, its page", async () => {
  const hub = await startEmptyHub();
  const browser = await launchChromium();
  const folder = await mkdtemp(join(tmpdir(), "sentinal-first-"));
  try {
    const page = await browser.newPage();
    await page.goto(hub.url);
    await page.getByLabel("Set-up code").fill(setupCode);
    await page.getByLabel("User name").fill(adminAccount.username);
    await page.getByLabel("Email").fill(adminAccount.email);
    await page.getByLabel("Password").fill(adminAccount.password);
    await page.getByRole("button", { name: /account/i }).click();
    await page.getByText("Live", { exact: true }).first().waitFor();

    await page.goto(`${hub.url}/tokens`);
    await page
      .getByRole("button", { name: /create|new/i })
      .first()
      .click();
    await page.getByLabel("Name").fill("first");
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /create/i })
      .click();
    const token = (await page.getByTestId("token-value").innerText()).trim();
    expect(token).toMatch(/^sent_[0-9A-Za-z]{49}$/);

    await page.goto(hub.url);
    const file = join(folder, "trivy.json");
    await writeFile(file, JSON.stringify(trivyReport([{ id: "CVE-2026-4711", severity: "CRITICAL" }])));
    const sent = await sendByCommandLine(hub.url, token, file);
    await page.getByRole("row", { name: /f00d/ }).first().waitFor();
    const answer = sent.files[0]?.answer;
    expect(answer?.counts).toMatchObject({ critical: 1, total: 1 });
    await page.goto(answer?.url ?? "");
    await page.getByText("CVE-2026-4711").first().waitFor();
  } finally {
    await browser.close();
    await hub.close();
    await rm(folder, { recursive: true, force: true });
  }
});
