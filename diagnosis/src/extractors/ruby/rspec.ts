import type { Category } from "../../categories.ts";
import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, findNear, sightingIn } from "../native/forms.ts";
import { categoryOfRubyError } from "./exceptions.ts";

const entry = /^\s{0,8}\d{1,5}(?:\.\d{1,4})?\) (\S.{0,900})$/;
const forms: readonly Form[] = [
  [/^rspec ['"]?\S{1,400}?['"]? # (?<test>.{1,900})$/, "code.test", "likely", "RSpec lists a failed example"],
  [/^(?<key>An error occurred in an? `.{1,60}` hook\.?)/, "code.test", "cause", "A hook of RSpec failed"],
  [
    /^(?<key>\d+ examples?, (?:[1-9]\d* failures?|0 failures?, (?:\d+ pending, )?[1-9]\d* errors? occurred).{0,100})$/,
    "code.test",
    "summary",
    "RSpec counts failed examples",
  ],
  [/^cucumber (?:-p \S{1,40} )?(?<key>\S{1,300}\.feature:\d+\s{0,4}# .{1,300})$/, "code.test", "likely", "Cucumber lists a failed scenario"],
  [/^(?<key>\d+ scenarios? \(.{0,60}\b[1-9]\d* (?:failed|undefined).{0,100}\))$/, "code.test", "summary", "Cucumber counts failed scenarios"],
];

/** RSpec, and Cucumber for Ruby. */
export const rspec: Extractor = {
  name: "rspec",
  title: "RSpec and Cucumber",
  keywords: [
    "failure/error:",
    "failures:",
    "pending:",
    "expected pending",
    "error occurred",
    "rspec ./",
    "rspec '",
    "examples, ",
    "example, ",
    "cucumber ",
    " scenarios (",
    " scenario (",
    "(::) failed steps",
  ],
  open() {
    let pending = false;
    return (view) => {
      const text = view.line.text.trim();
      if (text.startsWith("Pending:")) pending = true;
      else if (text === "Failures:") pending = false;
      else if (text.startsWith("Failure/Error:") || text.startsWith("Expected pending '")) return pending ? undefined : ofExample(text, view);
      else if (text.startsWith("An error occurred while loading ")) return ofLoading(text, view);
      else if (text === "(::) failed steps (::)") return ofSteps(view);
      else return sightingIn(forms, text);
      return undefined;
    };
  },
};

/** `1) Thing does it` stands above. */
function ofExample(text: string, { at }: View): Sighting | undefined {
  const above = findNear(at, -1, -12, entry);
  if (above === undefined) return undefined;
  const test = (above.found[1] ?? "").replace(/ (?:FIXED|\(FAILED - \d+\))$/, "");
  const said = findNear(at, 1, 6, /^\s{2,20}((?:[A-Z][\w:]{2,80}(?:Error|Exception|NotFound|Timeout)\w*|expected\b|Failure).{0,300})/)?.found[1] ?? text;
  return { category: "code.test", strength: "cause", reason: "RSpec shows a failed example", offset: above.offset, test, key: `${test} ${said.trim()}` };
}

function ofLoading(text: string, { at }: View): Sighting {
  const error = findNear(at, 1, 14, /^\s{0,8}((?:[A-Z]\w{1,60}::){0,6}[A-Z]\w{1,60}):?$/);
  const message = error === undefined ? "" : (at(error.offset + 1)?.text.trim() ?? "");
  return { category: categoryOfLoading(error?.found[1] ?? "", message), strength: "cause", reason: "RSpec could not load a file", key: `${text} ${message}` };
}

function categoryOfLoading(error: string, message: string): Category {
  const category = categoryOfRubyError(error, message);
  return category === "unknown" || category === "code.test" ? "code.import_error" : category;
}

function ofSteps(view: View): Sighting | undefined {
  const said = findNear(view.at, 1, 4, /\S/);
  if (said === undefined) return undefined;
  return { category: "code.test", strength: "cause", reason: "Cucumber shows a failed step", offset: said.offset, key: said.found.input.trim() };
}
