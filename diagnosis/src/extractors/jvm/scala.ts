import { type Extractor, stateless, type Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { mavenLine } from "./maven-level.ts";

const level = /^(?:\[error\]|\[Error\]) ?/;
/** `[error] /src/A.scala:12:3: type mismatch;`, of sbt, Mill and Bloop; with `error: ` of scalac and Maven. */
const placed = /^(\S.{0,400}\.(?:scala|sc|sbt|java)):\d+(?::\d+)?: (error: )?(.+)$/;
/** `-- [E007] Type Mismatch Error: src/A.scala:12:3 -----`, of Scala 3. */
const dotty = /^-- (?:\[E\d{1,4}\] )?([\w ]{0,60}Error): (\S.{0,400}?\.(?:scala|sc)):\d+:\d+ -*$/;
/** `(Compile / compileIncremental) Compilation failed`, `(core/test:test) sbt.TestsFailedException: …`. */
const taskFailed = /^\(([^()]{1,300}|[^()]{0,100}\([^()]{1,100}\)[^()]{0,100})\) (\S.*)$/;

/** Scala's compilers, and sbt's own words. */
export const scala: Extractor = {
  name: "scalac",
  title: "Scala and sbt",
  keywords: [".scala:", ".sbt:", ".sc:", "[error] ("],
  open: stateless(({ line }) => {
    const marked = level.exec(line.text)?.[0];
    const { message: text, isError } = marked === undefined ? mavenLine(line.text) : { message: line.text.slice(marked.length), isError: true };
    const three = dotty.exec(text);
    if (three !== null)
      return { category: "code.compile", strength: "cause", reason: "Scala's compiler names an error in a file", key: `${three[1]} ${three[2]}` };
    const found = placed.exec(text.replace(level, ""));
    if (found !== null && (isError || found[2] !== undefined) && !found[1]?.endsWith(".java") && !/^(?:warning|note): /.test(found[3] ?? ""))
      return { category: "code.compile", strength: "cause", reason: "Scala's compiler names an error in a file", key: found[3] ?? "" };
    const task = marked === undefined ? null : taskFailed.exec(text);
    return task === null ? undefined : sbtTask(task[1] ?? "", task[2] ?? "");
  }),
};

function sbtTask(task: string, said: string): Sighting {
  const key = `${task} ${said}`;
  if (/TestsFailedException|Tests unsuccessful/.test(said)) return { category: "code.test", strength: "summary", reason: "sbt says that tests failed", key };
  if (/Compilation failed|CompileFailed/.test(said))
    return { category: "code.compile", strength: "summary", reason: "sbt says that the code does not compile", key };
  if (/ResolveException|ResolutionException|Error downloading|FetchError|unresolved dependency|lmcoursier/.test(said))
    return { category: "dependency.resolution", strength: "cause", reason: "sbt could not resolve a dependency", key };
  if (/scalafmt|scalafix|scalastyle|headerCheck|javafmt|Scalafmt/.test(key))
    return { category: "code.lint", strength: "likely", reason: "sbt found fault with the code's style", key };
  if (/mima|coverage|undeclared|unusedCompile|versionPolicy/i.test(key))
    return { category: "policy.gate", strength: "likely", reason: "A check that the build sets itself is not met", key };
  if (/publish|sonatype|release/i.test(task))
    return { category: "release.publish_rejected", strength: "likely", reason: "What sbt wanted to publish was not taken", key };
  return { category: "unknown", strength: "likely", reason: "sbt names the task that failed", key };
}

const info = /^\[(?:info|error)\] ?/;
const scalaTest = /^\s*(?:[-+] )?(\S.{0,500}) \*\*\* (FAILED|ABORTED) \*\*\*/;
const munit = /^==> X (\S.{0,400}?)(?: {1,2}[\d.]{1,12}s(?: {1,2}(\S.*))?)?$/;
const junitInterface = /^Test (\S{1,400}) failed: (.*)$/;
const falsified = /^! (\S.{0,300}): (?:Falsified|Exception raised|Gave up) /;
const utest = /^X ((?:[\w-]{1,100}\.){1,20}[\w -]{1,200}) \d+ms/;
const specs2 = /^ {0,20}(?:x|!) (\S.{0,400})$/;

/** ScalaTest, MUnit, specs2, ScalaCheck, µTest and JUnit by sbt. */
export const scalaTests: Extractor = {
  name: "scala-tests",
  title: "Scala tests",
  keywords: ["*** failed ***", "*** aborted ***", "==> x ", "[error] test ", "[info] ! ", "] x ", "[error]  ", "[error] x ", "[info] x "],
  open: stateless((view) => {
    const plain = view.line.text.replace(info, "");
    const tested = scalaTest.exec(plain);
    if (tested !== null) return failed(tested[1] ?? "", below(view), "ScalaTest names a failed test");
    const run = munit.exec(plain);
    if (run !== null) return failed(run[1] ?? "", run[2] ?? "", "MUnit names a failed test");
    if (!info.test(view.line.text) && !plain.startsWith("X ")) return undefined;
    const interfaced = junitInterface.exec(plain);
    if (interfaced !== null) return failed(interfaced[1] ?? "", interfaced[2] ?? "", "sbt names a failed test");
    const name = falsified.exec(plain)?.[1] ?? utest.exec(plain)?.[1] ?? (view.line.text.startsWith("[error]") ? specs2.exec(plain)?.[1] : undefined);
    return name === undefined ? undefined : failed(name, below(view), "A Scala test failed");
  }),
};

function failed(test: string, message: string, reason: string): Sighting {
  return { category: "code.test", strength: "cause", reason, test: test.trim(), key: `${test} ${message}` };
}

function below({ at }: View): string {
  return at(1)?.text.replace(info, "").trim() ?? "";
}
