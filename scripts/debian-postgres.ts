import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const folder = "/usr/lib/postgresql";

/** The programs of the newest PostgreSQL that Debian has installed; null where there is none. */
export function debianPostgresBinDir(): string | null {
  if (!existsSync(folder)) return null;
  const versions = readdirSync(folder)
    .filter((version) => existsSync(join(folder, version, "bin", "initdb")))
    .toSorted((a, b) => Number(b) - Number(a));
  return versions[0] === undefined ? null : join(folder, versions[0], "bin");
}
