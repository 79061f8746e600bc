import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { request as send } from "node:http";
import { IntakeAnswer, Problem, Run } from "@sentinal/contract";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { getJson, postJson, startTestHub, type TestHub } from "../../../test/hub.ts";
import { type TestVulnerability, trivyReport } from "../../../test/trivy-report.ts";

let hub: TestHub;
let token: string;

beforeAll(async () => {
  hub = await startTestHub();
  token = (await hub.createToken({ scopes: ["webhook:write", "webhook:read"] })).token;
});
afterAll(() => hub.close());

const newRepository = () => `team/${randomBytes(6).toString("hex")}`;

function post(scanType: string, body: Record<string, unknown> | string): Promise<Response> {
  return postJson(`${hub.url}/api/cicd/webhook/${scanType}`, typeof body === "string" ? body : { commit_hash: "c1", branch: "main", ...body }, token);
}

async function taken(answer: Promise<Response>): Promise<IntakeAnswer> {
  const response = await answer;
  expect(response.status, await response.clone().text()).toBe(200);
  return IntakeAnswer.parse(await response.json());
}

const runOf = async (answer: IntakeAnswer) => Run.parse(await getJson(`${hub.url}/api/cicd/runs/${answer.run_id}`, hub.admin));
const codesOf = (answer: IntakeAnswer) => answer.warnings.map((warning) => warning.code);

async function findings(query: string): Promise<{ rule: string; branch: string }[]> {
  return z
    .looseObject({ items: z.array(z.looseObject({ rule: z.string(), branch: z.string() })) })
    .parse(await getJson(`${hub.url}/api/cicd/findings?${query}`, hub.admin)).items;
}

describe("texts that PostgreSQL cannot hold", () => {
  test.each([
    ["a NUL in the branch", { branch: "a\u0000b", results: {} }],
    ["a NUL in the commit's message", { commit_message: "a\u0000b", results: {} }],
    ["a NUL in the name and the value of a field that nobody knows", { "x\u0000": { y: ["\u0000"] }, results: {} }],
    ["half of a character in a field that nobody knows", { x: "\ud800", results: {} }],
    ["a NUL in the tool's name", { results: { tool: "a\u0000b" } }],
    ["a NUL in the category", { category: "a\u0000b", results: {} }],
    [
      "half of a character in an issue, and what nobody knows beside it",
      { results: { issues: [{ rule: "\udc00", severity: "\u0000", message: "\ud800", path: "\u0000", extra: "\u0000" }] } },
    ],
    ["a character that the cut of a long message would halve", { results: { issues: [{ rule: "r", severity: "high", message: `${"x".repeat(19_999)}😀` }] } }],
    ["a severity that is a name of JavaScript's own", { results: { issues: [{ rule: "r", severity: "constructor", message: "m" }] } }],
  ])("%s: the report is taken all the same", async (_name, body) => {
    const answer = await taken(post("lint", { repository: newRepository(), ...body }));
    expect((await runOf(answer)).scans).toHaveLength(1);
  });
});

describe("counts beyond all bounds", () => {
  test("of one scan and of a run's sum are taken", async () => {
    const most = 2_147_483_647;
    const repository = newRepository();
    await taken(post("test", { repository, results: { failed: most, errors: most } }));
    await taken(post("trivy", { repository, results: { critical: most, total: most } }));
    const answer = await taken(post("trivy", { repository, category: "image", results: { critical: most, total: most } }));
    expect(await runOf(answer)).toMatchObject({ status: "Failed", critical_vulnerabilities: most });
  });
});

describe("the same counts again", () => {
  test("first as running and then as completed end the run", async () => {
    const body = { repository: newRepository(), results: { critical: 0, total: 0 } };
    expect((await runOf(await taken(post("trivy", { ...body, status: "running" })))).status).toBe("Running");
    const completed = await taken(post("trivy", { ...body, status: "completed" }));
    expect(codesOf(completed)).toEqual([]);
    expect((await runOf(completed)).status).toBe("Success");
  });

  test("as running once more, by a sender that got no answer the first time, do not undo the end", async () => {
    const body = { repository: newRepository(), results: { critical: 0, total: 0 } };
    await taken(post("trivy", { ...body, status: "running" }));
    await taken(post("trivy", { ...body, status: "completed" }));
    const late = await taken(post("trivy", { ...body, status: "running" }));
    expect(codesOf(late)).toEqual(["already_imported"]);
    expect((await runOf(late)).status).toBe("Success");
  });
});

