import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import type { ReportEvent } from "../reader.ts";
import { at, result } from "../testing/sarif-reports.ts";
import { sarifReader } from "./reader.ts";

const rules = [{ id: "r", defaultConfiguration: { level: "note" }, messageStrings: { m: { text: "By id" } }, helpUri: "https://a.example/r" }];
const tool = JSON.stringify({ driver: { name: "Tool", rules } });
const textBytes = 100_000;
const padding = { properties: { padding: "x".repeat(textBytes) } };
/** So many results of `textBytes` are more than are held for what they can do without. */
const many = Math.ceil(limits.heldBytes / textBytes) + 50;

const opening = '{"version":"2.1.0","runs":[{';

/** Reads a report whose results are made as it goes; `beforeEnd` findings came before the last byte was asked for. */
async function readParts(head: string, entry: unknown, count: number, tail: string) {
  const levels = new Map<string, number>();
  const paths = new Set<string | null>();
  const urls = new Set<string | null>();
  const problems: string[] = [];
  let beforeEnd = 0;
  let isAtEnd = false;
  const text = JSON.stringify(entry);
  const source = (async function* () {
    const encoder = new TextEncoder();
    yield encoder.encode(head);
    for (let index = 0; index < count; index++) yield encoder.encode(`${index === 0 ? "" : ","}${text}`);
    isAtEnd = true;
    yield encoder.encode(tail);
  })();
  const take = (event: ReportEvent) => {
    if (event.type === "problem") problems.push(`${event.severity} ${event.code}`);
    if (event.type !== "finding") return;
    const { severityWord, path, url } = event.finding;
    levels.set(severityWord ?? "", (levels.get(severityWord ?? "") ?? 0) + 1);
    paths.add(path);
    urls.add(url);
    if (!isAtEnd) beforeEnd++;
  };
  for await (const event of sarifReader.read(source)) take(event);
  return { levels: Object.fromEntries(levels), paths: [...paths], urls: [...urls], problems, beforeEnd };
}

describe("findings", () => {
  test("are given as soon as their results are read when all that they refer to came before", async () => {
    const { levels, problems, beforeEnd } = await readParts(`${opening}"tool":${tool},"results":[`, result(), 10, "]}]}");
    expect({ levels, problems }).toEqual({ levels: { note: 10 }, problems: [] });
    expect(beforeEnd).toBeGreaterThanOrEqual(9);
  });

  test.each([
    ["rules", result(), `],"tool":${tool}}]}`],
    [
      "artifacts",
      result({ locations: [{ physicalLocation: { artifactLocation: { index: 0 } } }] }),
      `],"tool":${tool},"artifacts":[{"location":{"uri":"src/a.js"}}]}]}`,
    ],
    [
      "bases",
      result({ locations: [{ physicalLocation: { artifactLocation: { uri: "a.js", uriBaseId: "B" } } }] }),
      `],"tool":${tool},"originalUriBaseIds":{"B":{"uri":"src/"}}}]}`,
    ],
  ])("wait for %s that stand behind them", async (_name, entry, tail) => {
    const { levels, paths, urls, problems, beforeEnd } = await readParts(`${opening}"results":[`, entry, 10, tail);
    expect({ levels, paths, urls, problems, beforeEnd }).toEqual({
      levels: { note: 10 },
      paths: ["src/a.js"],
      urls: ["https://a.example/r"],
      problems: [],
      beforeEnd: 0,
    });
  });

  test("that need their rules for what they count for wait for them however many they are", async () => {
    const { levels, problems } = await readParts(`${opening}"results":[`, result(padding), many, `],"tool":${tool}}]}`);
    expect({ levels, problems }).toEqual({ levels: { note: many }, problems: [] });
  });

  test("that say themselves what they count for are given without the rest from the limit on, and it is said", async () => {
    const { levels, problems, urls, beforeEnd } = await readParts(`${opening}"results":[`, result({ level: "error", ...padding }), many, `],"tool":${tool}}]}`);
    expect({ levels, problems }).toEqual({ levels: { error: many }, problems: ["warning late_member"] });
    expect(urls).toEqual([null, "https://a.example/r"]);
    expect(beforeEnd).toBeGreaterThan(300);
  });

  test("that wait for a base which never comes are given from the limit on without a word", async () => {
    const entry = result({ locations: [at("src/a.js")], ...padding, note: "uriBaseId", uriBaseId: 1 });
    const { levels, problems, paths, beforeEnd } = await readParts(`${opening}"tool":${tool},"results":[`, entry, many, "]}]}");
    expect({ levels, problems, paths }).toEqual({ levels: { note: many }, problems: [], paths: ["src/a.js"] });
    expect(beforeEnd).toBeGreaterThan(300);
  });

  test("that need rules which stand behind more than can wait are given as warnings, and the report is partial", async () => {
    const count = Math.ceil(limits.heldBytesAtMost / textBytes) + 50;
    const { levels, problems } = await readParts(`${opening}"results":[`, result(padding), count, `],"tool":${tool}}]}`);
    expect({ levels, problems }).toEqual({ levels: { warning: count }, problems: ["partial late_rules", "warning late_member"] });
  });
});
