import type { Category } from "../../categories.ts";
import { type Extractor, stateless } from "../../extractor.ts";
import { firstBelow, readForms } from "./forms.ts";
import { missingModule } from "./module-names.ts";

const browser =
  "(?:Chrome|HeadlessChrome|ChromeHeadless|Chromium|Firefox|Safari|Mobile Safari|Microsoft Edge|Edge|Opera|IE|Electron|PhantomJS|jsdom|Android|Samsung)";
const named = new RegExp(`^${browser}[\\w .]{0,60}(?:\\([^()]{1,60}\\)|\\[@[^\\]]{1,60}\\]):? (.+?) (FAILED|ERROR)$`);
const bare = new RegExp(`^${browser}[\\w .]{0,60}\\([^()]{1,60}\\):? ERROR:?$`);
/** `26 04 2021 12:00:00.123:ERROR [karma-server]: `. */
const stamp = /^\d\d \d\d \d{4} \d\d:\d\d:\d\d\.\d{3}:/;

const readForm = readForms([
  {
    pattern: /ERROR \[launcher\]: (?<key>No binary for .+|Cannot load browser .+|.{1,80} failed \d{1,3} times \(.{1,60}\)\. Giving up\.?)$/,
    category: "config.toolchain",
    strength: "cause",
    reason: "Karma could not start a browser",
  },
  { pattern: /ERROR \[launcher\]: (?<key>Cannot start .+)$/, category: "config.toolchain", strength: "likely", reason: "Karma could not start a browser" },
  {
    pattern: /ERROR \[(?:karma-server|karma|config|plugin|framework[\w.-]*|preprocessor[\w.-]*)\]: (?<key>.+)$/,
    category: (found, view) => missingModule(`${found[0]} ${firstBelow(view)}`) ?? "config.toolchain",
    strength: "likely",
    reason: "Karma reports an error",
  },
  {
    pattern: /^(?:.{1,120}: )?Executed \d{1,6} of \d{1,6} .{0,20}\([1-9]\d{0,5} FAILED\)/,
    category: "code.test",
    strength: "summary",
    reason: "Karma counts failed tests",
  },
  { pattern: /^(?:TOTAL: [1-9]\d{0,5} FAILED|✖ [1-9]\d{0,5} tests? failed$)/, category: "code.test", strength: "summary", reason: "Karma counts failed tests" },
  { pattern: /^FAILED TESTS:$/, category: "code.test", strength: "likely", reason: "Karma names failed tests" },
  {
    pattern: /(?<key>Disconnected ?(?:\(\d{1,3} times\))? ?,? because no message in \d{1,9} ms)/,
    category: "timeout.test",
    strength: "likely",
    reason: "The browser went silent",
  },
]);

/** Karma: the browser's name, the test's, and `FAILED`. */
export const karma: Extractor = {
  name: "karma",
  title: "Karma",
  keywords: [" failed", "error [", ") error", "] error", "failed tests:", "disconnected (", "disconnected, because", "disconnected because", "disconnected ,"],
  open: stateless((view) => {
    const text = view.line.text.replace(stamp, "").trimEnd();
    const [, test = "", how] = named.exec(text) ?? [];
    if (how === "FAILED" && !test.startsWith("Executed "))
      return { category: "code.test", strength: "cause", reason: "Karma shows a failed test", test, key: `${test} ${firstBelow(view)}` };
    if (bare.test(text)) {
      const message = [1, 2, 3, 4].map((offset) => view.at(offset)?.text.trim() ?? "").join(" ");
      return { category: errorCategory(message), strength: "cause", reason: "The browser met an error outside of the tests", key: message };
    }
    return readForm(view);
  }),
};

function errorCategory(message: string): Category {
  if (/Disconnected/.test(message)) return "timeout.test";
  return missingModule(message) ?? (/SyntaxError/.test(message) ? "code.syntax" : "code.test");
}
