import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { pip } from "./pip.ts";

describe("failures of pip", () => {
  it.each([
    ["ERROR: Could not find a version that satisfies the requirement x==9 (from versions: 1.0)", 1, "dependency.resolution", "cause"],
    ["  Could not find a version that satisfies the requirement x==9 (from versions: )", 1, "dependency.resolution", "cause"],
    [
      "WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by x\nERROR: Could not find a version that satisfies the requirement x (from versions: none)",
      2,
      "infra.network",
      "cause",
    ],
    ["No matching distribution found for x", 1, "dependency.resolution", "likely"],
    ["ERROR: Cannot install a==1 and b==2 because these package versions have conflicting dependencies.", 1, "dependency.resolution", "cause"],
    ["ERROR: Package 'x' requires a different Python: 3.6.15 not in '>=3.7'", 1, "config.toolchain", "cause"],
    ["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If", 1, "dependency.resolution", "cause"],
    ["ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'r.txt'", 1, "config.workflow", "cause"],
    ["ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied", 1, "dependency.resolution", "cause"],
    ["error: externally-managed-environment", 1, "config.toolchain", "cause"],
    ["ERROR: Command errored out with exit status 1: python setup.py egg_info Check the logs for full command output.", 1, "dependency.build", "cause"],
    ['Command "python setup.py egg_info" failed with error code 1 in /tmp/pip-build-x/y/', 1, "dependency.build", "cause"],
    ["  ERROR: Failed building wheel for x\nFailed to build x\nERROR: Could not build wheels for x, which is required", 1, "dependency.build", "cause"],
    ["  ERROR: Failed building wheel for x\n  Running setup.py install for x: finished with status 'done'", 1, "dependency.build", "likely"],
    ["      RuntimeError: no\n      [end of output]\n\nerror: metadata-generation-failed", 4, "dependency.build", "cause"],
    ["× git clone --quiet https://h/r /tmp/r did not run successfully.", 1, "vcs.clone_failed", "cause"],
    ["/usr/bin/python3: No module named pytest", 1, "dependency.missing_module", "cause"],
    ["python: can't open file 'a.py': [Errno 2] No such file or directory", 1, "config.workflow", "cause"],
  ])("are found: %s", (text, line, category, strength) => {
    expect(sightingsOf(pip, `${text}\n`)[0]).toMatchObject({ line, category, strength });
  });

  it.each([
    [
      "ERROR: pip's dependency resolver does not currently take into account all the packages that are installed.\nx 1.0 requires y>=2, but you have y 1.0 which is incompatible.",
    ],
    ["WARNING: Retrying (Retry(total=4, connect=None)) after connection broken by 'ReadTimeoutError'"],
    ["ERROR: x 1.0 has requirement y>=2, but you'll have y 1.0 which is incompatible."],
    ["Successfully built x"],
    ["  Building wheel for x (setup.py): finished with status 'done'"],
  ])("are nothing of what goes on: %s", (text) => {
    expect(sightingsOf(pip, `${text}\n`)).toEqual([]);
  });
});
