import { Link, useNavigate } from "@tanstack/react-router";
import { Icon } from "../../components/icons.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { classes } from "../../components/ui/classes.ts";
import type { AuditSearch } from "../../searches.ts";
import { hasFilters, noFilters, things } from "./filters.ts";

const outcomes = [
  { label: "All", outcome: undefined },
  { label: "Done", outcome: "done" },
  { label: "Refused", outcome: "refused" },
] as const;
const small = "h-7 rounded-md border border-line bg-surface px-2 text-xs text-ink-soft hover:border-line-strong";

/** What the log is narrowed to; all of it is in the address. */
export function FilterBar({ search }: { search: AuditSearch }) {
  const navigate = useNavigate({ from: "/audit" });
  const change = (patch: AuditSearch) => void navigate({ search: (previous) => ({ ...previous, ...patch }), replace: true, resetScroll: false });
  const isListed = things.some((thing) => thing.action === search.action);
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 border-b border-line px-4 py-1.5" data-print="no">
      <div role="group" aria-label="Outcome" className="flex gap-0.5">
        {outcomes.map((choice) => {
          const isCurrent = search.outcome === choice.outcome;
          return (
            <Link
              key={choice.label}
              from="/audit"
              search={(previous) => ({ ...previous, outcome: choice.outcome })}
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
      <select aria-label="About" value={search.action ?? ""} onChange={(event) => change({ action: event.target.value || undefined })} className={small}>
        <option value="">About anything</option>
        {things.map((thing) => (
          <option key={thing.action} value={thing.action}>
            {thing.words}
          </option>
        ))}
        {search.action !== undefined && !isListed && <option value={search.action}>{search.action}</option>}
      </select>
      <label className="flex items-center gap-1 text-xs text-ink-faint">
        From
        <input
          type="date"
          value={search.from ?? ""}
          max={search.to}
          onChange={(event) => change({ from: event.target.value || undefined })}
          className={small}
        />
      </label>
      <label className="flex items-center gap-1 text-xs text-ink-faint">
        to
        <input type="date" value={search.to ?? ""} min={search.from} onChange={(event) => change({ to: event.target.value || undefined })} className={small} />
      </label>
      {search.actor_kind !== undefined && (
        <Chip label="By" value={[search.actor_kind.replaceAll("_", " "), search.actor_id].join(" ")} without={{ actor_kind: undefined, actor_id: undefined }} />
      )}
      {search.subject_kind !== undefined && (
        <Chip
          label="To"
          value={[search.subject_kind.replaceAll("_", " "), search.subject_id].join(" ")}
          without={{ subject_kind: undefined, subject_id: undefined }}
        />
      )}
      {search.address !== undefined && <Chip label="Address" value={search.address} without={{ address: undefined }} />}
      {hasFilters(search) && (
        <Link from="/audit" search={(previous) => ({ ...previous, ...noFilters })} resetScroll={false} className="px-1 text-xs text-accent hover:underline">
          Clear
        </Link>
      )}
      <SearchField
        label="Filter by action"
        placeholder="Action, e.g. api_token.revoked"
        value={search.action ?? ""}
        onChange={(text) => change({ action: text === "" ? undefined : text.slice(0, 100) })}
        className="ml-auto w-full sm:w-[244px]"
      />
    </div>
  );
}

function Chip({ label, value, without }: { label: string; value: string; without: AuditSearch }) {
  return (
    <Link
      from="/audit"
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
