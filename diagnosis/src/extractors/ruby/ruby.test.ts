import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { ruby } from "./ruby.ts";

describe("failures of Ruby, Rake and what checks Ruby's code", () => {
  it.each([
    ["a.rb:3:in `require': cannot load such file -- x (LoadError)", 1, "dependency.missing_module", "likely"],
    ["a.rb:3:in 'Object#f': undefined method 'x' for nil (NoMethodError)", 1, "unknown", "likely"],
    ["a.rb:1: syntax error, unexpected end-of-input", 1, "code.syntax", "likely"],
    ["rake aborted!\nDon't know how to build task 'x' (See the list of available tasks)", 2, "config.workflow", "cause"],
    ["rake aborted!\nLoadError: cannot load such file -- x", 2, "dependency.missing_module", "likely"],
    ["rake aborted!\nCommand failed with status (1): [rspec]", 1, "unknown", "symptom"],
    ["a.rb:1:9: C: [Correctable] Style/StringLiterals: Prefer single-quoted strings", 1, "code.lint", "likely"],
    ["  a.rb:1:9: Style/StringLiterals: Prefer double-quoted strings", 1, "code.lint", "likely"],
    ["3 files inspected, 7 offenses detected, 6 offenses autocorrectable", 1, "code.lint", "summary"],
    ["a.rb:3: Method x does not exist on Integer https://srb.help/7003", 1, "code.typecheck", "cause"],
  ])("are found: %s", (text, line, category, strength) => {
    expect(sightingsOf(ruby, `${text}\n`)[0]).toMatchObject({ line, category, strength });
  });

  it.each([["3 files inspected, no offenses detected"], ["a.rb:3: warning: method redefined"], ["\tfrom a.rb:3:in `require'"]])(
    "are nothing of what goes on: %s",
    (text) => {
      expect(sightingsOf(ruby, `${text}\n`)).toEqual([]);
    },
  );
});
