import { RunFacts } from "@sentinal/contract";
import { SendProblem } from "./problem.ts";
import type { Environment } from "./environment.ts";
import { gitFacts } from "./git-facts.ts";
import { githubFacts } from "./github-facts.ts";
import type { PartialFacts } from "./partial-facts.ts";

/** Headers and address together may take 16 KB at the hub; a message in another script grows ninefold in an address. */
const mostMessageLength = 4_000;

/** The option that sets a fact, for messages. */
const optionOf: Readonly<Record<string, string>> = { commit_hash: "--commit", commit_message: "--message" };

/**
 * The facts of the run: an option wins over GitHub's environment, and that over git, fact by fact. Git is asked for the
 * commit only outside of GitHub Actions, where the checkout may be another commit than the one that was built.
 * Throws SendProblem when commit or branch stay unknown or a fact has a wrong form.
 */
export async function gatherFacts(given: PartialFacts, environment: Environment, cwd: string): Promise<RunFacts> {
  const fromGithub = await githubFacts(environment, cwd);
  const isGithub = fromGithub.commit_hash !== undefined;
  const fromGit = isGithub ? {} : await gitFacts(cwd);
  const facts: PartialFacts = { ...fromGit, ...fromGithub, ...given };
  // Git's words describe its own commit, not another one that was named.
  if (!isGithub && given.commit_hash !== undefined && given.commit_hash !== fromGit.commit_hash && given.commit_message === undefined)
    delete facts.commit_message;
  if (facts.commit_hash === undefined)
    throw new SendProblem("The commit is not known: this is neither GitHub Actions nor a git repository with a commit. Give it with --commit.");
  if (facts.branch === undefined) throw new SendProblem("The branch is not known: the checkout is of a commit without a branch. Give it with --branch.");
  const parsed = RunFacts.safeParse({ ...facts, ...(facts.commit_message !== undefined && { commit_message: fitting(facts.commit_message) }) });
  if (parsed.success) return parsed.data;
  throw new SendProblem(parsed.error.issues.map((issue) => `${optionName(String(issue.path[0]))}: ${issue.message}.`).join(" "));
}

/** The facts and what is known of the file, as the query of `POST /api/cicd/reports`. */
export function reportQuery(facts: RunFacts, file: { scanType: string | null; format: string | null }): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...facts, scan_type: file.scanType, format: file.format })) {
    if (value === null || value === undefined) continue;
    query.set(name, typeof value === "object" ? `${value.index}/${value.total}` : String(value));
  }
  return query;
}

function optionName(field: string): string {
  return optionOf[field] ?? `--${field.replaceAll("_", "-")}`;
}

function fitting(message: string): string {
  let kept = "";
  let length = 0;
  for (const character of message) {
    // A lone half of a pair cannot be encoded.
    const wellFormed = character.toWellFormed();
    length += encodeURIComponent(wellFormed).length;
    if (length > mostMessageLength) break;
    kept += wellFormed;
  }
  return kept;
}
