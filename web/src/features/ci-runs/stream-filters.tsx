import type { RunStatus } from "@sentinal/contract";
import { Link, useNavigate } from "@tanstack/react-router";
import { Icon } from "../../components/icons.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { classes } from "../../components/ui/classes.ts";
import type { BoardSearch } from "../../searches.ts";

const choices: readonly { label: string; status: RunStatus[] | undefined }[] = [
  { label: "All", status: undefined },
  { label: "Failed", status: ["Failed"] },
  { label: "Under way", status: ["Queued", "Running"] },
  { label: "Success", status: ["Success"] },
];

/** What the stream of runs is narrowed to; all of it is in the address. */
export function StreamFilters({ search }: { search: BoardSearch }) {
  const navigate = useNavigate({ from: "/" });
  const current = JSON.stringify(search.status);
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-4 py-1" data-print="no">
      <h2 id="runs-name" className="part-name mr-2">
        Runs
      </h2>
      <div role="group" aria-label="Status" className="flex gap-0.5">
        {choices.map((choice) => {
          const isCurrent = current === JSON.stringify(choice.status);
          return (
            <Link
              key={choice.label}
              to="/"
              search={(previous) => ({ ...previous, status: choice.status })}
              resetScroll={false}
              aria-current={isCurrent ? "true" : undefined}
              className={classes(
                "flex h-7 items-center rounded-md px-2 text-xs font-medium",
                isCurrent ? "bg-selected text-accent" : "text-ink-soft hover:bg-sunken",
              )}
            >
              {choice.label}
            </Link>
          );
        })}
      </div>
      {search.workflow !== undefined && <Chip label="Workflow" value={search.workflow} without={{ workflow: undefined }} />}
      {search.branch !== undefined && <Chip label="Branch" value={search.branch} without={{ branch: undefined }} />}
      <SearchField
        label="Search runs"
        placeholder="Commit, branch, message…"
        value={search.q ?? ""}
        onChange={(text) => void navigate({ search: (previous) => ({ ...previous, q: text === "" ? undefined : text }), replace: true, resetScroll: false })}
        className="ml-auto w-full sm:w-[240px]"
      />
    </div>
  );
}

function Chip({ label, value, without }: { label: string; value: string; without: Partial<BoardSearch> }) {
  return (
    <Link
      to="/"
      search={(previous) => ({ ...previous, ...without })}
      resetScroll={false}
      aria-label={`${label} ${value}: take this filter away`}
      className="flex h-6 max-w-[220px] items-center gap-1 rounded-md border border-line bg-surface px-1.5 text-xs hover:bg-sunken"
    >
      <span className="text-ink-faint">{label}</span>
      <span className="truncate font-medium">{value}</span>
      <Icon name="close" className="size-3 text-ink-faint" />
    </Link>
  );
}
