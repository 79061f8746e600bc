import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRules, ruleProblemText } from "./read-rules.ts";

const whole = `
rules:
  - name: registry-down
    # npm's own words stand before it
    pattern: '^npm ERR! 503 .*registry\\.example\\.com'
    category: infra.network
    transient: yes
    reason: Our registry was down
    where: { step: "npm *", job: [build, "test (*)"] }
    examples:
      match: ["npm ERR! 503 Service Unavailable - GET https://registry.example.com/left-pad"]
      no_match: npm ERR! 404 Not Found - GET https://registry.example.com/left-pad
  - name: licence-server
    contains: [no licence seat, licence pool is empty]
    category: config.auth
    reason: All seats of the licence server are taken
`;

describe("rules", () => {
  test("are read from YAML, with the defaults", () => {
    const { rules, problems } = readRules(whole);
    expect(problems).toEqual([]);
    expect(rules?.map(({ rule }) => rule)).toMatchObject([
      { name: "registry-down", strength: "cause", transient: "yes", where: { step: ["npm *"], job: ["build", "test (*)"] } },
      { name: "licence-server", contains: ["no licence seat", "licence pool is empty"] },
    ]);
    expect(rules?.map(({ extractor }) => [extractor.name, extractor.keywords])).toEqual([
      ["rule:registry-down", ["registry.example.com"]],
      ["rule:licence-server", ["no licence seat", "licence pool is empty"]],
    ]);
  });

  test("are read from JSON with tabs: a list, an object with rules, and one alone", () => {
    const rule = { name: "one", contains: "seat is taken", category: "config.auth", reason: "No seat" };
    for (const content of [rule, [rule], { rules: [rule] }]) {
      expect(readRules(JSON.stringify(content, null, "\t")).rules).toHaveLength(1);
    }
  });

  test.each<[string, string, string, string, number, number]>([
    [
      "a wrong category",
      "- name: a\n  contains: abc\n  category: infra.netwrok\n  reason: x",
      "category",
      'It is "infra.netwrok", which is none of the categories',
      3,
      13,
    ],
    ["a missing reason", "- name: a\n  contains: abc\n  category: code.test", "reason", "It is missing", 1, 3],
    ["an unknown field", "- name: a\n  contains: abc\n  category: code.test\n  reason: x\n  wehre: {}", "wehre", "There is no such field", 5, 10],
    [
      "a name with blanks",
      "- name: a b\n  contains: abc\n  category: code.test\n  reason: x",
      "name",
      "It is no name in lower-case letters, digits and hyphens",
      1,
      9,
    ],
    [
      "a short literal",
      "- name: a\n  contains: [abc, ab]\n  category: code.test\n  reason: x",
      "contains[1]",
      "It has fewer than 3 characters: nearly every line would be looked at",
      2,
      19,
    ],
    ["neither pattern nor literal", "- name: a\n  category: code.test\n  reason: x", "", "It has neither a pattern nor contains", 1, 3],
    [
      "a pattern that every line matches",
      "- name: a\n  pattern: 'abc|.*'\n  category: code.test\n  reason: x",
      "pattern",
      "It matches an empty text, and so every line",
      2,
      12,
    ],
    ["a look-ahead", "- name: a\n  pattern: 'abc(?!d)'\n  category: code.test\n  reason: x", "pattern", "It is no pattern of RE2's syntax", 2, 12],
    ["a bracket that is not closed", "- name: a\n  pattern: 'abc('\n  category: code.test\n  reason: x", "pattern", "It is no pattern of RE2's syntax", 2, 12],
    [
      "an example that does not match",
      "- name: a\n  pattern: 'abc'\n  category: code.test\n  reason: x\n  examples: { match: [abd] }",
      "examples.match[0]",
      "The rule does not match this line",
      5,
      23,
    ],
    [
      "an example that matches",
      "- name: a\n  pattern: 'abc'\n  category: code.test\n  reason: x\n  examples: { no_match: [abd, xabcx] }",
      "examples.no_match[1]",
      "The rule matches this line, and should not",
      5,
      31,
    ],
    ["a list where a text belongs", "- name: a\n  pattern: [abc]\n  category: code.test\n  reason: x", "pattern", "It is no text", 2, 12],
  ])("are refused for %s, with rule, field, problem, fix and place", (_name, text, field, problem, line, column) => {
    const { rules, problems } = readRules(text);
    expect(rules).toBeNull();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ field, problem: expect.stringContaining(problem), line, column });
    expect(problems[0]?.rule).toMatch(/^a( b)?$/);
    expect(problems[0]?.fix).toMatch(/\.$/);
  });

  test("need contains where no literal is certain, and say so", () => {
    const { problems } = readRules("- name: a\n  pattern: '\\d+ of \\d+'\n  category: code.test\n  reason: x");
    expect(problems.map(ruleProblemText)).toEqual([
      "rule a, pattern (line 2, column 12): No plain text of three characters or more is certain to stand in each line that it matches, and lines are found by such texts. Add contains: with the texts of which each such line holds one.",
    ]);
  });

  test("are all refused when one of them is wrong", () => {
    expect(readRules(whole.replace("config.auth", "config.oauth")).rules).toBeNull();
  });

  test("have names of their own", () => {
    expect(readRules(whole.replace("licence-server", "registry-down")).problems).toMatchObject([
      { rule: "registry-down", field: "name", problem: "Another rule has this name", line: 13, column: 11 },
    ]);
  });

  test.each([
    ["broken YAML", "- name: [a\n", 2],
    ["broken JSON", '[{"name": "a", "name": "b"}]', 1],
    ["an empty text", "", 1],
    ["an empty list", "rules: []", 1],
    ["fields beside the list", "rules:\n  - name: a\nmode: strict", 1],
    ["a text alone", "hello", 1],
    ["aliases", "- &a { name: a, contains: abc, category: code.test, reason: x }\n- *a", 1],
    ["a tag", "- !!js/function 'x'", 1],
  ])("are refused as a whole for %s", (_name, text, line) => {
    const { rules, problems } = readRules(text);
    expect(rules).toBeNull();
    expect(problems[0]).toMatchObject({ line });
  });

  test("in any text are read or refused, and nothing is thrown", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.json(),
          fc.tuple(fc.nat(whole.length), fc.string()).map(([at, text]) => whole.slice(0, at) + text + whole.slice(at)),
        ),
        (text) => {
          const { rules, problems } = readRules(text);
          expect(rules === null).toBe(problems.length > 0);
        },
      ),
    );
  });

  test("with a program that grows large are refused", () => {
    expect(readRules("- name: a\n  pattern: 'abc(?:(?:x{1,30}y){1,30}z){1,30}'\n  category: code.test\n  reason: x").problems).toMatchObject([
      { field: "pattern" },
    ]);
  });
});
