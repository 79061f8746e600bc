import { Finding, IntakeAnswer, page } from "@sentinal/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getJson, postJson, startTestHub, type TestHub } from "../hub.ts";
import { trivyReport } from "../trivy-report.ts";

let hub: TestHub;
let token: string;
let repositories = 0;

beforeAll(async () => {
  hub = await startTestHub();
  token = (await hub.createToken({ scopes: ["webhook:write", "webhook:read"] })).token;
});
afterAll(() => hub.close());

const newRepository = () => `gates/${++repositories}`;
const critical = { id: "CVE-2026-1", severity: "CRITICAL" };
const low = { id: "CVE-2026-2", package: "other", severity: "LOW" };

async function setGate(repository: string, conditions: unknown, bearer = hub.admin): Promise<Response> {
  return fetch(`${hub.url}/api/cicd/gate`, {
    method: "PUT",
    body: JSON.stringify({ repository, conditions }),
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
  });
}

async function send(repository: string, commit: string, list: Parameters<typeof trivyReport>[0], extra: object = {}): Promise<IntakeAnswer> {
  const body = { repository, commit_hash: commit, branch: "main", report: trivyReport(list), ...extra };
  const answer = await postJson(`${hub.url}/api/cicd/webhook/trivy`, body, token);
  return IntakeAnswer.parse(await answer.json());
}

describe("a quality gate", () => {
  test("judges each run in the answer and on the run, which fails with it", async () => {
    const repository = newRepository();
    expect((await setGate(repository, [{ metric: "new_critical", at_most: 0 }])).status).toBe(200);
    const bad = await send(repository, "c1", [critical, low]);
    const conditions = [{ metric: "new_critical", at_most: 0, actual: 1, verdict: "failed" }];
    expect(bad.gate).toEqual({ verdict: "failed", conditions });
    expect(await getJson(`${hub.url}/api/cicd/runs/${bad.run_id}`, token)).toMatchObject({ status: "Failed", gate: { verdict: "failed", conditions } });
    expect(await getJson(`${hub.url}/api/cicd/imports/${bad.import_id}`, token)).toMatchObject({ gate: { verdict: "failed" } });
    const known = await send(repository, "c2", [critical, low]);
    expect(known.gate).toMatchObject({ verdict: "passed" });
    expect(await getJson(`${hub.url}/api/cicd/runs/${known.run_id}`, token)).toMatchObject({ status: "Success", gate: { verdict: "passed" } });
  });

  test("judges the newest run again when a person dismisses what it failed for, or takes that back", async () => {
    const repository = newRepository();
    await setGate(repository, [{ metric: "critical", at_most: 0 }]);
    const bad = await send(repository, "c1", [critical, low], { status: "completed" });
    const [finding] = page(Finding).parse(await getJson(`${hub.url}/api/cicd/findings?repository=${repository}&severity=critical`, hub.admin)).items;
    const decide = (action: string) =>
      postJson(`${hub.url}/api/cicd/findings/triage`, { action, ids: [finding?.id], ...(action === "dismiss" && { reason: "false_positive" }) }, hub.admin);
    const verdict = () => getJson(`${hub.url}/api/cicd/runs/${bad.run_id}`, token);
    expect(await verdict()).toMatchObject({ status: "Failed", gate: { verdict: "failed" } });
    expect((await decide("dismiss")).status).toBe(200);
    expect(await verdict()).toMatchObject({ status: "Success", gate: { verdict: "passed", conditions: [{ actual: 0 }] } });
    expect((await decide("reopen")).status).toBe(200);
    expect(await verdict()).toMatchObject({ status: "Failed", gate: { verdict: "failed" } });
  });

  test("is over all reports of the run", async () => {
    const repository = newRepository();
    await setGate(repository, [{ metric: "findings", at_most: 1 }]);
    const first = await send(repository, "c1", [critical], { category: "one" });
    expect(first.gate).toMatchObject({ verdict: "passed" });
    const second = await send(repository, "c1", [low], { category: "two" });
    expect(second.run_id).toBe(first.run_id);
    expect(second.gate).toMatchObject({ verdict: "failed", conditions: [{ actual: 2 }] });
  });

  test("is absent where nobody has set one, and again where it is taken away", async () => {
    const repository = newRepository();
    expect((await send(repository, "c1", [critical])).gate).toBeNull();
    await setGate(repository, [{ metric: "critical", at_most: 0 }]);
    expect((await send(repository, "c2", [critical])).gate).toMatchObject({ verdict: "failed" });
    await setGate(repository, []);
    const last = await send(repository, "c3", [critical]);
    expect(last.gate).toBeNull();
    expect(await getJson(`${hub.url}/api/cicd/gate?repository=${repository}`, token)).toEqual({ repository, conditions: [] });
  });

  test("is set by Admins alone, and each metric once", async () => {
    const repository = newRepository();
    expect((await setGate(repository, [], token)).status).toBe(403);
    const twice = [
      { metric: "critical", at_most: 0 },
      { metric: "critical", at_most: 1 },
    ];
    expect((await setGate(repository, twice)).status).toBe(400);
    expect((await setGate(repository, [{ metric: "luck", at_most: 0 }])).status).toBe(400);
    expect((await setGate(repository, [{ metric: "critical", at_most: -1 }])).status).toBe(400);
    await setGate(repository, [{ metric: "critical", at_most: 0 }]);
    const entries = await hub.database.db
      .selectFrom("audit_entries")
      .select("detail")
      .where("action", "=", "gate.set")
      .where("subject_id", "=", repository)
      .execute();
    expect(entries).toMatchObject([{ detail: { conditions: ["critical <= 0"] } }]);
  });

  test("is not seen by a token of another repository", async () => {
    const bound = (await hub.createToken({ scopes: ["webhook:read"], repository: "gates/mine" })).token;
    expect((await fetch(`${hub.url}/api/cicd/gate?repository=gates/other`, { headers: { authorization: `Bearer ${bound}` } })).status).toBe(404);
  });
});
