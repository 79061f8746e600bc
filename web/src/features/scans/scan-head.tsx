import type { ScanDetail } from "@sentinal/contract";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { CopyMark } from "../../components/copy-button.tsx";
import { OutsideLink } from "../../components/outside-link.tsx";
import { CountFigures } from "../../components/severity.tsx";
import { Status } from "../../components/status.tsx";
import { Time } from "../../components/time.tsx";
import { Select } from "../../components/ui/field.tsx";
import { scanName } from "../../scan-words.ts";
import { scanStatusKind } from "../../status.ts";
import { ChangeFigures, verdictGrounds } from "../ci-runs/changes.tsx";
import { firstLine, githubLinks, shortCommit } from "../ci-runs/github-links.ts";
import { WarningList } from "../ci-runs/import-list.tsx";
import { runQuery } from "../ci-runs/queries.ts";
import { scanVerdict } from "../ci-runs/verdict.ts";
import { branchRunsQuery } from "./queries.ts";
import { importWords } from "./import-words.ts";
import { isGateAlone } from "./gate-words.ts";
import { scansOfBranches } from "./scans-of-branches.ts";
import { TrendChart } from "./trend-chart.tsx";

/** What was scanned, what it changed against the run before, and how it went over time. `verdict`: where the type has one of its own. */
export function ScanHead({ scan, progress, verdict }: { scan: ScanDetail; progress: number | null; verdict?: ReactNode }) {
  const { run } = scan;
  const links = githubLinks(run);
  const warnings = scan.imports.flatMap((one) => one.warnings);
  const received = importWords(scan.imports);
  return (
    <header className="grid gap-x-8 gap-y-4 border-b border-line p-4 lg:grid-cols-[minmax(0,1fr)_360px]">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-lg font-semibold">{scanName(scan)}</h1>
          {scan.status !== "completed" && (
            <Status
              kind={scanStatusKind(scan.status)}
              word={progress === null ? unfinishedWords(scan.status) : `Being read: ${progress.toLocaleString("en")} findings so far`}
            />
          )}
          {scan.partial && <Status kind="action_needed" word="Read in part: it fixes nothing" className="text-xs font-medium" />}
          {scan.status === "completed" && !isGateAlone(scan) && <CountFigures counts={scan.counts} />}
        </div>
        {scan.target !== null && <p className="mt-1 break-all text-ink-soft">{scan.target}</p>}
        <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-soft">
          <Link to="/" search={{ repository: run.repository }} className="link">
            {run.repository}
          </Link>
          <BranchSwitch scan={scan} />
          <span className="inline-flex items-center">
            <OutsideLink address={links.commit}>
              <code title={run.commit_hash}>{shortCommit(run.commit_hash)}</code>
            </OutsideLink>
            <CopyMark text={run.commit_hash} what="commit" />
          </span>
          <span className="max-w-[360px] truncate">{firstLine(run.commit_message)}</span>
        </div>
        <p className="mt-1 flex flex-wrap gap-x-3 text-xs text-ink-faint">
          <Link to="/runs/$runId" params={{ runId: String(run.id) }} className="link">
            Run {run.id}
          </Link>
          {links.run !== null && <OutsideLink address={links.run}>Run at GitHub</OutsideLink>}
          <Time at={scan.created_at} prefix="received " />
          <span>
            {scan.tool}
            {scan.tool_version !== null && ` ${scan.tool_version}`}
          </span>
          {received !== null && <span>{received}</span>}
        </p>
        {verdict ?? <ScanVerdict scan={scan} />}
        <WarningList warnings={warnings.slice(0, 8)} />
        {warnings.length > 8 && <p className="mt-1 pl-5 text-xs text-ink-faint">and {warnings.length - 8} more; the run’s imports have them all</p>}
      </div>
      <TrendChart scan={scan} />
    </header>
  );
}

function ScanVerdict({ scan }: { scan: ScanDetail }) {
  const run = useQuery(runQuery(scan.run_id));
  if (scan.status !== "completed") return null;
  const previousId = run.data?.previous_run_id ?? null;
  const verdict = isGateAlone(scan) ? gateAlone : scanVerdict(scan.changes, scan.trend.length <= 1);
  return (
    <section aria-label="Verdict" className={`mt-3 rounded-md px-3 py-2 ${verdictGrounds[verdict.tone]}`}>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{verdict.words}</span>
        {previousId !== null && (
          <span className="text-xs text-ink-soft">
            the run before is{" "}
            <Link to="/runs/$runId" params={{ runId: String(previousId) }} className="link">
              run {previousId}
            </Link>
          </span>
        )}
      </p>
      {scan.changes !== null && (
        <div className="mt-1">
          <ChangeFigures changes={scan.changes} />
        </div>
      )}
    </section>
  );
}

const gateAlone = { words: "The quality gate came without findings, so nothing can be compared", tone: "idle" } as const;

/** Goes to the newest scan of this kind on another branch. */
function BranchSwitch({ scan }: { scan: ScanDetail }) {
  const navigate = useNavigate();
  const runs = useQuery(branchRunsQuery(scan.run.repository));
  const others = scansOfBranches(runs.data ?? [], scan).filter((one) => one.branch !== scan.run.branch);
  return (
    <Select
      label="Branch"
      isLabelHidden
      className="max-w-[200px] [&_select]:h-6 [&_select]:border-line [&_select]:pl-2 [&_select]:text-xs [&_svg]:top-1"
      value={scan.run.branch}
      onChange={(event) => {
        const other = others.find((one) => one.branch === event.target.value);
        if (other !== undefined) void navigate({ to: "/scans/$scanId", params: { scanId: String(other.scanId) } });
      }}
    >
      <option value={scan.run.branch}>{scan.run.branch}</option>
      {others.map((one) => (
        <option key={one.branch} value={one.branch}>
          {one.branch}
        </option>
      ))}
    </Select>
  );
}

function unfinishedWords(status: ScanDetail["status"]): string {
  return status === "failed" ? "Could not be read" : status === "running" ? "Being read" : "Waiting to be read";
}
