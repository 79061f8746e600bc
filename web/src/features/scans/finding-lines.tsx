import type { Finding, FindingChange, Upgrade } from "@sentinal/contract";
import { Link } from "@tanstack/react-router";
import { Icon } from "../../components/icons.tsx";
import { SeverityBadge, SeverityFigures } from "../../components/severity.tsx";
import { StatusMark } from "../../components/status.tsx";
import { classes } from "../../components/ui/classes.ts";
import { changeWords, stateWords } from "../../scan-words.ts";
import { findingStateKind, type StatusKind } from "../../status.ts";
import type { FindingRow } from "./finding-rows.ts";
import { FindingTraits } from "./finding-traits.tsx";

const line = "flex h-full items-center gap-2 border-b border-line px-4";

function FoldButton({ isFolded, label, onFold }: { isFolded: boolean; label: string; onFold(): void }) {
  return (
    <button
      type="button"
      aria-expanded={!isFolded}
      aria-label={label}
      onClick={onFold}
      className="-ml-1.5 flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-faint after:absolute after:inset-0 hover:text-ink"
    >
      <Icon name={isFolded ? "right" : "down"} className="size-3.5" />
    </button>
  );
}

export function TargetLine({ row, onFold }: { row: Extract<FindingRow, { type: "target" }>; onFold(): void }) {
  return (
    <div role="cell" className={classes(line, "relative bg-canvas hover:bg-sunken")}>
      <FoldButton isFolded={row.isFolded} label={`Target ${row.target}`} onFold={onFold} />
      <span className="truncate font-semibold" title={row.target}>
        {row.target}
      </span>
      <span className="ml-auto shrink-0">
        <SeverityFigures counts={row.counts} />
      </span>
    </div>
  );
}

export function PackageLine({ row, upgrade, onFold }: { row: Extract<FindingRow, { type: "package" }>; upgrade: Upgrade | undefined; onFold(): void }) {
  return (
    <div role="cell" className={classes(line, "relative pl-7 hover:bg-sunken")}>
      <FoldButton isFolded={row.isFolded} label={`Package ${row.packageName}`} onFold={onFold} />
      <span className="truncate font-medium" title={row.packageName}>
        {row.packageName}
      </span>
      <Versions installed={row.installedVersions.join(", ")} fixed={upgrade?.fixed_version ?? null} />
      {upgrade !== undefined && (
        <span className="hidden shrink-0 text-xs text-good @[560px]:inline">
          fixes {upgrade.fixes === row.counts.total ? (upgrade.fixes === 1 ? "it" : `all ${upgrade.fixes}`) : `${upgrade.fixes} of ${row.counts.total}`}
        </span>
      )}
      <span className="ml-auto shrink-0">
        <SeverityFigures counts={row.counts} />
      </span>
    </div>
  );
}

const indents = { 0: "", 1: "pl-[30px]", 2: "pl-[46px]" } as const;

/** Rows that are chosen for a decision; a range goes from the row that was switched last. */
export type RowSelection = { isAny: boolean; has(id: number): boolean; toggle(id: number, isRange: boolean): void };

type FindingLineProps = {
  finding: Finding;
  depth: 0 | 1 | 2;
  isSelected: boolean;
  isOfScan: boolean;
  showsRepository: boolean;
  selection?: RowSelection;
};

