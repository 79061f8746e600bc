import { randomBytes } from "node:crypto";
import { Finding, type FindingExportFormat, IntakeAnswer, page } from "@sentinal/contract";
import { type FindingRecord, recognise } from "@sentinal/reports";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { getJson, postJson, startTestHub, type TestHub } from "../../../test/hub.ts";
import { trivyReport } from "../../../test/trivy-report.ts";
import { exportFindings } from "./export.ts";
import { cellOf } from "./export-csv.ts";
import type { FindingFilter } from "./finding-filters.ts";

let hub: TestHub;
let writer: string;

beforeAll(async () => {
  hub = await startTestHub();
  writer = (await hub.createToken({ scopes: ["webhook:write"] })).token;
});
afterAll(() => hub.close());

const newRepository = () => `team/${randomBytes(6).toString("hex")}`;

async function send(path: string, repository: string, facts: Record<string, unknown>): Promise<IntakeAnswer> {
  const answer = await postJson(
    `${hub.url}/api/cicd/webhook/${path}`,
    { repository, commit_hash: "c1", branch: "main", default_branch: "main", ...facts },
    writer,
  );
  expect(answer.status, await answer.clone().text()).toBe(200);
  return IntakeAnswer.parse(await answer.json());
}

async function download(query: string, bearer = hub.admin): Promise<{ text: string; headers: Headers }> {
  const answer = await fetch(`${hub.url}/api/cicd/findings/export?${query}`, { headers: { authorization: `Bearer ${bearer}` } });
  expect(answer.status).toBe(200);
  return { text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(await answer.arrayBuffer()), headers: answer.headers };
}

const list = async (query: string) => page(Finding).parse(await getJson(`${hub.url}/api/cicd/findings?limit=200&${query}`, hub.admin)).items;
const eslint = (messages: readonly Record<string, unknown>[]) => ({ report: [{ filePath: "/home/runner/work/shop/shop/src/a b.ts", messages }] });

