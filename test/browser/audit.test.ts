import { readFile } from "node:fs/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium } from "../chromium.ts";
import { getJson, startTestHub, type TestHub } from "../hub.ts";
import { openVisitor, type Visitor } from "./visitor.ts";

describe.skipIf(!hasChromium)("the audit log's page", { timeout: 60_000 }, () => {
  let hub: TestHub;
  let visitor: Visitor;

  beforeAll(async () => {
    hub = await startTestHub();
    visitor = await openVisitor(hub);
  }, 60_000);
  afterAll(async () => {
    await visitor.close();
    await hub.close();
  });

  test("shows who did what, narrows it by the address of the page, and opens an entry beside the list", async () => {
    const { id } = await hub.createToken();
    const page = await visitor.page();
    await page.getByRole("link", { name: "Audit" }).first().click();
    const row = page.getByRole("row").filter({ hasText: "api_token.created" });
    await row.getByRole("link").click();
    const panel = page.getByRole("complementary", { name: /^Entry \d+$/ });
    await panel.getByText(`API token ${id}`).first().waitFor();
    await panel.getByText("Position").waitFor();
    await panel.getByRole("link", { name: "All entries" }).last().click();
    await page.getByRole("link", { name: `To api token ${id}: take this filter away` }).waitFor();
    expect(new URL(page.url()).searchParams.get("subject_id")).toBe(String(id));
    await row.waitFor();
    expect(await page.getByRole("row").count()).toBe(1);

    await page.goto(`${hub.url}/audit?action=gate.&outcome=refused`);
    await page.getByText("No entry matches these filters").waitFor();
    await page.getByRole("link", { name: "Show all entries" }).click();
    await row.first().waitFor();
    await page.close();
  });

  test("finds what speaks of a value, and sends it in no address", async () => {
    const { token } = await hub.createToken();
    const page = await visitor.page();
    const addresses: string[] = [];
    page.on("request", (request) => addresses.push(request.url()));
    await page.goto(`${hub.url}/audit`);
    await page.getByRole("button", { name: "Search by value" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Token or other secret").fill(token);
    await dialog.getByRole("button", { name: "Search" }).click();
    await dialog.getByText("1 entry speaks of this value.").waitFor();
    await dialog.getByLabel("Token or other secret").fill("nothing of ours");
    await dialog.getByRole("button", { name: "Search" }).click();
    await dialog.getByText("Nothing in the log speaks of this value.").waitFor();
    expect(addresses.join("\n")).not.toContain(token);
    expect(page.url()).not.toContain("nothing");
    await page.close();
  });

  test("saves an export, and tells a log that somebody changed", async () => {
    const page = await visitor.page();
    await page.goto(`${hub.url}/audit`);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Export" }).click()]);
    expect(await readFile(await download.path(), "utf8")).toContain('"format":"sentinal-audit-log"');
    await page.getByRole("button", { name: "Verify now" }).click();
    await page.getByText(/^Verified up to position \d+$/).waitFor();

    await sql`update audit_entries set action = 'user.forged' where position = 1`.execute(hub.database.db);
    await page.getByRole("button", { name: "Verify now" }).click();
    await page.getByText("The log is not intact").waitFor();
    await page.getByText("Entry 1 at position 1 is not what was sealed there.").waitFor();
    expect(await getJson(`${hub.url}/api/audit/chain`, hub.admin)).toMatchObject({ verified: { is_intact: false } });
    await page.close();
  });

  test("kept within its Content-Security-Policy", () => {
    expect(visitor.complaints).toEqual([]);
  });
});
