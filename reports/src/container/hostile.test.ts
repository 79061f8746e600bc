import { deflateRawSync, gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ArchiveFile } from "../testing/archives.ts";
import { sourceOf, zipOf } from "../testing/archives.ts";
import { archiveBounds } from "./bounds.ts";
import { entriesOf } from "./entries.ts";
import { ContainerProblem } from "./problem.ts";

const mebibyte = 1024 * 1024;

type Outcome = { files: number; bytes: number; largestPiece: number; fileProblems: (string | null)[]; problem: string | null; message: string | null };

/** Reads everything that there is to read. An error that is no problem of a container fails the test. */
async function read(zip: Buffer, bounds = archiveBounds): Promise<Outcome> {
  const outcome: Outcome = { files: 0, bytes: 0, largestPiece: 0, fileProblems: [], problem: null, message: null };
  const ended = await problemOf(async () => {
    for await (const entry of entriesOf(sourceOf(zip), bounds)) {
      outcome.files++;
      const problem = await problemOf(async () => {
        for await (const piece of entry.open()) {
          outcome.bytes += piece.length;
          outcome.largestPiece = Math.max(outcome.largestPiece, piece.length);
        }
      });
      outcome.fileProblems.push(problem?.code ?? null);
    }
  });
  return { ...outcome, problem: ended?.code ?? null, message: ended?.message ?? null };
}

async function problemOf(reading: () => Promise<void>): Promise<ContainerProblem | null> {
  try {
    await reading();
    return null;
  } catch (error) {
    if (error instanceof ContainerProblem) return error;
    throw error;
  }
}

const filesOf = (count: number, file: Omit<ArchiveFile, "name">) => Array.from({ length: count }, (_unused, index) => ({ ...file, name: `${index}.json` }));

describe("a bomb", () => {
  const zeros = Buffer.alloc(16 * mebibyte);

  test.each<[string, ArchiveFile]>([
    ["deflated", { name: "a", content: zeros }],
    ["that says it is small", { name: "a", content: zeros, bytes: 100 }],
    ["of gzip in an archive", { name: "a", content: gzipSync(zeros) }],
    ["of zstd in an archive", { name: "a", content: zstdCompressSync(zeros), method: 0 }],
  ])("is stopped by what really comes out: %s", async (_what, file) => {
    const { bytes, fileProblems } = await read(zipOf([file, { name: "b", content: "{}" }]));
    expect(fileProblems).toEqual(["ratio_exceeded", null]);
    expect(bytes).toBeLessThan(9 * mebibyte);
  });

  test("in two layers, where each alone would pass, is one", async () => {
    // 8 MB become 80 KB, and these, eight times the same, 3 KB.
    const inner = gzipSync(Buffer.alloc(8 * mebibyte));
    const file = { name: "a", content: Buffer.concat(Array.from({ length: 8 }, () => inner)) };
    expect((await read(zipOf([file]))).fileProblems).toEqual(["ratio_exceeded"]);
  });

  test("of many small files is one, all together", async () => {
    const megabyte = Buffer.alloc(mebibyte);
    const data = deflateRawSync(megabyte);
    const { bytes, fileProblems } = await read(zipOf(filesOf(200, { content: megabyte, data })));
    expect(bytes).toBeLessThan(65 * mebibyte);
    expect(fileProblems.slice(0, 60)).toEqual(Array(60).fill(null));
    expect(new Set(fileProblems.slice(-100))).toEqual(new Set(["ratio_exceeded"]));
  });

  test("of files around each other gives nothing but the innermost", async () => {
    // Each file's data are the headers and data of all that follow, stored.
    const kernel = deflateRawSync(Buffer.alloc(mebibyte));
    const count = 100;
    const headerBytes = zipOf([{ name: "00.json", content: "" }]).indexOf("PK\u0001\u0002") - deflateRawSync("").length;
    const files = Array.from({ length: count }, (_unused, index) => {
      const name = `${String(index).padStart(2, "0")}.json`;
      const isLast = index === count - 1;
      const around = (count - 1 - index) * headerBytes + kernel.length;
      return isLast
        ? { name, content: Buffer.alloc(mebibyte), data: kernel }
        : { name, data: Buffer.alloc(0), method: 0, compressedBytes: around, bytes: around };
    });
    const { bytes, fileProblems } = await read(zipOf(files));
    expect(fileProblems).toEqual([...Array(count - 1).fill("overlapping"), null]);
    expect(bytes).toBe(mebibyte);
  });

  test("that names the same bytes a thousand times gives none of them", async () => {
    const content = Buffer.alloc(100_000, "abc");
    const { bytes, fileProblems } = await read(zipOf([{ name: "a", content }, ...filesOf(900, { from: 0, content, data: Buffer.alloc(0) })]));
    expect(new Set(fileProblems)).toEqual(new Set(["overlapping"]));
    expect(bytes).toBe(0);
  });
});

