import type { Severity, Upgrade } from "@sentinal/contract";
import { sql } from "kysely";
import type { Database } from "../database/index.ts";
import { findPlaces } from "./finding-places.ts";
import { findingsOf } from "./finding-source.ts";
import { noSeverityCounts } from "../reading/index.ts";
import { highestVersion } from "./versions.ts";

const mostUpgrades = 200;
const mostFindings = 100_000;

/** What raising each package would fix, most first, at most 200 packages. Versions are compared here: PostgreSQL knows no order of them. */
export async function listUpgrades(db: Database, scanId: number, visible: string | null): Promise<Upgrade[]> {
  const places = await findPlaces(db, { scanId }, visible);
  const filter = { scanId, kind: ["vulnerability"], change: ["new", "reopened", "unchanged"], fixable: true };
  const answer = await sql<{ target: string | null; package_name: string; installed_version: string; fixed_version: string; severity: Severity }>`
    select f.target, f.package_name, f.installed_version, f.fixed_version, f.severity
      ${findingsOf(places, filter, "states")}
       and f.package_name is not null and f.installed_version is not null
     order by f.id limit ${mostFindings}`.execute(db);
  const upgrades = new Map<string, Upgrade>();
  for (const row of answer.rows) {
    const key = JSON.stringify([row.target, row.package_name, row.installed_version]);
    const upgrade = upgrades.get(key) ?? {
      target: row.target,
      package_name: row.package_name,
      installed_version: row.installed_version,
      fixed_version: "",
      fixes: 0,
      counts: noSeverityCounts(),
    };
    upgrades.set(key, upgrade);
    upgrade.fixed_version = highestVersion([upgrade.fixed_version, lowestFix(row.fixed_version, row.installed_version)]);
    upgrade.fixes++;
    upgrade.counts[row.severity]++;
    upgrade.counts.total++;
  }
  return [...upgrades.values()].toSorted((a, b) => b.fixes - a.fixes || a.package_name.localeCompare(b.package_name)).slice(0, mostUpgrades);
}

/** Trivy lists a fixed version for each maintained line, `1.2.3, 2.0.1`: the one of the installed line, else the first. */
function lowestFix(fixed: string, installed: string): string {
  const versions = fixed
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const line = installed.split(".", 1)[0];
  return versions.find((version) => version.split(".", 1)[0] === line) ?? versions[0] ?? fixed;
}
