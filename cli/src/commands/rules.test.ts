import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { zipOf } from "../../../reports/src/testing/archives.ts";
import { runCommand } from "../fixture.ts";

let folder = "";
const folders: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sentinal-rules-"));
  folders.push(folder);
});
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true });
});

const seats = { name: "seats", contains: "no seat left", category: "config.auth", reason: "No seat of the licence is left" };
const noSeat = "licence: no seat left";

function logOf(lines: readonly string[], command = "make"): string {
  const header = [`##[group]Run ${command}`, "shell: /usr/bin/bash -e {0}", "##[endgroup]"];
  return [...header, ...lines, "##[error]Process completed with exit code 1."].map((line) => `2026-11-02T10:20:30.1234567Z ${line}\n`).join("");
}

function labelOf(log: string, line: number | null, category: string, more: object = {}): string {
  return `${JSON.stringify({ log: createHash("sha256").update(log).digest("hex"), line, category, by: "ada", at: "2026-11-22T10:00:00Z", ...more })}\n`;
}

function write(name: string, content: string | Uint8Array): string {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
  return name;
}

function rules(parameters: readonly string[], options: { stdin?: string; isTty?: boolean } = {}) {
  return runCommand(["rules", ...parameters], { cwd: folder, ...options });
}

describe("sentinal rules check", () => {
  test("says how many rules are sound", async () => {
    write("one.json", JSON.stringify([seats]));
    write("two.json", JSON.stringify([seats, { ...seats, name: "other" }]));
    expect(await rules(["check", "one.json"])).toEqual({ exitCode: 0, stdout: "✓ 1 rule is sound\n", stderr: "" });
    expect(await rules(["check", "one.json", "two.json"])).toEqual({ exitCode: 0, stdout: "✓ 3 rules are sound\n", stderr: "" });
    expect(await rules(["check", "-"], { stdin: JSON.stringify(seats) })).toMatchObject({ exitCode: 0 });
  });

  test("tells each problem with place, rule, field and what to do, and ends with 1", async () => {
    write("sound.json", JSON.stringify([seats]));
    write(
      "wrong.yaml",
      "- name: a\n  contains: abc\n  category: code.test\n  transient: perhaps\n- name: b\n  contains: ab\n  category: code.test\n  reason: x\n",
    );
    const { exitCode, stdout } = await rules(["check", "sound.json", "wrong.yaml"]);
    expect(exitCode).toBe(1);
    expect(stdout.split("\n")).toEqual([
      'wrong.yaml:4:14: rule a, transient: It is "perhaps", which is none of no, possible, delayed, yes, unknown',
      "  = fix  Write no, possible, delayed, yes or unknown, or leave it out.",
      "wrong.yaml:1:3: rule a, reason: It is missing",
      "  = fix  Write one sentence that says what went wrong, for who reads the diagnosis.",
      "wrong.yaml:6:13: rule b, contains[0]: It has fewer than 3 characters: nearly every line would be looked at",
      "  = fix  Write a text that the failure's line holds, or a list of such texts.",
      "✕ 3 problems in 1 of 2 files, none of whose rules would be taken; 1 rule in the other files is sound",
      "",
    ]);
  });

  test("gives one object with --json, with problems as with none", async () => {
    write("wrong.yaml", "- name: a\n  contains: abc\n  category: x\n  reason: y\n");
    write("sound.json", JSON.stringify([seats]));
    const { exitCode, stdout } = await rules(["check", "sound.json", "wrong.yaml", "--json"]);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      rules: 1,
      files: [
        { file: "sound.json", rules: 1, problems: [] },
        { file: "wrong.yaml", rules: 0, problems: [{ rule: "a", field: "category", line: 3, column: 13, fix: expect.stringContaining("Write one of") }] },
      ],
    });
  });

  test("shows no controls that a file holds", async () => {
    write("hostile.json", JSON.stringify([{ ...seats, name: "a\u001b[2J\u202e", category: "##[error]x" }]));
    for (const more of [[], ["--json"]]) {
      const { stdout } = await rules(["check", "hostile.json", ...more]);
      expect(stdout).toContain("202e");
      expect(stdout).not.toMatch(/[^\n\P{Cc}]|\p{Cf}|##\[/u);
    }
  });

  test.each<[string, string[], string]>([
    ["a file that is not there", ["check", "nowhere.yaml"], "nowhere.yaml cannot be read (ENOENT)"],
    ["no file", ["check"], "missing required argument 'file'"],
    ["standard input twice", ["check", "-", "-"], "Standard input can be given once"],
  ])("ends with 2 for %s", async (_name, parameters, words) => {
    expect(await rules(parameters)).toMatchObject({ exitCode: 2, stdout: "", stderr: expect.stringContaining(words) });
  });
});

