import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { codeAt } from "../../hub/src/accounts/second-factors/fixture.ts";
import { hasChromium, launchChromium } from "../chromium.ts";
import { adminAccount, startTestHub } from "../hub.ts";

/** An authenticator of the browser's own making, which keeps its passkeys and verifies its user at once. */
async function addAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function typePassword(page: Page): Promise<void> {
  await page.getByLabel("User name or email").fill(adminAccount.username);
  await page.getByLabel("Password", { exact: true }).fill(adminAccount.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function isSignedIn(page: Page): Promise<void> {
  await page.getByText("Live", { exact: true }).first().waitFor();
}

/** Forgets the session as a browser does whose cookies are deleted. */
async function leave(page: Page, url: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("User name or email").waitFor();
}

test.skipIf(!hasChromium)("an app, a passkey and recovery codes are set up, sign in, and are removed", async () => {
  const hub = await startTestHub();
  // Browsers know no passkeys of bare addresses.
  const url = hub.url.replace("127.0.0.1", "localhost");
  const browser = await launchChromium();
  try {
    const page = await (await browser.newContext()).newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => message.type() === "error" && /Content Security Policy|Refused to/.test(message.text()) && complaints.push(message.text()));
    await addAuthenticator(page);
    await page.goto(`${url}/profile`);
    await typePassword(page);
    await page.getByRole("heading", { name: "Second factor" }).waitFor();

    await page.getByRole("button", { name: "Set up" }).click();
    await page.getByRole("img", { name: /QR code/ }).waitFor();
    const secret = (await page.getByTestId("totp-secret").innerText()).replaceAll(" ", "");
    await page.getByLabel("The code that the app shows").fill("000000");
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.getByText(/not the app's present code/).waitFor();
    const confirmedAt = Date.now();
    await page.getByLabel("The code that the app shows").fill(codeAt(secret, confirmedAt));
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.getByTestId("recovery-codes").waitFor();
    const codes = await page.getByTestId("recovery-codes").getByRole("listitem").allInnerTexts();
    expect(new Set(codes).size).toBe(10);
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByText(/were not kept yet/).waitFor();
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByText(/10 left/).waitFor();

    await page.getByRole("button", { name: "Add passkey" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("work laptop");
    await page.getByRole("dialog").getByRole("button", { name: "Add passkey" }).click();
    await page.getByText("work laptop").waitFor();

    await leave(page, url);
    await typePassword(page);
    await page.getByRole("heading", { name: "Second step" }).waitFor();
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await isSignedIn(page);

    await leave(page, url);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await isSignedIn(page);

    await leave(page, url);
    await typePassword(page);
    await page.getByRole("button", { name: /code of the authenticator app/ }).click();
    await page.getByLabel("Code of the authenticator app").fill(codeAt(secret, confirmedAt));
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByText(/or it was used/).waitFor();
    await page.getByLabel("Code of the authenticator app").fill(codeAt(secret, confirmedAt + 30_000));
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await isSignedIn(page);

    await leave(page, url);
    await typePassword(page);
    await page.getByRole("button", { name: /recovery code/ }).click();
    await page.getByLabel("Recovery code").fill(codes[0] ?? "");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await isSignedIn(page);

    // A sensitive act long after the sign-in asks again: for the password with a second factor, or for a passkey alone.
    const growStale = () =>
      hub.database.db
        .updateTable("sessions")
        .set({ authenticated_at: new Date(Date.now() - 600_000) })
        .execute();
    await growStale();
    await page.goto(`${url}/profile`);
    await page.getByText(/9 left/).waitFor();
    await page.getByRole("button", { name: "Remove the authenticator app" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
    const question = page.getByRole("dialog", { name: "Is it you?" });
    await question.getByRole("button", { name: "Use the password and a recovery code" }).click();
    await question.getByLabel("Password").fill(adminAccount.password);
    expect(await question.getByRole("button", { name: "Go on" }).isDisabled()).toBe(true);
    await question.getByLabel("Recovery code").fill(codes[0] ?? "");
    await question.getByRole("button", { name: "Go on" }).click();
    await question.getByText(/none of your codes, or it was used/).waitFor();
    await question.getByLabel("Recovery code").fill(codes[1] ?? "");
    await question.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Set up" }).waitFor();
    await growStale();
    await page.getByRole("button", { name: "Remove work laptop" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
    await question.getByRole("button", { name: "Use a passkey" }).click();
    await page.getByRole("list", { name: "Passkeys" }).waitFor({ state: "detached" });
    await page.getByText(/\d left/).waitFor({ state: "detached" });

    await leave(page, url);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.getByText("passkey_wrong").waitFor();
    await typePassword(page);
    await isSignedIn(page);

    await page.goto(`${hub.url}/profile`);
    await typePassword(page);
    await page.getByText(/belong to the hub's own address/).waitFor();
    expect(await page.getByRole("link", { name: url }).getAttribute("href")).toBe(`${url}/profile`);
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
    await hub.close();
  }
});
