import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../send/src/fixture.ts";
import { runCommand } from "./fixture.ts";

const commands = [
  ["serve"],
  ["send"],
  ["diagnose"],
  ["rules"],
  ["rules", "check"],
  ["rules", "try"],
  ["login"],
  ["logout"],
  ["whoami"],
  ["token"],
  ["token", "create"],
  ["token", "list"],
  ["token", "rotate"],
  ["token", "revoke"],
  ["user"],
  ["user", "create-admin"],
  ["user", "reset-password"],
  ["user", "reset-second-factors"],
  ["user", "list"],
  ["service-token"],
  ["service-token", "create"],
  ["service-token", "rotate"],
  ["service-token", "list"],
  ["service-token", "revoke"],
  ["key"],
  ["key", "show"],
  ["key", "rotate"],
  ["audit"],
  ["audit", "export"],
  ["audit", "verify"],
  ["audit", "head"],
  ["doctor"],
];
const token = "sent_kcHP8QymZFsrvZIvTlDFzzjmIc9szqNxjjyKLMHPLj81j1LLs";

describe("help", () => {
  test.each(commands.map((words) => [words.join(" "), words] as const))("of `sentinal %s` goes to standard output and ends with 0", async (_name, words) => {
    const ended = await runCommand([...words, "--help"]);
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
    expect(ended.stdout).toContain(`Usage: sentinal ${words.join(" ")}`);
  });

  test("has examples on every command that does something", async () => {
    for (const words of commands.filter((words) => words.length > 1 || !["rules", "token", "user", "service-token", "key", "audit"].includes(words[0] ?? ""))) {
      expect((await runCommand([...words, "--help"])).stdout, words.join(" ")).toContain("Examples:\n  $ ");
    }
  });

  test("of `sentinal send` names every exit code", async () => {
    const { stdout } = await runCommand(["send", "--help"]);
    for (const code of [0, 1, 2, 3, 4]) expect(stdout).toMatch(new RegExp(`^  ${code}  `, "m"));
  });

  test("is shown on standard error, as wrong usage, when no command is given", async () => {
    expect(await runCommand([])).toMatchObject({ exitCode: 2, stdout: "", stderr: expect.stringContaining("Usage: sentinal") });
  });
});

describe("wrong usage ends with 2", () => {
  test.each([
    [["snd"], "Did you mean send?"],
    [["send", "--comit", "x", "a.json"], "Did you mean --commit?"],
    [["send"], "missing required argument 'file'"],
    [["send", "a.json", "--scan-type", "lnt"], "Allowed choices are sonarqube, zap, trivy, lint, test"],
    [["send", "a.json", "--github-run-id", "x1"], "whole number"],
    [["send", "a.json", "--github-run-id", "0"], "from 1 up"],
    [["send", "a.json", "--shard", "5/4"], "like 1/4"],
    [["send", "a.json", "--started-at", "yesterday"], "2026-11-22T10:00:00Z"],
    [["send", "not-there.json"], '"not-there.json" is no file'],
    [["token", "create"], "--name"],
    [["token", "create", "--name", "x", "--scope", "all"], "webhook:write"],
    [["token", "create", "--name", "x", "--expires-in-days", "5000"], "--expires-in-days"],
    [["token", "create", "--name", "x", "--repository", "a/b/c"], "--repository: owner/name"],
    [["token", "revoke", "abc"], "whole number"],
    [["token", "revoke", "3"], "Say --yes"],
    [["user", "create-admin", "--username", "a b", "--email", "a@example.com"], "--username"],
    [["user", "create-admin", "--username", "ada", "--email", "nowhere"], "--email"],
    [["user", "create-admin", "--username", "ada", "--email", "ada@example.com"], "--password-file"],
    [["user", "reset-password", "ada", "--password-file", "/not/there"], "cannot be read (ENOENT)"],
  ])("%j", async (parameters, expected) => {
    const ended = await runCommand(parameters);
    expect(ended).toMatchObject({ exitCode: 2, stdout: "" });
    expect(ended.stderr).toContain(expected);
  });

  test("a password that is too short is refused before anything is opened", async () => {
    const ended = await runCommand(["user", "reset-password", "ada", "--password-file", "-"], { stdin: "short\n" });
    expect(ended).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("12 to 1,024 characters") });
  });
});

describe("secrets on the command line", () => {
  test("are refused, and not shown again", async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, "a.json"), "{}");
    const sent = await runCommand(["send", "a.json", "--token", token], { cwd: folder.path });
    expect(sent).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("SENTINAL_API_TOKEN or use --token-file") });
    const user = await runCommand(["user", "reset-password", "ada", "--password", "correct horse battery"]);
    expect(user).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("--password-file") });
    const unknown = await runCommand(["token", "list", `--tokn=${token}`]);
    expect(unknown.exitCode).toBe(2);
    for (const ended of [sent, user, unknown]) expect(ended.stderr + ended.stdout).not.toMatch(/kcHP8Qym|correct horse/);
  });
});

describe("a hub that nobody configured", () => {
  test.each([
    ["address", {}, "SENTINAL_API_URL is not set"],
    ["token", { SENTINAL_API_URL: "https://hub.example" }, "SENTINAL_API_TOKEN is not set"],
    [
      "token of a fork, which GitHub gives as an empty secret",
      { SENTINAL_API_URL: "https://hub.example", SENTINAL_API_TOKEN: "" },
      "SENTINAL_API_TOKEN is not set",
    ],
  ])("(%s) is no failure, but with --strict it is", async (_name, environment, expected) => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, "a.json"), "{}");
    expect(await runCommand(["send", "a.json"], { environment, cwd: folder.path })).toMatchObject({
      exitCode: 0,
      stdout: "",
      stderr: expect.stringContaining(expected),
    });
    expect(await runCommand(["send", "a.json", "--strict"], { environment, cwd: folder.path })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(expected),
    });
    const inActions = await runCommand(["send", "a.json"], { environment: { ...environment, GITHUB_ACTIONS: "true" }, cwd: folder.path });
    expect(inActions.stderr).toMatch(/^::warning title=Sentinal::SENTINAL_/);
    const asJson = await runCommand(["send", "a.json", "--json"], { environment, cwd: folder.path });
    expect(JSON.parse(asJson.stdout)).toMatchObject({ exit_code: 0, files: [], skipped: expect.stringContaining(expected) });
  });

  test.each([
    ["ftp://hub.example", "no address of a hub"],
    ["hub.example", "no address of a hub"],
    ["https://user:secret@hub.example", "Take them out"],
  ])("has no address such as %s", async (address, expected) => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, "a.json"), "{}");
    expect(await runCommand(["send", "a.json", "--url", address], { cwd: folder.path })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(expected),
    });
  });
});

describe("what is printed", () => {
  test("has colours for a person at a terminal alone, and none with NO_COLOR", async () => {
    const escape = "\u001b[";
    expect((await runCommand(["snd"], { isTty: true })).stderr).toContain(escape);
    expect((await runCommand(["snd"], { isTty: true, environment: { NO_COLOR: "1" } })).stderr).not.toContain(escape);
    expect((await runCommand(["snd"], { isTty: true, environment: { TERM: "dumb" } })).stderr).not.toContain(escape);
    expect((await runCommand(["snd"])).stderr).not.toContain(escape);
  });

  test("holds no escapes of what was typed", async () => {
    expect((await runCommand(["send", "--\u001b[31mx", "a"])).stderr).not.toContain("\u001b");
    expect((await runCommand(["send", "a\u001b[2J.json"])).stderr).not.toContain("\u001b");
  });
});
