import { describe, expect, it } from "vitest";
import { diagnose, openDiagnosis, openGreenLog } from "./diagnose.ts";
import { jobLog, lineOf } from "./testing-logs.ts";

const exit = "Process completed with exit code 1.";
const checkout = { run: "actions/checkout@v4" };
const javacError = "src/Main.java:3: error: cannot find symbol";

const read = (log: string, options = {}) => diagnose(Buffer.from(log), options);

describe("a diagnosis", () => {
  it("names the first error of the failed step, its step, and the lines around", () => {
    const log = jobLog([checkout, { run: "make", output: `compiling\n${javacError}\nsrc/Other.java:9: error: ';' expected\n2 errors`, error: exit }]);
    const diagnosis = read(log);
    expect(diagnosis).toMatchObject({
      outcome: "failed",
      category: "code.compile",
      transient: "no",
      rerun: false,
      cause: { line: lineOf(log, "Main.java"), text: javacError, by: "javac" },
      step: { name: "make" },
      lines: log.split("\n").length - 1,
    });
    expect(diagnosis.context.map(({ text }) => text)).toContain("compiling");
    expect(diagnosis.fingerprint).toMatch(/^[\da-f]{32}$/);
    expect(diagnosis.candidates.map(({ text }) => text)).toContain("src/Other.java:9: error: ';' expected");
  });

  it("does not look into steps that passed, nor into the scripts of steps", () => {
    const log = jobLog([
      { run: "probe", output: javacError },
      { run: 'echo "Other.java:1: error: quoted"', output: "Real.java:1: error: not a statement", error: exit },
    ]);
    expect(read(log).cause?.line).toBe(lineOf(log, "Real.java"));
  });

  it("claims nothing of a job that did not fail", () => {
    expect(read(jobLog([checkout, { run: "make", output: `${javacError}\nTraceback (most recent call last):\nValueError: x` }]))).toMatchObject({
      outcome: "passed",
      cause: null,
      category: "unknown",
      rerun: false,
      fingerprint: null,
      failedTests: [],
    });
  });

  it("claims nothing of an empty log, of noise, and of bytes that are no text", () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from("all is well\n"), Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7919) % 256))]) {
      expect(diagnose(bytes)).toMatchObject({ cause: null, category: "unknown", rerun: false });
    }
  });

  it("believes GitHub before the log", () => {
    const log = jobLog([checkout, { run: "make", output: javacError, error: exit }]);
    expect(read(log, { facts: { conclusion: "success" } })).toMatchObject({ outcome: "passed", cause: null });
    expect(read("", { facts: { jobCount: 0 } })).toMatchObject({ category: "config.workflow", rerun: false, cause: { line: 0 } });
    expect(read("", { facts: { conclusion: "failure" } })).toMatchObject({ outcome: "failed", category: "unknown", rerun: false });
    const annotations = [{ level: "failure", message: "The hosted runner lost communication with the server." }];
    expect(read("", { facts: { conclusion: "failure", annotations } })).toMatchObject({ category: "infra.runner_lost", transient: "possible", rerun: false });
  });

  it("looks into the step that failed by GitHub's times, where it is told them", () => {
    const log = jobLog([
      { run: "first", output: `${javacError}\n${"\n".repeat(60)}`, error: exit },
      { run: "second", output: "Second.java:1: error: x", error: exit },
    ]);
    const stamp = (text: string) => `${log.split("\n")[lineOf(log, text) - 1]?.slice(0, 19)}Z`;
    const step = { name: "first", number: 2, conclusion: "failure", startedAt: stamp("Main.java"), completedAt: stamp("Main.java") };
    expect(read(log, { facts: { conclusion: "failure", steps: [step] } }).cause?.text).toBe(javacError);
    const other = { ...step, startedAt: stamp("Second.java"), completedAt: stamp("Second.java") };
    expect(read(log, { facts: { conclusion: "failure", steps: [other] } }).cause?.text).toBe("Second.java:1: error: x");
  });

  it("takes no line for the cause that the last passing log holds too", () => {
    const green = openGreenLog();
    green.write(Buffer.from(jobLog([{ run: "make", output: "Old.java:17: error: known and ignored" }])));
    const log = jobLog([{ run: "make", output: "Old.java:21: error: known and ignored\nNew.java:1: error: fresh", error: exit }]);
    expect(read(log, { green: green.end() }).cause?.text).toBe("New.java:1: error: fresh");
  });

  it("knows that a log failed which was copied from GitHub's page", () => {
    const text = `Run make\nRequirement already satisfied\nthe schema is out of date\nError: Process completed with exit code 1.\n`;
    expect(read(text)).toMatchObject({ outcome: "failed", cause: { line: 3 } });
  });

  it("says cancelled of a job that was cancelled, whatever it printed before", () => {
    const log = jobLog([{ run: "make", output: "waiting", error: "The operation was canceled." }]);
    expect(read(log)).toMatchObject({ outcome: "cancelled", category: "cancelled", rerun: false, cause: { line: lineOf(log, "canceled") } });
  });

  it("says cancelled though a test had failed until then", () => {
    const log = jobLog([{ run: "make", output: javacError, error: "The operation was canceled." }]);
    expect(read(log)).toMatchObject({ outcome: "cancelled", category: "cancelled", cause: { line: lineOf(log, "canceled") } });
  });

  it("says what ended a job that ran out of time", () => {
    const log = jobLog([
      {
        run: "make",
        output: "waiting\n##[error]The job running on runner x has exceeded the maximum execution time of 360 minutes.",
        error: "The operation was canceled.",
      },
    ]);
    expect(read(log)).toMatchObject({ category: "timeout.job", rerun: false, cause: { line: lineOf(log, "exceeded") } });
  });

  it("does not take what another step got over, or another job failed of, for the cause of a step that said nothing", () => {
    const recovered = jobLog([
      { run: "npm ci", output: "npm ERR! code ECONNRESET\nadded 900 packages" },
      { run: "./deploy.sh", output: "working", error: exit },
    ]);
    expect(read(recovered)).toMatchObject({ rerun: false });
    expect(read(recovered).category).not.toBe("infra.network");
    const other = jobLog([{ run: "make", output: javacError, error: exit }]) + jobLog([{ run: "./deploy.sh", output: "working", error: exit }]);
    expect(read(other).cause?.text).not.toBe(javacError);
  });

  it("claims nothing of a job that passed with annotations, or that prints how another CI ends", () => {
    const annotated = jobLog([
      { run: "lint", output: "##[error]src/a.ts(3,5): error TS2322: Type 'x'" },
      { run: "make", output: "done" },
    ]);
    expect(read(annotated)).toMatchObject({ outcome: "passed", cause: null });
    expect(read(jobLog([{ run: "make", output: `${javacError}\nCommand exited with code 1` }]))).toMatchObject({ outcome: "passed", cause: null });
    const annotations = [{ level: "warning", message: "The runner has received a shutdown signal." }];
    expect(read("", { facts: { conclusion: "success", annotations } })).toMatchObject({ outcome: "passed", cause: null });
    expect(read("", { facts: { conclusion: "skipped", runnerName: "", steps: [] } })).toMatchObject({ outcome: "passed", cause: null });
    expect(read("", { facts: { conclusion: "failure", runnerName: null, steps: [] } })).toMatchObject({ category: "infra.runner_lost", rerun: false });
  });

  it("finds what is new among more known errors than it keeps", () => {
    const known = Array.from({ length: 60 }, (_, index) => `Old${index}.java:1: error: known and ignored`).join("\n");
    const green = openGreenLog();
    green.write(Buffer.from(jobLog([{ run: "make", output: known }])));
    const log = jobLog([{ run: "make", output: `${known}\nNew.java:7: error: fresh`, error: exit }]);
    expect(read(log, { green: green.end() }).cause?.text).toBe("New.java:7: error: fresh");
  });

  it("hears what a script prints in a group of its own", () => {
    const output = `##[group]Run tests\n${"ok\n".repeat(150)}${javacError}\n##[endgroup]`;
    expect(read(jobLog([{ run: "make", output, error: exit }])).cause?.text).toBe(javacError);
  });

  it("is the same whatever pieces the bytes come in", () => {
    const bytes = Buffer.from(jobLog([checkout, { run: "make", output: `é😀\n${javacError}`, error: exit }]));
    const whole = diagnose(bytes);
    for (const size of [1, 2, 7, 64, 1_000]) {
      const diagnosis = openDiagnosis();
      for (let from = 0; from < bytes.length; from += size) diagnosis.write(bytes.subarray(from, from + size));
      expect(diagnosis.end()).toEqual(whole);
    }
  });

  it("keeps its size however many errors a log holds", () => {
    const output = Array.from({ length: 20_000 }, (_, index) => `src/F${index}.java:1: error: e${index}`).join("\n");
    const diagnosis = read(jobLog([{ run: "make", output, error: exit }]));
    expect(diagnosis.cause?.text).toBe("src/F0.java:1: error: e0");
    expect(diagnosis.candidates.length).toBeLessThanOrEqual(50);
  });
});
