import type { FindingFilters } from "@sentinal/contract";

/** What a list of findings may be narrowed by; several values of one filter mean any of them. */
export type FindingFilter = {
  /** These alone. */
  ids?: readonly number[] | undefined;
  scanId?: number | undefined;
  repository?: string | undefined;
  branch?: string | undefined;
  scanType?: readonly string[] | undefined;
  tool?: readonly string[] | undefined;
  state?: readonly string[] | undefined;
  change?: readonly string[] | undefined;
  severity?: readonly string[] | undefined;
  kind?: readonly string[] | undefined;
  rule?: readonly string[] | undefined;
  target?: readonly string[] | undefined;
  /** Those that end in `/` are folders. */
  path?: readonly string[] | undefined;
  packageName?: readonly string[] | undefined;
  fixable?: boolean | undefined;
  risk?: readonly string[] | undefined;
  toolType?: readonly string[] | undefined;
  text?: string | undefined;
};

/** The filters as they came. */
export function filterOf(query: FindingFilters): FindingFilter {
  return {
    scanId: query.scan_id,
    repository: query.repository,
    branch: query.branch,
    scanType: listOf(query.scan_type),
    tool: listOf(query.tool),
    state: listOf(query.state),
    change: listOf(query.change),
    severity: listOf(query.severity),
    kind: listOf(query.kind),
    rule: listOf(query.rule),
    target: listOf(query.target),
    path: listOf(query.path),
    packageName: listOf(query.package_name),
    fixable: query.fixable === undefined ? undefined : query.fixable === "true",
    risk: listOf(query.risk),
    toolType: listOf(query.tool_type),
    text: query.q === "" ? undefined : query.q,
  };
}

/** A filter without a value filters nothing. */
function listOf(value: string | readonly string[] | undefined): readonly string[] | undefined {
  const list = typeof value === "string" ? [value] : value;
  return list === undefined || list.length === 0 ? undefined : list;
}
