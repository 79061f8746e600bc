import type { Extractor } from "../../extractor.ts";
import { isFailureMark } from "./failure-mark.ts";
import { type Form, readForms } from "./forms.ts";

/** What GitHub's runner itself says. */
const forms: readonly Form[] = [
  {
    category: "cancelled",
    strength: "summary",
    reason: "The job was cancelled",
    patterns: [/^The (?:operation|job) was canceled\.?$/, /^A task was canceled\.?$/],
  },
  {
    category: "cancelled",
    strength: "cause",
    reason: "Another run or job made GitHub cancel this one",
    patterns: [/^Canceling since a higher priority waiting request/, /^The (?:job|strategy configuration) was canceled because /],
  },
  {
    category: "infra.runner_lost",
    strength: "cause",
    reason: "The runner was shut down or lost",
    patterns: [
      /runner has received a shutdown signal/i,
      /lost communication with the server/i,
      /^The hosted runner encountered an error while running your job/,
      /^Received request to deprovision/,
    ],
  },
  {
    category: "infra.github",
    strength: "cause",
    reason: "GitHub gave the job no runner, or failed itself",
    patterns: [
      /^GitHub Actions has encountered an internal error when running your job/,
      /^The job was not acquired by Runner of type hosted/,
      /exceeded the maximum execution time while awaiting a runner/,
      /^(?:Failed to resolve action download info|Failed to download archive|Failed to download action)\b(?!.*\b40[134]\b)/,
      /^We couldn't respond to your request in time/,
      /^No server is currently available to service your request/,
      /^Response status code does not indicate success: 5\d\d\b/,
    ],
  },
  {
    category: "infra.rate_limit",
    strength: "cause",
    reason: "GitHub's limit was reached",
    patterns: [/^Response status code does not indicate success: 429\b/, /secondary rate limit/i, /API rate limit exceeded/i, /abuse detection mechanism/i],
  },
  {
    category: "timeout.job",
    strength: "cause",
    reason: "The job's or step's time limit was reached",
    patterns: [/has exceeded the maximum execution time/, /^The (?:action|operation) .{0,200}has timed out/, /^The (?:action|operation) has timed out/],
  },
  {
    category: "resource.disk_full",
    strength: "likely",
    reason: "The disk is full",
    patterns: [/^(?:System\.IO\.IOException: )?No space left on device/, /^You are running out of disk space/],
  },
  {
    category: "config.auth",
    strength: "cause",
    reason: "GitHub did not accept the token, or its rights",
    patterns: [
      /Resource not accessible by (?:integration|personal access token)/,
      /\bBad credentials\b/,
      /^Parameter token or opts\.auth is required/,
      /^Input required and not supplied: .{0,40}(?:token|password|secret|key)\b/i,
      /GitHub Actions is not permitted to create or approve pull requests/,
      /^The job was not started because (?:recent account payments|your account|an Actions budget)/,
      /^Response status code does not indicate success: 40[13]\b/,
      /^.{0,200}Unable to get ACTIONS_ID_TOKEN_REQUEST_(?:URL|TOKEN)/,
      /refusing to allow .{1,80} to create or update workflow/,
    ],
  },
  {
    category: "config.workflow",
    strength: "cause",
    reason: "The workflow asks for an action that is not there, or not allowed",
    patterns: [
      /^Unable to resolve action/,
      /^Can't find 'action\.ya?ml'/,
      /^An action could not be found at the URI/,
      /^Unable to find version `/,
      /^(?:Failed to resolve action|Failed to download).{0,200}\b404\b/,
      /^Missing download info for /,
      /automatically failed because it uses a deprecated version/,
      /is not allowed (?:to be used )?in .{1,200}(?:must be|because)/,
      /^Container (?:action|operation|feature)s? (?:is|are) (?:only|not) supported/,
    ],
  },
  {
    category: "config.workflow",
    strength: "cause",
    reason: "The workflow gives a step what it does not take",
    patterns: [
      /^Input required and not supplied/,
      /^(?:The workflow is not valid|The template is not valid|Invalid workflow file|Unrecognized (?:named-value|function)|Error when evaluating)/,
      /^Unable to process (?:file )?command '/,
      /^Invalid (?:format|value\. Matching delimiter not found) '/,
      /^The `(?:set-env|add-path)` command is disabled/,
      /^An error occurred trying to start process .{1,300}No such file or directory/,
      /\(Line: \d+, Col: \d+/,
      /^Fail(?:ed)? to load \S{1,300}action\.ya?ml/,
    ],
  },
  {
    category: "config.toolchain",
    strength: "cause",
    reason: "The runner does not have the program",
    patterns: [/^Unable to locate executable file: /, /^(?:pwsh|powershell|bash|python|sh): command not found$/, /^.{1,60}: command not found$/],
  },
  {
    category: "tool.crash",
    strength: "likely",
    reason: "A container that the job needs did not come up",
    patterns: [/^Failed to initialize(?: container|, .{1,100} service is unhealthy)/, /^Service container .{1,200} failed/],
  },
  {
    category: "config.auth",
    strength: "likely",
    reason: "The container registry refused the login",
    patterns: [/^Docker login for '.{0,200}' failed/],
  },
  {
    category: "unknown",
    strength: "symptom",
    reason: "Something that the step started failed",
    patterns: [
      /^One or more containers failed to start/,
      /^(?:Executing the custom container implementation failed|Error: failed to run script step)/,
      /^Command failed(?: with exit code \d+)?[.:]?$/,
      /^\[[\w ]{1,40}\] Step script exited with code/,
    ],
  },
];

const read = readForms(forms);

/** The runner's own errors, and the errors that actions report through it. */
export const githubActions: Extractor = {
  name: "github-actions",
  title: "GitHub Actions",
  keywords: ["##[error]"],
  open: () => (view) => {
    if (view.line.command !== "error" || isFailureMark(view.line)) return undefined;
    return read(view) ?? (view.line.text.trim() === "" ? undefined : { category: "unknown", strength: "hint", reason: "The step reported an error" });
  },
};
