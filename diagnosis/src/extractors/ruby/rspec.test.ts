import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { rspec } from "./rspec.ts";

describe("RSpec's failed examples", () => {
  it("are found by their numbers, without those that are pending", () => {
    const text = [
      "Pending: (Failures listed here are expected and do not affect your suite's status)",
      "  1) Thing waits",
      "     Failure/Error: expect(1).to eq 2",
      "Failures:",
      "  1) Thing adds",
      "     Failure/Error: expect(1 + 1).to eq(3)",
      "",
      "       expected: 3",
      "  2) Thing raises",
      "     Failure/Error: raise ArgumentError",
      "     ArgumentError:",
      "3 examples, 2 failures, 1 pending",
      "rspec ./spec/a_spec.rb:2 # Thing adds",
    ].join("\n");
    expect(sightingsOf(rspec, text)).toMatchObject([
      { line: 5, category: "code.test", strength: "cause", test: "Thing adds" },
      { line: 9, category: "code.test", strength: "cause", test: "Thing raises", key: "Thing raises ArgumentError:" },
      { line: 12, strength: "summary" },
      { line: 13, strength: "likely", test: "Thing adds" },
    ]);
  });

  it.each([
    ["LoadError:\n  cannot load such file -- x", "dependency.missing_module"],
    ["LoadError:\n  cannot load such file -- ./lib/x", "code.import_error"],
    ["NameError:\n  uninitialized constant X", "code.import_error"],
    ["SyntaxError:\n  a.rb:1: syntax error", "code.syntax"],
  ])("may be files that could not be loaded: %s", (error, category) => {
    expect(sightingsOf(rspec, `An error occurred while loading ./spec/a_spec.rb.\nFailure/Error: require "x"\n\n${error}\n`)[0]).toMatchObject({
      line: 1,
      category,
      strength: "cause",
    });
  });

  it("are Cucumber's scenarios too", () => {
    expect(sightingsOf(rspec, "Failing Scenarios:\ncucumber features/a.feature:3 # Scenario: one\n2 scenarios (1 failed, 1 passed)\n")).toMatchObject([
      { line: 2, strength: "likely" },
      { line: 3, strength: "summary" },
    ]);
  });

  it("are not there when all pass", () => {
    expect(sightingsOf(rspec, "3 examples, 0 failures, 1 pending\n2 scenarios (2 passed)\n")).toEqual([]);
  });
});