/** One finding; a press anywhere on it opens it in the side panel. */
export function FindingLine({ finding, depth, isSelected, isOfScan, showsRepository, selection }: FindingLineProps) {
  const isChosen = selection?.has(finding.id) === true;
  const isSettled = finding.state === "dismissed";
  return (
    <div
      className={classes(
        line,
        indents[depth],
        "group relative flex-wrap content-center gap-y-0 @[560px]:flex-nowrap has-[a:focus-visible]:outline-2 has-[a:focus-visible]:-outline-offset-2 has-[a:focus-visible]:outline-accent",
        isChosen || isSelected ? "bg-selected" : "hover:bg-sunken",
        isSelected && "shadow-[inset_2px_0_0_var(--accent)]",
      )}
      data-finding={finding.id}
    >
      {selection !== undefined && <RowCheckbox finding={finding} selection={selection} />}
      <span role="cell" className="w-[60px] shrink-0">
        <SeverityBadge severity={finding.severity} />
      </span>
      <span
        role="cell"
        className={classes(
          "flex min-w-0 flex-1 items-center gap-2 @max-[560px]:order-last @max-[560px]:basis-full",
          selection !== undefined && "@max-[560px]:pl-7",
        )}
      >
        <Link
          to="."
          search={(previous) => ({ ...previous, finding: finding.id, on: isOfScan ? undefined : finding.branch })}
          resetScroll={false}
          className={classes("flex min-w-0 flex-1 items-center gap-2 outline-none after:absolute after:inset-0", isSettled && "text-ink-faint")}
          aria-current={isSelected ? "true" : undefined}
        >
          <code className={classes("max-w-[45%] shrink-0 truncate @[900px]:w-[132px]", !isSettled && "text-ink-soft")} title={finding.rule}>
            {finding.rule}
          </code>
          <span className="min-w-0 flex-1 truncate">{finding.title === finding.rule ? finding.message : finding.title}</span>
        </Link>
      </span>
      {depth < 2 && finding.package_name !== null && (
        <span role="cell" className="flex min-w-0 items-center gap-2 @max-[560px]:flex-1 @max-[560px]:basis-0 @[560px]:max-w-[40%]">
          <span className="truncate text-xs font-medium">{finding.package_name}</span>
          <Versions installed={finding.installed_version ?? ""} fixed={finding.fixed_version} />
        </span>
      )}
      {depth === 2 && finding.fixed_version !== null && finding.fixed_version !== "" && (
        <span role="cell" className="hidden max-w-[180px] shrink-0 truncate text-xs text-ink-faint @[700px]:inline" title={`fixed in ${finding.fixed_version}`}>
          fixed in <code className="text-2xs">{finding.fixed_version}</code>
        </span>
      )}
      {finding.path !== null && finding.package_name === null && (depth === 0 || placeOf(finding) !== finding.target) && (
        <span
          role="cell"
          className="flex min-w-0 text-xs text-ink-faint @max-[560px]:flex-1 @max-[560px]:basis-0 @[560px]:max-w-[28%] @[820px]:max-w-[36%]"
          title={placeOf(finding)}
        >
          <Place finding={finding} />
        </span>
      )}
      <FindingTraits finding={finding} />
      {showsRepository && (
        <span role="cell" className="hidden max-w-[150px] truncate text-xs text-ink-faint @[700px]:inline">
          {finding.repository}
        </span>
      )}
      <span role="cell" className="flex shrink-0 justify-end text-xs @max-[560px]:ml-auto @[560px]:w-[84px]">
        {finding.change === null || isSettled ? <StateMark state={finding.state} /> : <ChangeMark change={finding.change} />}
      </span>
    </div>
  );
}

/** Quiet until the row is pointed at, or rows are being chosen; always there for fingers and the keyboard. */
function RowCheckbox({ finding, selection }: { finding: Finding; selection: RowSelection }) {
  return (
    <span role="cell" className="relative z-[1] -ml-2 flex shrink-0">
      <input
        type="checkbox"
        aria-label={`Select ${finding.rule}`}
        checked={selection.has(finding.id)}
        onChange={(event) => selection.toggle(finding.id, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
        className={classes("m-1 size-3.5 accent-accent", !selection.isAny && "pointer-fine:opacity-0 group-hover:opacity-100 focus-visible:opacity-100")}
      />
    </span>
  );
}

/** The end of a path says more than its beginning, so the beginning gives way. */
function Place({ finding }: { finding: Pick<Finding, "path" | "line"> }) {
  const place = placeOf(finding);
  const cut = place.lastIndexOf("/") + 1;
  return (
    <>
      <span className="truncate">{place.slice(0, cut)}</span>
      <span className="max-w-full shrink-0 truncate">{place.slice(cut)}</span>
    </>
  );
}

export function Versions({ installed, fixed }: { installed: string; fixed: string | null }) {
  if (installed === "" && (fixed === null || fixed === "")) return null;
  return (
    <span className="inline-flex min-w-0 items-center gap-1 text-xs text-ink-soft">
      <code className="truncate text-2xs" title={installed}>
        {installed}
      </code>
      {fixed !== null && fixed !== "" ? (
        <>
          <span aria-label="fixed in" className="text-ink-faint">
            →
          </span>
          <code className="truncate text-2xs text-good" title={fixed}>
            {fixed}
          </code>
        </>
      ) : null}
    </span>
  );
}

const changeKinds: Record<FindingChange, StatusKind> = { new: "failure", reopened: "action_needed", fixed: "success", unchanged: "skipped" };

export function ChangeMark({ change }: { change: FindingChange }) {
  if (change === "unchanged") return <span className="sr-only">Unchanged</span>;
  return (
    <span className="inline-flex items-center gap-1 font-medium">
      <StatusMark kind={changeKinds[change]} className="size-3.5" />
      {changeWords[change]}
    </span>
  );
}

function StateMark({ state }: { state: Finding["state"] }) {
  if (state === "open") return <span className="sr-only">Open</span>;
  return (
    <span className="inline-flex items-center gap-1 font-medium text-ink-soft">
      <StatusMark kind={findingStateKind(state)} className="size-3.5" />
      {stateWords[state]}
    </span>
  );
}

/** Path and line, as editors write it. */
export function placeOf(finding: Pick<Finding, "path" | "line">): string {
  return `${finding.path ?? ""}${finding.line === null ? "" : `:${finding.line}`}`;
}
