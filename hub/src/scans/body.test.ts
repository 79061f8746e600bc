import { createHash, randomBytes } from "node:crypto";
import { setImmediate, setTimeout } from "node:timers/promises";
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HttpError } from "../http/index.ts";
import { type BodyLimits, type ReceivedBody, receiveBody } from "./body.ts";

const mib = 1024 * 1024;
const roomy: BodyLimits = { inflatedBytes: 64 * mib, keepBytes: 2 * mib };

async function* chunksOf(bytes: Uint8Array, sizes: readonly number[] = [64 * 1024]): AsyncGenerator<Uint8Array> {
  for (let start = 0, turn = 0; start < bytes.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    yield bytes.subarray(start, start + size);
    start += size;
  }
}

/** What was received, and the pieces that were stored, in the order of their ordinals. */
async function receive(
  wire: Uint8Array,
  options: { limits?: BodyLimits; contentEncoding?: string; sizes?: readonly number[] } = {},
): Promise<ReceivedBody & { pieces: Buffer[] }> {
  const pieces: Buffer[] = [];
  const body = await receiveBody(chunksOf(wire, options.sizes), {
    contentEncoding: options.contentEncoding,
    limits: options.limits ?? roomy,
    async store(ordinal, piece) {
      const copy = Buffer.from(piece);
      // As a database does: others get their turn before it is stored.
      await setImmediate();
      expect(ordinal).toBe(pieces.length);
      pieces.push(copy);
    },
  });
  return { ...body, pieces };
}

async function refusal(received: Promise<unknown>): Promise<string> {
  const error = await received.then(
    () => new Error("it was taken"),
    (caught: unknown) => caught,
  );
  if (error instanceof HttpError) return `${error.status} ${error.code}`;
  throw error;
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Bytes that compress to about a third. */
function sample(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let index = 0, state = 1; index < length; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = 97 + ((state >>> 24) % 6);
  }
  return bytes;
}

describe("a body", () => {
  test("is the same however it is cut and whether it is compressed, small ones in memory and large ones in pieces that are the wire's bytes", async () => {
    const content = sample(5 * mib);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: content.length }),
        fc.boolean(),
        fc.array(fc.integer({ min: 1, max: 700_000 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 3 * mib }),
        async (length, isGzip, sizes, keepBytes) => {
          const plain = content.subarray(0, length);
          const wire = isGzip ? gzipSync(plain, { level: 1 }) : plain;
          const body = await receive(wire, { sizes: [...sizes, 50_000], limits: { inflatedBytes: 64 * mib, keepBytes } });
          expect(body).toMatchObject({ encoding: isGzip ? "gzip" : null, inflatedBytes: length, wireBytes: wire.length });
          expect(body.sha256().toString("hex")).toBe(sha256(plain));
          expect(Buffer.compare(body.head, plain.subarray(0, 64 * 1024))).toBe(0);
          if (length <= keepBytes) {
            expect(body.bytes?.equals(plain)).toBe(true);
            expect(body.pieces).toEqual([]);
            return;
          }
          expect(body.bytes).toBeNull();
          expect(Buffer.concat(body.pieces).equals(wire)).toBe(true);
          expect(body.pieces.slice(0, -1).every((piece) => piece.length === mib)).toBe(true);
          expect(body.pieces.every((piece) => piece.length > 0 && piece.length <= mib)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("that is large and compressed is stored whole, also where the database is slower than the wire", async () => {
    const text = Buffer.from(Array.from({ length: 150_000 }, () => randomBytes(30).toString("base64")).join("\n"));
    const wire = gzipSync(text, { level: 1 });
    // The wire pauses now and then, and storing takes its time: both sides get their turn while the other waits.
    async function* source(): AsyncGenerator<Uint8Array> {
      for await (const chunk of chunksOf(wire)) {
        yield chunk;
        if (Math.random() < 0.2) await setTimeout(0);
      }
    }
    for (let round = 0; round < 6; round++) {
      const pieces: Buffer[] = [];
      await receiveBody(source(), {
        contentEncoding: "gzip",
        limits: roomy,
        async store(_ordinal, piece) {
          const copy = Buffer.from(piece);
          await setTimeout(3);
          pieces.push(copy);
        },
      });
      expect(sha256(Buffer.concat(pieces))).toBe(sha256(wire));
    }
  });

  test("of one byte at a time is told as gzip by its first two", async () => {
    const wire = gzipSync("hello");
    expect((await receive(wire, { sizes: [1] })).bytes?.toString()).toBe("hello");
  });

  test("of nothing is nothing", async () => {
    expect(await receive(Buffer.alloc(0))).toMatchObject({ bytes: Buffer.alloc(0), inflatedBytes: 0, wireBytes: 0, encoding: null, pieces: [] });
  });

  test("of several gzip streams one behind the other is all of them", async () => {
    expect((await receive(Buffer.concat([gzipSync("one "), gzipSync("two")]))).bytes?.toString()).toBe("one two");
  });

  test("keeps what a storing that fails says, and takes nothing more", async () => {
    const failing = receiveBody(chunksOf(sample(4 * mib)), {
      contentEncoding: undefined,
      limits: roomy,
      store: () => Promise.reject(new Error("the disk is full")),
    });
    await expect(failing).rejects.toThrow("the disk is full");
  });
});

describe("the announced encoding", () => {
  test.each([undefined, "", "identity", "gzip", "x-gzip", " GZIP "])("%j is taken for a gzip body", async (contentEncoding) => {
    const body = await receive(gzipSync("hello"), contentEncoding === undefined ? {} : { contentEncoding });
    expect(body.bytes?.toString()).toBe("hello");
  });

  test.each(["compress", "gzip, gzip", "utf-8"])("%j is refused", async (contentEncoding) => {
    expect(await refusal(receive(Buffer.from("hello"), { contentEncoding }))).toBe("415 encoding_unknown");
  });

  test.each([
    ["br", brotliCompressSync],
    ["zstd", zstdCompressSync],
    ["deflate", deflateSync],
    ["gzip", gzipSync],
  ] as const)("%j is taken off, whole and in single bytes", async (contentEncoding, compress) => {
    const wire = compress(Buffer.from("hello ".repeat(100)));
    for (const sizes of [[wire.length], [1]]) {
      const body = await receive(wire, { contentEncoding, sizes });
      expect(body).toMatchObject({ encoding: contentEncoding, inflatedBytes: 600 });
    }
    expect(await refusal(receive(wire.subarray(0, -3), { contentEncoding }))).toBe("400 body_incomplete");
  });

  test("is refused when it says gzip and the body is none", async () => {
    expect(await refusal(receive(Buffer.from("hello"), { contentEncoding: "gzip" }))).toBe("400 bad_request");
    expect(await refusal(receive(Buffer.alloc(0), { contentEncoding: "gzip" }))).toBe("400 body_incomplete");
  });
});

describe("a damaged body", () => {
  const wire = gzipSync(sample(100_000));

  test("that was cut off anywhere is refused as incomplete", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: wire.length - 1 }), async (length) => {
        expect(await refusal(receive(wire.subarray(0, length), { sizes: [10_000] }))).toBe("400 body_incomplete");
      }),
      { numRuns: 30 },
    );
  });

  test("that is broken in its middle or its checksum is refused", async () => {
    const broken = Buffer.from(wire);
    broken.fill(0xff, 5_000, 5_050);
    expect(await refusal(receive(broken))).toMatch(/^400 /);
    const wrongSum = Buffer.from(wire);
    wrongSum[wrongSum.length - 6] = (wrongSum[wrongSum.length - 6] ?? 0) ^ 1;
    expect(await refusal(receive(wrongSum))).toBe("400 bad_request");
  });

  test("whose sender went away is refused as incomplete", async () => {
    async function* goesAway(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("{");
      throw Object.assign(new Error("aborted"), { code: "ECONNRESET" });
    }
    expect(await refusal(receiveBody(goesAway(), { contentEncoding: undefined, limits: roomy }))).toBe("400 body_incomplete");
  });

  test("with something behind the gzip stream ends, and is what the stream holds", async () => {
    const body = await receive(Buffer.concat([gzipSync("hello"), Buffer.alloc(300_000, "x")]), { sizes: [1_000] }).catch((error: unknown) => error);
    if (body instanceof Error) expect(body).toBeInstanceOf(HttpError);
    else expect(body).toMatchObject({ inflatedBytes: 5 });
  });
});

