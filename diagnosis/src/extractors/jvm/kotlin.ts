import { type Extractor, stateless } from "../../extractor.ts";
import { mavenLine } from "./maven-level.ts";

/** `e: /src/A.kt: (12, 3): Unresolved reference: x`, since Kotlin 1.8 `e: file:///src/A.kt:12:3 Unresolved reference: x`. */
const gradle = /^(?:e: |\s{0,8}e: )(?:file:\/\/)?(\S.{0,400}\.(?:kts?|java)):? ?\(?\d+[:,] ?\d+\)?:? (.+)$/;
/** `src/A.kt:12:3: error: unresolved reference: x`, as the command line prints it. */
const plain = /^(\S.{0,400}\.kts?):\d+:\d+: error: (.+)$/;
/** `[ERROR] /src/A.kt:[12,3] Unresolved…`, older `[ERROR] /src/A.kt: (12, 3) Unresolved…`. */
const maven = /^(\S.{0,400}\.kts?):(?:\[\d+,\d+\]| \(\d+, \d+\)) (?:error: )?(.+)$/;
/** `Line 12: foo()` with a mark, as scripts that Gradle compiles show it: `  Line 12: …`. */
const script = /^ {2,4}Line \d{1,6}: /;
/** Errors without a place. */
const placeless =
  /^e: (?:error: |\[(?:ksp|kapt)\] |warnings found and -Werror|Daemon compilation failed|(?:java|org|com|kotlin)\.[\w.$]{1,200}(?:Exception|Error)|Module was compiled with|Unresolved|Could not|Supertypes|Class '|Incompatible)/;

/** Kotlin's compiler by Gradle, Maven and the command line, with KSP and kapt. */
export const kotlin: Extractor = {
  name: "kotlinc",
  title: "Kotlin",
  keywords: [
    ".kt:",
    ".kts:",
    "e: error",
    "e: [ksp]",
    "e: [kapt]",
    "e: warnings",
    "e: daemon",
    "e: java.",
    "e: org.",
    "e: com.",
    "e: module",
    "script compilation error",
  ],
  open: stateless(({ line, at }) => {
    const { message: text, isError } = mavenLine(line.text);
    const found = gradle.exec(text) ?? plain.exec(text) ?? (isError ? maven.exec(text) : null);
    if (found !== null) return { category: "code.compile", strength: "cause", reason: "Kotlin names an error in a file", key: found[2] ?? "" };
    if (/^\s*> ?Script compilation errors?:|^Script compilation errors?:/.test(text)) {
      const offset = [1, 2, 3].find((below) => script.test(at(below)?.text ?? ""));
      return {
        category: "code.compile",
        strength: "cause",
        reason: "A build script does not compile",
        ...(offset === undefined ? {} : { offset, key: at(offset)?.text ?? "" }),
      };
    }
    return placeless.test(text) ? { category: "code.compile", strength: "cause", reason: "Kotlin's compiler stopped", key: text } : undefined;
  }),
};
