import { describe, expect, it, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { powershell } from "./powershell.ts";
import { shells } from "./shells.ts";

describe("shells' complaints", () => {
  test.each([
    ["/home/runner/work/_temp/1a2b.sh: line 1: foo: command not found", 127, "config.toolchain"],
    ["sh: 1: cross-env: not found", 127, "config.toolchain"],
    ["/usr/bin/env: ‘python’: No such file or directory", 127, "config.toolchain"],
    ["./build.sh: line 3: VERSION: unbound variable", 1, "config.workflow"],
    ["/home/runner/work/_temp/1a2b.sh: line 4: syntax error near unexpected token `fi'", 2, "config.workflow"],
    ["/home/runner/work/_temp/1a2b.sh: line 1: ./gradlew: Permission denied", 126, "config.workflow"],
    ["bash: ./gone.sh: No such file or directory", 127, "config.workflow"],
    ["cp: cannot stat 'dist/x': No such file or directory", 1, "unknown"],
  ])("%s (exit code %i) is told as %s", (line, exitCode, category) => {
    expect(diagnoseStep(line, { exitCode })).toMatchObject({ category, cause: { text: line } });
  });

  it("are passed over where the script went on", () => {
    expect(
      sightingsOf(shells, `a.sh: line 3: foo: command not found\n${"working\n".repeat(20)}rm: cannot remove 'x': No such file or directory\ndone\n`),
    ).toEqual([]);
  });
});

describe("PowerShell's errors", () => {
  it("name a command that is not there", () => {
    const line = "foo : The term 'foo' is not recognized as the name of a cmdlet, function, script file, or operable program.";
    expect(diagnoseStep(`${line}\nAt C:\\x.ps1:2 char:1\n+ foo`)).toMatchObject({ category: "config.toolchain", cause: { text: line } });
  });

  it("of the old form are told at their first line", () => {
    const record = [
      "Get-Content : Cannot find path 'C:\\gone' because it does not exist.",
      "At C:\\x.ps1:2 char:1",
      "+ Get-Content gone",
      "+ ~~~~~~~~~~~~~~~~",
      "    + CategoryInfo          : ObjectNotFound: (C:\\gone:String) [Get-Content], ItemNotFoundException",
      "    + FullyQualifiedErrorId : PathNotFound,Microsoft.PowerShell.Commands.GetContentCommand",
    ];
    expect(diagnoseStep(record.join("\n"))).toMatchObject({ category: "config.workflow", cause: { line: 5 } });
  });

  it("of the new form are told at their head", () => {
    expect(diagnoseStep("ParserError: D:\\x.ps1:3\nLine |\n   3 |  if (\n     |      ~\n     | Missing condition")).toMatchObject({
      category: "config.workflow",
      cause: { line: 5 },
    });
  });

  it("are not seen in a script that went on", () => {
    expect(sightingsOf(powershell, "Line |\n   3 | x\nfine\n")).toEqual([]);
  });
});
