import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { preCommit } from "./pre-commit.ts";

describe("failures of pre-commit", () => {
  it.each([
    [
      "Trim Trailing Whitespace.................Failed\n- hook id: trailing-whitespace\n- exit code: 1\n- files were modified by this hook",
      1,
      "code.lint",
      "cause",
    ],
    ["mypy.................Failed\n- hook id: mypy\n- exit code: 1", 1, "code.typecheck", "cause"],
    ["Flake8.................Failed\nhookid: flake8", 1, "code.lint", "cause"],
    ["An error has occurred: InvalidConfigError: \n==> File .pre-commit-config.yaml", 1, "config.toolchain", "cause"],
    ["An unexpected error has occurred: CalledProcessError: command: ('/usr/bin/git', 'fetch', 'origin')", 1, "vcs.clone_failed", "cause"],
  ])("are found: %s", (text, line, category, strength) => {
    expect(sightingsOf(preCommit, `${text}\n`)[0]).toMatchObject({ line, category, strength });
  });

  it.each([["Check Yaml...............................(no files to check)Skipped"], ["black.................Passed\n- hook id: black\n- duration: 0.2s"]])(
    "are nothing of what goes on: %s",
    (text) => {
      expect(sightingsOf(preCommit, `${text}\n`)).toEqual([]);
    },
  );
});
