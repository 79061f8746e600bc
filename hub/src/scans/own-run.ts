import type { RunFacts } from "@sentinal/contract";
import { HttpError, type JobPrincipal, type Principal } from "../http/index.ts";

/**
 * What the sender says of the run, as far as it is the sender's to say. For a job of GitHub Actions repository, run and
 * attempt are those of its token, filled in where they are left out. Throws HttpError `run_not_allowed` for another run,
 * and for another commit or ref where the token is of a pull request. The repository is the caller's to check.
 */
export function factsOfSender<Facts extends RunFacts>(facts: Facts, sender: Principal): Facts {
  if (sender.kind !== "oidc") return facts;
  const wrong = wrongFacts(facts, sender);
  if (wrong.length > 0) {
    throw new HttpError("run_not_allowed", `The token is of attempt ${sender.attempt} of run ${sender.githubRunId}.`, {
      errors: wrong.map(({ field, own }) => ({ field, problem: `is not ${own}`, fix: field === "run_id" ? "Leave it out." : `Send ${own}.` })),
    });
  }
  return { ...facts, repository: sender.repository, github_run_id: sender.githubRunId, run_attempt: sender.attempt };
}

function wrongFacts(facts: RunFacts, { githubRunId, attempt, only }: JobPrincipal): { field: keyof RunFacts; own: string }[] {
  const wrong: { field: keyof RunFacts; own: string }[] = [];
  // It would be looked up before all else, and may be any run of the repository.
  if (facts.run_id !== undefined) wrong.push({ field: "run_id", own: "known to the token, which is of a run of GitHub" });
  if (facts.github_run_id !== undefined && facts.github_run_id !== githubRunId) wrong.push({ field: "github_run_id", own: String(githubRunId) });
  if (facts.run_attempt !== undefined && facts.run_attempt !== attempt) wrong.push({ field: "run_attempt", own: String(attempt) });
  if (only === null) return wrong;
  if (facts.commit_hash !== only.commit) wrong.push({ field: "commit_hash", own: only.commit });
  if (facts.branch !== only.ref && facts.branch !== shortRef(only.ref)) wrong.push({ field: "branch", own: only.ref });
  return wrong;
}

/** As `GITHUB_REF_NAME` has it. */
function shortRef(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags|pull)\//, "");
}
