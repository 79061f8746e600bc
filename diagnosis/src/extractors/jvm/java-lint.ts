import { type Extractor, stateless, type Sighting } from "../../extractor.ts";
import { patternTable } from "../pattern-guard.ts";
import { mavenLine } from "./maven-level.ts";

/** What a finding's words are, and whether the tool prints it for what fails the build alone. */
type Finding = { readonly pattern: RegExp; readonly reason: string; readonly onlyErrors: boolean };

const findings: readonly Finding[] = [
  // `[ERROR] /src/A.java:12:3: Line is too long. [LineLength]`, of the command line, Ant and Gradle.
  { pattern: /^\S.{0,400}\.\w{1,12}:\d+(?::\d+)?: (.{1,1000} \[[A-Z]\w{1,80}\])\s*$/, reason: "Checkstyle names a place in a file", onlyErrors: true },
  // `[ERROR] /src/A.java:[12,3] (imports) UnusedImports: …`, of Maven; older `src/A.java[12:3] (imports) …`.
  {
    pattern: /^\S.{0,400}\.\w{1,12}(?::\[[\d,]{1,20}\]|\[[\d:,]{1,20}\]) (\([\w-]{1,40}\) [A-Z]\w{1,80}: .+)$/,
    reason: "Checkstyle names a place in a file",
    onlyErrors: true,
  },
  // `/src/A.java:12:	UnusedPrivateField:	…`, of Gradle's PMD.
  { pattern: /^\S.{0,400}\.(?:java|kt|groovy|xml|jsp):\d+:\t([A-Z]\w{1,80}:\t.+)$/, reason: "PMD names a place in a file", onlyErrors: false },
  { pattern: /^PMD Failure: (\S{1,300}:\d+ Rule:.+)$/, reason: "PMD names a place in a class", onlyErrors: false },
  { pattern: /^(CPD Failure: .+)$/, reason: "PMD found code that was copied", onlyErrors: false },
  // `[ERROR] High: … At A.java:[line 12] NP_NULL`, of Maven; `M P UuF: … At A.java:[line 12]`, of Gradle.
  {
    pattern: /^((?:High|Medium|Low): \S.{0,1000}\[[\w.$]{1,300}\] .{0,400}[A-Z][A-Z\d]*_\w+)\s*$/,
    reason: "SpotBugs names a place in a class",
    onlyErrors: false,
  },
  {
    pattern: /^([HML] [A-Z] \w{1,20}: .{1,1000} {1,2}(?:At|In|Dead store|Unread|Field|Method|Value|Local) ?.{0,400}\.java.{0,200})$/,
    reason: "SpotBugs names a place in a class",
    onlyErrors: false,
  },
  { pattern: /^(\S.{0,1000} At [\w$]{1,200}\.java:\[lines? [\d-]{1,20}\].{0,200})$/, reason: "SpotBugs names a place in a class", onlyErrors: true },
  {
    pattern: /^(Forbidden (?:class|method|field|package|annotation|interface).{0,300} (?:use|invocation|access|import).*: .+)$/,
    reason: "A call that the build forbids",
    onlyErrors: false,
  },
  { pattern: /^\S.{0,400}\.java:\d+: (Prefer .+)$/, reason: "Modernizer names an old call", onlyErrors: true },
  {
    pattern:
      /^(?:Non complying file|Found \d+ non-complying files?|The following files had format violations|The file .{1,300} is not sorted|Imports are not sorted|File '.{1,300}' has not been previously formatted|Not formatted|Unformatted files?)\b:? ?(.*)$/,
    reason: "Files that are not formatted as asked",
    onlyErrors: true,
  },
  {
    pattern: /^(?:\[(?:warn|WARNING)\] )?((?:Missing|Some files do not have the expected license) header.*)$/,
    reason: "Files without the licence's text",
    onlyErrors: true,
  },
];

const findingsIn = patternTable(findings.map(({ pattern }) => pattern));

/** Checks that the build sets itself. */
const gates: readonly (readonly [RegExp, string])[] = [
  [
    /^(Files with unapproved licenses:|Too many files with unapproved license|\s*Unapproved:? .+ is |Unexpected count for )/,
    "Files without an approved licence",
  ],
  [/^(?:\[(?:WARNING|ant:jacocoReport)\] )?(Rule violated for .+: .+ is .+, but expected (?:minimum|maximum) is .+)$/, "The code's coverage is too low"],
  [/^(\S{1,300}:\d+: Undefined reference: .+)$/, "A call that the lowest supported Java or Android does not have"],
  [/^(\d{4}: \S{1,400}: .+)$/, "A change that breaks the library's users"],
  [/^((?:java|missing)\.\w{1,40}\.\S{1,100}: .+)$/, "A change that breaks the library's users"],
];

/** Style checks and gates of Java builds, by Maven, Gradle, Ant and the command line. */
export const javaLint: Extractor = {
  name: "java-lint",
  title: "Java style checks",
  keywords: [
    // A file's name and line alone stand in each frame of a stack trace; folders of sources do not.
    "src/main/",
    "src/test/",
    "src\\main\\",
    "src\\test\\",
    ".java:[",
    ".java[",
    "[error] src",
    "[error] /",
    "[error] c:\\",
    "[error] d:\\",
    "[warn] /",
    ".properties:",
    ".xml:",
    "pmd failure:",
    "cpd failure:",
    "] high: ",
    "] medium: ",
    "] low: ",
    "at [line",
    ":[line",
    "forbidden ",
    "complying file",
    "format violations",
    "is not sorted",
    "are not sorted",
    "not been previously formatted",
    "expected license header",
    "missing header",
    "unapproved license",
    "unapproved: ",
    "rule violated for",
    "undefined reference:",
    "java.method.",
    "java.class.",
    "java.field.",
    "java.annotation.",
    "[error] 700",
    "[error] 701",
  ],
  open: stateless(({ line }) => {
    const warned = /^\[(?:WARN|WARNING|warn)\] /.exec(line.text)?.[0];
    const { message, isError } = mavenLine(warned === undefined ? line.text : line.text.slice(warned.length));
    for (const place of findingsIn(message)) {
      const { pattern, reason, onlyErrors } = findings[place] as (typeof findings)[number];
      const found = pattern.exec(message);
      if (found === null) continue;
      if (onlyErrors && !isError) return warned === undefined || /^Modernizer|format/.test(reason) ? undefined : finding(found[1] ?? "", reason, "hint");
      return finding(found[1] ?? "", reason, isError || warned === undefined ? "cause" : "likely");
    }
    const gate = gates.find(([pattern]) => pattern.test(message));
    if (gate === undefined || (/^\d{4}:|^(?:java|missing)\./.test(message) && !isError)) return undefined;
    return { category: "policy.gate", strength: isError ? "cause" : "likely", reason: gate[1], key: gate[0].exec(message)?.[1] ?? message };
  }),
};

function finding(key: string, reason: string, strength: Sighting["strength"]): Sighting {
  return { category: "code.lint", strength, reason, key };
}