describe("a failure that one sender tells", () => {
  test("is not taken back by another's success", async () => {
    const repository = newRepository();
    await taken(post("lint", { repository, status: "failed", results: { status: "completed", total: 0 } }));
    const other = await taken(post("trivy", { repository, status: "completed", results: { status: "completed", total: 0 } }));
    expect((await runOf(other)).status).toBe("Failed");
  });

  test("is taken back by a later word for the same scan", async () => {
    const repository = newRepository();
    await taken(post("lint", { repository, status: "failed", results: { high: 1 } }));
    const again = await taken(post("lint", { repository, status: "completed", results: { high: 0 } }));
    expect((await runOf(again)).status).toBe("Success");
  });
});

describe("a scan in parts", () => {
  const shard = (index: number) => ({ index, total: 2 });

  test("of tests is counted in sum, and fails when one part did, whichever came last", async () => {
    for (const order of [
      [1, 2],
      [2, 1],
    ]) {
      const repository = newRepository();
      const failed = { 1: 1, 2: 0 } as Record<number, number>;
      let last: IntakeAnswer | null = null;
      for (const index of order) last = await taken(post("test", { repository, shard: shard(index), results: { passed: 5, failed: failed[index] } }));
      if (last === null) throw new Error("no part was sent");
      const run = await runOf(last);
      expect(run.status).toBe("Failed");
      expect(run.scans).toMatchObject([{ counts: { passed: 10, failed: 1, total: 11 } }]);
    }
  });

  test("counts a part that is sent again once", async () => {
    const repository = newRepository();
    await taken(post("test", { repository, shard: shard(1), results: { passed: 5, failed: 1 } }));
    await taken(post("test", { repository, shard: shard(2), results: { passed: 3 } }));
    const again = await taken(post("test", { repository, shard: shard(1), results: { passed: 6, failed: 0 } }));
    const run = await runOf(again);
    expect(run.status).toBe("Success");
    expect(run.scans).toMatchObject([{ counts: { passed: 9, failed: 0, total: 9 } }]);
  });

  test("is whole when two parts brought the very same bytes", async () => {
    const repository = newRepository();
    const report = trivyReport([{ id: "CVE-1" }]);
    await taken(post("trivy", { repository, commit_hash: "c0", report: trivyReport([{ id: "CVE-1" }, { id: "CVE-2" }]) }));
    await taken(post("trivy", { repository, shard: shard(1), report }));
    const last = await taken(post("trivy", { repository, shard: shard(2), report }));
    expect(codesOf(last)).toEqual([]);
    expect(last.changes).toMatchObject({ fixed: 1 });
  });

  test("stays partial when one part is", async () => {
    const repository = newRepository();
    const text = JSON.stringify(trivyReport([{ id: "CVE-1" }, { id: "CVE-2" }]));
    const cut = text.slice(0, text.indexOf("CVE-2") - 21);
    const sendPart = (index: number, body: string) =>
      fetch(`${hub.url}/api/cicd/reports?scan_type=trivy&repository=${repository}&commit_hash=c1&branch=main&shard=${index}/2`, {
        method: "POST",
        body,
        headers: { authorization: `Bearer ${token}` },
      });
    expect((await taken(sendPart(1, cut))).status).toBe("partial");
    const last = await taken(sendPart(2, text));
    expect((await runOf(last)).scans).toMatchObject([{ partial: true }]);
  });
});

describe("two names of one branch in one run", () => {
  test("the run's own counts: its scans' findings are listed, on that branch", async () => {
    const repository = newRepository();
    const first = await taken(post("trivy", { repository, github_run_id: 5, branch: "fix/it", report: trivyReport([{ id: "CVE-1" }]) }));
    const second = await taken(post("trivy", { repository, github_run_id: 5, branch: "7/merge", category: "image", report: trivyReport([{ id: "CVE-2" }]) }));
    expect(second.run_id).toBe(first.run_id);
    expect(await findings(`scan_id=${second.scan_id}`)).toMatchObject([{ rule: "CVE-2", branch: "fix/it" }]);
  });
});

