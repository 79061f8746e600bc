import { IntakeAnswer } from "@sentinal/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { zipOf } from "../../reports/src/testing/archives.ts";
import { getJson, startTestHub, type TestHub } from "../hub.ts";
import { trivyReport } from "../trivy-report.ts";

let hub: TestHub;
let token: string;
let repositories = 0;

beforeAll(async () => {
  hub = await startTestHub();
  token = (await hub.createToken({ scopes: ["webhook:write", "webhook:read"] })).token;
});
afterAll(() => hub.close());

const newRepository = () => `archives/${++repositories}`;
const junit = (names: readonly string[], failed: readonly string[] = []) =>
  `<testsuites><testsuite name="s">${names.map((name) => `<testcase classname="c" name="${name}">${failed.includes(name) ? '<failure message="no"/>' : ""}</testcase>`).join("")}</testsuite></testsuites>`;
const a = { id: "CVE-2026-1" };
const b = { id: "CVE-2026-2", package: "other" };

function send(repository: string, commit: string, files: Record<string, string>, query = ""): Promise<Response> {
  const zip = zipOf(Object.entries(files).map(([name, content]) => ({ name, content })));
  return fetch(`${hub.url}/api/cicd/reports?repository=${repository}&commit_hash=${commit}&branch=main${query}`, {
    method: "POST",
    body: new Uint8Array(zip),
    headers: { authorization: `Bearer ${token}`, "content-type": "application/zip" },
  });
}

async function accepted(...parameters: Parameters<typeof send>): Promise<IntakeAnswer> {
  const answer = await send(...parameters);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return IntakeAnswer.parse(await answer.json());
}

