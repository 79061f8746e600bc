import { brotliCompressSync, crc32, deflateRawSync, gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { ArchiveFile } from "../testing/archives.ts";
import { sourceOf, zipOf } from "../testing/archives.ts";
import type { ZipBounds } from "./bounds.ts";
import type { ByteSource } from "./byte-source.ts";
import { entriesOf } from "./entries.ts";
import { ContainerProblem } from "./problem.ts";

type Listing = { files: { name: string; content: string; problem: string | null }[]; problem: string | null };

/** Every file with what came out of it, by its shown name. Errors that are no problem of a container fail the test. */
async function list(zip: Buffer | ByteSource, bounds?: ZipBounds): Promise<Listing> {
  const listing: Listing = { files: [], problem: null };
  const source = Buffer.isBuffer(zip) ? sourceOf(zip) : zip;
  listing.problem = await codeOf(async () => {
    for await (const entry of entriesOf(source, bounds)) {
      const pieces: Buffer[] = [];
      const problem = await codeOf(async () => {
        for await (const piece of entry.open()) pieces.push(piece);
      });
      listing.files.push({ name: entry.shownName, content: Buffer.concat(pieces).toString(), problem });
    }
  });
  return listing;
}

async function codeOf(read: () => Promise<void>): Promise<string | null> {
  try {
    await read();
    return null;
  } catch (error) {
    if (error instanceof ContainerProblem) return error.code;
    throw error;
  }
}

/** What became of one file that stands between two right ones, which must be read whole. */
async function between(file: ArchiveFile): Promise<{ content: string; problem: string | null } | undefined> {
  const { files, problem } = await list(zipOf([{ name: "first.json", content: "{}" }, file, { name: "last.json", content: "[]" }]));
  expect(problem).toBeNull();
  expect(files.at(0)).toEqual({ name: "first.json", content: "{}", problem: null });
  expect(files.at(-1)).toEqual({ name: "last.json", content: "[]", problem: null });
  const [middle] = files.slice(1, -1);
  return middle === undefined ? undefined : { content: middle.content, problem: middle.problem };
}

const hello = "hello ".repeat(100);
const unix = (mode: number) => (mode << 16) >>> 0;

describe("an archive", () => {
  test("gives its files in the order of its directory, deflated or stored, however large its comment", async () => {
    const files = [
      { name: "b/trivy.json", content: hello },
      { name: "a.xml", content: "<a/>", method: 0 },
      { name: "empty.json", content: "" },
      { name: "nothing.json", content: "", data: Buffer.alloc(0) },
    ];
    for (const comment of ["", "x".repeat(65_535)]) {
      expect(await list(zipOf(files, { comment }))).toEqual({
        files: [
          { name: "b/trivy.json", content: hello, problem: null },
          { name: "a.xml", content: "<a/>", problem: null },
          { name: "empty.json", content: "", problem: null },
          { name: "nothing.json", content: "", problem: null },
        ],
        problem: null,
      });
    }
  });

  test("of no files has none", async () => {
    expect(await list(zipOf([]))).toEqual({ files: [], problem: null });
  });

  test("tells a file's name as it is, and the size that its directory says", async () => {
    for await (const entry of entriesOf(sourceOf(zipOf([{ name: "../a.json", content: hello, bytes: 7 }])))) {
      expect(entry).toMatchObject({ name: "../a.json", shownName: "a.json", size: 7 });
    }
  });

  test("is read with sizes of 64 bits", async () => {
    const sizes = Buffer.alloc(20);
    sizes.writeUInt16LE(1, 0);
    sizes.writeUInt16LE(16, 2);
    sizes.writeBigUInt64LE(BigInt(hello.length), 4);
    sizes.writeBigUInt64LE(BigInt(deflateRawSync(hello).length), 12);
    const file = { name: "a.json", content: hello, bytes: 0xffffffff, compressedBytes: 0xffffffff, extra: sizes };
    const plain = zipOf([file]);
    const directoryFrom = plain.indexOf("PK\u0001\u0002");
    const zip = zipOf([file], { entries: 0xffff, directoryFrom: 0xffffffff, zip64: { entries: 1n, directoryFrom: BigInt(directoryFrom) } });
    expect(await list(zip)).toEqual({ files: [{ name: "a.json", content: hello, problem: null }], problem: null });
  });

  test("may be opened again, which counts once", async () => {
    const bounds = { files: 10, fileBytes: 1_000, bytes: 1_000, ratio: 100 };
    for await (const entry of entriesOf(sourceOf(zipOf([{ name: "a", content: hello }])), bounds)) {
      for (let turn = 0; turn < 5; turn++) {
        let text = "";
        for await (const piece of entry.open()) text += piece.toString();
        expect(text).toBe(hello);
      }
    }
  });

  test("passes its source's own errors on as they are", async () => {
    const gone = new Error("the database is gone");
    const zip = zipOf([{ name: "a", content: hello }]);
    const noDirectory: ByteSource = { size: zip.length, read: (offset, length) => (length > 4 ? Promise.reject(gone) : sourceOf(zip).read(offset, length)) };
    await expect(list(noDirectory)).rejects.toBe(gone);
    let reads = 0;
    const noFile: ByteSource = { size: zip.length, read: (offset, length) => (++reads > 2 ? Promise.reject(gone) : sourceOf(zip).read(offset, length)) };
    await expect(list(noFile)).rejects.toBe(gone);
  });
});

describe("what is no report file is passed over:", () => {
  test.each<[string, ArchiveFile]>([
    ["a folder", { name: "folder/" }],
    ["a folder by backslash", { name: "folder\\" }],
    ["a folder by its mode", { name: "folder", attributes: unix(0o040_755) }],
    ["a link", { name: "link", content: "/etc/passwd", attributes: unix(0o120_777) }],
    ["Apple's shadow", { name: "__MACOSX/._a.json", content: "x" }],
    ["a hidden file", { name: "reports/.DS_Store", content: "x" }],
    ["a hidden folder", { name: ".git/config", content: "x" }],
  ])("%s", async (_what, file) => {
    expect(await between(file)).toBeUndefined();
  });

  test.each([0, unix(0o100_644), unix(0o644), unix(0o010_600), 0x20])("but not a file with the attributes %d", async (attributes) => {
    expect(await between({ name: "a", content: hello, attributes })).toEqual({ content: hello, problem: null });
  });
});

describe("a file that is wrong is a problem of its own:", () => {
  const nested = zipOf([{ name: "a", content: "x" }]);
  const cut = deflateRawSync(hello).subarray(0, 10);

  test.each<[string, ArchiveFile, string, string | null]>([
    ["encrypted", { name: "a", content: hello, flags: 1 }, "encrypted", ""],
    ["by an unknown method", { name: "a", content: hello, method: 9 }, "method_unknown", ""],
    ["an archive", { name: "a.zip", content: nested }, "archive_in_archive", ""],
    ["a stored archive", { name: "a", content: nested, method: 0 }, "archive_in_archive", ""],
    ["of another checksum", { name: "a", content: hello, checksum: 1 }, "checksum_mismatch", hello],
    ["larger than it says", { name: "a", content: hello, bytes: 10 }, "size_mismatch", hello],
    ["smaller than it says", { name: "a", content: hello, bytes: 10_000 }, "size_mismatch", hello],
    ["stored and of another size than it says", { name: "a", content: hello, method: 0, bytes: 10 }, "size_mismatch", hello],
    ["without its sizes of 64 bits", { name: "a", content: hello, bytes: 0xffffffff }, "size_mismatch", hello],
    ["cut off within its data", { name: "a", content: hello, data: cut }, "cut_off", null],
    ["of damaged data", { name: "a", content: hello, data: Buffer.alloc(50, 0xff) }, "damaged", ""],
    ["with data behind its data", { name: "a", content: hello, data: Buffer.concat([deflateRawSync(hello), Buffer.from("x")]) }, "trailing_bytes", hello],
    ["at a place where there is none", { name: "a", content: hello, from: 3 }, "damaged", ""],
    ["behind the end", { name: "a", content: hello, from: 0xfffffff0 }, "damaged", ""],
    ["reaching behind the end", { name: "a", content: hello, compressedBytes: 0x7fffffff }, "damaged", ""],
    ["reaching into the next", { name: "a", content: hello, compressedBytes: deflateRawSync(hello).length + 1 }, "overlapping", ""],
  ])("%s", async (_what, file, problem, content) => {
    const read = await between(file);
    expect(read?.problem).toBe(problem);
    if (content !== null) expect(read?.content).toBe(content);
  });

  test("two of one place, and each that reaches over others", async () => {
    const zip = zipOf([
      { name: "over.json", content: hello, compressedBytes: 200 },
      { name: "one.json", content: hello },
      { name: "same.json", content: hello, from: 0 },
      { name: "good.json", content: hello },
    ]);
    const { files } = await list(zip);
    expect(files.map(({ name, problem }) => `${name} ${problem}`)).toEqual([
      "over.json overlapping",
      "one.json null",
      "same.json overlapping",
      "good.json null",
    ]);
    const twice = [
      { name: "one.json", content: hello },
      { name: "one.json", content: hello, from: 0 },
    ];
    expect((await list(zipOf(twice))).files.map(({ problem }) => problem)).toEqual(["overlapping", "overlapping"]);
  });
});

describe("a file that is compressed itself", () => {
  test.each([
    ["gzip", { name: "a.json", content: gzipSync(hello) }],
    ["several gzip members", { name: "a.json.gz", content: Buffer.concat([gzipSync(hello.slice(0, 50)), gzipSync(hello.slice(50))]), method: 0 }],
    ["zstd", { name: "a.json", content: zstdCompressSync(hello) }],
    ["Brotli by its name", { name: "a.json.br", content: brotliCompressSync(hello) }],
  ])("is unwrapped: %s", async (_what, file) => {
    expect(await between(file)).toEqual({ content: hello, problem: null });
  });

  test("is a problem of its own when that is damaged, or what is around it", async () => {
    const gzip = gzipSync(hello);
    expect((await between({ name: "a", content: gzip.subarray(0, -9) }))?.problem).toBe("cut_off");
    expect(await between({ name: "a", content: gzip, checksum: crc32("other") })).toEqual({ content: hello, problem: "checksum_mismatch" });
  });
});

describe("names", () => {
  test("of equal files are told apart", async () => {
    const { files } = await list(zipOf(["a.xml", "./a.xml", "a.xml (2)", "/a.xml"].map((name) => ({ name, content: name }))));
    expect(files.map(({ name }) => name)).toEqual(["a.xml", "a.xml (2)", "a.xml (2) (2)", "a.xml (3)"]);
  });

  test.each<[string | Buffer, number, string]>([
    ["Prüfung.json", 0x800, "Prüfung.json"],
    ["Prüfung.json", 0, "Prüfung.json"],
    [Buffer.from([0x50, 0x72, 0x81, 0x66]), 0, "Prüf"],
    [Buffer.from([0x61, 0xff]), 0x800, "a\uFFFD"],
  ])("are decoded: %s with flags %d", async (name, flags, shown) => {
    const { files } = await list(zipOf([{ name, content: "x", flags }]));
    expect(files).toEqual([{ name: shown, content: "x", problem: null }]);
  });

  test("of 64 KB are cut, and no hindrance", async () => {
    for await (const entry of entriesOf(sourceOf(zipOf([{ name: `${"x/".repeat(32_000)}end.json`, content: "x" }])))) {
      expect(entry.name).toHaveLength(2_000);
      expect(entry.shownName).toHaveLength(200);
      expect(entry.shownName.endsWith("x/end.json")).toBe(true);
    }
  });
});
