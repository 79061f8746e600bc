import fc from "fast-check";
import { expect, test } from "vitest";
import { durationMsOf } from "./duration.ts";

test.each<[string, number]>([
  ["0", 0],
  ["0.5", 500],
  [".25", 250],
  ["12.", 12_000],
  [" 1.5 ", 1_500],
  ["1e-05", 0.01],
  ["4.50611114501953e-05", 0.045],
  ["0.0000001", 0],
  ["1,234", 1_234_000],
  ["1,234.5", 1_234_500],
  ["1.234,5", 1_234_500],
  ["1,234,567", 1_234_567_000],
  ["1 234.5", 1_234_500],
  ["1\u00a0234,5", 1_234_500],
  ["1'234.5", 1_234_500],
  ["0,123", 123],
  ["1,5", 1_500],
  ["1234,567", 1_234_567],
  ["12ms", 12],
  ["12 ms", 12],
  ["1.5s", 1_500],
  ["2 min", 120_000],
  ["350µs", 0.35],
  ["1500000 ns", 1.5],
  ["0:01:02.5", 62_500],
  ["00:00:00,250", 250],
  ["02:03", 123_000],
  ["999638317", 999.638],
])("%j is %d ms", (time, ms) => {
  expect(durationMsOf(time)).toBe(ms);
});

test.each([undefined, "", " ", "abc", "-1", "NaN", "Infinity", "1e999", "1.2.3s4", "0x10", "12 parsecs", "1:2:3:4", "<<computed>>s", "٣"])(
  "%j is none",
  (time) => {
    expect(durationMsOf(time)).toBeNull();
  },
);

test("any text is a duration in reason or none, in a time that grows with it alone", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("1", "0", ",", ".", "e", "-", " ", "m", "s", ":", "x"), maxLength: 60 }), (time) => {
      const ms = durationMsOf(time);
      return ms === null || (Number.isFinite(ms) && ms >= 0 && ms <= 1e12);
    }),
  );
  expect(durationMsOf("1,".repeat(5_000_000))).toBeNull();
});
