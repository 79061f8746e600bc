import { createRandom, type Random } from "../../test/hub/random.ts";
import { hex, sentence, word } from "./random-text.ts";

/** A Trivy report with so many vulnerabilities, each as large as real ones are: 2 to 3 KB of description, references and scores. */
export function realisticReport(findings: number): Record<string, unknown> {
  const random = createRandom(20_260_101);
  const layers = Array.from({ length: 3 }, () => ({ Digest: `sha256:${hex(random, 64)}`, DiffID: `sha256:${hex(random, 64)}` }));
  return {
    SchemaVersion: 2,
    CreatedAt: "2026-01-01T00:00:00.000000000Z",
    ArtifactName: "registry.example:5000/shop/web:1.0.0",
    ArtifactType: "container_image",
    Metadata: {
      OS: { Family: "debian", Name: "12.8" },
      ImageID: `sha256:${hex(random, 64)}`,
      DiffIDs: Array.from({ length: 8 }, () => `sha256:${hex(random, 64)}`),
    },
    Results: [
      {
        Target: "registry.example:5000/shop/web:1.0.0 (debian 12.8)",
        Class: "os-pkgs",
        Type: "debian",
        Vulnerabilities: Array.from({ length: findings }, (_, index) => vulnerability(random, index, layers[index % layers.length])),
      },
    ],
  };
}

/** One entry of `Vulnerabilities`, 2 to 3 KB. */
export function vulnerability(random: Random, index: number, layer: unknown): Record<string, unknown> {
  const id = `CVE-2025-${10_000 + index}`;
  const packageName = `lib${word(random)}${index}`;
  const version = `1.${random.below(20)}.${random.below(30)}-${random.below(9)}+deb12u${random.below(5)}`;
  return {
    VulnerabilityID: id,
    PkgID: `${packageName}@${version}`,
    PkgName: packageName,
    PkgIdentifier: { PURL: `pkg:deb/debian/${packageName}@${version}?arch=amd64&distro=debian-12.8`, UID: hex(random, 16) },
    InstalledVersion: version,
    FixedVersion: `${version}.1`,
    Status: "fixed",
    Layer: layer,
    SeveritySource: "nvd",
    PrimaryURL: `https://avd.example/nvd/${id.toLowerCase()}`,
    DataSource: { ID: "debian", Name: "Debian Security Tracker", URL: "https://salsa.example/security-tracker-team/security-tracker" },
    Title: sentence(random, 10),
    Description: Array.from({ length: 6 }, () => sentence(random, 18)).join(" "),
    Severity: ["CRITICAL", "HIGH", "MEDIUM", "LOW"][index % 4],
    CweIDs: [`CWE-${20 + random.below(900)}`],
    VendorSeverity: { amazon: 2, nvd: 3, redhat: 2, ubuntu: 1 },
    CVSS: {
      nvd: { V3Vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", V3Score: 7.5 },
      redhat: { V3Vector: "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H", V3Score: 5.9 },
    },
    References: [
      `https://access.example/security/cve/${id}`,
      `https://github.example/${packageName}/${packageName}/commit/${hex(random, 40)}`,
      ...Array.from({ length: 4 }, (_, part) => `https://lists.example/archives/list/package-announce@lists.example/${packageName}/${part + 40}/`),
      ...Array.from({ length: 4 }, (_, part) => `https://errata.example/RHSA-2025:${1_000 + index * 4 + part}`),
      `https://nvd.example/vuln/detail/${id}`,
      `https://www.cve.example/CVERecord?id=${id}`,
    ],
    PublishedDate: "2025-03-04T12:15:00Z",
    LastModifiedDate: "2025-11-21T09:46:00Z",
  };
}
