import { randomBytes } from "node:crypto";
import { lstat, readFile, rm } from "node:fs/promises";
import type { DataFolder } from "./data-folder.ts";
import { ownerOf, writeNewPrivateFile } from "./data-folder.ts";
import { passwordFileUnusable, systemErrorCode } from "./problems.ts";

/** 256 random bits as base64url, and a line feed since initdb reads a line. */
const passwordText = /^[A-Za-z0-9_-]{43}\n$/;

/**
 * The password for a cluster that is about to be made. A usable file left by a start that was cut short is taken
 * again; a damaged one is replaced, which loses nothing because no cluster knows it.
 */
export async function makePassword(folder: DataFolder): Promise<string> {
  const existing = await readText(folder.passwordFile);
  const isUsable = existing !== undefined && passwordText.test(existing) && (await isPrivate(folder.passwordFile));
  if (isUsable && (await ownerOf(folder.passwordFile))?.uid === process.getuid?.()) return existing.trimEnd();
  await rm(folder.passwordFile, { force: true });
  const password = randomBytes(32).toString("base64url");
  await writeNewPrivateFile(folder.passwordFile, `${password}\n`);
  return password;
}

/**
 * The password of the existing cluster.
 * @throws EmbeddedPostgresProblem `password_file_unusable` when it is missing, damaged or open to others
 */
export async function readPassword(folder: DataFolder): Promise<string> {
  const text = await readText(folder.passwordFile);
  if (text === undefined) throw passwordFileUnusable(folder.passwordFile, "is missing");
  if (!passwordText.test(text)) throw passwordFileUnusable(folder.passwordFile, "is damaged");
  if (!(await isPrivate(folder.passwordFile))) {
    throw passwordFileUnusable(folder.passwordFile, "may be read by others or is a link (it must be a file of mode 0600)");
  }
  return text.trimEnd();
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function isPrivate(path: string): Promise<boolean> {
  const facts = await lstat(path);
  return facts.isFile() && (facts.mode & 0o077) === 0;
}
