import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { AuditFileProblem, type ExportRange, exportLog, openExport, parseHead, recordAudit, type Verification, verifyChain } from "./index.ts";
import { sealAll } from "./seal.ts";

let database: TestDatabase;
let folder: string;
const whole: ExportRange = { from: null, to: null };

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "sentinal-audit-"));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await sql`truncate audit_entries restart identity`.execute(database.db);
  await sql`delete from hub_state`.execute(database.db);
});

/** Entries a second apart, from 07:00:01 on. */
async function record(count: number): Promise<void> {
  for (let index = 1; index <= count; index++) {
    await recordAudit(database.db, {
      actor: { kind: "user", id: index },
      action: "thing.done",
      detail: { text: 'line\nbreak "ü" 🦉 \u007f', b: [], a: index },
    });
  }
  await sql`update audit_entries set at = timestamptz '2026-11-22T07:00:00Z' + id * interval '1 second' where position is null`.execute(database.db);
}

async function exported(range = whole): Promise<string> {
  let text = "";
  for await (const piece of exportLog(database.db, range, Date.parse("2026-11-23T00:00:00Z"))) text += piece;
  return text;
}

async function verifyText(text: string, heads: string[] = []): Promise<Verification> {
  const path = join(folder, "log.jsonl");
  await writeFile(path, text);
  return verifyChain(await openExport(path), { keptHeads: heads.flatMap((head) => parseHead(head) ?? []) });
}

/** Verifies the export with its lines changed; the first is the header. */
async function verifyChanged(change: (lines: string[]) => string[]): Promise<Verification> {
  return verifyText(change((await exported()).trimEnd().split("\n")).join("\n"));
}

test("a whole log goes out and verifies by itself", async () => {
  await record(2_500);
  const text = await exported();
  expect(text.split("\n")).toHaveLength(2_502);
  const { hash } = await database.db.selectFrom("audit_entries").select("hash").where("position", "=", 2_500).executeTakeFirstOrThrow();
  expect(await verifyText(text)).toEqual({
    isIntact: true,
    checked: 2_500,
    head: { position: 2_500, hash: hash?.toString("hex") },
    problems: [],
    isCutOff: false,
  });
});

test("an empty log goes out too", async () => {
  expect(await verifyText(await exported())).toMatchObject({ isIntact: true, checked: 0, problems: [] });
});

test("a range of time verifies by itself, with what stands between its entries in the chain", async () => {
  await record(3);
  await sealAll(database.db);
  await record(6);
  // Written early and sealed late: in the chain it stands among those of the range.
  await sql`update audit_entries set at = '2026-11-22T06:00:00Z' where id = 7`.execute(database.db);
  const text = await exported({ from: new Date("2026-11-22T07:00:05Z"), to: new Date("2026-11-22T07:00:09Z") });
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map((line) => line.id)).toEqual([undefined, 5, 6, 7, 8]);
  expect(lines[0]).toMatchObject({ from: "2026-11-22T07:00:05.000Z", start: { position: 4 }, end: { position: 8 } });
  expect(await verifyText(text)).toMatchObject({ isIntact: true, checked: 4, head: { position: 8 } });
});

test("a range in which nothing happened is an empty file that says so", async () => {
  await record(2);
  expect(await verifyText(await exported({ from: new Date("2027-01-01T00:00:00Z"), to: null }))).toMatchObject({ isIntact: true, checked: 0 });
});

describe("the program in the guide", () => {
  async function runGuide(text: string): Promise<{ status: number | null; output: string }> {
    const guide = await readFile(join(import.meta.dirname, "..", "..", "..", "docs", "guides", "audit-log.md"), "utf8");
    const program = /```python\n([\s\S]+?)```/.exec(guide)?.[1] ?? "";
    const path = join(folder, "guide.jsonl");
    await writeFile(path, text);
    const ended = spawnSync("python3", ["-c", program, path], { encoding: "utf8" });
    return { status: ended.status, output: `${ended.stdout}${ended.stderr}`.trim() };
  }

  test.skipIf(spawnSync("python3", ["--version"]).status !== 0)("comes to the same as ours, with nothing of ours in it", async () => {
    await record(20);
    const text = await exported({ from: new Date("2026-11-22T07:00:05Z"), to: null });
    const { head } = await verifyText(text);
    expect(await runGuide(text)).toEqual({ status: 0, output: `intact up to ${head.hash}@20` });
    expect(await runGuide(text.replace('"thing.done"', '"thing.made"'))).toEqual({ status: 1, output: "broken at position 5" });
    expect(await runGuide(text.split("\n").slice(0, 8).join("\n"))).toEqual({ status: 1, output: "cut off after position 11" });
  });
});

