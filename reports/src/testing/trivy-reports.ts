import { checksObject, complianceObject, complianceSummaryObject, operatorList, rolesObject, secretsObject, vulnerabilityObject } from "./operator-objects.ts";

/** Reports of every shape, written for the tests after the tool's own types. */

export const vulnerability = {
  VulnerabilityID: "CVE-2099-0001",
  VendorIDs: ["DSA-1-1"],
  PkgID: "libexample@1.2.3-4",
  PkgName: "libexample",
  PkgIdentifier: { PURL: "pkg:deb/debian/libexample@1.2.3-4", UID: "75a0a1b2c3d4e5f6" },
  InstalledVersion: "1.2.3-4",
  FixedVersion: "1.2.4",
  Status: "fixed",
  Layer: { Digest: "sha256:1111", DiffID: "sha256:2222" },
  SeveritySource: "debian",
  PrimaryURL: "https://avd.example/cve-2099-0001",
  DataSource: { ID: "debian", Name: "Debian Tracker", URL: "https://tracker.example" },
  Fingerprint: "sha256:3333",
  Title: "libexample: overflow in parse()",
  Description: "A long story.",
  Severity: "HIGH",
  CweIDs: ["CWE-120"],
  VendorSeverity: { debian: 2, nvd: 3 },
  CVSS: { nvd: { V3Vector: "CVSS:3.1/AV:N", V3Score: 7.5 } },
  References: ["https://one.example", "javascript:alert(1)", "http://two.example/x"],
  PublishedDate: "2099-01-01T00:00:00Z",
  LastModifiedDate: "2099-01-02T00:00:00Z",
};

export const misconfiguration = {
  Type: "Kubernetes Security Check",
  ID: "KSV001",
  AVDID: "AVD-KSV-0001",
  Title: "Process can elevate its own privileges",
  Description: "A program inside the container can elevate its own privileges.",
  Message: "Container 'web' should set 'allowPrivilegeEscalation' to false",
  Namespace: "builtin.kubernetes.KSV001",
  Resolution: "Set it to false.",
  Severity: "MEDIUM",
  PrimaryURL: "https://avd.example/ksv001",
  References: ["https://kubernetes.example"],
  Status: "FAIL",
  CauseMetadata: {
    Resource: "web",
    Provider: "Kubernetes",
    Service: "general",
    StartLine: 16,
    EndLine: 18,
    Code: { Lines: [15, 16, 17, 18].map((number) => ({ Number: number, Content: `line ${number}`, IsCause: number > 15 })) },
  },
};

export const secret = {
  RuleID: "github-pat",
  Category: "GitHub",
  Severity: "CRITICAL",
  Title: "GitHub Personal Access Token",
  StartLine: 3,
  EndLine: 3,
  Match: "TOKEN=****************",
  Offset: 77,
};

export const license = {
  Severity: "HIGH",
  Category: "restricted",
  PkgName: "libexample",
  FilePath: "",
  Name: "GPL-3.0-only",
  Confidence: 0.9,
  Link: "https://spdx.example/GPL-3.0-only",
};

export const imageReport = {
  SchemaVersion: 2,
  Trivy: { Version: "0.68.1" },
  ReportID: "aaaa",
  ArtifactID: "sha256:bbbb",
  ArtifactName: "registry.example:5000/team/app:v1.2",
  ArtifactType: "container_image",
  Metadata: { ImageID: "sha256:cccc", RepoTags: ["registry.example:5000/team/app:v1.2"], ImageConfig: { history: [{ created_by: "x" }] } },
  Results: [
    {
      Target: "registry.example:5000/team/app:v1.2 (debian 12.5)",
      Class: "os-pkgs",
      Type: "debian",
      Packages: [{ ID: "a@1", Name: "a" }],
      Vulnerabilities: [vulnerability, { ...vulnerability, VulnerabilityID: "CVE-2099-0002", Severity: "low", Title: undefined }],
    },
    { Target: "app/package-lock.json", Class: "lang-pkgs", Type: "npm", Vulnerabilities: [{ ...vulnerability, PkgName: "left", PkgPath: undefined }] },
    { Target: "Dockerfile", Class: "config", Type: "dockerfile", MisconfSummary: { Failures: 1 }, Misconfigurations: [misconfiguration] },
    { Target: "app/.env", Class: "secret", Secrets: [secret] },
    { Target: "OS Packages", Class: "license", Licenses: [license] },
    {
      Target: "Loose File License(s)",
      Class: "license-file",
      Licenses: [{ ...license, PkgName: "", FilePath: "app/LICENSE", Name: "MIT", Severity: "UNKNOWN" }],
    },
  ],
};