describe("the bounds", () => {
  test("hold for one file, and the others are read", async () => {
    const bounds = { ...archiveBounds, fileBytes: 1_000 };
    const { fileProblems } = await read(
      zipOf([
        { name: "a", content: Buffer.alloc(1_001) },
        { name: "b", content: Buffer.alloc(1_000) },
      ]),
      bounds,
    );
    expect(fileProblems).toEqual(["too_large", null]);
  });

  test("hold for all files together", async () => {
    const bounds = { ...archiveBounds, bytes: 2_500 };
    const { bytes, fileProblems } = await read(zipOf(filesOf(4, { content: Buffer.alloc(1_000) })), bounds);
    expect(fileProblems).toEqual([null, null, "too_large", "too_large"]);
    expect(bytes).toBe(2_000);
  });

  test("hold for the number of files, folders not counted; the first are read", async () => {
    const folders = Array.from({ length: 50 }, (_unused, index) => ({ name: `folder${index}/` }));
    expect(await read(zipOf([...folders, ...filesOf(1_000, { content: "{}" })]))).toMatchObject({ files: 1_000, problem: null });
    expect(await read(zipOf([...folders, ...filesOf(1_001, { content: "{}" })]))).toMatchObject({ files: 1_000, bytes: 2_000, problem: "too_many" });
  });

  test("hold for entries that are passed over", async () => {
    const folders = Array.from({ length: 10_001 }, (_unused, index) => ({ name: `${index}/` }));
    expect(await read(zipOf(folders))).toMatchObject({ files: 0, problem: "too_many" });
  });

  test("hold for what is held: pieces are small, and a file that nobody opens is not read", async () => {
    const content = Buffer.from(Array.from({ length: 2 * mebibyte }, (_unused, index) => (index * index * 31) & 0xff));
    const zip = zipOf(filesOf(5, { content, method: 0 }));
    expect((await read(zip)).largestPiece).toBeLessThanOrEqual(256 * 1024);
    const source = sourceOf(zip);
    for await (const entry of entriesOf(source)) {
      if (entry.name !== "3.json") continue;
      const content = entry.open();
      await content.next();
      await content.return();
    }
    expect(source.readBytes).toBeLessThan(mebibyte);
  });
});

describe("a directory that lies", () => {
  const files = filesOf(3, { content: "{}" });

  test.each([
    ["says fewer entries", { entries: 2 }, 2, "directory_unreadable"],
    ["says more entries", { entries: 9 }, 3, "directory_unreadable"],
    ["says a place behind the end", { directoryFrom: 0x7fffffff }, 0, "directory_unreadable"],
    ["says a place of something else", { directoryFrom: 0 }, 0, "directory_unreadable"],
    ["says 2^60 entries", { zip64: { entries: 2n ** 60n, directoryFrom: 0n } }, 0, "directory_unreadable"],
    ["says a place of 2^63", { zip64: { entries: 3n, directoryFrom: 2n ** 63n } }, 0, "directory_unreadable"],
  ])("%s", async (_what, end, count, problem) => {
    expect(await read(zipOf(files, end))).toMatchObject({ files: count, fileProblems: Array(count).fill(null), problem });
  });

  test.each([
    ["a field that is longer than the fields", Buffer.from([9, 9, 200, 0, 1])],
    ["sizes of 64 bits that are missing", Buffer.from([1, 0, 0, 0])],
  ])("breaks off at %s, and what came before is read", async (_what, extra) => {
    const zip = zipOf([...files, { name: "x", content: "x", bytes: 0xffffffff, extra }, ...files]);
    expect(await read(zip)).toMatchObject({ files: 3, fileProblems: [null, null, null], problem: "directory_unreadable" });
  });

  test("breaks off at strong encryption, and says so", async () => {
    const { problem, message } = await read(zipOf([{ name: "x", content: "x", flags: 0x41 }]));
    expect(problem).toBe("directory_unreadable");
    expect(message).toContain("strong encryption");
  });

  test("says sizes of 2^63 for a file", async () => {
    const extra = Buffer.alloc(28);
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(24, 2);
    extra.fill(0xff, 4, 11);
    extra.fill(0x7f, 11, 12);
    extra.fill(0xff, 12, 27);
    const file = { name: "x", content: "x", bytes: 0xffffffff, compressedBytes: 0xffffffff, extra };
    expect(await read(zipOf([file, ...files]))).toMatchObject({ fileProblems: ["damaged", null, null, null], problem: null });
    expect(await read(zipOf([{ ...file, from: 0xffffffff }, ...files]))).toMatchObject({ fileProblems: ["damaged", null, null, null], problem: null });
  });
});

