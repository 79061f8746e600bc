import type { Category } from "../../categories.ts";
import { type Extractor, stateless, type Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { buildReasons, categoryOfTask } from "./gradle-reasons.ts";

const task = /^(?:> Task )?(:[\w.:-]{1,300}) FAILED\s*$/;
const taskFailed = /(?:Execution failed for|Could not (?:create|determine the dependencies of)|Problem configuring) task '([^']{1,300})'/;
/** What a parallel build, or another stream, wrote in between. */
const between =
  /^(?:> (?:Task|Transform|Configure project|IDLE|Run) |\d+ actionable tasks?:|\d+ tests? completed|BUILD FAILED|WARNING: |Deprecated Gradle|\S.{0,300} (?:FAILED|PASSED|SKIPPED)$|\s*$)/;
const ends = /^(?:\* (?:Try|Exception is|Get more help|Where)|FAILURE: |={10,}|-{10,}|\d+: Task failed|##\[|Build file )/;

/** What a server, or the way to it, said of a request: with the address, or on a line of its own. */
const noAnswer =
  /^\s*> (?:Could not (?:GET|HEAD) '.{1,600}'\. Received status code|(?:Read|[Cc]onnect(?:ion)?) timed out|Connection re(?:set|fused)|Remote host (?:closed|terminated)|.{1,200}: (?:Temporary failure in name resolution|Name or service not known)|Premature end of|Network is unreachable)/;

const exitWords = /^Process completed with exit code/;

/** Words of Gradle's own outside of `What went wrong`. In order. */
const messages: readonly (readonly [RegExp, Category, string])[] = [
  [
    /^(?:The message received from the daemon indicates that the daemon has disappeared|Gradle build daemon disappeared unexpectedly|\S*DaemonDisappearedException)/,
    "tool.crash",
    "Gradle's own process disappeared",
  ],
  [/^Expiring Daemon because JVM heap space is exhausted|^The Daemon will expire .*after running out of JVM/, "resource.oom", "Gradle ran out of memory"],
  [/^(?:Error: )?Could not find or load main class org\.gradle\.wrapper/, "config.toolchain", "Gradle's wrapper is not in the repository"],
];

/** Gradle's own words: what went wrong, and which task failed. */
export const gradleBuild: Extractor = {
  name: "gradle",
  title: "Gradle",
  keywords: [
    "* what went wrong:",
    " failed",
    "daemon has disappeared",
    "daemon disappeared",
    "expiring daemon",
    "daemondisappeared",
    "load main class org.gradle",
  ],
  open: stateless((view) => {
    const { text } = view.line;
    if (text.startsWith("* What went wrong:")) return wentWrong(view);
    const failed = task.exec(text)?.[1];
    if (failed !== undefined) return { category: categoryOfTask(failed), strength: "hint", reason: "Gradle names the task that failed", key: `task ${failed}` };
    const known = messages.find(([pattern]) => pattern.test(text));
    return known === undefined ? undefined : { category: known[1], strength: "cause", reason: known[2], transient: "possible" };
  }),
};

type Said = { readonly offset: number; readonly text: string };

function wentWrong(view: View): Sighting | undefined {
  const said = linesBelow(view);
  const headline = said[0];
  if (headline === undefined) return undefined;
  const name = taskFailed.exec(headline.text)?.[1];
  const ofTask = name === undefined ? "unknown" : categoryOfTask(name);
  const key = said
    .slice(0, 6)
    .map(({ text }) => text.trim())
    .join(" ");
  for (const { pattern, category, strength, reason } of buildReasons) {
    const line = said.find(({ text }) => pattern.test(text));
    if (line === undefined) continue;
    // Why something could not be resolved stands below, behind who asked for it.
    const answer = category === "dependency.resolution" ? said.slice(6).find(({ text }) => noAnswer.test(text)) : undefined;
    return { category: told(category, ofTask), strength, reason, offset: line.offset, key: answer === undefined ? key : `${key} ${answer.text.trim()}` };
  }
  const why = said.find(({ text }) => /^\s*> (?!A failure occurred while executing)\S/.test(text)) ?? headline;
  const command = /^\s*> (?:A problem occurred starting process|Process 'command .{1,400}' finished with non-zero exit value|.{0,80}non-zero exit value)/.test(
    why.text,
  );
  return { category: ofTask, strength: command ? "summary" : "likely", reason: "Gradle says what went wrong", offset: why.offset, key };
}

/** A task's trade tells more than words that other trades use too. */
function told(category: Category, ofTask: Category): Category {
  const vague = category === "dependency.resolution" || category === "code.test" || category === "policy.gate";
  return vague && ofTask === "release.publish_rejected" ? ofTask : category;
}

function linesBelow({ at }: View): Said[] {
  const said: Said[] = [];
  for (let offset = 1; offset <= 60 && said.length < 25; offset++) {
    const line = at(offset);
    if (line === undefined || line.command?.endsWith("group") === true || exitWords.test(line.text) || ends.test(line.text)) break;
    if (!between.test(line.text)) said.push({ offset, text: line.text });
  }
  return said;
}
