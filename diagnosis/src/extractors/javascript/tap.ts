import { type Extractor, stateless } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { below, firstBelow, readForms } from "./forms.ts";
import { textsOf } from "./package-prefix.ts";

const notOk = /^\s{0,40}not ok\b(?: \d{1,7})?(?: -)?\s*(.*)$/;

const readForm = readForms([
  { pattern: /^\s{0,8}Bail out! ?(?<key>.*)$/, category: "code.test", strength: "cause", reason: "The tests were given up" },
  {
    pattern: /^# (?:fail {1,3}[1-9]\d{0,6}|failed [1-9]\d{0,6}(?: of \d{1,7})? tests?)/,
    category: "code.test",
    strength: "summary",
    reason: "Failed tests are counted",
  },
  {
    pattern: /^\s{0,4}\u200B? ?FAIL ?\u200B?\s{1,4}(?<key>\S{1,300}) [1-9]\d{0,5} failed/,
    category: "code.test",
    strength: "likely",
    reason: "tap names a file with failed tests",
  },
  { pattern: /^\s{0,4}Failed Tests: There (?:was|were) [1-9]/, category: "code.test", strength: "summary", reason: "Failed tests are counted" },
]);

/** Streams in the Test Anything Protocol: node-tap, tape, QUnit, testem, node:test, and other languages' tools. */
export const tap: Extractor = {
  name: "tap",
  title: "TAP",
  keywords: ["not ok", "bail out!", "# fail", "failed tests:", "fail \u200B", "\u200B fail", " fail "],
  open: stateless((view) => {
    for (const text of textsOf(view.line.text)) {
      const name = notOk.exec(text)?.[1];
      if (name === undefined) continue;
      if (/# ?(?:TODO|SKIP)\b/i.test(name)) return undefined;
      const test = name.replace(/ # (?:time|duration_ms)[= ].*$/, "").trim();
      return {
        category: isLinter(view) ? "code.lint" : "code.test",
        strength: "cause",
        reason: "A test is reported as not ok",
        ...(test === "" ? {} : { test }),
        key: test === "" ? firstBelow(view) : test,
      };
    }
    return readForm(view);
  }),
};

/** ESLint's formatter of this name. */
function isLinter(view: View): boolean {
  return below(view, 9).some((text) => /^\s{2,8}ruleId: /.test(text));
}