/** RFC 4180, read without regard to how it was written. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [];
  let [row, cell, isQuoted]: [string[], string, boolean] = [[], "", false];
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? "";
    if (isQuoted && character === '"' && text[index + 1] === '"') cell += text[++index];
    else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === ",") [row, cell] = [[...row, cell], ""];
    else if (!isQuoted && character === "\r" && text[index + 1] === "\n") {
      rows.push([...row, cell]);
      [row, cell] = [[], ""];
      index++;
    } else cell += character;
  }
  return rows;
}

async function readBack(text: string): Promise<FindingRecord[]> {
  const bytes = new TextEncoder().encode(text);
  const reader = recognise(bytes)?.reader;
  expect(reader?.format).toBe("sarif");
  const findings: FindingRecord[] = [];
  for await (const event of reader?.read(
    (async function* () {
      yield bytes;
    })(),
  ) ?? []) {
    expect(event.type).not.toBe("problem");
    if (event.type === "finding") findings.push(event.finding);
  }
  return findings;
}

describe("as CSV", () => {
  test("it has the list's findings in its order, each cell as it is, and a mark that tells spreadsheets it is UTF-8", async () => {
    const repository = newRepository();
    const title = 'Größe, "quoted"\nand a second line';
    await send("trivy", repository, {
      report: trivyReport([
        { id: "CVE-1", severity: "LOW", title },
        { id: "CVE-2", severity: "CRITICAL" },
      ]),
    });
    const { text, headers } = await download(`format=csv&repository=${repository}`);
    expect(text.startsWith("\uFEFF")).toBe(true);
    const [names = [], ...rows] = cellsOf(text.slice(1));
    expect(rows.every((row) => row.length === names.length)).toBe(true);
    const read = (row: string[]) => Object.fromEntries(names.map((name, index) => [name, row[index]]));
    expect(rows.map((row) => read(row)["rule"])).toEqual((await list(`repository=${repository}`)).map((finding) => finding.rule));
    expect(read(rows[1] ?? [])).toMatchObject({ rule: "CVE-1", title, repository, state: "open", severity: "low", installed_version: "1.0.0" });
    expect(headers.get("content-type")).toContain("text/csv");
    expect(headers.get("content-disposition")).toMatch(/^attachment; filename="findings-team-[0-9a-f]+-\d{4}-\d\d-\d\d\.csv"$/);
  });

  test.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@cmd", "'@cmd"],
    ["\tx", "'\tx"],
    ["\r=x", '"\'\r=x"'],
    ['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
    ["a=b", "a=b"],
    ["", ""],
  ])("the cell %j is written %j, so that nothing is reckoned", (cell, expected) => {
    expect(cellOf(cell)).toBe(expected);
  });

  test("a dismissal stands there with its reason", async () => {
    const repository = newRepository();
    await send("trivy", repository, { report: trivyReport([{ id: "CVE-1" }]) });
    await postJson(`${hub.url}/api/cicd/findings/triage`, { filter: { repository }, action: "dismiss", reason: "wont_fix", comment: "=cmd" }, hub.admin);
    const [names = [], row = []] = cellsOf((await download(`format=csv&repository=${repository}`)).text.slice(1));
    const read = Object.fromEntries(names.map((name, index) => [name, row[index]]));
    expect(read).toMatchObject({ state: "dismissed", dismissed_by: "ada", dismissal_reason: "wont_fix", dismissal_comment: "'=cmd" });
  });
});

describe("as SARIF", () => {
  test("our own reader reads it back, finding by finding, with what is dismissed and what is gone", async () => {
    const repository = newRepository();
    const all = [
      { id: "CVE-1", severity: "CRITICAL" },
      { id: "CVE-2", severity: "HIGH" },
      { id: "CVE-3", severity: "MEDIUM" },
      { id: "CVE-4", severity: "LOW" },
      { id: "CVE-GONE", severity: "HIGH" },
    ];
    await send("trivy", repository, { report: trivyReport(all) });
    await send("trivy", repository, { report: trivyReport(all.slice(0, 4)), commit_hash: "c2" });
    await send("lint", repository, {
      ...eslint([
        { ruleId: "no-undef", severity: 2, line: 3, message: "x is not defined" },
        { ruleId: "curly", severity: 1, line: 9, message: "Expected {" },
      ]),
    });
    await postJson(
      `${hub.url}/api/cicd/findings/triage`,
      { filter: { repository, rule: "CVE-2" }, action: "dismiss", reason: "accepted_risk", comment: "known" },
      hub.admin,
    );
    const { text, headers } = await download(`format=sarif&repository=${repository}`);
    expect(headers.get("content-type")).toContain("application/sarif+json");
    const back = await readBack(text);
    const expected = (await list(`repository=${repository}`)).map((finding) => ({
      rule: finding.rule,
      severity: finding.severity,
      path: finding.path,
      line: finding.line,
      standing: finding.state === "fixed" ? "gone" : finding.state,
    }));
    const key = (one: { rule: string }) => one.rule;
    expect(
      back.map(({ rule, severity, path, line, standing }) => ({ rule, severity, path, line, standing })).toSorted((a, b) => key(a).localeCompare(key(b))),
    ).toEqual(expected.toSorted((a, b) => key(a).localeCompare(key(b))));
    expect(back.find((one) => one.rule === "no-undef")).toMatchObject({ path: "src/a b.ts", line: 3, severity: "high" });
  });

  test("it has one run a tool, whose rules the results name by their place, and ids that stay", async () => {
    const repository = newRepository();
    await send("trivy", repository, { report: trivyReport([{ id: "CVE-1" }, { id: "CVE-1", package: "other" }, { id: "CVE-2" }]) });
    await send("lint", repository, eslint([{ ruleId: "curly", severity: 1, line: 9, message: "Expected {" }]));
    await postJson(
      `${hub.url}/api/cicd/findings/triage`,
      { filter: { repository, rule: "curly" }, action: "dismiss", reason: "wont_fix", comment: "never" },
      hub.admin,
    );
    const Log = z.object({
      version: z.literal("2.1.0"),
      runs: z.array(
        z.object({
          tool: z.object({ driver: z.object({ name: z.string(), rules: z.array(z.object({ id: z.string() })) }) }),
          results: z.array(
            z.object({
              ruleId: z.string(),
              ruleIndex: z.number(),
              level: z.enum(["error", "warning", "note"]),
              message: z.object({ text: z.string().min(1) }),
              partialFingerprints: z.object({ "sentinal/finding-id": z.string() }),
              suppressions: z.array(z.object({ kind: z.literal("external"), status: z.literal("accepted"), justification: z.string() })).optional(),
            }),
          ),
        }),
      ),
      properties: z.object({ "sentinal/is-cut": z.literal(false) }),
    });
    const log = Log.parse(JSON.parse((await download(`format=sarif&repository=${repository}`)).text));
    expect(log.runs.map((run) => [run.tool.driver.name.toLowerCase(), run.results.length, run.tool.driver.rules.length])).toEqual(
      [
        ["trivy", 3, 2],
        ["eslint", 1, 1],
      ].toSorted(),
    );
    for (const run of log.runs) for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    const ids = log.runs.flatMap((run) => run.results.map((result) => Number(result.partialFingerprints["sentinal/finding-id"])));
    expect(ids.toSorted()).toEqual((await list(`repository=${repository}`)).map((finding) => finding.id).toSorted());
    expect(log.runs.flatMap((run) => run.results.flatMap((result) => result.suppressions ?? []))).toEqual([
      { kind: "external", status: "accepted", justification: "Will not be fixed: never (ada)" },
    ]);
  });

  test("of nothing is a log without runs", async () => {
    expect(JSON.parse((await download("format=sarif&repository=team/none")).text)).toMatchObject({ version: "2.1.0", runs: [] });
  });
});

describe("as JSON", () => {
  test("it has the list's own items", async () => {
    const repository = newRepository();
    const { scan_id: scanId } = await send("trivy", repository, {
      report: trivyReport(Array.from({ length: 30 }, (_unused, index) => ({ id: `CVE-${index}` }))),
    });
    const query = `scan_id=${scanId}&change=new&q=CVE-1`;
    const answer: unknown = JSON.parse((await download(`format=json&${query}`)).text);
    expect(answer).toEqual({ items: await list(query), is_cut: false });
    expect(z.object({ items: z.array(z.unknown()) }).parse(answer).items).toHaveLength(11);
  });
});

describe("of more findings than one file takes", () => {
  let repository: string;
  beforeAll(async () => {
    repository = newRepository();
    await send("trivy", repository, { report: trivyReport(Array.from({ length: 1_200 }, (_unused, index) => ({ id: `CVE-${index}` }))) });
    await send("lint", repository, eslint([{ ruleId: "curly", severity: 1, line: 9, message: "Expected {" }]));
  });

  async function exported(format: FindingExportFormat, most: number, filter: FindingFilter = {}): Promise<string> {
    let text = "";
    for await (const piece of exportFindings(hub.database.db, { filter: { repository, ...filter }, sort: "severity" }, null, format, most)) text += piece;
    return text;
  }

  const Json = z.object({ items: z.array(z.object({ id: z.number() })), is_cut: z.boolean() });
  const Sarif = z.object({ runs: z.array(z.object({ results: z.array(z.unknown()) })), properties: z.object({ "sentinal/is-cut": z.boolean() }) });

  test.each([1, 499, 500, 501, 1_000, 1_200])("each format holds the first %i, each once, and says that it was cut", async (most) => {
    const rows = cellsOf((await exported("csv", most)).slice(1));
    expect(rows).toHaveLength(most + 2);
    expect(rows.at(-1)).toHaveLength(rows[0]?.length ?? 0);
    expect(rows.at(-1)?.[0]).toContain(`Cut after ${most} findings`);
    const json = Json.parse(JSON.parse(await exported("json", most)));
    expect([new Set(json.items.map(({ id }) => id)).size, json.is_cut]).toEqual([most, true]);
    const sarif = Sarif.parse(JSON.parse(await exported("sarif", most)));
    expect([sarif.runs.reduce((sum, run) => sum + run.results.length, 0), sarif.properties["sentinal/is-cut"]]).toEqual([most, true]);
  });

  test("as many as one takes are whole, and no cut is told of", async () => {
    expect(cellsOf((await exported("csv", 1_201)).slice(1))).toHaveLength(1_202);
    const json = Json.parse(JSON.parse(await exported("json", 1_201)));
    expect([json.items.length, json.is_cut]).toEqual([1_201, false]);
    expect(Sarif.parse(JSON.parse(await exported("sarif", 1_201))).properties["sentinal/is-cut"]).toBe(false);
    expect(Json.parse(JSON.parse(await exported("json", 500, { rule: ["CVE-7", "curly"] }))).is_cut).toBe(false);
  });
});

describe("who may", () => {
  const status = async (query: string, bearer?: string) =>
    (await fetch(`${hub.url}/api/cicd/findings/export?${query}`, bearer === undefined ? {} : { headers: { authorization: `Bearer ${bearer}` } })).status;

  test("nobody without a credential, no token that may only write, and no format that there is not", async () => {
    expect(await status("format=csv")).toBe(401);
    expect(await status("format=csv", writer)).toBe(403);
    expect(await status("format=xml", hub.admin)).toBe(400);
    expect(await status("", hub.admin)).toBe(400);
    expect(await status("format=csv&severity=grave", hub.admin)).toBe(400);
  });

  test("a token that is bound to a repository gets nothing of another one", async () => {
    const [own, other] = [newRepository(), newRepository()];
    await send("trivy", own, { report: trivyReport([{ id: "CVE-OWN" }]) });
    await send("trivy", other, { report: trivyReport([{ id: "CVE-FOREIGN" }]) });
    const { token } = await hub.createToken({ scopes: ["webhook:read"], repository: own });
    for (const format of ["csv", "sarif", "json"]) {
      const { text } = await download(`format=${format}`, token);
      expect(text).toContain("CVE-OWN");
      expect(text).not.toContain("CVE-FOREIGN");
    }
    expect((await download("format=json&repository=..%2F..%22%0d%0a", token)).headers.get("content-disposition")).toMatch(
      /^attachment; filename="[\w.-]+\.json"$/,
    );
  });
});
