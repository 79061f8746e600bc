import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { IntakeAnswer, Problem } from "@sentinal/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { getJson, postJson, startTestHub, type TestHub } from "../hub.ts";
import { type TestVulnerability, trivyReport } from "../trivy-report.ts";

let hub: TestHub;
let token: string;

beforeAll(async () => {
  hub = await startTestHub();
  token = (await hub.createToken({ scopes: ["webhook:write", "webhook:read"] })).token;
});
afterAll(() => hub.close());

/** Every test has a repository of its own, so that none sees another's findings. */
function newRepository(): string {
  return `team/${randomBytes(6).toString("hex")}`;
}

async function send(
  repository: string,
  commit: string,
  vulnerabilities: readonly TestVulnerability[],
  facts: Record<string, unknown> = {},
): Promise<IntakeAnswer> {
  const answer = await postJson(
    `${hub.url}/api/cicd/webhook/trivy`,
    { repository, commit_hash: commit, branch: "main", status: "completed", report: trivyReport(vulnerabilities), ...facts },
    token,
  );
  expect(answer.status, await answer.clone().text()).toBe(200);
  return IntakeAnswer.parse(await answer.json());
}

async function refused(path: string, body: unknown, bearer: string | undefined = token): Promise<Problem> {
  const answer = await postJson(`${hub.url}${path}`, body, bearer);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
  const problem = Problem.parse(await answer.json());
  expect(problem.status).toBe(answer.status);
  return problem;
}

const a = { id: "CVE-2026-0001" };
const b = { id: "CVE-2026-0002", severity: "CRITICAL" };
const c = { id: "CVE-2026-0003", severity: "LOW" };

describe("counts without a report", () => {
  test("the contract's own example is taken as it stands", async () => {
    const results = { status: "completed", scan_type: "trivy", critical: 0, high: 0, medium: 5, low: 10, total: 15, issues: [] };
    const answer = await postJson(
      `${hub.url}/api/cicd/webhook/trivy`,
      { commit_hash: "abc123", branch: "main", repository: newRepository(), status: "completed", results },
      token,
    );
    expect(answer.status).toBe(200);
    const body = IntakeAnswer.parse(await answer.json());
    expect(body.counts).toEqual({ critical: 0, high: 0, medium: 5, low: 10, info: 0, unknown: 0, total: 15 });
    expect(body.changes).toBeNull();
    expect(body.warnings).toEqual([]);
  });

  test.each(["sonarqube", "zap", "trivy", "lint"])("a %s scan with summary counts stands on its run", async (scanType) => {
    const answer = await postJson(
      `${hub.url}/api/cicd/webhook/${scanType}`,
      { commit_hash: "c0ffee", branch: "main", repository: newRepository(), results: { critical: 1, high: 2, total: 3 } },
      token,
    );
    const body = IntakeAnswer.parse(await answer.json());
    const run = z
      .looseObject({ critical_vulnerabilities: z.number(), status: z.string() })
      .parse(await getJson(`${hub.url}/api/cicd/runs/${body.run_id}`, hub.admin));
    expect(run).toMatchObject({ critical_vulnerabilities: 1, status: "Success" });
  });

  test("a failed test makes the run Failed", async () => {
    const answer = await postJson(
      `${hub.url}/api/cicd/webhook/test`,
      { commit_hash: "c0ffee", branch: "main", repository: newRepository(), results: { passed: 10, failed: 1, skipped: 2, errors: 0, total: 13 } },
      token,
    );
    const body = IntakeAnswer.parse(await answer.json());
    expect(body.counts).toEqual({ passed: 10, failed: 1, skipped: 2, flaky: 0, errors: 0, total: 13 });
    expect(await getJson(`${hub.url}/api/cicd/runs/${body.run_id}`, hub.admin)).toMatchObject({ status: "Failed" });
  });

  test("a test scan with severities alone is taken with a warning", async () => {
    const answer = await postJson(
      `${hub.url}/api/cicd/webhook/test`,
      { commit_hash: "c0ffee", branch: "main", repository: newRepository(), results: { high: 2, total: 2 } },
      token,
    );
    const body = IntakeAnswer.parse(await answer.json());
    expect(body.warnings.map((warning) => warning.code)).toEqual(["severities_for_tests"]);
  });

  test("the sender's own issues become findings and are matched over runs", async () => {
    const repository = newRepository();
    const issues = [
      { rule: "no-eval", severity: "error", message: "eval on line 3", path: "a.js", line: 3 },
      { rule: "no-eval", severity: "warning", message: "eval on line 9", path: "b.js", line: 9 },
    ];
    const post = async (commit: string, list: typeof issues) => {
      const answer = await postJson(
        `${hub.url}/api/cicd/webhook/lint`,
        { commit_hash: commit, branch: "main", repository, results: { high: 1, medium: 1, total: list.length, issues: list } },
        token,
      );
      return IntakeAnswer.parse(await answer.json());
    };
    expect((await post("c1", issues)).changes).toEqual({ new: 2, fixed: 0, reopened: 0, unchanged: 0 });
    const shifted = issues.map((issue) => ({ ...issue, message: issue.message.replace(/\d+/, "77"), line: 77 }));
    expect((await post("c2", shifted)).changes).toEqual({ new: 0, fixed: 0, reopened: 0, unchanged: 2 });
    expect((await post("c3", shifted.slice(0, 1))).changes).toEqual({ new: 0, fixed: 1, reopened: 0, unchanged: 1 });
  });

  test("counts that disagree with the report are a warning, and the report's stand", async () => {
    const body = await send(newRepository(), "c1", [a, b], { results: { critical: 9, high: 1, total: 10 } });
    expect(body.counts).toMatchObject({ critical: 1, high: 1, total: 2 });
    expect(body.warnings.map((warning) => warning.code)).toEqual(["counts_differ"]);
  });

  test("counts sent after a report do not take its counts' place", async () => {
    const repository = newRepository();
    const first = await send(repository, "c1", [a, b]);
    await postJson(`${hub.url}/api/cicd/webhook/trivy`, { commit_hash: "c1", branch: "main", repository, results: { total: 0, critical: 0 } }, token);
    expect(await getJson(`${hub.url}/api/cicd/scans/${first.scan_id}`, hub.admin)).toMatchObject({ counts: { critical: 1, high: 1, total: 2 } });
  });
});

