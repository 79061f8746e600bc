import { randomBytes } from "node:crypto";
import { Finding, FindingDetail, IntakeAnswer, page, Problem, TokenPair, TriageAnswer } from "@sentinal/contract";
import { io } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getJson, postJson, startTestHub, type TestHub } from "../../../test/hub.ts";
import { trivyReport } from "../../../test/trivy-report.ts";
import { isChange } from "./triage.ts";

let hub: TestHub;
let writer: string;
let member: string;
let viewer: string;

beforeAll(async () => {
  hub = await startTestHub({ SENTINAL_REGISTRATION: "open" });
  writer = (await hub.createToken({ scopes: ["webhook:write"] })).token;
  member = await account("grace", "Member");
  viewer = await account("linus", "Viewer");
});
afterAll(() => hub.close());

async function account(username: string, role: "Member" | "Viewer"): Promise<string> {
  const password = "a long enough password";
  expect((await postJson(`${hub.url}/api/auth/register`, { username, email: `${username}@example.org`, password })).status).toBe(201);
  await hub.database.db.updateTable("users").set({ role }).where("username", "=", username).execute();
  return TokenPair.parse(await (await postJson(`${hub.url}/api/auth/login`, { username, password })).json()).access_token;
}

const newRepository = () => `team/${randomBytes(6).toString("hex")}`;

async function send(repository: string, ids: readonly string[], facts: Record<string, unknown> = {}): Promise<IntakeAnswer> {
  const report = trivyReport(ids.map((id) => ({ id })));
  const body = { repository, commit_hash: "c1", branch: "main", default_branch: "main", report, ...facts };
  const answer = await postJson(`${hub.url}/api/cicd/webhook/trivy`, body, writer);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return IntakeAnswer.parse(await answer.json());
}

const list = async (query: string) => page(Finding).parse(await getJson(`${hub.url}/api/cicd/findings?${query}`, hub.admin)).items;
const detail = async (id: number, query = "") => FindingDetail.parse(await getJson(`${hub.url}/api/cicd/findings/${id}${query}`, hub.admin));
const states = async (query: string) => Object.fromEntries((await list(query)).map((finding) => [finding.rule, finding.state]));

async function idOf(repository: string, rule: string): Promise<number> {
  const found = (await list(`repository=${repository}`)).find((finding) => finding.rule === rule);
  if (found === undefined) throw new Error(`there is no ${rule}`);
  return found.id;
}

async function triage(body: unknown, bearer = member): Promise<TriageAnswer> {
  const answer = await postJson(`${hub.url}/api/cicd/findings/triage`, body, bearer);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return TriageAnswer.parse(await answer.json());
}

async function refusal(body: unknown, bearer = member): Promise<[number, string, string]> {
  const answer = await postJson(`${hub.url}/api/cicd/findings/triage`, body, bearer);
  const problem = Problem.parse(await answer.json());
  return [answer.status, problem.code, problem.detail ?? ""];
}

const audit = () =>
  hub.database.db.selectFrom("audit_entries").selectAll().where("action", "in", ["finding.dismissed", "finding.reopened"]).orderBy("id").execute();

