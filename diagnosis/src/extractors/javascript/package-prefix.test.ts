import { describe, expect, test } from "vitest";
import { categoryOfModule, missingModule } from "./module-names.ts";
import { textsOf } from "./package-prefix.ts";

describe("what stands in front of a line", () => {
  test.each([
    ["my-package: src/a.ts", "src/a.ts"],
    ["@scope/web:build: src/a.ts", "src/a.ts"],
    ["packages/web build: src/a.ts", "src/a.ts"],
    ["[@scope/web]: src/a.ts", "src/a.ts"],
    ["[0] src/a.ts", "src/a.ts"],
    ["web_1  | src/a.ts", "src/a.ts"],
    ["[12:00:00] src/a.ts", "src/a.ts"],
    ["my-package: [types] src/a.ts", "src/a.ts"],
  ])("%s is taken off", (line, bare) => {
    expect(textsOf(line)).toContain(bare);
    expect(textsOf(line)[0]).toBe(line);
  });

  test.each(["error: x", "warning: x", "[ERROR] x", "[!] x", "Error: x"])("%s keeps what is the tool's own", (line) => {
    expect(textsOf(line)).toEqual([line]);
  });
});

describe("a module that is not there", () => {
  test("is a package, or a file of one's own", () => {
    expect(["lodash", "@scope/x", "lodash/fp"].map(categoryOfModule)).toEqual(Array(3).fill("dependency.missing_module"));
    expect(["./x", "../x", "/w/x", "@/x", "~/x", "C:\\x"].map(categoryOfModule)).toEqual(Array(6).fill("code.import_error"));
    expect(categoryOfModule("node:test")).toBe("config.toolchain");
  });

  test("is found in the words of many tools", () => {
    expect(missingModule("Module not found: Error: Can't resolve 'a' in '/w'")).toBe("dependency.missing_module");
    expect(missingModule('Could not resolve "./b" from "src/a.js"')).toBe("code.import_error");
    expect(missingModule("all is well")).toBeUndefined();
  });
});
