import type { Finding, FindingChange, Upgrade } from "@sentinal/contract";
import { Link } from "@tanstack/react-router";
import { Icon } from "../../components/icons.tsx";
import { SeverityBadge, SeverityFigures } from "../../components/severity.tsx";
import { StatusMark } from "../../components/status.tsx";
import { classes } from "../../components/ui/classes.ts";
import { changeWords } from "../../scan-words.ts";
import type { StatusKind } from "../../status.ts";
import type { FindingRow } from "./finding-rows.ts";

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

/** One finding; a press anywhere on it opens it in the side panel. */
export function FindingLine({
  finding,
  depth,
  isSelected,
  isOfScan,
  showsRepository,
}: {
  finding: Finding;
  depth: 0 | 1 | 2;
  isSelected: boolean;
  isOfScan: boolean;
  showsRepository: boolean;
}) {
  return (
    <div
      className={classes(
        line,
        indents[depth],
        "relative flex-wrap content-center gap-y-0 hover:bg-sunken @[560px]:flex-nowrap has-[a:focus-visible]:outline-2 has-[a:focus-visible]:-outline-offset-2 has-[a:focus-visible]:outline-accent",
        isSelected && "bg-selected shadow-[inset_2px_0_0_var(--accent)] hover:bg-selected",
      )}
      data-finding={finding.id}
    >
      <span role="cell" className="w-[60px] shrink-0">
        <SeverityBadge severity={finding.severity} />
      </span>
      <span role="cell" className="flex min-w-0 flex-1 items-center gap-2 @max-[560px]:order-last @max-[560px]:basis-full">
        <Link
          to="."
          search={(previous) => ({ ...previous, finding: finding.id, on: isOfScan ? undefined : finding.branch })}
          resetScroll={false}
          className="flex min-w-0 flex-1 items-center gap-2 outline-none after:absolute after:inset-0"
          aria-current={isSelected ? "true" : undefined}
        >
          <code className="shrink-0 text-ink-soft @[900px]:w-[132px]">{finding.rule}</code>
          <span className="min-w-0 flex-1 truncate">{finding.title === finding.rule ? finding.message : finding.title}</span>
        </Link>
      </span>
      {depth < 2 && finding.package_name !== null && (
        <span role="cell" className="flex min-w-0 items-center gap-2 @[560px]:max-w-[40%]">
          <span className="truncate text-xs font-medium">{finding.package_name}</span>
          <Versions installed={finding.installed_version ?? ""} fixed={finding.fixed_version} />
        </span>
      )}
      {depth === 2 && finding.fixed_version !== null && finding.fixed_version !== "" && (
        <span role="cell" className="hidden max-w-[180px] shrink-0 truncate text-xs text-ink-faint @[700px]:inline" title={`fixed in ${finding.fixed_version}`}>
          fixed in <code className="text-2xs">{finding.fixed_version}</code>
        </span>
      )}
      {finding.path !== null && finding.package_name === null && (
        <span role="cell" className="hidden max-w-[36%] truncate text-xs text-ink-faint @[560px]:inline" title={placeOf(finding)}>
          {placeOf(finding)}
        </span>
      )}
      {showsRepository && (
        <span role="cell" className="hidden max-w-[150px] truncate text-xs text-ink-faint @[700px]:inline">
          {finding.repository}
        </span>
      )}
      <span role="cell" className="flex shrink-0 justify-end text-xs @[560px]:w-[84px]">
        {finding.change === null ? <StateMark state={finding.state} /> : <ChangeMark change={finding.change} />}
      </span>
    </div>
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
    <span className="inline-flex items-center gap-1 font-medium">
      <StatusMark kind={state === "fixed" ? "success" : "cancelled"} className="size-3.5" />
      {state === "fixed" ? "Fixed" : "Dismissed"}
    </span>
  );
}

/** Path and line, as editors write it. */
export function placeOf(finding: Pick<Finding, "path" | "line">): string {
  return `${finding.path ?? ""}${finding.line === null ? "" : `:${finding.line}`}`;
}
