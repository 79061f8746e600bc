import { FindingTraits } from "@sentinal/contract";
import { sql } from "kysely";
import { z } from "zod";

/**
 * What lists, filters and facets know of findings from what their tool said besides. Only those types of scans are asked
 * whose findings have it: a detail is not read for the many findings that have none of it.
 */
export const traitsColumn = sql`case when sc.scan_type in ('zap', 'sonarqube', 'lint') then jsonb_build_object(
  'confidence', f.detail->'confidence', 'instance_count', f.detail->'instance_count', 'type', f.detail->'type',
  'impacts', f.detail->'impacts', 'fixable', f.detail->'fixable') end`;

/** `high:medium`: how grave ZAP takes an alert for, and how sure it is. */
export const riskValue = sql`case when sc.scan_type = 'zap' then f.severity || ':' || coalesce(f.detail->>'confidence', 'unknown') end`;

/** SonarQube's type of an issue. A hotspot is one of them: a place that somebody should look at. */
export const toolTypeValue = sql`case when sc.scan_type = 'sonarqube' then coalesce(f.detail->>'type', 'UNKNOWN') end`;

/** Whether a newer version fixes it; of a linter's finding whether the linter itself can mend it. */
export const isFixable = sql`case when sc.scan_type = 'lint' then coalesce(f.detail->>'fixable', '') = 'true' else coalesce(f.fixed_version, '') <> '' end`;

const { shape } = FindingTraits;
/** What has another form than expected is left out. */
const Stored = z.object({
  confidence: shape.confidence.catch(undefined),
  instance_count: shape.instance_count.catch(undefined),
  type: shape.type.catch(undefined),
  impacts: shape.impacts.catch(undefined),
  fixable: shape.fixable.catch(undefined),
});

/** Null where nothing is known of it. */
export function traitsOf(stored: unknown): FindingTraits | null {
  const traits = Stored.safeParse(stored);
  if (!traits.success) return null;
  const known = Object.entries(traits.data).filter(([, value]) => value !== undefined);
  return known.length === 0 ? null : Object.fromEntries(known);
}
