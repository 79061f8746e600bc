import { describe, expect, test } from "vitest";
import { diagnose } from "../diagnose.ts";
import { readRules } from "./read-rules.ts";
import { ruleExtractors } from "./rule-extractor.ts";

const seats = {
  name: "seats",
  contains: "no seat left",
  category: "config.auth",
  reason: "No seat of the licence is left",
};
const header = (run: string) => [`##[group]Run ${run}`, "shell: /usr/bin/bash -e {0}", "##[endgroup]"];
const ended = "##[error]Process completed with exit code 1.";

function diagnoseWith(rule: object, lines: readonly string[]) {
  const { rules, problems } = readRules(JSON.stringify({ ...seats, ...rule }));
  if (rules === null) throw new Error(JSON.stringify(problems));
  return diagnose(Buffer.from(lines.map((line) => `2026-11-02T10:20:30.1234567Z ${line}\n`).join("")), { rules: ruleExtractors(rules) });
}

describe("a rule among what is built in", () => {
  test("goes before forms of the same strength, though they stand first, and after stronger ones", () => {
    const lines = [...header("make"), "src/A.java:12: error: cannot find symbol", "licence: no seat left", ended];
    expect(diagnoseWith({}, lines).cause).toMatchObject({
      line: 5,
      by: "rule:seats",
      category: "config.auth",
    });
    expect(diagnoseWith({ strength: "likely" }, lines).cause).toMatchObject({ line: 4 });
  });

  test("keeps its category and what it says of another try, whatever the line's words are", () => {
    const lines = [...header("make"), "licence: no seat left: 429 Too Many Requests", ended];
    expect(diagnoseWith({}, lines)).toMatchObject({
      category: "config.auth",
      transient: "no",
      rerun: false,
    });
    expect(diagnoseWith({ transient: "delayed" }, lines)).toMatchObject({
      category: "config.auth",
      transient: "delayed",
      rerun: true,
    });
  });

  test("is asked of lines that no built-in form is asked of", () => {
    const line = "Tests run: 0, Failures: 0, Errors: 0, Skipped: 0";
    expect(diagnoseWith({ contains: "Tests run: 0," }, [...header("mvn test"), line, ended]).cause).toMatchObject({ by: "rule:seats", text: line });
  });

  test("is asked in the steps that it names alone", () => {
    const lines = [...header("npm run e2e"), "licence: no seat left", ended];
    expect(diagnoseWith({ where: { step: "npm *" } }, lines).cause?.by).toBe("rule:seats");
    expect(diagnoseWith({ where: { step: ["npm", "make"] } }, lines).cause?.by).not.toBe("rule:seats");
  });

  test("is told from another of the same words, and its words from those of others, however many logs are read", () => {
    const lines = [...header("make"), "licence: no seat left", ended];
    for (let round = 0; round < 2; round++) {
      for (let index = 0; index < 12; index++) {
        expect(diagnoseWith({ name: `seats-${index}` }, lines).cause?.by).toBe(`rule:seats-${index}`);
        expect(diagnoseWith({ name: "others", contains: `seat ${index} left` }, lines).cause?.by).not.toBe("rule:others");
      }
    }
  });

  test("finds texts with letters beyond ASCII as they are written", () => {
    expect(diagnoseWith({ contains: "Échec: 席がない" }, [...header("make"), "x Échec: 席がない", ended]).cause?.by).toBe("rule:seats");
  });
});
