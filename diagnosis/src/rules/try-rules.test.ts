import { describe, expect, test } from "vitest";
import { type Label } from "../labels.ts";
import { readRules } from "./read-rules.ts";
import { type PastLog, trialSentence, tryRules, tryRulesOn, verdictOf } from "./try-rules.ts";

const rules = readRules(
  JSON.stringify([
    { name: "seats", contains: "no seat left", category: "config.auth", reason: "No seat is left" },
    { name: "unused", contains: "never printed", category: "config.auth", reason: "x" },
    { name: "elsewhere", contains: "no seat left", category: "config.auth", strength: "likely", reason: "x", where: { job: "other" } },
  ]),
).rules;

function log(lines: readonly string[], label?: { line: number | null; category: Label["category"] }): PastLog {
  const text = [...lines, "##[error]Process completed with exit code 1."].map((line) => `${line}\n`).join("");
  const full: Label | undefined = label === undefined ? undefined : { log: "0".repeat(64), lines: "lf", by: "ada", at: "2026-11-22T10:00:00Z", ...label };
  return { pieces: [Buffer.from(text)], ...(full === undefined ? {} : { label: full }) };
}

describe("rules that are tried on logs of the past", () => {
  test("tell in how many they match, decide, and are wrong", async () => {
    const logs = [
      log(["licence: no seat left"], { line: 1, category: "config.auth" }),
      log(["licence: no seat left", "FAILED tests/test_a.py::test_b"], { line: 2, category: "code.test" }),
      log(["licence: no seat left"], { line: 1, category: "infra.network" }),
      log(["licence: no seat left"]),
      log(["something else"], { line: 1, category: "code.test" }),
    ];
    const [seats, unused, elsewhere] = await tryRules(rules ?? [], logs);
    expect(seats).toMatchObject({ rule: "seats", logs: 5, matched: 4, decisive: 4, labelled: 3, wrong: 2 });
    expect(unused).toMatchObject({ matched: 0 });
    expect(elsewhere).toMatchObject({ matched: 0 });
  });

  test("name the line and category that a rule would have given a log, and whether its label agrees", async () => {
    const tried = await tryRulesOn(rules ?? [], log(["licence: no seat left"]));
    expect(tried).toEqual({ matched: ["seats"], decided: { rule: "seats", line: 1, category: "config.auth" } });
    const { label } = log([], { line: 4, category: "config.auth" });
    if (label === undefined) throw new Error("the log has no label");
    expect(verdictOf({ ...tried, label })).toBe("right");
    expect(verdictOf({ ...tried, label: { ...label, line: 40 } })).toBe("wrong");
    expect(verdictOf({ ...tried, label: { ...label, category: "code.test" } })).toBe("wrong");
    expect(verdictOf(tried)).toBeNull();
    expect(await tryRulesOn(rules ?? [], log(["something else"]))).toEqual({ matched: [], decided: null });
    expect(await tryRulesOn(rules ?? [], { ...log(["no seat left"]), job: "other" })).toMatchObject({ matched: ["seats", "elsewhere"] });
  });

  test("are summed up in a sentence", () => {
    const counts = { rule: "a", logs: 230, matched: 14, decisive: 12, labelled: 9, wrong: 2 };
    expect(trialSentence(counts)).toBe("would have matched 14 of 230 logs, 2 of them wrongly (9 of them are labelled)");
    expect(trialSentence({ ...counts, wrong: 0, labelled: 1 })).toBe("would have matched 14 of 230 logs, none of them wrongly (1 of them is labelled)");
    expect(trialSentence({ ...counts, matched: 0 })).toBe("would have matched none of 230 logs");
    expect(trialSentence({ ...counts, matched: 0, logs: 1 })).toBe("would have matched none of 1 log");
    expect(trialSentence({ ...counts, wrong: 0, labelled: 0 })).toBe("would have matched 14 of 230 logs (whether wrongly, no label tells)");
  });
});
