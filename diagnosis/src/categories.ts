/** What a job can fail of. An open issue's key and people's rules hold these names: they only grow. */
export const categories = [
  "code.compile",
  "code.typecheck",
  "code.syntax",
  "code.import_error",
  "code.test",
  "code.lint",
  "dependency.resolution",
  "dependency.missing_module",
  "dependency.build",
  "config.auth",
  "config.toolchain",
  "config.workflow",
  "env.missing_library",
  "policy.gate",
  "release.publish_rejected",
  "vcs.clone_failed",
  "vcs.checkout_failed",
  "vcs.ref_missing",
  "vcs.conflict",
  "resource.oom",
  "resource.disk_full",
  "timeout.job",
  "timeout.test",
  "crash.signal",
  "tool.crash",
  "infra.network",
  "infra.rate_limit",
  "infra.runner_lost",
  "infra.github",
  "upstream.artifact_missing",
  "cancelled",
  "unknown",
] as const;

export type Category = (typeof categories)[number];

/** Whether the same commit would pass when run again: `delayed` is yes, but only after a wait. */
export type Transient = "no" | "possible" | "delayed" | "yes" | "unknown";

/** What is assumed of a category where the evidence says nothing more. */
export function usualTransience(category: Category): Transient {
  switch (category) {
    case "infra.rate_limit":
      return "delayed";
    case "infra.network":
    case "infra.github":
      return "yes";
    // A runner that was shut down was memory exhaustion by the code in each case that was looked into.
    case "infra.runner_lost":
    case "resource.oom":
    case "resource.disk_full":
    case "timeout.job":
    case "timeout.test":
    case "crash.signal":
    case "tool.crash":
    case "vcs.clone_failed":
      return "possible";
    case "cancelled":
    case "unknown":
      return "unknown";
    default:
      return "no";
  }
}
