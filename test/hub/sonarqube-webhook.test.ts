import { createHmac } from "node:crypto";
import { IntakeAnswer } from "@sentinal/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getJson, startTestHub, type TestHub } from "../hub.ts";

// Made up for these tests.
const secret = "a secret for tests only";
let hub: TestHub;
let token: string;

beforeAll(async () => {
  hub = await startTestHub({ SENTINAL_SONARQUBE_WEBHOOK_SECRET: secret });
  token = (await hub.createToken({ scopes: ["webhook:write", "webhook:read"] })).token;
});
afterAll(() => hub.close());

const analysis = (project: string, verdict = "ERROR") => ({
  serverUrl: "https://sonar.example",
  taskId: "AY1",
  status: "SUCCESS",
  revision: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  project: { key: project, name: "shop" },
  branch: { name: "main", type: "BRANCH", isMain: true },
  qualityGate: {
    name: "Sonar way",
    status: verdict,
    conditions: [{ metric: "new_coverage", operator: "LESS_THAN", value: "61.3", status: verdict, errorThreshold: "80" }],
  },
  properties: {},
});

function post(body: string, headers: Record<string, string>): Promise<Response> {
  return fetch(`${hub.url}/api/cicd/sonarqube`, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });
}
const signed = (body: string, key = secret) => ({ "x-sonar-webhook-hmac-sha256": createHmac("sha256", key).update(body).digest("hex") });

describe("SonarQube's own webhook", () => {
  test("with the secret's signature shows the quality gate on the run of its revision", async () => {
    const body = JSON.stringify(analysis("team-a"));
    const answer = await post(body, signed(body));
    expect(answer.status, await answer.clone().text()).toBe(200);
    const { run_id: runId, scan_id: scanId } = IntakeAnswer.parse(await answer.json());
    expect(await getJson(`${hub.url}/api/cicd/runs/${runId}`, token)).toMatchObject({
      repository: "team-a",
      branch: "main",
      commit_hash: analysis("").revision,
    });
    const scan = await hub.database.db.selectFrom("scans").select("tool_gate").where("id", "=", scanId).executeTakeFirstOrThrow();
    expect(scan.tool_gate).toMatchObject({
      verdict: "failed",
      name: "Sonar way",
      conditions: [{ metric: "new_coverage", threshold: "80", actual: "61.3", verdict: "failed" }],
    });
  });

  test("is of the repository that is named as its project key", async () => {
    await hub.database.db.insertInto("repositories").values({ name: "acme/shop" }).execute();
    const body = JSON.stringify(analysis("acme_shop", "OK"));
    const { run_id: runId } = IntakeAnswer.parse(await (await post(body, signed(body))).json());
    expect(await getJson(`${hub.url}/api/cicd/runs/${runId}`, token)).toMatchObject({ repository: "acme/shop" });
  });

  test("with an API token as the password needs no secret", async () => {
    const body = JSON.stringify(analysis("team-b"));
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
    expect((await post(body, basic(`hub:${token}`))).status).toBe(200);
    expect((await post(body, basic(`${token}:`))).status).toBe(200);
    expect((await post(body, basic("hub:wrong"))).status).toBe(401);
  });

  test.each([
    ["no sign at all", (_body: string) => ({})],
    ["another secret", (body: string) => signed(body, "not the secret of the hub")],
    ["the signature of another body", (_body: string) => signed("{}")],
    ["a signature that is none", (_body: string) => ({ "x-sonar-webhook-hmac-sha256": "zz" })],
  ])("with %s is refused, and nothing is kept", async (_what, headersOf) => {
    const body = JSON.stringify(analysis("team-c"));
    expect((await post(body, headersOf(body))).status).toBe(401);
    expect(await hub.database.db.selectFrom("repositories").select("id").where("name", "=", "team-c").execute()).toEqual([]);
  });

  test.each([
    ["no JSON", "{", 400],
    ["no revision", JSON.stringify({ ...analysis("team-d"), revision: undefined }), 400],
    ["another content", JSON.stringify({ revision: "c1", project: { key: "team-d" } }), 415],
  ])("with %s is refused with what to do", async (_what, body, status) => {
    const answer = await post(body, signed(body));
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
  });
});