describe("a body that is too large", () => {
  test("is refused at the limit and not a byte earlier, plain and compressed", async () => {
    const limits = { inflatedBytes: 1_000_000, keepBytes: 2_000_000 };
    expect((await receive(sample(1_000_000), { limits })).inflatedBytes).toBe(1_000_000);
    expect((await receive(gzipSync(sample(1_000_000)), { limits })).inflatedBytes).toBe(1_000_000);
    expect(await refusal(receive(sample(1_000_001), { limits }))).toBe("413 body_too_large");
    expect(await refusal(receive(gzipSync(sample(1_000_001)), { limits }))).toBe("413 inflated_too_large");
  });

  test("is not read on: what comes behind the limit is never asked for", async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        given += 65_536;
        yield sample(65_536);
      }
    }
    const limits = { inflatedBytes: mib, keepBytes: 2 * mib };
    expect(await refusal(receiveBody(endless(), { contentEncoding: undefined, limits }))).toBe("413 body_too_large");
    expect(given).toBeLessThan(2 * mib);
  });

  test("is a bomb when it inflates to more than 100 times its size", async () => {
    expect(await refusal(receive(gzipSync(Buffer.alloc(32 * mib)), { sizes: [1_000] }))).toBe("413 inflated_too_large");
  });

  test("is none when it is small, whatever its ratio", async () => {
    expect((await receive(gzipSync(Buffer.alloc(4 * mib)))).inflatedBytes).toBe(4 * mib);
  });

  test("is refused when it is a gzip stream without an end that holds nothing", async () => {
    let given = 0;
    // A header, and then empty blocks for ever.
    const header = gzipSync("").subarray(0, 10);
    const empty = deflateRawSync("", { finishFlush: constants.Z_FULL_FLUSH });
    const blocks = Buffer.concat(Array.from({ length: 10_000 }, () => empty));
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield header;
      // A test that hangs says less than one that fails.
      while (given < 200 * mib) {
        given += blocks.length;
        yield blocks;
      }
    }
    const pieces: number[] = [];
    const received = receiveBody(endless(), { contentEncoding: "gzip", limits: roomy, store: async (ordinal) => void pieces.push(ordinal) });
    expect(await refusal(received)).toMatch(/^413 /);
    expect(given).toBeLessThan(20 * mib);
  });
});
