import { readFile } from "node:fs/promises";
import type { Environment } from "./environment.ts";
import { commitMessage } from "./git-facts.ts";
import { type PartialFacts, withoutAbsent } from "./partial-facts.ts";

/**
 * What GitHub Actions tells of the run in the environment and in the event's file; `{}` outside of it.
 * On pull requests `GITHUB_SHA` is a merge commit that nobody wrote, so the head of the pull request is taken.
 */
export async function githubFacts(environment: Environment, cwd: string): Promise<PartialFacts> {
  if (environment["GITHUB_ACTIONS"] !== "true") return {};
  const event = await readEvent(environment["GITHUB_EVENT_PATH"]);
  const pullRequest = textAt(event, "pull_request", "head", "sha") === undefined ? undefined : at(event, "pull_request");
  const commit = textAt(pullRequest, "head", "sha") ?? text(environment["GITHUB_SHA"]);
  return withoutAbsent({
    repository: text(environment["GITHUB_REPOSITORY"]),
    commit_hash: commit,
    branch: branchOf(environment, pullRequest),
    github_run_id: whole(environment["GITHUB_RUN_ID"]),
    run_attempt: whole(environment["GITHUB_RUN_ATTEMPT"]),
    workflow: text(environment["GITHUB_WORKFLOW"]),
    job: text(environment["GITHUB_JOB"]),
    event: text(environment["GITHUB_EVENT_NAME"]),
    actor: text(environment["GITHUB_ACTOR"]),
    pull_request: whole(at(pullRequest, "number")) ?? whole(/^refs\/pull\/(\d+)\//.exec(environment["GITHUB_REF"] ?? "")?.[1]),
    default_branch: textAt(event, "repository", "default_branch"),
    commit_message: await messageOf(event, commit, pullRequest, cwd),
  });
}

/** The branch that was built. A branch of a fork is `owner:branch`, as GitHub shows it: the `main` of a fork is not ours. */
function branchOf(environment: Environment, pullRequest: unknown): string | undefined {
  const head = text(environment["GITHUB_HEAD_REF"]) ?? textAt(pullRequest, "head", "ref");
  if (head === undefined) return text(environment["GITHUB_REF_NAME"]) ?? text(environment["GITHUB_REF"]?.replace(/^refs\/(heads|tags)\//, ""));
  const from = textAt(pullRequest, "head", "repo", "full_name");
  const isFork = pullRequest !== undefined && from !== textAt(pullRequest, "base", "repo", "full_name");
  return isFork ? (textAt(pullRequest, "head", "label") ?? `${from?.split("/")[0] ?? "unknown"}:${head}`) : head;
}

async function messageOf(event: unknown, commit: string | undefined, pullRequest: unknown, cwd: string): Promise<string | undefined> {
  if (commit === undefined) return undefined;
  if (textAt(event, "head_commit", "id") === commit) return textAt(event, "head_commit", "message");
  return (await commitMessage(cwd, commit)) ?? textAt(pullRequest, "title");
}

async function readEvent(path: string | undefined): Promise<unknown> {
  if (path === undefined || path === "") return undefined;
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    // Without it the environment still tells what is needed.
    return undefined;
  }
}

function at(value: unknown, ...path: string[]): unknown {
  let found = value;
  for (const name of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Object.entries(found).find(([key]) => key === name)?.[1];
  }
  return found;
}

function textAt(value: unknown, ...path: string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? text(found) : undefined;
}

function text(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === "" ? undefined : value;
}

function whole(value: unknown): number | undefined {
  if (typeof value === "string" && !/^\d{1,16}$/.test(value)) return undefined;
  const number = typeof value === "string" ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number > 0 ? number : undefined;
}
