import type { ScanType } from "@sentinal/contract";

/** Tools that have a page of their own; all others are linters to us. */
const drivers: readonly { pattern: RegExp; scanType: ScanType }[] = [
  { pattern: /\btrivy\b/i, scanType: "trivy" },
  { pattern: /\b(?:zap|zaproxy|zed attack proxy)\b|^owasp[\s_-]*zap/i, scanType: "zap" },
  { pattern: /^sonar(?:qube|cloud|lint|scanner|server)?(?![a-z])/i, scanType: "sonarqube" },
];

/** What a report is of, by the name of the tool that wrote it. */
export function scanTypeOfDriver(name: string): ScanType {
  return drivers.find(({ pattern }) => pattern.test(name))?.scanType ?? "lint";
}

/** What follows for a tool's findings from its name. */
export type DriverTraits = { name: string; isTrivy: boolean; isSecretScanner: boolean };

export function traitsOfDriver(name: string): DriverTraits {
  return { name, isTrivy: scanTypeOfDriver(name) === "trivy", isSecretScanner: isSecretScanner(name) };
}

/** True for tools that look for secrets: the code that they show is the secret itself. */
function isSecretScanner(name: string): boolean {
  return /gitleaks|trufflehog|ggshield|gitguardian|whispers|titus|noseyparker|nosey parker|kingfisher|detect[\s_-]?secrets|\bsecrets?\b/i.test(name);
}