describe("what was done to a file is named", () => {
  beforeEach(() => record(9));

  const swap = (lines: string[], a: number, b: number) => lines.map((line, index) => (index === a ? (lines[b] ?? "") : index === b ? (lines[a] ?? "") : line));

  test.each([
    [
      "an entry changed",
      (lines: string[]) => lines.map((line, index) => (index === 4 ? line.replace("thing.done", "thing.made") : line)),
      [{ kind: "changed", id: 4, position: 4 }],
    ],
    [
      "a hash changed",
      (lines: string[]) => lines.map((line, index) => (index === 4 ? line.replace(/"hash":"./, '"hash":"x') : line)),
      [
        { kind: "changed", id: 4, position: 4 },
        { kind: "changed", id: 5, position: 5 },
      ],
    ],
    ["entries taken out", (lines: string[]) => lines.filter((_line, index) => index !== 4 && index !== 5), [{ kind: "missing", from: 4, to: 5 }]],
    ["the first entry taken out", (lines: string[]) => lines.toSpliced(1, 1), [{ kind: "missing", from: 1, to: 1 }]],
    ["the end cut off", (lines: string[]) => lines.slice(0, 7), [{ kind: "missing", from: 7, to: 9 }]],
    ["two lines swapped", (lines: string[]) => swap(lines, 4, 5), [{ kind: "reordered", id: 4, position: 5, sealedAt: 4 }]],
    ["a line moved to the end", (lines: string[]) => [...lines.toSpliced(3, 1), lines[3] ?? ""], [{ kind: "reordered", id: 3, position: 9, sealedAt: 3 }]],
    [
      "two lines swapped and one of them changed",
      (lines: string[]) => swap(lines, 4, 5).map((line, index) => (index === 4 ? line.replace("thing.done", "thing.made") : line)),
      [
        { kind: "changed", id: 5, position: 5 },
        { kind: "reordered", id: 4, position: 5, sealedAt: 4 },
      ],
    ],
    ["a line copied", (lines: string[]) => lines.toSpliced(5, 0, lines[3] ?? ""), [{ kind: "changed", id: 3, position: 3 }]],
    [
      "an entry put in without a seal",
      (lines: string[]) => [...lines, (lines[1] ?? "").replace(/"position":1,"hash":"[0-9a-f]+","id":1/, '"position":null,"hash":null,"id":77')],
      [{ kind: "unsealed", id: 77, at: "2026-11-22T07:00:01.000000Z", isLate: true }],
    ],
  ])("%s", async (_what, change, problems) => {
    const verification = await verifyChanged(change);
    expect(verification.problems).toEqual(problems);
    expect(verification.isIntact).toBe(false);
  });

  test.each([
    ["nothing", () => [""]],
    ["another kind of file", () => ["{}", "{}"]],
    ["no first line", (lines: string[]) => lines.slice(1)],
    ["a line that is no JSON", (lines: string[]) => lines.toSpliced(3, 0, "x")],
    ["a line of another kind", (lines: string[]) => lines.toSpliced(3, 0, '{"id":1}')],
    ["a line without an end", (lines: string[]) => lines.toSpliced(3, 0, `"${"x".repeat(1_000_001)}"`)],
  ])("a file with %s is told from a broken log", async (_what, change) => {
    await expect(verifyChanged(change)).rejects.toThrow(AuditFileProblem);
  });

  test("a file that cannot be read is told", async () => {
    await expect(openExport(join(folder, "missing"))).rejects.toThrow("cannot be read (ENOENT)");
    await expect(openExport(folder)).rejects.toThrow("cannot be read (EISDIR)");
  });

  test("a gap in the log before the range is named by the range's file", async () => {
    await sealAll(database.db);
    await sql`delete from audit_entries where position = 4`.execute(database.db);
    const text = await exported({ from: new Date("2026-11-22T07:00:05Z"), to: null });
    expect((await verifyText(text)).problems).toEqual([{ kind: "missing", from: 4, to: 4 }]);
  });
});

describe("a head that was kept elsewhere", () => {
  async function headAt(position: number): Promise<string> {
    const row = await database.db.selectFrom("audit_entries").select("hash").where("position", "=", position).executeTakeFirstOrThrow();
    return `${row.hash?.toString("hex")}@${position}`;
  }

  test("proves that nothing before it changed, while the log goes on", async () => {
    await record(3);
    await sealAll(database.db);
    const head = await headAt(3);
    await record(3);
    expect(await verifyText(await exported(), [head, head.toUpperCase()])).toMatchObject({ isIntact: true, problems: [] });
  });

  test("tells a log that was made anew as a whole, which nothing else can", async () => {
    await record(3);
    await sealAll(database.db);
    const head = await headAt(3);
    await sql`update audit_entries set position = null, hash = null, action = 'thing.forged'`.execute(database.db);
    await sql`delete from hub_state`.execute(database.db);
    const text = await exported();
    expect((await verifyText(text)).isIntact).toBe(true);
    const [kept, position] = head.split("@");
    expect(await verifyText(text, [head])).toMatchObject({
      isIntact: false,
      problems: [{ kind: "head_differs", position: Number(position), kept, found: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    });
  });

  test("beyond the end of the log tells that the end is gone", async () => {
    await record(1);
    expect(await verifyText(await exported(), [`${"a".repeat(64)}@9`])).toMatchObject({
      isIntact: false,
      problems: [{ kind: "head_differs", position: 9, found: null }],
    });
  });

  test.each(["", "abc@1", `${"a".repeat(64)}@0`, "a".repeat(64), `${"g".repeat(64)}@1`, `${"a".repeat(64)}@1x`])("is not %j", (text) => {
    expect(parseHead(text)).toBeNull();
  });
});
