import { randomBytes } from "node:crypto";
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { InflationBounds } from "./bounds.ts";
import type { Encoding } from "./inflate.ts";
import { inflate } from "./inflate.ts";
import { ContainerProblem } from "./problem.ts";

const mebibyte = 1024 * 1024;
const roomy: InflationBounds = { inflatedBytes: 64 * mebibyte, ratio: 100 };
const pieceSizes = [1, 13, 4_096, Number.POSITIVE_INFINITY];

const compressors: Readonly<Record<Encoding, (content: Uint8Array | string) => Buffer>> = {
  gzip: (content) => gzipSync(content),
  br: (content) => brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  zstd: (content) => zstdCompressSync(content),
  deflate: (content) => deflateSync(content),
};
const encodings: readonly Encoding[] = ["gzip", "br", "zstd", "deflate"];

/** Pieces of at most so many bytes, each overwritten once the next is asked for, as a socket's buffer would be. */
async function* piecesOf(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    const piece = Uint8Array.from(bytes.subarray(from, from + pieceBytes));
    yield piece;
    piece.fill(0x1f);
  }
}

/** What came out, and the code of the problem that ended it. Any other error fails the test. */
async function outcome(bytes: Uint8Array, encoding: Encoding, pieceBytes = 4_096, bounds = roomy): Promise<{ content: Buffer; problem: string | null }> {
  const content: Buffer[] = [];
  try {
    for await (const piece of inflate(piecesOf(bytes, pieceBytes), encoding, bounds)) content.push(piece);
  } catch (error) {
    if (!(error instanceof ContainerProblem)) throw error;
    return { content: Buffer.concat(content), problem: error.code };
  }
  return { content: Buffer.concat(content), problem: null };
}

/** Bytes that compress to about a half. */
function sample(length: number): Buffer {
  const bytes = randomBytes(length);
  for (let index = 0; index < length; index++) bytes[index] = 97 + ((bytes[index] ?? 0) & 15);
  return bytes;
}

describe.each(encodings)("%s", (encoding) => {
  const compress = compressors[encoding];
  const content = sample(20_000);
  const wire = compress(content);

  test.each(pieceSizes)("gives its content in pieces of %d bytes", async (pieceBytes) => {
    expect(await outcome(wire, encoding, pieceBytes)).toEqual({ content, problem: null });
    expect(await outcome(compress(""), encoding, pieceBytes)).toEqual({ content: Buffer.alloc(0), problem: null });
  });

  test("that is cut off anywhere gives what there was and says so", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: wire.length - 1 }), fc.constantFrom(...pieceSizes.slice(1)), async (length, pieceBytes) => {
        const read = await outcome(wire.subarray(0, length), encoding, pieceBytes);
        expect(read.problem).toBe("cut_off");
        expect(content.subarray(0, read.content.length).equals(read.content)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("with something behind it gives its whole content and says so", async () => {
    const followed = Buffer.concat([wire, Buffer.from("something else")]);
    for (const pieceBytes of pieceSizes) expect(await outcome(followed, encoding, pieceBytes)).toEqual({ content, problem: "trailing_bytes" });
    // At the very border of two pieces.
    expect(await outcome(followed, encoding, wire.length)).toEqual({ content, problem: "trailing_bytes" });
  });

  test("with any bits turned never throws anything but a problem", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(wire.length * 8 - 1), { minLength: 1, maxLength: 8 }), async (bits) => {
        const broken = Buffer.from(wire);
        for (const bit of bits) broken[bit >> 3] = (broken[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        await outcome(broken, encoding, 4_096);
      }),
      { numRuns: 200 },
    );
  });

  test("that is no such thing at all is a problem", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => {
        await outcome(bytes, encoding, 13);
      }),
      { numRuns: 200 },
    );
    // Brotli and deflate without a header have no mark of their own.
    const expected = encoding === "gzip" || encoding === "zstd" ? /^wrong_encoding$/ : /^(damaged|cut_off|trailing_bytes)$/;
    for (const pieceBytes of pieceSizes) expect((await outcome(Buffer.from('{"a":1}'), encoding, pieceBytes)).problem).toMatch(expected);
    expect((await outcome(Buffer.alloc(0), encoding)).problem).toBe("cut_off");
  });

  test("passes the bound with its last byte, and not a byte earlier", async () => {
    const bounds = { inflatedBytes: content.length, ratio: 100 };
    expect(await outcome(wire, encoding, 4_096, bounds)).toEqual({ content, problem: null });
    expect((await outcome(wire, encoding, 4_096, { ...bounds, inflatedBytes: content.length - 1 })).problem).toBe("too_large");
  });

  test("is a bomb when more than 8 MB are a hundred times what went in", async () => {
    const bomb = await outcome(compress(Buffer.alloc(32 * mebibyte)), encoding, 1_000);
    expect(bomb.problem).toBe("ratio_exceeded");
    expect(bomb.content.length).toBeLessThan(16 * mebibyte);
    expect((await outcome(compress(Buffer.alloc(4 * mebibyte)), encoding)).problem).toBeNull();
  });

  test("asks for no more than it needs, and tells the source when it is left", async () => {
    let given = 0;
    let isClosed = false;
    const beginning = compress(sample(500_000)).subarray(0, 200_000);
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        yield beginning;
        for (;;) {
          given++;
          yield sample(8_000);
        }
      } finally {
        isClosed = true;
      }
    }
    for await (const piece of inflate(endless(), encoding, roomy)) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    expect(isClosed).toBe(true);
    expect(given).toBe(0);
  });

  test("passes the source's own error on as it is", async () => {
    const gone = new Error("the sender is gone");
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield wire.subarray(0, 100);
      throw gone;
    }
    await expect(outcomeOf(inflate(failing(), encoding, roomy))).rejects.toBe(gone);
  });
});

