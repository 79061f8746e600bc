import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { zipOf } from "../../../reports/src/testing/archives.ts";
import { runCommand } from "../fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "sentinal-diagnose-"));
afterAll(() => rmSync(folder, { recursive: true }));

const stamp = "2026-11-02T10:20:30.1234567Z ";
const header = (run: string) => [`##[group]Run ${run}`, `\u001b[36;1m${run}\u001b[0m`, "shell: /usr/bin/bash -e {0}", "##[endgroup]"];
const ended = ["##[error]Process completed with exit code 1.", "Post job cleanup.", "Cleaning up orphan processes"];
const logOf = (lines: readonly string[]) => lines.map((line) => `${stamp}${line}\n`).join("");

const javac = "src/main/java/A.java:12: error: cannot find symbol";
const failing = logOf(["Current runner version: '2.330.0'", ...header("mvn -B verify"), "[INFO] Compiling", javac, "  symbol: class B", ...ended]);
const passing = logOf(["Current runner version: '2.330.0'", ...header("mvn -B verify"), "[INFO] Compiling", "Cleaning up orphan processes"]);

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return name;
}

function diagnose(parameters: readonly string[], options: { stdin?: string; isTty?: boolean; environment?: Record<string, string> } = {}) {
  return runCommand(["diagnose", ...parameters], { cwd: folder, ...options });
}

