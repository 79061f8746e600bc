import { describe, expect, it } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { pytest } from "./pytest.ts";

const rule = (title: string, sign = "="): string => `${sign.repeat(20)} ${title} ${sign.repeat(20)}`;
const told = (text: string) => sightingsOf(pytest, text).map(({ line, category, strength, test }) => ({ line, category, strength, test }));

describe("pytest's failed tests", () => {
  const log = [
    rule("test session starts"),
    "tests/test_a.py F.E  [100%]",
    rule("ERRORS"),
    rule("ERROR at setup of test_database", "_"),
    "E   RuntimeError: no database",
    rule("FAILURES"),
    rule("TestSum.test_adds[1-a b]", "_"),
    "    def test_adds():",
    ">       assert 1 == 2",
    "E       assert 1 == 2",
    "tests/test_a.py:3: AssertionError",
    "------ Captured stdout call ------",
    rule("a heading that the test printed"),
    rule("test_after", "_"),
    "E       ConnectionError: Max retries exceeded with url: /",
    rule("short test summary info"),
    "FAILED tests/test_a.py::TestSum::test_adds[1-a b] - assert 1 == 2",
    "FAILED tests/test_a.py::test_unseen - AssertionError",
    "ERROR tests/test_a.py::test_database - RuntimeError: no database",
    "==== 3 failed, 1 error in 0.10s ====",
  ].join("\n");

  it("are found by their headings, and once more in the summary", () => {
    expect(told(log)).toEqual([
      { line: 4, category: "code.test", strength: "cause", test: "test_database" },
      { line: 7, category: "code.test", strength: "cause", test: "TestSum.test_adds[1-a b]" },
      { line: 14, category: "code.test", strength: "cause", test: "test_after" },
      { line: 17, category: "code.test", strength: "likely", test: undefined },
      { line: 18, category: "code.test", strength: "likely", test: "tests/test_a.py::test_unseen" },
      { line: 19, category: "code.test", strength: "likely", test: undefined },
    ]);
  });

  it("may pass the next time where a connection failed, and only there", () => {
    expect(sightingsOf(pytest, log).map(({ line, transient }) => [line, transient])).toEqual([
      [4, undefined],
      [7, undefined],
      [14, "possible"],
      [17, undefined],
      [18, undefined],
      [19, undefined],
    ]);
  });

  it("are the cause of a step, not what the run says at its end", () => {
    expect(diagnoseStep(log)).toMatchObject({ category: "code.test", rerun: false, cause: { text: rule("ERROR at setup of test_database", "_") } });
  });

  it("are found by a heading that fills its line", () => {
    const name = `test_with_a_very_long_name${"[x]".repeat(30)}`;
    expect(told(`${rule("FAILURES")}\n_ ${name} _\nE   ValueError: no\n_ _ _ _ _ _ _ _ _\n`)).toEqual([
      { line: 2, category: "code.test", strength: "cause", test: name },
    ]);
  });

  it("are found as instafail and sugar show them, before there is a section", () => {
    expect(told(`${rule("test_at_once", "_")}\n\n>   assert 0\nE   assert 0\n`)).toMatchObject([{ line: 1, strength: "cause" }]);
    expect(told(`${"―".repeat(20)} test_sweet ${"―".repeat(20)}\nE   assert 0\n`)).toMatchObject([{ line: 1, test: "test_sweet" }]);
  });

  it("are found where only -v and the summary name them, with xdist too", () => {
    expect(told("test_a.py::test_b FAILED   [ 12%]\n[gw0] [ 15%] FAILED test_a.py::test_c \nFAIL test_a.py::test_d\n")).toMatchObject([
      { line: 1, strength: "summary" },
      { line: 2, strength: "summary" },
      { line: 3, strength: "likely", test: "test_a.py::test_d" },
    ]);
  });

  it("are what the plugin that made them checks", () => {
    const of = (name: string, message: string) => told(`${rule("FAILURES")}\n${rule(name, "_")}\n${message}\n`)[0]?.category;
    expect(of("[flake8] a.py", "a.py:1:1: F401")).toBe("code.lint");
    expect(of("FLAKE8-check", "a.py:1:1: F401")).toBe("code.lint");
    expect(of("Black format check", "--- a.py")).toBe("code.lint");
    expect(of("mypy", "a.py:1: error: x")).toBe("code.typecheck");
    expect(of("test_slow", "E   Failed: Timeout >10.0s")).toBe("timeout.test");
    expect(of("test_slow", "E   Failed: Timeout (>10.0s) from pytest-timeout.")).toBe("timeout.test");
    expect(of("tests/test_a.py", "[gw1] linux\nworker 'gw1' crashed while running 'tests/test_a.py::test_b'")).toBe("crash.signal");
    expect(of("test_black_box", "E   assert 0")).toBe("code.test");
  });
});

describe("files that pytest could not read", () => {
  it.each([
    ["E   ModuleNotFoundError: No module named 'x'", "dependency.missing_module"],
    ["E   ModuleNotFoundError: No module named 'conftest'", "code.import_error"],
    ["E   ImportError: cannot import name 'y' from 'x'", "code.import_error"],
    ["E   ImportError: libx.so.1: cannot open shared object file: No such file", "env.missing_library"],
    ['E     File "/a.py", line 1\nE       def x(:\nE             ^\nE   SyntaxError: invalid syntax', "code.syntax"],
    ["E   TypeError: unsupported operand", "code.import_error"],
  ])("tell why: %s", (message, category) => {
    expect(told(`${rule("ERRORS")}\n${rule("ERROR collecting tests/test_a.py", "_")}\na.py:1: in <module>\n${message}\n`)).toEqual([
      { line: 2, category, strength: "cause", test: undefined },
    ]);
  });
});

describe("what pytest prints of a run that passes", () => {
  it.each([
    `${rule("XFAILURES")}\n${rule("test_x", "_")}\nE   assert 0\n${rule("short test summary info")}\nXFAIL a.py::test_x - no\n`,
    `${rule("PASSES")}\n${rule("test_x", "_")}\n--- Captured stdout call ---\nE   looks so\n`,
    `${rule("RERUNS")}\n${rule("test_x", "_")}\nE   assert 0\n${rule("rerun test summary info")}\nRERUN a.py::test_x\n`,
    `${rule("warnings summary")}\na.py::test_x\n  a.py:1: PytestWarning\n${rule("2 passed in 0.10s")}\n`,
    `${rule("coverage: platform linux, python 3.11.7-final-0", "_")}\nName  Stmts\n`,
    `${rule("summary", "_")}\n  py311: commands succeeded\n`,
    "a.py::test_x PASSED [ 50%]\na.py::test_y XFAIL\nERROR    root:a.py:5 message\n",
  ])("is no failure", (text) => {
    expect(sightingsOf(pytest, text)).toEqual([]);
  });
});
