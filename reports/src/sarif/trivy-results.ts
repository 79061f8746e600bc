import type { FindingKind } from "@sentinal/contract";
import type { Descriptor } from "./components.ts";

/** What Trivy's SARIF says of a package, in lines such as `Installed Version: 1.1.1c-r0`. */
export type TrivyPackage = { kind: FindingKind; packageName: string | null; installedVersion: string | null; fixedVersion: string | null };

const kinds: readonly { pattern: RegExp; kind: FindingKind }[] = [
  { pattern: /vulnerability/i, kind: "vulnerability" },
  { pattern: /misconfiguration/i, kind: "misconfiguration" },
  { pattern: /secret/i, kind: "secret" },
  { pattern: /licen[sc]e/i, kind: "license" },
];

/** By the kind that Trivy gives its rules as a name (`OsPackageVulnerability`), and the lines of the message. */
export function trivyPackageOf(rule: Descriptor | null, message: string): TrivyPackage {
  const packageName = lineOfMessage(message, "Package");
  const named = kinds.find(({ pattern }) => pattern.test(rule?.name ?? ""))?.kind;
  const installedVersion = lineOfMessage(message, "Installed Version");
  const isVulnerability = packageName !== null && installedVersion !== null;
  return {
    kind: named ?? (isVulnerability ? "vulnerability" : "issue"),
    packageName,
    installedVersion,
    fixedVersion: lineOfMessage(message, "Fixed Version"),
  };
}

function lineOfMessage(message: string, name: string): string | null {
  const prefix = `${name}: `;
  const line = message.split("\n", 10).find((text) => text.startsWith(prefix));
  return line?.slice(prefix.length).trim() || null;
}
