import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Browser, Locator, Page } from "playwright-core";
import { sql } from "kysely";
import { hasChromium, launchChromium } from "../chromium.ts";
import { adminAccount, startTestHub, type TestHub } from "../hub.ts";
import { openVisitor, type Visitor } from "./visitor.ts";

const password = "a few plain words";

describe.skipIf(!hasChromium)("people", () => {
  let hub: TestHub;
  let visitor: Visitor;
  let browser: Browser;

  beforeAll(async () => {
    hub = await startTestHub();
    visitor = await openVisitor(hub);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await visitor.close();
    await browser.close();
    await hub.close();
  });

  /** Somebody else, in a browser of their own. */
  async function stranger(): Promise<Page> {
    return (await browser.newContext()).newPage();
  }

  /** Also behind a dialog, where it is hidden from readers. */
  function row(page: Page, name: string): Locator {
    return page.locator("[role=row]", { hasText: name });
  }

  async function linkIn(page: Page): Promise<string> {
    return (await page.getByTestId("link-value").innerText()).trim();
  }

  async function proveAgain(page: Page): Promise<void> {
    const dialog = page.getByRole("dialog", { name: "Is it you?" });
    await dialog.getByLabel("Password").fill(adminAccount.password);
    await dialog.getByRole("button", { name: "Go on" }).click();
    await dialog.waitFor({ state: "hidden" });
  }

  test("from an invitation to an account, its role, its new password and its end", async () => {
    const page = await visitor.page();
    await page.goto(`${hub.url}/users`);
    await page.getByText("You are alone here").waitFor();
    await page.getByRole("button", { name: "Invite" }).first().click();
    await page.getByLabel("Email (optional)").fill("bea@example.org");
    await page.getByLabel("Role").selectOption("Viewer");
    // Too long ago: the page asks, and goes on by itself.
    await sql`update sessions set authenticated_at = now() - interval '10 minutes'`.execute(hub.database.db);
    await page.getByRole("button", { name: "Make the link" }).click();
    await proveAgain(page);
    const invitation = await linkIn(page);
    expect(invitation).toMatch(/\/invite#sinv_[0-9A-Za-z]{43}$/);

    const bea = await stranger();
    await bea.goto(invitation);
    await bea.getByText("invites you as a Viewer").waitFor();
    expect(await bea.getByLabel("Email").inputValue()).toBe("bea@example.org");
    await bea.getByLabel("User name").fill("bea");
    await bea.getByLabel("Password").fill(password);
    await bea.getByRole("button", { name: "Make account" }).click();
    await bea.getByText("Live", { exact: true }).first().waitFor();
    expect(bea.url()).not.toContain("sinv_");
    await bea.goto(`${hub.url}/users`);
    await bea.getByText("Administrators manage the people").waitFor();

    const again = await stranger();
    await again.goto(invitation);
    await again.getByText("The invitation has been used").waitFor();

    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Done" }).click();
    await page.reload();
    await page.getByRole("link", { name: "Manage bea" }).click();
    await page.getByLabel("Role").selectOption("Member");
    await page.getByRole("button", { name: "Change role" }).click();
    await row(page, "bea").filter({ hasText: "Member" }).waitFor();

    await page.getByRole("button", { name: "Make a link" }).click();
    const reset = await linkIn(page);
    const other = await stranger();
    await other.goto(reset);
    await other.getByText("For the account bea").waitFor();
    await other.getByLabel("New password").fill("other plain words");
    await other.getByRole("button", { name: "Set password" }).click();
    await other.getByRole("link", { name: "Sign in" }).click();
    await other.getByLabel("User name or email").fill("bea");
    await other.getByLabel("Password").fill("other plain words");
    await other.getByRole("button", { name: "Sign in" }).click();
    await other.getByText("Live", { exact: true }).first().waitFor();
    // The session of before is over; the page notices by itself.
    await bea.getByRole("heading", { name: "Sign in" }).waitFor();

    await page.goto(`${hub.url}/users`);
    await page.getByRole("link", { name: "Manage bea" }).click();
    await page.getByRole("button", { name: "Deactivate" }).click();
    await row(page, "bea").filter({ hasText: "Deactivated" }).waitFor();
    await other.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(visitor.complaints).toEqual([]);
  });

  test("a refused proof leaves things as they are, and closing it too", async () => {
    const page = await visitor.page();
    await page.goto(`${hub.url}/profile`);
    await page.getByLabel("User name").fill("ada2");
    await sql`update sessions set authenticated_at = now() - interval '10 minutes'`.execute(hub.database.db);
    await page.getByRole("button", { name: "Save" }).click();
    const dialog = page.getByRole("dialog", { name: "Is it you?" });
    await dialog.getByLabel("Password").fill("wrong");
    await dialog.getByRole("button", { name: "Go on" }).click();
    await dialog.getByText("That is not your password.").waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("It was not saved").first().waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    await proveAgain(page);
    await page.getByText("Saved.", { exact: true }).waitFor();
    await page.getByLabel("User name").fill(adminAccount.username);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: `Account of ${adminAccount.username}` }).waitFor();
    expect(visitor.complaints).toEqual([]);
  });

  test("one sees where one is signed in, ends others, and is told of a copied session", async () => {
    await fetch(`${hub.url}/api/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "curl/8.14.1" },
      body: JSON.stringify({ username: adminAccount.username, password: adminAccount.password }),
    });
    await sql`insert into account_notices (user_id, kind, user_agent, address) select id, 'refresh_token_reused', 'curl/8.14.1', '203.0.113.9' from users where username = ${adminAccount.username}`.execute(
      hub.database.db,
    );
    const page = await visitor.page();
    await page.goto(`${hub.url}/profile`);
    await page.getByRole("row", { name: /Chrome.*This one/ }).waitFor();
    await page.getByRole("button", { name: "End the session of curl" }).first().click();
    await page.getByText("The session is over.").waitFor();
    await page.getByText("A copy of one of your sessions was used").waitFor();
    await page.getByRole("button", { name: "Put away" }).click();
    await page.getByText("A copy of one of your sessions was used").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Sign out everywhere" }).click();
    await sql`update sessions set authenticated_at = now() - interval '10 minutes'`.execute(hub.database.db);
    await page.getByRole("button", { name: "End all sessions" }).click();
    await proveAgain(page);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(visitor.complaints).toEqual([]);
  });
});
