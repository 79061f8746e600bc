import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { IntakeAnswer, OidcExchangeAnswer, TrustBinding } from "@sentinal/contract";
import { io } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shopBinding, startIssuer, type TestIssuer } from "../oidc.ts";
import { getJson, postJson, startTestHub, type TestHub } from "../hub.ts";
import { trivyReport } from "../trivy-report.ts";

const requestToken = "the-runner's-own-token";
let issuer: TestIssuer;
let hub: TestHub;
let folder: string;
let github: Server;
let githubUrl: string;
/** What the next jobs' ID tokens say besides. */
let jobSays: Record<string, unknown> = {};
let given: string[] = [];

beforeAll(async () => {
  issuer = await startIssuer();
  hub = await startTestHub({ SENTINAL_OIDC_ISSUER: issuer.url });
  folder = await mkdtemp(join(tmpdir(), "sentinal-oidc-"));
  await writeFile(join(folder, "trivy.json"), JSON.stringify(trivyReport([{ id: "CVE-2026-1", severity: "HIGH" }])));
  await writeFile(join(folder, "more.json"), JSON.stringify(trivyReport([{ id: "CVE-2026-2", severity: "LOW" }])));
  // As the runner of GitHub Actions answers who holds its token.
  github = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://runner");
    if (request.headers.authorization !== `Bearer ${requestToken}`) return void response.writeHead(401).end();
    void issuer.idToken({ aud: url.searchParams.get("audience"), ...jobSays }).then((value) => {
      given.push(value);
      response.end(JSON.stringify({ count: 1, value }));
    });
  });
  github.listen(0, "127.0.0.1");
  await once(github, "listening");
  const address = github.address();
  githubUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/token?api-version=2.0`;
  await bind();
  await bind({ name: "pulls", refs: ["refs/pull/*"], events: ["pull_request"] });
});
afterAll(async () => {
  github.closeAllConnections();
  github.close();
  await hub.close();
  await issuer.stop();
  await rm(folder, { recursive: true, force: true });
});

async function bind(change: Record<string, unknown> = {}): Promise<TrustBinding> {
  const answer = await postJson(`${hub.url}/api/auth/trust-bindings`, { ...shopBinding, ...change }, hub.admin);
  return TrustBinding.parse(await answer.json());
}

async function jobToken(claims: Record<string, unknown> = {}): Promise<string> {
  const answer = await postJson(`${hub.url}/api/auth/oidc/exchange`, { token: await issuer.idToken({ aud: hub.url, ...claims }) });
  return OidcExchangeAnswer.parse(await answer.json()).access_token;
}

const counts = { commit_hash: "c0ffee", branch: "main", results: { critical: 0, high: 1, medium: 0, low: 0, total: 1 } };

function post(body: Record<string, unknown>, token: string): Promise<Response> {
  return postJson(`${hub.url}/api/cicd/webhook/trivy`, { ...counts, ...body }, token);
}

describe("a job's token", () => {
  test("fills in repository, run and attempt where the report leaves them out", async () => {
    const token = await jobToken({ run_id: "501", run_attempt: "3" });
    const answer = await post({}, token);
    expect(answer.status).toBe(200);
    const { run_id: runId, import_id: importId } = IntakeAnswer.parse(await answer.json());
    expect(await getJson(`${hub.url}/api/cicd/runs/${runId}`, hub.admin)).toMatchObject({ repository: "acme/shop", github_run_id: 501, run_attempt: 3 });
    expect(await getJson(`${hub.url}/api/cicd/imports/${importId}`, token)).toMatchObject({ import_id: importId });
    expect(await getJson(`${hub.url}/api/cicd/imports/${importId}`, await jobToken({ run_id: "501", run_attempt: "3" }))).toMatchObject({
      import_id: importId,
    });
    const elsewhere = await fetch(`${hub.url}/api/cicd/imports/${importId}`, { headers: { authorization: `Bearer ${await jobToken({ run_id: "502" })}` } });
    expect(elsewhere.status).toBe(404);
  });

  test.each([
    [{ repository: "acme/other" }, "repository_not_allowed", "repository"],
    [{ github_run_id: 7 }, "run_not_allowed", "github_run_id"],
    [{ run_attempt: 1 }, "run_not_allowed", "run_attempt"],
    [{ run_id: 1 }, "run_not_allowed", "run_id"],
  ])("writes of nothing else: %j", async (body, code, field) => {
    const answer = await post(body, await jobToken({ run_id: "503" }));
    expect([answer.status, await answer.json()]).toMatchObject([403, { code, errors: [{ field }] }]);
    const query = new URLSearchParams({
      commit_hash: "c0ffee",
      branch: "main",
      ...Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)])),
    });
    const file = await fetch(`${hub.url}/api/cicd/reports?${query.toString()}`, {
      method: "POST",
      headers: { authorization: `Bearer ${await jobToken({ run_id: "503" })}` },
      body: await readFile(join(folder, "trivy.json")),
    });
    expect([file.status, await file.json()]).toMatchObject([403, { code }]);
  });

  test("of a pull request writes of its own commit and ref alone", async () => {
    const sha = "b".repeat(40);
    const token = await jobToken({ run_id: "504", event_name: "pull_request", ref: "refs/pull/7/merge", sha });
    for (const body of [{ commit_hash: sha }, { commit_hash: "c0ffee", branch: "refs/pull/7/merge" }, { commit_hash: sha, branch: "refs/pull/8/merge" }])
      expect(await (await post(body, token)).json()).toMatchObject({ code: "run_not_allowed" });
    for (const branch of ["refs/pull/7/merge", "7/merge"]) expect((await post({ commit_hash: sha, branch }, token)).status).toBe(200);
    expect((await fetch(`${hub.url}/api/cicd/runs`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(403);
  });

  test("is nothing for SonarQube's webhook, which tells no run", async () => {
    const answer = await postJson(`${hub.url}/api/cicd/sonarqube`, {}, await jobToken());
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: "run_not_allowed" }]);
  });

  test("of a binding that may read sees its repository alone, and its sockets close when that is revoked", async () => {
    const binding = await bind({ repository_id: 601, scopes: ["webhook:read"] });
    const token = await jobToken({ repository_id: "601", repository: "acme/lib", workflow_ref: "acme/lib/.github/workflows/ci.yml@refs/heads/main" });
    const runs = await getJson(`${hub.url}/api/cicd/runs`, token);
    expect(runs).toMatchObject({ items: [] });
    expect((await post({}, token)).status).toBe(403);
    const socket = io(hub.url, { auth: { token }, transports: ["websocket"], reconnection: false });
    try {
      await new Promise((resolve, reject) => socket.once("connected", resolve).once("connect_error", reject));
      const closed = new Promise((resolve) => socket.once("disconnect", resolve));
      await postJson(`${hub.url}/api/auth/trust-bindings/${binding.id}/revoke`, {}, hub.admin);
      await closed;
      expect((await fetch(`${hub.url}/api/cicd/runs`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    } finally {
      socket.close();
    }
  });

  test("in an address is refused, and dead from then on", async () => {
    const token = await jobToken();
    const answer = await fetch(`${hub.url}/api/cicd/runs?token=${token}`);
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: "token_in_url" }]);
    expect(await (await post({}, token)).json()).toMatchObject({ code: "token_revoked" });
  });
});

type Job = { run: string; repository?: string; environment?: Record<string, string>; parameters?: readonly string[] };

/** `sentinal send` in a job of GitHub Actions with `id-token: write`, and no secret. */
async function send({ run, repository = "acme/shop", environment = {}, parameters = ["trivy.json"] }: Job) {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "../../cli/bin/sentinal.mjs"), "send", ...parameters, "--json", "--strict", "--retries", "0"],
    {
      cwd: folder,
      env: {
        PATH: process.env["PATH"],
        SENTINAL_API_URL: `${hub.url}/`,
        GITHUB_ACTIONS: "true",
        GITHUB_REPOSITORY: repository,
        GITHUB_SHA: "d".repeat(40),
        GITHUB_REF: "refs/heads/main",
        GITHUB_REF_NAME: "main",
        GITHUB_EVENT_NAME: "push",
        GITHUB_RUN_ID: run,
        GITHUB_RUN_ATTEMPT: "2",
        ACTIONS_ID_TOKEN_REQUEST_URL: githubUrl,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
        ...environment,
      },
    },
  );
  child.stdin.end();
  const [output, words, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  for (const secret of [...given, requestToken, "oidc_sent_"]) expect(output + words).not.toContain(secret);
  return { output, words, exitCode: Number(exitCode) };
}

describe("sentinal send in a job without a secret", () => {
  test("exchanges the job's ID token, and the report stands under the right run", async () => {
    jobSays = { run_id: "701" };
    given = [];
    const { output, words, exitCode } = await send({ run: "701", parameters: ["trivy.json", "more.json"] });
    expect(exitCode, words).toBe(0);
    const runIds = JSON.parse(output).files.map(({ answer }: { answer: { run_id: number } }) => answer.run_id);
    expect(new Set(runIds).size).toBe(1);
    const run = await getJson(`${hub.url}/api/cicd/runs/${runIds[0]}`, hub.admin);
    expect(run).toMatchObject({ repository: "acme/shop", github_run_id: 701, run_attempt: 2, commit_hash: "d".repeat(40), branch: "main" });
    // One for both files: it is renewed only when it is about to end.
    expect(given).toHaveLength(1);
  });

  test("in a pull request tells the merge commit that its token is tied to", async () => {
    jobSays = { run_id: "702", event_name: "pull_request", ref: "refs/pull/9/merge", sha: "e".repeat(40) };
    const environment = {
      GITHUB_EVENT_NAME: "pull_request",
      GITHUB_REF: "refs/pull/9/merge",
      GITHUB_REF_NAME: "9/merge",
      GITHUB_HEAD_REF: "fix",
      GITHUB_SHA: "e".repeat(40),
    };
    const { output, words, exitCode } = await send({ run: "702", environment });
    expect(exitCode, words).toBe(0);
    const { run_id: runId } = JSON.parse(output).files[0].answer;
    expect(await getJson(`${hub.url}/api/cicd/runs/${runId}`, hub.admin)).toMatchObject({
      commit_hash: "e".repeat(40),
      branch: "refs/pull/9/merge",
      pull_request: 9,
    });
  });

  test("that no binding admits is told so, with the request that an administrator can look for", async () => {
    jobSays = { run_id: "703", repository_id: "999" };
    const { output, exitCode } = await send({ run: "703" });
    expect(exitCode).toBe(3);
    expect(output).toMatch(/does not exchange this job's ID token \(request [0-9a-f-]{36}\)/);
    expect(output).toContain("trust binding");
  });

  test("that may not ask for a token is told what to do", async () => {
    const { words, exitCode } = await send({ run: "704", environment: { ACTIONS_ID_TOKEN_REQUEST_URL: "" } });
    expect(exitCode).toBe(2);
    expect(words).toContain("id-token: write");
    const refused = await send({ run: "704", environment: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: "another" } });
    expect([refused.exitCode, refused.output]).toEqual([3, expect.stringContaining("GitHub gave the job no ID token (it answered 401)")]);
  });

  test("takes the stored token where there is one, and asks GitHub for nothing", async () => {
    given = [];
    const { token } = await hub.createToken();
    expect((await send({ run: "705", environment: { SENTINAL_API_TOKEN: token } })).exitCode).toBe(0);
    expect(given).toEqual([]);
  });
});

test("the Action does the same, and masks what it was given before it uses it", async () => {
  jobSays = { run_id: "801" };
  given = [];
  const inputs = { FILES: "trivy.json", "SCAN-TYPE": "", URL: hub.url, TOKEN: "", GATE: "false", STRICT: "true", CATEGORY: "" };
  const child = spawn(process.execPath, [join(import.meta.dirname, "../../action/dist/index.js")], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      GITHUB_ACTIONS: "true",
      GITHUB_WORKSPACE: folder,
      GITHUB_REPOSITORY: "acme/shop",
      GITHUB_SHA: "f".repeat(40),
      GITHUB_REF: "refs/heads/main",
      GITHUB_REF_NAME: "main",
      GITHUB_EVENT_NAME: "push",
      GITHUB_RUN_ID: "801",
      GITHUB_RUN_ATTEMPT: "2",
      ACTIONS_ID_TOKEN_REQUEST_URL: githubUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name}`, value])),
    },
  });
  const [log, [exitCode]] = await Promise.all([text(child.stdout), once(child, "close")]);
  expect(exitCode, log).toBe(0);
  const lines = log.split("\n");
  const masked = lines.filter((line) => line.startsWith("::add-mask::")).map((line) => line.slice("::add-mask::".length));
  expect(masked).toEqual([given[0], expect.stringMatching(/^oidc_sent_/)]);
  for (const secret of masked) expect(lines.filter((line) => line.includes(secret))).toEqual([`::add-mask::${secret}`]);
  const run = await hub.database.db.selectFrom("runs").select("commit_hash").where("github_run_id", "=", 801).executeTakeFirstOrThrow();
  expect(run.commit_hash).toBe("f".repeat(40));
});

