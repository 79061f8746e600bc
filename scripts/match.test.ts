import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { zipOf } from "../reports/src/testing/archives.ts";
import { type Match, matchFiles } from "./match.ts";

const work = mkdtempSync(join(tmpdir(), "match-"));
afterAll(() => rmSync(work, { recursive: true }));

type Message = { ruleId: string; severity: number; message: string; line: number; column: number };

const message = (line: number, more: Partial<Message> = {}): Message => ({ ruleId: "curly", severity: 1, message: "Expected {", line, column: 3, ...more });

function report(name: string, files: Record<string, Message[]>): string {
  const file = join(work, name);
  writeFileSync(file, JSON.stringify(Object.entries(files).map(([filePath, messages]) => ({ filePath, messages }))));
  return file;
}

async function matchOf(before: string, after: string): Promise<Match & { problems: string[] }> {
  const problems: string[] = [];
  const found = await matchFiles({ before, after }, null, (problem) => problems.push(problem));
  return { ...found, problems };
}

describe("two reports", () => {
  const before = report("before.json", { "/ci/one/a.js": [message(4), message(9, { ruleId: "eqeqeq" })], "/ci/one/b.js": [message(7)] });

  test("are matched by the indexes in which they hold their findings", async () => {
    const after = report("after.json", { "/ci/one/b.js": [message(1, { ruleId: "no-var" }), message(27)], "/ci/one/a.js": [message(6)] });
    expect(await matchOf(before, after)).toEqual({
      same: 2,
      fixed: 1,
      new: 1,
      pairs: [
        [0, 2],
        [2, 1],
      ],
      problems: [],
    });
  });

  test("are matched by what was found, not by how severe it is said to be", async () => {
    const after = report("severe.json", {
      "/ci/one/a.js": [message(4, { severity: 2 }), message(9, { ruleId: "eqeqeq", severity: 2 })],
      "/ci/one/b.js": [message(7, { severity: 2 })],
    });
    expect((await matchOf(before, after)).pairs).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
  });

  test("are matched when the folder of the checkout is another, or paths are written with backslashes", async () => {
    const after = report("elsewhere.json", { "C:\\build\\two\\a.js": [message(4), message(9, { ruleId: "eqeqeq" })], "C:\\build\\two\\b.js": [message(7)] });
    expect((await matchOf(before, after)).pairs).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
  });

  test("may be compressed, alone or in an archive of one file", async () => {
    const [gzip, zip, several] = [join(work, "before.json.gz"), join(work, "before.zip"), join(work, "several.zip")];
    const content = readFileSync(before);
    writeFileSync(gzip, gzipSync(content));
    writeFileSync(zip, zipOf([{ name: "before.json", content }]));
    writeFileSync(
      several,
      zipOf([
        { name: "1.json", content },
        { name: "2.json", content },
      ]),
    );
    expect((await matchOf(gzip, zip)).same).toBe(3);
    expect(await matchOf(before, several)).toMatchObject({ same: 0, problems: [expect.stringContaining("several files")] });
  });

  test("of which one is refused give an empty result, for it fixes nothing", async () => {
    const none = { same: 0, fixed: 0, new: 0, pairs: [] };
    const other = join(work, "notes.txt");
    writeFileSync(other, "nothing");
    expect(await matchOf(before, other)).toEqual({ ...none, problems: [expect.stringMatching(/^error: .*notes\.txt: /)] });
    expect(await matchOf(join(work, "absent.json"), before)).toEqual({ ...none, problems: [expect.stringMatching(/^error: .*absent\.json: /)] });
  });

  test("with their sources are matched by the code", async () => {
    const [one, other] = [
      { before: join(work, "one.json"), after: join(work, "other.json") },
      { before: join(work, "code-one"), after: join(work, "code-other") },
    ];
    for (const [name, code] of [
      ["one", ["if (a)", "", "", "", "if (b)"]],
      ["other", ["\tif (b)", "", "", "", "  if (a)"]],
    ] as const) {
      report(`${name}.json`, { "/ci/one/a.js": [message(1), message(5)] });
      mkdirSync(join(work, `code-${name}`));
      writeFileSync(join(work, `code-${name}`, "a.js"), code.join("\r\n"));
    }
    expect((await matchFiles(one, null, expect.fail)).pairs).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect((await matchFiles(one, other, expect.fail)).pairs).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  test("are matched by the command too, which exits with 0, and with 2 for wrong arguments", () => {
    const run = (...args: string[]) => spawnSync(process.execPath, [join(import.meta.dirname, "match.ts"), ...args], { encoding: "utf8" });
    expect(run(before, before)).toMatchObject({ status: 0, stdout: '{"same":3,"fixed":0,"new":0,"pairs":[[0,0],[1,1],[2,2]]}\n', stderr: "" });
    expect(run("--source", work, work, before, before)).toMatchObject({ status: 0, stdout: expect.stringContaining('"same":3') });
    writeFileSync(join(work, "refused.json"), "no report");
    expect(run(before, join(work, "refused.json"))).toMatchObject({
      status: 0,
      stdout: '{"same":0,"fixed":0,"new":0,"pairs":[]}\n',
      stderr: expect.stringMatching(/^error: /),
    });
    expect(run(before, join(work, "absent.json"))).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("no such file") });
    for (const args of [[], [before], [before, before, before], [before, before, "--source", work], [before, before, "--other"]]) {
      expect(run(...args)).toMatchObject({ status: 2, stdout: "" });
    }
    expect(run("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining("--source") });
  });
});

const corpora = process.env["CORPUS_DIR"] ?? join(import.meta.dirname, "../../shared/corpora");
const reports = join(corpora, "reports");
const isThere = existsSync(join(reports, "dedupe-shift", "matching.json"));
if (!isThere) console.info(`Skipped: no pairs of reports in ${reports}. CORPUS_DIR names the folder of corpora.`);

type Set = { run1: string; run2: string; same: number; fixed: number; new: number; pairs: string };
const sets: [string, Set][] = isThere ? Object.entries(JSON.parse(readFileSync(join(reports, "dedupe-shift", "matching.json"), "utf8")).sets) : [];
const sources = isThere ? sourcesOf() : null;
if (isThere && sources === null) console.info("Skipped: pairs with hashes of the code, for express 4.17.1 is not in npm's cache, or python3 not at hand.");

/** The edited sources, when the package is in npm's cache; nothing is fetched. */
function sourcesOf(): { before: string; after: string } | null {
  const folder = join(work, "sources");
  spawnSync("npm", ["pack", "--offline", "--silent", "express@4.17.1"], { cwd: work });
  const tarball = readdirSync(work).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) return null;
  const made = spawnSync("python3", [join(reports, "dedupe-shift", "shift_sources.py"), "sources", folder, "--seed", "7", join(work, tarball)]);
  return made.status === 0 ? { before: join(folder, "run1"), after: join(folder, "run2") } : null;
}

describe.skipIf(!isThere)("a project before and after edits", () => {
  async function expectTruth(set: Set, folders: { before: string; after: string } | null): Promise<void> {
    const truth: { pairs: [number, number][] } = JSON.parse(readFileSync(join(reports, set.pairs), "utf8"));
    const found = await matchFiles({ before: join(reports, set.run1), after: join(reports, set.run2) }, folders, (problem) => expect.fail(problem));
    expect(found).toEqual({ same: set.same, fixed: set.fixed, new: set.new, pairs: truth.pairs });
  }

  test.each(sets)("%s: each finding is found again, without the code", async (_name, set) => {
    await expectTruth(set, null);
  });

  test.skipIf(sources === null).each(sets)("%s: each finding is found again, by the code", async (_name, set) => {
    await expectTruth(set, sources);
  });
});