async function outcomeOf(pieces: AsyncIterable<Buffer>): Promise<number> {
  let bytes = 0;
  for await (const piece of pieces) bytes += piece.length;
  return bytes;
}

describe("gzip", () => {
  const two = Buffer.concat([gzipSync("one "), gzipSync("two")]);

  test.each(pieceSizes)("of several members is all of them, in pieces of %d bytes", async (pieceBytes) => {
    expect(await outcome(two, "gzip", pieceBytes)).toEqual({ content: Buffer.from("one two"), problem: null });
  });

  test("may be padded with zeros", async () => {
    const padded = Buffer.concat([two, Buffer.alloc(10_000)]);
    for (const pieceBytes of pieceSizes) expect(await outcome(padded, "gzip", pieceBytes)).toEqual({ content: Buffer.from("one two"), problem: null });
    expect((await outcome(Buffer.concat([padded, Buffer.from("x")]), "gzip")).problem).toBe("trailing_bytes");
  });

  test("may have a header with everything in it", async () => {
    const plain = gzipSync("hello");
    const header = Buffer.from(plain.subarray(0, 10));
    header[3] = 0x1e;
    const whole = Buffer.concat([header, Buffer.from([3, 0, 1, 2, 3]), Buffer.from("name\0a comment\0"), Buffer.from([0, 0]), plain.subarray(10)]);
    for (const pieceBytes of pieceSizes) expect(await outcome(whole, "gzip", pieceBytes)).toEqual({ content: Buffer.from("hello"), problem: null });
    for (let length = 0; length < whole.length; length++) expect((await outcome(whole.subarray(0, length), "gzip")).problem).toBe("cut_off");
  });

  test("with a name that has no end is damaged", async () => {
    const header = Buffer.from(gzipSync("").subarray(0, 10));
    header[3] = 0x08;
    expect((await outcome(Buffer.concat([header, Buffer.alloc(200_000, "x")]), "gzip")).problem).toBe("damaged");
  });

  test("with a wrong checksum or size gives its content and says so", async () => {
    const wire = gzipSync("hello");
    const wrongSum = Buffer.from(wire);
    wrongSum[wire.length - 8] = (wrongSum[wire.length - 8] ?? 0) ^ 1;
    expect(await outcome(wrongSum, "gzip")).toEqual({ content: Buffer.from("hello"), problem: "checksum_mismatch" });
    const wrongSize = Buffer.from(wire);
    wrongSize[wire.length - 1] = 1;
    expect(await outcome(wrongSize, "gzip")).toEqual({ content: Buffer.from("hello"), problem: "size_mismatch" });
  });

  test("of endless empty blocks, empty members or zeros is given up", async () => {
    const header = gzipSync("").subarray(0, 10);
    const block = deflateRawSync("", { finishFlush: constants.Z_FULL_FLUSH });
    const contents = [
      { head: header, body: Buffer.concat(Array.from({ length: 10_000 }, () => block)), problem: /holds_nothing/ },
      { head: gzipSync(""), body: Buffer.alloc(100_000), problem: /holds_nothing/ },
      { head: gzipSync(""), body: Buffer.concat(Array.from({ length: 5_000 }, () => gzipSync(""))), problem: /too_many|holds_nothing/ },
    ];
    for (const { head, body, problem } of contents) {
      let given = 0;
      async function* endless(): AsyncGenerator<Uint8Array> {
        yield head;
        // A test that hangs says less than one that fails.
        while (given < 200 * mebibyte) {
          given += body.length;
          yield body;
        }
      }
      await expect(outcomeOf(inflate(endless(), "gzip", roomy))).rejects.toMatchObject({ code: expect.stringMatching(problem) });
      expect(given).toBeLessThan(20 * mebibyte);
    }
  });
});

describe("zstd", () => {
  test.each(pieceSizes)("of several frames, also skipped ones, is all of them, in pieces of %d bytes", async (pieceBytes) => {
    const skipped = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    const frames = Buffer.concat([skipped, zstdCompressSync("one "), zstdCompressSync("two"), skipped, zstdCompressSync(" three")]);
    expect(await outcome(frames, "zstd", pieceBytes)).toEqual({ content: Buffer.from("one two three"), problem: null });
  });

  test("that asks for very much memory is refused", async () => {
    // A frame's header alone decides: a window of 128 MB, and then a block.
    const frame = Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, (27 - 10) << 3]), Buffer.from([0x01, 0x00, 0x00])]);
    expect((await outcome(frame, "zstd")).problem).toBe("too_large");
  });
});

test("deflate is taken with zlib's header and without", async () => {
  const content = sample(5_000);
  for (const pieceBytes of pieceSizes) expect(await outcome(deflateRawSync(content), "deflate", pieceBytes)).toEqual({ content, problem: null });
});
