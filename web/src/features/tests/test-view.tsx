import type { Run, TestDetail } from "@sentinal/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CopyMark } from "../../components/copy-button.tsx";
import { Icon } from "../../components/icons.tsx";
import { OutsideLink } from "../../components/outside-link.tsx";
import { Part } from "../../components/part.tsx";
import { StatusMark } from "../../components/status.tsx";
import { AbsoluteTime, Time } from "../../components/time.tsx";
import { githubFile, shortCommit } from "../ci-runs/github-links.ts";
import { runQuery } from "../ci-runs/queries.ts";
import { readTestDetail } from "./test-detail.ts";
import { TestHistory } from "./test-history.tsx";
import { filePlace, fullName, hasFailed, outcomeWords, resultKind, resultWord, suiteWords, testChangeKinds, testChangeWords, tookWords } from "./test-words.ts";
import { TraceView } from "./trace-view.tsx";

/** Everything that is known of a test. All of it is text from a report: shown as text, never as a page. */
export function TestView({ test, showsName }: { test: TestDetail; showsName: boolean }) {
  const run = useQuery(runQuery(test.run_id));
  const detail = readTestDetail(test.detail);
  return (
    <div className="flex flex-col gap-5 p-4">
      <TestHead test={test} run={run.data} showsName={showsName} />
      <Failure message={test.message} trace={test.trace} errorType={test.error_type} file={test.file} run={run.data} />
      {detail.furtherFailures.map((failure, index) => (
        <Part key={index} name={detail.furtherFailures.length === 1 ? "One more failure" : `Further failure ${index + 1}`}>
          <Failure {...failure} errorType={null} file={test.file} run={run.data} />
        </Part>
      ))}
      {test.attempts.length > 0 && <Attempts test={test} run={run.data} />}
      <TestHistory test={test} />
      {detail.outputs.map((output) => (
        <Part key={output.name} name={output.name}>
          <TraceView text={output.text} what={output.name} file={test.file} run={run.data} linesShown={10} />
        </Part>
      ))}
      {(detail.facts.length > 0 || detail.rest !== null || detail.isTruncated) && (
        <Part name="From the report">
          <dl className="grid grid-cols-[minmax(90px,auto)_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs">
            {detail.facts.map((fact, index) => (
              <div key={index} className="contents">
                <dt className="max-w-[180px] break-words text-ink-faint">{fact.name}</dt>
                <dd className="break-words whitespace-pre-wrap text-ink-soft">{fact.value}</dd>
              </div>
            ))}
          </dl>
          {detail.rest !== null && (
            <div className="mt-2">
              <TraceView text={detail.rest} what="Further fields" file={null} run={undefined} linesShown={6} />
            </div>
          )}
          {detail.isTruncated && <p className="mt-1 text-xs text-ink-faint">The report said more than the hub keeps; the rest was cut.</p>}
        </Part>
      )}
    </div>
  );
}