describe("sentinal rules try", () => {
  beforeEach(() => {
    write("rules.json", JSON.stringify([seats]));
  });

  test("tells in how many logs of a folder a rule matches, and which it would have decided", async () => {
    write("logs/b.log", logOf(["x", noSeat]));
    write("logs/deep/a.txt.gz", gzipSync(logOf([noSeat])));
    write("logs/c.log", logOf(["something else"]));
    write("logs/notes.md", noSeat);
    write(
      "logs/run.zip",
      zipOf([
        { name: "0_build.txt", content: logOf([noSeat]) },
        { name: "1_test.txt", content: logOf(["other"]) },
      ]),
    );
    expect(await rules(["try", "rules.json", "logs"])).toEqual({
      exitCode: 0,
      stderr: "",
      stdout: `${[
        "seats would have matched 3 of 5 logs (whether wrongly, no label tells)",
        "  It would have named the cause of each:",
        "  - logs/b.log:5",
        "  - logs/deep/a.txt.gz:4",
        "  - logs/run.zip:4, job build",
      ].join("\n")}\n`,
    });
  });

  test("names those that labels call wrong first, with what is said of them", async () => {
    const [right, category, line, none] = [[noSeat], [noSeat, "b"], [...Array<string>(9).fill("x"), noSeat], [noSeat, "d"]].map((lines) => logOf(lines));
    const logs = { right: right ?? "", category: category ?? "", line: line ?? "", none: none ?? "" };
    for (const [name, log] of Object.entries(logs)) write(`${name}.log`, log);
    write(
      "labels.jsonl",
      labelOf(logs.right, 4, "config.auth") +
        labelOf(logs.category, 4, "code.test") +
        labelOf(logs.line, 4, "config.auth", { last_line: 5 }) +
        labelOf(logs.none, null, "config.auth"),
    );
    const { exitCode, stdout, stderr } = await rules(["try", "rules.json", "right.log", "category.log", "line.log", "none.log", "--labels", "labels.jsonl"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout.split("\n")).toEqual([
      "seats would have matched 4 of 4 logs, 3 of them wrongly (4 of them are labelled)",
      "  It would have named the cause of each:",
      "  ✕ category.log:4, wrong: ada says line 4, code.test",
      "  ✕ line.log:13, wrong: ada says lines 4 to 5, config.auth",
      "  ✕ none.log:4, wrong: ada says no line, config.auth",
      "  ✓ right.log:4",
      "",
    ]);
  });

  test("knows the label of a packed log, of one with a secret, and of one on standard input", async () => {
    const log = logOf([["ghp", "vT3kZq81LmWx0RbYc5NdHs7UeJfPa2GoKi4Q"].join("_"), noSeat]);
    write("labels.jsonl", labelOf(log, 5, "config.auth"));
    write("packed.log.gz", gzipSync(log));
    for (const name of ["packed.log.gz", "-"]) {
      const { stdout } = await rules(["try", "rules.json", name, "--labels", "labels.jsonl", "--json"], { stdin: log });
      expect(JSON.parse(stdout)).toMatchObject({ labelled: 1, rules: [{ labelled: 1, wrong: 0, decided: [{ file: name, line: 5, verdict: "right" }] }] });
    }
  });

  test("shows ten logs and says how many more there are; --json has them all", async () => {
    for (let index = 10; index < 23; index++) write(`logs/${index}.log`, logOf([noSeat]));
    const { stdout } = await rules(["try", "rules.json", "logs"]);
    expect(stdout).toContain("  - logs/19.log:4\n    and 3 more\n");
    const object = JSON.parse((await rules(["try", "rules.json", "logs", "--json"])).stdout);
    expect(object).toMatchObject({
      logs: 13,
      labelled: 0,
      unreadable: [],
      rules: [{ rule: "seats", logs: 13, matched: 13, decisive: 13, labelled: 0, wrong: 0 }],
    });
    expect(object.rules[0].decided).toHaveLength(13);
    expect(object.rules[0].decided[0]).toEqual({
      file: "logs/10.log",
      job: null,
      log: createHash("sha256")
        .update(logOf([noSeat]))
        .digest("hex"),
      line: 4,
      verdict: null,
      label: null,
    });
  });

  test("says so where nothing matches, and where others decide", async () => {
    write(
      "rules.json",
      JSON.stringify([
        { ...seats, name: "unused", contains: "never printed" },
        { ...seats, strength: "likely" },
      ]),
    );
    write("a.log", logOf(["src/main/java/A.java:12: error: cannot find symbol", noSeat], "mvn -B verify"));
    expect((await rules(["try", "rules.json", "a.log"])).stdout.split("\n")).toEqual([
      "unused would have matched none of 1 log",
      "",
      "seats would have matched 1 of 1 log (whether wrongly, no label tells)",
      "  It would have named the cause of none of them: other lines go before its own.",
      "",
    ]);
  });

  test("asks rules that name jobs where the job is known", async () => {
    write("rules.json", JSON.stringify([{ ...seats, where: { job: "build *" } }]));
    write("a.log", logOf([noSeat]));
    write("run.zip", zipOf(["build 1", "build 2"].map((job, index) => ({ name: `${index}_${job}.txt`, content: logOf([noSeat]) }))));
    expect((await rules(["try", "rules.json", "a.log"])).stdout).toContain("none of 1 log\n  None of these logs is known to be of a job that it names.");
    expect((await rules(["try", "rules.json", "a.log", "--job", "build 1"])).stdout).toContain("matched 1 of 1 log");
    expect((await rules(["try", "rules.json", "a.log", "run.zip"])).stdout).toContain("matched 2 of 3 logs");
    expect((await rules(["try", "rules.json", "run.zip", "--job", "build 2"])).stdout).toContain("  - run.zip:4, job build 2\n");
    expect(await rules(["try", "rules.json", "run.zip", "--job", "lint"])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("holds a job lint") });
  });

  test("tells logs that cannot be unpacked, tries the others, and ends with 1", async () => {
    write("logs/cut.log.gz", gzipSync(logOf([noSeat])).subarray(0, 60));
    write("logs/cut.zip", zipOf([{ name: "0_a.txt", content: logOf([noSeat]) }]).subarray(0, 60));
    write("logs/whole.log", logOf([noSeat]));
    const result = await rules(["try", "rules.json", "logs"]);
    expect(result).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("seats would have matched 1 of 1 log") });
    expect(result.stderr).toMatch(/^✕ logs\/cut\.log\.gz cannot be unpacked: .*\n✕ logs\/cut\.zip cannot be unpacked: .*\n$/);
    const alone = await rules(["try", "rules.json", "logs/cut.zip", "--json"]);
    expect(alone.exitCode).toBe(1);
    expect(JSON.parse(alone.stdout)).toMatchObject({ logs: 0, unreadable: [{ file: "logs/cut.zip", problem: expect.stringContaining("cannot be unpacked") }] });
  });

  test("counts a file once, however often it is named", async () => {
    write("logs/a.log", logOf([noSeat]));
    expect((await rules(["try", "rules.json", "logs", "logs/a.log", "./logs/../logs"])).stdout).toContain("matched 1 of 1 log");
  });

  test("leaves labels out that are none, that count lines in the other way, or are of other logs, and says so", async () => {
    const log = logOf([noSeat]);
    write("a.log", log);
    write("labels.jsonl", `no label\n${labelOf(log, 4, "code.test", { lines: "cr-crlf-lf" })}`);
    const left = await rules(["try", "rules.json", "a.log", "--labels", "labels.jsonl"]);
    expect(left).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("no label tells") });
    expect(left.stderr).toContain("! labels.jsonl:1 is left out, for it is no label: It is no JSON.");
    expect(left.stderr).toContain("! 1 label counts lines as cr-crlf-lf does, and is left out. Try again with --lines cr-crlf-lf.");
    const taken = await rules(["try", "rules.json", "a.log", "--labels", "labels.jsonl", "--lines", "cr-crlf-lf"]);
    expect(taken.stdout).toContain("1 of them wrongly (1 of them is labelled)");
    write("others.jsonl", labelOf("another log", 4, "code.test"));
    expect((await rules(["try", "rules.json", "a.log", "--labels", "others.jsonl"])).stderr).toContain("! No label is of one of these logs.");
  });

  test("moves a bar on a terminal alone", async () => {
    const others = randomBytes(9_000_000);
    const archive = zipOf([
      { name: "0_build.txt", content: logOf([noSeat]) },
      { name: "1_others.txt", content: others },
    ]);
    write("large.zip", archive);
    const parameters = ["try", "rules.json", "large.zip", "--job", "build"];
    expect((await rules(parameters, { isTty: true })).stderr).toContain("Trying");
    expect((await rules(parameters)).stderr).toBe("");
  });

  test("shows neither controls nor secrets of names", async () => {
    const token = ["ghp", "vT3kZq81LmWx0RbYc5NdHs7UeJfPa2GoKi4Q"].join("_");
    write("run.zip", zipOf([{ name: `0_a\u001b[2J\u202e ${token}.txt`, content: logOf([noSeat]) }]));
    for (const more of [[], ["--json"]]) {
      const { stdout } = await rules(["try", "rules.json", "run.zip", ...more]);
      expect(stdout).toContain("[redacted ");
      expect(stdout).not.toContain(token.slice(4));
      expect(stdout).not.toMatch(/[^\n\P{Cc}]|\p{Cf}/u);
    }
  });

  test.each<[string, string[], string]>([
    ["no log", ["try", "rules.json"], "missing required argument 'log'"],
    ["a log that is not there", ["try", "rules.json", "nowhere.log"], "There is no file or folder nowhere.log"],
    ["a folder without a log", ["try", "rules.json", "empty"], "The folder empty holds no log"],
    ["rules with a problem", ["try", "wrong.yaml", "a.log"], "rule a, category (line 3, column 13): It is"],
    ["labels that are not there", ["try", "rules.json", "a.log", "--labels", "nowhere.jsonl"], "nowhere.jsonl cannot be read (ENOENT)"],
    ["standard input twice", ["try", "-", "-"], "Standard input can be given once"],
    ["another convention", ["try", "rules.json", "a.log", "--lines", "crlf"], "Allowed choices are lf, cr-crlf-lf"],
  ])("ends with 2 for %s", async (_name, parameters, words) => {
    write("a.log", logOf([noSeat]));
    write("wrong.yaml", "- name: a\n  contains: abc\n  category: x\n  reason: y\n");
    mkdirSync(join(folder, "empty"));
    expect(await rules(parameters)).toMatchObject({ exitCode: 2, stdout: "", stderr: expect.stringContaining(words) });
  });
});

