import { describe, expect, test } from "vitest";
import { diagnose } from "../diagnose.ts";
import { sightingsOf } from "../extractors/testing.ts";
import { readRules } from "./read-rules.ts";
import { ruleExtractors } from "./rule-extractor.ts";

function rulesOf(...rules: object[]) {
  const read = readRules(JSON.stringify(rules));
  if (read.rules === null) throw new Error(JSON.stringify(read.problems));
  return read.rules;
}

const seats = { name: "seats", contains: "no Seat left", category: "config.auth", reason: "No seat of the licence is left" };

describe("a rule", () => {
  test("sees lines that hold its text, in small and capital letters, and no others", () => {
    const [extractor] = ruleExtractors(rulesOf(seats));
    const seen =
      extractor === undefined ? [] : sightingsOf(extractor, "NO SEAT LEFT\nno seat\n2026-11-02T10:20:30.1Z \u001b[31mno \u001b[1mseat left\u001b[0m\n");
    expect(seen).toMatchObject([
      { line: 1, category: "config.auth", strength: "cause", reason: seats.reason },
      { line: 3, text: "no seat left" },
    ]);
  });

  test("with a pattern and texts asks for both", () => {
    const [extractor] = ruleExtractors(rulesOf({ ...seats, contains: ["alpha", "beta"], pattern: "code \\d+" }));
    const seen = extractor === undefined ? [] : sightingsOf(extractor, "alpha code 1\nbeta code x\ncode 3\nbeta, code 4\n");
    expect(seen.map(({ line }) => line)).toEqual([1, 4]);
  });

  test("does not match what is stripped of a line", () => {
    const [extractor] = ruleExtractors(rulesOf({ ...seats, contains: "2026-11-02" }));
    expect(extractor === undefined ? null : sightingsOf(extractor, "2026-11-02T10:20:30.1Z something\n")).toEqual([]);
  });

  test("is asked in the jobs that it names, and not where the job's name is unknown", () => {
    const rules = rulesOf(seats, { ...seats, name: "in-tests", where: { job: ["test (*)", "e2e"] } });
    const namesIn = (job?: string) => ruleExtractors(rules, job).map(({ name }) => name);
    expect(namesIn("test (24, ubuntu)")).toEqual(["rule:seats", "rule:in-tests"]);
    expect(namesIn("e2e")).toHaveLength(2);
    expect(namesIn("e2e 2")).toEqual(["rule:seats"]);
    expect(namesIn()).toEqual(["rule:seats"]);
  });

  test("knows the steps that it names", () => {
    const [extractor] = ruleExtractors(rulesOf({ ...seats, where: { step: "npm run *.e2e" } }));
    expect(["npm run shop.e2e", "npm run shop", "npm run x_e2e"].map((name) => extractor?.inStep?.(name))).toEqual([true, false, false]);
  });

  test("names the cause where nothing else does", () => {
    const log =
      "2026-11-02T10:20:30Z starting\n2026-11-02T10:20:31Z licence: no seat left for build-7\n2026-11-02T10:20:31Z ##[error]Process completed with exit code 3.\n";
    expect(diagnose(Buffer.from(log), { rules: ruleExtractors(rulesOf(seats)) })).toMatchObject({
      cause: { line: 2, by: "rule:seats", reason: seats.reason },
      category: "config.auth",
      rerun: false,
    });
  });

  test("takes time in proportion to the line, whatever its pattern", () => {
    const [extractor] = ruleExtractors(rulesOf({ ...seats, contains: "aaa", pattern: "(a|aa)+(a*)*b$" }));
    expect(extractor === undefined ? null : sightingsOf(extractor, `${"a".repeat(2_000)}\n`.repeat(50))).toEqual([]);
  });
});
