import { type Extractor, stateless } from "../../extractor.ts";
import { sighting } from "./forms.ts";

/** ` 3/12 Test  #3: parser ...........***Failed    0.01 sec`, and the older ` 3/ 12 Testing parser   ***Failed`. */
const run =
  /^\s{0,6}\d{1,6}\/\s{0,5}\d{1,6} (?:Test\s{1,6}#\d{1,6}: |Testing )(?<test>\S.{0,300}?) ?[ .]{1,200}(?:Subprocess (?:aborted|killed|terminated))?\*\*\*(?<how>Failed|Timeout|Exception|Not Run|Could Not Run|Bad Command)(?<rest>.{0,200})/;
const killed =
  /^\s{0,6}\d{1,6}\/\s{0,5}\d{1,6} Test\s{1,6}#\d{1,6}: (?<test>\S.{0,300}?) ?[ .]{1,200}(?<how>Subprocess (?:aborted|killed|terminated))\*\*\*Exception/;
/** `\t  3 - parser (Failed)`, below `The following tests FAILED:`. */
const recap =
  /^\s{1,8}\d{1,6} - (?<test>\S.{0,300}?) \((?<how>Failed|Timeout|SEGFAULT|OTHER_FAULT|NUMERICAL|ILLEGAL|INTERRUPT|BAD_COMMAND|Subprocess aborted|Subprocess killed|Child aborted|Child killed|ABORTED|Exit code .{1,30}|Not Run)\)/;
const counted = /^\d{1,3}% tests passed, (?<key>[1-9]\d* tests? failed) out of \d+/;

/** CMake's test runner. What the tests themselves printed stands below its lines, or nowhere. */
export const ctest: Extractor = {
  name: "ctest",
  title: "CTest",
  keywords: [
    "***",
    " (failed)",
    " (timeout)",
    " (segfault)",
    "subprocess aborted",
    "(not run)",
    "child aborted",
    "_fault)",
    "tests passed, ",
    "errors while running ctest",
    "(illegal)",
    "(bad_command)",
  ],
  open: stateless(({ line }) => {
    const { text } = line;
    const ran = (killed.exec(text) ?? run.exec(text))?.groups;
    if (ran !== undefined && !/Not Run \(Disabled\)|Skipped/.test(text)) {
      const crash = ran["how"] === "Exception" || (ran["how"] ?? "").startsWith("Subprocess");
      const category = ran["how"] === "Timeout" ? "timeout.test" : crash ? "crash.signal" : "code.test";
      return sighting(category, "cause", "CTest names a failed test", { test: ran["test"] ?? "", key: `${ran["test"]} ${ran["how"]}` });
    }
    const named = recap.exec(text)?.groups;
    if (named !== undefined) {
      const how = named["how"] ?? "";
      const category = how === "Timeout" ? "timeout.test" : /FAULT|abort|kill|ILLEGAL|NUMERICAL/i.test(how) ? "crash.signal" : "code.test";
      return sighting(category, "likely", "CTest's summary names a failed test", { test: named["test"] ?? "", key: `${named["test"]} ${how}` });
    }
    if (counted.test(text)) return sighting("code.test", "summary", "CTest counts failed tests");
    return text.startsWith("Errors while running CTest") ? sighting("code.test", "symptom", "CTest ended with errors") : undefined;
  }),
};
