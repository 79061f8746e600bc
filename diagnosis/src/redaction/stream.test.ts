import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { pemLines, placeMakers, seededRandom, text, tokenMakers } from "./fixture.ts";
import { redactor, redactText } from "./stream.ts";

const stamp = "2026-01-02T03:04:05.6789012Z ";

describe("As a stream", () => {
  const random = seededRandom(29);
  const log = [
    ...tokenMakers.map(([, make]) => `${stamp}value ${make(random)} end`),
    ...placeMakers.map(([, make]) => make(random).text),
    ...pemLines(random),
    `${"long ".repeat(15_000)}${tokenMakers[0]?.[1](random)} ${"tail ".repeat(9_000)}`,
    `x${"ab/".repeat(60_000)} password="${text(random, 18)}9x" rest`,
    ...tokenMakers.map(([, make]) => Buffer.from(` ${make(random)} `).toString("base64")),
    ...tokenMakers.map(([, make]) => [..."use ", ...make(random)].map((sign) => (random() < 0.2 ? `${sign}\u001b[0m` : sign)).join("")),
    `a \u001b[1ms.${text(random, 24)}`,
    "the end, without a line end",
  ].join("\n");
  const bytes = Buffer.from(log);
  const whole = redactText(log);

  test("what holds no secret passes byte for byte, valid text or not", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        const stage = redactor();
        const result = Buffer.concat([stage.write(bytes), stage.end()]);
        if (stage.count === 0) expect(result.equals(bytes)).toBe(true);
      }),
    );
    const odd = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf, 0, 0xff, 0xfe, 13, 10, 13, 13, 10, 0xc3, 10, 0, 10])]);
    const stage = redactor();
    expect(Buffer.concat([stage.write(odd), stage.end()]).equals(odd)).toBe(true);
  });

  test("the result is the same however the bytes are cut", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 90_000 })), { minLength: 1, maxLength: 60 }), (sizes) => {
        const stage = redactor();
        const out: Buffer[] = [];
        for (let from = 0, turn = 0; from < bytes.length; turn++) {
          const to = from + (sizes[turn % sizes.length] ?? 1) * (turn > 400 ? 50 : 1);
          out.push(Buffer.from(stage.write(bytes.subarray(from, to))));
          from = to;
        }
        out.push(Buffer.from(stage.end()));
        expect(Buffer.concat(out).equals(Buffer.from(whole))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("one byte at a time gives the same too", () => {
    const short = bytes.subarray(0, 12_000);
    const stage = redactor();
    const out = Array.from(short, (byte) => Buffer.from(stage.write(Uint8Array.of(byte))));
    expect(Buffer.concat([...out, stage.end()]).toString()).toBe(redactText(short.toString()));
  });

  test("no line is added or lost, and redacting twice changes nothing", () => {
    expect(whole.split("\n")).toHaveLength(log.split("\n").length);
    expect(redactText(whole)).toBe(whole);
  });

  test("each redaction is told with its line", () => {
    const lines: number[] = [];
    const stage = redactor({ onRedaction: ({ line }) => lines.push(line) });
    const secret = tokenMakers[0]?.[1](random) ?? "";
    for (const piece of [`one\n\n${secret}\nfour ${secret} and ${secret.slice(0, 10)}`, `x\n`, `six\n${"y".repeat(100_000)}`, ` ${secret}\n${secret}`])
      stage.write(Buffer.from(piece));
    stage.end();
    expect(lines).toEqual([3, 4, 6, 7]);
  });

  test("a line without end is held back no further than the limit, and secrets in it are found", () => {
    const stage = redactor();
    const piece = Buffer.from("no end in sight ".repeat(4_096));
    const secret = tokenMakers[0]?.[1](random) ?? "";
    let given = 0;
    for (let turn = 0; turn < 100; turn++) given += stage.write(piece).length;
    expect(100 * piece.length - given).toBeLessThanOrEqual(64 * 1024);
    stage.write(Buffer.from(secret));
    for (let turn = 0; turn < 3; turn++) stage.write(piece);
    expect([...stage.kinds]).toEqual([["github-token", 1]]);
  });

  test("secrets at every place around the edge of a window are found", () => {
    const secret = `${tokenMakers[0]?.[1](random)} password="${text(random, 20)}9x" ${Buffer.from(` ${tokenMakers[1]?.[1](random)}`).toString("base64")}`;
    const expected = redactText(secret);
    for (let before = 47_900; before < 49_300; before += 7) {
      const line = `${". ".repeat(before >> 1)}${secret} ${". ".repeat(10_000)}`;
      expect(redactText(line)).toBe(line.replace(secret, expected));
    }
  });
});

describe("Hostile lines of 2 MB pass in linear time", () => {
  const pieces = [
    "ghp_",
    "token=",
    "token='",
    "password: ",
    "://a:b@",
    "://",
    "eyJ",
    "eyJ.",
    "-----BEGIN PRIVATE KEY-----",
    "-----BEGIN ",
    "authorization:",
    "bearer%20",
    "cookie=a=",
    "sig%3d",
    "\\u00",
    "%2f",
    "\u001b]",
    "\u001b[",
    "\\n\\n",
    "Z2hwX",
    "6768705f",
    "::add-mask::",
    "[redacted ",
    "AKIA",
    " s.",
    "token=a&",
    'secret":"',
    ",token=",
  ];
  test.each(pieces)("%j again and again", (piece) => {
    const line = Buffer.from(piece.repeat(Math.ceil(2_000_000 / piece.length)));
    const stage = redactor();
    const length = stage.write(line).length + stage.end().length;
    expect(length).toBeGreaterThan(0);
  });
});
