import type { Category, Diagnosis } from "@sentinal/diagnosis";

const again = "Another run of the same commit fails the same way.";

/** What to do about a cause that another try does not cure. */
const steps: Readonly<Record<Category, string>> = {
  "code.compile": "Mend what the compiler names.",
  "code.typecheck": "Mend the type that the check names.",
  "code.syntax": "Mend the syntax at the place that is named.",
  "code.import_error": "Mend the import, or what the imported module does when it is loaded.",
  "code.test": "Run the failed test where you work.",
  "code.lint": "Mend the finding, or let the linter do so if it can.",
  "dependency.resolution": "Look at the version that is asked for, the lock file, and whether the registry has it.",
  "dependency.missing_module": "Add the package to the project's dependencies, or install it in a step before.",
  "dependency.build": "Look for what the package needs to be built (a compiler, headers), or take a version that is built already.",
  "config.auth": "Look at the token and the permissions of this step: missing, expired, or too narrow. Secrets are not given to runs from forks.",
  "config.toolchain": "Look at the version of the tool or language that the workflow sets up.",
  "config.workflow": "Mend the workflow file.",
  "env.missing_library": "Install the missing library in a step before, or put it into the image.",
  "policy.gate": "Bring the figure back to what the rule asks for, or change the rule.",
  "release.publish_rejected": "Look whether this version is published already, and whether the token may publish.",
  "vcs.clone_failed": "Look at the repository's address and who may read it.",
  "vcs.checkout_failed": "Look at what was checked out: the ref, its submodules and large files.",
  "vcs.ref_missing": "Look whether the branch, tag or commit is still there.",
  "vcs.conflict": "Bring the branch up to date, and solve the conflict.",
  "resource.oom": "Let the step use less memory (fewer workers, a heap limit), or give it a larger runner.",
  "resource.disk_full": "Free space in a step before, or give the job a larger disk.",
  "timeout.job": "Look at what took so long in comparison with a run that passed, before you raise the limit.",
  "timeout.test": "Look at what the test waits for, before you raise its limit.",
  "crash.signal": "Look for the process that was ended by the signal: often memory, or a fault in native code.",
  "tool.crash": "Look for the tool's own fault in its issues, or take another version of it.",
  "infra.network": "Look whether the other side is reachable.",
  "infra.rate_limit": "Wait until the limit's window is over, or sign in for a higher limit.",
  "infra.runner_lost": "Look at the job's memory and disk: a runner that goes away was mostly out of memory.",
  "infra.github": "Look at https://www.githubstatus.com, and run the job again when it is over.",
  "upstream.artifact_missing": "Look at the job that should have made the artifact.",
  cancelled: "Nothing: somebody, or a newer run, ended it.",
  unknown: "Read the lines around it.",
};

/** One or two sentences for who reads the diagnosis. */
export function adviceOf({ outcome, cause, category, rerun, transient }: Diagnosis): string {
  if (outcome === "passed") return "Nothing: the job passed.";
  if (cause === null) {
    return outcome === "cancelled"
      ? "Nothing: the job was cancelled, and its log names no other cause."
      : "Give the last passing log of the job with --green, or write a rule for what you see (docs/guides/write-a-rule.md). --explain lists what was weighed.";
  }
  if (!rerun) return category.startsWith("code.") && transient === "no" ? `${steps[category]} ${again}` : steps[category];
  const run = "Run the failed jobs again: gh run rerun RUN-ID --failed";
  return transient === "delayed" ? `Wait until the limit's window is over. ${run}` : run;
}

/** What a share of right answers is in words. */
export function confidenceWords(confidence: number): string {
  if (confidence >= 0.9) return "very likely";
  if (confidence >= 0.75) return "likely";
  if (confidence >= 0.55) return "more likely than not";
  return confidence >= 0.35 ? "a guess" : "a weak guess";
}
