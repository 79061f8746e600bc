import type { FindingDetail } from "@sentinal/contract";
import { Link } from "@tanstack/react-router";
import { OutsideLink } from "../../components/outside-link.tsx";
import { Part } from "../../components/part.tsx";
import { SeverityBadge } from "../../components/severity.tsx";
import { StatusMark } from "../../components/status.tsx";
import { kindWords, scanTypeWords, stateWords } from "../../scan-words.ts";
import { findingStateKind } from "../../status.ts";
import { CodeExcerpt } from "./code-excerpt.tsx";
import { type DetailView, readDetail } from "./finding-detail.ts";
import { FindingHistory } from "./finding-history.tsx";
import { placeOf, Versions } from "./finding-lines.tsx";
import { FindingTriage } from "./finding-triage.tsx";
import { DataFlows, OtherPlaces } from "./place-list.tsx";
import { RequestList } from "./request-list.tsx";
import { RuleHelp } from "./rule-help.tsx";
import { hotspotType } from "./scan-views.ts";

/** Everything that is known of a finding. All of it is text from a report: shown as text, never as a page. `isPage`: by itself, not beside a list. */
export function FindingView({ finding, isPage = false }: { finding: FindingDetail; isPage?: boolean }) {
  const detail = readDetail(finding);
  const hasCode = detail.codeLines.length > 0;
  const isOnCode = hasCode && finding.message.length <= 400 && detail.codeLines.some((line) => line.isCause);
  return (
    <div className="flex flex-col gap-5 p-4">
      <FindingHead finding={finding} isMessageShown={!isOnCode} />
      <FindingTriage finding={finding} suppressions={detail.suppressions} hasKey={isPage} />
      {hasCode && <CodeExcerpt lines={detail.codeLines} place={placeOf(finding)} message={isOnCode ? finding.message : null} />}
      {!hasCode && detail.match !== null && (
        <pre className="overflow-x-auto rounded-md border border-line bg-canvas p-3 break-all whitespace-pre-wrap">{detail.match}</pre>
      )}
      <Severities detail={detail} isHotspot={finding.traits?.type === hotspotType} />
      {detail.resolution !== null && (
        <Part name="What to do">
          <p className="break-words whitespace-pre-line">{detail.resolution}</p>
        </Part>
      )}
      {detail.requests !== null && <RequestList requests={detail.requests} />}
      <DataFlows flows={detail.flows} />
      <OtherPlaces {...detail.otherPlaces} />
      {detail.description !== null && detail.description !== finding.message && detail.rule.text?.startsWith(detail.description) !== true && (
        <Part name="Description">
          <p className="break-words whitespace-pre-line text-ink-soft">{detail.description}</p>
        </Part>
      )}
      {detail.otherInfo !== null && (
        <Part name="Besides">
          <p className="break-words whitespace-pre-line text-ink-soft">{detail.otherInfo}</p>
        </Part>
      )}
      <RuleHelp rule={detail.rule} said={[finding.title, finding.message]} />
      {detail.isTruncated && <p className="text-xs text-ink-faint">The tool said more than the hub keeps; the rest was cut.</p>}
      <FindingHistory finding={finding} />
      <Scores detail={detail} finding={finding} />
      <Facts detail={detail} />
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

function FindingHead({ finding, isMessageShown }: { finding: FindingDetail; isMessageShown: boolean }) {
  // Where the title is the message's first line, only the rest is told again.
  const [firstLine = "", ...rest] = finding.message.split("\n");
  const message = (firstLine.trim() === finding.title ? rest.join("\n") : finding.message).trim();
  return (
    <div>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <SeverityBadge severity={finding.severity} />
        <span className="inline-flex items-center gap-1.5 text-xs font-medium">
          <StatusMark kind={findingStateKind(finding.state)} className="size-3.5" />
          {stateWords[finding.state]} on {finding.branch}
        </span>
        <span className="text-xs text-ink-faint">
          {kindWords[finding.kind].one} · {scanTypeWords[finding.scan_type]}
          {finding.severity_word !== null &&
            finding.severity_word !== "none" &&
            finding.severity_word.toLowerCase() !== finding.severity &&
            ` · the tool says ${finding.severity_word}`}
        </span>
      </p>
      <h3 className="mt-2 text-base font-semibold break-words">{finding.title}</h3>
      {isMessageShown && message !== "" && <p className="mt-1 break-words whitespace-pre-line text-ink-soft">{message}</p>}
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

function Scores({ detail, finding }: { detail: DetailView; finding: FindingDetail }) {
  if (detail.scores.length === 0) return null;
  return (
    <Part name="Scores">
      <ul className="flex flex-col gap-1 text-xs" aria-label={`Scores of ${finding.rule}`}>
        {detail.scores.map((score) => (
          <li key={score.source} className="grid grid-cols-[110px_64px_1fr] items-baseline gap-x-3">
            <span className="truncate text-ink-soft">{score.source}</span>
            <span>
              <span className="font-semibold">{score.score.toFixed(1)}</span> {score.version !== "" && <span className="text-ink-faint">v{score.version}</span>}
            </span>
            {score.vector !== null && <code className="text-2xs break-all text-ink-faint">{score.vector}</code>}
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** SonarQube's severities side by side: the one of the old system, and those for each quality. */
function Severities({ detail, isHotspot }: { detail: DetailView; isHotspot: boolean }) {
  if (detail.severities === null) return null;
  const { old, impacts } = detail.severities;
  return (
    <Part name="Severity in SonarQube">
      <div className="grid grid-cols-2 divide-x divide-line rounded-md border border-line text-xs [&>div]:px-3 [&>div]:py-2">
        <div>
          <p className="text-ink-faint">{isHotspot ? "Review priority" : "Standard experience"}</p>
          <p className="mt-0.5 font-medium">{old ?? "not told"}</p>
        </div>
        <div>
          <p className="text-ink-faint">By quality</p>
          {impacts.length === 0 && <p className="mt-0.5 text-ink-soft">not told</p>}
          {impacts.map((impact) => (
            <p key={impact.quality} className="mt-0.5">
              {impact.quality} <span className="font-medium">{impact.severity}</span>
            </p>
          ))}
        </div>
      </div>
    </Part>
  );
}

function Facts({ detail }: { detail: DetailView }) {
  if (detail.facts.length === 0 && detail.tags.length === 0) return null;
  return (
    <Part name="From the tool">
      <dl className="grid grid-cols-[110px_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs">
        {detail.facts.map((fact) => (
          <div key={fact.name + fact.value} className="contents">
            <dt className="text-ink-faint">{fact.name}</dt>
            <dd className="break-words text-ink-soft">{fact.value}</dd>
          </div>
        ))}
        {detail.tags.length > 0 && (
          <>
            <dt className="text-ink-faint">Tags</dt>
            <dd className="flex flex-wrap gap-1">
              {detail.tags.map((tag, index) => (
                <span key={`${tag} ${index}`} className="rounded-sm bg-sunken px-1.5 text-2xs break-all text-ink-soft">
                  {tag}
                </span>
              ))}
            </dd>
          </>
        )}
      </dl>
    </Part>
  );
}
