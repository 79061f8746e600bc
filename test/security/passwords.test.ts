import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, launchChromium } from "../chromium.ts";
import { postJson, startTestHub, type TestHub } from "../hub.ts";

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ SENTINAL_REGISTRATION: "open" });
});
afterAll(() => hub.close());

const signIn = (username: string, password: string) => postJson(`${hub.url}/api/auth/login`, { username, password });

test.each([
  ["small letters alone", "abcdefghijkl"],
  ["capitals alone", "ZYXWVUTSRQPO"],
  ["digits alone", "314159265358"],
  ["blanks at both ends", "  in between  "],
  ["signs and emoji", "¿«🦉»? ;-- \t\\"],
  ["1,024 characters", "x".repeat(1_023) + "y"],
])("a password of %s is taken, and counts as it was given", async (_what, password) => {
  const username = `user-${randomBytes(4).toString("hex")}`;
  const made = await postJson(`${hub.url}/api/auth/register`, { username, email: `${username}@example.org`, password });
  expect(made.status, await made.clone().text()).toBe(201);
  expect((await signIn(username, password)).status).toBe(200);
  for (const other of [password.slice(0, -1), `${password} `.slice(0, 1_024), password.toUpperCase(), password.toLowerCase(), password.trim()].filter(
    (one) => one !== password,
  )) {
    expect((await signIn(username, other)).status).toBe(401);
  }
});

describe.skipIf(!hasChromium)("the field for a password", () => {
  test("hides what is typed, takes what is pasted, and tells a password manager what it is", async () => {
    const browser = await launchChromium();
    try {
      const page = await (await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] })).newPage();
      await page.goto(`${hub.url}/sign-in`);
      const field = page.getByLabel(/^password/i).first();
      expect(await field.getAttribute("type")).toBe("password");
      expect(await field.getAttribute("autocomplete")).toBe("current-password");
      await page.evaluate("navigator.clipboard.writeText('pasted from elsewhere')");
      await field.focus();
      await page.keyboard.press("Control+v");
      expect(await field.inputValue()).toBe("pasted from elsewhere");
    } finally {
      await browser.close();
    }
  });
});
