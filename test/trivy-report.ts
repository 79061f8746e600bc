/** A small report in Trivy's own shape, made for tests: one target with the given vulnerabilities. */
export type TestVulnerability = { id: string; package?: string; installed?: string; fixed?: string; severity?: string; title?: string };

export function trivyReport(vulnerabilities: readonly TestVulnerability[], options: { artifact?: string; target?: string } = {}): Record<string, unknown> {
  return {
    SchemaVersion: 2,
    CreatedAt: "2026-01-01T00:00:00Z",
    ArtifactName: options.artifact ?? "registry.example:5000/shop/web:1.0.0",
    ArtifactType: "container_image",
    Results: [
      {
        Target: options.target ?? "package-lock.json",
        Class: "lang-pkgs",
        Type: "npm",
        ...(vulnerabilities.length > 0 && {
          Vulnerabilities: vulnerabilities.map((one) => ({
            VulnerabilityID: one.id,
            PkgName: one.package ?? "left-pad",
            InstalledVersion: one.installed ?? "1.0.0",
            FixedVersion: one.fixed ?? "1.0.1",
            Severity: one.severity ?? "HIGH",
            Title: one.title ?? `${one.id} in ${one.package ?? "left-pad"}`,
            PrimaryURL: `https://avd.example/${one.id}`,
          })),
        }),
      },
    ],
  };
}
