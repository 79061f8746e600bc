import type { Page } from "playwright-core";
import { launchChromium } from "../chromium.ts";
import { adminAccount, type TestHub } from "../hub.ts";

/** Somebody in front of a browser, signed in. */
export type Visitor = {
  /** A new page at the board, once it is live. */
  page(): Promise<Page>;
  /** What no page may do: blocked scripts and styles, dialogs, exceptions. */
  complaints: string[];
  close(): Promise<void>;
};

export async function openVisitor(hub: TestHub): Promise<Visitor> {
  const browser = await launchChromium();
  const context = await browser.newContext();
  const complaints: string[] = [];
  return {
    complaints,
    close: () => browser.close(),
    async page() {
      const page = await context.newPage();
      page.on(
        "console",
        (message) => message.type() === "error" && /Content Security Policy|Refused to/.test(message.text()) && complaints.push(message.text()),
      );
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("dialog", (dialog) => {
        complaints.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.goto(`${hub.url}/`);
      const name = page.getByLabel(/user ?name/i).first();
      const board = page
        .getByRole("heading", { name: /board/i })
        .or(page.getByText("Live", { exact: true }))
        .first();
      await name.or(board).first().waitFor();
      if (await name.isVisible()) {
        await name.fill(adminAccount.username);
        await page
          .getByLabel(/^password/i)
          .first()
          .fill(adminAccount.password);
        await page.getByRole("button", { name: "Sign in", exact: true }).click();
      }
      await page.getByText("Live", { exact: true }).first().waitFor();
      return page;
    },
  };
}