export const legacyReport = [
  { Target: "team/app:1.0 (alpine 3.9.4)", Type: "alpine", Vulnerabilities: [vulnerability] },
  { Target: "app/Gemfile.lock", Type: "bundler", Vulnerabilities: null },
  { Target: "app/yarn.lock", Vulnerabilities: [{ ...vulnerability, VulnerabilityID: "CVE-2099-0003" }] },
];

const workloadResults = [
  { Target: "nginx:1.14 (debian 9.9)", Class: "os-pkgs", Type: "debian", Vulnerabilities: [vulnerability] },
  {
    Target: "Deployment/web",
    Class: "config",
    Type: "kubernetes",
    Misconfigurations: [misconfiguration, { ...misconfiguration, Status: "PASS", ID: "KSV002" }],
  },
];

/** `trivy k8s --report all`, now and in its first versions, and `--report summary`. */
export const kubernetesReport = {
  ClusterName: "kind-kind",
  Resources: [
    { Namespace: "default", Kind: "Deployment", Name: "web", Metadata: {}, Results: workloadResults },
    {
      Kind: "ClusterRole",
      Name: "admin",
      Results: [{ Target: "ClusterRole/admin", Class: "config", Type: "kubernetes", Misconfigurations: [misconfiguration] }],
    },
  ],
};
export const oldKubernetesReport = {
  ClusterName: "kind-kind",
  Vulnerabilities: [{ Namespace: "default", Kind: "Deployment", Name: "web", Results: [workloadResults[0]] }],
  Misconfigurations: [{ Namespace: "default", Kind: "Deployment", Name: "web", Results: [workloadResults[1]] }],
};
export const kubernetesSummary = { ClusterName: "kind-kind", Findings: kubernetesReport.Resources };

/** `trivy k8s --compliance`, in both lengths. */
export const complianceReport = {
  ID: "k8s-nsa",
  Title: "NSA",
  Description: "d",
  Version: "1.0",
  RelatedResources: ["https://nsa.example"],
  Results: [
    {
      ID: "1.0",
      Name: "Non-root",
      Description: "d",
      Severity: "MEDIUM",
      Results: [{ Target: "Deployment/web", Class: "config", Type: "kubernetes", Misconfigurations: [misconfiguration] }],
    },
    { ID: "1.1", Name: "Fine", Severity: "LOW", Results: null },
  ],
};
export const complianceSummary = {
  ID: "k8s-cis",
  Title: "CIS",
  SummaryControls: [
    { ID: "1.1.1", Name: "Permissions", Severity: "HIGH", TotalFail: 2 },
    { ID: "1.1.2", Name: "Owner", Severity: "HIGH", TotalFail: 0 },
  ],
};

/** Every shape with the number of findings in it. */
export const everyShape: readonly { name: string; report: unknown; total: number; shape: string }[] = [
  { name: "schema 2", report: imageReport, total: 7, shape: "schema-2" },
  {
    name: "a filesystem without results",
    report: { SchemaVersion: 2, ArtifactName: "/tmp/checkout", ArtifactType: "filesystem" },
    total: 0,
    shape: "schema-2",
  },
  { name: "the array of old", report: legacyReport, total: 2, shape: "legacy-array" },
  { name: "Kubernetes", report: kubernetesReport, total: 3, shape: "kubernetes" },
  { name: "old Kubernetes", report: oldKubernetesReport, total: 2, shape: "kubernetes" },
  { name: "Kubernetes summary", report: kubernetesSummary, total: 3, shape: "kubernetes" },
  { name: "a VulnerabilityReport", report: vulnerabilityObject, total: 2, shape: "operator" },
  { name: "a ConfigAuditReport", report: checksObject, total: 2, shape: "operator" },
  { name: "an ExposedSecretReport", report: secretsObject, total: 1, shape: "operator" },
  { name: "a ClusterRbacAssessmentReport", report: rolesObject, total: 1, shape: "operator" },
  { name: "a ClusterComplianceReport", report: complianceObject, total: 1, shape: "operator" },
  { name: "a ClusterComplianceReport's summary", report: complianceSummaryObject, total: 1, shape: "operator" },
  { name: "a list of the operator's objects", report: operatorList, total: 6, shape: "operator" },
  { name: "an array of the operator's objects", report: operatorList.items, total: 6, shape: "operator" },
  {
    name: "a dump of a cluster",
    report: { "vulnerabilityreports.aquasecurity.github.io": [vulnerabilityObject], "configauditreports.aquasecurity.github.io": { items: [checksObject] } },
    total: 4,
    shape: "operator",
  },
  { name: "a compliance report", report: complianceReport, total: 1, shape: "compliance" },
  { name: "a compliance summary", report: complianceSummary, total: 1, shape: "compliance" },
];
