/** Objects of the Trivy operator, as `kubectl get … -o json` writes them. */

const operatorMetadata = {
  name: "replicaset-web-6d4cf56db6-nginx",
  namespace: "shop",
  creationTimestamp: "2099-01-01T00:00:00Z",
  labels: {
    "trivy-operator.container.name": "nginx",
    "trivy-operator.resource.kind": "ReplicaSet",
    "trivy-operator.resource.name": "web-6d4cf56db6",
    "trivy-operator.resource.namespace": "shop",
  },
};

export const vulnerabilityObject = {
  apiVersion: "aquasecurity.github.io/v1alpha1",
  kind: "VulnerabilityReport",
  metadata: operatorMetadata,
  report: {
    artifact: { digest: "sha256:dddd", repository: "library/nginx", tag: "1.16" },
    os: { family: "debian", name: "10.3" },
    registry: { server: "index.docker.io" },
    scanner: { name: "Trivy", vendor: "Aqua Security", version: "0.55.2" },
    summary: { criticalCount: 1, highCount: 0, mediumCount: 0, lowCount: 1, unknownCount: 0 },
    updateTimestamp: "2099-01-01T00:00:00Z",
    vulnerabilities: [
      {
        vulnerabilityID: "CVE-2099-0004",
        resource: "libssl",
        installedVersion: "1.1.1",
        fixedVersion: "",
        severity: "CRITICAL",
        title: "libssl: bad",
        primaryLink: "https://avd.example/cve-2099-0004",
        links: ["https://three.example"],
        score: 9.8,
        target: "",
      },
      {
        vulnerabilityID: "CVE-2099-0005",
        resource: "log4j",
        installedVersion: "2.14",
        severity: "LOW",
        class: "lang-pkgs",
        packageType: "jar",
        packagePath: "app/log4j-2.14.jar",
        target: "Java",
      },
    ],
  },
};

export const checksObject = {
  apiVersion: "aquasecurity.github.io/v1alpha1",
  kind: "ConfigAuditReport",
  metadata: operatorMetadata,
  report: {
    checks: [
      {
        checkID: "KSV001",
        title: "Privileges",
        description: "d",
        severity: "MEDIUM",
        category: "Kubernetes Security Check",
        messages: ["first", "second"],
        remediation: "r",
        success: false,
      },
      { checkID: "KSV002", title: "Fine", severity: "LOW", success: true },
      { title: "Without an id", severity: "HIGH", success: false, scope: { type: "Container", value: "nginx" } },
    ],
    scanner: { version: "0.55.2" },
  },
};

export const secretsObject = {
  apiVersion: "aquasecurity.github.io/v1alpha1",
  kind: "ExposedSecretReport",
  metadata: operatorMetadata,
  report: {
    artifact: { repository: "team/app", tag: "2" },
    secrets: [{ target: "/etc/key", ruleID: "private-key", title: "Key", category: "K", severity: "HIGH", match: "----****" }],
  },
};

export const rolesObject = {
  apiVersion: "aquasecurity.github.io/v1alpha1",
  kind: "ClusterRbacAssessmentReport",
  metadata: {
    name: "clusterrole-6f69bb5b79",
    labels: { "trivy-operator.resource.kind": "ClusterRole" },
    annotations: { "trivy-operator.resource.name": "system:admin" },
  },
  report: { checks: [{ checkID: "KSV044", severity: "CRITICAL", success: false, messages: ["no wildcards"] }] },
};

export const complianceObject = {
  apiVersion: "aquasecurity.github.io/v1alpha1",
  kind: "ClusterComplianceReport",
  metadata: { name: "nsa" },
  spec: { compliance: { controls: [{ id: "1.0" }] } },
  status: {
    detailReport: {
      id: "nsa",
      results: [
        {
          id: "1.0",
          name: "Non-root",
          severity: "MEDIUM",
          checks: [{ checkID: "KSV012", target: "shop/Deployment/web", severity: "MEDIUM", success: false, messages: ["m"] }],
        },
        { id: "1.1", name: "Fine", severity: "LOW", checks: [{ success: true }] },
      ],
    },
  },
};

export const complianceSummaryObject = {
  apiVersion: "aquasecurity.github.io/v1alpha1",
  kind: "ClusterComplianceReport",
  metadata: { name: "cis" },
  status: {
    summary: { failCount: 1, passCount: 1 },
    summaryReport: {
      id: "cis",
      controlCheck: [
        { id: "1.1.1", name: "Permissions", severity: "HIGH", totalFail: 3 },
        { id: "1.1.2", name: "Owner", severity: "HIGH", totalFail: 0 },
      ],
    },
  },
};

/** What `kubectl get … -o json` writes. */
export const operatorList = {
  apiVersion: "v1",
  items: [vulnerabilityObject, checksObject, secretsObject, rolesObject],
  kind: "List",
  metadata: { resourceVersion: "" },
};