describe("reports of two branches at the same moment", () => {
  test("that tell the same findings differently, in opposite order, both come through whole", async () => {
    const repository = newRepository();
    const vulnerabilities = (title: string): TestVulnerability[] =>
      Array.from({ length: 200 }, (_unused, index) => ({ id: `CVE-${index}`, package: `p${index}`, title }));
    const sendBoth = (round: number) =>
      Promise.all(
        ["one", "two"].map((branch, index) => {
          const list = vulnerabilities(`round ${round} on ${branch}`);
          return taken(post("trivy", { repository, branch, commit_hash: `c${round}`, report: trivyReport(index === 0 ? list : list.toReversed()) }));
        }),
      );
    await sendBoth(0);
    for (let round = 1; round <= 8; round++) {
      for (const answer of await sendBoth(round))
        expect(answer).toMatchObject({ counts: { total: 200 }, changes: { new: 0, fixed: 0, reopened: 0, unchanged: 200 } });
    }
    expect(await findings(`repository=${repository}&branch=one&state=open&limit=200`)).toHaveLength(200);
  });
});

describe("a large report that turns out to be none", () => {
  test("is refused, and its run does not look as if it still went on", async () => {
    const repository = newRepository();
    const padding = JSON.stringify(trivyReport(Array.from({ length: 30 }, (_unused, index) => ({ id: `CVE-${index}`, title: "x".repeat(100_000) })))).slice(
      0,
      -1,
    );
    const body = `${padding},"Nested":${"[".repeat(5_000)}${"]".repeat(5_000)}}`;
    const answer = await fetch(`${hub.url}/api/cicd/reports?scan_type=trivy&repository=${repository}&commit_hash=c1&branch=main`, {
      method: "POST",
      body,
      headers: { authorization: `Bearer ${token}` },
    });
    expect([202, 422]).toContain(answer.status);
    const { id: importId, run_id: runId } = await hub.database.db
      .selectFrom("imports")
      .innerJoin("runs", "runs.id", "imports.run_id")
      .innerJoin("repositories", "repositories.id", "runs.repository_id")
      .select(["imports.id", "imports.run_id"])
      .where("repositories.name", "=", repository)
      .executeTakeFirstOrThrow();
    await expect.poll(() => getJson(`${hub.url}/api/cicd/imports/${importId}`, token), { timeout: 30_000 }).toMatchObject({ status: "refused" });
    expect(await getJson(`${hub.url}/api/cicd/runs/${runId}`, hub.admin)).toMatchObject({ status: "Failed", scans: [], completed_at: expect.any(String) });
  });
});

describe("a body above the limit", () => {
  test("whose length nobody announced is refused with the answer, not with a broken connection", async () => {
    const request = send(`${hub.url}/api/cicd/webhook/trivy`, { method: "POST", headers: { authorization: `Bearer ${token}` } });
    const broken: Error[] = [];
    request.on("error", (error) => broken.push(error));
    const answered = once(request, "response");
    for (let mebibytes = 0; mebibytes < 40; mebibytes++) request.write(Buffer.alloc(1024 * 1024, " "));
    request.end();
    const [response] = await answered;
    expect(response.statusCode).toBe(413);
    response.resume();
    await once(response, "end");
    expect(broken).toEqual([]);
  });
});

describe("more reports than the rate allows", () => {
  test("are refused with the time to wait, before their body is read, and another token is not held up", async () => {
    const slow = await startTestHub({ SENTINAL_WEBHOOK_RATE: "3" });
    onTestFinished(() => slow.close());
    const tokens = [await slow.createToken(), await slow.createToken()];
    const sendWith = (bearer: string | undefined) =>
      postJson(`${slow.url}/api/cicd/webhook/trivy`, { commit_hash: "c1", branch: "main", results: { total: 0 } }, bearer);
    expect((await sendWith(tokens[0]?.token)).status).toBe(200);
    const refused = await sendWith(tokens[0]?.token);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(Problem.parse(await refused.json()).code).toBe("too_many_requests");
    expect((await sendWith(tokens[1]?.token)).status).toBe(200);
  });
});
