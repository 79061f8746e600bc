import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, sightingIn } from "../native/forms.ts";

/** `TestA#test_f [a.rb:3]:`, `test_f(TestA) [a.rb:3]:`, `TestA#test_e:`. */
const named = /^((?:[A-Z][\w:]{0,200})(?:::.{1,200})?#\S.{0,300}?|\w{1,200}\([A-Z][\w:]{0,200}\))(?: \[.{1,300}\])?:$/;
const forms: readonly Form[] = [
  [/^(?:Failure|Error): (?<test>test[\w: ?!-]{1,300}\([A-Z][\w:]{1,200}\))/, "code.test", "cause", "test-unit shows a failed test"],
  [/^(?:FAIL|ERROR)\["(?<test>.{1,300}?)", .{1,300}\]$/, "code.test", "cause", "Minitest shows a failed test"],
  [/^(?:FAIL|ERROR) {1,4}(?<test>[A-Z][\w:]{1,200}#test_.{1,300}?)(?: \([\d.]{1,12}s?\))?$/, "code.test", "cause", "Minitest shows a failed test"],
  [/^(?<test>test_\S{1,300}) {1,200}(?:FAIL|ERROR) \([\d.]{1,12}s?\)$/, "code.test", "cause", "Minitest shows a failed test"],
  [/^(?<test>[A-Z][\w:]{1,200}#\S.{1,300}?) = [\d.]{1,12} s = [FE]$/, "code.test", "summary", "Minitest says of a test that it failed"],
  [/^(?:bin\/)?rails test (?<key>\S{1,300}:\d+)$/, "code.test", "summary", "Rails tells how to run a failed test again"],
  [
    /^(?<key>\d+ (?:runs|tests), \d+ assertions, (?:[1-9]\d* failures|\d+ failures, [1-9]\d* errors).{0,120})$/,
    "code.test",
    "summary",
    "Minitest counts failed tests",
  ],
];

/** Minitest with its reporters, Rails' tests, test-unit. */
export const minitest: Extractor = {
  name: "minitest",
  title: "Minitest and test-unit",
  keywords: ["failure:", "error:", 'fail["', 'error["', "#test_", " fail (", " error (", " s = f", " s = e", "rails test ", " assertions, "],
  open: () => (view) => {
    const text = view.line.text.trim();
    return /^(?:\d{1,5}\) )?(?:Failure|Error):$/.test(text) ? ofBlock(view) : sightingIn(forms, text);
  },
};

function ofBlock({ at, line }: View): Sighting | undefined {
  const test = named.exec(at(1)?.text.trim() ?? "")?.[1];
  if (test === undefined) return undefined;
  const message = at(2)?.text.trim() ?? "";
  return {
    category: "code.test",
    strength: "cause",
    reason: `Minitest shows a ${line.text.includes("Error") ? "test that ended with an error" : "failed test"}`,
    test,
    key: `${test} ${message}`,
  };
}