describe("dismissing", () => {
  test("keeps a finding dismissed, with who, why and when, however often reports see it again", async () => {
    const repository = newRepository();
    await send(repository, ["CVE-1", "CVE-2"]);
    const id = await idOf(repository, "CVE-1");
    expect(await triage({ ids: [id], action: "dismiss", reason: "accepted_risk", comment: "  behind the firewall\n" })).toEqual({ changed: 1, unchanged: 0 });
    await send(repository, ["CVE-1", "CVE-2"], { commit_hash: "c2" });
    expect(await states(`repository=${repository}`)).toEqual({ "CVE-1": "dismissed", "CVE-2": "open" });
    const found = await detail(id);
    expect(found).toMatchObject({ state: "dismissed", dismissal: { by: "user", username: "grace", reason: "accepted_risk", comment: "behind the firewall" } });
    expect(Date.parse(found.dismissal?.at ?? "")).toBeGreaterThan(Date.now() - 60_000);
    expect((await detail(await idOf(repository, "CVE-2"))).dismissal).toBeNull();
  });

  test("on the default branch holds on every branch that comes after, with the reason that was given there", async () => {
    const repository = newRepository();
    await send(repository, ["CVE-1"]);
    const id = await idOf(repository, "CVE-1");
    await triage({ ids: [id], action: "dismiss", reason: "false_positive" });
    const feature = await send(repository, ["CVE-1", "CVE-2"], { branch: "feature", commit_hash: "f1" });
    expect(feature.changes).toMatchObject({ new: 1, unchanged: 1 });
    expect(await states(`repository=${repository}&branch=feature`)).toEqual({ "CVE-1": "dismissed", "CVE-2": "open" });
    expect((await detail(id, "?branch=feature")).dismissal).toMatchObject({ by: "user", reason: "false_positive" });
  });

  test("on another branch leaves the default one alone", async () => {
    const repository = newRepository();
    await send(repository, ["CVE-1"]);
    await send(repository, ["CVE-1"], { branch: "feature" });
    const id = await idOf(repository, "CVE-1");
    expect(await triage({ ids: [id], branch: "feature", action: "dismiss", reason: "wont_fix" })).toEqual({ changed: 1, unchanged: 0 });
    expect((await detail(id, "?branch=main")).state).toBe("open");
    expect((await detail(id, "?branch=feature")).state).toBe("dismissed");
    expect(await triage({ ids: [id], branch: "nowhere", action: "dismiss", reason: "wont_fix" })).toEqual({ changed: 0, unchanged: 1 });
  });

  test("by a filter means all that the list shows, and of a scan those of its own branch", async () => {
    const repository = newRepository();
    await send(repository, ["CVE-1", "CVE-2", "CVE-3"]);
    expect(await triage({ filter: { repository, q: "CVE-1" }, action: "dismiss", reason: "used_in_tests" })).toEqual({ changed: 1, unchanged: 0 });
    expect(await triage({ filter: { repository, rule: ["CVE-1", "CVE-2"], state: "open" }, action: "dismiss", reason: "used_in_tests" })).toEqual({
      changed: 1,
      unchanged: 0,
    });
    const scan = await send(repository, ["CVE-3", "CVE-4"], { branch: "feature" });
    expect(await triage({ filter: { scan_id: scan.scan_id, change: "new" }, action: "dismiss", reason: "wont_fix" })).toEqual({ changed: 1, unchanged: 0 });
    expect(await states(`repository=${repository}`)).toEqual({ "CVE-1": "dismissed", "CVE-2": "dismissed", "CVE-3": "open" });
    expect(await states(`repository=${repository}&branch=feature`)).toMatchObject({ "CVE-3": "open", "CVE-4": "dismissed" });
  });

  test("again with another reason changes the reason, and with the same nothing", async () => {
    const repository = newRepository();
    await send(repository, ["CVE-1"]);
    const ids = [await idOf(repository, "CVE-1")];
    await triage({ ids, action: "dismiss", reason: "wont_fix", comment: "later" });
    expect(await triage({ ids, action: "dismiss", reason: "wont_fix", comment: "later" })).toEqual({ changed: 0, unchanged: 1 });
    expect(await triage({ ids, action: "dismiss", reason: "false_positive", comment: "later" })).toEqual({ changed: 1, unchanged: 0 });
    expect((await detail(ids[0] ?? 0)).dismissal?.reason).toBe("false_positive");
  });

  test("leaves what is fixed, what is not there and what is named twice", async () => {
    const repository = newRepository();
    await send(repository, ["CVE-1", "CVE-2"]);
    const [fixed, open] = [await idOf(repository, "CVE-1"), await idOf(repository, "CVE-2")];
    await send(repository, ["CVE-2"], { commit_hash: "c2" });
    expect(await triage({ ids: [fixed, open, open, 999_999_999], action: "dismiss", reason: "wont_fix" })).toEqual({ changed: 1, unchanged: 2 });
    expect(await states(`repository=${repository}`)).toEqual({ "CVE-1": "fixed", "CVE-2": "dismissed" });
  });

  test("of more than 10,000 findings is refused, and nothing is done", async () => {
    const repository = newRepository();
    await send(
      repository,
      Array.from({ length: 10_001 }, (_unused, index) => `CVE-${index}`),
    );
    const before = (await audit()).length;
    const [status, code, text] = await refusal({ filter: { repository }, action: "dismiss", reason: "wont_fix" });
    expect([status, code]).toEqual([400, "field_invalid"]);
    expect(text).toContain("10,000");
    expect(await list(`repository=${repository}&state=dismissed`)).toEqual([]);
    expect((await audit()).length).toBe(before);
    expect(await triage({ filter: { repository, q: "CVE-1000" }, action: "dismiss", reason: "wont_fix" })).toEqual({ changed: 2, unchanged: 0 });
  });
});

