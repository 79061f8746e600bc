import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { pytestRun } from "./pytest-run.ts";

describe("a run of pytest that ends otherwise than by a failed test", () => {
  it.each([
    ["ERROR: usage: pytest [options] [file_or_dir]\npytest: error: unrecognized arguments: --cov=a", 2, "config.toolchain", "cause"],
    ["__main__.py: error: unrecognized arguments: --cov", 1, "config.toolchain", "cause"],
    ["ERROR: file or directory not found: tests/x.py", 1, "config.workflow", "cause"],
    ["ERROR: not found: /a/test_a.py::test_x", 1, "config.workflow", "cause"],
    [
      "ImportError while loading conftest '/a/conftest.py'.\nconftest.py:1: in <module>\n    import x\nE   ModuleNotFoundError: No module named 'x'",
      4,
      "dependency.missing_module",
      "cause",
    ],
    [
      "INTERNALERROR> Traceback (most recent call last):\nINTERNALERROR>     raise\nINTERNALERROR> KeyError: 'boom'\n\n=== no tests ran",
      3,
      "tool.crash",
      "cause",
    ],
    ["++++++++++++++++++++ Timeout ++++++++++++++++++++", 1, "timeout.test", "cause"],
    ["[gw1] node down: Not properly terminated", 1, "crash.signal", "likely"],
    ["tests/test_a.py::test_b Fatal Python error: Segmentation fault", 1, "crash.signal", "cause"],
    ["!!!!!!!!!! _pytest.outcomes.Exit: no server !!!!!!!!!!", 1, "code.test", "cause"],
    ["!!!!!!!!!! Interrupted: 2 errors during collection !!!!!!!!!!", 1, "code.test", "summary"],
    ["===== 2 failed, 3 passed in 1.20s =====", 1, "code.test", "summary"],
    ["3 passed, 1 error in 0.5s", 1, "code.test", "summary"],
    ["===== no tests ran in 0.01s =====", 1, "code.test", "summary"],
    ["===== 13 deselected, 1 warning in 0.86s =====", 1, "code.test", "summary"],
  ])("is told by %s", (text, line, category, strength) => {
    expect(sightingsOf(pytestRun, `${text}\n`).find((one) => one.strength === strength)).toMatchObject({ line, category, strength });
  });

  it("is no run that passed", () => {
    expect(
      sightingsOf(
        pytestRun,
        "===== 3 passed, 1 xfailed, 2 warnings in 1.20s =====\n0 failed, 3 passed in 1s\nno errors here\n3 passed, 2 deselected in 1.0s\n",
      ),
    ).toEqual([]);
  });
});
