import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import type { FindingRecord } from "../reader.ts";
import { readAll } from "../testing/read-all.ts";
import { everyShape, vulnerability } from "../testing/trivy-reports.ts";
import { trivyReader } from "./reader.ts";

/** Members that may be missing without a change of what is counted or how it is found again. */
const optional = new Set([
  "Trivy",
  "ReportID",
  "ArtifactID",
  "Metadata",
  "Packages",
  "MisconfSummary",
  "VendorIDs",
  "PkgID",
  "PkgIdentifier",
  "FixedVersion",
  "Layer",
  "SeveritySource",
  "PrimaryURL",
  "DataSource",
  "Fingerprint",
  "Title",
  "Description",
  "CweIDs",
  "VendorSeverity",
  "CVSS",
  "References",
  "PublishedDate",
  "LastModifiedDate",
  "Resolution",
  "Query",
  "Offset",
  "Confidence",
  "Link",
  "os",
  "registry",
  "scanner",
  "summary",
  "updateTimestamp",
  "links",
  "score",
  "description",
  "remediation",
]);

/** Names that no report of Trivy has, some of them close to its own. */
const unknownNames = ["__proto__", "constructor", "toString", "Vulnerability", "TARGET", "Result", "resultS", "x\u0000", "", "NewInVersion9"];

type Random = () => number;

function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Writes JSON with the members of every object in another order, unknown ones added, and optional ones left out. */
function rewrite(value: unknown, random: Random): string {
  if (Array.isArray(value)) return `[${value.map((element) => rewrite(element, random)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const kept = Object.entries(value).filter(([name, member]) => member !== undefined && !(optional.has(name) && random() < 0.3));
  const members = kept.map(([name, member]) => `${JSON.stringify(name)}:${rewrite(member, random)}`);
  while (random() < 0.3) {
    const name = unknownNames[Math.floor(random() * unknownNames.length)] ?? "";
    members.push(`${JSON.stringify(name)}:${random() < 0.5 ? "null" : '[{"Results":[{"Vulnerabilities":[{}]}],"a":[1,"x"]},"y"]'}`);
  }
  const order = members.map((member) => ({ member, at: random() })).toSorted((one, other) => one.at - other.at);
  return `{${order.map(({ member }) => member).join(random() < 0.5 ? "," : " ,\n")}}`;
}

const essence = (findings: readonly FindingRecord[]) =>
  findings
    .map(({ kind, rule, severity, identity, variant, target, path }) => JSON.stringify([kind, rule, severity, identity, variant, target, path]))
    .toSorted();

describe("members in any order, unknown ones added, optional ones left out", () => {
  test.each(everyShape)("change no count and no identity ($name)", async ({ report, shape }) => {
    const whole = await readAll(trivyReader, report);
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 2_000 }), async (seed, pieceBytes) => {
        const text = rewrite(report, randomFrom(seed));
        const again = await readAll(trivyReader, text, pieceBytes);
        expect(again.problems).toEqual([]);
        expect(essence(again.findings)).toEqual(essence(whole.findings));
        expect(again.summary).toMatchObject({ shape, artifactScope: whole.summary?.artifactScope });
      }),
      { numRuns: 60 },
    );
  });
});

test("a class that comes between two lists of one result counts for the list that needs it", async () => {
  const result = '{"Target":"t","Secrets":[{"RuleID":"r","Match":"m"}],"Class":"os-pkgs","Type":"debian","Vulnerabilities":[{"VulnerabilityID":"A"}]}';
  const { findings } = await readAll(trivyReader, `{"SchemaVersion":2,"Results":[${result}]}`);
  expect(findings.map(({ identity }) => identity.slice(0, 3))).toEqual([
    ["t", "r", expect.any(String)],
    ["os-pkgs", "debian", "t"],
  ]);
});

describe("a target behind its entries", () => {
  const text = (VulnerabilityID: string) => JSON.stringify({ ...vulnerability, VulnerabilityID, Description: "d".repeat(100_000) });

  async function* report(parts: readonly string[], entries: number): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    yield encoder.encode(parts[0]);
    for (let index = 0; index < entries; index++) yield encoder.encode(`${index === 0 ? "" : ","}${text(`CVE-${index}`)}`);
    yield encoder.encode(parts[1]);
  }

  async function readParts(parts: readonly string[], entries: number) {
    const targets = new Map<string, number>();
    const problems: string[] = [];
    let beforeEnd = 0;
    let isSourceAtEnd = false;
    const watched = (async function* () {
      yield* report(parts, entries);
      isSourceAtEnd = true;
    })();
    for await (const event of trivyReader.read(watched)) {
      if (event.type === "problem") problems.push(`${event.severity} ${event.code}`);
      if (event.type !== "finding") continue;
      const key = JSON.stringify(event.finding.identity.slice(0, 3));
      targets.set(key, (targets.get(key) ?? 0) + 1);
      if (!isSourceAtEnd) beforeEnd++;
    }
    return { targets: Object.fromEntries(targets), problems, beforeEnd };
  }

  const heldEntries = Math.ceil(limits.heldBytes / 100_000) + 50;

  test("is right however many entries have to wait for it", async () => {
    const parts = ['{"SchemaVersion":2,"Results":[{"Vulnerabilities":[', '],"Type":"debian","Target":"t","Class":"os-pkgs"}]}'];
    expect(await readParts(parts, heldEntries)).toMatchObject({ targets: { '["os-pkgs","debian","t"]': heldEntries }, problems: [] });
  });

  test("is not waited for when it came first: the array of old names no class, and entries are given before its end", async () => {
    const { targets, problems, beforeEnd } = await readParts(['[{"Target":"t (debian 12)","Type":"debian","Vulnerabilities":[', "]}]"], heldEntries);
    expect(targets).toEqual({ '[null,"debian","t"]': heldEntries });
    expect(problems).toEqual([]);
    expect(beforeEnd).toBeGreaterThan(0);
  });

  test("is said to be late when entries were given without its class", async () => {
    const parts = ['{"SchemaVersion":2,"Results":[{"Target":"t","Type":"debian","Vulnerabilities":[', '],"Class":"os-pkgs"}]}'];
    expect((await readParts(parts, heldEntries)).problems).toEqual(["partial late_member"]);
  });
});
