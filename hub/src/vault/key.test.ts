import { randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { hubKey, KeyProblem, loadHubKey } from "./key.ts";

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sentinal-key-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function keyFile(text: string, mode = 0o600): Promise<string> {
  const path = join(await newFolder(), "key");
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
}

const load = (file: string) => loadHubKey({ keyFile: file, dataDir: "/nowhere", onCreated: () => {} });

describe("a key that is generated", () => {
  test("lies in the data folder with mode 0600, is told, and is the same from then on", async () => {
    const dataDir = join(await newFolder(), "deep", "data");
    const created: string[] = [];
    const first = await loadHubKey({ keyFile: null, dataDir, onCreated: (path) => created.push(path) });
    const second = await loadHubKey({ keyFile: null, dataDir, onCreated: (path) => created.push(path) });
    expect(created).toEqual([join(dataDir, "key")]);
    expect((await stat(join(dataDir, "key"))).mode & 0o777).toBe(0o600);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    expect(second.id).toBe(first.id);
    expect(Buffer.from((await readFile(join(dataDir, "key"), "utf8")).trim(), "base64")).toHaveLength(32);
    expect(await readdir(dataDir)).toEqual(["key"]);
  });

  test("is one, however many start at the same moment, and none of them reads a part of it", async () => {
    const dataDir = await newFolder();
    const created: string[] = [];
    const keys = await Promise.all(Array.from({ length: 20 }, () => loadHubKey({ keyFile: null, dataDir, onCreated: (path) => created.push(path) })));
    expect(new Set(keys.map((key) => key.id)).size).toBe(1);
    expect(created).toHaveLength(1);
    expect(await readdir(dataDir)).toEqual(["key"]);
  });

  test("is another one in another folder", async () => {
    const [one, other] = [
      await loadHubKey({ keyFile: null, dataDir: await newFolder(), onCreated: () => {} }),
      await loadHubKey({ keyFile: null, dataDir: await newFolder(), onCreated: () => {} }),
    ];
    expect(one.id).not.toBe(other.id);
  });

  test("that cannot be written is told with what to do", async () => {
    const folder = await newFolder();
    await writeFile(join(folder, "data"), "a file, and no folder");
    const refused = loadHubKey({ keyFile: null, dataDir: join(folder, "data"), onCreated: () => {} });
    await expect(refused).rejects.toThrow(KeyProblem);
    await expect(refused).rejects.toThrow("SENTINAL_KEY_FILE");
  });
});

describe("a key that is given", () => {
  const secret = randomBytes(32);

  test.each([
    ["base64", secret.toString("base64")],
    ["base64 with a line's end", `${secret.toString("base64")}\n`],
    ["base64 for addresses", secret.toString("base64url")],
    ["hex", secret.toString("hex")],
    ["hex in capitals, with a line's end of Windows", `${secret.toString("hex").toUpperCase()}\r\n`],
  ])("may be %s, and is the same key", async (_name, text) => {
    expect((await load(await keyFile(text))).id).toBe(hubKey(secret).id);
  });

  test("may be longer, in several lines, as openssl writes it", async () => {
    const long = randomBytes(96);
    const lines = long.toString("base64").replace(/.{64}/g, "$&\n");
    expect((await load(await keyFile(lines))).id).toBe(hubKey(long).id);
  });

  test.each([
    ["nothing", ""],
    ["16 bytes as hex", randomBytes(16).toString("hex")],
    ["31 bytes as base64", randomBytes(31).toString("base64")],
    ["a word", "changeme"],
  ])("is refused when it is too short: %s", async (_name, text) => {
    await expect(load(await keyFile(text))).rejects.toThrow(/holds \d+ bytes; at least 32 random ones are needed/);
  });

  test.each([
    ["a sentence", "correct horse battery staple, and correct horse battery staple once more!"],
    ["a page of a proxy", "<html><body>404 Not Found — the page that you asked for is not here</body></html>"],
    ["a key of another kind", `-----BEGIN PRIVATE KEY-----\n${randomBytes(48).toString("base64")}\n-----END PRIVATE KEY-----\n`],
  ])("is refused when it is no random bytes: %s", async (_name, text) => {
    await expect(load(await keyFile(text))).rejects.toThrow("neither base64 nor hex");
  });

  test.each([0o602, 0o620, 0o660, 0o666])("is refused when others can write it (mode %o), with the command that mends it", async (mode) => {
    const path = await keyFile(secret.toString("base64"), mode);
    await expect(load(path)).rejects.toThrow(`written by others. Run: chmod 600 '${path}'`);
  });

  test.each([0o444, 0o644, 0o640])("may be for all to read, as the secrets of containers are (mode %o), and stand behind a link", async (mode) => {
    const path = await keyFile(secret.toString("base64"), mode);
    const link = join(await newFolder(), "link");
    await symlink(path, link);
    expect((await load(link)).id).toBe(hubKey(secret).id);
  });

  test("may be read-only", async () => {
    expect((await load(await keyFile(secret.toString("base64"), 0o400))).id).toBe(hubKey(secret).id);
  });

  test("that is not there is never made anew, and neither is a folder taken for one", async () => {
    const folder = await newFolder();
    await expect(load(join(folder, "missing"))).rejects.toThrow("cannot be read (ENOENT)");
    await mkdir(join(folder, "key"), { mode: 0o700 });
    await expect(load(join(folder, "key"))).rejects.toThrow("cannot be read (EISDIR)");
    expect(await readdir(folder)).toEqual(["key"]);
  });

  test("stands in no message", async () => {
    const short = randomBytes(20).toString("base64");
    const error: unknown = await load(await keyFile(short)).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(KeyProblem);
    expect(String(error)).not.toContain(short);
  });
});

describe("a key in the environment", () => {
  const secret = randomBytes(32);
  const loadText = (key: string, dataDir = "/nowhere") => loadHubKey({ key, keyFile: null, dataDir, onCreated: () => expect.unreachable() });

  test.each([
    ["base64", secret.toString("base64")],
    ["base64 with blanks around it", ` ${secret.toString("base64")}\n`],
    ["base64 for addresses", secret.toString("base64url")],
    ["hex", secret.toString("hex")],
  ])("may be %s, is the same key as in a file, and leaves none in the data folder", async (_name, text) => {
    const dataDir = await newFolder();
    expect((await loadText(text, dataDir)).id).toBe(hubKey(secret).id);
    expect(await readdir(dataDir)).toEqual([]);
  });

  test.each([
    ["too short", randomBytes(31).toString("base64"), "SENTINAL_KEY holds 31 bytes; at least 32 random ones are needed, as base64 or hex. Make one with:"],
    ["a placeholder", "changeme", "SENTINAL_KEY holds 6 bytes; at least 32"],
    ["a path", "/etc/sentinal/key.of.this.hub", "SENTINAL_KEY is neither base64 nor hex. Give the hub's key, or make one with:"],
  ])("is refused when it is %s, says what to do and does not show it", async (_name, text, said) => {
    const error: unknown = await loadText(text).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(KeyProblem);
    expect(String(error)).toContain(said);
    expect(String(error)).not.toContain(text);
  });
});

describe("what follows from a key", () => {
  const key = hubKey(Buffer.alloc(32, 7));

  test("differs by purpose and by key, and is the same on every hub", () => {
    expect(key.derive("access-jwt")).toHaveLength(32);
    expect(key.derive("access-jwt").equals(hubKey(Buffer.alloc(32, 7)).derive("access-jwt"))).toBe(true);
    expect(key.derive("access-jwt").equals(key.derive("another"))).toBe(false);
    expect(key.derive("access-jwt").equals(hubKey(Buffer.alloc(32, 8)).derive("access-jwt"))).toBe(false);
  });

  test("its id tells nothing of what is derived from it", () => {
    expect(key.id).toMatch(/^[0-9a-f]{16}$/);
    expect(key.derive("access-jwt").toString("hex")).not.toContain(key.id);
  });
});
