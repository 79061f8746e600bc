import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { recognise } from "../registry.ts";
import { bytesOf, readAll } from "../testing/read-all.ts";
import { falsePositive, missingHeader, shopScan, shopScanPlus, zapJson } from "../testing/zap-reports.ts";
import { zapJsonReader } from "./json-reader.ts";

const read = (content: unknown, pieceBytes?: number) => readAll(zapJsonReader, content, pieceBytes);
const head = { "@version": "2.16.1", "@generated": "x" };
const site = { "@name": "https://shop.example", "@host": "shop.example", "@port": "443", "@ssl": "true" };
const rulesOf = async (content: unknown) => (await read(content)).findings.map(({ rule, target }) => `${rule} ${target}`);

describe("a report's shape", () => {
  const one = ["10020-1 https://shop.example"];

  test.each<[string, unknown]>([
    ["a list of sites", { ...head, site: [{ ...site, alerts: [missingHeader] }] }],
    ["a single site, as before 2.8", { ...head, site: { ...site, alerts: [missingHeader] } }],
    ["a single alert", { ...head, site: { ...site, alerts: missingHeader } }],
    ["alerts made from XML", { ...head, site: { ...site, alerts: { alertitem: [missingHeader] } } }],
    ["a single alert made from XML", { ...head, site: [{ ...site, alerts: { alertitem: missingHeader } }] }],
    ["the whole made from XML", { OWASPZAPReport: { "@version": "2.9.0", site: { ...site, alerts: { alertitem: missingHeader } } } }],
    ["alerts under another name", { ...head, site: [{ ...site, alertitems: [missingHeader] }] }],
    ["a name behind the alerts", { ...head, site: [{ alerts: [missingHeader], ...site }] }],
    ["the version behind the sites", { site: [{ ...site, alerts: [missingHeader] }], ...head }],
    ["a host without a name", { ...head, site: [{ alerts: [missingHeader], "@host": "shop.example", "@port": "443", "@ssl": "true" }] }],
    ["no site's name at all", { ...head, site: [{ alerts: [missingHeader] }] }],
    [
      "sequences",
      { ...head, site: [{ ...site, alerts: [missingHeader] }], sequences: [{ name: "s", steps: [{ step: "1", alertIds: [1], original: { uri: "x" } }] }] },
    ],
    ["numbers as numbers", { ...head, site: [{ ...site, "@port": 443, "@ssl": true, alerts: [{ ...missingHeader, riskcode: 2, confidence: 3, count: 2 }] }] }],
  ])("may be %s", async (_name, report) => {
    expect(await rulesOf(report)).toEqual(one);
    expect((await read(report)).problems).toEqual([]);
    expect((await read(report)).findings[0]).toMatchObject({
      severity: "medium",
      identity: ["zap", "https://shop.example", "10020", "missing anti-clickjacking header", null],
    });
    expect(recognise(bytesOf(report))?.reader).toBe(zapJsonReader);
  });

  test("may hold its instances as an object made from XML", async () => {
    const instance = { uri: "https://shop.example/a" };
    for (const instances of [{ instance }, { instance: [instance] }, instance]) {
      const { findings } = await read({ ...head, site: { ...site, alerts: [{ ...missingHeader, instances }] } });
      expect(findings[0]?.detail).toMatchObject({ instance_count: 1, instances: [{ key: "/a" }] });
    }
  });
});

