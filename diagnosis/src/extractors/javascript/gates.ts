import type { Extractor } from "../../extractor.ts";
import { extractorOf, type Form } from "./forms.ts";

function gate(pattern: RegExp, reason: string, strength: Form["strength"] = "cause"): Form {
  return { pattern, category: "policy.gate", strength, reason };
}

const uncovered = "Coverage is below its threshold";

/** Coverage thresholds of Jest, nyc, c8, Vitest, Karma and lab. Failed tests lower coverage too: they go first. */
export const coverageThresholds: Extractor = extractorOf(
  "coverage-thresholds",
  "Coverage thresholds",
  ["coverage threshold", "coverage for ", "coverage below threshold", "coverage data for"],
  [
    gate(/^(?:Jest: )?(?<key>(?:".{1,300}" )?coverage threshold for \w{1,20}) \(.{1,20}\) not met/i, uncovered, "likely"),
    gate(/^Jest: (?<key>Coverage data for .{1,300} was not found)/, uncovered, "likely"),
    gate(/(?:^|ERROR(?: \[[\w.-]{1,60}\])?: )(?<key>Coverage for \w{1,20}) \([\d.]{1,8}%?\) does not meet .{0,60}threshold/, uncovered, "likely"),
    gate(/^(?<key>Code coverage below threshold): /, uncovered, "likely"),
  ],
);

/** Sizes, pull request rules and audits: size-limit, bundlesize, bundlewatch, Danger, Lighthouse CI, Chromatic, Percy. */
export const pullRequestGates: Extractor = extractorOf(
  "pull-request-gates",
  "size-limit, bundlewatch, Danger, Lighthouse CI",
  [
    "size limit has exceeded",
    "> maxsize",
    "(gzip)",
    "(brotli)",
    "(no compression)",
    "failing the build, there",
    "for minscore",
    "for maxnumericvalue",
    "for maxlength",
    "must have at least",
    "visual changes",
    "exceeded maximum",
    "maximum exceeded for",
    "npm audit report",
  ],
  [
    gate(/^\s{0,6}(?<key>Package size limit has exceeded)/, "The package is larger than allowed"),
    gate(
      /^\s{0,4}(?:FAIL|✖|✗)\s{1,4}(?<key>\S{1,300}): .{1,40} > (?:maxSize )?.{1,30} ?\((?:gzip|brotli|no compression|uncompressed)\)/,
      "A file is larger than allowed",
    ),
    gate(/^(?:Error: )?(?<key>Failing the build, there (?:is|are) [1-9]\d{0,4} fails?)/i, "Danger found what a pull request must not have"),
    gate(/^\s{0,6}(?:✘|✖|×) (?<key>.{1,200} failure for (?:minScore|maxNumericValue|maxLength|minLength) assertion)/, "Lighthouse is below its threshold"),
    gate(/^✖ (?<key>Found [1-9]\d{0,6} visual changes?)/, "Pages look other than before"),
    gate(
      /^(?:Error: |ERROR in |✘ \[ERROR\] )?(?<key>(?:budgets?,? |bundle )?(?:maximum exceeded for|.{1,60} exceeded maximum budget))/i,
      "A bundle is larger than allowed",
    ),
    gate(/^# npm audit report$/, "npm audit names packages with known holes", "summary"),
  ],
);

/** depcheck, knip, dpdm, madge, lockfile-lint, syncpack, publint. */
export const packageChecks: Extractor = extractorOf(
  "package-checks",
  "depcheck, knip, dpdm, madge, lockfile-lint",
  [
    "unused d",
    "unused f",
    "unused e",
    "missing dependencies",
    "unlisted dependencies",
    "unresolved imports",
    "circular depend",
    "detected invalid",
    "lockfile",
  ],
  [
    gate(
      /^(?<key>Unused (?:dependencies|devDependencies|files|exports|exported types)(?: \(\d{1,6}\))?|Missing dependencies|Unlisted dependencies \(\d{1,6}\)|Unresolved imports \(\d{1,6}\))$/,
      "Dependencies and code do not fit together",
      "likely",
    ),
    {
      pattern: /^(?:✖ )?(?<key>Found [1-9]\d{0,6} circular dependenc(?:y|ies)!?)/,
      category: "policy.gate",
      strength: "cause",
      reason: "Modules depend on each other in a circle",
    },
    {
      pattern: /^• Circular Dependencies$/,
      category: (_, view) => (/^\s{0,4}1\) \S/.test(view.at(1)?.text ?? "") ? "policy.gate" : undefined),
      strength: "likely",
      reason: "Modules depend on each other in a circle",
    },
    gate(/^(?<key>detected invalid (?:host|url|scheme|protocol|package name|integrity).*)$/i, "The lock file names a place that is not allowed"),
  ],
);
