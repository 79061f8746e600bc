import type { TestFacets } from "@sentinal/contract";
import { countOf, FacetEntry, FacetGroup, knownValues, LongFacet } from "../../components/facets.tsx";
import { StatusMark } from "../../components/status.tsx";
import { findingChanges, type TestFilters, testOutcomes } from "../../searches.ts";
import { toggled } from "../../url-state.ts";
import type { TestView } from "./filters.ts";
import { outcomeWords, resultKind, testChangeKinds, testChangeWords } from "./test-words.ts";

/** Filters with how many tests stand at each value. What the tab has decided already is no filter. */
export function TestFacetList({ facets, filters, view }: { facets: TestFacets | undefined; filters: TestFilters; view: TestView }) {
  const outcomes = knownValues(view.outcome ?? testOutcomes, facets?.outcome, filters.outcome);
  const changes = knownValues(findingChanges, facets?.change, filters.change);
  const flaky = countOf(facets?.flaky, "true");
  const outermost = filters.suite?.slice(0, 1);
  return (
    <div className="flex flex-col gap-4 text-xs">
      {outcomes.length > 0 && (
        <FacetGroup name="Result">
          {outcomes.map((value) => (
            <FacetEntry
              key={value}
              isOn={filters.outcome?.includes(value) === true}
              count={countOf(facets?.outcome, value)}
              patch={{ outcome: toggled(filters.outcome, value) }}
            >
              <span className="inline-flex items-center gap-1.5">
                <StatusMark kind={resultKind({ outcome: value, flaky: false })} className="size-3.5" />
                {outcomeWords[value]}
              </span>
            </FacetEntry>
          ))}
        </FacetGroup>
      )}
      {changes.length > 0 && (
        <FacetGroup name="Against the branch before">
          {changes.map((value) => (
            <FacetEntry
              key={value}
              isOn={filters.change?.includes(value) === true}
              count={countOf(facets?.change, value)}
              patch={{ change: toggled(filters.change, value) }}
            >
              <span className="inline-flex items-center gap-1.5">
                <StatusMark kind={testChangeKinds[value]} className="size-3.5" />
                {testChangeWords[value]}
              </span>
            </FacetEntry>
          ))}
        </FacetGroup>
      )}
      {view.isFlaky !== true && (flaky > 0 || filters.flaky === true) && (
        <FacetGroup name="Trust">
          <FacetEntry isOn={filters.flaky === true} count={flaky} patch={{ flaky: filters.flaky === true ? undefined : true }}>
            <span className="inline-flex items-center gap-1.5">
              <StatusMark kind="flaky" className="size-3.5" />
              Flaky
            </span>
          </FacetEntry>
        </FacetGroup>
      )}
      <LongFacet
        name="Suite"
        entries={facets?.suite}
        chosen={outermost}
        patchOf={(value) => ({ suite: outermost?.includes(value) === true ? undefined : [value] })}
      />
      <LongFacet name="File" entries={facets?.file} chosen={filters.file} patchOf={(value) => ({ file: toggled(filters.file, value) })} />
    </div>
  );
}
