import type { JsonObject } from "../json/values.ts";
import { member, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import type { Reading } from "./entry.ts";
import { readLicense, readMisconfiguration, readSecret, readVulnerability } from "./entry.ts";
import { nativeCheck, nativeControl, nativeSecret, nativeVulnerability } from "./operator.ts";
import type { Section } from "./roles.ts";
import type { Place } from "./target.ts";
import { placeAt } from "./target.ts";

type EntryReader = (entry: JsonObject, place: Place, sourceBytes: number) => Reading;

const readers: Record<Section, EntryReader> = {
  vulnerabilities: readVulnerability,
  misconfigurations: readMisconfiguration,
  secrets: readSecret,
  licenses: readLicense,
  operatorVulnerabilities: (entry, place, sourceBytes) => readVulnerability(nativeVulnerability(entry), placeOfEntry(entry, place), sourceBytes),
  operatorChecks: (entry, place, sourceBytes) => readMisconfiguration(nativeCheck(entry), place, sourceBytes),
  operatorSecrets: (entry, place, sourceBytes) => readSecret(nativeSecret(entry), placeOfEntry(entry, place), sourceBytes),
  complianceChecks: (entry, place, sourceBytes) => readMisconfiguration(nativeCheck(entry), placeOfEntry(entry, place), sourceBytes),
  complianceControls: (entry, place, sourceBytes) => readMisconfiguration(nativeControl(entry, lowerNames), place, sourceBytes),
  summaryControls: (entry, place, sourceBytes) => readMisconfiguration(nativeControl(entry, upperNames), place, sourceBytes),
};

const lowerNames = { id: "id", name: "name", severity: "severity", totalFail: "totalFail" };
const upperNames = { id: "ID", name: "Name", severity: "Severity", totalFail: "TotalFail" };

/** Reads an entry of a list; never throws, whatever its members are. */
export function readEntry(section: Section, entry: JsonObject, place: Place, sourceBytes: number): Reading {
  return readers[section](entry, place, sourceBytes);
}

/** Tells an entry of a result from a resource of a Kubernetes report, which has `Results` instead. */
export function looksLikeEntry(section: Section, facts: ReadonlyMap<string, unknown>): boolean {
  if (section === "vulnerabilities") return facts.has("VulnerabilityID") || facts.has("PkgName");
  return facts.has("ID") || facts.has("AVDID") || facts.has("Status");
}

/** Entries of the operator name their own target, class and type. */
function placeOfEntry(entry: JsonObject, place: Place): Place {
  const target = textOf(member(entry, "target"), limits.target) ?? place.target;
  return placeAt(target, textOf(member(entry, "class"), limits.word), textOf(member(entry, "packageType"), limits.word), place.workload);
}
