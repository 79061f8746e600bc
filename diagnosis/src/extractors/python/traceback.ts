import type { Category } from "../../categories.ts";
import type { Extractor, Sighting, Strength } from "../../extractor.ts";
import { type View, viewFrom } from "../../reading/line-reader.ts";
import { failureFollows } from "../platform/failure-mark.ts";
import { exceptionIn, meaningOf } from "./exceptions.ts";

const header = /^(\s{0,40}(?:[A-Za-z][\w.-]{0,40}(?: \|)?:? )?)Traceback \(most recent call last\):\s*$/;
const syntaxError = /^(?:SyntaxError|IndentationError|TabError): (.{1,400})$/;
const chained = /^(?:During handling of the above exception, another exception occurred|The above exception was the direct cause of the following exception):$/;

/** Uncaught exceptions of Python, wherever they are printed. */
export const pythonTraceback: Extractor = {
  name: "python-traceback",
  title: "Python",
  keywords: ["traceback (most recent", "syntaxerror: ", "indentationerror: ", "taberror: ", "error compiling '"],
  open() {
    let seenUntil = 0;
    return (view) => {
      const { line } = view;
      const compiled = /^\*\*\* Error compiling '(.{1,400})'\.\.\.$/.exec(line.text.trim())?.[1];
      if (compiled !== undefined) return { category: "code.syntax", strength: "likely", reason: "Python cannot compile a file", key: compiled };
      const prefix = header.exec(line.text)?.[1];
      if (prefix === undefined) return line.number > seenUntil ? bareSyntaxError(view) : undefined;
      const end = endOf(view, prefix);
      if (end === undefined) return undefined;
      seenUntil = line.number + end.offset;
      return ofTraceback(end, view);
    };
  },
};

type End = { readonly offset: number; readonly name: string; readonly message: string; readonly frames: readonly string[] };

/** The exception below the frames; undefined where the next traceback follows from it, or it lies out of sight. */
function endOf({ at }: View, prefix: string): End | undefined {
  const frames: string[] = [];
  for (let offset = 1; offset <= 100; offset++) {
    const whole = at(offset)?.text;
    if (whole === undefined) return undefined;
    const text = whole.startsWith(prefix) ? whole.slice(prefix.length) : whole;
    if (/^\s{1,4}(?:\| )?File "/.test(text)) frames.push(text.trim());
    if (text.trim() === "" || /^[\s|+]/.test(text)) continue;
    const exception = exceptionIn(text.trimEnd());
    if (exception === null) return frames.length === 0 ? undefined : endWithout(text, offset, frames);
    for (let next = offset + 1; next <= offset + 4; next++) if (chained.test(at(next)?.text.slice(prefix.length).trim() ?? "")) return undefined;
    return { offset, ...exception, frames };
  }
  return undefined;
}

/** Exceptions whose names tell nothing: `requests.exceptions.X`, `MyProblem: …`. */
function endWithout(text: string, offset: number, frames: readonly string[]): End | undefined {
  const found = /^(?:[A-Za-z_]\w{0,60}\.){0,8}([A-Z]\w{2,80})(?:: (.*))?$/.exec(text.trimEnd());
  return found === null ? undefined : { offset, name: found[1] ?? "", message: found[2] ?? "", frames };
}

function ofTraceback(end: End, view: View): Sighting | undefined {
  const { name, message, frames, offset } = end;
  if (name === "SystemExit") return undefined;
  const meaning = meaningOf(name, message);
  const strength = strengthOf(end, view);
  return {
    category: meaning?.category ?? (name === "CalledProcessError" ? categoryOfCommand(message) : categoryOfFrames(frames)),
    strength,
    reason: strength === "hint" ? "Python shows an exception" : "Python ended with an exception",
    offset,
    key: `${name}: ${message}`,
    ...(meaning?.transient === undefined ? {} : { transient: meaning.transient }),
  };
}

/** A process that ends so shows its frames from the main module on; one that goes on begins them where it caught the exception. */
function strengthOf({ name, frames, offset }: End, view: View): Strength {
  if (name === "CalledProcessError" || name === "KeyboardInterrupt") return "symptom";
  const thread = /^(?:Exception in thread|Process \S+:|Exception ignored in)/.test(view.at(-1)?.text.trim() ?? "");
  const entry = frames[0] ?? "";
  const uncaught = !thread && (entry.endsWith(", in <module>") || entry.endsWith(", in _run_module_as_main"));
  if (uncaught) return "likely";
  return followsSoon(offset, view) ? "likely" : "hint";
}

/** Whether the step's end stands within a few lines below the exception. */
function followsSoon(offset: number, view: View): boolean {
  const from = viewFrom(view, offset);
  return from !== undefined && failureFollows({ ...from, line: { ...from.line, command: undefined } }, 8);
}

/** Where the code that failed stands: a chain of imports, tests, other people's packages. */
function categoryOfFrames(frames: readonly string[]): Category {
  const last = frames.at(-1) ?? "";
  const importing =
    frames.filter((frame) => frame.endsWith(", in <module>")).length > 1 || frames.some((frame) => /<frozen importlib|importlib[\\/]__init__\.py/.test(frame));
  if (importing && /, in (?:<module>|[A-Z]\w*)$/.test(frames.findLast((frame) => !/site-packages|[\\/]lib[\\/]python/.test(frame)) ?? last))
    return "code.import_error";
  if (frames.some((frame) => /[\\/](?:tests?|testing)[\\/]|[\\/]test_\w+\.py|_test\.py/.test(frame))) return "code.test";
  return frames.length > 1 && /site-packages|dist-packages/.test(last) ? "tool.crash" : "unknown";
}

/** `Command '['pytest', 'tests']' returned non-zero exit status 1.` */
function categoryOfCommand(message: string): Category {
  const command = /^Command '(.{1,1500})' (?:returned|died)/.exec(message)?.[1] ?? "";
  if (/\bpip3?\b.{0,40}\binstall\b|\bconda\b|\bpoetry\b/.test(command)) return "dependency.resolution";
  if (/\b(?:pytest|unittest|tox|nosetests|ctest)\b/.test(command)) return "code.test";
  if (/\b(?:gcc|g\+\+|clang|cmake|make|ninja|cargo|build_ext)\b/.test(command)) return "code.compile";
  return /\bgit\b.{0,40}\b(?:clone|fetch)\b/.test(command) ? "vcs.clone_failed" : "unknown";
}

/** A script that cannot be read is shown without a traceback's header; pip shows old packages' files so, and goes on. */
function bareSyntaxError(view: View): Sighting | undefined {
  const message = syntaxError.exec(view.line.text.trim())?.[1];
  if (message === undefined) return undefined;
  for (let offset = -1; offset >= -5; offset--) {
    const file = /^\s{0,20}File "(.{1,400})", line \d+/.exec(view.at(offset)?.text ?? "")?.[1];
    if (file === undefined) continue;
    if (/site-packages|dist-packages/.test(file)) return undefined;
    return {
      category: "code.syntax",
      strength: /^E\s/.test(view.line.text) ? "summary" : "likely",
      reason: "Python cannot read a file",
      key: `${file} ${message}`,
    };
  }
  return undefined;
}
