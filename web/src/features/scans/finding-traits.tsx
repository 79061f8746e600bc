import type { Finding } from "@sentinal/contract";
import { Icon } from "../../components/icons.tsx";
import { impactWords, plainWords } from "./tool-words.ts";

/** What the tool of a finding says of it besides, in its row: confidence and requests, severities of old and new, whether it can be fixed. */
export function FindingTraits({ finding }: { finding: Finding }) {
  const { traits } = finding;
  if (traits === null) return null;
  if (finding.scan_type === "zap") {
    return (
      <span role="cell" className="inline-flex shrink-0 items-center justify-end gap-3 text-xs text-ink-faint @[700px]:w-[170px]">
        {traits.confidence !== undefined && (
          <span className="hidden @[700px]:inline">
            <span className="sr-only">confidence </span>
            {plainWords(traits.confidence)} <span aria-hidden="true">conf.</span>
          </span>
        )}
        {traits.instance_count !== undefined && (
          <span className="text-ink-soft @[700px]:w-[64px] @[700px]:text-right">
            {traits.instance_count.toLocaleString("en")} <span className="text-ink-faint">{traits.instance_count === 1 ? "place" : "places"}</span>
          </span>
        )}
      </span>
    );
  }
  if (finding.scan_type === "sonarqube") {
    const impacts = impactWords(traits.impacts ?? []);
    const word = finding.severity_word === null || finding.severity_word === "none" ? null : plainWords(finding.severity_word);
    if (word === null && impacts.length === 0) return null;
    return (
      <span role="cell" className="hidden max-w-[260px] shrink-0 items-center gap-2 text-xs text-ink-soft @[820px]:inline-flex" title={impacts.join(", ")}>
        {word !== null && <span>{word}</span>}
        {word !== null && impacts.length > 0 && <span className="h-3 border-l border-line" aria-hidden="true" />}
        {impacts.length > 0 && <span className="truncate text-ink-faint">{impacts.join(", ")}</span>}
      </span>
    );
  }
  if (traits.fixable !== true) return null;
  return (
    <span role="cell" className="inline-flex shrink-0 items-center gap-1 text-xs text-good" title="The linter can fix it itself">
      <Icon name="check" className="size-3" />
      <span className="@max-[560px]:sr-only">fixable</span>
    </span>
  );
}
