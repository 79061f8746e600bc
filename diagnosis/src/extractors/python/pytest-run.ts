import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, findNear, sightingIn } from "../native/forms.ts";
import { exceptionIn, meaningOf } from "./exceptions.ts";
import { collectionCategory } from "./pytest.ts";

const program = String.raw`(?:\S{0,200}[\\/])?(?:pytest|py\.test|__main__\.py|python3?(?:\.\d+)? -m pytest)(?:\.py|\.exe)?`;

const forms: readonly Form[] = [
  [/^\S{1,300}\.py::.{1,600}Fatal Python error: (?<key>.{1,100})$/, "crash.signal", "cause", "A test crashed Python"],
  [/^=+ (?<key>\d+ deselected)(?:, \d+ warnings?)? in [\d.]+ ?s.{0,40} =+$/, "code.test", "summary", "pytest found no test to run"],
  [new RegExp(`^${program}: error: (?<key>.+)$`), "config.toolchain", "cause", "pytest does not know how it is called"],
  [/^ERROR: (?:file or directory )?not found: (?<key>.+)$/, "config.workflow", "cause", "pytest was given a path that is not there"],
  [/^ERROR: file not found: (?<key>.+)$/, "config.workflow", "cause", "pytest was given a path that is not there"],
  [
    /^ERROR: (?<key>(?:Missing required plugins|.{0,300}requires pytest-|.{1,300}: unexpected line|.{1,300}: no section header|\[pytest\] section in|.{0,300}Unknown config option).{0,300})$/,
    "config.toolchain",
    "cause",
    "pytest cannot read its settings",
  ],
  [
    /^(?:pluggy\.\S{1,60}: |ERROR: )?(?<key>Error importing plugin ".{1,200}": .+)$/,
    "dependency.missing_module",
    "cause",
    "A plugin of pytest cannot be imported",
  ],
  [/^(?<key>Different tests were collected between gw\d+ and gw\d+)/, "code.test", "cause", "pytest-xdist's workers found different tests"],
  [/^!{3,200} (?<key>(?:_pytest\.outcomes\.)?Exit: .{1,300}?) !{3,200}$/, "code.test", "cause", "A test or plugin ended the run"],
  [/^!{3,200} (?<key>(?:Interrupted|stopping after|xdist\.dsession\.Interrupted).{1,300}?) !{3,200}$/, "code.test", "summary", "pytest stopped early"],
  [/^(?:\[gw\d{1,4}\] )?(?<key>node down: .+)$/, "crash.signal", "likely", "A worker of pytest-xdist crashed"],
  [/^(?<key>worker '?gw\d{1,4}'? crashed while running .+)$/, "crash.signal", "likely", "A worker of pytest-xdist crashed"],
  [/^\+{10,200} (?<key>Timeout) \+{10,200}$/, "timeout.test", "cause", "pytest-timeout ended a test"],
  [
    /^(?:=+ )?(?:\d+ [a-z]+, ){0,8}(?<key>[1-9]\d* (?:failed|errors?))\b(?:, \d+ [a-z]+){0,8} in [\d.]+ ?s/,
    "code.test",
    "summary",
    "pytest counts failed tests",
  ],
  [/^=+ (?<key>no tests ran|no tests collected.{0,60}) in [\d.]+ ?s.{0,40} =+$/, "code.test", "summary", "pytest found no test to run"],
];

/** How a run of pytest ends other than by a failed test: wrong calls, errors inside, crashes, time limits. */
export const pytestRun: Extractor = {
  name: "pytest-run",
  title: "pytest",
  keywords: [
    "internalerror>",
    "fatal python error",
    " deselected",
    "while loading conftest",
    ": error: ",
    "not found: ",
    "required plugins",
    "requires pytest-",
    "unexpected line",
    "section in setup.cfg",
    "importing plugin",
    "different tests were collected",
    "exit: ",
    "interrupted",
    "stopping after",
    "node down",
    "crashed while running",
    "+ timeout +",
    " failed",
    " error",
    "no tests ",
  ],
  open: () => {
    const errors = { from: 0 };
    return (view) => {
      const text = view.line.text.trim();
      if (text.startsWith("INTERNALERROR>")) return internalError(text, view, errors);
      if (/^(?:E {1,6})?(?:ImportError|ConftestImportFailure).{0,60} while loading conftest '/.test(text)) return conftest(view);
      return sightingIn(forms, text);
    };
  },
};

/** The exception at the end of what pytest prints of an error in itself or its plugins. */
function internalError(text: string, { at, line }: View, errors: { from: number }): Sighting | undefined {
  if (at(1)?.text.trim().startsWith("INTERNALERROR>") === true) return undefined;
  const first = errors.from !== 0 && line.number - errors.from < 500;
  errors.from = line.number;
  if (first) return undefined;
  const said = text.slice("INTERNALERROR>".length).trim();
  const exception = exceptionIn(said);
  const category = exception === null ? "tool.crash" : (meaningOf(exception.name, exception.message)?.category ?? "tool.crash");
  return { category, strength: "cause", reason: "pytest or one of its plugins failed", key: said };
}

/** `ImportError while loading conftest …`: why stands in the lines that begin with `E`. */
function conftest({ at }: View): Sighting {
  const said = findNear(at, 1, 60, /^\s{0,20}E {2,}(?!File ")([\w.]+(?:Error|Exception|Failure)\w*\b.*)$/);
  const message = said?.found[1] ?? "";
  return {
    category: collectionCategory(message),
    strength: "cause",
    reason: "pytest could not read a conftest.py",
    ...(said === undefined ? {} : { offset: said.offset }),
    key: message,
  };
}