async function jsonOf(parameters: readonly string[], stdin?: string) {
  const { stdout, stderr } = await diagnose([...parameters, "--json"], stdin === undefined ? {} : { stdin });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

describe("sentinal diagnose", () => {
  test("shows the cause line marked among those around it, and what is known of it", async () => {
    const result = await diagnose([write("job.log", failing)]);
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    const lines = result.stdout.split("\n");
    expect(lines.slice(0, 2)).toEqual(["✕ code.compile: javac names an error in a file", "  --> job.log:7, step mvn -B verify"]);
    expect(lines.filter((line) => line.startsWith(">"))).toEqual([`>  7 | ${javac}`]);
    expect(lines).toContain("   8 |   symbol: class B");
    for (const start of [
      "= category      code.compile",
      "= transient     no. ",
      "= confidence    ",
      "= fingerprint   ",
      "= command       mvn -B verify",
      "= next          Mend",
    ]) {
      expect(result.stdout).toContain(start);
    }
  });

  test.each([
    ["gzip", (bytes: Buffer) => gzipSync(bytes)],
    ["zstd", (bytes: Buffer) => zstdCompressSync(bytes)],
  ])("reads a log that is packed with %s, and names it as it was given", async (kind, pack) => {
    expect(await jsonOf([write(`job.${kind}`, pack(Buffer.from(failing)))])).toMatchObject({ file: `job.${kind}`, job: null, cause: { line: 7 } });
  });

  test("reads standard input", async () => {
    expect(await jsonOf(["-"], failing)).toMatchObject({ file: "-", outcome: "failed", category: "code.compile", cause: { line: 7, by: "javac" } });
  });

  test("reads each job of a run's archive, and tells those that passed last", async () => {
    const archive = zipOf([
      { name: "0_build.txt", content: passing },
      { name: "1_test.txt", content: `\uFEFF${failing}` },
      { name: "build/1_Set up job.txt", content: failing },
    ]);
    write("logs.zip", archive);
    const result = await diagnose(["logs.zip"]);
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toContain("  --> logs.zip:7, job test, step mvn -B verify");
    expect(result.stdout.trimEnd().split("\n").at(-1)).toBe("✓ build passed: there is nothing to explain");
    expect(await jsonOf(["logs.zip"])).toMatchObject({
      file: "logs.zip",
      jobs: [
        { job: "build", outcome: "passed", cause: null },
        { job: "test", cause: { line: 7 } },
      ],
    });
    expect((await jsonOf(["logs.zip", "--job", "test"])).jobs).toHaveLength(1);
    expect(await diagnose(["logs.zip", "--job", "tset"])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("It holds: build, test.") });
  });

  test("reads the logs of steps as one where the archive holds no whole log", async () => {
    const lines = failing.split("\n");
    const archive = zipOf([
      { name: "test/2_Run mvn.txt", content: lines.slice(1).join("\n") },
      { name: "test/1_Set up job.txt", content: lines[0] ?? "" },
    ]);
    expect(await jsonOf([write("steps.zip", archive)])).toMatchObject({ jobs: [{ job: "test", cause: { line: 7 } }] });
  });

  test("lists with --explain what was weighed, by whom and why", async () => {
    write("job.log", failing);
    const { stdout } = await diagnose(["job.log", "--explain"]);
    expect(stdout).toMatch(/^ {3}Line {2}Strength {2}Category {6}By +Reason +Text$/m);
    expect(stdout).toMatch(/^> +7 {2}cause {5}code\.compile {2}javac +javac names an error in a file +src\/main/m);
    expect(stdout).toMatch(/^ +\d+ {2}(?:hint|symptom) +code\.compile|^ +\d+ {2}(?:hint|symptom) +unknown/m);
  });

  test("takes no line for the cause that the passing log holds too", async () => {
    write("job.log", failing);
    const green = write("green.log", logOf([...header("mvn -B verify"), javac]));
    const { cause, candidates } = await jsonOf(["job.log", "--green", green]);
    expect([cause, ...candidates].find(({ line }: { line: number }) => line === 7)).toMatchObject({ inGreenLog: true });
  });

  test("asks rules, those that name jobs only where the job is known", async () => {
    write("silent.log", logOf([...header("./run.sh"), "licence: no seat left", ...ended]));
    const rule = { name: "seats", contains: "no seat left", category: "config.auth", reason: "No seat of the licence is left" };
    write("rules.json", JSON.stringify([rule]));
    expect(await jsonOf(["silent.log", "--rules", "rules.json"])).toMatchObject({ category: "config.auth", cause: { by: "rule:seats" } });
    write("rules.json", JSON.stringify([{ ...rule, where: { job: "e2e *" } }]));
    expect(await jsonOf(["silent.log", "--rules", "rules.json"])).not.toMatchObject({ cause: { by: "rule:seats" } });
    expect(await jsonOf(["silent.log", "--rules", "rules.json", "--job", "e2e 1"])).toMatchObject({ cause: { by: "rule:seats" } });
  });

  test("believes GitHub's facts over the log", async () => {
    write("job.log", failing);
    write("facts.json", JSON.stringify({ conclusion: "success", runner_name: "x" }));
    expect(await diagnose(["job.log", "--facts", "facts.json"])).toMatchObject({ exitCode: 0, stdout: "✓ job.log passed: there is nothing to explain\n" });
    write("facts.json", JSON.stringify({ jobCount: 0 }));
    const { stdout } = await diagnose(["job.log", "--facts", "facts.json"]);
    expect(stdout).toContain("✕ config.workflow: GitHub says so");
    expect(stdout).toContain("| The run has no jobs");
  });

  test("counts lines by the convention that is asked for", async () => {
    write("returns.log", failing.replaceAll("\n", "\r"));
    expect(await jsonOf(["returns.log", "--lines", "cr-crlf-lf"])).toMatchObject({ lines: 11, cause: { line: 7 } });
    expect(await jsonOf(["returns.log"])).toMatchObject({ lines: 1 });
  });

  test("names the first ten failed tests, and says how many more there are", async () => {
    const tests = Array.from({ length: 13 }, (_, index) => `FAILED tests/test_a.py::test_${index} - assert 1 == 2`);
    write("tests.log", logOf([...header("pytest"), "=== short test summary info ===", ...tests, "=== 13 failed in 0.1s ===", ...ended]));
    const { failedTests } = await jsonOf(["tests.log"]);
    expect(failedTests).toHaveLength(13);
    const { stdout } = await diagnose(["tests.log"]);
    expect(stdout).toContain("= failed tests  tests/test_a.py::test_0");
    expect(stdout).toContain("tests/test_a.py::test_9\n");
    expect(stdout).not.toContain("tests/test_a.py::test_10\n                  ");
    expect(stdout).toContain("and 3 more");
  });
});