describe("reopening", () => {
  test("makes a finding open again, and the next report that lacks it fixes it", async () => {
    const repository = newRepository();
    await send(repository, ["CVE-1", "CVE-2"]);
    const id = await idOf(repository, "CVE-1");
    await triage({ ids: [id], action: "dismiss", reason: "wont_fix" });
    expect(await triage({ ids: [id], action: "reopen", comment: "it is not so" })).toEqual({ changed: 1, unchanged: 0 });
    expect(await triage({ ids: [id], action: "reopen" })).toEqual({ changed: 0, unchanged: 1 });
    expect(await detail(id)).toMatchObject({ state: "open", dismissal: null });
    await send(repository, ["CVE-2"], { commit_hash: "c2" });
    expect((await detail(id)).state).toBe("fixed");
  });

  test.each([
    ["a dismissal of a person's is lifted", { state: "dismissed", dismissedBy: "user" }, "reopen", true],
    ["one of the tool's is not: the next report would bring it back", { state: "dismissed", dismissedBy: "tool" }, "reopen", false],
    ["what is open is left", { state: "open", dismissedBy: null }, "reopen", false],
    ["what is fixed is left", { state: "fixed", dismissedBy: null }, "reopen", false],
    ["a dismissal of the tool's becomes a person's", { state: "dismissed", dismissedBy: "tool" }, "dismiss", true],
    ["what is fixed is not dismissed", { state: "fixed", dismissedBy: null }, "dismiss", false],
  ] as const)("%s", (_name, standing, action, expected) => {
    const reason = action === "dismiss" ? ("wont_fix" as const) : null;
    expect(isChange({ ...standing, reason: null, comment: null }, { action, reason, comment: null })).toBe(expected);
  });
});

