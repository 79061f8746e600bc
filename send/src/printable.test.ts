import { describe, expect, test } from "vitest";
import { printable, printableLines } from "./printable.ts";

describe("a text that somebody else wrote", () => {
  test("loses terminal escapes with all that belongs to them", () => {
    expect(printable("a\u001b[31;1mred\u001b[0m b")).toBe("ared b");
    expect(printable("\u001b]0;title\u0007x")).toBe("x");
    expect(printable("\u001b]8;;http://evil.example\u001b\\click\u001b]8;;\u001b\\")).toBe("click");
    expect(printable("\u009b2Jx\u001b7y\u001bcz")).toBe("xyz");
    expect(printable("\u001bPq#0;2;0;0;0\u001b\\after")).toBe("after");
  });

  test("stays one line, whatever it uses to break it", () => {
    for (const breaker of ["\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029", "\u000b", "\u000c"]) expect(printable(`a${breaker}b`)).toBe("a b");
  });

  test("cannot overwrite what stands before it or turn its direction", () => {
    expect(printable("safe\b\b\b\bevil")).toBe("safe evil");
    expect(printable("a\u202eb\u2066c\u200bd")).toBe("a b c d");
    expect(printable("\u0000\u007f")).toBe("");
  });

  test("gives no orders to GitHub's runner", () => {
    expect(printable("::set-output name=x::y")).not.toMatch(/^::/);
    expect(printable(" \u001b[0m ::add-mask::x")).not.toMatch(/^\s*::/);
    expect(printable("a ##[add-mask]b")).not.toContain("##[");
  });

  test("shows no token of ours", () => {
    expect(printable("--token=sent_kcHP8QymZFsrvZIvTlDFzzjmIc9szqNxjjyKLMHPLj81j1LLs")).toBe("--token=sent_[redacted]");
  });

  test("keeps letters of all scripts", () => {
    expect(printable("Prüfung 検査 тест é 🙂")).toBe("Prüfung 検査 тест é 🙂");
  });

  test("keeps its lines where lines are wanted, each of them safe", () => {
    expect(printableLines("a\n  at b\u001b[2J (c)\nd")).toBe("a\n  at b (c)\nd");
  });
});
