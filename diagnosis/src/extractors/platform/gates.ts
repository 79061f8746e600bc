import type { Extractor, Sighting } from "../../extractor.ts";
import { linesBehind, type View } from "../../reading/line-reader.ts";
import { type Form, readForms } from "./forms.ts";

/** Rules that a team gives itself: nothing is broken, but it is not to be merged so. */
const forms: readonly Form[] = [
  {
    category: "policy.gate",
    strength: "likely",
    elsewhere: "summary",
    reason: "The tests cover less than is asked for",
    patterns: [
      /\bcoverage\b.{0,120}\b(?:not met|not reached|below|less than|under|lower than|does not meet|did not meet|is insufficient|decreased|failure: total of)\b/i,
      /^(?:ERROR: |FAIL |Coverage failure: )?(?:Required test coverage of|total of) \S{1,10} (?:not reached|is less than)/i,
      /^Coverage failure: /,
      /\bRule violated for .{1,300} but expected (?:minimum|maximum) is /,
      /^(?:Line|Branch|Method) coverage \(\S{1,10}\) is below the expected minimum/,
      /^The minimum (?:line|branch|method|total)? ?coverage is below/i,
    ],
  },
  {
    category: "policy.gate",
    strength: "cause",
    reason: "The quality gate did not pass",
    patterns: [
      /\bQUALITY GATE STATUS: FAILED\b/,
      /^(?:✖ )?Quality Gate (?:has )?(?:FAILED|failed|not passed)/,
      /^(?:ERROR: )?Pipeline aborted due to quality gate failure/,
    ],
  },
  {
    category: "policy.gate",
    strength: "cause",
    elsewhere: "likely",
    reason: "A dependency has a known weakness, or a licence that is not allowed",
    patterns: [
      /^Dependency review (?:detected|found) /,
      /^(?:error: |ERROR: )?[1-9]\d* vulnerabilit(?:y|ies) (?:found|allowed)/i,
      /^(?:Found [1-9]\d* known vulnerabilit(?:y|ies)|error: Vulnerable crates found)/,
      /^(?:discovered vulnerabilities at or above the severity threshold|\d+ error: discovered vulnerabilities)/,
      /^(?:Tested \d+ dependencies for known issues, found \d+ issue|✗ \S{1,20} severity)/,
      /^(?:ERROR: )?One or more dependencies were identified with (?:known )?vulnerabilities/,
      /^(?:error\[(?:vulnerability|rejected|banned|unlicensed|yanked|unmaintained|license-not-encountered)\]|advisories FAILED|licenses FAILED|bans (?:\w+, )?FAILED)/,
      /\b(?:license|licence)s? .{0,80}(?:is|are) not (?:allowed|approved|permitted|compliant)/i,
    ],
  },
  {
    category: "policy.gate",
    strength: "cause",
    elsewhere: "likely",
    reason: "The scanner found a secret",
    patterns: [
      /^(?:\S{1,30} )?(?:WRN )?leaks found: [1-9]/,
      /^>>> Incident \d{1,6} ?\(Secrets detection\): /,
      /^(?:Secrets detected|ERROR: Potential secrets about to be committed|🐷🔑🐷 {1,3}TruffleHog.{0,40}found|Found (?:verified|unverified) result)/,
    ],
  },
  {
    category: "policy.gate",
    strength: "cause",
    reason: "The pull request or its commits do not follow the project's rules",
    patterns: [
      /^(?:✖ {1,4}|x )(?:subject|type|scope|header|body|footer|references)\b.{1,200}\[[\w-]{4,40}\]$/,
      /^(?:No release type found in pull request title|Unknown release type ".{1,60}" found in pull request title|Unknown scope ".{1,100}" found)/,
      /^Label error\. Requires /,
      /^(?:Committers of [Pp]ull [Rr]equest .{1,40} have to sign the CLA|.{0,60}\bCLA (?:is |has )?not (?:been )?signed)/,
      /\b(?:Signed-off-by|sign-off|DCO)\b.{0,80}\b(?:missing|required|not found|does not match|did not match)\b/i,
      /^(?:Commit|The commit) .{0,120}(?:is missing|missing|has no|lacks) .{0,20}(?:Signed-off-by|sign-off|DCO)/i,
      /^(?:Your PR|This PR|PR|The pull request|This pull request) .{0,200}\b(?:more than the \d+ maximum|too (?:big|large|many)|refusing to run CI|sits on top of|exceeds|must have|does not have|is missing|needs a|requires a)\b/i,
      /^PR (?:title|description|body|name) .{0,120}\b(?:does(?:n't| not)|must|invalid|should|is not)\b/i,
      /^(?:No update to \S{1,60}CHANGELOG|No (?:changelog|changeset|news fragment|release note)\w* (?:entry |file |fragment )?(?:was )?(?:found|provided|detected|added))/i,
      /^(?:❌ |✗ |Error: |ERROR: )?(?:.{0,60}\b)?(?:[Cc]hange(?:log|set|note)s?|CHANGELOG(?:\.md)?|[Nn]ews ?fragment|release notes?) .{0,40}\b(?:missing|required|not (?:found|updated|changed|modified)|must be)\b/,
      /^(?:Some packages have been changed but no changesets were found|Intent to add changes missing)/,
      /^(?:Danger: )?[✖✗×] Failing the build, there (?:is|are) \d+ fail/i,
    ],
  },
  {
    category: "policy.gate",
    strength: "cause",
    elsewhere: "likely",
    reason: "The public interface changed in a way that is not allowed",
    patterns: [
      /^API changes: [1-9]\d* \(Detected by/,
      /^(?:The PR is introducing backward incompatible changes|Binary incompatibilit(?:y|ies) |error: the package .{1,100} is not backwards compatible)/i,
      /\b(?:backwards?[- ]incompatible|binary[- ]incompatible|breaking) (?:API )?changes? (?:(?:was|were|has been|have been) )?(?:detected|found|introduced)\b/i,
      /^--- failure \w{1,60}: .{1,200} ---$/,
      /^(?:.{0,120}: )?API (?:check|compatibility check|check) failed (?:for|on)/i,
      /\bAPI problems found\b|\bsemver requires new (?:major|minor) version\b/,
    ],
  },
  {
    category: "policy.gate",
    strength: "likely",
    elsewhere: "summary",
    reason: "A limit for size or speed is exceeded",
    patterns: [
      /^(?:\s{0,4}Package size limit has exceeded|.{0,100}\b(?:bundle|package|file|image) size .{0,60}(?:exceeds|exceeded|larger than|too large))/i,
      /^FAIL {1,3}\S{1,200}: \S{1,20} > maxSize /,
    ],
  },
];

/** Coverage, quality, licences, weaknesses, secrets, commit messages, change logs, interfaces. */
export const gates: Extractor = {
  name: "gates",
  title: "Quality and policy gates",
  keywords: [
    "coverage",
    "rule violated for",
    "severity threshold",
    "quality gate",
    "dependency review",
    "vulnerabilit",
    "npm audit report",
    "npm audit security report",
    "vulnerable crates",
    "severity",
    "known issues, found",
    "error[",
    "advisories failed",
    "licenses failed",
    "not allowed",
    "not approved",
    "not permitted",
    "not compliant",
    "leaks found",
    "secrets ",
    "trufflehog",
    "verified result",
    "✖ ",
    "release type",
    "label error",
    "the cla",
    "cla ",
    "sign-off",
    "signed-off-by",
    "dco ",
    "dco:",
    "pull request",
    "your pr ",
    "this pr ",
    "pr #",
    "pr title",
    "pr description",
    "pr body",
    "changelog",
    "changeset",
    "news fragment",
    "release note",
    "failing the build, there",
    "api changes: ",
    "incompatib",
    "breaking change",
    "breaking api",
    "--- failure ",
    "api problems",
    "api check",
    "compatibility check",
    "semver requires",
    "backwards compatible",
    "size limit",
    "bundle size",
    "package size",
    "file size",
    "image size",
    "maxsize",
  ],
  open: () => {
    const read = readForms(forms);
    return (view) => (isAudit(view) ? audited : /^\s{0,20}(?:at |#|\/\/|\*|\[?(?:WARN|INFO|DEBUG))/i.test(view.line.text) ? undefined : read(view));
  },
};

/** npm's count, which each installation prints too. */
const npmCount = /^(?:found )?[1-9]\d{0,5} (?:\w{3,10} severity )?vulnerabilit(?:y|ies)(?: \(|$| in )/;
const audited: Sighting = { category: "policy.gate", strength: "likely", reason: "npm audit found known weaknesses" };

/** Whether the line is the count below a report of `npm audit`. */
function isAudit({ line, at, holdsKeyword }: View): boolean {
  if (!npmCount.test(line.text)) return false;
  for (let offset = -1; offset >= -linesBehind; offset--) {
    if (holdsKeyword(offset) && /npm audit (?:security )?report/.test(at(offset)?.text ?? "")) return true;
  }
  return false;
}
