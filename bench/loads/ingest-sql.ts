import { hash, randomUUID } from "node:crypto";
import { constants, zstdCompressSync } from "node:zlib";
import pg from "pg";
import type { ConnectionSettings } from "../../hub/src/database/index.ts";
import { quantile } from "../parts/quantile.ts";
import { realisticReport } from "../parts/report.ts";
import type { IngestAnswer } from "./ingest-http.ts";

/**
 * Writes for so long what the hub writes for a report whose findings are known: the same rows in the same tables, one
 * transaction a report, statements of many rows, and nothing else: no HTTP, no reading of reports, no matching.
 * Its repositories must have had a report by HTTP, which made their findings.
 */
export type IngestSqlOrder = { connection: ConnectionSettings; clients: number; seconds: number; findings: number; hasOwnRepositories: boolean; name: string };

const order: IngestSqlOrder = JSON.parse(process.argv[2] ?? "{}");

type Place = { repositoryId: string; scopeId: string; branchScopeId: string; findingIds: string[]; ranks: number[] };

async function main(): Promise<void> {
  const text = Buffer.from(JSON.stringify(realisticReport(order.findings)));
  const bytes = zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
  const sha256 = hash("sha256", text, "buffer");
  const connections = await Promise.all(Array.from({ length: order.clients }, () => connect(order.connection)));
  const places = await Promise.all(
    connections.map((connection, index) => placeOf(connection, order.hasOwnRepositories ? `bench/${order.name}-${index}` : `bench/${order.name}`)),
  );

  const latencies: number[] = [];
  const cpuBefore = process.cpuUsage();
  const begin = performance.now();
  const until = begin + order.seconds * 1_000;

  async function client(connection: pg.Client, place: Place, index: number): Promise<void> {
    for (let count = 0; performance.now() < until; count++) {
      const at = performance.now();
      await writeReport(connection, place, { commit: `${process.pid}${index * 10_000_000 + count}`.padStart(40, "0"), sha256, bytes, sizeBytes: text.length });
      latencies.push(performance.now() - at);
    }
  }

  await Promise.all(connections.flatMap((connection, index) => (places[index] === undefined ? [] : [client(connection, places[index], index)])));
  const seconds = (performance.now() - begin) / 1_000;
  const cpu = process.cpuUsage(cpuBefore);
  await Promise.all(connections.map((connection) => connection.end()));
  const all = Float64Array.from(latencies);
  const answer: IngestAnswer = {
    reports: all.length,
    seconds,
    p50Ms: quantile(all, 0.5),
    p99Ms: quantile(all, 0.99),
    bodyBytes: text.length,
    cpuSeconds: (cpu.user + cpu.system) / 1_000_000,
  };
  console.log(JSON.stringify(answer));
}

async function connect(connection: ConnectionSettings): Promise<pg.Client> {
  const client = new pg.Client(connection);
  await client.connect();
  return client;
}

async function placeOf(client: pg.Client, repository: string): Promise<Place> {
  const scope = await client.query<{ repository_id: string; scope_id: string; branch_scope_id: string }>(
    "select p.id as repository_id, s.id as scope_id, b.id as branch_scope_id from repositories p join finding_scopes s on s.repository_id = p.id join branch_scopes b on b.scope_id = s.id where p.name = $1",
    [repository],
  );
  const row = scope.rows[0];
  if (row === undefined) throw new Error(`${repository} has had no report yet`);
  const findings = await client.query<{ id: string; severity_rank: number }>("select id, severity_rank from findings where scope_id = $1 order by id", [
    row.scope_id,
  ]);
  return {
    repositoryId: row.repository_id,
    scopeId: row.scope_id,
    branchScopeId: row.branch_scope_id,
    findingIds: findings.rows.map((one) => one.id),
    ranks: findings.rows.map((one) => one.severity_rank),
  };
}

const counts = JSON.stringify({ critical: 13, high: 13, medium: 12, low: 12, info: 0, unknown: 0, total: 50 });
const changes = JSON.stringify({ new: 0, fixed: 0, reopened: 0, unchanged: 50 });

async function writeReport(client: pg.Client, place: Place, report: { commit: string; sha256: Buffer; bytes: Buffer; sizeBytes: number }): Promise<void> {
  const importId = randomUUID();
  await client.query("begin");
  const run = await client.query<{ id: string }>(
    "insert into runs (repository_id, commit_hash, branch, status, sender_status, critical_vulnerabilities, completed_at) values ($1, $2, 'main', 'Success', 'completed', 13, now()) returning id",
    [place.repositoryId, report.commit],
  );
  const runId = run.rows[0]?.id;
  const scan = await client.query<{ id: string }>(
    "insert into scans (run_id, run_attempt, scan_type, tool, category, status, counts_from, counts, changes, target) values ($1, 1, 'trivy', 'Trivy', '', 'completed', 'report', $2, $3, 'registry.example:5000/shop/web:1.0.0') returning id",
    [runId, counts, changes],
  );
  const scanId = scan.rows[0]?.id;
  await client.query(
    "insert into occurrences (scan_id, finding_id, scope_id, change, severity_rank) select $1, finding_id, $2, 'unchanged', severity_rank from unnest($3::bigint[], $4::smallint[]) as r(finding_id, severity_rank)",
    [scanId, place.scopeId, place.findingIds, place.ranks],
  );
  await client.query(
    "insert into imports (id, run_id, scan_id, status, scan_type, format, sha256, size_bytes, facts, ordered_at, completed_at, counts, changes, scope_id) values ($1, $2, $3, 'completed', 'trivy', 'trivy-json', $4, $5, $6, now(), now(), $7, $8, $9)",
    [
      importId,
      runId,
      scanId,
      report.sha256,
      report.sizeBytes,
      JSON.stringify({ commit_hash: report.commit, branch: "main", status: "completed" }),
      counts,
      changes,
      place.scopeId,
    ],
  );
  await client.query("insert into import_chunks (import_id, ordinal, bytes) values ($1, 0, $2)", [importId, report.bytes]);
  await client.query("update branch_scopes set newest_ordered_at = now(), newest_scan_id = $1 where id = $2", [scanId, place.branchScopeId]);
  await client.query("commit");
}

await main();
