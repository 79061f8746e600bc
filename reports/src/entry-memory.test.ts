import { expect, test } from "vitest";
import { createEntryMemory } from "./entry-memory.ts";
import { readerOf } from "./registry.ts";
import type { FindingRecord, ReportEvent } from "./reader.ts";

const reader = readerOf("trivy");

async function read(report: unknown, memory = createEntryMemory(1_000_000)): Promise<FindingRecord[]> {
  async function* source() {
    yield new TextEncoder().encode(JSON.stringify(report));
  }
  const events: ReportEvent[] = [];
  for await (const event of reader?.read(source(), { memory }) ?? []) events.push(event);
  return events.flatMap((event) => (event.type === "finding" ? [event.finding] : []));
}

function report(target: string, ...ids: string[]) {
  return {
    SchemaVersion: 2,
    ArtifactName: "a",
    Results: [{ Target: target, Class: "lang-pkgs", Vulnerabilities: ids.map((id) => ({ VulnerabilityID: id, PkgName: "p" })) }],
  };
}

test("an entry that was read before is the same finding, and one of another place is another", async () => {
  const memory = createEntryMemory(1_000_000);
  const [first, second] = await read(report("go.mod", "CVE-1", "CVE-2"), memory);
  const [third, fourth] = await read(report("go.mod", "CVE-2", "CVE-3"), memory);
  expect(third).toBe(second);
  expect([first, fourth].map((finding) => finding?.rule)).toEqual(["CVE-1", "CVE-3"]);
  const [elsewhere] = await read(report("yarn.lock", "CVE-1"), memory);
  expect(elsewhere?.target).toBe("yarn.lock");
  expect(elsewhere).toEqual((await read(report("yarn.lock", "CVE-1")))[0]);
});

test("what is recalled again and again stays, and what nobody recalls is forgotten", () => {
  const [first, second] = [{ rule: "first" }, { rule: "second" }] as FindingRecord[];
  if (first === undefined || second === undefined) throw new Error("there are two");
  const memory = createEntryMemory(100);
  memory.keep("place", "a".repeat(40), first);
  memory.keep("place", "b".repeat(40), second);
  for (let round = 0; round < 10; round++) {
    memory.keep("place", String(round).repeat(40), second);
    expect(memory.recall("place", "a".repeat(40))).toBe(first);
  }
  expect(memory.recall("place", "b".repeat(40))).toBeNull();
  expect(memory.recall("elsewhere", "a".repeat(40))).toBeNull();
});
