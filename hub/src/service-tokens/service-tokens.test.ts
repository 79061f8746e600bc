import { createServiceToken as newToken } from "@sentinal/tokens";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EmptyHub, startEmptyHub } from "../../../test/hub.ts";
import { type Operator, withOperator } from "../operator.ts";

const shared = newToken();
const previous = newToken();
const refused = '{"detail":"invalid internal token"}';
let hub: EmptyHub;

beforeAll(async () => {
  hub = await startEmptyHub({ INTERNAL_SERVICE_TOKEN: shared, INTERNAL_SERVICE_TOKEN_PREVIOUS: previous });
});
afterAll(() => hub.close());

const call = (path: string, token?: string, init: RequestInit = {}, url = hub.url) =>
  fetch(url + path, { ...init, headers: { ...(token !== undefined && { "x-internal-token": token }), "content-type": "application/json" } });
const verify = async (token: string, caller = shared): Promise<unknown> =>
  (await call("/internal/tokens/verify", caller, { method: "POST", body: JSON.stringify({ token }) })).json();

async function operate<T>(work: (operator: Operator) => Promise<T>): Promise<T> {
  const environment = { DATABASE_URL: hub.config.databaseUrl ?? "", SENTINAL_KEY_FILE: hub.config.keyFile ?? "", SENTINAL_DATA_DIR: hub.config.dataDir };
  const answer = await withOperator(environment, { mayCreate: false, onNotice() {} }, work);
  if ("problem" in answer) throw new Error(answer.problem);
  return answer.value;
}

async function refusals(of: EmptyHub): Promise<{ reason: unknown; subject_id: string | null }[]> {
  const rows = await of.database.db.selectFrom("audit_entries").select(["subject_id", "detail"]).where("action", "=", "internal_call.refused").execute();
  return rows.map(({ subject_id, detail }) => ({
    subject_id,
    reason: typeof detail === "object" && detail !== null && "reason" in detail ? detail.reason : null,
  }));
}

async function expectRefused(answer: Response): Promise<void> {
  expect(answer.status).toBe(401);
  expect(answer.headers.get("content-type")).toMatch(/^application\/json\b/);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(await answer.text()).toBe(refused);
}

describe("a call without the right token", () => {
  test.each([
    ["none", undefined],
    ["an empty one", ""],
    ["another", newToken()],
    ["one with another ending", `${shared.slice(0, -1)}${shared.endsWith("x") ? "y" : "x"}`],
    ["one in another case", shared.toUpperCase()],
    ["one that goes on", `${shared}x`],
    ["a placeholder", "changeme"],
    ["an endless one", "x".repeat(5_000)],
  ])("is refused to the letter: %s", async (_what, token) => {
    await expectRefused(await call("/internal/health", token));
    await expectRefused(await call("/internal/tokens/verify", token, { method: "POST", body: JSON.stringify({ token: shared }) }));
  });

  test.each([
    "/internal",
    "/internal/",
    "/internal/nothing",
    "/internal/health/",
    "/internal//health",
    "/%69nternal/health",
    "/internal/%68ealth",
    "/internal/health?x=1",
  ])("learns nothing of what there is: %s", async (path) => {
    for (const method of ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]) await expectRefused(await call(path, undefined, { method }));
  });

  test("is refused before its body is read", async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const url = new URL("/internal/tokens/verify", hub.url);
      const sent = httpRequest(url, { method: "POST", headers: { "content-type": "application/json", "content-length": "1000000" } }, (response) => {
        response.setEncoding("utf8").on("data", (text: string) => {
          resolve(`${response.statusCode} ${text}`);
          sent.destroy();
        });
      });
      sent.on("error", reject);
      sent.write("{");
    });
    expect(answer).toBe(`401 ${refused}`);
  });

  test("is refused with the token in an Authorization header, a query or twice", async () => {
    await expectRefused(await fetch(`${hub.url}/internal/health`, { headers: { authorization: `Bearer ${shared}` } }));
    await expectRefused(await call(`/internal/health?X-Internal-Token=${shared}`));
    await expectRefused(await call("/internal/health", `${shared}, ${shared}`));
  });
});

describe("a call with the shared token", () => {
  test("is answered", async () => {
    const answer = await call("/internal/health", shared);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ status: "ok" });
  });

  test("is answered with the one before it too", async () => {
    expect((await call("/internal/health", previous)).status).toBe(200);
  });

  test.each(["/internal", "/internal/", "/internal/nothing", "/internal/tokens"])("to a path that there is not is told so: %s", async (path) => {
    const answer = await call(path, shared);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: "not_found" });
  });

  test("checks what another service sent", async () => {
    expect(await verify(shared)).toEqual({ active: true, service: "shared", expires_at: null });
    expect(await verify(previous)).toEqual({ active: true, service: "shared", expires_at: null });
    expect(await verify("changeme")).toEqual({ active: false, service: null, expires_at: null });
    expect(await verify(newToken())).toEqual({ active: false, service: null, expires_at: null });
  });

  test.each([
    ["no token", "{}"],
    ["a token that is no text", '{"token":7}'],
    ["an empty one", '{"token":""}'],
    ["no JSON", "token=x"],
    ["nothing", ""],
  ])("with a wrong body is told what is wrong: %s", async (_what, body) => {
    const answer = await call("/internal/tokens/verify", shared, { method: "POST", body });
    expect(answer.status).toBe(400);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
  });
});

