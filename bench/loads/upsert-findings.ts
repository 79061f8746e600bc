import type pg from "pg";
import type { ConnectionSettings } from "../../hub/src/database/index.ts";
import { columnsOf, copyFindings, type Stored, withClient } from "../parts/stored.ts";

/**
 * Writes the findings that a repository has into an empty scope of another one, with their states and sightings, by
 * upserts of many rows from `unnest` in one transaction; then the same once more, for the next scan. Nothing is read
 * from a report and nothing is compared. Taken once, the rows wait in memory.
 */
export type UpsertFindingsOrder = { connection: ConnectionSettings; from: Stored; repository: string };
export type UpsertFindingsAnswer = { rows: number; firstMs: number; againMs: number };

const order: UpsertFindingsOrder = JSON.parse(process.argv[2] ?? "{}");
const batchSize = 2_000;
const notShared = ["id", "scope_id"];

type Column = { name: string; type: string };
type Row = Record<string, string | null>;

async function main(): Promise<void> {
  await withClient(order.connection, async (client) => {
    const columns = await typedColumns(client);
    const rows = await rowsOf(client, columns);
    const first = await copyFindings(client, order.from, order.repository, 0);
    const again = await copyFindings(client, order.from, order.repository, 0);
    // As the hub commits.
    await client.query("set synchronous_commit = on");
    const firstMs = await timed(() => upsert(client, first, columns, rows));
    const againMs = await timed(() => upsert(client, again, columns, rows));
    const answer: UpsertFindingsAnswer = { rows: rows.length, firstMs, againMs };
    console.log(JSON.stringify(answer));
  });
}

async function typedColumns(client: pg.Client): Promise<Column[]> {
  const names = (await columnsOf(client, "findings", notShared)).split(", ");
  const answer = await client.query<{ column_name: string; udt_name: string }>(
    "select column_name, udt_name from information_schema.columns where table_schema = current_schema() and table_name = 'findings'",
  );
  const types = new Map(answer.rows.map((row) => [row.column_name, row.udt_name]));
  return names.map((name) => ({ name, type: types.get(name) ?? "text" }));
}

/** Every value as the text that PostgreSQL takes back. */
async function rowsOf(client: pg.Client, columns: readonly Column[]): Promise<Row[]> {
  const answer = await client.query<Row>(`select ${columns.map(({ name }) => `${name}::text`).join(", ")} from findings where scope_id = $1 order by id`, [
    order.from.scopeId,
  ]);
  return answer.rows;
}

async function upsert(client: pg.Client, to: Stored, columns: readonly Column[], rows: readonly Row[]): Promise<void> {
  const names = columns.map(({ name }) => name);
  const updates = names.filter((name) => name !== "identity" && name !== "ordinal").map((name) => `${name} = excluded.${name}`);
  const findings = `
    insert into findings (scope_id, ${names.join(", ")})
    select $1::bigint, r.* from unnest(${columns.map(({ type }, index) => `$${index + 2}::${type}[]`).join(", ")}) r
    on conflict (scope_id, identity, ordinal) do update set ${updates.join(", ")}
    returning id, line, severity_rank`;
  const states = `
    insert into finding_states (branch_scope_id, finding_id, state, first_seen_at, first_seen_run_id, changed_at, changed_run_id)
    select $1, id, 'open', now(), $2, now(), $2 from unnest($3::bigint[]) r (id)
    on conflict (branch_scope_id, finding_id) do update set state = excluded.state`;
  const occurrences = `
    insert into occurrences (scan_id, finding_id, scope_id, change, line, severity_rank)
    select $1, id, $2, 'new', line, severity_rank from unnest($3::bigint[], $4::int[], $5::smallint[]) r (id, line, severity_rank)
    on conflict (scan_id, finding_id) do update set line = excluded.line, severity_rank = excluded.severity_rank`;
  await client.query("begin");
  for (let start = 0; start < rows.length; start += batchSize) {
    const batch = rows.slice(start, start + batchSize);
    const written = await client.query<{ id: string; line: number | null; severity_rank: number }>(findings, [
      to.scopeId,
      ...names.map((name) => batch.map((row) => row[name] ?? null)),
    ]);
    const ids = written.rows.map((row) => row.id);
    await client.query(states, [to.branchScopeId, to.runId, ids]);
    await client.query(occurrences, [to.scanId, to.scopeId, ids, written.rows.map((row) => row.line), written.rows.map((row) => row.severity_rank)]);
  }
  await client.query("commit");
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

await main();
