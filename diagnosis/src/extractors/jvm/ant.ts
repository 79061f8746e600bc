import type { Category } from "../../categories.ts";
import { type Extractor, stateless, type Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { messageBelow, testTransience } from "./failure-message.ts";
import { mavenLine } from "./maven-level.ts";

/** `Testcase: testA(a.BTest):	FAILED`; the plain formatter puts `	FAILED` on a line of its own. */
const named = /^Testcase: (\S.{0,300}?)(?::\s+| took [\d.,]{1,20} sec\s+)(FAILED|Caused an ERROR)\s*$/;
const took = /^Testcase: (\S.{0,300}?) took [\d.,]{1,20} sec\s*$/;
const suite = /^Test ([\w$]{1,100}(?:\.[\w$]{1,100}){0,30}) FAILED(?: \((crashed|timeout)\))?\s*$/;

/** Why a target failed. In order. */
const reasons: readonly (readonly [RegExp, Category, Sighting["strength"]])[] = [
  [/Compile failed|compil(?:er|ation) (?:error|failed)|Compilation/i, "code.compile", "summary"],
  [/tests? (?:FAILED|failed)|junit|failing tests|unit tests?/i, "code.test", "summary"],
  [/resolve|dependenc|Can't get https?:|ivy/i, "dependency.resolution", "likely"],
  [/checkstyle|findbugs|pmd|violations/i, "code.lint", "summary"],
  [/Target ".{1,200}" does not exist/, "config.workflow", "cause"],
  [/(?:not well-formed|must be terminated|Unexpected element|Problem: failed to create task)/, "code.syntax", "cause"],
];

/** Ant: the `junit` task's brief and plain formats, and the end of the build. */
export const ant: Extractor = {
  name: "ant",
  title: "Ant",
  keywords: ["testcase: ", " failed", "build failed", "unresolved dependencies ::", ": not found"],
  open: stateless((view) => {
    const text = mavenLine(view.line.text).message;
    const name = named.exec(text)?.[1] ?? (/^\s*(?:FAILED|Caused an ERROR)\s*$/.test(view.at(1)?.text ?? "") ? took.exec(text)?.[1] : undefined);
    if (name !== undefined) return testFailed(name, view);
    const found = suite.exec(text);
    if (found !== null)
      return {
        category: found[2] === "timeout" ? "timeout.test" : found[2] === "crashed" ? "tool.crash" : "code.test",
        strength: "likely",
        reason: "Ant names a class with failed tests",
        key: found[1] ?? "",
      };
    if (/^BUILD FAILED\s*$/.test(text)) return buildFailed(view);
    if (/^\s*:: [\w.$#;-]{3,200}(?:!\S{1,100})?: (?:not found|configuration not found)/.test(text))
      return { category: "dependency.resolution", strength: "cause", reason: "Ivy could not resolve a dependency" };
    return undefined;
  }),
};

function testFailed(name: string, view: View): Sighting {
  const old = /^([^(]{1,200})\(([\w$.]{1,300})\)$/.exec(name);
  const test = old === null ? name : `${old[2]}.${old[1]}`;
  const message = messageBelow(view, 4);
  return { category: "code.test", strength: "cause", reason: "Ant names a failed test", test, key: `${test} ${message}`, ...testTransience(message) };
}

/** The reason stands below, with its place: `/src/build.xml:12: One or more tests failed`. */
function buildFailed({ at }: View): Sighting | undefined {
  let last: { offset: number; why: string } | undefined;
  for (let offset = 1; offset <= 8; offset++) {
    const why = /^(?:\S.{0,400}\.xml:\d+: |Target |Problem: )(.*)$/.exec(at(offset)?.text ?? "");
    if (why !== null) last = { offset, why: why[0] };
    else if (last !== undefined) break;
  }
  if (last === undefined) return undefined;
  const { offset, why } = last;
  const known = reasons.find(([pattern]) => pattern.test(why));
  return { category: known?.[1] ?? "unknown", strength: known?.[2] ?? "likely", reason: "Ant says why the build failed", offset, key: why };
}
