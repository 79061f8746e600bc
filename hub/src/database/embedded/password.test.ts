import { chmod, lstat, readFile, symlink, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { dataFolderAt } from "./data-folder.ts";
import { temporaryFolder } from "./fixture.ts";
import { makePassword, readPassword } from "./password.ts";

async function folder() {
  return dataFolderAt(await temporaryFolder());
}

describe("the password", () => {
  test("has 256 bits, is another one each time, and lies in a file that only its owner can read", async () => {
    const [first, second] = [await folder(), await folder()];
    const password = await makePassword(first);
    expect(Buffer.from(password, "base64url")).toHaveLength(32);
    expect(await makePassword(second)).not.toBe(password);
    expect((await lstat(first.passwordFile)).mode & 0o777).toBe(0o600);
    expect(await readPassword(first)).toBe(password);
  });

  test("that a start cut short has left is taken again", async () => {
    const here = await folder();
    const password = await makePassword(here);
    expect(await makePassword(here)).toBe(password);
  });

  test("that was cut short or stood open to others is replaced before a cluster knows it", async () => {
    const here = await folder();
    const password = await makePassword(here);
    await writeFile(here.passwordFile, password.slice(0, 20));
    expect(await makePassword(here)).not.toBe(password);
    const open = await makePassword(here);
    await chmod(here.passwordFile, 0o644);
    expect(await makePassword(here)).not.toBe(open);
  });

  test("is never written through a link", async () => {
    const here = await folder();
    const target = `${here.path}/target`;
    await writeFile(target, "untouched", { mode: 0o600 });
    await symlink(target, here.passwordFile);
    await makePassword(here);
    expect(await readFile(target, "utf8")).toBe("untouched");
    expect((await lstat(here.passwordFile)).isSymbolicLink()).toBe(false);
  });
});
