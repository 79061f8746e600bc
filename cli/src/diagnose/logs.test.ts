import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { zipOf } from "../../../reports/src/testing/archives.ts";
import { type Logs, openLogs } from "./logs.ts";

const folder = mkdtempSync(join(tmpdir(), "sentinal-logs-"));
afterAll(() => rmSync(folder, { recursive: true }));

const place = (...pieces: Uint8Array[]) => ({ cwd: folder, stdin: Readable.from(pieces) });
const inBytes = (bytes: Uint8Array) => Array.from(bytes, (byte) => Buffer.from([byte]));

async function textsOf(logs: Logs): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const { job, pieces } of logs.jobs) {
    const read: Uint8Array[] = [];
    for await (const piece of pieces()) read.push(piece);
    texts[job ?? ""] = Buffer.concat(read).toString();
  }
  await logs.close();
  return texts;
}

describe("logs", () => {
  test.each([
    ["plain", Buffer.from("a\nb\n"), { "": "a\nb\n" }],
    ["shorter than what tells its kind", Buffer.from("a"), { "": "a" }],
    ["empty", Buffer.alloc(0), { "": "" }],
    ["packed", gzipSync("a\nb\n"), { "": "a\nb\n" }],
    [
      "in an archive",
      zipOf([
        { name: "0_x.txt", content: "a\n" },
        { name: "1_y.txt", content: "b\n" },
      ]),
      { x: "a\n", y: "b\n" },
    ],
  ])("on standard input may be %s, in any pieces", async (_name, bytes, texts) => {
    expect(await textsOf(await openLogs(place(...inBytes(bytes)), "-", () => {}))).toEqual(texts);
  });

  test("of steps each begin a line", async () => {
    const files = ["one", "two\n", "", "three"].map((content, index) => ({ name: `x/${index + 1}_s.txt`, content }));
    writeFileSync(join(folder, "steps.zip"), zipOf(files));
    expect(await textsOf(await openLogs(place(), "steps.zip", () => {}))).toEqual({ x: "one\ntwo\nthree" });
  });

  test("tell how much of the file was read, as it is packed", async () => {
    const packed = gzipSync("a\n".repeat(100_000));
    writeFileSync(join(folder, "a.gz"), packed);
    let read = 0;
    const logs = await openLogs(place(), "a.gz", (bytes, total) => {
      read += bytes;
      expect(total).toBe(packed.length);
    });
    await textsOf(logs);
    expect(read).toBe(packed.length);
  });

  test("come from a pipe that a shell gives a name", async () => {
    const path = join(folder, "pipe");
    execFileSync("mkfifo", [path]);
    const written = writeFile(path, "a\nb\n");
    const logs = await openLogs(place(), path, () => {});
    expect(logs.name).toBe(path);
    expect(await textsOf(logs)).toEqual({ "": "a\nb\n" });
    await written;
  });

  test("in an archive without a file are refused", async () => {
    await expect(openLogs(place(zipOf([])), "-", () => {})).rejects.toThrow("an archive without a file");
  });
});
