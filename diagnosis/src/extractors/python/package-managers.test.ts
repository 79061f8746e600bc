import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { pythonPackageManagers } from "./package-managers.ts";

describe("failures of Python's package managers", () => {
  it.each([
    ["  × No solution found when resolving dependencies:\n  ╰─▶ Because x", 1, "dependency.resolution", "cause"],
    ["error: The lockfile at `uv.lock` needs to be updated, but `--locked` was provided.", 1, "dependency.resolution", "cause"],
    ["error: Failed to fetch: `https://pypi.org/simple/x/`", 1, "dependency.resolution", "cause"],
    ["error: No interpreter found for Python 3.6 in managed installations", 1, "config.toolchain", "cause"],
    ["  × Failed to build `x==1.0`", 1, "dependency.build", "cause"],
    ["error: Failed to spawn: `pytest`", 1, "config.toolchain", "cause"],
    ["Resolving dependencies...\n\nBecause a depends on b (^2.0)\n and c depends on b (<2), version solving failed.", 3, "dependency.resolution", "cause"],
    ["Error: poetry.lock is not up to date with pyproject.toml", 1, "dependency.resolution", "cause"],
    ["pyproject.toml changed significantly since poetry.lock was last generated. Run `poetry lock` to fix", 1, "dependency.resolution", "cause"],
    ["  • Installing x (1.0.0): Failed\n\n  RuntimeError\n\n  Unable to find installation candidates for x (1.0.0)", 1, "dependency.resolution", "cause"],
    ["  ChefBuildError\n\n  Backend subprocess exited when trying to invoke build_wheel", 1, "dependency.build", "likely"],
    ["Poetry installation failed.\nSee /home/runner/work/x/poetry-installer-error-a1b2.log for error logs.", 1, "tool.crash", "likely"],
    ["Your Pipfile.lock (abc123) is out of date. Expected: (def456).", 1, "dependency.resolution", "cause"],
    ["[pipenv.exceptions.ResolutionFailure]: Warning: Your dependencies could not be resolved", 1, "dependency.resolution", "likely"],
    ["[ResolutionImpossible]: Unable to find a resolution", 1, "dependency.resolution", "cause"],
    ["Environment `py38` is incompatible: cannot locate Python: 3.8", 1, "config.toolchain", "cause"],
  ])("are found: %s", (text, line, category, strength) => {
    expect(sightingsOf(pythonPackageManagers, `${text}\n`)[0]).toMatchObject({ line, category, strength });
  });

  it.each([
    ["  • Installing x (1.0.0)"],
    ["Resolved 12 packages in 10ms"],
    ["Warning: poetry.lock is not up to date with pyproject.toml. You may be getting improper dependencies."],
    ["warning: Failed to hardlink files; falling back to full copy."],
  ])("are nothing of what goes on: %s", (text) => {
    expect(sightingsOf(pythonPackageManagers, `${text}\n`)).toEqual([]);
  });
});
