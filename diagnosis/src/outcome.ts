import type { View } from "./reading/line-reader.ts";

/** Lines that hold one of these may tell how a job ended, in GitHub's logs and in other CI's. */
export const outcomeKeywords = [
  "finished: ",
  "job succeeded",
  "job failed",
  "your build exited with",
  "command exited with status",
  "exited with code",
  "task run with exit code",
  "[taskcluster:error]",
  "marked build as failure",
  "command exited with code",
  "aborted by",
  "script returned exit code",
  '" exited with ',
] as const;

type End = { readonly line: number; readonly outcome: "failed" | "cancelled" | "passed" };

const ends: readonly (readonly [RegExp, End["outcome"]])[] = [
  // Jenkins
  [/^Finished: SUCCESS$/, "passed"],
  [/^Finished: (?:FAILURE|UNSTABLE)$/, "failed"],
  [/^Finished: (?:ABORTED|NOT_BUILT)$/, "cancelled"],
  [/ marked build as failure$/i, "failed"],
  // GitLab
  [/^Job succeeded$/, "passed"],
  [/^ERROR: Job failed/, "failed"],
  // Travis, AppVeyor, CircleCI
  [/^Done\. Your build exited with 0\.?$/, "passed"],
  [/^Done\. Your build exited with [1-9]\d*\.?$/, "failed"],
  [/^Command exited with code [1-9]\d*$/, "failed"],
  [/^Exited with code (?:exit status )?[1-9]\d*$/, "failed"],
  [/^(?:ERROR: )?script returned exit code [1-9]\d*$/, "failed"],
  [/^The command ".{1,500}" (?:failed and )?exited with [1-9]\d*/, "failed"],
  // Buildkite
  [/^🚨 Error: The command exited with status [1-9]\d*/u, "failed"],
  // Taskcluster
  [/^(?:\[taskcluster[^\]]*\] )?(?:=== Task Finished ===\s*)?Successful task run with exit code: 0/, "passed"],
  [/^(?:\[taskcluster[^\]]*\] )?(?:=== Task Finished ===\s*)?Unsuccessful task run with exit code: /, "failed"],
  [/^\[taskcluster:error\]/, "failed"],
];

export type LogOutcome = {
  read(view: View): void;
  /** The last that a line told. */
  readonly end: End | null;
};

export function readOutcome(): LogOutcome {
  let end: End | null = null;
  return {
    read({ line }) {
      for (const [pattern, outcome] of ends) if (pattern.test(line.text)) end = { line: line.number, outcome };
    },
    get end() {
      return end;
    },
  };
}
