import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HttpError } from "../http/index.ts";
import { isForm, receiveForm } from "./multipart.ts";

const mib = 1024 * 1024;
const contentType = "multipart/form-data; boundary=xyz";
const limits = { parts: 3, wireBytes: 64 * mib };

type Part = { name: string; content: string };

function part(name: string, content: string | Buffer, headers = ""): Buffer {
  return Buffer.concat([
    Buffer.from(`--xyz\r\nContent-Disposition: form-data; name="${name}"; filename="a"\r\n${headers}\r\n`),
    Buffer.from(content),
    Buffer.from("\r\n"),
  ]);
}

function form(...parts: Buffer[]): Buffer {
  return Buffer.concat([...parts, Buffer.from("--xyz--\r\n")]);
}

async function* chunksOf(bytes: Uint8Array, size = 1_000): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function textOf(content: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces).toString("latin1");
}

async function receive(wire: AsyncIterable<Uint8Array>, options: { contentType?: string; limits?: typeof limits } = {}): Promise<Part[]> {
  const parts: Part[] = [];
  await receiveForm(wire, { contentType, limits, ...options }, async ({ name, content }) => void parts.push({ name, content: await textOf(content) }));
  return parts;
}

async function refusal(received: Promise<unknown>): Promise<string> {
  const error = await received.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof HttpError)) return `not refused: ${String(error)}`;
  return `${error.status} ${error.code}: ${error.message}`;
}

describe("a form's content type", () => {
  test.each(["multipart/form-data; boundary=x", "Multipart/Form-Data;boundary=x", "multipart/form-data"])("is %j", (text) => {
    expect(isForm(text)).toBe(true);
  });
  test.each(["application/json", "multipart/form-data2; boundary=x", "multipart/mixed; boundary=x", "", undefined])("is not %j", (text) => {
    expect(isForm(text)).toBe(false);
  });
});

describe("a form", () => {
  test("gives its parts in order, whatever the pieces in which it comes, with a file's name or without", async () => {
    const field = Buffer.from('--xyz\r\nContent-Disposition: form-data; name="second"\r\n\r\n--xy\r\n\r\n');
    const wire = form(part("first", "one\r\ntwo"), field, part("third", ""));
    for (const size of [1, 2, 7, 64, 10_000]) {
      expect(await receive(chunksOf(wire, size))).toEqual([
        { name: "first", content: "one\r\ntwo" },
        { name: "second", content: "--xy\r\n" },
        { name: "third", content: "" },
      ]);
    }
  });

  test("keeps every byte of a part", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), fc.integer({ min: 1, max: 3_000 }), async (bytes, size) => {
        const received = await receive(chunksOf(form(part("report", Buffer.from(bytes))), size));
        // The one thing that a part cannot hold is its own boundary, which is chosen so that it does not.
        expect(received).toEqual([{ name: "report", content: Buffer.from(bytes).toString("latin1") }]);
      }),
      { numRuns: 100 },
    );
  });

  test("is read no faster than its parts are taken", async () => {
    let given = 0;
    async function* wire(): AsyncGenerator<Uint8Array> {
      yield part("report", "").subarray(0, -2);
      for (let time = 0; time < 320; time++) {
        given += 65_536;
        yield Buffer.alloc(65_536, "a");
      }
      yield Buffer.from("\r\n--xyz--\r\n");
    }
    let seenAtFirst = 0;
    let length = 0;
    await receiveForm(wire(), { contentType, limits }, async ({ content }) => {
      for await (const piece of content) {
        if (length === 0) {
          // Whoever reads ahead has had every chance to by now.
          for (let turn = 0; turn < 1_000; turn++) await new Promise(setImmediate);
          seenAtFirst = given;
        }
        length += piece.length;
      }
    });
    expect(length).toBe(20 * mib);
    expect(seenAtFirst).toBeLessThan(mib);
  });

  test("ends also when a part is left half read", async () => {
    const names: string[] = [];
    await receiveForm(chunksOf(form(part("first", "a".repeat(500_000)), part("second", "b"))), { contentType, limits }, async ({ name, content }) => {
      names.push(name);
      for await (const piece of content) if (piece.length > 0) break;
    });
    expect(names).toEqual(["first", "second"]);
  });
});

