import type { Facets, FindingChange, FindingState, ScanType, Severity } from "@sentinal/contract";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { Icon } from "../../components/icons.tsx";
import { SeverityBadge } from "../../components/severity.tsx";
import { classes } from "../../components/ui/classes.ts";
import { changeWords, scanTypeWords } from "../../scan-words.ts";
import { findingChanges, type FindingFilters, scanTypes } from "../../searches.ts";
import { severityOrder } from "../../severity.ts";
import { toggled } from "../../url-state.ts";

const stateWords: Record<FindingState, string> = { open: "Open", fixed: "Fixed", dismissed: "Dismissed" };
const shownAtFirst = 8;

type FacetListProps = { facets: Facets | undefined; filters: FindingFilters; isOfScan: boolean };

/** Filters with how many findings stand at each value; each is a link to the list with it switched. */
export function FacetList({ facets, filters, isOfScan }: FacetListProps) {
  const countOf = (entries: Facets["severity"] | undefined, value: string) => entries?.find((entry) => entry.value === value)?.count ?? 0;
  const known = <Value extends string>(values: readonly Value[], entries: Facets["severity"] | undefined, chosen: readonly Value[] | undefined) =>
    values.filter((value) => countOf(entries, value) > 0 || chosen?.includes(value) === true);

  return (
    <div className="flex flex-col gap-4 text-xs">
      <FacetGroup name="Severity">
        {known<Severity>(severityOrder, facets?.severity, filters.severity).map((value) => (
          <FacetEntry
            key={value}
            isOn={filters.severity?.includes(value) === true}
            count={countOf(facets?.severity, value)}
            patch={{ severity: toggled(filters.severity, value) }}
          >
            <SeverityBadge severity={value} />
          </FacetEntry>
        ))}
      </FacetGroup>
      {isOfScan ? (
        <FacetGroup name="Change">
          {known<FindingChange>(findingChanges, facets?.change, filters.change).map((value) => (
            <FacetEntry
              key={value}
              isOn={filters.change?.includes(value) === true}
              count={countOf(facets?.change, value)}
              patch={{ change: toggled(filters.change, value) }}
            >
              {changeWords[value]}
            </FacetEntry>
          ))}
        </FacetGroup>
      ) : (
        <>
          <FacetGroup name="State">
            {(["open", "fixed", "dismissed"] as const).map((value) => (
              <FacetEntry
                key={value}
                isOn={(filters.state ?? ["open"]).includes(value)}
                count={countOf(facets?.state, value)}
                patch={{ state: toggled(filters.state ?? ["open"], value) }}
              >
                {stateWords[value]}
              </FacetEntry>
            ))}
          </FacetGroup>
          <FacetGroup name="Scan">
            {scanTypes.map((value: ScanType) => (
              <FacetEntry key={value} isOn={filters.scan_type?.includes(value) === true} patch={{ scan_type: toggled(filters.scan_type, value) }}>
                {scanTypeWords[value]}
              </FacetEntry>
            ))}
          </FacetGroup>
        </>
      )}
      {(countOf(facets?.fixable, "true") > 0 || filters.fixable !== undefined) && (
        <FacetGroup name="Fix">
          <FacetEntry
            isOn={filters.fixable === "true"}
            count={countOf(facets?.fixable, "true")}
            patch={{ fixable: filters.fixable === "true" ? undefined : "true" }}
          >
            Fixable
          </FacetEntry>
          <FacetEntry
            isOn={filters.fixable === "false"}
            count={countOf(facets?.fixable, "false")}
            patch={{ fixable: filters.fixable === "false" ? undefined : "false" }}
          >
            No fix yet
          </FacetEntry>
        </FacetGroup>
      )}
      <LongFacet name="Target" entries={facets?.target} chosen={filters.target} patchOf={(value) => ({ target: toggled(filters.target, value) })} />
      <LongFacet name="Package" entries={facets?.package_name} chosen={filters.package} patchOf={(value) => ({ package: toggled(filters.package, value) })} />
    </div>
  );
}

function LongFacet({
  name,
  entries,
  chosen,
  patchOf,
}: {
  name: string;
  entries: Facets["target"] | undefined;
  chosen: string[] | undefined;
  patchOf(value: string): Partial<FindingFilters>;
}) {
  const [showsAll, setShowsAll] = useState(false);
  const missing = (chosen ?? []).filter((value) => entries?.some((entry) => entry.value === value) !== true).map((value) => ({ value, count: 0 }));
  const all = [...missing, ...(entries ?? [])];
  if (all.length === 0) return null;
  const shown = showsAll ? all : all.filter((entry, index) => index < shownAtFirst || chosen?.includes(entry.value) === true);
  return (
    <FacetGroup name={name}>
      {shown.map((entry) => (
        <FacetEntry key={entry.value} isOn={chosen?.includes(entry.value) === true} count={entry.count} patch={patchOf(entry.value)} title={entry.value}>
          <span className="truncate">{entry.value}</span>
        </FacetEntry>
      ))}
      {all.length > shownAtFirst && (
        <li>
          <button type="button" className="h-6 px-1.5 text-ink-faint hover:text-ink" onClick={() => setShowsAll(!showsAll)}>
            {showsAll ? "Fewer" : `${all.length - shownAtFirst} more`}
          </button>
        </li>
      )}
    </FacetGroup>
  );
}

function FacetGroup({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section aria-label={name}>
      <h3 className="mb-1 px-1.5 text-2xs font-medium text-ink-faint">{name}</h3>
      <ul>{children}</ul>
    </section>
  );
}

function FacetEntry({
  isOn,
  count,
  patch,
  title,
  children,
}: {
  isOn: boolean;
  count?: number;
  patch: Partial<FindingFilters>;
  title?: string;
  children: ReactNode;
}) {
  return (
    <li>
      <Link
        to="."
        search={(previous) => ({ ...previous, ...patch })}
        resetScroll={false}
        aria-current={isOn ? "true" : undefined}
        title={title}
        className={classes("flex h-6 items-center gap-1.5 rounded-sm px-1.5", isOn ? "bg-selected font-medium text-accent" : "text-ink-soft hover:bg-sunken")}
      >
        <span
          className={classes(
            "flex size-3.5 shrink-0 items-center justify-center rounded-sm border",
            isOn ? "border-accent bg-accent text-on-accent" : "border-line-strong",
          )}
          aria-hidden="true"
        >
          {isOn && <Icon name="check" className="size-3" />}
        </span>
        <span className="flex min-w-0 flex-1">{children}</span>
        {count !== undefined && <span className="text-ink-faint">{count.toLocaleString("en")}</span>}
      </Link>
    </li>
  );
}
