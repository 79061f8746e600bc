import type { Outline } from "../json/outline.ts";
import { hasMembers, outlineAt, outlineOf } from "../json/outline.ts";
import { operatorGroup } from "./operator.ts";

const certain = 1;
const likely = 0.9;
const possible = 0.6;

/** The operator's kinds that hold findings. */
const operatorKind = /^(Cluster)?(Vulnerability|ConfigAudit|ExposedSecret|RbacAssessment|InfraAssessment|Compliance)Report(List)?$/;

/** How surely the content is Trivy's; `null`, `[]` and `{}`, which Trivy writes too, say nothing. */
export function sniffTrivy(head: Uint8Array): number {
  const outline = outlineOf(head);
  if (outline === null) return 0;
  return outline.kind === "array" ? Math.max(0, ...outline.elements.map(confidenceOf)) : confidenceOf(outline);
}

function confidenceOf(document: Outline): number {
  if (document.kind !== "object") return 0;
  return Math.max(
    scanConfidence(document),
    kubernetesConfidence(document),
    operatorConfidence(document),
    resultConfidence(document),
    complianceConfidence(document),
  );
}

function scanConfidence(document: Outline): number {
  const results = outlineAt(document, "Results")?.elements ?? [];
  if (results.some((result) => resultConfidence(result) > 0)) return certain;
  if (typeof outlineAt(document, "SchemaVersion")?.value !== "number") return hasMembers(document, "ArtifactName", "ArtifactType") ? likely : 0;
  const isScan = hasMembers(document, "ArtifactName") || hasMembers(document, "ArtifactType") || document.members.has("Results");
  return isScan ? certain : 0;
}

function resultConfidence(result: Outline): number {
  if (!hasMembers(result, "Target")) return 0;
  const names = ["Vulnerabilities", "Misconfigurations", "MisconfSummary", "Secrets", "Licenses", "Packages"];
  if (names.some((name) => result.members.has(name))) return likely;
  return result.members.has("Class") || result.members.has("Type") || result.members.size === 1 ? possible : 0;
}

function kubernetesConfidence(document: Outline): number {
  if (typeof outlineAt(document, "ClusterName")?.value !== "string") return 0;
  const names = ["Resources", "Findings", "Vulnerabilities", "Misconfigurations"];
  return names.some((name) => document.members.has(name)) ? likely : possible;
}

function operatorConfidence(document: Outline): number {
  if ([...document.members.keys()].some((name) => name.endsWith(`reports.${operatorGroup}`))) return certain;
  const api = outlineAt(document, "apiVersion")?.value;
  const kind = outlineAt(document, "kind")?.value;
  const isOperators = typeof kind === "string" && operatorKind.test(kind);
  if (isOperators && (api === undefined || (typeof api === "string" && api.startsWith(`${operatorGroup}/`)))) return certain;
  const items = outlineAt(document, "items")?.elements ?? [];
  return Math.max(0, ...items.map(operatorConfidence));
}

function complianceConfidence(document: Outline): number {
  if (hasMembers(document, "ID", "Title", "SummaryControls")) return likely;
  const controls = outlineAt(document, "Results")?.elements ?? [];
  return controls.some((control) => hasMembers(control, "ID", "Name", "Severity", "Results")) ? likely : 0;
}
