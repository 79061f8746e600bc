import { createHmac, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { apiTokenChecksum, createServiceToken, randomBase62 } from "@sentinal/tokens";
import { io } from "socket.io-client";
import { withOperator } from "../../hub/src/operator.ts";
import { shopBinding, type TestIssuer } from "../oidc.ts";
import { trivyReport } from "../trivy-report.ts";
import type { CanarySender } from "./canary-sender.ts";

const reveals = { reveals: true } as const;
export const webhook = { commit_hash: "c1", branch: "main", default_branch: "main", repository: "acme/shop" };

/** API tokens: made, used, exchanged, mistyped, sent in addresses, over sockets and to SonarQube's webhook. */
export async function useApiTokens(sender: CanarySender, bearer: string): Promise<void> {
  const { send, plant } = sender;
  const create = async () => {
    const made = await send("POST", "/api/auth/api-tokens", {
      status: 201,
      bearer,
      body: { name: "CI", scopes: ["webhook:write", "webhook:read"] },
      ...reveals,
    });
    return { id: made.text("id"), token: plant("API token", made.text("token")) };
  };
  const { id, token } = await create();
  await send("GET", "/api/cicd/runs", { status: 200, bearer: token });
  await send("POST", "/api/cicd/webhook/trivy", { bearer: token, body: { ...webhook, report: trivyReport([{ id: "CVE-2026-1" }]) } });
  await send("GET", "/api/auth/users", { status: 403, bearer: token });
  await send("GET", "/api/cicd/runs", { status: 401, bearer: plant("mistyped API token", `sent_${randomBase62(43)}`.padEnd(54, "0")) });
  await send("GET", "/api/cicd/runs", { status: 401, bearer: plant("API token in another case", token.toUpperCase()) });
  await send("POST", "/api/audit/search", { status: 200, bearer, body: { value: token } });
  await send("POST", "/api/audit/search", { status: 200, bearer, body: { value: sender.invent("value that was searched for") } });
  await send("POST", "/api/audit/search", { status: 400, bearer, body: { value: [sender.invent("value that was searched for wrongly")] } });
  await trySockets(sender, token);
  await send("POST", "/api/cicd/sonarqube", { headers: { authorization: basic("hub", token) }, body: analysis("by a token"), status: 200 });

  const rotated = await send("POST", `/api/auth/api-tokens/${id}/rotate`, { bearer, body: { overlap_hours: 0 }, ...reveals });
  plant("API token", rotated.text("token"));
  await send("GET", "/api/cicd/runs", { status: 401, bearer: token });
  const addresses: [(token: string) => string, number][] = [
    [(leaked) => `/api/cicd/runs/${leaked}`, 400],
    [(leaked) => `/api/cicd/runs?token=${leaked}`, 400],
    [(leaked) => `/somewhere?x=%73${leaked.slice(1)}`, 400],
    [(leaked) => `/socket.io/?EIO=4&transport=polling&token=${leaked}`, 403],
    [(leaked) => `/%zz/${leaked}`, 400],
    [(leaked) => `/internal/${leaked}`, 400],
  ];
  for (const [address, status] of addresses) {
    const leaked = await create();
    await send("GET", address(leaked.token), { status });
    await send("GET", "/api/cicd/runs", { status: 401, bearer: leaked.token });
  }
  const ended = await create();
  await send("POST", `/api/auth/api-tokens/${ended.id}/revoke`, { status: 200, bearer });
  await send("GET", "/api/cicd/runs", { status: 401, bearer: ended.token });
}

async function trySockets(sender: CanarySender, token: string): Promise<void> {
  const tries: [object, Record<string, string>, "connect" | "connect_error"][] = [
    [{ token }, {}, "connect"],
    [{ token: sender.plant("unknown API token at a socket", knownShape()) }, {}, "connect_error"],
    [{ token: sender.invent("password at a socket") }, {}, "connect_error"],
    [{}, { cookie: `__Host-sentinal_refresh=${sender.plant("unknown cookie at a socket", `sentr_${randomBase62(43)}`)}`, origin: sender.url }, "connect_error"],
  ];
  for (const [auth, extraHeaders, outcome] of tries) {
    const socket = io(sender.url, { auth, extraHeaders, transports: ["websocket"], reconnection: false, forceNew: true });
    const connected = new Promise<string>((resolve) => {
      socket.once("connect", () => resolve("connect"));
      socket.once("connect_error", () => resolve("connect_error"));
    });
    if ((await connected) !== outcome) throw new Error(`a socket was answered with other than ${outcome}`);
    socket.disconnect();
  }
}

/** ID tokens of jobs and what they are exchanged for. */
export async function useJobTokens(sender: CanarySender, bearer: string, issuer: TestIssuer): Promise<void> {
  const { send, plant } = sender;
  await send("POST", "/api/auth/trust-bindings", { status: 201, bearer, body: shopBinding });
  const idToken = async (claims = {}) => plant("ID token", await issuer.idToken({ aud: sender.url, ...claims }));
  const good = await idToken();
  await send("POST", "/api/auth/oidc/try", { status: 200, bearer, body: { token: good } });
  const exchanged = await send("POST", "/api/auth/oidc/exchange", { status: 200, body: { token: good }, ...reveals });
  const token = plant("job token", exchanged.text("access_token"));
  await send("POST", "/api/auth/oidc/exchange", { status: 403, body: { token: good } });
  await send("POST", "/api/cicd/webhook/trivy", {
    status: 200,
    bearer: token,
    body: { ...webhook, github_run_id: 4711, run_attempt: 2, report: trivyReport([]) },
  });
  const refused = [
    await idToken({ aud: "https://elsewhere.example.org" }),
    await idToken({ exp: 1 }),
    await idToken({ repository_id: "75" }),
    plant("ID token with another signature", `${good.slice(0, good.lastIndexOf(".") + 1)}${randomBytes(256).toString("base64url")}`),
    sender.invent("password in place of an ID token"),
    plant("token in place of an ID token", `ghp_${randomBase62(36)}`),
    `eyJ${plant("half an ID token", randomBase62(60))}`,
  ];
  for (const wrong of refused) {
    await send("POST", "/api/auth/oidc/exchange", { status: 403, body: { token: wrong } });
    await send("POST", "/api/auth/oidc/try", { status: 200, bearer, body: { token: wrong } });
  }
  await send("GET", `/api/cicd/runs?token=${token}`, { status: 400 });
  await send("GET", "/api/cicd/runs", { status: 401, bearer: token });
}

/** Puts another key in the place of the hub's, which goes on working meanwhile. Answers with the new one. */
export async function exchangeKey(environment: { SENTINAL_DATA_DIR: string; SENTINAL_KEY_FILE: string }): Promise<Buffer> {
  const done = await withOperator(environment, { mayCreate: false, onNotice: () => {} }, (operator) =>
    operator.rotateKey({ newKeyFile: null, onProgress: () => {} }),
  );
  if ("problem" in done) throw new Error(done.problem);
  if (!done.value.finished) throw new Error("the new key is not in its place");
  return Buffer.from(await readFile(environment.SENTINAL_KEY_FILE, "utf8"), "base64");
}

export type ServiceSecrets = { current: string; previous: string; sonarqube: string; metrics: string };

/** What services, SonarQube and Prometheus show. */
export async function useServices(sender: CanarySender, secrets: ServiceSecrets, environment: Record<string, string>): Promise<void> {
  const { send, plant } = sender;
  const made = await withOperator(environment, { mayCreate: false, onNotice: () => {} }, async (operator) => {
    const first = await operator.createServiceToken({ service: "billing" });
    const second = await operator.rotateServiceToken({ service: "billing" }, 1);
    await operator.resetPassword("canary-member", sender.invent("password set by an operator"));
    await operator.createAdmin({ username: "canary-operator", email: "operator@example.org", password: sender.invent("password of an operator's account") });
    return [first.token, second.token, (await operator.createApiToken({ name: "by hand", scopes: ["webhook:read"] })).token];
  });
  if ("problem" in made) throw new Error(made.problem);
  const [first = "", second = "", apiToken = ""] = made.value.map((token) => plant("token made by an operator", token));
  await send("GET", "/api/cicd/runs", { status: 200, bearer: apiToken });
  const call = (value: string, status: number) => send("GET", "/internal/health", { status, headers: { "x-internal-token": value } });
  for (const token of [secrets.current, secrets.previous, first, second]) await call(token, 200);
  const unknown = plant("unknown service token", createServiceToken());
  await call(unknown, 401);
  for (const token of [first, unknown, secrets.current])
    await send("POST", "/internal/tokens/verify", { status: 200, headers: { "x-internal-token": second }, body: { token } });
  await send("GET", `/internal/health?token=${second}`, { status: 401 });
  await send("GET", `/internal/${unknown}`, { status: 401 });

  const signed = (secret: string) =>
    createHmac("sha256", secret)
      .update(JSON.stringify(analysis("signed")))
      .digest("hex");
  await send("POST", "/api/cicd/sonarqube", { status: 200, headers: { "x-sonar-webhook-hmac-sha256": signed(secrets.sonarqube) }, body: analysis("signed") });
  await send("POST", "/api/cicd/sonarqube", { status: 401, headers: { "x-sonar-webhook-hmac-sha256": secrets.sonarqube }, body: analysis("signed") });
  await send("POST", "/api/cicd/sonarqube", { status: 401, headers: { authorization: basic("hub", secrets.sonarqube) }, body: analysis("signed") });
  await send("GET", "/metrics", { status: 401, bearer: plant("wrong metrics token", randomBase62(40)) });
  await send("GET", `/metrics?token=${secrets.metrics}`, { status: 401 });
}

function analysis(revision: string): object {
  const condition = { metric: "coverage", operator: "LESS_THAN", value: "91", status: "OK", errorThreshold: "80" };
  return {
    serverUrl: "https://sonarqube.example.org",
    taskId: "AVh21JS2JepAEhwQ-b3u",
    status: "SUCCESS",
    analysedAt: "2026-01-01T00:00:00+0000",
    revision: revision.replaceAll(" ", "-"),
    project: { key: "acme_shop", name: "shop", url: "https://sonarqube.example.org/dashboard?id=acme_shop" },
    branch: { name: "main", type: "BRANCH", isMain: true, url: "https://sonarqube.example.org/dashboard?id=acme_shop" },
    qualityGate: { name: "Sonar way", status: "OK", conditions: [condition] },
    properties: {},
  };
}

function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`;
}

function knownShape(): string {
  const body = randomBase62(43);
  return `sent_${body}${apiTokenChecksum(body)}`;
}
