import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readInputs } from "./inputs.ts";

const root = join(import.meta.dirname, "..", "..");
const file = readFileSync(join(root, "action", "action.yml"), "utf8");
const guide = readFileSync(join(root, "docs", "guides", "send-from-github-actions.md"), "utf8");

/** The names one level below `inputs:` or `outputs:`. */
function namesBelow(key: string): string[] {
  const block = new RegExp(`^${key}:\\n((?: .*\\n)+)`, "m").exec(file)?.[1] ?? "";
  return [...block.matchAll(/^ {2}([\w-]+):/gm)].map((match) => match[1] ?? "");
}

function namesInTable(heading: string): string[] {
  const section = guide.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  return [...section.matchAll(/^\| `([\w-]+)` \|/gm)].map((match) => match[1] ?? "");
}

describe("action.yml", () => {
  test("names the inputs that are read, and the guide tells of each", () => {
    const read = new Set<string>();
    const environment = new Proxy<Record<string, string>>(
      {},
      {
        get(_target, name) {
          read.add(String(name));
          return name === "INPUT_FILES" ? "a.json" : undefined;
        },
      },
    );
    readInputs(environment);
    expect([...read].toSorted()).toEqual(
      namesBelow("inputs")
        .map((name) => `INPUT_${name.toUpperCase()}`)
        .toSorted(),
    );
    expect(namesInTable("Inputs").toSorted()).toEqual(namesBelow("inputs").toSorted());
  });

  test("names the outputs, and the guide tells of each", () => {
    expect(namesBelow("outputs").toSorted()).toEqual(["gate", "result"]);
    expect(namesInTable("Outputs").toSorted()).toEqual(["gate", "result"]);
  });

  test("runs the file that is checked in, by the runner's Node 24", () => {
    expect(file).toContain("using: node24\n  main: dist/index.js\n");
  });
});
