import { TrustBinding } from "@sentinal/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hasChromium } from "../chromium.ts";
import { postJson, startTestHub, type TestHub } from "../hub.ts";
import { shopBinding, startIssuer, type TestIssuer } from "../oidc.ts";
import { openVisitor, type Visitor } from "./visitor.ts";

let issuer: TestIssuer;
let hub: TestHub;
let visitor: Visitor;

beforeAll(async () => {
  if (!hasChromium) return;
  issuer = await startIssuer();
  hub = await startTestHub({ SENTINAL_OIDC_ISSUER: issuer.url });
  visitor = await openVisitor(hub);
});
afterAll(async () => {
  if (!hasChromium) return;
  await visitor.close();
  await hub.close();
  await issuer.stop();
});

test.skipIf(!hasChromium)("a token that nobody admits is explained, the binding for it is made from it, and then it would be exchanged", async () => {
  const page = await visitor.page();
  await page.goto(`${hub.url}/trust`);
  await page.getByText("No workflow is trusted yet").waitFor();

  await page.getByRole("link", { name: "Try a token" }).click();
  const token = await issuer.idToken({ aud: hub.url });
  await page.getByLabel("ID token of a job").fill(token);
  await page.getByRole("button", { name: "Explain" }).click();
  await page.getByText("Would be refused").waitFor();
  await page.getByText("no_binding").waitFor();
  expect(page.url()).not.toContain(token.slice(0, 20));

  await page.getByRole("button", { name: "Make a binding for it" }).click();
  const dialog = page.getByRole("dialog");
  expect(await dialog.getByLabel("Repository id").inputValue()).toBe("74");
  expect(await dialog.getByLabel("Workflow file").inputValue()).toBe(".github/workflows/ci.yml");
  await dialog.getByLabel("Events").fill("push, pull_request");
  await dialog.getByText("Others can cause pull_request").waitFor();
  await dialog.getByLabel("Refs").fill("main");
  await dialog.getByRole("button", { name: "Trust these jobs" }).click();
  await dialog.getByText(/a whole ref such as/).waitFor();
  await dialog.getByLabel("Refs").fill("refs/heads/main");
  await dialog.getByRole("button", { name: "Trust these jobs" }).click();
  await dialog.waitFor({ state: "detached" });

  await page.getByRole("button", { name: "Explain" }).click();
  await page.getByText("Would be exchanged").waitFor();
  await page.getByLabel("ID token of a job").fill(await issuer.idToken({ aud: hub.url, ref: "refs/heads/other" }));
  await page.getByRole("button", { name: "Explain" }).click();
  await page.getByText("ref_mismatch").waitFor();
  await page.getByText(/Wanted refs\/heads\/main/).waitFor();
  await page.close();
});

test.skipIf(!hasChromium)("a binding is shown with all that it admits, and revoked after a question", async () => {
  const made = await postJson(`${hub.url}/api/auth/trust-bindings`, { ...shopBinding, name: "nightly", environment: "production" }, hub.admin);
  TrustBinding.parse(await made.json());
  const page = await visitor.page();
  await page.goto(`${hub.url}/trust`);
  const row = page.getByRole("listitem").filter({ hasText: "nightly" });
  await row.getByText("production").waitFor();
  await page.getByRole("button", { name: "Revoke nightly" }).click();
  await page.getByRole("dialog").or(page.getByRole("alertdialog")).getByRole("button", { name: "Revoke binding" }).click();
  await row.waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Revoked" }).click();
  await page.getByRole("listitem").filter({ hasText: "nightly" }).waitFor();
  await page.close();
  expect(visitor.complaints).toEqual([]);
});
