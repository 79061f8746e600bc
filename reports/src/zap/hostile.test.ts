import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { checkBounds, checkChangedBytes } from "../testing/hostility.ts";
import { bytesOf, readAll } from "../testing/read-all.ts";
import { oddly, oddValues, randomFrom, rewritten, seeds } from "../testing/rewriting.ts";
import { missingHeader, shopScan, shopScanPlus, zapJson, zapXml } from "../testing/zap-reports.ts";
import { zapJsonReader } from "./json-reader.ts";
import { zapXmlReader } from "./xml-reader.ts";

const forms = [
  { form: "JSON", reader: zapJsonReader, text: JSON.stringify(zapJson(shopScanPlus)) },
  { form: "XML", reader: zapXmlReader, text: zapXml(shopScanPlus, true) },
];
describe.each(forms)("a report in $form", ({ reader, text }) => {
  test("that is cut off at any byte keeps what was told of whole and begun alerts, and says so", async () => {
    const bytes = bytesOf(text);
    const whole = (await readAll(reader, bytes)).findings.map(({ identity }) => JSON.stringify(identity));
    const withoutBlanks = text.trimEnd().length;
    for (let end = 0; end < withoutBlanks; end++) {
      const { findings, problems } = await readAll(reader, bytes.subarray(0, end));
      const identities = findings.map(({ identity }) => JSON.stringify(identity));
      if (identities.some((identity, index) => identity !== whole[index])) expect.fail(`at byte ${end}: an alert that the whole report has not`);
      if (!problems.some(({ severity }) => severity !== "warning")) expect.fail(`at byte ${end}: taken for a whole report`);
    }
  });

  test("is read the same way in any pieces", async () => {
    const whole = await readAll(reader, text);
    for (const pieceBytes of [1, 2, 3, 13, 4_096]) expect(await readAll(reader, text, pieceBytes)).toEqual(whole);
    expect(await readAll(reader, `\uFEFF${text}`)).toEqual(whole);
  });

  test("never makes the reader throw, whatever was done to its bytes", async () => {
    await checkChangedBytes(reader, text);
  });

  test("gives texts that the database holds, whatever characters stand in it", async () => {
    const odd = text.replaceAll("anti-clickjacking", reader === zapJsonReader ? "a\\u0000\\ud800b" : "a\u0000b");
    const { findings } = await readAll(reader, odd.replaceAll("Anti-clickjacking", reader === zapJsonReader ? "a\\u0000\\ud800b" : "a\u0000b"));
    expect(findings).toHaveLength(3);
    const written = JSON.stringify(findings);
    expect(written.isWellFormed() && !/\\u0000|\\ud[89a-f]/.test(written)).toBe(true);
  });
});

