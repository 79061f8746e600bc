import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The version of the command line, as its package says. */
export const version = readVersion();

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8"));
  if (typeof manifest !== "object" || manifest === null || !("version" in manifest)) throw new TypeError("package.json names no version");
  return String(manifest.version);
}
