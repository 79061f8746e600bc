import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ReportReader } from "../reader.ts";
import { recognise } from "../registry.ts";
import type { Read } from "./read-all.ts";
import { readAll } from "./read-all.ts";

type Counts = Readonly<Record<string, number>>;
export type Expected = { format: string; read: string[]; total?: number; by_severity?: Counts; by_status?: Counts; detail?: Counts };

const corpora = process.env["CORPUS_DIR"] ?? join(import.meta.dirname, "../../../../shared/corpora");
const folder = join(corpora, "reports");
export const publicReportsAreThere = existsSync(join(folder, "expected.json"));
const expected: Readonly<Record<string, Expected>> = publicReportsAreThere ? JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")).files : {};

export const publicReport = (name: string) => readFileSync(join(folder, name));
export const namesOfFormat = (format: string) => Object.keys(expected).filter((name) => expected[name]?.format === format);

/** How a reading went, in the words of `expected.json`. */
export function outcomeOfReading({ problems, summary }: Read): "full" | "partial" | "refused" {
  if (summary === null || problems.some(({ severity }) => severity === "refused")) return "refused";
  return problems.some(({ severity }) => severity === "partial") ? "partial" : "full";
}

export function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}

/** Tests of a reader against the public reports of its format; `particulars` are what is read and what it should be, by names. */
export function checkPublicReports(
  reader: ReportReader,
  particulars: (read: Read, expected: Expected, name: string) => Record<string, [unknown, unknown]>,
): void {
  const { format, scanType } = reader;
  const names = namesOfFormat(format);
  if (!publicReportsAreThere) console.info(`Skipped: no reports of public projects in ${folder}. CORPUS_DIR names the folder of corpora.`);

  describe.skipIf(!publicReportsAreThere)(`public reports in ${format}`, () => {
    test.each(names.length === 0 ? ["none"] : names)("%s has the expected counts, in any pieces", async (name) => {
      const told = expected[name];
      if (told === undefined) expect.fail("expected.json has no report of this format");
      const bytes = publicReport(name);
      const whole = await readAll(reader, bytes);
      const cases = whole.tests.filter(({ kind }) => kind === "case");
      expect(told.read).toContain(outcomeOfReading(whole));
      expect(whole.findings.length + cases.length).toBe(told.total);
      if (told.by_severity !== undefined)
        expect(countBy(whole.findings, ({ severityWord }) => severityWord?.toLowerCase() ?? "none")).toEqual(told.by_severity);
      if (told.by_status !== undefined) expect(countBy(cases, ({ statusWord }) => statusWord)).toEqual(told.by_status);
      for (const [what, [actual, wanted]] of Object.entries(particulars(whole, told, name))) expect(actual, what).toEqual(wanted);
      for (const pieceBytes of [1, 13, 4_096]) expect(await readAll(reader, bytes, pieceBytes)).toEqual(whole);
    });

    test.each(names)("%s gives one identity and variant each, but for equal entries", async (name) => {
      const { findings, tests } = await readAll(reader, publicReport(name));
      const keys = [...findings.map(({ identity, variant }) => [identity, variant]), ...tests.map(({ kind, identity }) => [kind, identity])];
      const entries = [
        ...findings.map(({ rule, path, message }) => [rule, path, message]),
        ...tests.map(({ kind, suites, className, name: own, file, detail }) => [kind, suites, className, own, file, detail["parameters"]]),
      ];
      const distinct = (list: readonly unknown[]) => new Set(list.map((entry) => JSON.stringify(entry))).size;
      expect(distinct(keys)).toBe(distinct(entries));
    });

    test(`every report of the format is recognised, and none of another is taken for it`, () => {
      const wrong = Object.keys(expected).filter((name) => {
        const isOfFormat = expected[name]?.format === format;
        const taken = recognise(publicReport(name).subarray(0, 65_536), isOfFormat ? scanType : undefined)?.reader.format ?? null;
        return (taken === format) !== isOfFormat;
      });
      expect(wrong).toEqual([]);
    });
  });
}