describe("matching over runs", () => {
  test("findings are new, then unchanged, then fixed, then reopened", async () => {
    const repository = newRepository();
    expect((await send(repository, "c1", [a, b])).changes).toEqual({ new: 2, fixed: 0, reopened: 0, unchanged: 0 });
    expect((await send(repository, "c2", [a, b, c])).changes).toEqual({ new: 1, fixed: 0, reopened: 0, unchanged: 2 });
    expect((await send(repository, "c3", [c])).changes).toEqual({ new: 0, fixed: 2, reopened: 0, unchanged: 1 });
    expect((await send(repository, "c4", [a, c])).changes).toEqual({ new: 0, fixed: 0, reopened: 1, unchanged: 1 });
  });

  test("a raised package, a changed severity and another image tag alter no identity", async () => {
    const repository = newRepository();
    await send(repository, "c1", [a, b]);
    const report = trivyReport([{ ...a, installed: "1.0.9", severity: "LOW" }, b], {
      artifact: `registry.example:5000/shop/web:2.0.0@sha256:${"0".repeat(64)}`,
    });
    const body = await send(repository, "c2", [], { report });
    expect(body.changes).toEqual({ new: 0, fixed: 0, reopened: 0, unchanged: 2 });
  });

  test("the same bytes for the same run and attempt change nothing", async () => {
    const repository = newRepository();
    const first = await send(repository, "c1", [a, b]);
    const again = await send(repository, "c1", [a, b]);
    expect(again).toMatchObject({
      run_id: first.run_id,
      scan_id: first.scan_id,
      import_id: first.import_id,
      changes: { new: 0, fixed: 0, reopened: 0, unchanged: 2 },
    });
    expect(again.warnings.map((warning) => warning.code)).toEqual(["already_imported"]);
  });

  test("the same bytes may end their run, and a late repetition does not take it back", async () => {
    const repository = newRepository();
    const { run_id: runId } = await send(repository, "c1", [a], { status: "running" });
    const status = async () => z.looseObject({ status: z.string() }).parse(await getJson(`${hub.url}/api/cicd/runs/${runId}`, hub.admin)).status;
    expect(await status()).toBe("Running");
    await send(repository, "c1", [a], { status: "completed" });
    expect(await status()).toBe("Success");
    await send(repository, "c1", [a], { status: "running" });
    expect(await status()).toBe("Success");
  });

  test("the same bytes sent eight times at once are one import with one set of new findings", async () => {
    const repository = newRepository();
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(repository, "c1", [a, b, c], { github_run_id: 77 })));
    expect(new Set(answers.map((answer) => answer.run_id)).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.import_id)).size).toBe(1);
    expect(answers.reduce((sum, answer) => sum + (answer.changes?.new ?? 0), 0)).toBe(3);
  });

  test("different reports of one branch sent at once are matched one after another", async () => {
    const repository = newRepository();
    const answers = await Promise.all(Array.from({ length: 8 }, (_unused, index) => send(repository, `c${index}`, [a, b, c])));
    expect(answers.reduce((sum, answer) => sum + (answer.changes?.new ?? 0), 0)).toBe(3);
    expect(answers.every((answer) => answer.changes?.fixed === 0)).toBe(true);
  });

  test("an older run's report that arrives last is kept on its run and changes no state", async () => {
    const repository = newRepository();
    await send(repository, "c1", [a], { started_at: "2026-01-01T10:00:00Z" });
    await send(repository, "c3", [b], { started_at: "2026-01-03T10:00:00Z" });
    const late = await send(repository, "c2", [a, b, c], { started_at: "2026-01-02T10:00:00Z" });
    expect(late.counts).toMatchObject({ total: 3 });
    expect(late.changes).toEqual({ new: 0, fixed: 0, reopened: 0, unchanged: 3 });
    expect(late.warnings.map((warning) => warning.code)).toEqual(["older_than_newest"]);
    const open = z
      .looseObject({ items: z.array(z.looseObject({ rule: z.string() })) })
      .parse(await getJson(`${hub.url}/api/cicd/findings?repository=${repository}&branch=main&state=open`, hub.admin));
    expect(open.items.map((finding) => finding.rule)).toEqual([b.id]);
  });

  test("a report that was cut off is kept as far as read and fixes nothing", async () => {
    const repository = newRepository();
    await send(repository, "c1", [a, b, c]);
    const text = JSON.stringify(trivyReport([a, b, c]));
    const cut = text.slice(0, text.indexOf(b.id) - 21);
    const answer = await fetch(`${hub.url}/api/cicd/reports?scan_type=trivy&repository=${repository}&commit_hash=c2&branch=main`, {
      method: "POST",
      body: cut,
      headers: { authorization: `Bearer ${token}` },
    });
    const body = IntakeAnswer.parse(await answer.json());
    expect(body.status).toBe("partial");
    expect(body.changes).toEqual({ new: 0, fixed: 0, reopened: 0, unchanged: 1 });
  });

  test("a build that fails by what its scanner found still says what is fixed", async () => {
    const repository = newRepository();
    await send(repository, "c1", [a, b], { status: "failed" });
    expect((await send(repository, "c2", [b], { status: "failed" })).changes).toEqual({ new: 0, fixed: 1, reopened: 0, unchanged: 1 });
    expect((await send(repository, "c3", [], { status: "running" })).changes).toMatchObject({ fixed: 0 });
  });

  test("a branch starts from the default branch and does not change it", async () => {
    const repository = newRepository();
    await send(repository, "c1", [a, b], { default_branch: "main" });
    const branch = await send(repository, "c2", [b, c], { branch: "fix/left-pad", pull_request: 7 });
    expect(branch.changes).toEqual({ new: 1, fixed: 1, reopened: 0, unchanged: 1 });
    expect((await send(repository, "c3", [a, b])).changes).toEqual({ new: 0, fixed: 0, reopened: 0, unchanged: 2 });
  });

  test("of a scan in parts nothing is fixed until all parts came", async () => {
    const repository = newRepository();
    await send(repository, "c1", [a, b, c]);
    expect((await send(repository, "c2", [a], { shard: { index: 1, total: 2 } })).changes).toEqual({ new: 0, fixed: 0, reopened: 0, unchanged: 1 });
    const last = await send(repository, "c2", [b], { shard: { index: 2, total: 2 } });
    expect(last.changes).toEqual({ new: 0, fixed: 1, reopened: 0, unchanged: 1 });
    expect(await getJson(`${hub.url}/api/cicd/scans/${last.scan_id}`, hub.admin)).toMatchObject({ counts: { total: 2 }, changes: { fixed: 1, unchanged: 2 } });
  });

  test("another report for the same scan takes the place of the first", async () => {
    const repository = newRepository();
    await send(repository, "c0", [a]);
    const first = await send(repository, "c1", [a, b]);
    const second = await send(repository, "c1", [a, b, c]);
    expect(second.scan_id).toBe(first.scan_id);
    expect(second.changes).toEqual({ new: 1, fixed: 0, reopened: 0, unchanged: 2 });
    expect(await getJson(`${hub.url}/api/cicd/scans/${first.scan_id}`, hub.admin)).toMatchObject({ counts: { total: 3 }, changes: { new: 2, unchanged: 1 } });
  });

  test("two targets in one scan stand side by side and do not fix each other", async () => {
    const repository = newRepository();
    const web = trivyReport([a], { artifact: "shop/web:1" });
    const worker = trivyReport([b, c], { artifact: "shop/worker:1" });
    await send(repository, "c1", [], { report: web });
    const second = await send(repository, "c1", [], { report: worker });
    expect(second.counts).toMatchObject({ total: 2 });
    expect(await getJson(`${hub.url}/api/cicd/scans/${second.scan_id}`, hub.admin)).toMatchObject({ counts: { total: 3 } });
    expect((await send(repository, "c2", [], { report: web })).changes).toEqual({ new: 0, fixed: 0, reopened: 0, unchanged: 1 });
  });
});

