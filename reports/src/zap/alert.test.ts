import { describe, expect, test } from "vitest";
import { readAll } from "../testing/read-all.ts";
import type { ZapAlert, ZapReport } from "../testing/zap-reports.ts";
import { exchange, falsePositive, missingHeader, shopScan, shopScanPlus, zapJson, zapXml } from "../testing/zap-reports.ts";
import { zapJsonReader } from "./json-reader.ts";
import { zapXmlReader } from "./xml-reader.ts";

const readJson = (report: unknown) => readAll(zapJsonReader, report);
const readXml = (report: string) => readAll(zapXmlReader, report);

const siteWith = (...alerts: ZapAlert[]): ZapReport => ({ version: "2.16.1", sites: [{ ...shopScan.sites[0]!, alerts }] });

async function readOne(alert: ZapAlert) {
  const { findings } = await readJson(zapJson(siteWith(alert)));
  expect(findings).toHaveLength(1);
  return findings[0]!;
}

describe("an alert", () => {
  test("tells what it is, where it was found, and what to do", async () => {
    const { findings, problems, summary } = await readJson(zapJson(shopScan));
    expect(problems).toEqual([]);
    expect(summary).toEqual({
      tool: "ZAP",
      toolVersion: "2.16.1",
      shape: "json",
      artifact: "https://shop.example, http://fonts.example:8080",
      artifactScope: "shop.example",
      isComplete: true,
    });
    expect(findings).toHaveLength(3);
    expect(findings[0]).toEqual({
      kind: "issue",
      rule: "10020-1",
      severity: "medium",
      severityWord: "medium",
      standing: "open",
      title: "Missing Anti-clickjacking Header",
      message: 'The response allows "framing" &\nis not protected.\n\nSee <frame> in the standard.',
      target: "https://shop.example",
      path: null,
      line: null,
      packageName: null,
      installedVersion: null,
      fixedVersion: null,
      url: "https://www.zaproxy.org/docs/alerts/10020-1/",
      detail: {
        description: 'The response allows "framing" &\nis not protected.\n\nSee <frame> in the standard.',
        solution: "Set the header.",
        other_info: "if (a<b && c>d) {\n  run();\n}",
        references: ["https://one.example/a", "http://two.example/b?c=d&e=f"],
        confidence: "high",
        risk_description: "Medium (High)",
        cwe_ids: ["CWE-1021"],
        wasc_ids: ["WASC-15"],
        plugin_id: "10020",
        alert_ref: "10020-1",
        source_id: "9",
        instance_count: 2,
        count: 2,
        systemic: true,
        instances: [
          {
            key: "GET /cart/{n} (item) x-frame-options",
            uri: "https://shop.example/cart/17?item=3",
            node_name: "https://shop.example/cart/17 (item)",
            method: "GET",
            param: "x-frame-options",
          },
          {
            key: "POST /cart/{n} (item) x-frame-options",
            uri: "https://shop.example/cart/18?item=4",
            node_name: "https://shop.example/cart/18 (item)",
            method: "POST",
            param: "x-frame-options",
            attack: "<script>alert(1)</script>",
            evidence: '<form action="/cart">\n<input>',
            other_info: "seen twice",
          },
        ],
      },
      toolKey: null,
      isPlaced: false,
      identity: ["zap", "https://shop.example", "10020", "missing anti-clickjacking header", null],
      variant: "medium high",
    });
  });

  test("that ZAP's user marked as a false positive is dismissed", async () => {
    const finding = await readOne(falsePositive);
    expect(finding).toMatchObject({ standing: "dismissed", severity: "high", detail: { confidence: "false positive" } });
    expect(finding.detail).not.toHaveProperty("cwe_ids");
    expect(finding.detail).not.toHaveProperty("wasc_ids");
  });

  test.each([
    ["3", "high", "high"],
    ["2", "medium", "medium"],
    ["1", "low", "low"],
    ["0", "informational", "info"],
    ["9", null, "unknown"],
  ])("of risk %s is %s for ZAP and %s for us", async (riskcode, severityWord, severity) => {
    expect(await readOne({ ...falsePositive, riskcode, riskdesc: "" })).toMatchObject({ severityWord, severity });
  });

  test("without a code has the risk and the confidence of its description", async () => {
    const finding = await readOne({ ...falsePositive, riskcode: "", confidence: "", riskdesc: "Informational (Low)" });
    expect(finding).toMatchObject({ severityWord: "informational", severity: "info", standing: "open", detail: { confidence: "low" } });
  });

  test("shows the request and the response of its first instances, and no more than fits", async () => {
    const instances = Array.from({ length: 1_000 }, (_unused, index) => ({
      uri: `https://shop.example/page-${index}`,
      method: "GET",
      param: "q",
      ...exchange,
      "response-body": "x".repeat(10_000),
    }));
    const { detail } = await readOne({ ...missingHeader, instances, count: "1000" });
    const shown = detail["instances"];
    if (!Array.isArray(shown)) throw new Error("no instances are shown");
    expect(detail["instance_count"]).toBe(1_000);
    expect(shown.length).toBe(200);
    expect(shown[0].request).toEqual({ header: exchange["request-header"].replaceAll("\r\n", "\n").trim(), body: "item=3" });
    expect(shown[0].response.body).toBe("x".repeat(1_500));
    expect(shown[3]).toEqual({ key: "GET /page-3 q", uri: "https://shop.example/page-3", method: "GET", param: "q" });
  });
});

