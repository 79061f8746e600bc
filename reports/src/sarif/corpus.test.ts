import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkstyleReader } from "../checkstyle/reader.ts";
import { eslintReader } from "../eslint/reader.ts";
import { recognise } from "../registry.ts";
import { countBy, outcomeOfReading } from "../testing/public-reports.ts";
import { readAll } from "../testing/read-all.ts";
import { sarifReader } from "./reader.ts";

type Detail = { not_fail: number; suppressed: number; absent: number; open: number; tools: string[]; by_security_severity?: Record<string, number> };
type Expected = {
  format: string;
  shape: string;
  tool?: { name: string; version?: string };
  read: string[];
  total?: number;
  by_severity?: Record<string, number>;
  detail?: Detail;
};

const corpora = process.env["CORPUS_DIR"] ?? join(import.meta.dirname, "../../../../shared/corpora");
const folder = join(corpora, "reports");
const isThere = existsSync(join(folder, "expected.json"));
const expected: Record<string, Expected> = isThere ? JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")).files : {};
const report = (name: string) => readFileSync(join(folder, name));
const names = Object.keys(expected).filter((name) => expected[name]?.format === "sarif");
const readable = names.filter((name) => expected[name]?.total !== undefined);

if (!isThere) console.info(`Skipped: no reports of public projects in ${folder}. CORPUS_DIR names the folder of corpora.`);

describe.skipIf(!isThere)("reports of public projects in SARIF", () => {
  test("are there, some of them of versions that are refused", () => {
    expect(readable.length).toBeGreaterThan(0);
    expect(names.length).toBeGreaterThan(readable.length);
  });

  test.each(names)("%s is read as it should be, with the expected counts, in any pieces", async (name) => {
    const bytes = report(name);
    const whole = await readAll(sarifReader, bytes);
    const { read, total, by_severity: bySeverity, detail, shape, tool } = expected[name]!;
    expect(read).toContain(outcomeOfReading(whole));
    expect(whole.findings).toHaveLength(total ?? 0);
    expect(countBy(whole.findings, ({ severityWord }) => severityWord ?? "")).toEqual(bySeverity ?? {});
    if (detail !== undefined) {
      expect(whole.findings.filter(({ standing }) => standing === "open")).toHaveLength(detail.open);
      expect(whole.findings.filter(({ detail: shown }) => shown["suppressions"] !== undefined)).toHaveLength(detail.suppressed);
      const scored = whole.findings.filter(({ detail: shown }) => shown["security_severity"] !== undefined);
      expect(countBy(scored, ({ severity }) => severity)).toEqual(detail.by_security_severity ?? {});
      expect(whole.summary).toMatchObject({ shape, isComplete: true, tool: tool?.name ?? "unknown", toolVersion: tool?.version ?? null });
    }
    for (const pieceBytes of [1, 13, 4_096]) expect(await readAll(sarifReader, bytes, pieceBytes)).toEqual(whole);
  });

  test.each(readable)("%s has one identity and variant a finding, but for entries that differ in their line alone", async (name) => {
    const { findings } = await readAll(sarifReader, report(name));
    const keys = new Set(findings.map(({ identity, variant }) => JSON.stringify([identity, variant])));
    const entries = new Set(
      findings.map(({ rule, path, message, detail }) => {
        const lines = Array.isArray(detail["code_lines"]) ? detail["code_lines"] : [];
        const cause = lines.filter((line) => line.is_cause).map((line) => line.content);
        return JSON.stringify([rule, path, message, detail["logical"], cause.join("\n").trim()]);
      }),
    );
    expect(keys.size).toBe(entries.size);
  });

  test("are all recognised, old versions as well, and no report of another format is taken for SARIF", () => {
    const wrong = Object.keys(expected).filter((name) => {
      const recognised = recognise(report(name).subarray(0, 65_536))?.reader.format ?? null;
      return (recognised === "sarif") !== names.includes(name);
    });
    expect(wrong).toEqual([]);
  });

  test.each([
    ["dedupe-shift/openshift-run1", "dedupe-shift/openshift-run1.json", eslintReader],
    ["dedupe-shift/openshift-run2", "dedupe-shift/openshift-run2.json", eslintReader],
    ["sarif/gen-eslint8-request", "checkstyle/gen-eslint8-request.checkstyle.xml", checkstyleReader],
  ])("%s has the same findings as the same run in another format", async (name, other, reader) => {
    const inSarif = await readAll(sarifReader, report(`${name}.sarif`));
    const inOther = await readAll(reader, report(other));
    const essence = ({ findings }: typeof inSarif) =>
      findings.map(({ identity, variant, rule, severity, path, line, title, isPlaced }) => ({
        identity,
        variant,
        rule,
        severity,
        path,
        line,
        title,
        isPlaced,
      }));
    expect(inSarif.findings.length).toBeGreaterThan(0);
    expect(essence(inSarif)).toEqual(essence(inOther));
  });
});
