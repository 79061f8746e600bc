import { describe, expect, test } from "vitest";
import { nameOfUnsupported, readerOf, readers, recognise } from "./index.ts";
import { bytesOf } from "./testing/read-all.ts";
import { everyShape } from "./testing/trivy-reports.ts";

const formatOf = (content: unknown, hint?: Parameters<typeof recognise>[1]) => recognise(bytesOf(content), hint)?.reader.format ?? null;
const nameOf = (content: unknown) => nameOfUnsupported(bytesOf(content));

describe("the registry", () => {
  test("names every format once and finds its reader", () => {
    expect(new Set(readers.map(({ format }) => format)).size).toBe(readers.length);
    for (const reader of readers) expect(readerOf(reader.format)).toBe(reader);
    expect(readerOf("sarifs")).toBeNull();
    expect(readerOf("constructor")).toBeNull();
  });
});

describe("recognising", () => {
  const spoken = everyShape.map(({ name, report }) => ({ name, report }));

  test.each(spoken)("knows $name without a hint, and against one", ({ report }) => {
    expect(formatOf(report)).toBe("trivy");
    expect(formatOf(JSON.stringify(report, null, 2), "lint")).toBe("trivy");
    expect(formatOf(`\uFEFF\n ${JSON.stringify(report)}`)).toBe("trivy");
  });

  test("knows a report whose first bytes end inside a long list", () => {
    const packages = Array.from({ length: 5_000 }, (_unused, index) => ({ ID: `p@${index}`, Name: "p" }));
    const cut = bytesOf({ Results: [{ Packages: packages, Target: "t", Class: "os-pkgs" }], SchemaVersion: 2 }).subarray(0, 65_536);
    expect(recognise(cut)).toBeNull();
    const named = bytesOf({ Results: [{ Target: "t", Class: "os-pkgs", Packages: packages }] }).subarray(0, 65_536);
    expect(recognise(named)?.reader.format).toBe("trivy");
  });

  test.each(["null", " null\n", "[]", "{}", "\uFEFF[ ]", '{"apiVersion":"v1","items":[],"kind":"List"}'])("leaves %j to the hint", (content) => {
    expect(formatOf(content)).toBeNull();
    expect(formatOf(content, "trivy")).toBe("trivy");
    expect(formatOf(content, "test")).toBeNull();
  });

  test.each([
    "",
    "nul",
    "[",
    '"x"',
    "0",
    "true",
    "[[]]",
    "[{}]",
    '{"a":1}',
    "no json",
    "<xml/>",
    '{"kind":"List","items":[{"kind":"Pod"}]}',
    '{"SchemaVersion":2}',
    '[{"Target":"x","filePath":"y"}]',
  ])("takes %j for nothing, even with a hint", (content) => {
    expect(formatOf(content, "trivy")).toBeNull();
  });
});

describe("a content without a reader", () => {
  test.each<[string, unknown]>([
    ["TestNG XML", '\uFEFF<!DOCTYPE x><testng-results a="b">'],
    ["NUnit XML", "<test-run id='1'>"],
    ["xUnit.net XML", "<assemblies>"],
    ["Visual Studio TRX", "<t:TestRun xmlns:t='x'>"],
    ["XML with the root <other>", "<other/>"],
    ["HTML", "<!doctype html>\n<HTML>"],
    ["Dart test JSON", '{"protocolVersion":"0.1.1","runnerVersion":"1"}\n{"suite":{}}'],
    ["CycloneDX", { bomFormat: "CycloneDX" }],
    ["a ZIP archive", new Uint8Array([0x50, 0x4b, 3, 4])],
    ["gzip-compressed data", new Uint8Array([0x1f, 0x8b, 8])],
    ["UTF-16 text (send it as UTF-8)", new Uint8Array([0xff, 0xfe, 0x7b, 0])],
  ])("is named: %s", (name, content) => {
    expect(nameOf(content)).toBe(name);
  });

  test.each(["", "null", "[]", "{}", "some text", "<", "<!--", '{"a":1}'])("that is nothing known has no name: %j", (content) => {
    expect(nameOf(content)).toBeNull();
  });
});