function TestHead({ test, run, showsName }: { test: TestDetail; run: Run | undefined; showsName: boolean }) {
  const place = filePlace(test);
  return (
    <div>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
        <span className="inline-flex items-center gap-1.5 font-medium">
          <StatusMark kind={resultKind(test)} />
          {resultWord(test)} on {test.branch}
        </span>
        {test.change !== null && (
          <span className="inline-flex items-center gap-1.5 font-medium">
            <StatusMark kind={testChangeKinds[test.change]} className="size-3.5" />
            {testChangeWords[test.change]}
          </span>
        )}
        {test.duration_ms !== null && <span className="text-ink-soft">took {tookWords(test.duration_ms)}</span>}
        {test.status_word.toLowerCase() !== test.outcome && <span className="text-ink-faint">the report says {test.status_word}</span>}
      </p>
      {showsName && (
        <h3 className="mt-2 flex items-start gap-1 text-base font-semibold">
          <span className="min-w-0 break-words whitespace-pre-wrap">{test.name}</span>
          <CopyMark text={test.name} what="name" className="-mt-0.5 shrink-0" />
        </h3>
      )}
      {test.failing_since !== null && hasFailed(test) && (
        <p className="mt-1">
          Failing since <AbsoluteTime at={test.failing_since.at} />, in{" "}
          <Link to="/runs/$runId" params={{ runId: String(test.failing_since.run_id) }} className="link">
            run {test.failing_since.run_id}
          </Link>
          .
        </p>
      )}
      {test.kind === "suite" && <p className="mt-1 text-ink-soft">It did not load: none of its tests ran, and nothing is known of them.</p>}
      <dl className="mt-3 grid grid-cols-[80px_minmax(0,1fr)] items-baseline gap-x-3 gap-y-1 [&_dt]:text-ink-faint">
        {test.suites.length > 0 && (
          <>
            <dt>{test.suites.length === 1 ? "Suite" : "Suites"}</dt>
            <dd className="flex min-w-0 items-baseline gap-1">
              <span className="min-w-0 break-words">{suiteWords(test.suites)}</span>
              <CopyMark text={fullName(test)} what="full name" className="-my-1 shrink-0 self-center" />
            </dd>
          </>
        )}
        {test.class_name !== null && (
          <>
            <dt>Class</dt>
            <dd className="break-all">
              <code>{test.class_name}</code>
            </dd>
          </>
        )}
        {place !== null && (
          <>
            <dt>File</dt>
            <dd className="flex min-w-0 items-baseline gap-1">
              <OutsideLink address={run === undefined || test.file === null ? null : githubFile(run, test.file, test.line)} className="link min-w-0 break-all">
                <code className="break-all">{place}</code>
              </OutsideLink>
              <CopyMark text={place} what="file" className="-my-1 shrink-0 self-center" />
            </dd>
          </>
        )}
        <dt>Repository</dt>
        <dd>
          <Link to="/tests" search={{ repository: test.repository, branch: test.branch, q: test.name.slice(0, 200) }} className="link break-words">
            {test.repository}
          </Link>
        </dd>
        <dt>Seen in</dt>
        <dd className="flex flex-wrap items-baseline gap-x-2">
          <Link
            to="/scans/$scanId"
            params={{ scanId: String(test.scan_id) }}
            search={{ tab: hasFailed(test) ? "failed" : "all", test: test.id }}
            className="link"
          >
            Scan {test.scan_id}
          </Link>
          <Link to="/runs/$runId" params={{ runId: String(test.run_id) }} className="link">
            run {test.run_id}
          </Link>
          {run !== undefined && (
            <>
              <code title={run.commit_hash}>{shortCommit(run.commit_hash)}</code>
              <Time at={run.started_at ?? run.created_at} className="text-xs text-ink-faint" />
            </>
          )}
        </dd>
      </dl>
    </div>
  );
}

type FailureProps = { message: string | null; trace: string | null; errorType: string | null; file: string | null; run: Run | undefined };

/** Message and trace; a trace that begins with the message says it once. */
function Failure({ message, trace, errorType, file, run }: FailureProps) {
  if (message === null && trace === null) return null;
  const isTypeSaid = errorType === null || [message, trace].some((text) => text?.trimStart().startsWith(errorType) === true);
  const isRepeated = message !== null && trace !== null && trace.trimStart().includes(message.trim()) && trace.indexOf(message.trim()) < 200;
  return (
    <div className="flex flex-col gap-2">
      {!isTypeSaid && <code className="break-all text-bad">{errorType}</code>}
      {message !== null && !isRepeated && <TraceView text={message} what="Message" file={file} run={run} />}
      {trace !== null && <TraceView text={trace} what="Trace" file={file} run={run} />}
    </div>
  );
}

/** The tries before the last. */
function Attempts({ test, run }: { test: TestDetail; run: Run | undefined }) {
  const total = test.attempts.length + 1;
  return (
    <Part name={`Tries (${total})`}>
      <ol className="flex flex-col gap-1">
        {test.attempts.map((attempt, index) => (
          <li key={index}>
            <details className="group">
              <summary className="flex min-h-7 items-center gap-2 text-xs [&::-webkit-details-marker]:hidden">
                <Icon name="right" className="size-3 text-ink-faint group-open:rotate-90" />
                <StatusMark kind={resultKind({ outcome: attempt.outcome, flaky: false })} className="size-3.5" />
                <span className="shrink-0 font-medium">
                  Try {index + 1}: {outcomeWords[attempt.outcome].toLowerCase()}
                </span>
                {attempt.duration_ms !== null && <span className="shrink-0 text-ink-faint">{tookWords(attempt.duration_ms)}</span>}
                <span className="truncate text-ink-soft">{attempt.message ?? ""}</span>
              </summary>
              <div className="pt-1 pb-2 pl-5">
                {attempt.message === null && attempt.trace === null ? (
                  <p className="text-xs text-ink-faint">The report says nothing more of it.</p>
                ) : (
                  <Failure message={attempt.message} trace={attempt.trace} errorType={null} file={test.file} run={run} />
                )}
              </div>
            </details>
          </li>
        ))}
        <li className="flex min-h-7 items-center gap-2 pl-5 text-xs">
          <StatusMark kind={resultKind({ outcome: test.outcome, flaky: false })} className="size-3.5" />
          <span className="font-medium">
            Try {total}: {outcomeWords[test.outcome].toLowerCase()}
          </span>
          {test.duration_ms !== null && <span className="text-ink-faint">{tookWords(test.duration_ms)}</span>}
          <span className="text-ink-faint">this is what counts</span>
        </li>
      </ol>
    </Part>
  );
}
