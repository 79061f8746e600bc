import type { Category } from "../../categories.ts";
import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { isNetworkTrouble } from "./exceptions.ts";

/** `____ TestA.test_b[1] ____`; a name that fills the line has one sign at each side. */
const heading = /^_{1,200} ([^\s_].{0,600}|_[^\s].{0,600}) _{1,200}$/;
/** pytest-sugar's. */
const sugarHeading = /^―{3,200} (.{1,600}?) ―{3,200}$/;
const fullHeading = /^_{3,200} (.{1,600}?) _{3,200}$/;
const section =
  /^={3,300} ?(FAILURES|ERRORS|PASSES|RERUNS|XFAILURES|XPASSES|(?:rerun )?(?:short )?test summary info|(?:pytest-)?warnings summary(?: \(final\))?|test session starts)(?: \(.{0,80}\))? ?={3,300}$/;
const summaryFile =
  /^(?:SUB)?(FAIL|FAILED|ERROR)(?:\(.{0,200}\))? (?:\[[\d.]{1,12}s?\] )?((?:\S{1,400}\.(?:py|pyx|rst|txt|md|ipynb|ya?ml|feature|json|toml|cfg))(?:::.{1,900}?)?)(?: - (.*))?$/;
const summaryAny = /^(?:SUB)?(FAILED|ERROR)(?:\(.{0,200}\))? (?:\[[\d.]{1,12}s?\] )?(\S.{0,900}?)(?: - (.*))?$/;
/** Under `-v`: `test_a.py::test_b FAILED [ 12%]`, and `[gw0] [ 15%] FAILED test_a.py::test_b` of xdist. */
const verbose =
  /^(?:\[gw\d{1,4}\] )?(?:\[ {0,2}\d{1,3}%\] )?(?:(FAILED|ERROR) (\S{1,300}\.py::.{1,600})|(\S{1,300}\.py::.{1,600}?) (FAILED|ERROR)(?: \[[\d.]{1,12}s\])?(?: {1,200}\[ {0,2}\d{1,3}%\])?)$/;

type Section = "failures" | "errors" | "summary" | "other" | undefined;

/** pytest's failed tests: the headings of its `FAILURES` and `ERRORS`, its short summary, and what `-v` says of each test. */
export const pytest: Extractor = {
  name: "pytest",
  title: "pytest",
  keywords: [
    "___ ",
    "_ test",
    "_ error",
    "] _",
    "――― ",
    "= failures",
    "= errors",
    "= passes",
    "= reruns",
    "= xfail",
    "= xpass",
    "summary",
    "session starts",
    "failed",
    "fail ",
    "error ",
  ],
  open() {
    let inside: Section;
    const headed = new Set<string>();
    return (view) => {
      const text = view.line.text.trim();
      const began = section.exec(text)?.[1];
      if (began !== undefined) {
        inside = sectionOf(began);
        return undefined;
      }
      return ofSummary(text, inside, headed) ?? ofHeading(text, inside, headed, view) ?? ofVerbose(text);
    };
  },
};

function sectionOf(title: string): Section {
  if (title === "FAILURES") return "failures";
  if (title === "ERRORS") return "errors";
  if (title.endsWith("short test summary info") || title === "test summary info") return "summary";
  return title === "test session starts" ? undefined : "other";
}

function ofSummary(text: string, inside: Section, headed: ReadonlySet<string>): Sighting | undefined {
  if (inside === "other") return undefined;
  const found = inside === "summary" ? summaryAny.exec(text) : summaryFile.exec(text);
  if (found === null) return undefined;
  const [, kind, test = "", why = ""] = found;
  const collecting = kind === "ERROR" && !test.includes("::");
  const known = headed.has(test.slice(test.indexOf("::") + 2).replaceAll("::", "."));
  return {
    category: collecting ? collectionCategory(why) : testCategory(test, why),
    strength: "likely",
    reason: "pytest's summary names a failed test",
    ...(known ? {} : { test }),
    key: `${test} ${why}`,
    ...(isNetworkTrouble(why) ? { transient: "possible" as const } : {}),
  };
}

