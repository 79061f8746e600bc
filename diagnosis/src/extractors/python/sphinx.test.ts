import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { sphinx } from "./sphinx.ts";

describe("failures of Sphinx and MkDocs", () => {
  it.each([
    ['\nWarning, treated as error:\n/a/index.rst:6:Unknown directive type "x".', 3, "code.lint", "cause"],
    ["Extension error:\nCould not import extension x (exception: No module named 'x')", 2, "dependency.missing_module", "cause"],
    ["Configuration error:\nThere is a programmable error in your configuration file:", 2, "config.toolchain", "cause"],
    ["Theme error:\nno theme named 'x' found", 2, "config.toolchain", "cause"],
    ["/a/b.rst:4: WARNING: undefined label: x\ndone\nbuild finished with problems, 1 warning.", 1, "code.lint", "likely"],
    ["Exception occurred:\n  File \"/a.py\", line 3, in f\n    g()\nKeyError: 'x'", 4, "tool.crash", "likely"],
  ])("are found: %s", (text, line, category, strength) => {
    expect(sightingsOf(sphinx, `${text}\n`)[0]).toMatchObject({ line, category, strength });
  });

  it.each([["/a/b.rst:4: WARNING: undefined label: x\nbuild succeeded, 1 warning."], ["WARNING: html_static_path entry x does not exist"]])(
    "are nothing of what goes on: %s",
    (text) => {
      expect(sightingsOf(sphinx, `${text}\n`)).toEqual([]);
    },
  );
});
