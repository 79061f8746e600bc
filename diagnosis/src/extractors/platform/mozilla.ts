import { type Extractor, type Sighting, stateless } from "../../extractor.ts";
import type { Category } from "../../categories.ts";

/** `GECKO(5432) | `, `[Child 1234, Main Thread] `, the process that printed it. */
const process = /^(?:(?:GECKO|EXTENSION|CHROME)\(\d{1,8}\) \| |PID \d{1,8} \| |\d{1,8} INFO )?(?:\[(?:[A-Z][\w ]{0,20} )?\d{1,8}(?:, [^\]]{1,60})?\] )?/;
const unexpected = /^(?:REFTEST )?TEST-UNEXPECTED-([A-Z]+) \| (.{1,400}?)(?: \| (.{0,1000}))?$/;

/** The test harnesses of Mozilla, and Taskcluster, which runs them. */
export const mozilla: Extractor = {
  name: "mozilla",
  title: "Taskcluster and Mozilla's tests",
  keywords: [
    "test-unexpected-",
    "process-crash",
    "assertion failure:",
    "hit moz_crash",
    "[taskcluster:error]",
    "leaking the world",
    "###!!! abort:",
    "automation error:",
    "reftest error",
    "command timed out:",
  ],
  open: stateless(({ line }) => {
    const text = line.text.replace(process, "");
    const test = unexpected.exec(text);
    if (test !== null) return unexpectedResult(test[1] ?? "", (test[2] ?? "").trim(), test[3] ?? "");
    return forms.find(([pattern]) => pattern.test(text))?.[1];
  }),
};

function unexpectedResult(kind: string, test: string, message: string): Sighting | undefined {
  if (kind === "WARNING") return undefined;
  const category: Category = kind === "TIMEOUT" ? "timeout.test" : kind === "CRASH" ? "crash.signal" : "code.test";
  // What the harness itself reports of the whole run bears its own name, and no test's.
  const isTest = /[/.]/.test(test) && !/^(?:automation|runtests|remoteautomation|leakcheck|mozrunner)/.test(test);
  return {
    category,
    strength: "cause",
    reason: "The harness names an unexpected result",
    key: `${test} ${message}`,
    ...(isTest ? { test } : {}),
  };
}

function sighting(category: Category, reason: string, strength: Sighting["strength"] = "cause"): Sighting {
  return { category, reason, strength };
}

const forms: readonly (readonly [RegExp, Sighting])[] = [
  [/^PROCESS-CRASH \| /, sighting("crash.signal", "A process under test crashed")],
  [/^(?:Assertion failure: |Hit MOZ_CRASH\()/, sighting("crash.signal", "The program stopped itself at a broken assumption", "likely")],
  [/^###!!! ABORT: /, sighting("crash.signal", "The program aborted", "likely")],
  [
    /^(?:\[taskcluster:error\] )?(?:Task (?:aborted - max run time exceeded|timeout after \d)|Aborting task\.{3}$)/,
    sighting("timeout.job", "Taskcluster ended the task at its time limit"),
  ],
  [/^\[taskcluster:error\] .{0,200}(?:[Dd]isk|No space left)/, sighting("resource.disk_full", "The worker's disk is full", "likely")],
  [
    /^\[taskcluster:error\] .{0,200}(?:spot|worker (?:shut|terminat)|claim expired|Worker is shutting down)/i,
    sighting("infra.runner_lost", "The worker was taken away"),
  ],
  [
    /^\[taskcluster:error\] .{0,300}(?:artifact|Artifact).{0,200}(?:not found|does not exist|missing)/,
    sighting("upstream.artifact_missing", "An artifact is not there"),
  ],
  [
    /^\[taskcluster:error\] .{0,300}(?:[Ii]mage|pull).{0,200}(?:not found|fail|manifest)/,
    sighting("dependency.resolution", "Taskcluster could not get the image", "likely"),
  ],
  [/^\[taskcluster:error\] (?!exit status|Command .{0,40}exit)/, sighting("unknown", "Taskcluster reports an error", "summary")],
  [/^(?:TEST-\w+ \| leakcheck \| .{0,200})?.{0,60}YOU ARE LEAKING THE WORLD/, sighting("code.test", "The harness reports a leak")],
  [/^(?:Automation Error: |REFTEST ERROR )/, sighting("unknown", "The harness stopped with an error", "likely")],
  [/^command timed out: \d+ seconds/, sighting("timeout.job", "The command was silent for longer than allowed")],
];
