import type { FindingTraits } from "@sentinal/contract";

const types: ReadonlyMap<string, string> = new Map([
  ["BUG", "Bug"],
  ["VULNERABILITY", "Vulnerability"],
  ["CODE_SMELL", "Code smell"],
  ["SECURITY_HOTSPOT", "Hotspot"],
  ["UNKNOWN", "No type told"],
]);

/** SonarQube's type of an issue. */
export function toolTypeWords(type: string): string {
  return types.get(type) ?? plainWords(type);
}

/** A constant of a tool's as people read it: `CODE_SMELL` → "Code smell". What is written with small letters already stays. */
export function plainWords(constant: string): string {
  const text = constant.trim();
  const words = /^[A-Z0-9_ -]+$/.test(text) ? text.replaceAll(/[_-]+/g, " ").toLowerCase() : text;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** SonarQube's newer severities, one for each quality: "Security: Blocker". */
export function impactWords(impacts: NonNullable<FindingTraits["impacts"]>): string[] {
  return impacts.map((impact) => `${plainWords(impact.software_quality)}: ${plainWords(impact.severity)}`);
}