describe("what is told of it", () => {
  test("the timeline tells of all branches what reports and people did, newest first, and when each saw it first", async () => {
    const repository = newRepository();
    const first = await send(repository, ["CVE-1"], { started_at: "2026-01-01T10:00:00Z" });
    await send(repository, [], { commit_hash: "c2", started_at: "2026-01-02T10:00:00Z" });
    await send(repository, ["CVE-1"], { commit_hash: "c3", started_at: "2026-01-03T10:00:00Z" });
    const feature = await send(repository, ["CVE-1"], { branch: "feature", commit_hash: "f1", started_at: "2026-01-04T10:00:00Z" });
    const id = await idOf(repository, "CVE-1");
    await triage({ ids: [id], action: "dismiss", reason: "accepted_risk", comment: "known" });
    await triage({ ids: [id], action: "reopen" });
    const found = await detail(id, "?branch=main");
    expect(found.timeline.map((event) => [event.event, event.branch, event.commit_hash, event.username, event.reason, event.comment])).toEqual([
      ["reopened", "main", null, "grace", null, null],
      ["dismissed", "main", null, "grace", "accepted_risk", "known"],
      ["reopened", "main", "c3", null, null, null],
      ["fixed", "main", "c2", null, null, null],
      ["appeared", "main", "c1", null, null, null],
    ]);
    expect(found.timeline.at(-1)).toMatchObject({ at: "2026-01-01T10:00:00.000Z", run_id: first.run_id });
    expect(found.branches).toEqual([
      { branch: "main", state: "open", first_seen_at: "2026-01-01T10:00:00.000Z", first_seen_run_id: first.run_id, first_seen_commit: "c1" },
      { branch: "feature", state: "open", first_seen_at: "2026-01-04T10:00:00.000Z", first_seen_run_id: feature.run_id, first_seen_commit: "f1" },
    ]);
  });

  test("the audit log has an entry with counts, ids, reason and comment, and none where nothing changed", async () => {
    const repository = newRepository();
    await send(
      repository,
      Array.from({ length: 120 }, (_unused, index) => `CVE-${index}`),
    );
    const before = (await audit()).length;
    await triage({ filter: { repository }, action: "reopen" });
    expect((await audit()).length).toBe(before);
    await triage({ filter: { repository }, action: "dismiss", reason: "used_in_tests", comment: "fixtures" });
    const entry = (await audit()).at(-1);
    expect(entry).toMatchObject({
      action: "finding.dismissed",
      actor_kind: "user",
      subject_kind: "triage_act",
      detail: { changed: 120, unchanged: 0, reason: "used_in_tests", comment: "fixtures", branch: null },
    });
    expect(entry).toHaveProperty("detail.findings.length", 100);
  });

  test("dashboards hear of the newest run of what changed", async () => {
    const repository = newRepository();
    const sent = await send(repository, ["CVE-1"]);
    const id = await idOf(repository, "CVE-1");
    const socket = io(hub.url, { auth: { token: viewer }, transports: ["websocket"], reconnection: false, forceNew: true });
    try {
      const heard = new Promise((resolve) => {
        socket.on("dashboard_update", (update: { type: string; data: { id: number } | null }) => {
          if (update.type === "run_updated" && update.data?.id === sent.run_id) resolve(update.type);
        });
      });
      await new Promise((resolve) => {
        socket.on("connected", () => socket.emit("subscribe_dashboard", resolve));
      });
      await triage({ ids: [id], action: "dismiss", reason: "wont_fix" });
      expect(await heard).toBe("run_updated");
    } finally {
      socket.disconnect();
    }
  });
});

describe("who may, and with what", () => {
  const good = { ids: [1], action: "reopen" };

  test("nobody without a credential, no viewer, and no API token", async () => {
    expect((await postJson(`${hub.url}/api/cicd/findings/triage`, good)).status).toBe(401);
    expect((await refusal(good, viewer)).slice(0, 2)).toEqual([403, "role_missing"]);
    const { token } = await hub.createToken({ scopes: ["webhook:read", "webhook:write"] });
    expect((await refusal(good, token)).slice(0, 2)).toEqual([403, "role_missing"]);
  });

  test.each([
    ["neither ids nor filter", { action: "reopen" }],
    ["both", { ids: [1], filter: {}, action: "reopen" }],
    ["no ids", { ids: [], action: "reopen" }],
    ["too many ids", { ids: Array.from({ length: 1_001 }, (_unused, index) => index + 1), action: "reopen" }],
    ["an id that none can be", { ids: [0], action: "reopen" }],
    ["a dismissal without a reason", { ids: [1], action: "dismiss" }],
    ["a reason to reopen", { ids: [1], action: "reopen", reason: "wont_fix" }],
    ["a reason that there is not", { ids: [1], action: "dismiss", reason: "because" }],
    ["an action that there is not", { ids: [1], action: "fix" }],
    ["a comment that is too long", { ids: [1], action: "dismiss", reason: "wont_fix", comment: "x".repeat(2_001) }],
    ["a comment with a NUL", { ids: [1], action: "dismiss", reason: "wont_fix", comment: "a\0b" }],
    ["a filter that is misspelt, which would mean more than was meant", { filter: { repositry: "team/shop" }, action: "reopen" }],
    ["two branches", { filter: { branch: "main" }, branch: "feature", action: "reopen" }],
  ])("%s is refused", async (_name, body) => {
    expect((await refusal(body)).slice(0, 2)).toEqual([400, "field_invalid"]);
  });
});