describe("an archive that is none, or not whole", () => {
  const whole = zipOf([
    { name: "a.json", content: "hello ".repeat(500) },
    { name: "stored.json", content: "hello ".repeat(50), method: 0 },
    { name: "b.json.gz", content: gzipSync("hello ".repeat(500)), method: 0 },
    { name: "c.zst", content: zstdCompressSync("hello ".repeat(500)) },
    { name: "folder/", attributes: 0x10 },
    { name: "../d.xml", content: "<a/>", bytes: 0xffffffff, extra: Buffer.from([1, 0, 8, 0, 4, 0, 0, 0, 0, 0, 0, 0]) },
  ]);

  test("is said to be cut off wherever it is", async () => {
    expect(await read(whole)).toMatchObject({ files: 5, fileProblems: [null, null, null, null, null], problem: null });
    for (let length = 4; length < whole.length; length++) {
      const { problem, message } = await read(whole.subarray(0, length));
      expect(problem).toBe("cut_off");
      expect(message).toContain("is cut off");
    }
  });

  test.each([Buffer.alloc(0), Buffer.from("PK"), Buffer.from('{"a":1}'), gzipSync("x"), Buffer.alloc(100_000)])("is refused when it is none", async (bytes) => {
    expect(await read(bytes)).toMatchObject({ files: 0, problem: "wrong_encoding" });
  });

  test("is a problem with something behind it", async () => {
    expect((await read(Buffer.concat([whole, Buffer.from("x")]))).problem).toBe("directory_unreadable");
  });

  test("with any bytes changed, cut out or doubled gives problems and nothing else", async () => {
    const change = fc.record({
      at: fc.nat(whole.length - 1),
      value: fc.oneof(fc.constantFrom(0, 1, 0xff, 0x50), fc.nat(255)),
      length: fc.integer({ min: 1, max: 8 }),
    });
    const kinds = fc.constantFrom("change", "cut", "double");
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), kinds, async (changes, kind) => {
        let bytes = Buffer.from(whole);
        for (const { at, value, length } of changes) {
          if (kind === "change") bytes.fill(value, at, Math.min(at + length, bytes.length));
          else if (kind === "cut") bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
          else bytes = Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
        }
        const outcome = await read(bytes);
        expect(outcome.files).toBeLessThanOrEqual(6);
        expect(outcome.bytes).toBeLessThan(100_000);
      }),
      { numRuns: 1_500 },
    );
  });

  test("of random bytes between a head and a tail gives problems and nothing else", async () => {
    const directory = whole.subarray(whole.indexOf("PK\u0001\u0002"));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), fc.nat(directory.length), async (random, length) => {
        await read(Buffer.concat([Buffer.from("PK\u0003\u0004"), random, directory.subarray(length)]));
      }),
      { numRuns: 500 },
    );
  });

  test("with a bit of its directory turned harms no more than it must", async () => {
    const from = whole.indexOf("PK\u0001\u0002");
    for (let bit = from * 8; bit < whole.length * 8; bit += 3) {
      const bytes = Buffer.from(whole);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const { problem, fileProblems } = await read(bytes);
      // The directory is read on as long as its records are, and one file's lie is that file's.
      if (problem === null) expect(fileProblems.filter((each) => each !== null).length).toBeLessThanOrEqual(2);
    }
  });
});
