import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recognise } from "../registry.ts";
import { readAll } from "../testing/read-all.ts";
import { trivyReader } from "./reader.ts";

type Expected = { format: string; shape: string; total: number; by_severity: Record<string, number>; detail: Record<string, number> };

const corpora = process.env["CORPUS_DIR"] ?? join(import.meta.dirname, "../../../../shared/corpora");
const folder = join(corpora, "reports");
const isThere = existsSync(join(folder, "expected.json"));
const expected: Record<string, Expected> = isThere ? JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")).files : {};
const names = isThere ? readdirSync(join(folder, "trivy")).map((name) => `trivy/${name}`) : [];

/** The words of `expected.json` for our kinds. */
const kinds = { vulnerability: "vulnerabilities", misconfiguration: "misconfigurations", secret: "secrets", license: "licenses", issue: "issues" };

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}

if (!isThere) console.info(`Skipped: no reports of public projects in ${folder}. CORPUS_DIR names the folder of corpora.`);

describe.skipIf(!isThere)("Trivy's reports of public projects", () => {
  test("every file has its counts", () => {
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => expected[name] === undefined)).toEqual([]);
  });

  test.each(names)("%s is read whole, with the expected counts, in any pieces", async (name) => {
    const bytes = readFileSync(join(folder, name));
    const whole = await readAll(trivyReader, bytes);
    const { total, by_severity: bySeverity, detail, shape } = expected[name]!;
    expect(whole.problems).toEqual([]);
    expect(whole.findings).toHaveLength(total);
    expect(countBy(whole.findings, ({ severity }) => severity)).toEqual(bySeverity);
    const counted = countBy(whole.findings, ({ kind }) => kinds[kind]);
    for (const kind of ["vulnerabilities", "misconfigurations", "secrets", "licenses"]) expect(counted[kind] ?? 0).toBe(detail[kind]);
    expect(whole.summary?.shape).toBe(shape);
    const small = bytes.length < 50_000;
    for (const pieceBytes of small ? [1, 13, 4_096] : [997, 65_536]) expect(await readAll(trivyReader, bytes, pieceBytes)).toEqual(whole);
  });

  test.each(names)("%s has one identity and variant a finding, but for equal entries", async (name) => {
    const { findings } = await readAll(trivyReader, readFileSync(join(folder, name)));
    const keys = new Set(findings.map(({ kind, identity, variant }) => JSON.stringify([kind, identity, variant])));
    const entries = new Set(
      findings.map(({ kind, rule, target, path, packageName, installedVersion, message, detail }) =>
        JSON.stringify([kind, rule, target, path, packageName, installedVersion, message, detail["match"]]),
      ),
    );
    expect(keys.size).toBe(entries.size);
  });

  test("every file is recognised, and no report of another tool is taken for Trivy's", () => {
    const wrong = Object.keys(expected).filter((name) => {
      const head = readFileSync(join(folder, name)).subarray(0, 65_536);
      const isTrivy = expected[name]?.format === "trivy";
      const recognised = recognise(head, isTrivy ? "trivy" : undefined)?.reader.format ?? null;
      return (recognised === "trivy") !== isTrivy;
    });
    expect(wrong).toEqual([]);
  });
});
