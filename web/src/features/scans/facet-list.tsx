import type { Facets, FindingChange, ScanType, Severity, ShownFindingState } from "@sentinal/contract";
import { countOf, FacetEntry, FacetGroup, knownValues, LongFacet } from "../../components/facets.tsx";
import { SeverityBadge } from "../../components/severity.tsx";
import { changeWords, scanTypeWords, stateWords } from "../../scan-words.ts";
import { findingChanges, type FindingFilters, findingStates, scanTypes } from "../../searches.ts";
import { severityOrder } from "../../severity.ts";
import { toggled } from "../../url-state.ts";
import { hotspotType } from "./scan-views.ts";
import { toolTypeWords } from "./tool-words.ts";

type FacetListProps = {
  facets: Facets | undefined;
  /** Those that hold, with what the open tab asks for. */
  filters: FindingFilters;
  /** Those that the address names. */
  chosen: FindingFilters;
  isOfScan: boolean;
};

/** Filters with how many findings stand at each value; each is a link to the list with it switched. */
export function FacetList({ facets, filters, chosen, isOfScan }: FacetListProps) {
  const states = filters.state ?? (isOfScan ? undefined : ["open"]);
  const shownStates = isOfScan ? knownValues<ShownFindingState>(findingStates, facets?.state, filters.state) : findingStates;
  const isOfHotspots = isOfScan && filters.tool_type?.includes(hotspotType) === true;
  const types = isOfHotspots ? [] : (facets?.tool_type ?? []).filter((entry) => !isOfScan || entry.value !== hotspotType);
  const isOfPackages = (facets?.package_name.length ?? 0) > 0 || filters.package !== undefined;
  // ZAP's rules are numbers; its alerts are known by their titles.
  const isOfSites = (facets?.risk.length ?? 0) > 0 && isOfScan;
  return (
    <div className="flex flex-col gap-4 text-xs">
      <FacetGroup name="Severity">
        {knownValues<Severity>(severityOrder, facets?.severity, filters.severity).map((value) => (
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
      {isOfScan && (
        <FacetGroup name="Change">
          {knownValues<FindingChange>(findingChanges, facets?.change, filters.change).map((value) => (
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
      )}
      {(!isOfScan || shownStates.length > 1 || filters.state !== undefined) && (
        <FacetGroup name={isOfScan ? "State now" : "State"}>
          {shownStates.map((value) => (
            <FacetEntry
              key={value}
              isOn={states?.includes(value) === true}
              count={countOf(facets?.state, value)}
              patch={{ state: toggled(filters.state ?? (isOfScan ? undefined : ["open"]), value) }}
            >
              {stateWords[value]}
            </FacetEntry>
          ))}
        </FacetGroup>
      )}
      {!isOfScan && (
        <FacetGroup name="Scan">
          {knownValues<ScanType>(scanTypes, facets?.scan_type, filters.scan_type).map((value) => (
            <FacetEntry
              key={value}
              isOn={filters.scan_type?.includes(value) === true}
              count={countOf(facets?.scan_type, value)}
              patch={{ scan_type: toggled(filters.scan_type, value) }}
            >
              {scanTypeWords[value]}
            </FacetEntry>
          ))}
        </FacetGroup>
      )}
      {(types.length > 1 || (chosen.tool_type !== undefined && !isOfHotspots)) && (
        <FacetGroup name="Type">
          {types.map((entry) => (
            <FacetEntry
              key={entry.value}
              isOn={chosen.tool_type?.includes(entry.value) === true}
              count={entry.count}
              patch={{ tool_type: toggled(chosen.tool_type, entry.value) }}
            >
              {toolTypeWords(entry.value)}
            </FacetEntry>
          ))}
        </FacetGroup>
      )}
      {(countOf(facets?.fixable, "true") > 0 || filters.fixable !== undefined) && (
        <FacetGroup name="Fix">
          <FacetEntry
            isOn={filters.fixable === "true"}
            count={countOf(facets?.fixable, "true")}
            patch={{ fixable: filters.fixable === "true" ? undefined : "true" }}
          >
            {isOfPackages ? "Fixable" : "By the linter"}
          </FacetEntry>
          <FacetEntry
            isOn={filters.fixable === "false"}
            count={countOf(facets?.fixable, "false")}
            patch={{ fixable: filters.fixable === "false" ? undefined : "false" }}
          >
            {isOfPackages ? "No fix yet" : "By hand"}
          </FacetEntry>
        </FacetGroup>
      )}
      {tells(facets?.target, filters.target) && (
        <LongFacet
          name={isOfSites ? "Site" : "Target"}
          entries={facets?.target}
          chosen={filters.target}
          patchOf={(value) => ({ target: toggled(filters.target, value) })}
        />
      )}
      {isOfPackages && (
        <LongFacet name="Package" entries={facets?.package_name} chosen={filters.package} patchOf={(value) => ({ package: toggled(filters.package, value) })} />
      )}
      {!isOfPackages && !isOfSites && tells(facets?.rule, filters.rule) && (
        <LongFacet name="Rule" entries={facets?.rule} chosen={filters.rule} patchOf={(value) => ({ rule: toggled(filters.rule, value) })} />
      )}
      {!isOfPackages && tells(facets?.path, filters.path) && (
        <LongFacet name="File" entries={facets?.path} chosen={filters.path} patchOf={(value) => ({ path: toggled(filters.path, value) })} isPath />
      )}
    </div>
  );
}

/** A single value that all findings have narrows nothing. */
function tells(entries: Facets["target"] | undefined, chosen: readonly string[] | undefined): boolean {
  return chosen !== undefined || (entries?.length ?? 0) > 1;
}
