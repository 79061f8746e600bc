import type { Category } from "../../categories.ts";
import { type Extractor, stateless, type Sighting, type Strength } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { goalReason } from "./maven-goal-reasons.ts";
import { mavenLine } from "./maven-level.ts";

/** What Maven itself says where a build could not begin or go on. Only errors count, not the same words as a warning. In order. */
const messages: readonly (readonly [RegExp, Category, Strength, string])[] = [
  [
    /^ *(?:Non-resolvable (?:parent POM|import POM)|Unresolveable build extension|Failed to load parent POM)/,
    "dependency.resolution",
    "cause",
    "Maven could not resolve a POM that the build needs",
  ],
  [
    /^Plugin \S+ or one of its dependencies could not be resolved|^Error resolving version for plugin|^No plugin found for prefix|^Failed to (?:collect|resolve) dependencies|^Unknown packaging: /,
    "dependency.resolution",
    "cause",
    "Maven could not resolve a plugin",
  ],
  [
    /^ *'(?:dependencies|dependencyManagement|build)\.\S{1,200}' for \S+ (?:is missing|must|with value)/,
    "dependency.resolution",
    "cause",
    "Maven finds a POM incomplete",
  ],
  [/^ *(?:Non-parseable POM|Malformed POM|Unrecognised tag|Duplicated tag)/, "code.syntax", "cause", "Maven could not read a POM"],
  [
    /^ *(?:Child module \S+ of \S+ does not exist|Project '\S+' is duplicated in the reactor|The projects in the reactor contain a cyclic reference|'(?:groupId|artifactId|version|packaging|parent\.\S{1,80})' .{0,200}(?:is missing|must be|invalid))/,
    "code.syntax",
    "cause",
    "Maven finds a mistake in a POM",
  ],
  [
    /^(?:Unknown lifecycle phase|Could not find the selected project in the reactor|Could not find goal|The goal you specified requires a project|Unable to parse command line options|The requested profiles? \S+ could not be activated|Could not find resource|The specified user settings file does not exist|Couldn't find the selected project)/,
    "config.workflow",
    "cause",
    "Maven was called for something that is not there",
  ],
  [/^(?:Unable to parse maven|Error executing Maven|Internal error: |Error building POM)/, "tool.crash", "likely", "Maven stopped with an error of its own"],
  [/^Rule \d+: \S{1,200} failed with message:/, "policy.gate", "cause", "A rule of the build is not met"],
  [/^COMPILATION ERROR/, "code.compile", "summary", "Maven says that the code does not compile"],
];

const goal = /^Failed to execute goal (?:([\w.-]{1,200}):([\w.-]{1,200}):[^\s:]{1,100}:([\w.-]{1,100}) )?(?:\([^)]{0,200}\) )?on project [^\s:]{1,200}:(.*)$/;

/** Maven's own errors: of a goal, of POMs and of its arguments. */
export const mavenBuild: Extractor = {
  name: "maven",
  title: "Maven",
  keywords: [
    "failed to execute goal",
    "[error] non-",
    "non-resolvable",
    "[error] unresolv",
    "[error] plugin ",
    "[error] error ",
    "[error] no plugin",
    "[error] unknown ",
    "[error] failed to ",
    "[error]     '",
    "[error] '",
    "[error] could",
    "[error] the ",
    "[error] unable to parse",
    "[error] internal error",
    "[error] child module",
    "[error] project '",
    "[fatal] ",
    "malformed pom",
    "[error] rule ",
    "[warning] rule ",
    "[error] compilation error",
    "non-parseable pom",
  ],
  open: stateless((view) => {
    const { message, isError } = mavenLine(view.line.text);
    const failed = goal.exec(message);
    if (failed !== null) return goalFailed(failed, view);
    const rule = /^\[WARNING\] Rule \d+: \S{1,200} failed with message:/.test(view.line.text);
    if (rule) return ruleFailed(view, "likely");
    if (!isError) return undefined;
    const known = messages.find(([pattern]) => pattern.test(message));
    if (known === undefined) return undefined;
    const [, category, strength, reason] = known;
    if (message.startsWith("Rule ")) return ruleFailed(view, strength);
    if (message.startsWith("COMPILATION ERROR")) return [{ category, strength, reason }, ...compilerSays(view)];
    return { category, strength, reason, key: message.replace(/ @ line .*$| at '[^']{1,80}' .*$/, "") };
  }),
};

function goalFailed([, , plugin = "", name = "", first = ""]: RegExpExecArray, view: View): Sighting {
  const words = [first.replace(/ -> \[Help \d+\]$/, "").trim(), ...below(view)].filter((text) => text !== "").join("\n");
  return { ...goalReason(plugin, name, words), key: `${plugin}:${name} ${words.slice(0, 600)}` };
}

/** The error lines that belong to a message, up to the empty one or the help. */
function below({ at }: View): string[] {
  const lines: string[] = [];
  for (let offset = 1; offset <= 8; offset++) {
    const text = at(offset)?.text;
    if (text === undefined) break;
    const { message, isError } = mavenLine(text);
    if (!isError || /^(?:-> \[Help|To see the full stack trace|Re-run Maven|After correcting)/.test(message)) break;
    if (message.trim() === "" && lines.length > 0) break;
    lines.push(message.trim());
  }
  return lines;
}

/** `Rule 0: ….RequireJavaVersion failed with message:`; what it found stands on the next line. */
function ruleFailed(view: View, strength: Strength): Sighting {
  const found = mavenLine(view.at(1)?.text ?? "").message;
  const name = /Rule \d+: (\S{1,200})/.exec(view.line.text)?.[1] ?? "";
  const toolchain = /RequireJavaVersion|RequireMavenVersion|RequireOS/.test(name);
  return { category: toolchain ? "config.toolchain" : "policy.gate", strength, reason: "A rule of the build is not met", key: `${name} ${found}` };
}

/** What stands under `COMPILATION ERROR :` and names no place in a file. */
function compilerSays({ at }: View): Sighting[] {
  for (let offset = 1; offset <= 4; offset++) {
    const { message, isError } = mavenLine(at(offset)?.text ?? "");
    if (/\.(?:java|kt|scala|groovy|aj)\b/.test(message)) break;
    if (!isError) continue;
    if (!/^(?:error: )?\S/.test(message) || message.startsWith("Failed to execute")) continue;
    const { category } = goalReason("maven-compiler-plugin", "compile", message);
    return [{ category, strength: "cause", reason: "The compiler says why it stopped", offset, key: message }];
  }
  return [];
}
