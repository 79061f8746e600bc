import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { AuditFilters } from "@sentinal/contract";
import { sql } from "kysely";
import { createFingerprints, exportLog, sealAll } from "../hub/src/audit/index.ts";
import { pageOfEntries, searchValue } from "../hub/src/audit/entries.ts";
import { type ConnectionSettings, type Database, migrate, openDatabase } from "../hub/src/database/index.ts";
import { startEmbeddedPostgres } from "../hub/src/database/embedded/index.ts";
import { temporaryDataDir } from "../test/hub-process.ts";
import type { VerifyAuditAnswer, VerifyAuditOrder } from "./loads/verify-audit.ts";
import { runLoad } from "./parts/load.ts";
import { describeMachine } from "./parts/machine.ts";
import { atMost, type Cell, printOutcome } from "./parts/outcome.ts";
import { quantile } from "./parts/quantile.ts";

const entries = Number(process.env["BENCH_ENTRIES"] ?? "1000000");
const asked = 30;
const mb = 1024 * 1024;
const fingerprints = createFingerprints(Buffer.alloc(32, 1));

/** The audit log at a million entries: sealing and verifying them, an export and its verifying, and the lists of the page. */
async function main(): Promise<void> {
  const dataDir = await temporaryDataDir();
  const postgres = await startEmbeddedPostgres({
    dataDir: dataDir.path,
    holder: "the benchmark",
    onLog() {},
    onProblem: (problem) => console.error(problem.message),
  });
  try {
    const { connection } = postgres;
    const machine = await describeMachine(connection);
    await migrate(connection, "0.0.0");
    const open = openDatabase(connection, { applicationName: "sentinal bench", maxConnections: 4, onError: () => {} });
    await fill(open.db);
    const sealSeconds = await timed(() => sealAll(open.db));
    const path = join(dataDir.path, "audit.jsonl");
    const exportSeconds = await timed(() => pipeline(Readable.from(exportLog(open.db, { from: null, to: null }, Date.now())), createWriteStream(path)));
    const lists = await measureLists(open.db);
    const hashing = hashSeconds();
    await open.close();
    const database = await verify(connection, null);
    const file = await verify(connection, path);
    printOutcome({
      name: "audit-verify",
      machine,
      columns: ["what", "seconds", "of the processor", "over idle (MB)", "entries/s"],
      rows: [
        ["verify the database's log", database.seconds, database.cpuSeconds, database.overIdleBytes / mb, database.checked / database.seconds],
        ["verify an exported file", file.seconds, file.cpuSeconds, file.overIdleBytes / mb, file.checked / file.seconds],
        ["SHA-256 alone, of texts as long", hashing, null, null, entries / hashing],
        ["export to a file", exportSeconds, null, null, entries / exportSeconds],
        ["seal all of them", sealSeconds, null, null, entries / sealSeconds],
        ...lists.map(({ name, p95Ms }): Cell[] => [`${name}, p95`, p95Ms / 1_000, null, null, null]),
      ],
      goals: [
        atMost("verifying a million entries", (database.cpuSeconds / database.checked) * 1_000_000, 20, "s of the processor"),
        atMost("memory of verifying over idle", Math.max(database.overIdleBytes, file.overIdleBytes) / mb, 200, "MB"),
        atMost("slowest list, p95", Math.max(...lists.map((list) => list.p95Ms)), 200, "ms"),
      ],
      notes: [
        `${entries} entries of some 400 bytes; verifying in a process of its own, that of the database with PostgreSQL's share not counted in its processor time.`,
      ],
    });
  } finally {
    await postgres.stop();
    await dataDir.remove();
  }
}

/** A year of a busy hub: sign-ins, tokens, triage, refusals. */
async function fill(db: Database): Promise<void> {
  const batch = 50_000;
  for (let start = 0; start < entries; start += batch) {
    await sql`
      insert into audit_entries (at, actor_kind, actor_id, action, subject_kind, subject_id, outcome, address, request_id, detail)
      select timestamptz '2026-01-01T00:00:00Z' + n * interval '30 seconds',
             (array['user', 'user', 'user', 'api_token', 'anonymous'])[1 + n % 5], case when n % 5 < 4 then (n % 200)::text end,
             (array['session.opened', 'session.revoked', 'finding.dismissed', 'finding.reopened', 'sign_in.refused', 'api_token.refused', 'api_token.created', 'gate.set'])[1 + n % 8],
             'thing', (n % 5000)::text, case when n % 8 in (4, 5) then 'refused' else 'done' end,
             '192.0.' || n % 200 || '.' || n % 250, gen_random_uuid()::text,
             jsonb_build_object('reason', 'some words of a reason', 'count', n % 60, 'fingerprint', 'fp1_' || md5(n::text))
        from generate_series(${start + 1}::int, ${Math.min(entries, start + batch)}::int) n`.execute(db);
  }
  await sql`vacuum analyze audit_entries`.execute(db);
}

async function measureLists(db: Database): Promise<{ name: string; p95Ms: number }[]> {
  await sql`vacuum analyze audit_entries`.execute(db);
  const filters: [string, AuditFilters][] = [
    ["list without filters", {}],
    ["list of an actor", { actor_kind: "user", actor_id: "7" }],
    ["list of all about tokens", { action: "api_token." }],
    ["list of an action", { action: "gate.set" }],
    ["list of refusals from an address", { outcome: "refused", address: "192.0.7.7" }],
    ["list of a month long ago", { from: "2026-02-01T00:00:00Z", to: "2026-03-01T00:00:00Z" }],
    ["list of an action nobody did", { action: "gate.taken" }],
    ["list of a subject", { subject_kind: "thing", subject_id: "77" }],
  ];
  const parts = { db, names: {}, fingerprints };
  const measured: { name: string; p95Ms: number }[] = [];
  for (const [name, filter] of filters) measured.push({ name, p95Ms: await p95(() => pageOfEntries(parts, filter, { limit: 50 })) });
  measured.push({ name: "search by value", p95Ms: await p95(() => searchValue(parts, "a value that nothing speaks of")) });
  return measured;
}

async function p95(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < asked; round++) times.push((await timed(work)) * 1_000);
  return quantile(Float64Array.from(times), 0.95);
}

async function verify(connection: ConnectionSettings, path: string | null): Promise<VerifyAuditAnswer> {
  const answer = await runLoad<VerifyAuditAnswer>("verify-audit", { connection, path } satisfies VerifyAuditOrder);
  if (!answer.isIntact || answer.checked !== entries) throw new Error("the log was not found intact");
  return answer;
}

function hashSeconds(): number {
  const text = "x".repeat(300);
  const begin = performance.now();
  let hash = Buffer.alloc(32);
  for (let index = 0; index < entries; index++) hash = createHash("sha256").update(hash).update(text).digest();
  return (performance.now() - begin) / 1_000;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1_000;
}

await main();
