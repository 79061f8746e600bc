import type { Facets } from "@sentinal/contract";
import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Empty, SkeletonRows } from "../../components/empty.tsx";
import { Fault } from "../../components/fault.tsx";

/** As many values of a filter the hub counts. */
const mostCounted = 50;

const words = { rule: { one: "rule", many: "rules" }, path: { one: "file", many: "files" } } as const;

type ValueListProps = { by: "rule" | "path"; facets: UseQueryResult<Facets>; tools: ReactNode };

/** Rules or files with how much was found of each, most first; each leads to the list of it. */
export function ValueList({ by, facets, tools }: ValueListProps) {
  const entries = facets.data?.[by] ?? [];
  const fixable = facets.data?.fixable.find((entry) => entry.value === "true")?.count ?? 0;
  const most = Math.max(1, ...entries.map((entry) => entry.count));
  return (
    <div>
      <div className="flex min-h-9 flex-wrap items-center gap-x-3 border-b border-line px-4 py-1 text-xs text-ink-faint" data-print="no">
        <span role="status">{facets.data !== undefined && countWords(entries.length, by)}</span>
        {fixable > 0 && (
          <Link to="." search={(previous) => ({ ...previous, view: undefined, fixable: "true" as const })} resetScroll={false} className="link">
            {fixable.toLocaleString("en")} the linter can fix itself
          </Link>
        )}
        <span className="ml-auto">{tools}</span>
      </div>
      {facets.isPending && <SkeletonRows count={10} label={`Counting ${words[by].many}`} />}
      {facets.error !== null && (
        <div className="p-4">
          <Fault error={facets.error} what={`The ${words[by].many} could not be counted`} onRetry={() => void facets.refetch()} />
        </div>
      )}
      {facets.data !== undefined && entries.length === 0 && <Empty title={by === "rule" ? "No rule was broken" : "No file has findings"} />}
      <ul aria-label={by === "rule" ? "Rules" : "Files"}>
        {entries.map((entry) => (
          <li key={entry.value} className="border-b border-line">
            <Link
              to="."
              search={(previous) => ({ ...previous, view: undefined, [by]: [entry.value] })}
              resetScroll={false}
              className="grid h-[34px] grid-cols-[minmax(0,1fr)_64px] items-center gap-x-3 px-4 -outline-offset-2 hover:bg-sunken sm:grid-cols-[minmax(0,420px)_64px_minmax(0,1fr)]"
            >
              <code className="truncate" title={entry.value}>
                {entry.value}
              </code>
              <span className="text-right font-medium">{entry.count.toLocaleString("en")}</span>
              <span className="hidden h-2 rounded-sm bg-sunken sm:block" aria-hidden="true">
                <span className="block h-2 rounded-sm bg-idle-mark" style={{ width: `${Math.max(0.5, (entry.count / most) * 100)}%` }} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function countWords(count: number, by: "rule" | "path"): string {
  const { one, many } = words[by];
  if (count >= mostCounted) return `The ${mostCounted} ${many} with the most findings`;
  return `${count} ${count === 1 ? one : many}`;
}