/** A heading outside of a section is pytest-instafail's or sugar's, if an error follows; tox and coverage write such lines too. */
function ofHeading(text: string, inside: Section, headed: Set<string>, view: View): Sighting | undefined {
  if (inside === "other" || inside === "summary") return undefined;
  const inSection = inside !== undefined;
  const name = ((inSection ? heading : fullHeading).exec(text) ?? sugarHeading.exec(text))?.[1];
  if (name === undefined || /^(?:_ ?)+$|^coverage: |^summary$|^generated xml/.test(name)) return undefined;
  const collecting = /^ERROR collecting (.+)$/.exec(name)?.[1];
  const message = (collecting === undefined ? "" : exceptionBelow(view)) || messageBelow(view);
  if (!inSection && message === "") return undefined;
  if (collecting !== undefined)
    return { category: collectionCategory(message), strength: "cause", reason: "pytest could not read a test file", key: `${collecting} ${message}` };
  const test = name.replace(/^ERROR at (?:setup|teardown) of /, "");
  if (headed.size < 2_000) headed.add(test);
  return {
    category: testCategory(name, message),
    strength: "cause",
    reason: name === test ? "pytest shows a failed test" : "pytest shows a test whose fixtures failed",
    test,
    key: `${name} ${message}`,
    ...(isNetworkTrouble(message) ? { transient: "possible" as const } : {}),
  };
}

function ofVerbose(text: string): Sighting | undefined {
  const found = verbose.exec(text);
  if (found === null) return undefined;
  const test = (found[2] ?? found[3] ?? "").trim();
  return { category: "code.test", strength: "summary", reason: "pytest says of a test that it failed", key: test };
}

/** The first line that begins with `E`; or, of `--tb=native`, of crashed workers and of plugins, what stands there instead. */
function messageBelow({ at }: View): string {
  let other = "";
  for (let offset = 1; offset <= 100; offset++) {
    const text = at(offset)?.text.trimEnd();
    if (text === undefined || fullHeading.test(text) || section.test(text)) break;
    const error = /^E {2,}(\S.*)$/.exec(text)?.[1];
    if (error !== undefined && !error.startsWith('File "')) return error;
    if (other === "" && offset < 4 && /^(?:worker '|\[XPASS|\S{1,300}:\d+: )/.test(text)) other = text;
    if (/^(?:[A-Za-z_]\w{0,60}\.){0,8}[A-Z]\w{0,60}(?:Error|Exception)\b/.test(text) || /^Expected:$/.test(text)) other = text;
  }
  return other;
}

/** Of a file that cannot be parsed, its lines stand before the exception. */
function exceptionBelow({ at }: View): string {
  for (let offset = 1; offset <= 100; offset++) {
    const text = at(offset)?.text.trimEnd();
    if (text === undefined || fullHeading.test(text) || section.test(text)) break;
    const error = /^E {2,}((?:[A-Za-z_]\w{0,60}\.){0,8}[A-Z]\w{0,60}(?:Error|Exception)\b.*)$/.exec(text)?.[1];
    if (error !== undefined) return error;
  }
  return "";
}

/** Plugins make tests of linters and of checks. */
function testCategory(name: string, message: string): Category {
  if (
    /\[?(?:flake-?8|pycodestyle|pydocstyle|pep8|pylint|isort|black|ruff)(?:[\s:\]-]|$)|Black format check|(?:FLAKE8|BLACK|PEP8|ISORT|PYLINT)\b/.test(name) &&
    !/^test_|\.test_|::test_/.test(name)
  )
    return "code.lint";
  if (/^(?:\[mypy\]|mypy(?:-status)?$|\S{1,300}::mypy(?:-status)?$|\S{1,300}: mypy$)/i.test(name)) return "code.typecheck";
  if (/^worker '|^(?:Failed: )?.{0,80}crashed while running/.test(message)) return "crash.signal";
  if (/^(?:E +)?(?:Failed: )?Timeout >?\(?>?[\d.]+ ?s/.test(message)) return "timeout.test";
  return /CUDA out of memory/.test(message) ? "resource.oom" : "code.test";
}

/** Of a file that could not be imported, by its message. */
export function collectionCategory(message: string): Category {
  if (/cannot open shared object file|DLL load failed|undefined symbol|Library not loaded|GLIBC(?:XX)?_/.test(message)) return "env.missing_library";
  if (/No module named '?(?:conftest|tests?|src)\b/.test(message)) return "code.import_error";
  if (/ModuleNotFoundError|No module named/.test(message)) return "dependency.missing_module";
  return /SyntaxError|IndentationError|TabError|invalid syntax/.test(message) ? "code.syntax" : "code.import_error";
}
