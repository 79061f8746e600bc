import type { Category } from "../../categories.ts";
import type { Line, View } from "../../reading/line-reader.ts";
import { patternTable } from "../pattern-guard.ts";
import { isFailureMark } from "./failure-mark.ts";

/** How much a line says of why a command failed, by its form alone. */
export type Weight = "error" | "complaint" | "plain" | "below" | "noise";

const errorForms: readonly RegExp[] = [
  /^(?:\S{1,80}: )?(?:fatal|error|FATAL|ERROR|Error|Fatal|FAIL|FAILED|Failure|FAILURE|CRITICAL|panic|PANIC)(?: error)?(?:\[\w{1,12}\])?: ?\S/,
  /^(?:error|Error|ERROR)(?: [A-Z]{1,6}\d{2,6})?: /,
  /^\[(?:ERROR|error|FATAL|fatal|Error|E|FAIL)\]:? +\S/,
  /^(?:ERROR|FATAL|CRITICAL|Error|FAILED|FAIL) +[-–|]? ?\S/,
  /^(?:✖|✘|×|❌|✗|⨯|🚨|⛔|🛑|💥|‼️?) *\S/u,
  /^(?:[\w.$]{1,200}\.)?[A-Z]\w{0,80}(?:Error|Exception|Failure|Exit|Interrupt|Warning): \S/,
  /^(?:Uncaught |Unhandled |Unexpected )(?:\w+ )?(?:error|exception|rejection|token)\b/i,
  /^Exception in thread "/,
  /^.{0,160}?(?:\b(?:ERROR|CRITICAL|FATAL)(?:[:\]|]| - | in \w)|\blevel=(?:error|fatal)\b|"level": ?"(?:error|fatal)")/,
  /^g?make(?:\[\d+\])?: \*\*\* No rule to make target/,
  /^Traceback \(most recent call last\)/,
  /^\S{1,300}[:(]\d{1,6}(?:[:,]\d{1,6})?\)?:? +(?:fatal )?(?:error|Error|ERROR)\b/,
  /^(?:!!! |\*{3} )\S/,
  /^usage: \S+ .{0,10}$|^\S{1,100}: error: \S/,
];
const complaint =
  /\b(?:fail(?:ed|s|ure|ures|ing)?|error(?:s|ed)?|cannot|can't|can not|could(?: not|n't)|unable to|not (?:found|allowed|permitted|supported|valid|installed|available|defined|set|match(?:ed|ing)?|recogni[sz]ed|exist)|does(?: not|n't)|do(?: not|n't) (?:match|exist)|did(?: not|n't)|invalid|missing|required|must (?:be|have|not)|unexpected|mismatch(?:ed)?|refus(?:ed|ing)|denied|forbidden|unauthori[sz]ed|illegal|conflicts?|incompatible|unsupported|undefined|unresolved|exceed(?:s|ed)|too (?:many|large|long|old|big)|abort(?:ed|ing)?|crash(?:ed)?|timed? ?out|violations?|outdated|out of date|no such|broken|bad|wrong|differs?|forgot|please (?:run|fix|update|add|use|make|check))\b/i;
const harmless =
  /\b0 (?:errors?|failed|failures?|failing|problems?|vulnerabilities)\b|\bno (?:errors?|failures?|problems?|issues?)\b|without errors?|errors?: ?0\b|fail(?:ed|ures?)?: ?0\b|^(?:\[?(?:WARN(?:ING)?|warn(?:ing)?|INFO|info|DEBUG|debug|NOTE|note|notice)\]?\b|npm (?:WARN|warn|notice|info)\b|⚠|.{0,60}\bDeprecat|\S{1,60}: warning: )|\berror[_-]?(?:handler|log|page|code|s?\.\w{1,4}\b)|\bPASS(?:ED)?\b|^\s*(?:✓|✔|√|ok \d+)|\bif (?:it|you|this|the|your build) .{0,60}(?:fail|error)/i;
/** Something below failed, and said why itself. */
const below =
  /^(?:g?make(?:\[\d+\])?: \*\*\* \[|npm (?:ERR!|error)|error Command failed with (?:exit code|signal)|error: (?:script|Recipe) |ERROR: {1,4}(?:script returned|InvocationError|\S{1,60}: (?:commands failed|parallel child exit code))|nox > (?:Session .{1,60} failed|Command .{1,300} failed with exit code)|\[ERROR\] (?:-> \[|To see the full|Re-run Maven|For more information|\[Help|After correcting|\s*mvn )|lerna ERR!|ERR_PNPM_RECURSIVE|ELIFECYCLE| ?ELIFECYCLE|task: Failed to run task|rake aborted|Tasks: TOP|\* Try:|> Run with --|> Get more help|BUILD FAILED|BUILD FAILURE|FAILED$|ERROR$|Failed$|error$|ninja: build stopped|Error: Process completed|subprocess\.CalledProcessError|\[\d+\/\d+\] )/;
/** The same anywhere in a line. */
const belowWithin =
  /exited with (?:code|status|error)|(?:exit|return|status) (?:code|status)[: ]{1,4}[1-9]\d{0,9}\.?$|failed with (?:exit )?(?:code|status|error code) \d|Command failed\b.{0,20}$|See (?:above|the log)/;
const noise =
  /^(?:\s*$|\s*\++ ?\S|[-=_*#~.─━═+|\s]{3,}$|(?:real|user|sys)\s+\d+m|\d+[.,]\d+ ?(?:s|ms|sec|seconds)$|(?:Elapsed|Total|Took|Duration|Time|Finished|Done|Completed)\b.{0,60}\d+ ?(?:s|ms|sec|seconds|min|m)\b|✨ {1,2}Done in|Done in \d|info Visit |npm (?:ERR!|error) (?:A complete log|\s*\/\S*\.log|errno|path |command )|\s{4,}at |\s*\.{3} \d+ more|\[command\]|\[Pipeline\]|\[INFO\]|\[WARNING\]|\[DEBUG\]|\[WARN\]|INFO\b|DEBUG\b|section_(?:start|end):|Sending e-?mails? to|Archiving artifacts|Recording test results|Not sending mail|Cleaning up|Removing |Stopping |Stopped |Uploading |Uploaded |Saving cache|Cache |Post |Terminating |Killing |Shutting down|Deleting |Network \S{1,200} {1,3}Remov|Container \S{1,200} {1,3}(?:Stop|Remov)|\$ \S|> \S{1,200}@\S|Wrote |Skipping |Running after_|travis_|Finished: |Notifying |\d+ (?:passing|pending|passed|skipped)\b|A complete log|See https?:|https?:\/\/\S+$|\s*[\])}]+[;,]?$)/;

const errorFormsIn = patternTable(errorForms);

function hasErrorForm(text: string): boolean {
  return errorFormsIn(text).some((place) => errorForms[place]?.test(text));
}

export function weightOf(line: Line): Weight {
  const text = line.text.trimEnd();
  if (line.command !== undefined && line.command !== "error") return "noise";
  if (noise.test(text)) return "noise";
  const inner = text.trimStart();
  if (below.test(inner) || belowWithin.test(inner)) return "below";
  if (harmless.test(inner)) return "plain";
  if (hasErrorForm(inner)) return "error";
  return complaint.test(inner) ? "complaint" : "plain";
}

/** Whether the line alone has the form of an error: cheaper to ask than its weight. */
export function isError(line: Line): boolean {
  const text = line.text.trim();
  return hasErrorForm(text) && weightOf(line) === "error";
}

/** How far above its end a command's last words are looked for. */
export const wordsReach = 100;

export type LastWords = { readonly offset: number; readonly weight: Weight };

/**
 * Where, above the end of a command that failed, it most likely says why: the first line of the last block in an error's form, else the
 * last complaint, else the beginning of what it said last. Undefined if it said nothing.
 */
export function lastWords(view: View): LastWords | undefined {
  const lines = linesAbove(view);
  const weights = lines.map(weightOf);
  const error = weights.indexOf("error");
  if (error !== -1) return { offset: -1 - startOfBlock(lines, weights, error), weight: "error" };
  const said = weights.indexOf("complaint");
  if (said !== -1) return { offset: -1 - said, weight: "complaint" };
  const failed = weights.indexOf("below");
  const plain = weights.indexOf("plain");
  if (failed !== -1 && (plain === -1 || failed < plain + 6)) return { offset: -1 - failed, weight: "below" };
  if (plain === -1) return undefined;
  return { offset: -1 - startOfParagraph(lines, weights, plain), weight: "plain" };
}

/** What the command printed, the last line first, back to its header or an earlier command's end. */
function linesAbove({ at }: View): Line[] {
  const lines: Line[] = [];
  let header = 0;
  for (let offset = -1; offset >= -wordsReach; offset--) {
    const line = at(offset);
    if (line === undefined || isFailureMark(line)) break;
    if (line.command === "group" && line.text.startsWith("Run ")) return lines.slice(0, header);
    if (line.command === "endgroup") header = lines.length;
    lines.push(line);
  }
  return lines;
}

/** Errors that follow one another, with at most two lines of explanation or space between them. */
function startOfBlock(lines: readonly Line[], weights: readonly Weight[], last: number): number {
  let start = last;
  for (let index = last + 1; index <= start + 3 && index < lines.length && index - last < 40; index++) {
    if (weights[index] === "error") start = index;
  }
  return start;
}

function startOfParagraph(lines: readonly Line[], weights: readonly Weight[], last: number): number {
  let start = last;
  while (start + 1 < lines.length && weights[start + 1] === "plain" && start - last < 7) start++;
  return start - last < 7 ? start : last;
}

/** What words tell of a failure that no tool's form names. In order. */
const telling: readonly (readonly [RegExp, Category])[] = [
  [
    /\b(?:error while loading shared libraries|cannot open shared object file|DLL load failed|Library not loaded|GLIBC(?:XX)?_[\d.]+. not found|pkg-config .{0,60}not found|No package '.{1,100}' found)/,
    "env.missing_library",
  ],
  [
    /\b(?:not (?:properly )?formatted|format(?:ting)? (?:check|errors?|issues?|violations?)|code style|style (?:check|violations?)|lint(?:ing|er)?\b.{0,40}\b(?:fail|error|issue|problem)|run .{0,40}\b(?:format|fmt|prettier|black|lint)\b)/i,
    "code.lint",
  ],
  [
    /\b(?:out of date|out of sync|not up[- ]to[- ]date|uncommitted|dirty|regenerate|coverage|threshold|changelog|licen[cs]e (?:header|check)|policy|not allowed to|pull request|\bPR\b)/,
    "policy.gate",
  ],
  [/\b(?:tests? (?:run )?fail|fail(?:ed|ing) tests?|test failures?|tests? did not pass|AssertionError|AssertionFailedError)\b/i, "code.test"],
  [/\b(?:SyntaxError|IndentationError|syntax error|parse error)\b/i, "code.syntax"],
  [
    /\b(?:ModuleNotFoundError|No module named|Cannot find (?:module|package)|MODULE_NOT_FOUND|ClassNotFoundException|could not find or load main class)\b/i,
    "dependency.missing_module",
  ],
  [/\bImportError\b/, "code.import_error"],
  [
    /\b(?:could not resolve (?:all )?dependenc|no matching (?:version|distribution)|unsatisfiable|version (?:conflict|solving failed)|dependency (?:conflict|resolution))/i,
    "dependency.resolution",
  ],
  [
    /\b(?:compilation (?:error|failed|terminated)|failed to compile|cannot find symbol|undefined (?:reference|symbol)|linker command failed|build failed because)/i,
    "code.compile",
  ],
  [
    /\b(?:permission denied \(publickey|unauthori[sz]ed|bad credentials|authentication fail|invalid (?:token|credentials|api key)|(?:token|secret|password|credentials?|api[_ ]key)\b.{0,40}\b(?:missing|not (?:set|found|provided|valid)|required|expired|invalid|empty)|missing .{0,40}\b(?:token|secret|credentials?|api[_ ]key))\b/i,
    "config.auth",
  ],
  [
    /\b(?:command not found|unsupported (?:version|engine|platform)|requires? (?:at least )?(?:node|python|java|go|ruby|php|jdk|gcc|cmake)\b|not found in PATH|is not installed|minimum required version|incompatible version)/i,
    "config.toolchain",
  ],
  [/\b(?:no artifacts?|artifact .{0,60}not found)\b/i, "upstream.artifact_missing"],
];

export function categoryOfWords(text: string): Category {
  return telling.find(([pattern]) => pattern.test(text))?.[1] ?? "unknown";
}
