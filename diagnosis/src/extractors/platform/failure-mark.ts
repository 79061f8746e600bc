import type { Line, View } from "../../reading/line-reader.ts";

const github =
  /^(?:Process completed with exit code -?[1-9]|The process '.{1,400}' failed with exit code|Docker (?:pull|create|start|build|run|exec) fail(?:ed)? with exit code|(?:Bash|PowerShell|Cmd\.exe) exited with code)/;
/** Words by which Jenkins, GitLab, Travis, CircleCI, AppVeyor, Buildkite, Bitbucket, TeamCity and Taskcluster say that a command failed. */
const others =
  /^(?:Build step '.{1,200}' marked build as failure|Finished: (?:FAILURE|UNSTABLE)$|(?:ERROR: )?script returned exit code [1-9]|ERROR: Job failed\b|The command ".{1,600}" (?:failed and )?exited with [1-9]|(?:Command e|E)xited with code (?:exit status )?[1-9]|🚨 Error: The command exited with|Process exited with code [1-9]|Error: Process completed with exit code [1-9]|(?:\[taskcluster[^\]]{0,60}\] )?Unsuccessful task run with exit code: [1-9]|Done\. Your build exited with [1-9])/;

/** Whether the line says that a command or a step of the job failed, and nothing else. */
export function isFailureMark({ text, command }: Line): boolean {
  if (command === "error") return github.test(text);
  return command === undefined && others.test(text);
}

/** Whether a command's failure is told at most `within` lines below: the line is among what it said last. */
export function failureFollows({ line, at, holdsKeyword }: View, within = 25): boolean {
  if (line.command === "error") return true;
  for (let offset = 1; offset <= within; offset++) {
    // The words of a failure's mark, and of a step's header, are keywords.
    if (!holdsKeyword(offset)) continue;
    const next = at(offset);
    if (next === undefined || (next.command === "group" && next.text.startsWith("Run "))) return false;
    if (isFailureMark(next)) return true;
  }
  return false;
}
