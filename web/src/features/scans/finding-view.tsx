import type { FindingDetail } from "@sentinal/contract";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Icon } from "../../components/icons.tsx";
import { OutsideLink } from "../../components/outside-link.tsx";
import { SeverityBadge } from "../../components/severity.tsx";
import { StatusMark } from "../../components/status.tsx";
import { AbsoluteTime, Time } from "../../components/time.tsx";
import { classes } from "../../components/ui/classes.ts";
import { kindWords, scanTypeWords } from "../../scan-words.ts";
import type { StatusKind } from "../../status.ts";
import { shortCommit } from "../ci-runs/github-links.ts";
import { type CodeLine, type DetailView, readDetail } from "./finding-detail.ts";
import { placeOf, Versions } from "./finding-lines.tsx";

/** Everything that is known of a finding. All of it is text from a report: shown as text, never as a page. */
export function FindingView({ finding }: { finding: FindingDetail }) {
  const detail = readDetail(finding);
  return (
    <div className="flex flex-col gap-5 p-4">
      <FindingHead finding={finding} />
      {detail.codeLines.length > 0 && <CodeExcerpt lines={detail.codeLines} place={placeOf(finding)} />}
      {detail.codeLines.length === 0 && detail.match !== null && (
        <pre className="overflow-x-auto rounded-md border border-line bg-canvas p-3 whitespace-pre-wrap">{detail.match}</pre>
      )}
      {detail.resolution !== null && (
        <Part name="What to do">
          <p className="whitespace-pre-line">{detail.resolution}</p>
        </Part>
      )}
      {detail.description !== null && detail.description !== finding.message && (
        <Part name="Description">
          <p className="whitespace-pre-line text-ink-soft">{detail.description}</p>
          {detail.isTruncated && <p className="mt-1 text-xs text-ink-faint">The tool said more than the hub keeps; the rest was cut.</p>}
        </Part>
      )}
      <FirstSeen finding={finding} />
      <Scores detail={detail} finding={finding} />
      {detail.facts.length > 0 && (
        <Part name="From the tool">
          <dl className="grid grid-cols-[110px_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs">
            {detail.facts.map((fact) => (
              <div key={fact.name} className="contents">
                <dt className="text-ink-faint">{fact.name}</dt>
                <dd className="break-words text-ink-soft">{fact.value}</dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
      {(detail.references.length > 0 || finding.url !== null) && (
        <Part name="References">
          <ul className="flex flex-col gap-1 text-xs">
            {[...new Set([...(finding.url === null ? [] : [finding.url]), ...detail.references])].map((address) => (
              <li key={address} className="break-all">
                <OutsideLink address={address}>{address}</OutsideLink>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </div>
  );
}

function FindingHead({ finding }: { finding: FindingDetail }) {
  const stateKind: StatusKind = finding.state === "open" ? "failure" : finding.state === "fixed" ? "success" : "cancelled";
  const stateWord = finding.state === "open" ? "Open" : finding.state === "fixed" ? "Fixed" : "Dismissed";
  return (
    <div>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <SeverityBadge severity={finding.severity} />
        <span className="inline-flex items-center gap-1.5 text-xs font-medium">
          <StatusMark kind={stateKind} className="size-3.5" />
          {stateWord} on {finding.branch}
        </span>
        <span className="text-xs text-ink-faint">
          {kindWords[finding.kind].one} · {scanTypeWords[finding.scan_type]}
          {finding.severity_word !== null && finding.severity_word.toLowerCase() !== finding.severity && ` · the tool says ${finding.severity_word}`}
        </span>
      </p>
      <h3 className="mt-2 text-base font-semibold break-words">{finding.title}</h3>
      {finding.message !== finding.title && <p className="mt-1 break-words whitespace-pre-line text-ink-soft">{finding.message}</p>}
      <dl className="mt-3 grid grid-cols-[80px_minmax(0,1fr)] gap-x-3 gap-y-1 [&_dt]:text-ink-faint">
        {finding.package_name !== null && (
          <>
            <dt>Package</dt>
            <dd className="flex flex-wrap items-center gap-x-2">
              <span className="font-medium">{finding.package_name}</span>
              <Versions installed={finding.installed_version ?? ""} fixed={finding.fixed_version} />
              {(finding.fixed_version === null || finding.fixed_version === "") && finding.kind === "vulnerability" && (
                <span className="text-xs text-ink-faint">no fixed version yet</span>
              )}
            </dd>
          </>
        )}
        {finding.target !== null && (
          <>
            <dt>Target</dt>
            <dd className="break-words">{finding.target}</dd>
          </>
        )}
        {finding.path !== null && finding.path !== finding.target && (
          <>
            <dt>Place</dt>
            <dd className="break-all">
              <code>{placeOf(finding)}</code>
            </dd>
          </>
        )}
        <dt>Repository</dt>
        <dd>
          <Link to="/" search={{ repository: finding.repository }} className="link">
            {finding.repository}
          </Link>
        </dd>
      </dl>
    </div>
  );
}

const events: Record<"new" | "fixed" | "reopened", { kind: StatusKind; word: string }> = {
  new: { kind: "failure", word: "Appeared" },
  fixed: { kind: "success", word: "Fixed" },
  reopened: { kind: "action_needed", word: "Came back" },
};

/** Where and when it was first seen, and what became of it on each branch. */
function FirstSeen({ finding }: { finding: FindingDetail }) {
  const history = finding.history.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
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
            </Link>
          </>
        )}
        .
      </p>
      {history.length > 0 && (
        <ol className="mt-2 flex flex-col gap-1 text-xs">
          {history.map((event) => (
            <li key={`${event.run_id} ${event.event} ${event.branch}`} className="flex items-center gap-2">
              <StatusMark kind={events[event.event].kind} className="size-3.5" />
              <span className="w-[70px] shrink-0 font-medium whitespace-nowrap">{events[event.event].word}</span>
              <span className="inline-flex min-w-0 items-center gap-1 text-ink-soft">
                <Icon name="branch" className="size-3" />
                <span className="truncate">{event.branch}</span>
              </span>
              <Link to="/runs/$runId" params={{ runId: String(event.run_id) }} className="link shrink-0">
                <code className="text-2xs">{shortCommit(event.commit_hash)}</code>
                <span className="sr-only">, run {event.run_id}</span>
              </Link>
              <Time at={event.at} className="ml-auto shrink-0 text-ink-faint" />
            </li>
          ))}
        </ol>
      )}
    </Part>
  );
}

function Scores({ detail, finding }: { detail: DetailView; finding: FindingDetail }) {
  if (detail.scores.length === 0) return null;
  return (
    <Part name="Scores">
      <ul className="flex flex-col gap-1 text-xs" aria-label={`Scores of ${finding.rule}`}>
        {detail.scores.map((score) => (
          <li key={score.source} className="grid grid-cols-[72px_64px_1fr] items-baseline gap-x-3">
            <span className="truncate text-ink-soft">{score.source}</span>
            <span>
              <span className="font-semibold">{score.score.toFixed(1)}</span> <span className="text-ink-faint">v{score.version}</span>
            </span>
            {score.vector !== null && <code className="text-2xs break-all text-ink-faint">{score.vector}</code>}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function CodeExcerpt({ lines, place }: { lines: readonly CodeLine[]; place: string }) {
  return (
    <figure className="overflow-hidden rounded-md border border-line">
      {place !== "" && (
        <figcaption className="border-b border-line bg-canvas px-3 py-1 text-xs text-ink-soft">
          <code>{place}</code>
        </figcaption>
      )}
      <pre className="overflow-x-auto py-1 leading-[18px]" tabIndex={0} aria-label="Code">
        {lines.map((line, index) => (
          <div key={line.number ?? index} className={classes("flex min-w-max pr-3", line.isCause && "bg-bad-soft")}>
            <span
              className={classes(
                "w-12 shrink-0 border-l-2 pr-3 text-right text-ink-faint select-none",
                line.isCause ? "border-bad-mark" : "border-transparent",
              )}
            >
              {line.number ?? ""}
            </span>
            <code>{line.content === "" ? " " : line.content}</code>
          </div>
        ))}
      </pre>
    </figure>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section aria-label={name}>
      <h4 className="part-name mb-1.5">{name}</h4>
      {children}
    </section>
  );
}
