import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const manifest = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8")));

/** The hub's version, as its package says. */
export const version = manifest.version;
