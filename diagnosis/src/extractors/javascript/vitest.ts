import type { Category } from "../../categories.ts";
import { type Extractor, type Sighting, stateless } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { below, firstBelow, readForms } from "./forms.ts";
import { missingModule } from "./module-names.ts";
import { textsOf } from "./package-prefix.ts";

/** ` FAIL  src/a.test.ts > suite > test`, or of a file ` FAIL  src/a.test.ts [ src/a.test.ts ]`; a project's name may stand in front. */
const failed = /^\s{0,4}FAIL\s{1,4}(?:\|?[\w@/ .()-]{1,60}\|?\s{1,3})?(\S{1,300}\.\w{2,8}(?::\d{1,6}(?::\d{1,6})?)?)((?: > .+)| \[ .+ \])\s*$/;
const unhandled = /^⎯{3,} ?(Unhandled (?:Rejection|Errors?|Source Errors?)|Uncaught Exception|Startup Error|Typecheck Error)s? ?⎯{3,}/;

const readForm = readForms([
  { pattern: /^\s{0,4}Test Files {1,4}[1-9]\d{0,6} failed/, category: "code.test", strength: "summary", reason: "Vitest counts failed tests" },
  { pattern: /^No test (?:files|suite) found/, category: "config.toolchain", strength: "likely", reason: "Vitest found no tests" },
  {
    pattern: /^\s{1,8}× (?<key>\S.{0,400}?)(?: \d{1,7}ms)?$/,
    category: (_, view) => (below(view, 3).some((text) => /^\s{1,10}→ /.test(text)) ? "code.test" : undefined),
    strength: "likely",
    reason: "Vitest marks a test as failed",
  },
]);

export const vitest: Extractor = {
  name: "vitest",
  title: "Vitest",
  keywords: ["fail ", "⎯⎯⎯", "test files", "no test ", " × "],
  open: stateless((view) => {
    for (const text of textsOf(view.line.text)) {
      const seen = failureIn(text, view);
      if (seen !== undefined) return seen;
    }
    return readForm(view);
  }),
};

function failureIn(text: string, view: View): Sighting | undefined {
  const [, file = "", rest = ""] = failed.exec(text) ?? [];
  if (file !== "") {
    const message = firstBelow(view);
    if (rest.startsWith(" ["))
      return { category: suiteCategory(below(view, 4), message), strength: "cause", reason: "Vitest could not run a file of tests", key: `${file} ${message}` };
    const test = `${file}${rest}`.trim();
    const category = message.startsWith("TypeCheckError") ? "code.typecheck" : "code.test";
    return {
      category,
      strength: "cause",
      reason: "Vitest shows a failed test",
      test,
      key: `${test} ${message}`,
      ...(/timed out in \d/.test(message) ? { transient: "possible" } : {}),
    };
  }
  const kind = unhandled.exec(text)?.[1];
  if (kind === undefined || kind === "Unhandled Errors") return undefined;
  const message = firstBelow(view);
  if (kind === "Startup Error")
    return { category: missingModule(message) ?? "config.toolchain", strength: "cause", reason: "Vitest could not start", key: message };
  const category = /Source|Typecheck/.test(kind) ? "code.typecheck" : "code.test";
  return { category, strength: "cause", reason: "Vitest met an error that no test caught", key: message };
}

function suiteCategory(texts: readonly string[], message: string): Category {
  const all = texts.join("\n");
  const missing = missingModule(all);
  if (missing !== undefined) return missing;
  if (/SyntaxError|Transform failed|Unexpected|Failed to parse/.test(all)) return "code.syntax";
  return /heap out of memory/.test(message) ? "resource.oom" : "code.test";
}
