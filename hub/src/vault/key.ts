import { createHash, hkdfSync, randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { lstat, mkdir, open, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * The hub's key: every other key is derived from it by purpose (HKDF-SHA-256), so that one file is all there is to keep.
 * `id` names the key without telling anything of it; it is stored, and a hub with another key refuses to start.
 */
export type HubKey = {
  id: string;
  /** 32 bytes for one purpose, e.g. "access-jwt"; the same on every hub that has the same key. */
  derive(purpose: string): Buffer;
};

/** The key cannot be used; the message says why and what to do. */
export class KeyProblem extends Error {
  readonly code = "key_unusable";
}

const leastBytes = 32;

/** Reads the key from `keyFile`, else from `<dataDir>/key`, which is made (mode 0600) when it is not there. `onCreated` hears of a new one. */
export async function loadHubKey(options: { keyFile: string | null; dataDir: string; onCreated(path: string): void }): Promise<HubKey> {
  if (options.keyFile !== null) return hubKey(await readKeyFile(options.keyFile));
  const path = join(options.dataDir, "key");
  const made = await createKeyFile(path);
  if (made) options.onCreated(path);
  return hubKey(await readKeyFile(path));
}

export function hubKey(secret: Buffer): HubKey {
  return {
    id: createHash("sha256").update("sentinal key id\0").update(secret).digest("hex").slice(0, 16),
    derive: (purpose) => Buffer.from(hkdfSync("sha256", secret, "", `sentinal ${purpose}`, 32)),
  };
}

async function readKeyFile(path: string): Promise<Buffer> {
  let text: string;
  try {
    const status = await lstat(path);
    if (status.isFile() && (status.mode & 0o077) !== 0 && process.platform !== "win32") {
      throw new KeyProblem(`The key file ${path} can be read by others. Run: chmod 600 '${path}'`);
    }
    text = (await readFile(path, "utf8")).trim();
  } catch (error) {
    if (error instanceof KeyProblem) throw error;
    throw new KeyProblem(`The key file ${path} cannot be read (${error instanceof Error && "code" in error ? String(error.code) : "error"}). Give a file that the hub may read in SENTINAL_KEY_FILE.`);
  }
  const bytes = /^[0-9a-f]{64,}$/i.test(text) ? Buffer.from(text, "hex") : Buffer.from(text, "base64");
  if (bytes.length < leastBytes) {
    throw new KeyProblem(`The key file ${path} holds ${bytes.length} bytes; at least ${leastBytes} random ones are needed, as base64 or hex. Make one with: openssl rand -base64 32`);
  }
  return bytes;
}

async function createKeyFile(path: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    try {
      await file.writeFile(`${randomBytes(32).toString("base64")}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw new KeyProblem(`The key cannot be written to ${path} (${error instanceof Error && "code" in error ? String(error.code) : "error"}). Let the hub write there, or give SENTINAL_KEY_FILE.`);
  }
}
