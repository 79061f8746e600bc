import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { setuptools } from "./setuptools.ts";

describe("failures of setuptools and Cython", () => {
  it.each([
    ["error: Microsoft Visual C++ 14.0 or greater is required. Get it with", 1, "dependency.build", "cause"],
    ["error: invalid command 'bdist_wheel'", 1, "config.toolchain", "cause"],
    ["unable to execute 'gcc': No such file or directory", 1, "config.toolchain", "cause"],
    ["error in x setup command: use_2to3 is invalid.", 1, "dependency.build", "cause"],
    ["      error in x setup command: use_2to3 is invalid.", 1, "dependency.build", "likely"],
    ["error: command 'gcc' failed with exit status 1", 1, "code.compile", "summary"],
    ["      error: command '/usr/bin/gcc' failed with exit code 1", 1, "dependency.build", "summary"],
    ["Error compiling Cython file:\n------\n...\n    foo\n   ^\n------\n\na/b.pyx:3:5: undeclared name not builtin: foo", 8, "code.compile", "cause"],
    ["ERROR Missing dependencies:\n\tsetuptools>=61", 1, "dependency.resolution", "cause"],
    ["Checking dist/x-1.0.tar.gz: FAILED", 1, "release.publish_rejected", "likely"],
  ])("are found: %s", (text, line, category, strength) => {
    expect(sightingsOf(setuptools, `${text}\n`)[0]).toMatchObject({ line, category, strength });
  });

  it.each([["running build_ext"], ["Checking dist/x-1.0.tar.gz: PASSED"], ["warning: no files found matching x"]])(
    "are nothing of what goes on: %s",
    (text) => {
      expect(sightingsOf(setuptools, `${text}\n`)).toEqual([]);
    },
  );
});
