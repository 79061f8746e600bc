import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import type { Extractor } from "./extractor.ts";
import { sightingsOf } from "./extractors/testing.ts";
import { readLabels } from "./labels.ts";
import { readRules, ruleProblemText } from "./rules/index.ts";

const folder = mkdtempSync(join(tmpdir(), "sentinal-guide-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fences(guide: string, language: string): string[] {
  const text = readFileSync(join(import.meta.dirname, "../../docs/guides", guide), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"))].map(([, inside = ""]) => inside);
}

function isExtractor(value: unknown): value is Extractor {
  return typeof value === "object" && value !== null && "keywords" in value && "open" in value;
}

describe("the guide on writing rules", () => {
  const [rules = ""] = fences("write-a-rule.md", "yaml");

  test("shows rules that are taken", () => {
    expect(readRules(rules).rules?.map(({ rule }) => rule.name)).toEqual(["licence-seats", "registry-down"]);
  });

  test("shows the words of what is refused", () => {
    const shown = fences("write-a-rule.md", "text").join("\n");
    const [wrongWord] = readRules(rules.replace("infra.network", "infra.netwrok")).problems;
    const [wrongExample] = readRules(rules.replace("npm ERR! 404 Not", "npm ERR! 502 Not")).problems;
    if (wrongWord === undefined || wrongExample === undefined) throw new Error("the rules were taken");
    expect(shown).toContain(ruleProblemText(wrongWord).replace(/(code\.compile,).*/, "$1 …"));
    expect(shown).toContain(ruleProblemText(wrongExample));
  });
});

test("the guide on diagnosing a log shows a label that is one", () => {
  const lines = fences("diagnose-a-log.md", "json").filter((text) => text.startsWith('{"log"'));
  expect(readLabels(lines.join("\n"))).toMatchObject({ problems: [], labels: { size: 1 } });
});

test("the guide on adding an extractor shows one that works", async () => {
  const [code = ""] = fences("add-an-extractor.md", "ts");
  const path = join(folder, "shellcheck.ts");
  writeFileSync(path, code.replaceAll('from "../../', `from "${pathToFileURL(`${import.meta.dirname}/`).href}`));
  const module: Record<string, unknown> = await import(pathToFileURL(path).href);
  const extractor = Object.values(module).find(isExtractor);
  const output = "\nIn build.sh line 2:\nrm $file\n   ^---^ SC2086 (info): Double quote to prevent globbing and word splitting.\n";
  expect(extractor === undefined ? null : sightingsOf(extractor, output)).toMatchObject([
    { line: 2, text: "In build.sh line 2:", category: "code.lint", key: "SC2086 Double quote to prevent globbing and word splitting." },
  ]);
});
