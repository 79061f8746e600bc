import { randomBytes } from "node:crypto";
import { IntakeAnswer, ScanDetail } from "@sentinal/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getJson, postJson, startTestHub, type TestHub } from "../hub.ts";
import { type TestVulnerability, trivyReport } from "../trivy-report.ts";

let hub: TestHub;
let token: string;

beforeAll(async () => {
  hub = await startTestHub();
  token = (await hub.createToken()).token;
});
afterAll(() => hub.close());

/** Sends reports of one repository, each for a commit of its own. */
function repository() {
  const name = `unchanged/${randomBytes(6).toString("hex")}`;
  return async (vulnerabilities: readonly TestVulnerability[], facts: Record<string, unknown> = {}) => {
    const body = {
      repository: name,
      commit_hash: randomBytes(20).toString("hex"),
      branch: "main",
      status: "completed",
      report: trivyReport(vulnerabilities),
      ...facts,
    };
    const answer = await postJson(`${hub.url}/api/cicd/webhook/trivy`, body, token);
    expect(answer.status).toBe(200);
    return IntakeAnswer.parse(await answer.json());
  };
}

const one: TestVulnerability = { id: "CVE-2026-1", severity: "CRITICAL" };
const two: TestVulnerability = { id: "CVE-2026-2", severity: "LOW" };

/** What is stored of the scan's sightings, by rule. */
async function sightings(answer: IntakeAnswer): Promise<[string, string][]> {
  const rows = await hub.database.db
    .selectFrom("occurrences")
    .innerJoin("findings", "findings.id", "occurrences.finding_id")
    .select(["rule", "change"])
    .where("scan_id", "=", answer.scan_id ?? 0)
    .orderBy("rule")
    .execute();
  return rows.map((row) => [row.rule, row.change]);
}

describe("a report for the next commit", () => {
  test("that tells the same has all its findings on its scan, unchanged, and is the newest of its branch", async () => {
    const send = repository();
    await send([one, two]);
    const again = await send([two, one]);
    expect(again).toMatchObject({ counts: { critical: 1, low: 1, total: 2 }, changes: { new: 0, fixed: 0, reopened: 0, unchanged: 2 } });
    expect(await sightings(again)).toEqual([
      ["CVE-2026-1", "unchanged"],
      ["CVE-2026-2", "unchanged"],
    ]);
    const scan = ScanDetail.parse(await getJson(`${hub.url}/api/cicd/scans/${again.scan_id}`, hub.admin));
    expect(scan).toMatchObject({ status: "completed", counts: { critical: 1, low: 1, total: 2 }, changes: { new: 0, fixed: 0, reopened: 0, unchanged: 2 } });
    const newest = await hub.database.db.selectFrom("branch_scopes").select("id").where("newest_scan_id", "=", again.scan_id).execute();
    expect(newest).toHaveLength(1);
  });

  test.each<[string, TestVulnerability[], IntakeAnswer["changes"]]>([
    ["one more", [one, two, { id: "CVE-2026-3" }], { new: 1, fixed: 0, reopened: 0, unchanged: 2 }],
    ["one less", [one], { new: 0, fixed: 1, reopened: 0, unchanged: 1 }],
    ["another text", [one, { ...two, title: "told anew" }], { new: 0, fixed: 0, reopened: 0, unchanged: 2 }],
    ["another one in the place of one", [one, { id: "CVE-2026-3" }], { new: 1, fixed: 1, reopened: 0, unchanged: 1 }],
    ["one of them twice", [one, two, two], { new: 1, fixed: 0, reopened: 0, unchanged: 2 }],
  ])("with %s changes that, and the one after it nothing", async (_name, list, changes) => {
    const send = repository();
    await send([one, two]);
    await send([one, two]);
    expect(await send(list)).toMatchObject({ changes });
    expect(await send(list)).toMatchObject({ changes: { new: 0, fixed: 0, reopened: 0, unchanged: list.length } });
  });

  test("with a text told anew shows it, also when a report between told it as before", async () => {
    const send = repository();
    await send([one]);
    const told = await send([{ ...one, title: "told anew" }]);
    await send([{ ...one, title: "told anew" }]);
    const finding = await hub.database.db
      .selectFrom("findings")
      .innerJoin("occurrences", "finding_id", "id")
      .select("title")
      .where("scan_id", "=", told.scan_id)
      .executeTakeFirstOrThrow();
    expect(finding.title).toBe("told anew");
  });

  test("opens again what an earlier one left out", async () => {
    const send = repository();
    await send([one, two]);
    await send([one]);
    expect(await send([one, two])).toMatchObject({ changes: { new: 0, fixed: 0, reopened: 1, unchanged: 1 } });
  });

  test("of another branch with the same findings tells them unchanged against the default branch", async () => {
    const send = repository();
    await send([one, two], { default_branch: "main" });
    expect(await send([one, two], { branch: "feature" })).toMatchObject({ changes: { new: 0, fixed: 0, reopened: 0, unchanged: 2 } });
    expect(await send([one], { branch: "feature" })).toMatchObject({ changes: { new: 0, fixed: 1, reopened: 0, unchanged: 1 } });
    expect(await send([one, two])).toMatchObject({ changes: { new: 0, fixed: 0, reopened: 0, unchanged: 2 } });
  });

  test("that comes at the same moment as others of its branch tells them unchanged each time", async () => {
    const send = repository();
    await send([one, two]);
    const answers = await Promise.all(Array.from({ length: 12 }, (_unused, index) => send(index === 6 ? [one] : [one, two])));
    const sum = (name: "fixed" | "reopened" | "new") => answers.reduce((total, answer) => total + (answer.changes?.[name] ?? 0), 0);
    // One report leaves a finding out: it is fixed by that, unless a newer one was worked in before, and opened again by the next.
    expect(sum("new")).toBe(0);
    expect(sum("fixed")).toBeLessThanOrEqual(1);
    const isGone = sum("fixed") - sum("reopened");
    expect([0, 1]).toContain(isGone);
    expect(await send([one, two])).toMatchObject({ changes: { new: 0, fixed: 0, reopened: isGone, unchanged: 2 - isGone } });
  });
});
