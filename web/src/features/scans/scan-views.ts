import type { Facets, FindingKind, Run, ScanType } from "@sentinal/contract";
import { kindWords } from "../../scan-words.ts";
import { findingKinds, type FindingFilters, type FindingsView, type ScanSearch } from "../../searches.ts";

export const hotspotType = "SECURITY_HOTSPOT";

/** What a tab of a scan's page shows: the findings of a kind, one of the other views, or that there are no findings. */
export type ScanView = FindingKind | FindingsView | "none";
export type ScanTab = { view: ScanView; label: string; count: number | undefined };

type ScanOfViews = { scan_type: ScanType; imports: readonly unknown[] };

/**
 * The tabs of a scan's page, by what it holds. `facets`: of the whole scan, undefined while they are not counted; until
 * then the tab of what most scans of the type hold stands there alone.
 */
export function scanTabs(scan: ScanOfViews, facets: Facets | undefined, chosen: ScanView | undefined): ScanTab[] {
  const likely = scan.scan_type === "trivy" ? "vulnerability" : "issue";
  const hotspots = countOf(facets?.tool_type, hotspotType);
  const kinds = findingKinds.filter((kind) =>
    facets === undefined ? kind === (chosen ?? likely) : kind === chosen || ownCount(facets, kind, hotspots) > 0 || (kind === "issue" && hotspots > 0),
  );
  const tabs: ScanTab[] = kinds.map((kind) => ({
    view: kind,
    label: viewWords(kind, scan.scan_type),
    count: facets === undefined ? undefined : ownCount(facets, kind, hotspots),
  }));
  if (kinds.length === 0 && chosen !== "hotspots") tabs.push({ view: "none", label: "Findings", count: 0 });
  if (hotspots > 0 || chosen === "hotspots") tabs.push({ view: "hotspots", label: viewWords("hotspots", scan.scan_type), count: hotspots });
  if (countOf(facets?.kind, "vulnerability") > 0) tabs.push({ view: "upgrades", label: "Upgrades", count: undefined });
  if (scan.scan_type === "lint" && kinds.length > 0) {
    tabs.push({ view: "rules", label: "By rule", count: undefined }, { view: "files", label: "By file", count: undefined });
  }
  tabs.push({ view: "imports", label: "Imports", count: scan.imports.length });
  return tabs;
}

/** What the things under a tab are called. */
export function viewWords(view: FindingKind | "hotspots", scanType: ScanType): string {
  if (view === "hotspots") return "Hotspots";
  return scanType === "zap" && view === "issue" ? "Alerts" : kindWords[view].many;
}

/** The tab that is open: the one that the address names, else the first that holds something. */
export function openView(search: ScanSearch, tabs: readonly ScanTab[]): ScanView {
  const named = search.view ?? search.kind;
  if (named !== undefined) return named;
  // A scan of nothing but hotspots opens with them.
  return (tabs.find((tab) => tab.view !== "imports" && tab.count !== 0) ?? tabs[0])?.view ?? "none";
}

/** The address of a tab: another kind begins without filters, another view of the same findings keeps them. */
export function searchOfView(previous: ScanSearch, view: ScanView): ScanSearch {
  if (view === "none") return {};
  if (view === "hotspots") return { view, show: previous.show };
  if (view === "imports") return { kind: previous.kind, view, show: previous.show };
  if (view === "upgrades" || view === "rules" || view === "files") return { ...previous, view };
  return { kind: view, show: previous.show };
}

/** Whether only what is new is shown: asked for, or by default for the run of a pull request. */
export function showsOnlyNew(search: ScanSearch, scanType: ScanType, run: Pick<Run, "pull_request">): boolean {
  if (!hasNewOnly(scanType)) return false;
  return search.show === undefined ? run.pull_request !== null : search.show === "new";
}

/** Types whose reports tell of a whole code base, in which a change's own findings drown. */
export function hasNewOnly(scanType: ScanType): boolean {
  return scanType === "lint" || scanType === "sonarqube";
}

/** The filters of the address with those of the open tab. `types`: SonarQube's types that the scan holds. */
export function filtersOf(search: ScanSearch, view: ScanView, isNewOnly: boolean, types: readonly string[]): FindingFilters {
  const { finding: _finding, on: _on, group: _group, view: _view, show: _show, ...filters } = search;
  const kind = findingKinds.find((one) => one === view) ?? (view === "hotspots" ? "issue" : search.kind);
  const issues = types.filter((type) => type !== hotspotType);
  const toolType = view === "hotspots" ? [hotspotType] : (search.tool_type ?? (issues.length < types.length ? issues : undefined));
  return {
    ...filters,
    kind,
    tool_type: toolType,
    change: search.change ?? (isNewOnly ? ["new", "reopened"] : undefined),
  };
}

function ownCount(facets: Facets, kind: FindingKind, hotspots: number): number {
  return countOf(facets.kind, kind) - (kind === "issue" ? hotspots : 0);
}

function countOf(entries: Facets["kind"] | undefined, value: string): number {
  return entries?.find((entry) => entry.value === value)?.count ?? 0;
}
