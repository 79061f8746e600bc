import type { Finding, SeverityCounts } from "@sentinal/contract";

/** Rows of the list: findings, and with grouping the targets and packages that they stand under. */
export type FindingRow =
  | { type: "target"; key: string; target: string; counts: SeverityCounts; isFolded: boolean }
  | { type: "package"; key: string; packageName: string; installedVersions: string[]; target: string | null; counts: SeverityCounts; isFolded: boolean }
  | { type: "finding"; key: string; finding: Finding; depth: 0 | 1 | 2 };

/** Target → package → finding. Groups stand in the order of their gravest finding, which the list gives by its own order. */
export function groupFindings(findings: readonly Finding[], folded: ReadonlySet<string>): FindingRow[] {
  const rows: FindingRow[] = [];
  for (const [target, ofTarget] of Map.groupBy(findings, (finding) => finding.target ?? "")) {
    const targetKey = `target ${target}`;
    const isTargetFolded = folded.has(targetKey);
    rows.push({
      type: "target",
      key: targetKey,
      target: target === "" ? "No target named" : target,
      counts: countSeverities(ofTarget),
      isFolded: isTargetFolded,
    });
    if (isTargetFolded) continue;
    for (const [packageName, ofPackage] of Map.groupBy(ofTarget, (finding) => finding.package_name ?? "")) {
      if (packageName === "") {
        for (const finding of ofPackage) rows.push({ type: "finding", key: `finding ${finding.id}`, finding, depth: 1 });
        continue;
      }
      const packageKey = `package ${target} ${packageName}`;
      const isPackageFolded = folded.has(packageKey);
      const installedVersions = [...new Set(ofPackage.map((finding) => finding.installed_version).filter((version) => version !== null))];
      rows.push({
        type: "package",
        key: packageKey,
        packageName,
        installedVersions,
        target: ofPackage[0]?.target ?? null,
        counts: countSeverities(ofPackage),
        isFolded: isPackageFolded,
      });
      if (!isPackageFolded) for (const finding of ofPackage) rows.push({ type: "finding", key: `finding ${finding.id}`, finding, depth: 2 });
    }
  }
  return rows;
}

export function flatFindings(findings: readonly Finding[]): FindingRow[] {
  return findings.map((finding) => ({ type: "finding", key: `finding ${finding.id}`, finding, depth: 0 }));
}

/** Index of the next finding from a row, in steps of 1 (down) or -1 (up); null when there is none. */
export function nextFinding(rows: readonly Pick<FindingRow, "type">[], from: number | null, step: 1 | -1): number | null {
  let index = from === null ? (step === 1 ? 0 : rows.length - 1) : from + step;
  for (; index >= 0 && index < rows.length; index += step) if (rows[index]?.type === "finding") return index;
  return null;
}

function countSeverities(findings: readonly Finding[]): SeverityCounts {
  const counts: SeverityCounts = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0, total: findings.length };
  for (const finding of findings) counts[finding.severity]++;
  return counts;
}
