import { chmod, chown, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isRoot, nobody, temporaryFolder } from "./fixture.ts";
import { prepareSocketFolder, removeSocketFolder, socketFolderFor, socketPath } from "./socket-folder.ts";

const self = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };

describe("the socket folder", () => {
  test("is the same for the same data, another for other data, and short for any", async () => {
    const long = `/${"a".repeat(200)}/${"ä".repeat(100)}`;
    const folder = await socketFolderFor(long, self.uid, undefined);
    expect(folder).toBe(await socketFolderFor(long, self.uid, undefined));
    expect(folder).not.toBe(await socketFolderFor("/var/lib/sentinal", self.uid, undefined));
    expect(folder).toMatch(/^\/tmp\/sentinal-[0-9a-f]{16}$/);
    expect(Buffer.byteLength(socketPath(folder))).toBeLessThan(104);
  });

  test("lies in the runtime folder only where that is the server's own, closed and short", async () => {
    const own = await temporaryFolder();
    const data = "/var/lib/sentinal";
    expect(await socketFolderFor(data, self.uid, own)).toMatch(new RegExp(`^${own}/sentinal-`));
    expect(await socketFolderFor(data, self.uid, "relative/folder")).toMatch(/^\/tmp\//);
    expect(await socketFolderFor(data, self.uid, join(own, "missing"))).toMatch(/^\/tmp\//);
    const deep = join(own, "deep".repeat(20));
    await mkdir(deep);
    expect(await socketFolderFor(data, self.uid, deep)).toMatch(/^\/tmp\/sentinal-[0-9a-f]+$/);
    expect(await socketFolderFor(data, self.uid + 1, own)).toMatch(/^\/tmp\/sentinal-[0-9a-f]+$/);
    await chmod(own, 0o777);
    expect(await socketFolderFor(data, self.uid, own)).toMatch(/^\/tmp\/sentinal-[0-9a-f]+$/);
  });

  test("is refused where something else has its name", async () => {
    const path = join(await temporaryFolder(), "socket");
    await writeFile(path, "");
    await expect(prepareSocketFolder(path, self)).rejects.toMatchObject({
      code: "socket_folder_unsafe",
      message: expect.stringContaining("is not a folder"),
    });
  });

  test("that cannot be made is named, with what to do", async () => {
    const path = join(await temporaryFolder(), "missing", "socket");
    await expect(prepareSocketFolder(path, self)).rejects.toMatchObject({
      code: "socket_folder_unusable",
      message: expect.stringMatching(/cannot be used \(ENOENT\): let the hub write to \/tmp, or set XDG_RUNTIME_DIR/),
    });
  });

  test.skipIf(!isRoot)("belongs to the server's user (needs root)", async () => {
    const path = join(await temporaryFolder(), "socket");
    await prepareSocketFolder(path, nobody);
    await prepareSocketFolder(path, nobody);
    await chown(path, 0, 0);
    await expect(prepareSocketFolder(path, nobody)).rejects.toMatchObject({ code: "socket_folder_unsafe" });
  });

  test("is removed with PostgreSQL's files, but not with anybody else's", async () => {
    const parent = await temporaryFolder();
    const path = join(parent, "socket");
    await prepareSocketFolder(path, self);
    await writeFile(socketPath(path), "");
    await writeFile(`${socketPath(path)}.lock`, "");
    await writeFile(join(path, "notes"), "");
    await removeSocketFolder(path);
    expect(await readdir(path)).toEqual(["notes"]);
    await removeSocketFolder(join(parent, "missing"));
  });
});