describe("an archive of report files", () => {
  test("of one tool is one scan, in which what one file lacks is not fixed when another has it", async () => {
    const repository = newRepository();
    const first = await accepted(repository, "c1", { "one/TEST-a.xml": junit(["a", "b"], ["a"]), "two/TEST-b.xml": junit(["c"]) });
    expect(first).toMatchObject({ status: "completed", counts: { passed: 2, failed: 1, total: 3 }, changes: { new: 1, fixed: 0 } });
    expect(await getJson(`${hub.url}/api/cicd/runs/${first.run_id}`, token)).toMatchObject({ scans: [{ counts: { total: 3, failed: 1 } }] });

    const findings = newRepository();
    await accepted(findings, "c1", { "a.json": JSON.stringify(trivyReport([a])), "b.json": JSON.stringify(trivyReport([b])) });
    const known = await accepted(findings, "c2", { "a.json": JSON.stringify(trivyReport([a])), "b.json": JSON.stringify(trivyReport([b])) });
    expect(known).toMatchObject({ counts: { total: 2 }, changes: { new: 0, fixed: 0, reopened: 0, unchanged: 2 } });
    const fixed = await accepted(findings, "c3", { "a.json": JSON.stringify(trivyReport([a])), "b.json": JSON.stringify(trivyReport([])) });
    expect(fixed.changes).toMatchObject({ new: 0, fixed: 1, unchanged: 1 });
  });

  test("of which a file could not be read fixes nothing, says so with each import, and the whole one fixes later", async () => {
    const repository = newRepository();
    const files = { "a.json": JSON.stringify(trivyReport([a])), "b.json": JSON.stringify(trivyReport([b])) };
    await accepted(repository, "c1", files);
    const torn = await accepted(repository, "c2", { ...files, "b.json": files["b.json"].slice(0, 40) });
    expect(torn).toMatchObject({ status: "partial", counts: { total: 1 }, changes: { new: 0, fixed: 0, unchanged: 1 } });
    const imports: unknown = await getJson(`${hub.url}/api/cicd/scans/${torn.scan_id}`, token);
    expect(JSON.stringify(imports)).toContain("1 of 2 files were read.");
    const whole = await accepted(repository, "c3", { "a.json": files["a.json"], "b.json": JSON.stringify(trivyReport([])) });
    expect(whole.changes).toMatchObject({ new: 0, fixed: 1, unchanged: 1 });
  });

  test("of several tools is a scan of each, in one run", async () => {
    const answer = await accepted(newRepository(), "c1", { "tests.xml": junit(["a"]), "trivy.json": JSON.stringify(trivyReport([a])) });
    const run = await getJson(`${hub.url}/api/cicd/runs/${answer.run_id}`, token);
    expect(run).toMatchObject({
      scans: expect.arrayContaining([expect.objectContaining({ scan_type: "test" }), expect.objectContaining({ scan_type: "trivy" })]),
    });
  });

  test("that came before for the same run changes nothing", async () => {
    const repository = newRepository();
    const files = { "a.xml": junit(["a"], ["a"]), "b.xml": junit(["b"]) };
    const first = await accepted(repository, "c1", files);
    const again = await accepted(repository, "c1", files);
    expect(again).toMatchObject({ scan_id: first.scan_id, changes: { new: 0, fixed: 0, reopened: 0 } });
  });

  test("tells how many of its files were read, and why others were not", async () => {
    const answer = await accepted(newRepository(), "c1", { "a.xml": junit(["a"]), "readme.txt": "hello", "nunit.xml": "<test-run></test-run>" });
    expect(answer.status).toBe("partial");
    expect(answer.warnings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      "files_read 1 of 3 files were read.",
      expect.stringContaining("file_not_read readme.txt: "),
      expect.stringContaining("file_not_read nunit.xml: NUnit XML"),
    ]);
  });

  test.each([
    ["without any report", { "readme.txt": "hello" }, "", 422, "report_refused"],
    ["without files", {}, "", 422, "report_refused"],
    ["that is said to be a part", { "a.xml": junit(["a"]) }, "&shard=1/2", 400, "field_invalid"],
  ])("%s is refused, and nothing is kept", async (_what, files, query, status, code) => {
    const repository = newRepository();
    const answer = await send(repository, "c1", files, query);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code });
    expect(await hub.database.db.selectFrom("repositories").select("id").where("name", "=", repository).execute()).toEqual([]);
  });

  test("that was cut off is refused with the reason", async () => {
    const zip = zipOf([{ name: "a.xml", content: junit(["a"]) }]);
    const answer = await fetch(`${hub.url}/api/cicd/reports?repository=${newRepository()}&commit_hash=c1&branch=main`, {
      method: "POST",
      body: new Uint8Array(zip.subarray(0, -10)),
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(422);
  });

  test("may be larger than what is kept in memory", async () => {
    const many = Array.from({ length: 30_000 }, (_unused, index) => `${index} ${Math.sin(index)} ${Math.cos(index)} ${Math.tan(index)}`);
    const files = { "a.xml": junit(many.slice(0, 15_000)), "b.xml": junit(many.slice(15_000)) };
    const zip = zipOf(Object.entries(files).map(([name, content]) => ({ name, content, method: 0 })));
    expect(zip.length).toBeGreaterThan(2 * 1024 * 1024);
    const answer = await fetch(`${hub.url}/api/cicd/reports?repository=${newRepository()}&commit_hash=c1&branch=main`, {
      method: "POST",
      body: new Uint8Array(zip),
      headers: { authorization: `Bearer ${token}` },
    });
    expect([200, 202]).toContain(answer.status);
    const { run_id: runId } = IntakeAnswer.parse(await answer.json());
    await expect.poll(() => getJson(`${hub.url}/api/cicd/runs/${runId}`, token), { timeout: 30_000 }).toMatchObject({ scans: [{ counts: { total: 30_000 } }] });
    expect(
      await hub.database.db
        .selectFrom("import_chunks")
        .leftJoin("imports", "imports.id", "import_chunks.import_id")
        .where("imports.id", "is", null)
        .select("ordinal")
        .execute(),
    ).toEqual([]);
  });
});
