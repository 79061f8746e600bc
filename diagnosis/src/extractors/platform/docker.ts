import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { failureFollows } from "./failure-mark.ts";
import { type Form, readForms } from "./forms.ts";

/** Docker and what speaks as it does: podman, buildah, skopeo, nerdctl, crane. In order; the first that fits counts. */
const forms: readonly Form[] = [
  {
    category: "infra.rate_limit",
    strength: "likely",
    elsewhere: "hint",
    reason: "The registry's limit was reached",
    patterns: [/\btoomanyrequests\b/, /You have reached your (?:unauthenticated )?pull rate limit/i, /\b429 Too Many Requests\b/],
  },
  {
    category: "resource.disk_full",
    strength: "likely",
    elsewhere: "likely",
    reason: "The disk is full",
    patterns: [/no space left on device/i],
  },
  {
    category: "dependency.resolution",
    strength: "cause",
    reason: "The registry has no such image",
    patterns: [
      /\bmanifest (?:for \S{1,300} not found|unknown)\b/,
      /\b(?:no matching manifest for|no match for platform in manifest|not found: manifest unknown)/,
      /^(?:Error response from daemon: )?repository \S{1,300} not found/,
      /\bfailed to resolve (?:source metadata|reference) .{1,400}: (?:\S{1,300}: )?not found/,
      /^(?:Error: )?(?:initializing source |unable to pull |creating build container: ).{1,400}(?:manifest unknown|name unknown|not found)/,
      /\bdoes not match the specified platform\b/,
      /^(?:Error: )?short-name "?.{1,200}"? did not resolve to an alias/,
    ],
  },
  {
    category: "config.auth",
    strength: "cause",
    elsewhere: "likely",
    reason: "The registry did not accept the login, or its rights",
    patterns: [
      /\bdenied: (?:requested access to the resource is denied|permission_denied|installation not allowed|User cannot be authenticated|Your authorization token|unauthenticated|access forbidden|Permission)/i,
      /\bunauthorized: (?:authentication required|incorrect username or password|Invalid|access|The client|unauthenticated|access token)/i,
      /\bno basic auth credentials\b/,
      /^Error: Cannot perform an interactive login from a non TTY device/,
      /^(?:Must provide --username|Username and password required|error getting credentials|Error saving credentials)/,
      /\b(?:failed to authorize|failed to fetch (?:anonymous|oauth) token).{0,300}\b40[13]\b/,
      /\b(?:pull|push) access denied\b|\binsufficient_scope: authorization failed\b/,
    ],
  },
  {
    category: "config.toolchain",
    strength: "cause",
    elsewhere: "likely",
    reason: "The container engine does not run, or lacks what was asked of it",
    patterns: [
      /^(?:(?:ERROR|docker|error|Error): ?)?(?:error during connect: .{0,200})?Cannot connect to the Docker daemon\b/i,
      /\bIs the docker daemon running\?/,
      /^(?:(?:ERROR|error): ?)?error during connect: .{0,300}\bdial tcp: lookup [\w-]{1,60}(?: on \S{1,60})?: no such host/i,
      /^ERROR: could not create a builder instance with TLS data/i,
      /permission denied while trying to connect to the Docker daemon socket/,
      /^docker: '[\w-]{1,40}' is not a docker command/,
      /^unknown (?:shorthand )?flag: .{1,60}(?:docker)?$/,
      /^ERROR: (?:failed to find driver|no builder .{1,100} found|docker exporter does not currently support|Cache export is not supported|Multi-platform build is not supported|failed to create buildkit)/i,
      /^ERROR: .{0,60}(?:buildx|BuildKit) (?:component )?is (?:missing|enabled but)/,
      /\bcould not select device driver\b/,
      /\bclient version \S{1,20} is too (?:old|new)\b/,
    ],
  },
  {
    category: "config.workflow",
    strength: "cause",
    reason: "The Dockerfile or the compose file is not valid",
    patterns: [
      /(?:^|\b)(?:dockerfile|Dockerfile) parse error\b/,
      /^(?:Error response from daemon: |ERROR: )?(?:unknown instruction: |unexpected error from Dockerfile|failed to (?:create LLB definition|process ".{1,200}"))/,
      /\bfailed to (?:read dockerfile|solve with frontend).{0,300}(?:no such file|not found|parse error|unknown instruction)/,
      /^unable to prepare context: /,
      /\bunable to evaluate symlinks in (?:Dockerfile|context) path\b/,
      /^(?:COPY|ADD) failed: /,
      /^(?:ERROR: )?(?:failed to solve: )?(?:failed to compute cache key|failed to calculate checksum|circular dependency detected|target stage .{1,100} could not be found|invalid reference format)/i,
      /\bfailed to compute cache key: .{0,300}not found/,
      /^(?:docker: )?invalid reference format\b/,
      /^invalid argument ".{1,300}" for "-t, --tag" flag/,
      /^(?:ERROR: )?(?:The Compose file '.{1,300}' is invalid|no configuration file provided|Service '?.{1,100}'? (?:depends on|failed to build)|Version in ".{1,200}" is unsupported)/,
      /^(?:ERROR: )?(?:no such service: |service ".{1,100}" (?:depends on undefined|has neither an image nor)|yaml: .{1,200}did not find expected|validating \S{1,300}: )/,
      /^(?:env file|ERROR: Couldn't find env file) .{0,300}(?:not found|no such file)/,
      /^(?:Error: )?open \S{1,300}(?:docker-compose|compose)\S{0,40}\.ya?ml: no such file/,
      /\bbind source path does not exist\b/,
      /^(?:Error: )?(?:An image does not exist locally with the tag: |tag does not exist: )/,
    ],
  },
  {
    category: "unknown",
    strength: "likely",
    elsewhere: "summary",
    reason: "A container of the composition did not come up",
    patterns: [
      /^(?:dependency failed to start: )?container \S{1,200} (?:is unhealthy|exited \([1-9]\d*\))/,
      /^ERROR: for \S{1,200} +.{1,300}/,
      /^\S{1,200} exited with code 1\d\d$/,
      /^ERROR: Encountered errors while bringing up the project/,
      /\bport is already allocated\b|\baddress already in use\b/,
      /\bOCI runtime (?:create|exec|start)\b.{0,40}failed/,
      /^(?:docker: )?Error response from daemon: (?:failed to create (?:shim )?task|Conflict\. The container name|network \S+ not found|driver failed)/,
    ],
  },
  {
    category: "infra.network",
    strength: "likely",
    elsewhere: "hint",
    reason: "The registry did not answer",
    patterns: [
      /^(?:docker: |ERROR: )?Error response from daemon: (?:Get |Head |received unexpected HTTP status: 5\d\d|error parsing HTTP 5\d\d|dial tcp|net\/http|.{0,80}(?:i\/o timeout|TLS handshake timeout|connection reset|EOF$))/,
      /^(?:ERROR: |error: )?(?:failed to (?:push|solve|do request|authorize|copy|resolve) ?:? .{0,300}(?:unexpected status(?: from \S{1,10} request to \S{1,300})?: 5\d\d|i\/o timeout|connection reset|TLS handshake timeout|DeadlineExceeded|dial tcp|unexpected EOF))/,
      /^(?:unexpected status code|received unexpected HTTP status:) 5\d\d/,
    ],
  },
  {
    category: "dependency.resolution",
    strength: "summary",
    elsewhere: "hint",
    reason: "The container engine answered with an error",
    patterns: [/^(?:docker: |ERROR: )?Error response from daemon: /, /^docker: Error\b/, /^(?:Error: )?No such (?:image|container): /],
  },
];

const readDocker = readForms(forms);

/** A command of the Dockerfile failed: what it printed says why, so this counts only where nothing does. */
const failedCommand: readonly RegExp[] = [
  /^The command '.{1,1500}' returned a non-zero code: (\d+)/,
  /^(?:ERROR: |error: )?(?:failed to solve(?: with frontend \S{1,60})?: )?(?:rpc error: code = \w+ desc = )?(?:failed to solve: )?(?:executor failed running \[|process ").{1,1500}(?:exit code: (\d+)|did not complete successfully)/,
  /^(?:Error: |error: )?(?:error building at STEP "|building at STEP ").{1,1500}(?:exit status (\d+))/,
];

/** Docker, its build, compose, and what speaks as they do. */
export const docker: Extractor = {
  name: "docker",
  title: "Docker",
  keywords: [
    "toomanyrequests",
    "pull rate limit",
    "too many requests",
    "manifest",
    "pull access denied",
    "error response from daemon",
    "docker: ",
    "docker daemon",
    "failed to solve",
    "failed to resolve",
    "failed to push",
    "failed to authorize",
    "failed to fetch anonymous",
    "failed to fetch oauth",
    "failed to read dockerfile",
    "failed to compute cache key",
    "dockerfile parse error",
    "prepare context",
    "evaluate symlinks in",
    "copy failed: ",
    "add failed: ",
    "invalid reference format",
    'for "-t, --tag"',
    "denied: ",
    "unauthorized: ",
    "no basic auth",
    "non tty device",
    "interactive login",
    "push access denied",
    "insufficient_scope",
    "no such image",
    "did not resolve to an alias",
    "unable to pull ",
    "initializing source",
    "unknown instruction",
    "compose file",
    "no such service",
    "depends on undefined",
    "no configuration file provided",
    "is unhealthy",
    "container ",
    "while bringing up the project",
    "already allocated",
    "oci runtime",
    "returned a non-zero code",
    "did not complete successfully",
    "executor failed running",
    "error building at step",
    "building at step",
    "unexpected http status",
    "select device driver",
    "specified platform",
    "bind source path",
    "error during connect",
    "a builder instance",
    "not exist locally",
    "tag does not exist",
  ],
  open: () => (view) => readFailedCommand(view) ?? readDocker(view),
};

function readFailedCommand(view: View): Sighting | undefined {
  const { text } = view.line;
  const found = failedCommand.map((pattern) => pattern.exec(text)).find((match) => match !== null);
  if (found === undefined) return undefined;
  const killed = found[1] === "137";
  return {
    category: killed ? "resource.oom" : "unknown",
    strength: failureFollows(view, 60) || !/^(?:ERROR|error): process/.test(text) ? "summary" : "hint",
    reason: killed ? "A command of the image's build was killed" : "A command of the image's build failed",
  };
}
