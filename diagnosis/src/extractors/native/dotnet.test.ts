import { describe, expect, it } from "vitest";
import type { Extractor } from "../../extractor.ts";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { dotnetTest } from "./dotnet-test.ts";
import { msbuild } from "./msbuild.ts";

const told = (extractor: Extractor, text: string) =>
  sightingsOf(extractor, text).map(({ line, category, strength, test }) => `${line} ${category} ${strength}${test === undefined ? "" : ` ${test}`}`);

describe("MSBuild", () => {
  it("shows errors of .NET's compilers", () => {
    const seen = sightingsOf(
      msbuild,
      "/s/A.cs(12,5): error CS0103: The name 'x' does not exist [/s/a.csproj]\n##[error]/s/A.cs(12,5): error CS0103: The name 'x' does not exist [/s/a.csproj::TargetFramework=net8.0]\n  1>C:\\s\\B.fs(3,1): error FS0039: The value 'y' is not defined\nCSC : error CS5001: Program does not contain a static 'Main' method\n    /s/C.cs(1,2): error CS1002: ; expected",
    );
    expect(seen.map(({ line, category, key }) => `${line} ${category} ${key}`)).toEqual([
      "1 code.compile CS0103 The name 'x' does not exist",
      "2 code.compile CS0103 The name 'x' does not exist",
      "3 code.compile FS0039 The value 'y' is not defined",
      "4 code.compile CS5001 Program does not contain a static 'Main' method",
      "5 code.compile CS1002 ; expected",
    ]);
  });

  it("tells packages, SDKs, analyzers and projects from code", () => {
    expect(
      told(
        msbuild,
        "/s/a.csproj : error NU1101: Unable to find package Foo. [/s/a.sln]\nerror NU1301: Unable to load the service index\n/usr/share/dotnet/sdk/Microsoft.NET.TargetFrameworkInference.targets(144,5): error NETSDK1045: The current .NET SDK does not support targeting .NET 10.0. [/s/a.csproj]\nMSBUILD : error MSB1009: Project file does not exist.\n/s/A.cs(1,1): error SA1200: Using directive should appear within a namespace [/s/a.csproj]\n/s/A.cs(1,2): error WHITESPACE: Fix whitespace formatting. [/s/a.csproj]\n/s/a.targets(3,5): error MSB3073: The command \"x\" exited with code 1. [/s/a.csproj]\n/s/a.csproj : error NU1903: Package 'X' 1.0 has a known high severity vulnerability\nThe framework 'Microsoft.NETCore.App', version '3.1.0' was not found.\nBuild FAILED.",
      ),
    ).toEqual([
      "1 dependency.resolution cause",
      "2 dependency.resolution cause",
      "3 config.toolchain cause",
      "4 config.workflow cause",
      "5 code.lint cause",
      "6 code.lint cause",
      "7 code.compile summary",
      "8 policy.gate cause",
      "9 config.toolchain cause",
      "10 code.compile symptom",
    ]);
  });

  it("shows errors of Visual C++ and its linker", () => {
    expect(
      told(
        msbuild,
        "file.cpp(12): error C2065: 'x': undeclared identifier\nC:\\s\\a.cpp(3,10): fatal error C1083: Cannot open include file: 'zlib.h': No such file or directory [C:\\s\\a.vcxproj]\nmain.obj : error LNK2019: unresolved external symbol foo referenced in function main\na.exe : fatal error LNK1120: 1 unresolved externals\nLINK : fatal error LNK1104: cannot open file 'ssl.lib'\nC:\\s\\src\\core\\a.cpp(3): fatal error C1083: Cannot open include file: 'core/x.h': No such file or directory",
      ),
    ).toEqual([
      "1 code.compile cause",
      "2 env.missing_library cause",
      "3 code.compile cause",
      "4 code.compile summary",
      "5 env.missing_library cause",
      "6 code.compile cause",
    ]);
  });

  it("does not warn, and leaves TypeScript to others", () => {
    expect(
      told(
        msbuild,
        "/s/A.cs(1,2): warning CS0168: The variable 'x' is declared but never used\n/s/a.ts(1,2): error TS2304: Cannot find name 'x'.\n    0 Error(s)\nBuild succeeded.\nsome error happened: x\n",
      ),
    ).toEqual([]);
  });
});

describe("tests of .NET", () => {
  it("are named by vstest in its versions", () => {
    expect(
      told(
        dotnetTest,
        "  Failed Ns.Tests.Adds [12 ms]\n  Error Message:\n   Assert.Equal() Failure\n  X Ns.Tests.Old [1s 12ms]\nFailed   Ns.Tests.Older\nError Message:\n[xUnit.net 00:00:01.23]     Ns.Tests.Theory(x: 1) [FAIL]\n    Ns.Tests.Console [FAIL]\n1) Failed : Ns.Tests.Nunit\nfailed Ns.Tests.Platform (12ms)\nFailed!  - Failed:     1, Passed:    10, Skipped:     0\nTest Run Failed.",
      ),
    ).toEqual([
      "1 code.test cause Ns.Tests.Adds",
      "4 code.test cause Ns.Tests.Old",
      "5 code.test cause Ns.Tests.Older",
      "7 code.test cause Ns.Tests.Theory(x: 1)",
      "8 code.test cause Ns.Tests.Console",
      "9 code.test cause Ns.Tests.Nunit",
      "10 code.test cause Ns.Tests.Platform",
      "11 code.test summary",
      "12 code.test symptom",
    ]);
  });

  it("that pass are silent", () => {
    expect(
      told(
        dotnetTest,
        "Passed!  - Failed:     0, Passed:    10, Skipped:     0\n  Passed Ns.Tests.Fine [1 ms]\n     Failed: 0\nFailed to open x\nTest Run Successful.\n",
      ),
    ).toEqual([]);
  });

  it("are the cause of a step", () => {
    expect(diagnoseStep("  Failed Ns.Tests.Adds [12 ms]\n  Error Message:\n   Assert.Equal() Failure\nTest Run Failed.", { run: "dotnet test" })).toMatchObject(
      { category: "code.test", cause: { line: 5 } },
    );
  });
});