describe("a scan that says less than it seems", () => {
  test.each([
    ["without a site", head],
    ["with no site in the list", { ...head, site: [] }],
    ["with a site that is null", { ...head, site: null }],
  ])("%s fixes nothing, and says why", async (_name, report) => {
    const { findings, summary, problems } = await read(report);
    expect(findings).toEqual([]);
    expect(summary).toMatchObject({ isComplete: false, artifact: null, artifactScope: "" });
    expect(problems).toMatchObject([{ severity: "warning", code: "no_site" }]);
    expect(recognise(bytesOf(report))?.reader).toBe(zapJsonReader);
  });

  test("fixes nothing when its plan had errors", async () => {
    const { summary, problems, findings } = await read({ ...zapJson(shopScan), afPlanErrors: ["Job spider failed"], afPlanWarns: ["w"] });
    expect(findings).toHaveLength(3);
    expect(summary?.isComplete).toBe(false);
    expect(problems).toMatchObject([{ severity: "warning", code: "plan_errors" }]);
    expect((await read({ ...zapJson(shopScan), afPlanErrors: [] })).summary?.isComplete).toBe(true);
  });

  test("is complete when a site was reached and has no alert", async () => {
    const { summary, problems } = await read({ ...head, site: [{ ...site, alerts: [] }] });
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({ isComplete: true, artifact: "https://shop.example", artifactScope: "shop.example" });
  });
});

describe("the scope", () => {
  const scopeOf = async (...sites: [string, number][]) => {
    const written = sites.map(([name, count]) => ({
      "@name": name,
      alerts: Array.from({ length: count }, (_unused, index) => ({ ...missingHeader, pluginid: `${index}` })),
    }));
    return (await read({ ...head, site: written })).summary?.artifactScope;
  };

  test("is the host with the most alerts, whichever others the scan met", async () => {
    expect(await scopeOf(["https://shop.example", 3])).toBe("shop.example");
    expect(await scopeOf(["http://a.fonts.example", 1], ["https://shop.example", 3], ["https://b.example", 2])).toBe("shop.example");
    expect(await scopeOf(["http://localhost:3000", 1])).toBe("localhost:3000");
    expect(await scopeOf(["https://one.example", 0], ["https://two.example", 0])).toBe("one.example");
  });

  test("counts the alerts of a site that stands twice together", async () => {
    expect(await scopeOf(["https://a.example", 2], ["https://b.example", 3], ["https://a.example", 2])).toBe("a.example");
  });
});

test("a site's name behind more alerts than can wait is read without it, and said", async () => {
  const big = { ...missingHeader, instances: [{ uri: "http://other.example/a", "response-body": "x".repeat(1_000_000) }] };
  const alerts = Array.from({ length: 40 }, (_unused, index) => ({ ...big, pluginid: String(index) }));
  const { findings, problems } = await read({ ...head, site: [{ alerts, ...site }] }, 65_536);
  expect(findings).toHaveLength(40);
  expect(findings[0]?.target).toBe("http://other.example");
  expect(problems).toMatchObject([{ severity: "partial", code: "late_member" }]);
  expect(40 * 1_000_000).toBeGreaterThan(limits.heldBytes);
});

describe("what is no report of ZAP", () => {
  test.each(["null", "[]", "{}", "[{}]", '"x"', '{"site":"https://a.example"}', '{"runs":[],"version":"2.1.0"}', "{", "", "x", "<a/>"])(
    "%j is refused",
    async (content) => {
      const { problems, summary, findings } = await read(content);
      expect(findings).toEqual([]);
      expect(summary).toBeNull();
      expect(problems).toMatchObject([{ severity: "refused" }]);
    },
  );

  test("a report of ZAP on signing in is not recognised", () => {
    expect(recognise(bytesOf({ "@programName": "ZAP", "@version": "2.17.0", "@generated": "x", site: "https://a.example", summaryItems: [] }))).toBeNull();
  });

  test("a list of sites of something else is not recognised", () => {
    for (const other of [{ site: [{ name: "x" }] }, { sites: [] }, { site: {} }, { "@version": "1" }, [shopScan]]) {
      expect(zapJsonReader.sniff(bytesOf(other))).toBe(0);
    }
  });
});

test("findings come as soon as their alert was read", async () => {
  const order: string[] = [];
  async function* source() {
    const text = JSON.stringify(zapJson(shopScanPlus));
    const middle = text.indexOf(String(falsePositive["name"]));
    yield bytesOf(text.slice(0, middle));
    order.push("second piece");
    yield bytesOf(text.slice(middle));
  }
  for await (const event of zapJsonReader.read(source())) order.push(event.type);
  expect(order).toEqual(["finding", "second piece", "finding", "finding", "summary"]);
});
