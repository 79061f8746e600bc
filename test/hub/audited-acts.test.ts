import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { auditedActs, type AuditedAct, startIssuer, useIssuer } from "../audited-acts/index.ts";
import { startTestHub, type TestHub } from "../hub.ts";

const reading = new Set(["GET", "HEAD", "OPTIONS"]);
/** Columns that say when something was seen or tried, which is no change anybody made. */
const seen = ["tries", "tries_since", "last_used_at", "last_used_address", "last_seen_at", "last_seen_address", "last_polled_at"];

let hub: TestHub;
let issuer: Awaited<ReturnType<typeof startIssuer>>;
const routes: string[] = [];

beforeAll(async () => {
  subscribe("fastify.initialization", watch);
  issuer = await startIssuer();
  useIssuer(issuer);
  hub = await startTestHub({ SENTINAL_REGISTRATION: "open", SENTINAL_TRUSTED_PROXIES: "127.0.0.1", SENTINAL_OIDC_ISSUER: issuer.url });
});
afterAll(async () => {
  unsubscribe("fastify.initialization", watch);
  await hub.close();
  await issuer.stop();
});
afterEach(() => refuseEntries(false));

type Route = { method: string | string[]; url: string };
type Fastify = { addHook(name: "onRoute", hook: (route: Route) => void): void };

/** Hears of every route that the hub registers, also of those that the API reference does not show. */
function watch(message: unknown): void {
  if (!isFastify(message)) return;
  message.fastify.addHook("onRoute", ({ method, url }) => {
    const methods = [method].flat();
    if (methods.length > reading.size + 1) routes.push(`ALL ${url}`);
    else for (const one of methods) if (!reading.has(one)) routes.push(`${one} ${url}`);
  });
}

function isFastify(message: unknown): message is { fastify: Fastify } {
  return typeof message === "object" && message !== null && "fastify" in message;
}

/** From then on no entry can be written, as when the disk is full. */
async function refuseEntries(isRefused: boolean): Promise<void> {
  const { db } = hub.database;
  await sql`drop trigger if exists no_entries on audit_entries`.execute(db);
  if (!isRefused) return;
  await sql`create or replace function refuse_entry() returns trigger language plpgsql as $$ begin raise exception 'no entry can be written'; end $$`.execute(
    db,
  );
  await sql`create trigger no_entries before insert on audit_entries for each row execute function refuse_entry()`.execute(db);
}

/** All rows of all tables but the log's own, and questions that wait for an answer, as one hash a table. */
async function contents(): Promise<Record<string, string>> {
  const { db } = hub.database;
  const tables = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('audit_entries', 'hub_state', 'proof_challenges') order by 1`.execute(
    db,
  );
  const found: Record<string, string> = {};
  for (const { name } of tables.rows) {
    const rows = await sql<{
      hash: string | null;
    }>`select md5(string_agg(row, E'\n' order by row)) as hash from (select (to_jsonb(t) - ${seen}::text[])::text as row from ${sql.table(name)} t) rows`.execute(
      db,
    );
    found[name] = rows.rows[0]?.hash ?? "";
  }
  return found;
}

async function entriesOf(requestId: string): Promise<string[]> {
  const rows = await hub.database.db.selectFrom("audit_entries").select("action").where("request_id", "=", requestId).orderBy("id").execute();
  return rows.map((row) => row.action);
}

const acts = new Map<string, AuditedAct>(auditedActs.flatMap((feature) => Object.entries(feature)));
const written = [...acts].flatMap(([route, act]) => ("entries" in act ? [[route, act] as const] : []));

test("every route that changes something is in the table with its entry, or with why it leaves none", () => {
  expect(routes.length).toBeGreaterThan(10);
  expect([...new Set(routes)].toSorted()).toEqual([...acts.keys()].toSorted());
  expect(auditedActs.flatMap((feature) => Object.keys(feature))).toHaveLength(acts.size);
});

test.each(written)("%s leaves its entry, with the request that did it", async (_route, act) => {
  const send = await act.prepare(hub);
  const answer = await send();
  expect(answer.ok, await answer.clone().text()).toBe(true);
  expect(await entriesOf(answer.headers.get("x-request-id") ?? "")).toEqual(act.entries);
});

test.each(written)("%s does not happen when its entry cannot be written", async (_route, act) => {
  const send = await act.prepare(hub);
  await refuseEntries(true);
  const before = await contents();
  const answer = await send();
  expect(answer.status, await answer.clone().text()).toBe(500);
  expect(await contents()).toEqual(before);
  await refuseEntries(false);
  expect((await send()).ok).toBe(true);
  expect(await contents()).not.toEqual(before);
});
