import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maximumTextLength, readLineText } from "./line-text.ts";

describe("a line's text", () => {
  test.each([
    ["GitHub's time", "2026-11-02T10:20:30.1234567Z npm ERR! code 1", "npm ERR! code 1"],
    ["a byte order mark before it", "\uFEFF2026-11-02T10:20:30.1234567Z first", "first"],
    ["a byte order mark alone", "\uFEFFfirst", "first"],
    ["the columns of gh", "build\tRun tests\t\uFEFF2026-11-02T10:20:30.1234567Z ok", "ok"],
    ["GitLab's stream", "2026-11-02T10:20:30.123456Z 01O ok", "ok"],
    ["Taskcluster's stamp", "[task 2026-11-02T10:20:30.123Z] 10:20:30     INFO -  ok", "ok"],
    ["Jenkins' stamp", "[2026-11-02T10:20:30.123Z] ok", "ok"],
    ["a clock", "10:20:30.123 ok", "ok"],
    ["colours", "\u001b[31mred\u001b[0m", "red"],
    ["a return at the end", "ok\r", "ok"],
    ["what a progress bar wrote over", "2026-11-02T10:20:30Z  10 %\r 50 %\r100 %\r", "100 %"],
    ["buildkit's place", "#12 3.456 ok", "ok"],
    ["Ant's task", "    [junit] ok", "ok"],
    ["a branch before Maven's level", "[Linux JDK8] [ERROR] x", "[ERROR] x"],
  ])("is without %s", (_name, raw, text) => {
    expect(readLineText(raw).text).toBe(text);
  });

  test.each([
    ["blanks at its beginning", "    at a.b(c.js:1)"],
    ["levels in brackets", "[ERROR] x"],
    ["U+2028, form feed and U+0085", "a\u2028b\fc\u0085d"],
    ["numbers that are no clock", "10:20 x"],
    ["tabs", "a\tb"],
  ])("keeps %s", (_name, raw) => {
    expect(readLineText(raw).text).toBe(raw);
  });

  test("has the runner's command and the time beside it", () => {
    expect(readLineText("2026-11-02T10:20:30.5Z ##[error]Process completed with exit code 1.")).toEqual({
      text: "Process completed with exit code 1.",
      command: "error",
      time: Date.UTC(2026, 10, 2, 10, 20, 30, 500),
    });
    expect(readLineText("plain")).toEqual({ text: "plain", command: undefined, time: undefined });
    expect(readLineText("2026-13-40T10:20:30Z x").time).toBeUndefined();
  });

  test("is at most 2,000 characters long, and cuts no character in two", () => {
    expect(readLineText("x".repeat(5_000)).text).toHaveLength(maximumTextLength);
    expect(readLineText(`${"x".repeat(maximumTextLength - 1)}😀`).text).toBe("x".repeat(maximumTextLength - 1));
  });

  test("holds neither an escape nor a return, whatever the line holds", () => {
    const part = fc.constantFrom("\u001b[31m", "\u001b", "\r", "2026-11-02T10:20:30Z ", "##[error]", "#1 0.5 ", "x", " ", "\t", "\uFEFF", "[", "😀");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const { text } = readLineText(parts.join(""));
        expect(text).not.toMatch(/[\u001b\r]/);
        expect(text.length).toBeLessThanOrEqual(maximumTextLength);
      }),
    );
  });
});
