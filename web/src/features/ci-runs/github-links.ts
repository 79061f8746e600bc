import type { Run } from "@sentinal/contract";
import { safeUrl } from "../../safe-url.ts";

/** Pages of a run at GitHub, derived from the run's own page there; all null where the repository is not GitHub's. */
export type GithubLinks = { run: string | null; commit: string | null; branch: string | null; pullRequest: string | null };

export function githubLinks(run: Pick<Run, "github_url" | "repository" | "commit_hash" | "branch" | "pull_request">): GithubLinks {
  const runUrl = safeUrl(run.github_url);
  const end = runUrl?.indexOf(`/${run.repository}/actions/`) ?? -1;
  if (runUrl === null || end < 0) return { run: runUrl, commit: null, branch: null, pullRequest: null };
  const repository = runUrl.slice(0, end + run.repository.length + 1);
  return {
    run: runUrl,
    commit: /^[0-9a-f]{7,64}$/i.test(run.commit_hash) ? `${repository}/commit/${run.commit_hash}` : null,
    branch: `${repository}/tree/${run.branch.split("/").map(encodeURIComponent).join("/")}`,
    pullRequest: run.pull_request === null ? null : `${repository}/pull/${run.pull_request}`,
  };
}

/** A file of the repository as it is at the run's commit, at a line; null where that is not at GitHub. */
export function githubFile(run: Parameters<typeof githubLinks>[0], path: string, line: number | null): string | null {
  const { commit } = githubLinks(run);
  const parts = path.split("/");
  if (commit === null || parts.some((part) => part === "" || part === "." || part === "..")) return null;
  const repository = commit.slice(0, commit.lastIndexOf("/commit/"));
  return `${repository}/blob/${run.commit_hash}/${parts.map(encodeURIComponent).join("/")}${line === null ? "" : `#L${line}`}`;
}

/** What people recognise a commit by. */
export function shortCommit(hash: string): string {
  return /^[0-9a-f]{12,}$/i.test(hash) ? hash.slice(0, 7) : hash.slice(0, 12);
}

/** The first line of a commit's message. */
export function firstLine(message: string | null): string {
  return (message ?? "").trimStart().split("\n", 1)[0]?.trim() ?? "";
}