describe("a token of a service", () => {
  test("lets its service in, until it is revoked: then it is dead at the next call", async () => {
    const made = await operate((operator) => operator.createServiceToken({ service: "billing" }));
    expect(made.token).toMatch(/^[0-9A-Za-z]{64}$/);
    expect((await call("/internal/health", made.token)).status).toBe(200);
    expect(await verify(made.token)).toEqual({ active: true, service: "billing", expires_at: null });
    expect(await verify(shared, made.token)).toMatchObject({ active: true, service: "shared" });
    await operate((operator) => operator.revokeServiceToken(made.id));
    await expectRefused(await call("/internal/health", made.token));
    expect(await verify(made.token)).toEqual({ active: false, service: null, expires_at: null });
  });

  test("shows when it was last used and from where, also once the hub was asked about it", async () => {
    const own = await startEmptyHub();
    try {
      const environment = { DATABASE_URL: own.config.databaseUrl ?? "", SENTINAL_KEY_FILE: own.config.keyFile ?? "", SENTINAL_DATA_DIR: own.config.dataDir };
      const made = await withOperator(environment, { mayCreate: false, onNotice() {} }, (operator) =>
        Promise.all(["caller", "shown", "idle"].map((service) => operator.createServiceToken({ service }))),
      );
      if ("problem" in made) throw new Error(made.problem);
      const [caller, shown] = made.value;
      const answer = await call("/internal/tokens/verify", caller?.token, { method: "POST", body: JSON.stringify({ token: shown?.token }) }, own.url);
      expect(await answer.json()).toMatchObject({ active: true, service: "shown" });
      await own.hub.stop();
      const listed = await withOperator(environment, { mayCreate: false, onNotice() {} }, (operator) => operator.listServiceTokens());
      const used = { last_used_at: expect.any(String), last_used_address: "127.0.0.1" };
      expect(listed).toMatchObject({
        value: [
          { service: "caller", ...used },
          { service: "idle", last_used_at: null, last_used_address: null },
          { service: "shown", ...used },
        ],
      });
    } finally {
      await own.close();
    }
  });

  test("has an end, and a length, where one is given", async () => {
    const made = await operate((operator) => operator.createServiceToken({ service: "short", length: 43, expires_in_days: 2 }));
    expect(made.token).toHaveLength(43);
    expect(await verify(made.token)).toEqual({ active: true, service: "short", expires_at: made.expires_at });
    await hub.database.db
      .updateTable("service_tokens")
      .set({ expires_at: new Date(Date.now() - 1) })
      .where("id", "=", made.id)
      .execute();
    expect(await verify(made.token)).toEqual({ active: false, service: null, expires_at: null });
    // What ran out stands in nobody's way.
    expect((await operate((operator) => operator.createServiceToken({ service: "short" }))).state).toBe("valid");
  });

  test("is exchanged with a time in which both work, and the old one ends by itself", async () => {
    const old = await operate((operator) => operator.createServiceToken({ service: "search" }));
    const fresh = await operate((operator) => operator.rotateServiceToken({ service: "search" }, 24));
    expect(await verify(fresh.token)).toEqual({ active: true, service: "search", expires_at: null });
    const verified = await verify(old.token);
    expect(verified).toMatchObject({ active: true, service: "search" });
    const listed = await operate((operator) => operator.listServiceTokens());
    expect(listed.filter(({ service }) => service === "search").map(({ id, state }) => [id, state])).toEqual([
      [fresh.id, "valid"],
      [old.id, "overlapping"],
    ]);
    const ends = Date.parse(listed.find(({ id }) => id === old.id)?.expires_at ?? "") - Date.now();
    expect(ends).toBeGreaterThan(23 * 3_600_000);
    expect(ends).toBeLessThanOrEqual(24 * 3_600_000);

    const third = await operate((operator) => operator.rotateServiceToken({ service: "search" }, 0));
    await expectRefused(await call("/internal/health", fresh.token));
    expect((await call("/internal/health", third.token)).status).toBe(200);
    expect((await call("/internal/health", old.token)).status).toBe(200);
  });

  test("is one a service, however many ask at once", async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => operate((operator) => operator.createServiceToken({ service: "race" }))));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected")
        expect(String(outcome.reason)).toContain("race has a token already. Exchange it with: sentinal service-token rotate race");
    const rotated = await Promise.allSettled(Array.from({ length: 5 }, () => operate((operator) => operator.rotateServiceToken({ service: "race" }, 1))));
    const listed = (await operate((operator) => operator.listServiceTokens())).filter(({ service }) => service === "race");
    expect(listed.filter(({ state }) => state === "valid")).toHaveLength(1);
    expect(listed).toHaveLength(1 + rotated.filter(({ status }) => status === "fulfilled").length);
  });

  test.each([
    [{ service: "shared" }, "stands for INTERNAL_SERVICE_TOKEN"],
    [{ service: "Billing Service" }, "lower-case letters"],
    [{ service: "ok", length: 42 }, ">=43"],
    [{ service: "ok", expires_in_days: 0 }, ">=1"],
  ])("is not made of %j", async (body, problem) => {
    await expect(operate((operator) => operator.createServiceToken(body))).rejects.toThrow(problem);
  });

  test("that is not there is told so", async () => {
    await expect(operate((operator) => operator.revokeServiceToken(9_999))).rejects.toThrow("There is no service token 9999.");
    await expect(operate((operator) => operator.rotateServiceToken({ service: "nobody" }, 1))).rejects.toThrow("There is no token of nobody in use");
  });

  test("is stored as its hash, and everything done with it is audited with a fingerprint and no value", async () => {
    const made = await operate((operator) => operator.createServiceToken({ service: "audited" }));
    const fresh = await operate((operator) => operator.rotateServiceToken({ service: "audited" }, 0));
    await operate((operator) => operator.revokeServiceToken(fresh.id));
    await operate((operator) => operator.revokeServiceToken(fresh.id));
    const entries = await hub.database.db
      .selectFrom("audit_entries")
      .selectAll()
      .where("subject_kind", "=", "service_token")
      .where("subject_id", "in", [String(made.id), String(fresh.id)])
      .orderBy("id")
      .execute();
    expect(entries.filter(({ outcome }) => outcome === "done").map(({ action, actor_kind }) => [action, actor_kind])).toEqual([
      ["service_token.created", "operator"],
      ["service_token.rotated", "operator"],
      ["service_token.revoked", "operator"],
    ]);
    expect(entries[0]?.detail).toMatchObject({ service: "audited", fingerprint: expect.stringMatching(/^fp1_/) });
    const rows = await hub.database.db.selectFrom("service_tokens").selectAll().execute();
    const kept = JSON.stringify([entries, rows, rows.map((row) => row.token_hash.toString("latin1"))]);
    for (const token of [made.token, fresh.token]) expect(kept).not.toContain(token);
  });
});

