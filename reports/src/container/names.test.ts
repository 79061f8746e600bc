import fc from "fast-check";
import { expect, test } from "vitest";
import { isPassedOver, shownName } from "./names.ts";

test.each([
  ["reports/trivy.json", "reports/trivy.json"],
  ["../../etc/passwd", "etc/passwd"],
  ["/etc/passwd", "etc/passwd"],
  ["C:\\build\\junit.xml", "build/junit.xml"],
  ["c:junit.xml", "junit.xml"],
  ["\\\\server\\share\\a", "server/share/a"],
  ["a/./b/.../c", "a/b/.../c"],
  ["a\0b\r\nc\u001b[31m", "a\uFFFDb\uFFFD\uFFFDc\uFFFD[31m"],
  ["xml.\u202Enosj", "xml.\uFFFDnosj"],
  ["a\ud800b", "a\uFFFDb"],
  ["", "unnamed"],
  ["../", "unnamed"],
  ["日本/語.xml", "日本/語.xml"],
])("%j is shown as %j", (name, shown) => {
  expect(shownName(name)).toBe(shown);
});

test("any name is shown in at most 200 well-formed characters that lead nowhere", () => {
  const part = fc.oneof(fc.constantFrom("/", "\\", "..", ".", "\0", "C:", "😀", "\u2066"), fc.string({ unit: "binary", maxLength: 60 }));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
      const shown = shownName(parts.join(""));
      expect(shown.length).toBeGreaterThan(0);
      expect(shown.length).toBeLessThanOrEqual(200);
      expect(shown.isWellFormed()).toBe(true);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\\]/u);
      expect(shown.split("/")).not.toContain("..");
      expect(shown.startsWith("/")).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test("a name that leads upwards is no hidden one", () => {
  expect(isPassedOver("../a.xml")).toBe(false);
  expect(isPassedOver("./a.xml")).toBe(false);
  expect(isPassedOver("a/.b/c.xml")).toBe(true);
  expect(isPassedOver("x/__MACOSX/a.xml")).toBe(false);
});
