import { StartedDeviceSignIn, TokenPair } from "@sentinal/contract";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium } from "../chromium.ts";
import { postJson, startTestHub, type TestHub } from "../hub.ts";
import { openVisitor, type Visitor } from "./visitor.ts";

let hub: TestHub;
let visitor: Visitor;

beforeAll(async () => {
  if (!hasChromium) return;
  hub = await startTestHub();
  visitor = await openVisitor(hub);
}, 60_000);
afterAll(async () => {
  await visitor?.close();
  await hub?.close();
});

const start = async () =>
  StartedDeviceSignIn.parse(await (await postJson(`${hub.url}/api/auth/device/start`, { client_name: "sentinal CLI on laptop" })).json());
const fetchTokens = (deviceCode: string) => postJson(`${hub.url}/api/auth/device/token`, { device_code: deviceCode });

describe.runIf(hasChromium)("the page of a program's sign-in", () => {
  test("takes a typed code, shows who asks, and lets it in", async () => {
    const page = await visitor.page();
    const started = await start();
    await page.goto(`${hub.url}/device`);
    await page.getByLabel("Code").fill(started.user_code.toLowerCase().replace("-", ""));
    expect(await page.getByLabel("Code").inputValue()).toBe(started.user_code);
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByText("sentinal CLI on laptop").waitFor();
    await page.getByText("127.0.0.1").waitFor();
    await page.getByRole("button", { name: "Approve" }).click();
    await page.getByText("sentinal CLI on laptop is signed in", { exact: true }).waitFor();
    expect(TokenPair.safeParse(await (await fetchTokens(started.device_code)).json()).success).toBe(true);
    expect(visitor.complaints).toEqual([]);
  }, 60_000);

  test("takes the code from behind the # of its address, and denies", async () => {
    const page = await visitor.page();
    const started = await start();
    await page.goto(started.verification_url_complete);
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Deny" }).click();
    await page.getByText("sentinal CLI on laptop was denied", { exact: true }).waitFor();
    expect(await (await fetchTokens(started.device_code)).json()).toMatchObject({ code: "denied" });
  }, 60_000);

  test("says of a code that nobody waits with what may be wrong", async () => {
    const page = await visitor.page();
    await page.goto(`${hub.url}/device#BCDF-GHJK`);
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByText(/Nothing waits with this code/).waitFor();
  }, 60_000);
});

describe.runIf(hasChromium)("the page of API tokens", () => {
  test("rotates a token, shows the new one this once, and the old one with its successor", async () => {
    const old = await hub.createToken({ repository: "acme/shop" });
    const page = await visitor.page();
    await page.goto(`${hub.url}/tokens`);
    await page.getByRole("button", { name: "Rotate test" }).click();
    await page.getByLabel("The old token works for").selectOption("72");
    await page.getByRole("button", { name: "Rotate token" }).click();
    const value = await page.getByTestId("token-value").textContent();
    expect(value).toMatch(/^sent_[0-9A-Za-z]{49}$/);
    await page.getByText("The old token works for 3 days more").waitFor();
    await page.getByRole("button", { name: "Copy token" }).first().click();
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByText(`replaced by #${old.id + 1}`).waitFor();
    expect(await page.content()).not.toContain(value ?? "?");
    expect(visitor.complaints).toEqual([]);
  }, 60_000);

  test("warns on every page of a token that ends within a week", async () => {
    const token = await hub.createToken({ expires_in_days: 30 });
    await sql`update api_tokens set expires_at = now() + interval '60 hours' where id = ${token.id}`.execute(hub.database.db);
    const page = await visitor.page();
    await page.getByText("1 API token expires within 3 days.").waitFor();
    await page.getByRole("link", { name: "Renew" }).click();
    await page.getByText("Rotate it: the old token keeps working").waitFor();
  }, 60_000);
});
