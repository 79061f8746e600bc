import { type Extractor, stateless, type Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { mavenLine } from "./maven-level.ts";

/** `src/A.java:12: error: cannot find symbol`, as javac, Gradle, Ant and Bazel print it, in people's languages; Maven's Javadoc puts a level before it. */
const plain = /^(?!\[)\S.{0,400}\.java:\d+: (?:error|错误|エラー|오류|Fehler|erreur ?|ошибка): ?(.+)$/;
/** `[ERROR] /src/A.java:[27,122] incompatible types…`, as Maven's compiler plugin prints it; further errors stand there without the level. */
const maven = /^(?!\[)\S.{0,400}\.java:\[\d+,\d+\] (?:error: )?(.+)$/;
/** A name in brackets that javac gives its warnings; other names are those of Error Prone's and annotation processors' errors. */
const warning =
  /^(?:warning: )?\[(?:deprecation|removal|unchecked|rawtypes|serial|options|cast|fallthrough|static|try|varargs|this-escape|processing|classfile|path|dep-ann|preview|lossy-conversions)\]|^warning: |^Note: /;
/** `(imports) UnusedImports: …`, as Maven's Checkstyle plugin says it. */
const checkstyle = /^\([\w-]{1,40}\) [A-Z]\w{1,80}: /;
/** What doclint finds in comments. */
const comment =
  /^(?:reference not found|bad use of|malformed HTML|unknown tag|unexpected (?:end tag|text|heading)|self-closing element|@\w+ |invalid (?:use of|end tag|@|uri)|element not |tag not |end tag missing|attribute |bad HTML|heading (?:used|out)|header used|no (?:summary|caption|@)|unterminated inline|text not allowed|exception not thrown|block element not|name not found|no tag name after|nested tag not|list (?:item|element))/;
const versions =
  /^(?:(?:javac|java): )?(?:error: |Error: )?(invalid (?:target|source) release: .+|release version [\w.]+ not supported|(?:Source|Target) option [\w.]+ is no longer supported\..*|invalid flag: .+|option --\S+ (?:not allowed|cannot be used).*)$/;
const placeless = /^(?:error: )(warnings found and -Werror specified|cannot (?:access|find symbol|read:) ?.*|module not found: .+|package \S+ does not exist)$/;

/** OpenJDK's compiler, and Javadoc, which prints in the same form. */
export const javac: Extractor = {
  name: "javac",
  title: "javac",
  keywords: [
    ": error: ",
    ": 错误: ",
    ": エラー: ",
    ": 오류: ",
    ": fehler: ",
    ": erreur",
    ": ошибка: ",
    ".java:[",
    "invalid target release",
    "invalid source release",
    "error: release version",
    "is no longer supported. use",
    "invalid flag: ",
    "option --",
    "error: warnings found",
    "error: cannot ",
    "error: module not",
    "error: package ",
    "occurred in the compiler (",
  ],
  open: stateless((view) => {
    const { message: text, isError } = mavenLine(view.line.text);
    const said = plain.exec(text)?.[1];
    if (said !== undefined) return comment.test(said) ? javadoc(said) : fileError(said);
    const placed = isError || follows(view) ? maven.exec(text)?.[1] : undefined;
    if (placed !== undefined) return fileError(placed);
    if (text.startsWith("An exception has occurred in the compiler ("))
      return { category: "tool.crash", strength: "cause", reason: "The Java compiler stopped with an error of its own" };
    const version = versions.exec(text)?.[1];
    if (version !== undefined)
      return { category: "config.toolchain", strength: "cause", reason: "javac does not take the version or the option it was called with", key: version };
    const message = placeless.exec(text)?.[1];
    return message === undefined ? undefined : { category: "code.compile", strength: "cause", reason: "javac says why it stopped", key: message };
  }),
};

function fileError(message: string): Sighting | undefined {
  if (warning.test(message) || checkstyle.test(message)) return undefined;
  return { category: "code.compile", strength: "cause", reason: "javac names an error in a file", key: message };
}

/** Many builds go on after these. */
function javadoc(message: string): Sighting {
  return { category: "code.lint", strength: "likely", reason: "Javadoc names an error in a comment", key: message };
}

/** Whether the line stands among errors of Maven's that are told over several lines. */
function follows({ at }: View): boolean {
  for (let offset = -1; offset >= -12; offset--) {
    const text = at(offset)?.text;
    if (text === undefined || /^\[(?:INFO|WARNING)\]/.test(text)) return false;
    if (/^\[ERROR\] (?:COMPILATION ERROR|\S.{0,400}\.java:\[)/.test(text)) return true;
  }
  return false;
}
