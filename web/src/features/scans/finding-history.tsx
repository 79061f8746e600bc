import type { FindingDetail, FindingEvent } from "@sentinal/contract";
import { Link } from "@tanstack/react-router";
import { Icon } from "../../components/icons.tsx";
import { Part } from "../../components/part.tsx";
import { StatusMark } from "../../components/status.tsx";
import { AbsoluteTime, Time } from "../../components/time.tsx";
import { reasonWords, stateWords } from "../../scan-words.ts";
import { findingStateKind, type StatusKind } from "../../status.ts";
import { shortCommit } from "../ci-runs/github-links.ts";

const events: Readonly<Record<FindingEvent["event"], { kind: StatusKind; word: string }>> = {
  appeared: { kind: "failure", word: "Appeared" },
  fixed: { kind: "success", word: "Fixed" },
  reopened: { kind: "action_needed", word: "Reopened" },
  dismissed: { kind: "cancelled", word: "Dismissed" },
};

/** Where and when it was first seen, how it stands on each branch, and what became of it. */
export function FindingHistory({ finding }: { finding: FindingDetail }) {
  const commit = finding.branches.find((one) => one.branch === finding.branch)?.first_seen_commit ?? null;
  return (
    <Part name="History">
      <p>
        First seen on {finding.branch} <AbsoluteTime at={finding.first_seen_at} />
        {finding.first_seen_run_id !== null && (
          <>
            {" "}
            in{" "}
            <Link to="/runs/$runId" params={{ runId: String(finding.first_seen_run_id) }} className="link">
              run {finding.first_seen_run_id}
              {commit !== null && `, ${shortCommit(commit)}`}
            </Link>
          </>
        )}
        .
      </p>
      {finding.branches.length > 1 && <Branches finding={finding} />}
      {finding.timeline.length > 0 && (
        <ol className="mt-3 flex flex-col gap-1.5 text-xs" aria-label="Timeline">
          {finding.timeline.map((event, index) => (
            <li key={index}>
              <Event event={event} showsBranch={finding.branches.length > 1} />
            </li>
          ))}
        </ol>
      )}
    </Part>
  );
}

function Branches({ finding }: { finding: FindingDetail }) {
  return (
    <ul className="mt-2 flex flex-col gap-1 text-xs" aria-label="Branches">
      {finding.branches.map((one) => (
        <li key={one.branch} className="flex items-center gap-2">
          <StatusMark kind={findingStateKind(one.state)} className="size-3.5" />
          <span className="w-[70px] shrink-0 font-medium">{stateWords[one.state]}</span>
          <Link
            to="/findings/$findingId"
            params={{ findingId: String(finding.id) }}
            search={{ branch: one.branch }}
            className="inline-flex min-w-0 items-center gap-1 text-ink-soft hover:underline aria-[current=page]:font-medium aria-[current=page]:text-ink"
          >
            <Icon name="branch" className="size-3" />
            <span className="truncate">{one.branch}</span>
          </Link>
          <Time at={one.first_seen_at} prefix="since " className="ml-auto shrink-0 text-ink-faint" />
        </li>
      ))}
    </ul>
  );
}

function Event({ event, showsBranch }: { event: FindingEvent; showsBranch: boolean }) {
  const look = events[event.event];
  const decision = [event.reason === null ? null : reasonWords[event.reason], event.username === null ? null : `by ${event.username}`].filter(
    (word) => word !== null,
  );
  return (
    <>
      <span className="flex items-center gap-2">
        <StatusMark kind={look.kind} className="size-3.5" />
        <span className="w-[70px] shrink-0 font-medium whitespace-nowrap">{look.word}</span>
        {decision.length > 0 && <span className="min-w-0 truncate text-ink-soft">{decision.join(" ")}</span>}
        {event.run_id !== null && (
          <Link to="/runs/$runId" params={{ runId: String(event.run_id) }} className="link shrink-0">
            {event.commit_hash === null ? `run ${event.run_id}` : <code className="text-2xs">{shortCommit(event.commit_hash)}</code>}
            <span className="sr-only">, run {event.run_id}</span>
          </Link>
        )}
        {showsBranch && (
          <span className="inline-flex min-w-0 items-center gap-1 text-ink-soft">
            <Icon name="branch" className="size-3" />
            <span className="truncate">{event.branch}</span>
          </span>
        )}
        <Time at={event.at} className="ml-auto shrink-0 text-ink-faint" />
      </span>
      {event.comment !== null && <span className="block pl-[22px] break-words whitespace-pre-line text-ink-soft">{event.comment}</span>}
    </>
  );
}
