import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import type { ReportReader } from "./reader.ts";
import { checkCuts } from "./testing/hostility.ts";
import { bytesOf, readAll } from "./testing/read-all.ts";

const guide = readFileSync(join(import.meta.dirname, "../../docs/guides/add-a-format.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "sentinal-guide-"));
afterAll(() => rmSync(folder, { recursive: true }));

const fences = (language: string) => [...guide.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"))].map(([, text = ""]) => text);

/** Writes the guide's files to a folder elsewhere, from where they import what is here. */
function writeExample(): string[] {
  return fences("ts").flatMap((text) => {
    const path = /^\/\/ reports\/src\/(\S+)\n/.exec(text)?.[1];
    if (path === undefined || path.endsWith(".test.ts")) return [];
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    const root = pathToFileURL(`${import.meta.dirname}/`).href;
    writeFileSync(target, text.replaceAll(/from "\.\.\//g, `from "${root}`));
    return [target];
  });
}

function isReader(value: unknown): value is ReportReader {
  return typeof value === "object" && value !== null && "sniff" in value && "read" in value;
}

async function exampleReader(): Promise<ReportReader> {
  const path = writeExample().find((name) => name.endsWith("reader.ts"));
  const module: Record<string, unknown> = path === undefined ? {} : await import(pathToFileURL(path).href);
  const reader = Object.values(module).find(isReader);
  if (reader === undefined) throw new Error("the guide shows no reader");
  return reader;
}

describe("the example in the guide on adding a format", () => {
  const report: unknown = JSON.parse(fences("json")[0] ?? "");

  test("tells its report, and is silent where the content is", async () => {
    const reader = await exampleReader();
    expect(reader.sniff(bytesOf(report))).toBe(1);
    expect(reader.sniff(bytesOf("[]"))).toBe(0);
  });

  test("reads its report as the guide says", async () => {
    const reader = await exampleReader();
    const { findings, summary, problems } = await readAll(reader, report);
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({ tool: "ShellCheck", shape: "json1" });
    expect(findings).toMatchObject([
      { rule: "SC2045", severity: "high", path: "build.sh", line: 2, isPlaced: true },
      { rule: "SC2086", severity: "info", detail: { fixable: true } },
    ]);
    await checkCuts(reader, report);
  });
});