describe("the identity of an alert", () => {
  const identityOf = async (alert: ZapAlert) => (await readOne(alert)).identity;

  test("stays when risk, confidence, instances, evidence and texts change", async () => {
    const changed = { ...missingHeader, riskcode: "1", confidence: "1", desc: "x", instances: [{ uri: "https://shop.example/z", evidence: "r4nd0m" }] };
    expect(await identityOf(changed)).toEqual(await identityOf(missingHeader));
  });

  test("is the same for versions that know no reference and write the name another way", async () => {
    const { alertRef: _unknown, ...old } = missingHeader;
    expect(await identityOf(old)).toEqual(await identityOf(missingHeader));
    expect(await identityOf({ ...old, alert: "X-Frame-Options Header Not Set" })).toEqual(await identityOf(missingHeader));
    const policy = { ...old, pluginid: "10055" };
    expect(await identityOf({ ...policy, alert: "CSP Scanner: Wildcard Directive" })).toEqual(
      await identityOf({ ...policy, alert: "CSP: Wildcard Directive" }),
    );
    const { pluginid: _missing, ...referenced } = missingHeader;
    expect(await identityOf(referenced)).toEqual(await identityOf(missingHeader));
  });

  test("is another one for another site, plugin, or alert of the same plugin", async () => {
    const identities = [
      await identityOf(missingHeader),
      await identityOf({ ...missingHeader, pluginid: "10021" }),
      await identityOf({ ...missingHeader, alertRef: "10020-2", alert: "Multiple X-Frame-Options Header Entries" }),
      (await readJson(zapJson(shopScan))).findings[2]!.identity,
    ];
    expect(new Set(identities.map((identity) => JSON.stringify(identity))).size).toBe(4);
  });

  test("takes a site for the same with its default port, in capitals and with a slash", async () => {
    for (const name of ["https://SHOP.example:443", "https://shop.example/"]) {
      const { findings } = await readJson(zapJson({ ...shopScan, sites: [{ ...shopScan.sites[0]!, name }] }));
      expect(findings[0]?.identity[1]).toBe("https://shop.example");
    }
  });

  test("tells the same alert of two risks apart by its variant", async () => {
    const { findings } = await readJson(zapJson(siteWith(missingHeader, { ...missingHeader, riskcode: "1" })));
    expect(findings.map(({ variant }) => variant)).toEqual(["medium high", "low high"]);
    expect(findings[0]?.identity).toEqual(findings[1]?.identity);
  });

  test("holds the request where each alert has one of its own, as reports before 2.4 have it", async () => {
    const { instances: _gathered, count: _number, ...alert } = missingHeader;
    const alerts = ["/a", "/b"].map((path) => ({ ...alert, uri: `https://shop.example${path}`, param: "p" }));
    const { findings } = await readXml(zapXml(siteWith(...alerts)));
    expect(findings.map(({ identity }) => identity.at(-1))).toEqual(["/a p", "/b p"]);
    expect(findings[0]?.detail).toMatchObject({ instance_count: 1, instances: [{ uri: "https://shop.example/a" }] });
  });
});

describe("the same scan", () => {
  test.each([
    ["without requests", shopScan, false],
    ["with requests and responses", shopScanPlus, true],
  ])("gives the same findings as JSON and as XML, %s", async (_name, scan, isRaw) => {
    const json = await readJson(zapJson(scan));
    const xml = await readXml(zapXml(scan, isRaw));
    expect(xml.problems).toEqual([]);
    expect(xml.findings).toEqual(json.findings);
    expect(xml.summary).toEqual({ ...json.summary, shape: "xml" });
  });

  test("has its tags where the report tells them", async () => {
    const { findings } = await readXml(zapXml(shopScanPlus, true));
    expect(findings[0]?.detail["tags"]).toEqual([{ tag: "OWASP_2021_A05", link: "https://owasp.example/a05" }]);
  });
});
