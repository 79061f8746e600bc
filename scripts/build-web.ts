import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "vite";

const web = join(import.meta.dirname, "..", "web");

/** Builds the pages into web/dist and puts compressed copies beside them, so that nothing is compressed per request. */
async function buildWeb(): Promise<void> {
  await build({ root: web, configFile: join(web, "vite.config.ts"), logLevel: "warn" });
  const dist = join(web, "dist");
  for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(html|js|css|svg|json|webmanifest)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
    await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  }
}

await buildWeb();