describe("while INTERNAL_SERVICE_TOKEN is no secret", () => {
  test.each([
    ["changeme", "changeme"],
    ["a long placeholder", "CHANGE_ME_TO_A_LONG_RANDOM_STRING_OF_AT_LEAST_43_CHARACTERS"],
    ["too short", "k7Qp2ZrT9xW4mN8v"],
    ["that of another setting", "metrics"],
  ])("the hub starts, and every call is refused, with tokens of services too: %s", async (what, value) => {
    const other = newToken();
    const given = what === "that of another setting" ? other : value;
    const own = await startEmptyHub({ INTERNAL_SERVICE_TOKEN: given, SENTINAL_METRICS_TOKEN: other });
    try {
      await expectRefused(await call("/internal/health", given, {}, own.url));
      await expectRefused(await call("/internal/health", undefined, {}, own.url));
      const environment = { DATABASE_URL: own.config.databaseUrl ?? "", SENTINAL_KEY_FILE: own.config.keyFile ?? "", SENTINAL_DATA_DIR: own.config.dataDir };
      const made = await withOperator(environment, { mayCreate: false, onNotice() {} }, (operator) => operator.createServiceToken({ service: "billing" }));
      await expectRefused(await call("/internal/health", "value" in made ? made.value.token : "", {}, own.url));
      await own.hub.stop();
      expect(new Set((await refusals(own)).map(({ reason }) => reason))).toEqual(new Set(["internal_token_placeholder"]));
    } finally {
      await own.close();
    }
  });

  test("and not set either, a token of a service lets in, and nothing else does", async () => {
    const folder = hub.config.dataDir;
    await writeFile(join(folder, "empty"), "\n");
    const own = await startEmptyHub({ INTERNAL_SERVICE_TOKEN_FILE: join(folder, "empty") });
    try {
      await expectRefused(await call("/internal/health", "", {}, own.url));
      await expectRefused(await call("/internal/health", "changeme", {}, own.url));
      const environment = { DATABASE_URL: own.config.databaseUrl ?? "", SENTINAL_KEY_FILE: own.config.keyFile ?? "", SENTINAL_DATA_DIR: own.config.dataDir };
      const made = await withOperator(environment, { mayCreate: false, onNotice() {} }, (operator) => operator.createServiceToken({ service: "billing" }));
      expect((await call("/internal/health", "value" in made ? made.value.token : "", {}, own.url)).status).toBe(200);
    } finally {
      await own.close();
    }
  });
});

test("refused calls are counted by their reason, with the token's number where it is known", async () => {
  const made = await operate((operator) => operator.createServiceToken({ service: "counted" }));
  await operate((operator) => operator.revokeServiceToken(made.id));
  await call("/internal/health", made.token);
  await call("/internal/health");
  await call("/internal/health", newToken());
  await hub.hub.stop();
  expect(await refusals(hub)).toEqual(
    expect.arrayContaining([
      { reason: "internal_token_revoked", subject_id: String(made.id) },
      { reason: "internal_token_missing", subject_id: null },
      { reason: "internal_token_unknown", subject_id: null },
    ]),
  );
});
