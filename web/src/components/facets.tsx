import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { FindingFilters, TestFilters } from "../searches.ts";
import { Icon } from "./icons.tsx";
import { classes } from "./ui/classes.ts";

export type FacetValue = { value: string; count: number };
type Patch = Partial<FindingFilters & TestFilters>;

const shownAtFirst = 8;

/** How many things stand at a value; 0 where it is not counted. */
export function countOf(entries: readonly FacetValue[] | undefined, value: string): number {
  return entries?.find((entry) => entry.value === value)?.count ?? 0;
}

/** The values that occur or are chosen, in the given order. */
export function knownValues<Value extends string>(
  values: readonly Value[],
  entries: readonly FacetValue[] | undefined,
  chosen: readonly Value[] | undefined,
): Value[] {
  return values.filter((value) => countOf(entries, value) > 0 || chosen?.includes(value) === true);
}

export function FacetGroup({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section aria-label={name}>
      <h3 className="mb-1 px-1.5 text-2xs font-medium text-ink-faint">{name}</h3>
      <ul>{children}</ul>
    </section>
  );
}

type FacetEntryProps = {
  isOn: boolean;
  count?: number;
  /** What a press changes in the address. */
  patch: Patch;
  title?: string;
  children: ReactNode;
};

/** One value of a filter: a link to the list with it switched. */
export function FacetEntry({ isOn, count, patch, title, children }: FacetEntryProps) {
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

type LongFacetProps = {
  name: string;
  entries: readonly FacetValue[] | undefined;
  chosen: readonly string[] | undefined;
  patchOf(value: string): Patch;
  /** Where there is no room for all of it, the end says more than the beginning. */
  isPath?: boolean;
};

/** Values that nobody knows beforehand; the first few, and the rest when asked for. */
export function LongFacet({ name, entries, chosen, patchOf, isPath = false }: LongFacetProps) {
  const [showsAll, setShowsAll] = useState(false);
  const missing = (chosen ?? []).filter((value) => entries?.some((entry) => entry.value === value) !== true).map((value) => ({ value, count: 0 }));
  const all = [...missing, ...(entries ?? [])];
  if (all.length === 0) return null;
  const shown = showsAll ? all : all.filter((entry, index) => index < shownAtFirst || chosen?.includes(entry.value) === true);
  return (
    <FacetGroup name={name}>
      {shown.map((entry) => (
        <FacetEntry key={entry.value} isOn={chosen?.includes(entry.value) === true} count={entry.count} patch={patchOf(entry.value)} title={entry.value}>
          {isPath ? (
            <span className="truncate text-left [direction:rtl]">
              <bdi>{entry.value}</bdi>
            </span>
          ) : (
            <span className="truncate">{entry.value}</span>
          )}
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
