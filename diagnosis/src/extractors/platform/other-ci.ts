import type { Extractor } from "../../extractor.ts";
import { type Form, readForms } from "./forms.ts";

/** GitLab, Travis, CircleCI, AppVeyor, Azure Pipelines, Buildkite, Bamboo, TeamCity, Drone, Zuul, Bitbucket. */
const forms: readonly Form[] = [
  {
    category: "infra.runner_lost",
    strength: "cause",
    transient: "possible",
    reason: "The CI system lost the job's machine",
    patterns: [
      /^ERROR: Job failed \(system failure\): (?!.{0,300}(?:pull|image|ErrImage))/,
      /^(?:The|An) agent (?:.{1,100} )?(?:lost communication|was lost|did not connect|has disconnected)/i,
      /^(?:We stopped hearing from agent|The agent has stopped responding|An agent lost|Agent lost)/i,
      /^An error occurred while generating the build script/,
      /^(?:The build has been terminated by the (?:infrastructure|system)|Infrastructure fail)/i,
      /^Your (?:job|build) was interrupted because the (?:instance|machine|spot)/i,
    ],
  },
  {
    category: "dependency.resolution",
    strength: "cause",
    reason: "The CI system could not get the job's image",
    patterns: [
      /^(?:ERROR: Job failed(?: \(system failure\))?: |WARNING: )?(?:prepare environment: )?(?:waiting for pod running: |image pull failed: |failed to pull image ).{1,400}(?:not found|manifest|pull access denied|ErrImagePull|ImagePullBackOff)/,
    ],
  },
  {
    category: "upstream.artifact_missing",
    strength: "likely",
    elsewhere: "hint",
    reason: "Files of an earlier job are not there",
    patterns: [
      /^(?:ERROR|FATAL): (?:Downloading artifacts .{0,60}(?:404|not found)|No files to upload|invalid argument: missing artifact)/,
      /^(?:##vso\S{0,80})?Artifact .{1,200} (?:was not found|not found) for build/,
    ],
  },
  {
    category: "config.workflow",
    strength: "cause",
    reason: "The CI system's file is not valid",
    patterns: [
      /^(?:jobs?(?::|\b).{1,100} config (?:should|contains|key may not)|This GitLab CI configuration is invalid)/,
      /^(?:Config file is (?:invalid|not found)|Error calling workflow: |Cannot find a definition for command named|Unable to parse YAML|Build was configured but not found)/,
      /^\/\S{1,200}\.ya?ml \(Line: \d+, Col: \d+\): /,
    ],
  },
  {
    category: "unknown",
    strength: "summary",
    reason: "The CI system says that a command failed",
    patterns: [
      /^(?:The command ".{1,600}" failed and exited with [1-9]|Failing task since return code of \[.{1,300}\] was -?[1-9]|ERROR: Job failed: (?!exit (?:code|status)))/,
      /^(?:[\w-]{1,60}: )?(?:ERROR: InvocationError|non-zero return code)/,
    ],
  },
];

/** The own words of CI systems but GitHub and Jenkins. */
export const otherCi: Extractor = {
  name: "other-ci",
  title: "Other CI systems",
  keywords: [
    "job failed",
    "lost communication",
    "hearing from agent",
    "stopped responding",
    "agent lost",
    "agent ",
    "generating the build script",
    "infrastructure fail",
    "terminated by the",
    "was interrupted because",
    "failed to pull image",
    "image pull failed",
    "pod running",
    "downloading artifacts",
    "no files to upload",
    "not found for build",
    "config should",
    "config contains",
    "configuration is invalid",
    "config file is",
    "calling workflow",
    "command named",
    "parse yaml",
    ".yml (line: ",
    ".yaml (line: ",
    "failed and exited with",
    "failing task since",
    "non-zero return code",
  ],
  open: () => readForms(forms),
};