describe("a form is refused", () => {
  test.each([
    ["without a boundary", "multipart/form-data"],
    ["with an empty boundary", "multipart/form-data; boundary="],
    ["with a boundary longer than any", `multipart/form-data; boundary=${"x".repeat(300)}`],
  ])("%s", async (_name, type) => {
    expect(await refusal(receive(chunksOf(form(part("report", "{}"))), { contentType: type }))).toMatch(/^400 /);
  });

  test("that is cut off anywhere", async () => {
    const wire = form(part("places", "{}"), part("report", "x".repeat(3_000)));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: wire.length - 5 }), async (length) => {
        expect(await refusal(receive(chunksOf(wire.subarray(0, length))))).toMatch(/^400 body_incomplete/);
      }),
      { numRuns: 60 },
    );
  });

  test("whose sender goes away", async () => {
    async function* wire(): AsyncGenerator<Uint8Array> {
      yield part("report", "{");
      throw Object.assign(new Error("aborted"), { code: "ECONNRESET" });
    }
    expect(await refusal(receive(wire()))).toMatch(/^400 body_incomplete/);
  });

  test("with more parts than it may have", async () => {
    const parts = Array.from({ length: 5 }, (_, index) => part(`p${index}`, "x"));
    expect(await refusal(receive(chunksOf(form(...parts))))).toBe("400 bad_request: The form has more than 3 parts.");
  });

  test("that is too large, also before its first part and behind its last, and is not read on", async () => {
    for (const start of ["", part("report", "").subarray(0, -2), form(part("report", "x"))]) {
      let given = 0;
      async function* endless(): AsyncGenerator<Uint8Array> {
        yield Buffer.from(start);
        // A test that hangs says less than one that fails.
        for (; given < 64 * mib; given += 65_536) yield Buffer.alloc(65_536, "a");
      }
      expect(await refusal(receive(endless(), { limits: { parts: 3, wireBytes: 2 * mib } }))).toMatch(/^413 body_too_large/);
      expect(given).toBeLessThan(3 * mib);
    }
  });

  test("with a part in an encoding of mail", async () => {
    expect(await refusal(receive(chunksOf(form(part("report", "e30=", "Content-Transfer-Encoding: base64\r\n")))))).toMatch(
      /^400 field_invalid: report: comes with content-transfer-encoding base64/,
    );
  });

  test("by whoever takes its parts, at once", async () => {
    let given = 0;
    async function* wire(): AsyncGenerator<Uint8Array> {
      yield part("report", "").subarray(0, -2);
      for (; given < 32 * mib; given += 65_536) yield Buffer.alloc(65_536, "a");
    }
    const received = receiveForm(wire(), { contentType, limits }, async () => {
      throw new HttpError("conflict");
    });
    expect(await refusal(received)).toMatch(/^409 /);
    expect(given).toBeLessThan(2 * mib);
  });

  test("by whoever takes its parts, also long after all of it has come", async () => {
    const received = receiveForm(chunksOf(form(part("places", "{}"))), { contentType, limits }, async ({ content }) => {
      await textOf(content);
      for (let turn = 0; turn < 1_000; turn++) await new Promise(setImmediate);
      throw new HttpError("conflict");
    });
    expect(await refusal(received)).toMatch(/^409 /);
  });
});

describe("headers of a part", () => {
  test("that never end fill no memory, and the part is none", async () => {
    const wire = Buffer.concat([Buffer.from("--xyz\r\n"), Buffer.alloc(5 * mib, "x: y\r\n"), Buffer.from("\r\n\r\nz\r\n"), form()]);
    expect(await receive(chunksOf(wire, 65_536))).toEqual([]);
  });

  test.each([
    ["none", "--xyz\r\n\r\nx\r\n"],
    ["no name", '--xyz\r\nContent-Disposition: form-data; filename="x"\r\n\r\nx\r\n'],
    ["another disposition", '--xyz\r\nContent-Disposition: attachment; name="report"\r\n\r\nx\r\n'],
    ["a name of a prototype", '--xyz\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\nx\r\n'],
    ["a broken percent-encoding", "--xyz\r\nContent-Disposition: form-data; name*=utf-8''%E0%A4%A\r\n\r\nx\r\n"],
    ["an unknown character set", "--xyz\r\nContent-Disposition: form-data; name*=nothing''%E0\r\n\r\nx\r\n"],
    ["a nested form", '--xyz\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n--q--\r\n'],
  ])("(%s) end no process", async (_name, text) => {
    const parts = await receive(chunksOf(form(Buffer.from(text), part("report", "{}"))));
    expect(parts.at(-1)).toEqual({ name: "report", content: "{}" });
  });

  test("of any bytes whatever end no process, and the form ends or is refused", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constantFrom("--xyz", "\r\n", "--", "\r\n\r\n", 'Content-Disposition: form-data; name="a"'), fc.string()), { maxLength: 30 }),
        async (texts) => {
          const outcome = await refusal(receive(chunksOf(Buffer.from(texts.join("")), 3)));
          expect(outcome).toMatch(/^(not refused: null|400 )/);
        },
      ),
      { numRuns: 500 },
    );
  });
});