describe("JSON", () => {
  const read = (content: unknown, pieceBytes?: number) => readAll(zapJsonReader, content, pieceBytes);
  const report = (alert: unknown) => ({ "@version": "2.16.1", "@generated": "x", site: [{ "@name": "https://shop.example", alerts: [alert] }] });

  test("any value in any place is read without an error", async () => {
    const list = (element: fc.Arbitrary<unknown>) => fc.oneof(oddValues, fc.array(fc.oneof(oddValues, element), { maxLength: 3 }));
    const instance = oddly({ uri: 1, nodeName: 1, method: 1, param: 1, evidence: 1, attack: 1, otherinfo: 1, "request-header": 1 });
    const alert = fc.tuple(oddly(missingHeader), list(instance)).map(([members, instances]) => ({ ...members, instances }));
    const site = fc.tuple(oddly({ "@name": 1, "@host": 1, "@port": 1, "@ssl": 1 }), list(alert)).map(([members, alerts]) => ({ ...members, alerts }));
    await fc.assert(
      fc.asyncProperty(list(site), oddValues, async (sites, version) => {
        checkBounds(await read({ "@generated": "x", "@version": version, site: sites }));
      }),
      { numRuns: 300 },
    );
  });

  test("unknown members and missing optional ones change no count and no identity", async () => {
    const optional = new Set(
      "@programName @version created @host @port @ssl alertRef name riskdesc desc count systemic solution otherinfo reference cweid wascid sourceid tags id attack evidence".split(
        " ",
      ),
    );
    const essence = async (content: unknown) =>
      (await read(content)).findings.map(({ identity, variant, severity, standing, detail }) =>
        JSON.stringify([identity, variant, severity, standing, detail["instance_count"]]),
      );
    const expected = await essence(zapJson(shopScanPlus));
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        expect(await essence(rewritten(zapJson(shopScanPlus), optional, randomFrom(seed)))).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  test("one ill-formed instance is said, and all others are kept", async () => {
    const text = JSON.stringify(zapJson(shopScan)).replace(
      '"nodeName":"https://shop.example/cart/18 (item)"',
      '"nodeName":"https://shop.example/cart/18 ({"item"})"',
    );
    const { findings, problems } = await read(text);
    expect(findings).toHaveLength(3);
    expect(findings[0]?.detail).toMatchObject({ solution: "Set the header.", instances: [{ method: "GET" }] });
    expect(problems).toMatchObject([{ severity: "partial", code: "ill_formed" }]);
  });

  test("an entry that is none, or has no name, is said", async () => {
    const { findings, problems } = await read({
      ...report(missingHeader),
      site: [{ "@name": "x", alerts: [1, null, {}, { riskcode: "1" }, missingHeader] }, null, "y"],
    });
    expect(findings).toHaveLength(1);
    expect(problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual(["partial entry_unreadable", "warning entry_missing"]);
  });

  test("names of the prototype are names like any other", async () => {
    const text = JSON.stringify(report(missingHeader)).replace(
      '"pluginid"',
      '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"pluginid"',
    );
    expect((await read(text)).findings).toHaveLength(1);
    expect("polluted" in {}).toBe(false);
  });

  test("a million instances are counted, and the first ones shown", async () => {
    const instances = `${'{"uri":"https://shop.example/a"},'.repeat(999_999)}{"uri":"b"}`;
    const { findings, problems } = await read(
      JSON.stringify(report({ ...missingHeader, instances: [] })).replace('"instances":[]', `"instances":[${instances}]`),
      65_536,
    );
    expect(problems).toEqual([]);
    expect(findings[0]?.detail["instance_count"]).toBe(1_000_000);
    expect(findings[0]?.detail["instances"]).toHaveLength(200);
  });

  test("an instance too large to be read is said", async () => {
    const { findings, problems } = await read(
      report({ ...missingHeader, instances: [{ uri: "x".repeat(limits.elementBytes) }, { uri: "https://shop.example/b" }] }),
      65_536,
    );
    expect(findings[0]?.detail).toMatchObject({ instances: [{ key: "/b" }] });
    expect(problems).toMatchObject([{ severity: "partial", code: "too_large" }]);
  });

  test("alerts within alerts are followed no deeper than the limit", async () => {
    expect((await read(`{"@generated":"x","site":[{"alerts":[${'{"alert":['.repeat(2_000)}`)).problems).toMatchObject([
      { severity: "refused", code: "json_depth" },
    ]);
  });
});

describe("XML", () => {
  const read = (content: string, pieceBytes?: number) => readAll(zapXmlReader, content, pieceBytes);

  test("of another root is refused", async () => {
    for (const content of ["<testsuites/>", "<html>", "no xml", "", "<a><OWASPZAPReport/></a>"]) {
      expect((await read(content)).problems).toMatchObject([{ severity: "refused" }]);
      expect(zapXmlReader.sniff(bytesOf(content))).toBe(0);
    }
  });

  test("without its close tags gives every alert, each under its own site", async () => {
    const text = zapXml(shopScan).replaceAll(/<\/(?:alertitem|alerts|site|instances)>/g, "");
    const { findings, problems } = await read(text);
    expect(findings.map(({ target, rule }) => `${rule} ${target}`)).toEqual([
      "10020-1 https://shop.example",
      "40012 https://shop.example",
      "10020-1 http://fonts.example:8080",
    ]);
    expect(problems.some(({ severity }) => severity === "partial")).toBe(true);
  });

  test("reads paragraphs that were not escaped", async () => {
    const text = zapXml(shopScan).replace(/<solution>[^<]*<\/solution>/, "<solution><p>one</p><p>two <b>three</b></p></solution>");
    expect((await read(text)).findings[0]?.detail["solution"]).toBe("one\n\ntwo three");
  });

  test("cuts a text of 10 MB and reads on", async () => {
    const text = zapXml(shopScan).replace("Set the header.", "y".repeat(10_000_000));
    const { findings } = await read(text, 65_536);
    expect(findings).toHaveLength(3);
    expect(findings[0]?.detail["references"]).toHaveLength(2);
    expect(String(findings[0]?.detail["solution"]).length).toBeLessThanOrEqual(limits.description);
  });

  test("knows no entity but XML's own", async () => {
    const text = zapXml(shopScan)
      .replace('<?xml version="1.0"?>', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "&x;&x;">]>')
      .replace("Set the header.", "&x;&y;");
    const { findings } = await read(text);
    expect(findings[0]?.detail["solution"]).toBe("&x;&y;");
  });
});
