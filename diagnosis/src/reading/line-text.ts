import { stripAnsi } from "./ansi.ts";

/** A line as a reader of the log sees it. */
export type LineText = {
  /** Without colours, time stamps and the marks of what printed it. At most `maximumTextLength` characters. */
  readonly text: string;
  /** The `error` of `##[error]…`: a command to the runner, or its own word. */
  readonly command: string | undefined;
  /** Milliseconds since 1970 of the line's time stamp, where it has one. */
  readonly time: number | undefined;
};

export const maximumTextLength = 2_000;

/** Job and step of `gh run view --log`. */
const columns = /^[^\t]{0,200}\t[^\t]{0,400}\t\uFEFF?(?=\d{4}-\d\d-\d\dT\d\d:)/;
const timestamp = /^\uFEFF?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)(?: |$)/;
/** GitLab's stream and fold marks after the time. */
const gitlabStream = /^\d\d[OE][ +]/;
const taskcluster = /^\[(?:task|taskcluster|vcs|setup|fetches) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z)\] ?/;
const mozharness = /^\d\d:\d\d:\d\d +(?:INFO|WARNING|ERROR|CRITICAL|FATAL) - +/;
const bracketedTime = /^\[(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)\] ?/;
const clock = /^(?:\d\d:\d\d:\d\d(?:[.,]\d{1,6})?|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:[.,]\d{1,6})?) +(?=\S)/;
const command = /^##\[([a-z-]+)\]/;
const buildkit = /^#\d{1,4} (?:\d+\.\d+ |(?=(?:ERROR|CANCELED|DONE)\b))/;
/** Ant's tasks, and others that write so: `    [junit] `. Levels of messages are no such mark. */
const task = /^\s*\[(?!(?:error|warn|warning|info|debug|success|fatal|trace|notice|main|pipeline|taskcluster:error|gw\d{1,3})\])[a-z][\w:.-]{1,40}\] /;

/** The service that printed it, of Docker Compose. */
const service = /^[\w.-]{1,60}[_-]\d{1,3} {1,20}\| (?=\S| )/;
/** What runs side by side, before a level of Maven's: `[Linux JDK8] [ERROR] …`. */
const branch = /^\[(?!(?:ERROR|WARNING|INFO|FATAL)\])[\w .:-]{1,60}\] (?=\[(?:ERROR|WARNING|INFO|FATAL)\] )/;

/** `[08:02:40] `, as Travis' scripts print it, with TeamCity's `: `, `W: ` or `i: ` behind it. */
const bracketedClock = /^\[\d\d:\d\d:\d\d(?:[.,]\d{1,6})?\](?: ?[WEi]?:)? {1,8}(?=\S)/;

/** The text of a line's bytes, as UTF-8; what is not becomes U+FFFD. */
export function readLineText(raw: string): LineText {
  let text = raw.includes("\u001b") ? stripAnsi(raw) : raw;
  text = lastWritten(withoutReturns(text));
  const tab = text.indexOf("\t");
  if (tab !== -1 && tab <= 200 && text.includes("\t", tab + 1)) text = text.replace(columns, "");
  let time: number | undefined;
  const stamped = stampOf(text);
  if (stamped !== null) {
    time = Date.parse(stamped[1] ?? "");
    text = text.slice(stamped[0].length);
    if (isDigit(text)) text = text.replace(gitlabStream, "");
  }
  if (text.startsWith("\uFEFF")) text = text.slice(1);
  if (isDigit(text)) text = text.replace(mozharness, "").replace(clock, "");
  const commanded = text.startsWith("##[") ? command.exec(text) : null;
  if (commanded !== null) text = text.slice(commanded[0].length);
  if (text.startsWith("#")) text = text.replace(buildkit, "");
  if (isDigit(text)) text = text.replace(clock, "");
  const bracket = text.indexOf("[");
  if (bracket !== -1 && bracket < 20) text = text.replace(bracketedClock, "").replace(task, "").replace(branch, "");
  const bar = text.indexOf("| ");
  if (bar !== -1 && bar < 90) text = text.replace(service, "");
  return {
    text: text.length > maximumTextLength ? text.slice(0, maximumTextLength).replace(/[\uD800-\uDBFF]$/, "") : text,
    command: commanded?.[1],
    time: Number.isNaN(time) ? undefined : time,
  };
}

function stampOf(text: string): RegExpExecArray | null {
  if (text.startsWith("[")) return taskcluster.exec(text) ?? bracketedTime.exec(text);
  return isDigit(text) || text.startsWith("\uFEFF") ? timestamp.exec(text) : null;
}

function isDigit(text: string): boolean {
  const code = text.charCodeAt(0);
  return code >= 48 && code <= 57;
}

/** Without those at its end. Not by an expression: `\r+$` takes time by the square of how many stand elsewhere. */
function withoutReturns(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === "\r") end--;
  return end === text.length ? text : text.slice(0, end);
}

/** What a terminal would show of a line that a progress bar wrote over itself. */
function lastWritten(text: string): string {
  if (!text.includes("\r")) return text;
  const parts = text.split("\r");
  const stamp = timestamp.exec(parts[0] ?? "")?.[0] ?? "";
  const last = parts.findLast((part) => part.trim() !== "") ?? "";
  return last === parts[0] ? last : stamp + last;
}
