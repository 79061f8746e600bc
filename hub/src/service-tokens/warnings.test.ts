import { createServiceToken } from "@sentinal/tokens";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { createFingerprints } from "../audit/index.ts";
import { createServiceTokens, judgeConfigured } from "./index.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

function serviceTokens(current: string | null, previous: string | null = null) {
  return createServiceTokens({
    db: database.db,
    configured: judgeConfigured({ current, previous }),
    fingerprints: createFingerprints(Buffer.alloc(32, 3)),
    refusals: { count() {} },
    log: pino({ enabled: false }),
  });
}

async function warnings(current: string | null, previous: string | null = null): Promise<string[]> {
  const lines: string[] = [];
  await serviceTokens(current, previous).warn(pino({ messageKey: "msg" }, { write: (line: string) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line).msg);
}

test("at its start the hub says what is wrong with the internal token, what to do, and never the value", async () => {
  expect(await warnings("changeme")).toEqual([
    "INTERNAL_SERVICE_TOKEN is a placeholder, not a secret: every call to /internal is refused. Set it to the same random value in all services (openssl rand -hex 32).",
  ]);
  expect(await warnings(null)).toEqual([
    "INTERNAL_SERVICE_TOKEN is not set, and no service has a token of its own: every call to /internal is refused. Set it to the same random value in all services (openssl rand -hex 32), or make one for a service with: sentinal service-token create NAME",
  ]);
  expect((await warnings(createServiceToken(), "hunter2-hunter2")).join()).toContain("INTERNAL_SERVICE_TOKEN_PREVIOUS has 15 characters");
});

test("it says nothing when all is well, by the setting or by a token of a service", async () => {
  expect(await warnings(createServiceToken(), createServiceToken())).toEqual([]);
  const made = await serviceTokens(null).create({ service: "billing" }, { kind: "operator", id: "ada" });
  expect(await warnings(null)).toEqual([]);
  await serviceTokens(null).revoke(made.id, { kind: "operator", id: "ada" });
  expect(await warnings(null)).toHaveLength(1);
});
