import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recognise } from "../registry.ts";
import { readAll } from "../testing/read-all.ts";
import { sonarqubeReader } from "./reader.ts";

type Expected = {
  format: string;
  shape: string;
  read: string[];
  total: number;
  by_severity: Record<string, number>;
  gate?: string;
  detail: { not_open: number; conditions?: number; issues: number; hotspots: number; by_type: Record<string, number>; server_total?: number };
};

const corpora = process.env["CORPUS_DIR"] ?? join(import.meta.dirname, "../../../../shared/corpora");
const folder = join(corpora, "reports");
const isThere = existsSync(join(folder, "expected.json"));
const expected: Record<string, Expected> = isThere ? JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")).files : {};
const names = isThere ? readdirSync(join(folder, "sonarqube")).map((name) => `sonarqube/${name}`) : [];

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}

if (!isThere) console.info(`Skipped: no reports of public projects in ${folder}. CORPUS_DIR names the folder of corpora.`);

describe.skipIf(!isThere)("SonarQube's answers of public projects", () => {
  test("every file has its counts", () => {
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => expected[name] === undefined)).toEqual([]);
  });

  test.each(names)("%s is read whole, with the expected counts, in any pieces", async (name) => {
    const bytes = readFileSync(join(folder, name));
    const whole = await readAll(sonarqubeReader, bytes);
    const { read, total, by_severity: bySeverity, detail, shape, gate } = expected[name]!;
    expect(read).toContain("full");
    expect(whole.problems).toEqual([]);
    expect(whole.findings).toHaveLength(total);
    expect(countBy(whole.findings, ({ severityWord }) => String(severityWord))).toEqual(bySeverity);
    expect(whole.findings.filter(({ standing }) => standing !== "open")).toHaveLength(detail.not_open);
    const hotspots = whole.findings.filter((finding) => finding.detail["type"] === "SECURITY_HOTSPOT");
    expect(hotspots).toHaveLength(detail.hotspots);
    const issues = whole.findings.filter((finding) => !hotspots.includes(finding));
    expect(countBy(issues, (finding) => String(finding.detail["type"] ?? "none").toLowerCase())).toEqual(detail.by_type);
    expect(whole.summary).toMatchObject({ tool: "SonarQube", shape, isComplete: true, isGateOnly: gate !== undefined });
    if (gate !== undefined) {
      expect(whole.gates.map(({ verdictWord }) => verdictWord)).toEqual([gate]);
      expect(whole.gates[0]?.conditions).toHaveLength(detail.conditions ?? 0);
    }
    for (const pieceBytes of [1, 13, 4_096]) expect(await readAll(sonarqubeReader, bytes, pieceBytes)).toEqual(whole);
  });

  test.each(names)("%s has one identity and variant an issue, but for equal entries", async (name) => {
    const { findings } = await readAll(sonarqubeReader, readFileSync(join(folder, name)));
    const entries = new Set(findings.map(({ rule, path, line, message }) => JSON.stringify([rule, path, line, message])));
    expect(new Set(findings.map(({ identity, variant }) => JSON.stringify([identity, variant]))).size).toBe(entries.size);
  });

  test("every file is recognised, an empty list by its hint, and no report of another tool is taken for SonarQube's", () => {
    const wrong = Object.keys(expected).filter((name) => {
      const head = readFileSync(join(folder, name)).subarray(0, 65_536);
      const isSonar = expected[name]?.format === "sonarqube";
      const format = recognise(head, isSonar ? "sonarqube" : undefined)?.reader.format ?? null;
      return (format === "sonarqube") !== isSonar;
    });
    expect(wrong).toEqual([]);
  });
});
