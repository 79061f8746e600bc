import { createHash, hkdfSync, randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { link, lstat, mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { openBytes, SealBroken, sealBytes } from "./sealing.ts";

/**
 * The hub's key: every other key is derived from it by purpose (HKDF-SHA-256), so that one file is all there is to keep.
 * `id` names the key without telling anything of it; it is stored, and a hub with another key refuses to start.
 */
export type HubKey = {
  id: string;
  /** 32 bytes for one purpose, e.g. "access-jwt"; the same on every hub that has the same key. */
  derive(purpose: string): Buffer;
  /** The key itself, sealed so that only who has the other key can take it over. */
  sealFor(other: HubKey): Buffer;
  /** Takes a key over that was sealed for this one. Throws SealBroken when it was sealed for another, or has another id. */
  receive(id: string, sealed: Uint8Array): HubKey;
  /** The line of its key file. Never to be shown. */
  fileText(): string;
};

/** The key cannot be used; the message says why and what to do. */
export class KeyProblem extends Error {
  readonly code = "key_unusable";
}

const leastBytes = 32;
/** What a key is derived for that carries another key. */
const handOver = "key hand-over";
/** Permissions that a key of our own must not give. */
const usableByOthers = 0o077;
/** The same of a file that is given: secrets of containers are mounted for all to read, often behind a link. */
const writableByOthers = 0o022;

/** Where the key comes from: `key` is its text, from the environment; without it and `keyFile` it is the one in the data folder. */
export type KeySource = { key?: string | null; keyFile: string | null; dataDir: string };

/** Reads the key from the environment or from `keyFile`, else from `<dataDir>/key`, which is made (mode 0600) when it is not there. `onCreated` hears of a new one. */
export async function loadHubKey(options: KeySource & { onCreated(path: string): void }): Promise<HubKey> {
  if (options.keyFile === null && isNone(options.key)) {
    const path = ownKeyFile(options.dataDir);
    if (await createKeyFile(path)) options.onCreated(path);
  }
  return readHubKey(options);
}

/** The same of a key that must be there already: nothing is made. Throws KeyProblem. */
export async function readHubKey(options: KeySource): Promise<HubKey> {
  if (!isNone(options.key)) return hubKey(keyBytes(options.key.trim(), "SENTINAL_KEY", "hub's key"));
  if (options.keyFile !== null) return hubKey(await readKeyFile(options.keyFile, writableByOthers));
  return hubKey(await readKeyFile(ownKeyFile(options.dataDir), usableByOthers));
}

function isNone(text: string | null | undefined): text is null | undefined {
  return text === null || text === undefined;
}

/** The file of the key that is generated. */
export function ownKeyFile(dataDir: string): string {
  return join(dataDir, "key");
}

export function hubKey(secret: Buffer): HubKey {
  const id = createHash("sha256").update("sentinal key id\0").update(secret).digest("hex").slice(0, 16);
  const derive = (purpose: string) => Buffer.from(hkdfSync("sha256", secret, "", `sentinal ${purpose}`, 32));
  return {
    id,
    derive,
    sealFor: (other) => sealBytes(other.derive(handOver), [handOver, id, other.id], secret),
    receive(senderId, sealed) {
      const received = hubKey(openBytes(derive(handOver), [handOver, senderId, id], sealed));
      if (received.id !== senderId) throw new SealBroken("it is another key than it says");
      return received;
    },
    fileText: () => `${secret.toString("base64")}\n`,
  };
}

async function readKeyFile(path: string, forbidden: number): Promise<Buffer> {
  let text: string;
  try {
    const status = await stat(path);
    if (status.isFile() && (status.mode & forbidden) !== 0 && process.platform !== "win32") {
      throw new KeyProblem(
        `The key file ${path} can be ${(status.mode & forbidden & writableByOthers) === 0 ? "read" : "written"} by others. Run: chmod 600 '${path}'`,
      );
    }
    text = (await readFile(path, "utf8")).trim();
  } catch (error) {
    if (error instanceof KeyProblem) throw error;
    throw new KeyProblem(
      `The key file ${path} cannot be read (${error instanceof Error && "code" in error ? String(error.code) : "error"}). Give a file that the hub may read in SENTINAL_KEY_FILE.`,
    );
  }
  return keyBytes(text, `The key file ${path}`, "file that holds the hub's key");
}

/** The bytes of a key's text. Throws KeyProblem, which says what is wrong with `what` and never shows the text. */
function keyBytes(text: string, what: string, wanted: string): Buffer {
  const bytes = bytesOf(text);
  if (bytes === null) throw new KeyProblem(`${what} is neither base64 nor hex. Give the ${wanted}, or make one with: openssl rand -base64 32`);
  if (bytes.length < leastBytes) {
    throw new KeyProblem(
      `${what} holds ${bytes.length} bytes; at least ${leastBytes} random ones are needed, as base64 or hex. Make one with: openssl rand -base64 32`,
    );
  }
  return bytes;
}

/** Hex or base64, in lines or not; null for what is neither, for Node would pass over what it does not know and call the rest a key. */
function bytesOf(text: string): Buffer | null {
  const digits = text.replace(/[\r\n]+/g, "");
  if (/^(?:[0-9a-f]{2}){32,}$/i.test(digits)) return Buffer.from(digits, "hex");
  return /^[\w+/-]*={0,2}$/.test(digits) ? Buffer.from(digits, "base64") : null;
}

/** Makes the file as a whole or not at all: another hub, or one after a crash, never reads a part of a key. Answers false when there is one. */
export async function createKeyFile(path: string, text = `${randomBytes(leastBytes).toString("base64")}\n`): Promise<boolean> {
  const folder = dirname(path);
  const draft = `${path}.${randomBytes(6).toString("hex")}.new`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (await isThere(path)) return false;
    await writeAndSync(draft, text);
    // Unlike a rename it fails when there is a key meanwhile.
    await link(draft, path);
    await syncFolder(folder);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw new KeyProblem(
      `The key cannot be written to ${path} (${error instanceof Error && "code" in error ? String(error.code) : "error"}). Let the hub write there, or give SENTINAL_KEY_FILE.`,
    );
  } finally {
    await rm(draft, { force: true }).catch(() => {});
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function writeAndSync(path: string, text: string): Promise<void> {
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The name is durable only then: without it the database would be left with the id of a key that a power cut took. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
