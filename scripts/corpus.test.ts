import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { zipOf } from "../reports/src/testing/archives.ts";
import { type CorpusLine, readCorpus } from "./corpus.ts";

const corpora = process.env["CORPUS_DIR"] ?? join(import.meta.dirname, "../../shared/corpora");
const reports = join(corpora, "reports");
const isThere = existsSync(join(reports, "expected.json"));
if (!isThere) console.info(`Skipped: no reports of public projects in ${reports}. CORPUS_DIR names the folder of corpora.`);

async function linesOf(folder: string): Promise<Map<string, CorpusLine>> {
  const lines = new Map<string, CorpusLine>();
  for await (const line of readCorpus(folder)) lines.set(line.file, line);
  return lines;
}

describe("a folder of anything", () => {
  const folder = mkdtempSync(join(tmpdir(), "corpus-"));
  const eslint = Buffer.from(
    JSON.stringify([{ filePath: "/src/a.js", messages: [{ ruleId: "curly", severity: 2, message: "Expected {", line: 1, column: 1 }] }]),
  );
  let lines = new Map<string, CorpusLine>();

  beforeAll(async () => {
    mkdirSync(join(folder, "trivy"));
    writeFileSync(join(folder, "a.json"), eslint);
    writeFileSync(join(folder, "a.json.gz"), gzipSync(eslint));
    writeFileSync(join(folder, "a.json.zst"), zstdCompressSync(eslint));
    writeFileSync(join(folder, "cut.json"), eslint.subarray(0, eslint.length - 3));
    writeFileSync(join(folder, "cut.json.gz"), gzipSync(eslint).subarray(0, 40));
    writeFileSync(join(folder, "binary"), Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 256)));
    writeFileSync(join(folder, "empty"), "");
    writeFileSync(join(folder, "trivy", "clean.json"), "null");
    writeFileSync(
      join(folder, "reports.zip"),
      zipOf([
        { name: "b/a.json", content: eslint },
        { name: "notes.txt", content: Buffer.from("nothing") },
      ]),
    );
    writeFileSync(join(folder, "broken.zip"), Buffer.from("PK\u0003\u0004 and no more"));
    symlinkSync(folder, join(folder, "ring"));
    lines = await linesOf(folder);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test("a report has a line with its counts by the format's own words", () => {
    expect(lines.get("a.json")).toEqual({
      file: "a.json",
      ok: true,
      partial: false,
      refused: false,
      reason: null,
      format: "eslint",
      total: 1,
      by_severity: { error: 1 },
      by_status: {},
    });
  });

  test.each(["a.json.gz", "a.json.zst", "reports.zip!/b/a.json"])("%s is read like the file without its wrapping", (name) => {
    expect(lines.get(name)).toEqual({ ...lines.get("a.json"), file: name });
  });

  test("what was cut off is kept as far as it was read, and said to be partial", () => {
    expect(lines.get("cut.json")).toMatchObject({ ok: true, partial: true, total: 1, reason: expect.any(String) });
  });

  test.each(["binary", "empty", "cut.json.gz", "broken.zip", "reports.zip!/notes.txt", "ring"])(
    "%s is refused with a reason, and nothing of it counts",
    (name) => {
      expect(lines.get(name)).toMatchObject({
        ok: false,
        refused: true,
        partial: false,
        total: 0,
        by_severity: {},
        by_status: {},
        reason: expect.stringMatching(/./),
      });
    },
  );

  test("a content that says nothing is taken for what its folder says", () => {
    expect(lines.get("trivy/clean.json")).toMatchObject({ ok: true, format: "trivy", total: 0 });
  });

  test("the lines are in the same order each time", async () => {
    expect([...(await linesOf(folder)).keys()]).toEqual([...lines.keys()]);
  });

  test("the command writes a line of JSON for each file and exits with 0, and with 2 for wrong arguments", () => {
    const script = join(import.meta.dirname, "corpus.ts");
    const run = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
    const done = run(folder);
    expect(done.status).toBe(0);
    const written: unknown[] = done.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(written).toEqual([...lines.values()]);
    expect(run().status).toBe(2);
    expect(run(folder, folder).status).toBe(2);
    expect(run("--unknown", folder).status).toBe(2);
    expect(run(join(folder, "absent")).status).toBe(2);
    expect(run("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining("by_severity") });
  });
});

type Answer = { total?: number; by_severity?: Record<string, number>; by_status?: Record<string, number> };
type Expected = Answer & { format: string; read: ("full" | "partial" | "refused")[]; gate?: string; accept?: Answer[] };

/** What is not as it should be, in words; the empty list when all is. */
function differences(name: string, line: CorpusLine | undefined, expected: Expected): string[] {
  if (line === undefined) return [`${name}: there is no line`];
  const outcome = line.refused ? "refused" : line.partial ? "partial" : "full";
  if (!expected.read.includes(outcome)) return [`${name}: ${outcome}, not ${expected.read.join(" or ")} (${line.reason})`];
  if (line.refused || expected.format === "other") return [];
  const found: string[] = [];
  if (line.format !== expected.format) found.push(`${name}: ${line.format}, not ${expected.format}`);
  if (expected.gate !== undefined && line.gate !== expected.gate) found.push(`${name}: the gate is ${line.gate}, not ${expected.gate}`);
  const { accept = [], ...main } = expected;
  if (![main, ...accept].some((answer) => isAnswer(line, answer))) {
    found.push(
      `${name}: ${line.total} ${JSON.stringify([line.by_severity, line.by_status])}, not ${main.total} ${JSON.stringify([main.by_severity, main.by_status])}`,
    );
  }
  return found;
}

function isAnswer(line: CorpusLine, answer: Answer): boolean {
  const isEqual = (one: Record<string, number>, other: Record<string, number> | undefined) =>
    other === undefined || JSON.stringify(Object.entries(one).toSorted()) === JSON.stringify(Object.entries(other).toSorted());
  return (
    (answer.total === undefined || line.total === answer.total) && isEqual(line.by_severity, answer.by_severity) && isEqual(line.by_status, answer.by_status)
  );
}

describe.skipIf(!isThere)("reports of public projects", () => {
  test("every file is read as it should be, with its counts", async () => {
    const files: Record<string, Expected> = JSON.parse(readFileSync(join(reports, "expected.json"), "utf8")).files;
    const lines = await linesOf(reports);
    expect(Object.entries(files).length).toBeGreaterThan(100);
    expect(Object.entries(files).flatMap(([name, expected]) => differences(name, lines.get(name), expected))).toEqual([]);
  });
});