describe("what a log holds", () => {
  const hostile = logOf([...header("mvn"), `A\u202e\u200b.java:1: error: \u009b2Jx \u0007 ##[error]y`, ...ended]);

  test("never reaches the terminal as a control or a turn of the writing's direction", async () => {
    write("hostile.log", hostile);
    for (const parameters of [
      ["hostile.log", "--explain"],
      ["hostile.log", "--json"],
    ]) {
      const { stdout } = await diagnose(parameters);
      expect(stdout).toContain("202e");
      expect(stdout).not.toMatch(/[^\n\P{Cc}]|\p{Cf}|##\[/u);
    }
  });

  test("is shown without its secrets, also where colours stand in them and where facts hold them", async () => {
    const token = ["ghp", "vT3kZq81LmWx0RbYc5NdHs7UeJfPa2GoKi4Q"].join("_");
    write("secret.log", logOf([...header("mvn"), `A.java:1: error: token ghp_\u001b[1m${token.slice(4)} is wrong`, ...ended]));
    write("facts.json", JSON.stringify({ annotations: [{ level: "failure", message: `lost communication with the server ${token}` }] }));
    for (const parameters of [
      ["secret.log", "--explain"],
      ["secret.log", "--json"],
      ["secret.log", "--json", "--facts", "facts.json"],
    ]) {
      const { stdout } = await diagnose(parameters);
      expect(stdout).toContain("[redacted ");
      expect(stdout).not.toContain(token.slice(4, 30));
    }
  });

  test("is in colours on a terminal, unless NO_COLOR is set", async () => {
    write("job.log", failing);
    expect((await diagnose(["job.log"], { isTty: true })).stdout).toContain("\u001b[31m");
    expect((await diagnose(["job.log"], { isTty: true, environment: { NO_COLOR: "1" } })).stdout).not.toContain("\u001b");
    expect((await diagnose(["job.log"])).stdout).not.toContain("\u001b");
  });
});

describe("sentinal diagnose ends with", () => {
  test("0 where the job passed", async () => {
    expect(await diagnose([write("passing.log", passing)])).toMatchObject({ exitCode: 0, stdout: "✓ passing.log passed: there is nothing to explain\n" });
  });

  test("7 where the log does not say why the job failed, and says what to do", async () => {
    write("empty.log", "");
    expect(await diagnose(["empty.log"])).toMatchObject({ exitCode: 7, stdout: expect.stringContaining("? empty.log: the log does not say why it failed") });
    expect((await diagnose(["empty.log"])).stdout).toContain("--green");
    write(
      "logs.zip",
      zipOf([
        { name: "0_a.txt", content: failing },
        { name: "1_b.txt", content: "hello\n" },
      ]),
    );
    expect(await diagnose(["logs.zip"])).toMatchObject({ exitCode: 7 });
  });

  test("1 where the log cannot be unpacked", async () => {
    write("cut.log.gz", gzipSync(Buffer.from(failing)).subarray(0, 60));
    expect(await diagnose(["cut.log.gz"])).toMatchObject({ exitCode: 1, stdout: "", stderr: expect.stringContaining("cut.log.gz cannot be unpacked") });
    write("cut.zip", zipOf([{ name: "0_a.txt", content: failing }]).subarray(0, 60));
    expect(await diagnose(["cut.zip"])).toMatchObject({ exitCode: 1, stdout: "", stderr: expect.stringContaining("cut.zip cannot be unpacked") });
  });

  test.each<[string, string[], string]>([
    ["a file that is not there", ["nowhere.log"], "There is no file nowhere.log"],
    ["a folder", ["."], "is a folder"],
    ["rules that are not there", ["job.log", "--rules", "nowhere.yaml"], "nowhere.yaml cannot be read (ENOENT)"],
    ["rules with a fault", ["job.log", "--rules", "wrong.yaml"], "rule a, category (line 3, column 13): It is"],
    ["facts that are none", ["job.log", "--facts", "wrong.yaml"], "The facts of wrong.yaml are not taken"],
    ["standard input twice", ["-", "--green", "-"], "Standard input can be given once"],
    ["an archive against a log", ["one.zip", "--green", "job.log"], "--green must be an archive as well"],
    ["another convention", ["job.log", "--lines", "crlf"], "Allowed choices are lf, cr-crlf-lf"],
  ])("2 for %s", async (_name, parameters, words) => {
    write("job.log", failing);
    write("wrong.yaml", "- name: a\n  contains: abc\n  category: x\n  reason: y\n");
    write("one.zip", zipOf([{ name: "0_a.txt", content: failing }]));
    expect(await diagnose(parameters)).toMatchObject({ exitCode: 2, stdout: "", stderr: expect.stringContaining(words) });
  });
});
