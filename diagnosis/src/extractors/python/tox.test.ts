import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { tox } from "./tox.ts";

describe("failures of tox and nox", () => {
  it.each([
    ["ERROR: InvocationError for command could not find executable pytest", 1, "config.toolchain", "cause"],
    ["ERROR: InvocationError for command /x/pytest (exited with code 1)", 1, "unknown", "symptom"],
    ["ERROR: InvocationError for command /x/pytest (exited with code -11 (SIGSEGV)) (exited with code -11)", 1, "crash.signal", "likely"],
    ["ERROR:   py36: InterpreterNotFound: python3.6", 1, "config.toolchain", "cause"],
    ["ERROR:   py36: commands failed", 1, "unknown", "symptom"],
    ["ERROR: could not install deps [x]; v = InvocationError(1)", 1, "dependency.resolution", "summary"],
    ["ERROR: unknown environment 'lint'", 1, "config.workflow", "cause"],
    ["ROOT: HandledError| provided environments not found in configuration file:\nlint", 1, "config.workflow", "cause"],
    ["py: failed with make is not allowed, use allowlist_externals to allow it", 1, "config.toolchain", "cause"],
    ["py39: skipped because could not find python interpreter with spec(s): py39", 1, "config.toolchain", "likely"],
    ["py39: exit 1 (0.45 seconds) /a> pytest pid=12", 1, "unknown", "symptom"],
    ["  py39: FAIL code 1 (2.10=setup[1.2]+cmd[0.9] seconds)", 1, "unknown", "symptom"],
    ["nox > Command pytest failed with exit code 1", 1, "unknown", "symptom"],
    ["nox > Session tests-3.6 failed: Python interpreter 3.6 not found.", 1, "config.toolchain", "cause"],
    ["nox > Program poetry not found.", 1, "config.toolchain", "cause"],
  ])("are found: %s", (text, line, category, strength) => {
    expect(sightingsOf(tox, `${text}\n`)[0]).toMatchObject({ line, category, strength });
  });

  it.each([
    ["SKIPPED:  py36: InterpreterNotFound: python3.6"],
    ["  py39: OK (2.10 seconds)"],
    ["nox > Session tests was successful."],
    ["  py311: commands succeeded"],
  ])("are nothing of what goes on: %s", (text) => {
    expect(sightingsOf(tox, `${text}\n`)).toEqual([]);
  });
});