describe("finding the run", () => {
  test("reports of one commit and branch meet in one run, others do not", async () => {
    const repository = newRepository();
    const one = await send(repository, "c1", [a]);
    expect((await send(repository, "c1", [a], { category: "image" })).run_id).toBe(one.run_id);
    expect((await send(repository, "c1", [a], { branch: "other" })).run_id).not.toBe(one.run_id);
    expect((await send(repository, "c2", [a])).run_id).not.toBe(one.run_id);
  });

  test("GitHub's run id names the run, and attempts keep their own scans", async () => {
    const repository = newRepository();
    const first = await send(repository, "c1", [a], { github_run_id: 42 });
    const second = await send(repository, "c1", [a], { github_run_id: 42, run_attempt: 2 });
    expect(second.run_id).toBe(first.run_id);
    expect(second.scan_id).not.toBe(first.scan_id);
    expect((await send(repository, "c1", [a], { github_run_id: 43 })).run_id).not.toBe(first.run_id);
  });

  test("a run_id that is not there, or of another repository, is not found", async () => {
    const other = await send(newRepository(), "c1", [a]);
    for (const runId of [999_999_999, other.run_id]) {
      const problem = await refused("/api/cicd/webhook/trivy", {
        repository: newRepository(),
        commit_hash: "c1",
        branch: "main",
        run_id: runId,
        report: trivyReport([a]),
      });
      expect(problem).toMatchObject({ status: 404, errors: [{ field: "run_id" }] });
    }
  });

  test("a token bound to a repository writes there without naming it, and nowhere else", async () => {
    const repository = newRepository();
    const bound = (await hub.createToken({ scopes: ["webhook:write", "webhook:read"], repository })).token;
    const answer = await postJson(`${hub.url}/api/cicd/webhook/trivy`, { commit_hash: "c1", branch: "main", report: trivyReport([a]) }, bound);
    const body = IntakeAnswer.parse(await answer.json());
    expect(await getJson(`${hub.url}/api/cicd/runs/${body.run_id}`, hub.admin)).toMatchObject({ repository });
    expect(
      await refused("/api/cicd/webhook/trivy", { commit_hash: "c1", branch: "main", repository: newRepository(), report: trivyReport([a]) }, bound),
    ).toMatchObject({ status: 403, code: "repository_not_allowed" });
    const foreign = await send(newRepository(), "c1", [a]);
    for (const path of [`runs/${foreign.run_id}`, `scans/${foreign.scan_id}`, `imports/${foreign.import_id}`]) {
      const hidden = await fetch(`${hub.url}/api/cicd/${path}`, { headers: { authorization: `Bearer ${bound}` } });
      expect(hidden.status, path).toBe(404);
    }
    expect(await getJson(`${hub.url}/api/cicd/runs`, bound)).toMatchObject({ items: [{ repository }] });
  });

  test("fields that are not known are kept with the import", async () => {
    const repository = newRepository();
    const sent = await send(repository, "c1", [a], { team: "payments" });
    const row = await hub.database.db.selectFrom("imports").select("facts").where("id", "=", sent.import_id).executeTakeFirstOrThrow();
    expect(row.facts).toMatchObject({ team: "payments" });
  });
});

