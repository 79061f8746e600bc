import type { Category } from "../../categories.ts";
import { type Extractor, stateless, type Strength, type Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";

/** What GitHub's runner itself says. In order; the first that fits counts. */
const messages: readonly (readonly [RegExp, Category, Strength, string])[] = [
  [/^The (?:operation|job) was canceled/, "cancelled", "summary", "The job was cancelled"],
  [/^Canceling since a higher priority waiting request/, "cancelled", "cause", "A newer run of the same group took its place"],
  [
    /runner has received a shutdown signal|lost communication with the server|hosted runner.*lost|runner lost communication/i,
    "infra.runner_lost",
    "cause",
    "The runner was shut down or lost",
  ],
  [/exceeded the maximum execution time|The (?:action|operation) .*has timed out/i, "timeout.job", "cause", "The time limit was reached"],
  [/^No space left on device|You are running out of disk space/, "resource.disk_full", "likely", "The disk is full"],
  [
    /^Unable to resolve action|^Can't find 'action\.ya?ml'|^An action could not be found|^Unable to find version/,
    "config.workflow",
    "cause",
    "An action that the workflow uses is not there",
  ],
  [
    /Failed to download action|Failed to resolve action download info|^An error occurred while downloading/i,
    "infra.github",
    "cause",
    "GitHub did not deliver an action",
  ],
  [
    /^Unexpected input|^Input required and not supplied|^The workflow is not valid|^Unrecognized named-value|^The template is not valid/,
    "config.workflow",
    "cause",
    "The workflow gives a step what it does not take",
  ],
  [
    /^Resource not accessible by integration|^Bad credentials|HttpError: (?:Bad credentials|Resource not accessible)/,
    "config.auth",
    "cause",
    "GitHub refused the token",
  ],
  [/API rate limit exceeded|secondary rate limit/i, "infra.rate_limit", "cause", "GitHub's rate limit was reached"],
  [
    /^Unable to find any artifacts|^Artifact not found|^Unable to download artifact|Artifact has expired/i,
    "upstream.artifact_missing",
    "cause",
    "An artifact of an earlier job is not there",
  ],
];

const exit = /^Process completed with exit code (-?\d+)/;

export const githubActions: Extractor = {
  name: "github-actions",
  title: "GitHub Actions",
  keywords: ["##[error]", "rate limit"],
  open: stateless((view) => {
    const { text, command } = view.line;
    if (command !== "error" && !/API rate limit exceeded/.test(text)) return undefined;
    const known = messages.find(([pattern]) => pattern.test(text));
    if (known !== undefined) return { category: known[1], strength: known[2], reason: known[3] };
    const code = exit.exec(text)?.[1];
    return code === undefined ? { category: "unknown", strength: "hint", reason: "The step reported an error" } : lastWords(view, code);
  }),
};

/** A step that ended without a known error: what it said last is the best there is. */
function lastWords({ at }: View, code: string): Sighting {
  let offset = -1;
  while (offset > -20 && at(offset)?.text.trim() === "") offset--;
  const said = at(offset);
  const empty = said === undefined || said.command !== undefined;
  return {
    category: "unknown",
    strength: "symptom",
    reason: empty ? `The step's process ended with ${code}` : `The last words before the step's process ended with ${code}`,
    offset: empty ? 0 : offset,
  };
}
