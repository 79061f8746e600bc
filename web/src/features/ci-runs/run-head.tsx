import type { RunDetail } from "@sentinal/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CopyMark } from "../../components/copy-button.tsx";
import { Icon } from "../../components/icons.tsx";
import { OutsideLink } from "../../components/outside-link.tsx";
import { StatusMark } from "../../components/status.tsx";
import { Duration, Time } from "../../components/time.tsx";
import { runStatusKind } from "../../status.ts";
import { ChangeFigures, verdictGrounds } from "./changes.tsx";
import { firstLine, githubLinks, shortCommit } from "./github-links.ts";
import { runQuery } from "./queries.ts";
import { runVerdict } from "./verdict.ts";

/** The verdict against the previous run of the branch, in one glance. */
export function RunVerdict({ run }: { run: RunDetail }) {
  const previousId = run.previous_run_id;
  const previous = useQuery({ ...runQuery(previousId ?? 0), enabled: previousId !== null });
  const verdict = runVerdict(run, previousId === null ? null : previous.data);
  return (
    <section aria-label="Verdict" className={`rounded-md px-3 py-2.5 ${verdictGrounds[verdict.tone]}`}>
      <p className="flex items-center gap-2 font-medium">
        <StatusMark kind={runStatusKind(run.status)} />
        {verdict.words}
      </p>
      {verdict.changes !== null && (
        <div className="mt-1.5 pl-6">
          <ChangeFigures changes={verdict.changes} />
        </div>
      )}
      {previousId !== null && (
        <p className="mt-1 pl-6 text-xs text-ink-soft">
          Against{" "}
          <Link to="/runs/$runId" params={{ runId: String(previousId) }} className="link">
            run {previousId}
            {previous.data !== undefined && `, ${shortCommit(previous.data.commit_hash)}`}
          </Link>{" "}
          on the same branch
        </p>
      )}
    </section>
  );
}

/** What the run is: commit, branch, workflow, who and when, with the links out to GitHub. */
export function RunFacts({ run }: { run: RunDetail }) {
  const links = githubLinks(run);
  const [, ...restOfMessage] = (run.commit_message ?? "").trim().split("\n");
  const rest = restOfMessage.join("\n").trim();
  return (
    <div className="@container">
      <p className="text-base font-semibold">{firstLine(run.commit_message) || "No commit message"}</p>
      {rest !== "" && <p className="mt-1 line-clamp-6 text-xs whitespace-pre-line text-ink-soft">{rest}</p>}
      <dl className="mt-3 grid grid-cols-[92px_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-sm @[600px]:grid-cols-[92px_minmax(0,1fr)_92px_minmax(0,1fr)] [&_dt]:text-ink-faint">
        <dt>Repository</dt>
        <dd>
          <Link to="/" search={{ repository: run.repository }} className="link">
            {run.repository}
          </Link>
        </dd>
        <dt>Branch</dt>
        <dd className="flex min-w-0 items-center gap-1">
          <Icon name="branch" className="size-3.5 text-ink-faint" />
          <Link to="/" search={{ repository: run.repository, branch: run.branch }} className="link truncate">
            {run.branch}
          </Link>
        </dd>
        <dt>Commit</dt>
        <dd className="flex min-w-0 items-center gap-1">
          <OutsideLink address={links.commit}>
            <code title={run.commit_hash}>{shortCommit(run.commit_hash)}</code>
          </OutsideLink>
          <CopyMark text={run.commit_hash} what="commit" />
        </dd>
        {run.pull_request !== null && (
          <>
            <dt>Pull request</dt>
            <dd>
              <OutsideLink address={links.pullRequest}>#{run.pull_request}</OutsideLink>
            </dd>
          </>
        )}
        {run.workflow !== null && (
          <>
            <dt>Workflow</dt>
            <dd>
              <Link to="/" search={{ repository: run.repository, workflow: run.workflow }} className="link">
                {run.workflow}
              </Link>
              {run.event !== null && <span className="text-ink-soft"> on {run.event}</span>}
              {run.run_attempt > 1 && <span className="text-ink-soft">, attempt {run.run_attempt}</span>}
            </dd>
          </>
        )}
        {run.actor !== null && (
          <>
            <dt>By</dt>
            <dd>{run.actor}</dd>
          </>
        )}
        <dt>Started</dt>
        <dd>
          <Time at={run.started_at ?? run.created_at} />
          {(run.completed_at !== null || run.status === "Running") && run.started_at !== null && (
            <span className="text-ink-soft">
              , {run.status === "Running" ? "running for " : "took "}
              <Duration startedAt={run.started_at} completedAt={run.completed_at} />
            </span>
          )}
        </dd>
        {links.run !== null && (
          <>
            <dt>At GitHub</dt>
            <dd>
              <OutsideLink address={links.run}>Run {run.github_run_id}</OutsideLink>
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}
