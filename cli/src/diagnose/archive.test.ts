import { describe, expect, test } from "vitest";
import { jobsOf } from "./archive.ts";

const filesOf = (...names: string[]) => names.map((name) => ({ name }));
const shown = (...names: string[]) => jobsOf(filesOf(...names)).map(({ job, files }) => [job].concat(files.map(({ name }) => name)));

describe("an archive of a run's logs", () => {
  test("holds a whole log of each job, beside which those of its steps do not count", () => {
    expect(shown("build/1_Set up job.txt", "1_test (24, x).txt", "0_build.txt", "build/system.txt", "test (24, x)/1_Set up job.txt")).toEqual([
      ["build", "0_build.txt"],
      ["test (24, x)", "1_test (24, x).txt"],
    ]);
  });

  test("holds each of several jobs that share a name", () => {
    expect(shown("0_build.txt", "1_build.txt")).toEqual([
      ["build", "0_build.txt"],
      ["build (1)", "1_build.txt"],
    ]);
  });

  test("holds the logs of steps alone, which are read in their order", () => {
    expect(shown("build/10_Run tests.txt", "build/2_Check out.txt", "build/system.txt", "lint/1_Set up job.txt")).toEqual([
      ["lint", "lint/1_Set up job.txt"],
      ["build", "build/2_Check out.txt", "build/10_Run tests.txt"],
    ]);
  });

  test("may be of files with other names, each a log", () => {
    expect(shown("notes.md", "a.log", "b.txt")).toEqual([
      ["a.log", "a.log"],
      ["b.txt", "b.txt"],
    ]);
    expect(shown("console")).toEqual([["console", "console"]]);
    expect(shown()).toEqual([]);
  });
});