describe("report files", () => {
  async function sendFile(query: string, body: Buffer | string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${hub.url}/api/cicd/reports?${query}`, {
      method: "POST",
      body: typeof body === "string" ? body : new Uint8Array(body),
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
  }

  test("a file is recognised by its content, compressed or not, and is the same report either way", async () => {
    const repository = newRepository();
    const text = JSON.stringify(trivyReport([a, b]));
    const plain = IntakeAnswer.parse(await (await sendFile(`repository=${repository}&commit_hash=c1&branch=main&github_run_id=9`, text)).json());
    expect(plain).toMatchObject({ status: "completed", counts: { critical: 1, high: 1, total: 2 } });
    const zipped = IntakeAnswer.parse(
      await (await sendFile(`repository=${repository}&commit_hash=c1&branch=main&github_run_id=9`, gzipSync(text), { "content-encoding": "gzip" })).json(),
    );
    expect(zipped).toMatchObject({ import_id: plain.import_id, changes: { new: 0, unchanged: 2 } });
  });

  test("a large file is queued, worked in by a task, and readable under its import id", async () => {
    const repository = newRepository();
    const many = Array.from({ length: 9_000 }, (_unused, index) => ({ id: `CVE-2026-${index}`, package: `package-${index}`, title: "x".repeat(200) }));
    const text = JSON.stringify(trivyReport(many));
    expect(text.length).toBeGreaterThan(2 * 1024 * 1024);
    const answer = await sendFile(`repository=${repository}&commit_hash=c1&branch=main`, gzipSync(text), { "content-type": "application/gzip" });
    expect([200, 202]).toContain(answer.status);
    const { import_id: importId } = IntakeAnswer.parse(await answer.json());
    if (answer.status === 202) expect(answer.headers.get("location")).toBe(`/api/cicd/imports/${importId}`);
    await expect
      .poll(() => getJson(`${hub.url}/api/cicd/imports/${importId}`, token), { timeout: 30_000 })
      .toMatchObject({ status: "completed", counts: { total: 9_000 }, changes: { new: 9_000 } });
    const bytes = await fetch(`${hub.url}/api/cicd/imports/${importId}/report`, { headers: { authorization: `Bearer ${token}` } });
    expect(await bytes.text()).toBe(text);
    const again = await sendFile(`repository=${repository}&commit_hash=c2&branch=main`, text);
    const second = IntakeAnswer.parse(await again.json());
    await expect
      .poll(() => getJson(`${hub.url}/api/cicd/imports/${second.import_id}`, token), { timeout: 30_000 })
      .toMatchObject({ status: "completed", changes: { new: 0, fixed: 0, reopened: 0, unchanged: 9_000 } });
  });

  test("a large file that turns out to be no report is refused as a small one is, or its import says so", async () => {
    const repository = newRepository();
    const text = `{"SchemaVersion":2,"ArtifactName":"a","Results":${"[".repeat(2_000)}${" ".repeat(2 * 1024 * 1024)}`;
    const answer = await sendFile(`repository=${repository}&commit_hash=c1&branch=main`, text);
    if (answer.status === 422) expect(await answer.json()).toMatchObject({ code: "report_refused", errors: [{ field: "report" }] });
    else {
      const { import_id: importId } = IntakeAnswer.parse(await answer.json());
      await expect.poll(() => getJson(`${hub.url}/api/cicd/imports/${importId}`, token), { timeout: 30_000 }).toMatchObject({ status: "refused" });
    }
  });

  test("a wrong tool named in the query is corrected with a warning", async () => {
    const answer = await sendFile(`scan_type=lint&repository=${newRepository()}&commit_hash=c1&branch=main`, JSON.stringify(trivyReport([a])));
    const body = IntakeAnswer.parse(await answer.json());
    expect(body.warnings.map((warning) => warning.code)).toEqual(["scan_type_corrected"]);
    expect(await getJson(`${hub.url}/api/cicd/scans/${body.scan_id}`, hub.admin)).toMatchObject({ scan_type: "trivy" });
  });

  test.each([
    ["an unknown encoding", "plain", { "content-encoding": "compress" }, 415, "encoding_unknown"],
    ["what is said to be gzip and is none", "plain", { "content-encoding": "gzip" }, 400, "bad_request"],
    ["a gzip stream that was cut off", gzipSync(Buffer.from(JSON.stringify(trivyReport([a])))).subarray(0, -20), {}, 400, "body_incomplete"],
    ["a gzip bomb", gzipSync(Buffer.alloc(64 * 1024 * 1024, " ")), {}, 413, "inflated_too_large"],
    ["an empty body", "", {}, 400, "body_incomplete"],
    ["content of no known format", "hello", {}, 415, "format_unknown"],
  ])("%s is refused and nothing of it is kept", async (_name, body, headers, status, code) => {
    const repository = newRepository();
    const answer = await sendFile(`repository=${repository}&commit_hash=c1&branch=main`, body, headers);
    const problem = Problem.parse(await answer.json());
    expect(problem).toMatchObject({ status, code });
    const left = await hub.database.db
      .selectFrom("import_chunks")
      .select("import_id")
      .where("import_id", "not in", hub.database.db.selectFrom("imports").select("id"))
      .execute();
    expect(left).toEqual([]);
    expect(await getJson(`${hub.url}/api/cicd/runs?repository=${repository}`, hub.admin)).toMatchObject({ items: [] });
  });
});

describe("bad input", () => {
  const good = { commit_hash: "c1", branch: "main", report: trivyReport([a]) };

  test.each([
    ["an unknown scan type", "/api/cicd/webhook/nessus", good, 400, "scan_type"],
    ["a missing commit", "/api/cicd/webhook/trivy", { branch: "main", report: {} }, 400, "commit_hash"],
    ["a branch that is a number", "/api/cicd/webhook/trivy", { ...good, branch: 5 }, 400, "branch"],
    ["a negative count", "/api/cicd/webhook/trivy", { commit_hash: "c1", branch: "main", results: { critical: -1 } }, 400, "results.critical"],
    ["neither counts nor a report", "/api/cicd/webhook/trivy", { commit_hash: "c1", branch: "main" }, 400, "results"],
    ["a start that is no time", "/api/cicd/webhook/trivy", { ...good, started_at: "yesterday" }, 400, "started_at"],
  ])("%s is refused with the field and the fix", async (_name, path, body, status, field) => {
    const problem = await refused(path, body);
    expect(problem.status).toBe(status);
    expect(problem.errors?.[0]).toMatchObject({ field });
    expect(problem.errors?.[0]?.fix.length).toBeGreaterThan(0);
  });

  test.each([
    ["text", "hello"],
    ["a cut-off object", '{"commit_hash":"c1","branch":'],
    ["an array", "[]"],
    ["nothing", ""],
    ["nesting 100,000 deep", `{"commit_hash":"c1","branch":"main","x":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
  ])("a body that is %s is no JSON object", async (_name, body) => {
    expect(await refused("/api/cicd/webhook/trivy", body)).toMatchObject({ status: 400, code: "body_not_json" });
  });

  test("a report nested 100,000 deep is refused, and the hub lives", async () => {
    const problem = await refused(
      "/api/cicd/webhook/trivy",
      `{"commit_hash":"c1","branch":"main","report":{"SchemaVersion":2,"Results":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`,
    );
    expect([400, 415, 422]).toContain(problem.status);
    expect((await fetch(`${hub.url}/readyz`)).status).toBe(200);
  });

  test("a body above 32 MB is refused", async () => {
    expect(await refused("/api/cicd/webhook/trivy", `{"commit_hash":"c1","branch":"main","x":"${"y".repeat(33 * 1024 * 1024)}"}`)).toMatchObject({
      status: 413,
    });
  });

  test("__proto__ and constructor are names like any other", async () => {
    const text = `{"__proto__":{"admin":true},"constructor":1,"commit_hash":"c1","branch":"main","repository":"${newRepository()}","report":${JSON.stringify(trivyReport([a]))}}`;
    const answer = await postJson(`${hub.url}/api/cicd/webhook/trivy`, text, token);
    expect(answer.status).toBe(200);
    expect(({} as Record<string, unknown>)["admin"]).toBeUndefined();
  });

  test("texts of 1 MB, control characters and NUL are taken as data", async () => {
    const body = await send(newRepository(), "c1", [{ id: "CVE-2026-1", title: `\u0000\u0007<script>alert(1)</script>${"z".repeat(1024 * 1024)}` }]);
    expect(body.counts).toMatchObject({ total: 1 });
  });

  test("a content without a reader is refused by name", async () => {
    const problem = await refused("/api/cicd/webhook/lint", { ...good, report: [{ type: "error", module: "a", symbol: "no-member", "message-id": "E1101" }] });
    expect(problem).toMatchObject({ status: 415, code: "format_unknown" });
    expect(problem.detail).toContain("Pylint");
  });

  test("a SonarQube file sent as Trivy is stored as what it is, with a warning", async () => {
    const sonar = {
      total: 1,
      p: 1,
      ps: 100,
      paging: { pageIndex: 1, pageSize: 100, total: 1 },
      issues: [{ key: "AX", rule: "java:S100", component: "p:a.java", project: "p", severity: "MAJOR", message: "m", type: "CODE_SMELL" }],
      components: [],
    };
    const answer = await postJson(`${hub.url}/api/cicd/webhook/trivy`, { ...good, repository: newRepository(), report: sonar }, token);
    const body = IntakeAnswer.parse(await answer.json());
    expect(body).toMatchObject({ counts: { medium: 1, total: 1 }, warnings: [{ code: "scan_type_corrected" }] });
    expect(await getJson(`${hub.url}/api/cicd/scans/${body.scan_id}`, hub.admin)).toMatchObject({ scan_type: "sonarqube", tool: "SonarQube" });
  });

  test("each way that a token can be wrong has its own code", async () => {
    const { token: written, id } = await hub.createToken();
    const { token: readOnly } = await hub.createToken({ scopes: ["webhook:read"] });
    const last = written.at(-1) === "a" ? "b" : "a";
    expect((await fetch(`${hub.url}/api/cicd/webhook/trivy`, { method: "POST", body: "{}" })).status).toBe(401);
    expect(await refused("/api/cicd/webhook/trivy", good, `${written.slice(0, -1)}${last}`)).toMatchObject({ status: 401, code: "token_malformed" });
    expect(await refused("/api/cicd/webhook/trivy", good, readOnly)).toMatchObject({ status: 403, code: "scope_missing" });
    await postJson(`${hub.url}/api/auth/api-tokens/${id}/revoke`, {}, hub.admin);
    expect(await refused("/api/cicd/webhook/trivy", good, written)).toMatchObject({ status: 401, code: "token_revoked" });
  });

  test("a token in an address is refused and dead from then on", async () => {
    const { token: leaked } = await hub.createToken();
    const answer = await fetch(`${hub.url}/api/cicd/runs?token=${leaked}`);
    expect(Problem.parse(await answer.json())).toMatchObject({ status: 400, code: "token_in_url" });
    expect(await refused("/api/cicd/webhook/trivy", good, leaked)).toMatchObject({ status: 401, code: "token_revoked" });
  });
});
