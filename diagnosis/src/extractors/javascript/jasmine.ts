import { type Extractor, stateless } from "../../extractor.ts";
import { firstBelow, readForms } from "./forms.ts";
import { textsOf } from "./package-prefix.ts";

const numbered = /^\s{0,2}\d{1,5}\) (\S.*)$/;
/** Jasmine's own reporter, and jasmine-spec-reporter. */
const message = /^\s{2,6}(?:Message:$|- (?:Expected|Failed|Error|\w{1,20}Error)\b)/;

const readForm = readForms([
  { pattern: /^\d{1,7} specs?, [1-9]\d{0,6} failures?/, category: "code.test", strength: "summary", reason: "Jasmine counts failed specs" },
  {
    pattern: /^Executed \d{1,7} of \d{1,7} specs? .{0,30}\([1-9]\d{0,6} FAILED\)/,
    category: "code.test",
    strength: "summary",
    reason: "Jasmine counts failed specs",
  },
  { pattern: /^Suite error: (?<key>.+)$/, category: "code.test", strength: "cause", reason: "Jasmine could not run a suite" },
  { pattern: /^Incomplete: (?<key>.+)$/, category: "code.test", strength: "cause", reason: "Jasmine did not run all specs" },
]);

/** Jasmine's own reporter, jasmine-spec-reporter, and Protractor through them. */
export const jasmine: Extractor = {
  name: "jasmine",
  title: "Jasmine",
  keywords: ["message:", "- expected", "- failed", "- error", "error: ", " specs", " spec,", "incomplete: "],
  open: stateless((view) => {
    for (const text of textsOf(view.line.text)) {
      if (!message.test(text)) continue;
      const test = textsOf(view.at(-1)?.text ?? "")
        .map((above) => numbered.exec(above)?.[1]?.trim())
        .find((name) => name !== undefined);
      if (test === undefined) continue;
      const words = text.endsWith("Message:") ? firstBelow(view) : text.trim();
      return { category: "code.test", strength: "cause", reason: "Jasmine shows a failed spec", offset: -1, test, key: `${test} ${words}` };
    }
    return readForm(view);
  }),
};
