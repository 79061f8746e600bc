import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ReportReader } from "../reader.ts";
import { recognise } from "../registry.ts";
import { readAll } from "../testing/read-all.ts";
import { zapJsonReader } from "./json-reader.ts";
import { zapXmlReader } from "./xml-reader.ts";

type Expected = {
  format: string;
  shape: string;
  tool: { version?: string };
  read: string[];
  total: number;
  by_severity: Record<string, number>;
  detail: Record<string, number>;
};

const corpora = process.env["CORPUS_DIR"] ?? join(import.meta.dirname, "../../../../shared/corpora");
const folder = join(corpora, "reports");
const isThere = existsSync(join(folder, "expected.json"));
const expected: Record<string, Expected> = isThere ? JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")).files : {};
const names = isThere ? readdirSync(join(folder, "zap")).map((name) => `zap/${name}`) : [];

const readerFor = (name: string): ReportReader => (name.endsWith(".json") ? zapJsonReader : zapXmlReader);
const contentOf = (name: string) => readFileSync(join(folder, name));

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}

if (!isThere) console.info(`Skipped: no reports of public projects in ${folder}. CORPUS_DIR names the folder of corpora.`);

describe.skipIf(!isThere)("ZAP's reports of public projects", () => {
  test("every file has its counts", () => {
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => expected[name] === undefined)).toEqual([]);
  });

  test.each(names)("%s is read with the expected counts, in any pieces", async (name) => {
    const bytes = contentOf(name);
    const whole = await readAll(readerFor(name), bytes);
    const { read, total, by_severity: bySeverity, detail, shape, tool } = expected[name]!;
    const outcome = whole.problems.some(({ severity }) => severity === "partial") ? "partial" : whole.summary === null ? "refused" : "full";
    expect(read).toContain(outcome);
    expect(whole.findings).toHaveLength(total);
    expect(countBy(whole.findings, ({ severityWord }) => String(severityWord))).toEqual(bySeverity);
    expect(whole.findings.reduce((sum, finding) => sum + Number(finding.detail["instance_count"]), 0)).toBe(detail["instances"]);
    expect(whole.findings.filter(({ standing }) => standing === "dismissed")).toHaveLength(detail["confidence_0"] ?? 0);
    expect(whole.summary).toMatchObject({ tool: "ZAP", toolVersion: tool.version, shape, isComplete: true });
    for (const pieceBytes of bytes.length < 50_000 ? [1, 13, 4_096] : [997, 65_536]) expect(await readAll(readerFor(name), bytes, pieceBytes)).toEqual(whole);
  });

  test.each(names)("%s has one identity and variant an alert, and a key an instance", async (name) => {
    const { findings } = await readAll(readerFor(name), contentOf(name));
    expect(new Set(findings.map(({ identity, variant }) => JSON.stringify([identity, variant]))).size).toBe(findings.length);
    for (const { detail } of findings) {
      const shown = Array.isArray(detail["instances"]) ? detail["instances"] : [];
      expect(shown.length).toBeGreaterThan(0);
      expect(shown.every(({ key }) => typeof key === "string" && key !== "")).toBe(true);
    }
  });

  test("the alerts of one application are found again at the same site and version", async () => {
    const identitiesOf = async (name: string) =>
      (await readAll(readerFor(name), contentOf(name))).findings.map(({ identity }) => JSON.stringify(identity)).toSorted();
    const base = await identitiesOf("zap/dd-0_zap_sample.xml");
    expect(await identitiesOf("zap/dd-2_zap_sample_0_and_new_endpoint.xml")).toEqual(base);
    expect(await identitiesOf("zap/dd-3_zap_sampl_0_and_different_severities.xml")).toEqual(base);
    const withNew = await identitiesOf("zap/dd-1_zap_sample_0_and_new_absent.xml");
    expect(withNew.filter((identity) => base.includes(identity))).toHaveLength(3);
  });

  test("every file is recognised, and no report of another tool is taken for ZAP's", () => {
    const wrong = Object.keys(expected).filter((name) => {
      const format = recognise(contentOf(name).subarray(0, 65_536))?.reader.format ?? null;
      return expected[name]?.format === "zap" ? format !== readerFor(name).format : format === "zap-json" || format === "zap-xml";
    });
    expect(wrong).toEqual([]);
  });
});
