import { describe, expect, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { tsc } from "./tsc.ts";

describe("TypeScript's errors", () => {
  test.each([
    ["src/a.ts(1,7): error TS2322: Type 'string' is not assignable to type 'number'.", "code.typecheck"],
    ["src/a.ts:1:7 - error TS2322: Type 'string' is not assignable to type 'number'.", "code.typecheck"],
    [
      "\u001b[96msrc/a.ts\u001b[0m:\u001b[93m1\u001b[0m:\u001b[93m7\u001b[0m - \u001b[91merror\u001b[0m\u001b[90m TS2304: \u001b[0mCannot find name 'x'.",
      "code.typecheck",
    ],
    ["##[error]src/a.ts(3,1): error TS1005: ')' expected.", "code.syntax"],
    ["my-package: [types] src/a.tsx(4,26): error TS2307: Cannot find module 'b' or its corresponding type declarations.", "code.typecheck"],
    ["@scope/web:build: src/a.ts(4,26): error TS2307: Cannot find module 'b'.", "code.typecheck"],
    ["packages/web build: src/a.ts(4,26): error TS2307: Cannot find module 'b'.", "code.typecheck"],
    ["Error: src/app/app.component.ts:10:3 - error TS2339: Property 'x' does not exist on type 'A'.", "code.typecheck"],
    ["ERROR in src/app/app.component.ts(10,3): error TS2339: Property 'x' does not exist on type 'A'.", "code.typecheck"],
    ["src/app/a.html:1:2 - error NG8001: 'app-x' is not a known element:", "code.typecheck"],
    ["[!] (rpt2 plugin) Error: /w/src/a.ts(1,2): semantic error TS2345: Argument of type 'x'.", "code.typecheck"],
    ["src/pages/a.astro:3:4 - error ts(2322): Type 'x' is not assignable.", "code.typecheck"],
    ["error TS18003: No inputs were found in config file '/w/tsconfig.json'.", "config.toolchain"],
    ["tsconfig.json(1,21): error TS5023: Unknown compiler option 'zzz'.", "config.toolchain"],
    ['lib/index.d.ts:5:1 - (ae-forgotten-export) The symbol "A" needs to be exported', "policy.gate"],
  ])("name the place, or the option: %s", (line, category) => {
    expect(sightingsOf(tsc, `${line}\n`)).toMatchObject([{ line: 1, strength: "cause", category }]);
  });

  test("stand below the file with fork-ts-checker", () => {
    expect(sightingsOf(tsc, "ERROR in src/a.ts:1:7\nTS2322: Type 'string' is not assignable to type 'number'.\n")).toMatchObject([
      { line: 2, strength: "cause" },
    ]);
  });

  test("are those of ts-node, not its first line", () => {
    const diagnosis = diagnoseStep(
      "TSError: ⨯ Unable to compile TypeScript:\nsrc/a.ts:1:7 - error TS2322: Type 'a' is not assignable to type 'b'.\n\n1 const x",
    );
    expect(diagnosis).toMatchObject({ category: "code.typecheck", cause: { line: 6 } });
  });

  test("say less when the script says that it ignores them", () => {
    expect(sightingsOf(tsc, "src/a.ts(1,7): error TS2322: no\nIgnoring TypeScript errors\n")).toMatchObject([{ strength: "likely" }]);
  });

  test("are not seen where there are none", () => {
    expect(
      sightingsOf(
        tsc,
        "Found 0 errors. Watching for file changes.\nTypeScript: 0 errors\nts-jest[config] (WARN) message TS151001: If you have\nFound 3 errors in 2 files (checked 9 source files)\n",
      ),
    ).toEqual([]);
  });
});
