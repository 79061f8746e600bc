import type { RunDetail, ScanSummary } from "@sentinal/contract";
import { Link } from "@tanstack/react-router";
import { Empty } from "../../components/empty.tsx";
import { CountFigures } from "../../components/severity.tsx";
import { Status, StatusMark } from "../../components/status.tsx";
import { scanName } from "../../scan-words.ts";
import { countWords } from "../../severity.ts";
import { scanStatusKind } from "../../status.ts";
import { ChangeFigures } from "./changes.tsx";
import { hasResult } from "./scan-figures.ts";

/** The scans of a run, each a link to its page. `progress`: findings read so far, by scan or for the run. */
export function RunScans({ run, progress }: { run: RunDetail; progress: number | null }) {
  if (run.scans.length === 0) {
    return (
      <Empty title="No scan has come for this run">
        <p>What CI sends for commit and branch of this run will stand here.</p>
      </Empty>
    );
  }
  return (
    <ul aria-label="Scans" className="@container">
      {run.scans.map((scan) => (
        <ScanRow key={scan.id} scan={scan} progress={progress} showsAttempt={run.run_attempt > 1} />
      ))}
    </ul>
  );
}

function ScanRow({ scan, progress, showsAttempt }: { scan: ScanSummary; progress: number | null; showsAttempt: boolean }) {
  const kind = scanStatusKind(scan.status);
  return (
    <li className="border-b border-line">
      <Link
        to="/scans/$scanId"
        params={{ scanId: String(scan.id) }}
        className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 -outline-offset-2 hover:bg-sunken"
        aria-label={`${scanName(scan)}: ${countWords(scan.counts)}`}
      >
        <span className="flex min-w-[140px] flex-1 items-center gap-2 font-medium">
          <StatusMark kind={kind} label={scan.status} />
          {scanName(scan)}
          {showsAttempt && <span className="text-xs font-normal text-ink-faint">attempt {scan.run_attempt}</span>}
        </span>
        {hasResult(scan) ? (
          <CountFigures counts={scan.counts} />
        ) : (
          <Status
            kind={kind}
            word={
              scan.status === "running"
                ? progress === null
                  ? "Being read"
                  : `Being read: ${progress.toLocaleString("en")} findings so far`
                : scan.status === "failed"
                  ? "Failed without a result"
                  : "Waiting"
            }
            className="text-xs"
          />
        )}
        {scan.partial && <Status kind="action_needed" word="Read in part" className="text-xs" />}
        {scan.changes !== null && (
          <span className="w-full pl-6 @[720px]:w-auto @[720px]:pl-0">
            <ChangeFigures changes={scan.changes} />
          </span>
        )}
      </Link>
    </li>
  );
}
