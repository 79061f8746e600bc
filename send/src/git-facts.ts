import { execFile } from "node:child_process";
import { type PartialFacts, withoutAbsent } from "./partial-facts.ts";

const timeoutMs = 5_000;
const mostOutputBytes = 1024 * 1024;

/** What the git repository around a folder tells; what git does not know, or a missing git, is left out. */
export async function gitFacts(folder: string): Promise<PartialFacts> {
  const commit = await git(folder, "rev-parse", "--verify", "HEAD");
  if (commit === undefined) return {};
  const [branch, remote, message, remoteHead] = await Promise.all([
    git(folder, "symbolic-ref", "--short", "--quiet", "HEAD"),
    git(folder, "config", "--get", "remote.origin.url"),
    commitMessage(folder, commit),
    git(folder, "symbolic-ref", "--short", "--quiet", "refs/remotes/origin/HEAD"),
  ]);
  return withoutAbsent({
    commit_hash: commit,
    branch,
    repository: remote === undefined ? undefined : repositoryOf(remote),
    commit_message: message,
    default_branch: remoteHead?.replace(/^origin\//, ""),
  });
}

/** The top folder of the repository around a folder; undefined where there is none. */
export async function gitFolder(folder: string): Promise<string | undefined> {
  return git(folder, "rev-parse", "--show-toplevel");
}

/** The message of a commit; undefined where the checkout does not hold it. */
export async function commitMessage(folder: string, commit: string): Promise<string | undefined> {
  if (!/^[0-9a-f]{7,64}$/i.test(commit)) return undefined;
  // A signature would be checked by a program that the repository's settings name.
  return git(folder, "-c", "log.showSignature=false", "log", "-1", "--no-color", "--format=%B", commit);
}

/** `owner/name` of a remote's address; undefined where it has another form. The address may hold a password: no other part of it is used. */
export function repositoryOf(remote: string): string | undefined {
  // https://user@host/owner/name.git, ssh://git@host:22/owner/name, and git@host:owner/name
  const path = /^[a-z+]+:\/\/[^/]+\/(.+)$/i.exec(remote)?.[1] ?? /^[^/:]+:(?!\/\/)(.+)$/.exec(remote)?.[1];
  return /^\/?([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(path ?? "")?.[1];
}

/** The output of a git command, trimmed; undefined when it fails or says nothing. */
function git(folder: string, ...parameters: string[]): Promise<string | undefined> {
  const environment = { ...process.env, GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" };
  return new Promise((resolve) => {
    execFile("git", parameters, { cwd: folder, env: environment, timeout: timeoutMs, maxBuffer: mostOutputBytes, windowsHide: true }, (error, output) => {
      const text = output.trim();
      resolve(error !== null || text === "" ? undefined : text);
    });
  });
}