test("the guide on writing rules shows what the commands print", async () => {
  const guide = readFileSync(join(import.meta.dirname, "../../../docs/guides/write-a-rule.md"), "utf8");
  const [, yaml = ""] = /^```yaml\n(.*?)^```$/ms.exec(guide) ?? [];
  const shown = [...guide.matchAll(/^```text\n(.*?)^```$/gms)].map(([, text]) => text);
  write("rules.yaml", yaml.replace("npm ERR! 404 Not", "npm ERR! 502 Not"));
  expect(shown).toContain((await rules(["check", "rules.yaml"])).stdout);

  write("rules.yaml", yaml);
  const licence = "licence-check: no licence seat left for build-7";
  const right = logOf([licence]);
  const wrong = logOf(["FAILED tests/test_price.py::test_discount - assert 90 == 85", "", licence], "pytest -q");
  write("logs/4702.log", right);
  write("logs/4711.log", wrong);
  write("logs/4713.log", logOf(["make: *** [all] Error 2"]));
  write("logs/4714.log", logOf([licence, "make: *** [all] Error 1"]));
  write(
    "logs/run-4720.zip",
    zipOf([
      { name: "0_build.txt", content: logOf(["npm ERR! 503 Service Unavailable - GET https://registry.example.com/left-pad"], "npm ci") },
      { name: "1_lint.txt", content: logOf(["something else"]) },
    ]),
  );
  write("labels.jsonl", labelOf(right, 4, "config.auth") + labelOf(wrong, 4, "code.test"));
  expect(shown).toContain((await rules(["try", "rules.yaml", "logs/", "--labels", "labels.jsonl"])).stdout);
});
