import { type Extractor, type Sighting, stateless } from "../../extractor.ts";
import { linesAhead, type View, viewFrom } from "../../reading/line-reader.ts";
import { messageBelow, testTransience } from "./failure-message.ts";

/** `1) testA(a.BTest)` of JUnit 4's text runner (Bazel, Android); only below `There was 1 failure:`. */
const numbered = /^\d+\) ((?:[\w$.[\] -]{1,200})\([\w.$]{1,300}\)|(?:[\w$]{1,100}\.){1,20}[\w$]{1,100})/;
/** `│     ├─ a() [X] expected: <1>` of the JUnit Platform's console; `✘` where the terminal takes it. */
const tree = /^[\s|│'`+├└─-]{2,80}\s?(\S.{0,300}?) (?:\[X\]|✘)(?: (.*))?$/;
/** `  JUnit Jupiter:ATest:b()`, under `Failures (1):`. */
const summarized = /^ {2}JUnit (?:Jupiter|Vintage):(\S.{0,300})$/;
/** `FAILED: testA` and `FAILED CONFIGURATION: @BeforeClass setUp` of TestNG. */
const testNg = /^FAILED(?: CONFIGURATION)?: (@?[\w$.]{1,300}(?: [\w$.]{1,200})?)(?:\(.{0,600}\))?\s*$/;
const testNgTotal = /^\s*Total tests run: \d+, (?:Passes: \d+, )?Failures: [1-9]/;
const scenario = /^(?:cucumber |(?:file|classpath):)?(\S{1,300}\.feature:\d+)(?::\d+)? ?(?:# ?(.*))?$/;

/** JUnit 4's and 5's own runners, TestNG, and Cucumber. */
export const junitConsoles: Extractor = {
  name: "junit-consoles",
  title: "JUnit, TestNG, Cucumber",
  keywords: [
    " [x]",
    " ✘",
    "  junit jupiter:",
    "  junit vintage:",
    "failed: ",
    "failed configuration",
    "total tests run:",
    "failed scenarios:",
    "there was 1 failure",
    "there were ",
  ],
  open: stateless((view) => {
    const { text } = view.line;
    if (/^There (?:was 1|were \d+) (?:failure|error)s?:/.test(text)) return listed(view);
    const node = tree.exec(text);
    if (node !== null) return { ...failed(node[1] ?? "", view, "JUnit's tree marks a failed test"), key: `${node[1]} ${node[2] ?? ""}` };
    const name = summarized.exec(text)?.[1];
    if (name !== undefined) return { ...failed(name.replaceAll(":", "."), view, "JUnit's summary names a failed test"), strength: "likely" };
    const testing = testNg.exec(text)?.[1];
    if (testing !== undefined && isTestNg(view)) return failed(testing, view, "TestNG names a failed test");
    if (testNgTotal.test(text)) return { category: "code.test", strength: "summary", reason: "TestNG counts failed tests" };
    return /^Failed scenarios:\s*$/i.test(text) ? scenarios(view) : undefined;
  }),
};

/** The tests that JUnit 4's text runner lists below `There were 2 failures:`, as far as can be seen. */
function listed(view: View): Sighting[] {
  const found: Sighting[] = [];
  for (let offset = 1; offset <= linesAhead; offset++) {
    const text = view.at(offset)?.text;
    if (text === undefined || /^(?:FAILURES!!!|OK \(|Tests run: )/.test(text)) break;
    const name = numbered.exec(text)?.[1];
    if (name !== undefined) found.push({ ...failed(fullName(name), viewFrom(view, offset) ?? view, "JUnit names a failed test"), offset });
  }
  return found;
}

/** Other tools begin lines so as well: TestNG's are followed by an exception or its report. */
function isTestNg({ at, line }: View): boolean {
  if (line.text.startsWith("FAILED CONFIGURATION")) return true;
  return [1, 2].some((offset) => /^(?:(?:[\w$]{1,100}\.){1,20}[\w$]{1,100}(?:Error|Exception)|\s+at |java\.|org\.)/.test(at(offset)?.text ?? ""));
}

function fullName(name: string): string {
  const old = /^(.{1,200})\(([\w.$]{1,300})\)$/.exec(name);
  return old === null ? name : `${old[2]}.${old[1]}`;
}

function failed(test: string, view: View, reason: string): Sighting {
  const message = messageBelow(view, 4);
  return { category: "code.test", strength: "cause", reason, test, key: `${test} ${message}`, ...testTransience(message) };
}

function scenarios({ at }: View): Sighting[] {
  const found: Sighting[] = [];
  for (let offset = 1; offset <= 40; offset++) {
    const text = at(offset)?.text.trim();
    if (text === undefined) break;
    const one = scenario.exec(text);
    if (one === null) {
      if (text !== "" || found.length > 0) break;
      continue;
    }
    found.push({
      category: "code.test",
      strength: "likely",
      reason: "Cucumber names a failed scenario",
      offset,
      test: one[2] ?? one[1] ?? "",
      key: one[2] ?? text,
    });
  }
  return found;
}
