import { describe, expect, test } from "vitest";
import { recognise } from "../registry.ts";
import { bytesOf, readAll } from "../testing/read-all.ts";
import { result, run, schema } from "../testing/sarif-reports.ts";
import { sarifReader } from "./reader.ts";

const read = (content: unknown) => readAll(sarifReader, content);

describe("the version", () => {
  const outcome = async (content: unknown) => {
    const { problems, summary } = await read(content);
    return [summary?.shape ?? null, ...problems.map(({ severity, code }) => `${severity} ${code}`)];
  };
  const runs = [run()];
  const oldRuns = [{ tool: { name: "BinSkim" }, results: [result()] }];

  test.each([
    [{ version: "2.1.0", runs }, ["2.1.0"]],
    [{ version: "2.1.0-rtm.5", runs }, ["2.1.0-rtm.5"]],
    [{ version: 2.1, runs }, ["2.1"]],
    [{ $schema: schema, runs }, ["2.1.0"]],
    [{ $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json", runs }, ["2.1.0"]],
    [{ runs }, ["2.1.0", "warning version_missing"]],
    [{ runs, version: "2.2.0" }, ["2.2.0", "warning version_unknown"]],
    [{ runs, version: "latest" }, ["latest", "warning version_unknown"]],
    [{ version: "2.1.0", runs: oldRuns }, ["2.1.0"]],
    [{ version: "2.0.0", runs: oldRuns }, [null, "refused sarif_version"]],
    [{ runs: oldRuns, version: "2.0.0-csd.2.beta.2019-02-20" }, [null, "refused sarif_version"]],
    [{ version: "1.0.0", $schema: "http://json.schemastore.org/sarif-1.0.0", runs: oldRuns }, [null, "refused sarif_version"]],
    [{ $schema: "http://json.schemastore.org/sarif-2.0.0", runs: oldRuns }, [null, "refused sarif_version"]],
    [{ runs: oldRuns }, [null, "refused sarif_version"]],
  ])("of %j gives %j", async (content, expected) => {
    expect(await outcome(content)).toEqual(expected);
  });

  test("that is refused is named, with what to do", async () => {
    const { problems, findings } = await read({ version: "1.0.0", runs: oldRuns });
    expect(findings).toEqual([]);
    expect(problems[0]?.message).toMatch(/SARIF 1\.0\.0.*only 2\.1\.0.*convert it: npx @microsoft\/sarif-multitool transform/);
  });

  test("that is refused is named also when the report is cut off", async () => {
    const text = JSON.stringify({ version: "2.0.0", runs: oldRuns });
    expect((await read(text.slice(0, -20))).problems).toMatchObject([{ severity: "refused", code: "sarif_version" }]);
  });
});

describe("what is no SARIF", () => {
  test.each([
    ["", "json_empty"],
    ["no json", "json_syntax"],
    ['{"version":"2.1', "json_truncated"],
    ["null", "not_sarif"],
    ["[]", "not_sarif"],
    ["{}", "not_sarif"],
    ['"sarif"', "not_sarif"],
    ['[{"runs":[]}]', "not_sarif"],
    ['{"runs":[{"id":1}]}', "not_sarif"],
    ['{"name":"a-package","version":"1.0.0"}', "not_sarif"],
    ['{"version":"2.1.0"}', "not_sarif"],
  ])("%j is refused without a summary", async (content, code) => {
    const { summary, problems } = await read(content);
    expect(summary).toBeNull();
    expect(problems).toMatchObject([{ severity: "refused", code }]);
  });

  test.each([
    "[]",
    "{}",
    "null",
    '{"version":"2.1.0"}',
    '{"version":"2.1.0","results":[]}',
    '{"total_count":1,"runs":[{"id":5}]}',
    '{"runs":"x","version":"2.1.0"}',
  ])("%j is not taken for it", (content) => {
    expect(recognise(bytesOf(content))?.reader.format ?? null).not.toBe("sarif");
  });

  test.each([
    ["an address of its schema", { $schema: schema, runs: [] }],
    ["runs and a version", { runs: [], version: "2.1.0" }],
    ["a driver", { runs: [{ tool: { driver: {} } }] }],
    ["a result", { runs: [{ results: [{ ruleId: "x", message: { text: "m" } }] }] }],
    ["an old tool", { runs: [{ tool: { name: "x" }, results: [] }] }],
  ])("is told from SARIF by %s", (_name, content) => {
    expect(recognise(bytesOf(content))?.reader).toBe(sarifReader);
    expect(recognise(bytesOf(`\uFEFF\n${JSON.stringify(content, null, 2)}`))?.reader).toBe(sarifReader);
  });
});
