import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";

const heading = /^_{3,} (.{1,300}?) _{3,}$/;
const section = /^={3,} ?([A-Za-z ]+?)(?: \(.*\))? ?={3,}$/;
const summaryLine = /^(?:FAILED|ERROR) (\S+\.py(?:::.+?)?)(?: - (.*))?$/;

/** pytest's `FAILURES` and `ERRORS` sections, and its short summary. */
export const pytest: Extractor = {
  name: "pytest",
  title: "pytest",
  keywords: ["_____", "====", "failed ", "error "],
  open() {
    let inside: string | undefined;
    return ({ line, at }) => {
      const began = section.exec(line.text)?.[1]?.trim();
      if (began !== undefined) {
        inside = began;
        return undefined;
      }
      const summary = summaryLine.exec(line.text);
      if (summary !== null) {
        const [, test = "", why] = summary;
        const collecting = !test.includes("::");
        return {
          category: collecting ? collectionCategory(why ?? "") : "code.test",
          strength: "likely",
          reason: "pytest's summary names a failed test",
          test,
          key: `${test} ${why ?? ""}`,
        };
      }
      const name = heading.exec(line.text)?.[1];
      if (name === undefined || (inside !== "FAILURES" && inside !== "ERRORS")) return undefined;
      return failureAt(name, { line, at });
    };
  },
};

/** The heading of a failed test, or of a file that could not be read; the message is the first line that begins with `E`. */
function failureAt(name: string, { at }: View): Sighting {
  let message = "";
  for (let offset = 1; offset <= 100 && message === ""; offset++) {
    const text = at(offset)?.text;
    if (text === undefined || heading.test(text) || section.test(text)) break;
    message = /^E {2,}(\S.*)$/.exec(text)?.[1] ?? "";
  }
  const collecting = /^ERROR collecting (.+)$/.exec(name)?.[1];
  if (collecting !== undefined)
    return { category: collectionCategory(message), strength: "cause", reason: "pytest could not read a test file", key: `${collecting} ${message}` };
  return { category: "code.test", strength: "cause", reason: "pytest shows a failed test", test: name, key: `${name} ${message}` };
}

function collectionCategory(message: string): "code.import_error" | "dependency.missing_module" | "code.syntax" {
  if (/ModuleNotFoundError|No module named/.test(message)) return "dependency.missing_module";
  return /SyntaxError|IndentationError/.test(message) ? "code.syntax" : "code.import_error";
}