/** `sentinal trust …` on the hub's machine. */
async function trust(parameters: readonly string[], input = "") {
  const child = spawn(process.execPath, [join(import.meta.dirname, "../../cli/bin/sentinal.mjs"), "trust", ...parameters], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      DATABASE_URL: hub.config.databaseUrl ?? "",
      SENTINAL_KEY_FILE: hub.config.keyFile ?? "",
      SENTINAL_DATA_DIR: hub.config.dataDir,
      SENTINAL_OIDC_ISSUER: issuer.url,
      SENTINAL_PUBLIC_URL: hub.url,
    },
  });
  child.stdin.end(input);
  const [output, words, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { output, words, exitCode: Number(exitCode) };
}

test("sentinal trust makes, shows, tries and revokes a binding on the hub's machine, as the running hub then has it", async () => {
  const ids = ["--repository", "acme/cli", "--repository-id", "900", "--owner-id", "65", "--workflow", ".github/workflows/ci.yml"];
  const wrong = await trust(["create", "--name", "cli", ...ids, "--ref", "main"]);
  expect([wrong.exitCode, wrong.words]).toEqual([2, expect.stringContaining("--ref: a whole ref such as refs/heads/main")]);
  const made = await trust(["create", "--name", "cli", ...ids, "--ref", "refs/heads/main", "refs/tags/*", "--json"]);
  expect(made.exitCode, made.words).toBe(0);
  const { id } = TrustBinding.parse(JSON.parse(made.output));
  expect((await trust(["list"])).output).toMatch(new RegExp(`${id} +cli +acme/cli +\\.github/workflows/ci\\.yml +refs/heads/main refs/tags/\\* +never +live`));
  const claims = {
    aud: hub.url,
    repository: "acme/cli",
    repository_id: "900",
    workflow_ref: "acme/cli/.github/workflows/ci.yml@refs/tags/v1",
    ref: "refs/tags/v1",
  };
  const good = await trust(["try"], await issuer.idToken(claims));
  expect([good.exitCode, good.output]).toEqual([0, expect.stringContaining("This token would be exchanged.")]);
  const bad = await trust(["try"], await issuer.idToken({ ...claims, ref: "refs/heads/other" }));
  expect([bad.exitCode, bad.output]).toEqual([1, expect.stringContaining("ref_mismatch")]);
  expect(bad.output).toContain("wanted refs/heads/main, refs/tags/*");
  const token = await jobToken(claims);
  expect((await post({}, token)).status).toBe(200);
  expect((await trust(["show", String(id)])).output).toContain("by run 4711, attempt 2, of acme/cli");
  expect((await trust(["revoke", String(id)])).exitCode).toBe(2);
  expect((await trust(["revoke", String(id), "--yes"])).exitCode).toBe(0);
  await expect.poll(async () => (await post({}, token)).status, { timeout: 2_000 }).toBe(401);
}, 60_000);
