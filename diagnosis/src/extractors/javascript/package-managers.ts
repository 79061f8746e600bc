import type { Category } from "../../categories.ts";
import type { Extractor } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { extractorOf, firstBelow, type Form } from "./forms.ts";

function failure(pattern: RegExp, category: Category, reason: string, strength: Form["strength"] = "cause"): Form {
  return { pattern, category, strength, reason };
}

const unresolved = "A package could not be resolved";
const unfitLock = "The lock file does not fit";

/** Yarn 1. */
export const yarn: Extractor = extractorOf(
  "yarn",
  "Yarn 1",
  [
    "error an unexpected error",
    "error couldn't",
    "error your lockfile",
    "is incompatible with this module",
    "found incompatible module",
    "error command",
    "integrity check failed",
    "error received",
    "error no token",
    "command failed.",
    "error incorrect integrity",
    "error extracting",
    "error package ",
    "incompatible environment",
    "error failed to",
    "error lockfile",
    "error https",
  ],
  [
    failure(/^error Command failed(?: with (?:exit code|signal) .{1,30})?\.?$/, "unknown", "A script that Yarn ran failed", "symptom"),
    failure(/^error (?<key>Your lockfile needs to be updated.*|Lockfile .+|Couldn't find a (?:package\.json|lockfile).*)$/, "dependency.resolution", unfitLock),
    failure(
      /^error (?<key>Couldn't find (?:any versions for|package) .+|Couldn't find match for .+|Package .{1,200} refers to a non-existing file.*|An unexpected error occurred: .+: Not found".*)$/,
      "dependency.resolution",
      unresolved,
    ),
    failure(
      /^error (?<key>(?:Integrity check failed|Incorrect integrity when fetching|Extracting tar content of|Failed to resolve|Received (?:malformed|invalid) response).*)$/i,
      "dependency.resolution",
      unresolved,
    ),
    failure(
      /^error (?<key>\S{1,200}: The (?:engine|platform|CPU architecture) .{1,60} is incompatible with this module.*)$/,
      "config.toolchain",
      "A package does not run on this Node.js",
    ),
    failure(
      /^error (?<key>Found incompatible module|Commands cannot run with an incompatible environment)/,
      "config.toolchain",
      "A package does not run on this Node.js",
      "likely",
    ),
    failure(/^error (?<key>Command ".{1,100}" not found)/, "config.workflow", "The package has no such script"),
    failure(/^error (?<key>Couldn't publish package: .+)$/, "release.publish_rejected", "The registry refused the package"),
    failure(/^error (?<key>No token found .*)$/, "config.auth", "Yarn is not signed in to the registry"),
    failure(
      /^error (?:\S{0,300}node_modules\S{1,200}|(?<at>https?:\S{1,200}|\S{1,100}@\S{1,60})): (?<key>Command failed\.?.*)$/,
      "dependency.build",
      "A dependency's script failed",
    ),
    failure(/^error (?<key>An unexpected error occurred: .+)$/, "dependency.resolution", "Yarn could not go on", "likely"),
    failure(/^error (?<key>https?:\S{1,300}: .+)$/, "dependency.resolution", unresolved),
  ],
);

/** Yarn 2 and later number what they say; these numbers are failures. */
const berryCodes: Readonly<Record<string, Category>> = {
  YN0001: "tool.crash",
  YN0009: "dependency.build",
  YN0010: "dependency.resolution",
  YN0016: "dependency.resolution",
  YN0018: "dependency.resolution",
  YN0020: "config.workflow",
  YN0027: "dependency.resolution",
  YN0028: "dependency.resolution",
  YN0030: "dependency.resolution",
  YN0035: "dependency.resolution",
  YN0041: "config.auth",
  YN0042: "config.auth",
  YN0047: "dependency.resolution",
  YN0064: "dependency.resolution",
  YN0078: "dependency.resolution",
  YN0080: "infra.network",
  YN0082: "dependency.resolution",
  YN0086: "dependency.resolution",
};

export const yarnBerry: Extractor = extractorOf(
  "yarn-berry",
  "Yarn 2 and later",
  ["yn00", "usage error: ", "internal error: ", "packagemanager"],
  [
    {
      pattern: /^(?:➤ )?(?<code>YN\d{4}): ?[│┌└]? ?(?<key>.*)$/,
      category: (found) => berryCodes[found.groups?.["code"] ?? ""],
      strength: "cause",
      reason: "Yarn reports an error",
    },
    failure(/^(?:➤ )?YN0000: .{0,4}Failed with errors/, "dependency.resolution", "Yarn says that it failed", "summary"),
    failure(/^Internal Error: (?<key>.{1,300}This package doesn't seem to be present in your lockfile.*)$/, "dependency.resolution", unfitLock),
    failure(
      /^Usage Error: (?<key>The project in .{1,300} doesn't seem to have been installed.*|The lockfile would have been .*)$/,
      "dependency.resolution",
      unfitLock,
    ),
    failure(/^Usage Error: (?<key>Couldn't find a script named .+)$/, "config.workflow", "The package has no such script"),
    failure(/^(?:Usage|Internal) Error: (?<key>.+)$/, "config.toolchain", "Yarn cannot work so", "likely"),
    failure(
      /^(?:error )?(?<key>This project's package\.json defines "packageManager": .+)$/,
      "config.toolchain",
      "The project asks for another package manager",
    ),
  ],
);

export const pnpm: Extractor = extractorOf(
  "pnpm",
  "pnpm",
  ["err_pnpm_", " elifecycle ", "no pnpm version is specified", "err_invalid_this"],
  [
    {
      pattern: /^\s{0,4}(?:\[?ERROR\]? )?(?<code>ERR_PNPM_\w{2,80})\]?\s{1,4}(?<key>.+)$/,
      category: (found) => pnpmCategory(found.groups?.["code"] ?? ""),
      strength: "cause",
      reason: "pnpm reports an error",
    },
    failure(/^\s{0,4}ELIFECYCLE\s{1,4}/, "unknown", "A script that pnpm ran failed", "symptom"),
    failure(/^(?:Error: )?(?<key>No pnpm version is specified.*)$/, "config.workflow", "The workflow names no version of pnpm"),
  ],
);

function pnpmCategory(code: string): Category | undefined {
  if (/RECURSIVE_(?:RUN|EXEC)/.test(code)) return undefined;
  if (/ENGINE|BAD_PM_VERSION|PACKAGE_MANAGER/.test(code)) return "config.toolchain";
  if (/NO_SCRIPT|NO_IMPORTER_MANIFEST|NO_PKG_MANIFEST/.test(code)) return "config.workflow";
  if (/FETCH_40[13]|UNAUTHORIZED|OTP/.test(code)) return "config.auth";
  if (/META_FETCH_FAIL|FETCH_5\d\d/.test(code)) return "infra.network";
  if (/AUDIT/.test(code)) return "policy.gate";
  if (/GIT_UNCLEAN|GIT_NOT_/.test(code)) return "policy.gate";
  return /JSON_PARSE/.test(code) ? "code.syntax" : "dependency.resolution";
}

export const bun: Extractor = extractorOf(
  "bun",
  "Bun",
  ["lockfile had changes", "failed to resolve", "no version matching", "error: script ", "cannot find package"],
  [
    failure(/^error: (?<key>lockfile had changes, but lockfile is frozen)/, "dependency.resolution", unfitLock),
    failure(/^error: (?<key>\S{1,200} failed to resolve|No version matching .+)$/, "dependency.resolution", unresolved),
    failure(/^error: script ".{1,100}" (?:exited with code|was terminated)/, "unknown", "A script that Bun ran failed", "symptom"),
    failure(/^error: (?<key>Cannot find package ".{1,200}" from .+)$/, "dependency.missing_module", "Bun found no such package"),
  ],
);

/** node-gyp and node-pre-gyp. Packages that are optional fail so too, and the installation goes on. */
export const nodeGyp: Extractor = extractorOf(
  "node-gyp",
  "node-gyp",
  ["gyp err!"],
  [
    failure(
      /gyp ERR! find (?:Python|VS) (?:\*{3,}|Could not find|.{0,20}not found|You need to install)/,
      "config.toolchain",
      "node-gyp found no compiler or no Python",
      "likely",
    ),
    failure(
      /gyp ERR! stack (?:Error: )?(?<key>(?:Can't find Python|Could not find any (?:Python|Visual Studio)).*)$/,
      "config.toolchain",
      "node-gyp found no compiler or no Python",
      "likely",
    ),
    {
      pattern:
        /gyp ERR! stack Error: (?<key>(?:`?\S{0,100}make(?:\.exe)?`? failed|not found: make|`?.{0,100}` failed with exit code|\S{0,100} failed with exit code).*)$/,
      category: (_, view) => (wentOn(view) ? undefined : "dependency.build"),
      strength: "likely",
      reason: "A native dependency could not be built",
    },
    failure(/^(?:npm (?:ERR!|error) )?gyp ERR! (?:configure|build|install) error/, "dependency.build", "A native dependency could not be built", "hint"),
  ],
);

/** pnpm names the package and its script in front of each line, and ends those of an optional one with `Done` all the same. */
function wentOn(view: View): boolean {
  const script = /^.{1,300}? (?:pre|post)?install: /.exec(view.line.text)?.[0];
  if (script === undefined) return false;
  for (let offset = 1; offset <= 40; offset++) {
    const text = view.at(offset)?.text;
    if (text === undefined || !text.startsWith(script)) return false;
    if (text === `${script}Done`) return true;
  }
  return false;
}

/** Lerna, Nx, Turborepo, Rush, npm-run-all, concurrently, Wireit: they name the package whose script failed. */
export const monorepos: Extractor = extractorOf(
  "monorepos",
  "Lerna, Nx, Turborepo, Rush",
  ["lerna err!", " nx ", ": command (", "==[ failure", "failed to build.", "exited with ", "failed tasks:", "failed with exit status", "failed:"],
  [
    failure(/^lerna ERR! (?<key>E(?!NOENT\b)[A-Z]{3,40}\b .+)$/, "config.toolchain", "Lerna reports an error", "likely"),
    failure(/^lerna ERR! (?<key>.{1,100} exited \d{1,3} in '.{1,200}')/, "unknown", "Lerna names the package that failed", "summary"),
    failure(/^(?<key>[@\w./-]{1,100}#[\w:.-]{1,60}): command .{1,600} exited \(\d{1,3}\)/, "unknown", "Turborepo names the task that failed", "summary"),
    failure(/^==\[ FAILURE: (?<key>.{1,200}?) \]=/, "unknown", "Rush names the project that failed", "summary"),
    failure(/^(?:❌ )?\[(?<key>.{1,120})\] Failed with exit status \d{1,3}/, "unknown", "Wireit names the script that failed", "summary"),
    failure(
      /^\s{0,3}(?:>\s{1,3})?NX\s{2,4}(?:ERROR\s{1,4})?(?<key>(?:Cannot find|Could not find|Unable to|Failed to process|Invalid).*)$/,
      "config.toolchain",
      "Nx reports an error",
      "likely",
    ),
    {
      pattern: /^Failed tasks:$/,
      category: (_, view) => (/^- [\w@./:-]+$/.test(firstBelow(view)) ? "unknown" : undefined),
      strength: "symptom",
      reason: "Nx names the tasks that failed",
    },
    failure(/^ERROR: ".{1,100}" exited with [1-9]/, "unknown", "A script among several failed", "symptom"),
  ],
);
