import { type Extractor, stateless } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";

/** `FAIL in (adds-numbers) (core_test.clj:12)`; Kaocha says `FAIL in core-test/adds-numbers (core_test.clj:12)`. */
const test = /^(?:FAIL|ERROR) in \(?([^\s()]{1,300})\)? \(([^()]{0,300})\)/;
const midje = /^FAIL (?:"(.{1,300})" )?at \((\S{1,300}\.cljc?s?:\d+)\)/;
const broken =
  /^(?:Syntax error (?:\(\S{1,100}\) )?(?:compiling|reading source|macroexpanding)\b.* at \(|(?:Exception in thread "main" )?(?:clojure\.lang\.)?(?:Compiler\$)?CompilerException\b.*compiling:\()/;

/** `clojure.test` by Leiningen and others, Kaocha, Midje, and the compiler. */
export const clojure: Extractor = {
  name: "clojure",
  title: "Clojure",
  keywords: ["fail in ", "error in (", "error in ", 'fail "', "fail at (", "syntax error ", "compilerexception"],
  open: stateless((view) => {
    const { text } = view.line;
    const name = test.exec(text)?.[1] ?? midje.exec(text)?.[1] ?? (midje.test(text) ? "" : undefined);
    if (name !== undefined && /\.clj[cs]?\b|:\d+/.test(text))
      return {
        category: "code.test",
        strength: "cause",
        reason: "A Clojure test failed",
        ...(name === "" ? {} : { test: name }),
        key: `${name} ${says(view)}`,
      };
    return broken.test(text)
      ? {
          category: "code.compile",
          strength: "cause",
          reason: "Clojure names an error in a file",
          key: `${text.replace(/:\d+:\d+/, "")} ${view.at(1)?.text ?? ""}`,
        }
      : undefined;
  }),
};

function says({ at }: View): string {
  for (let offset = 1; offset <= 8; offset++) {
    const found = /^ {0,8}(?:actual|expected): (\S.*)$/.exec(at(offset)?.text ?? "")?.[1];
    if (found !== undefined) return found;
  }
  return "";
}
