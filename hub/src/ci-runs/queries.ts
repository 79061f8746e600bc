import type { Changes, Repository, Run, RunStatus, ScanStatus, ScanSummary, ScanType, SeverityCounts, TestCounts } from "@sentinal/contract";
import { type RawBuilder, sql } from "kysely";
import { type Database, decodeCursor, encodeCursor } from "../database/index.ts";
import { fieldError } from "../http/index.ts";
import { githubRunUrl } from "./rules.ts";

export type RunFilter = {
  repository?: string | undefined;
  branch?: string | undefined;
  status?: readonly string[] | undefined;
  workflow?: string | undefined;
  text?: string | undefined;
};

type Row = {
  id: number;
  repository: string;
  commit_hash: string;
  branch: string;
  commit_message: string | null;
  status: RunStatus;
  github_run_id: number | null;
  run_attempt: number;
  workflow: string | null;
  event: string | null;
  actor: string | null;
  pull_request: number | null;
  started_at: Date | null;
  completed_at: Date | null;
  created_at: Date;
  updated_at: Date;
  critical_vulnerabilities: number;
  scans: {
    id: number;
    run_attempt: number;
    scan_type: ScanType;
    tool: string;
    category: string;
    status: ScanStatus;
    partial: boolean;
    counts: SeverityCounts | TestCounts;
    changes: Changes | null;
    created_at: string;
    updated_at: string;
  }[];
};

/** Runs, newest first. */
export async function listRuns(
  db: Database,
  filter: RunFilter,
  visible: string | null,
  githubUrl: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: Run[]; next_cursor: string | null }> {
  const after = page.cursor === undefined ? null : decodeCursor(page.cursor, ["number"]);
  if (page.cursor !== undefined && after === null)
    throw fieldError("cursor", "is not one that this list gave out", "Leave it out to start from the first page.");
  const rows = await selectRuns(
    db,
    sql`${visibleWhere(visible)}
      and ${filter.repository === undefined ? sql`true` : sql`p.name = ${filter.repository}`}
      and ${filter.branch === undefined ? sql`true` : sql`r.branch = ${filter.branch}`}
      and ${filter.workflow === undefined ? sql`true` : sql`r.workflow = ${filter.workflow}`}
      and ${filter.status === undefined || filter.status.length === 0 ? sql`true` : sql`r.status = any(${[...filter.status]}::text[])`}
      and ${filter.text === undefined || filter.text === "" ? sql`true` : textMatches(filter.text)}
      and ${after === null ? sql`true` : sql`r.id < ${after[0]}`}`,
    page.limit + 1,
  );
  const items = rows.slice(0, page.limit).map((row) => runOf(row, githubUrl));
  const last = items.at(-1);
  return { items, next_cursor: rows.length > page.limit && last !== undefined ? encodeCursor([last.id]) : null };
}

/** One run; null when there is none to see. */
export async function findRun(db: Database, id: number, visible: string | null, githubUrl: string): Promise<Run | null> {
  const rows = await selectRuns(db, sql`${visibleWhere(visible)} and r.id = ${id}`, 1);
  return rows[0] === undefined ? null : runOf(rows[0], githubUrl);
}

export async function findRuns(db: Database, ids: readonly number[], githubUrl: string): Promise<Run[]> {
  const rows = await selectRuns(db, sql`r.id = any(${[...ids]}::bigint[])`, ids.length);
  return rows.map((row) => runOf(row, githubUrl));
}

/** The newest run before this one of the same repository, branch and workflow. */
export async function previousRunId(db: Database, run: Run): Promise<number | null> {
  const answer = await sql<{ id: number }>`
    select r.id from runs r join repositories p on p.id = r.repository_id
     where p.name = ${run.repository} and r.branch = ${run.branch} and r.workflow is not distinct from ${run.workflow} and r.id < ${run.id}
     order by r.id desc limit 1`.execute(db);
  return answer.rows[0]?.id ?? null;
}

export async function repositoryOfRun(db: Database, id: number): Promise<string | null> {
  const row = await db
    .selectFrom("runs")
    .innerJoin("repositories", "repositories.id", "runs.repository_id")
    .select("repositories.name")
    .where("runs.id", "=", id)
    .executeTakeFirst();
  return row?.name ?? null;
}

/** Repositories by name, with when something ran last. */
export async function listRepositories(
  db: Database,
  visible: string | null,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: Repository[]; next_cursor: string | null }> {
  const after = page.cursor === undefined ? null : decodeCursor(page.cursor, ["string"]);
  if (page.cursor !== undefined && after === null)
    throw fieldError("cursor", "is not one that this list gave out", "Leave it out to start from the first page.");
  const answer = await sql<{ name: string; default_branch: string | null; last_run_at: Date | null }>`
    select p.name, p.default_branch, (select r.created_at from runs r where r.repository_id = p.id order by r.id desc limit 1) as last_run_at
      from repositories p
     where ${visibleWhere(visible)} and ${after === null ? sql`true` : sql`p.name > ${after[0]}`}
     order by p.name limit ${page.limit + 1}`.execute(db);
  const items = answer.rows.slice(0, page.limit).map((row) => ({ ...row, last_run_at: row.last_run_at?.toISOString() ?? null }));
  const last = items.at(-1);
  return { items, next_cursor: answer.rows.length > page.limit && last !== undefined ? encodeCursor([last.name]) : null };
}

async function selectRuns(db: Database, where: RawBuilder<unknown>, limit: number): Promise<Row[]> {
  const answer = await sql<Row>`
    select r.id, p.name as repository, r.commit_hash, r.branch, r.commit_message, r.status, r.github_run_id, r.run_attempt, r.workflow, r.event, r.actor,
           r.pull_request, r.started_at, r.completed_at, r.created_at, r.updated_at, r.critical_vulnerabilities,
           coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'run_attempt', s.run_attempt, 'scan_type', s.scan_type, 'tool', s.tool, 'category', s.category,
                       'status', s.status, 'partial', s.partial, 'counts', s.counts, 'changes', s.changes, 'created_at', s.created_at, 'updated_at', s.updated_at) order by s.id)
                       from scans s where s.run_id = r.id), '[]'::jsonb) as scans
      from runs r join repositories p on p.id = r.repository_id
     where ${where} order by r.id desc limit ${limit}`.execute(db);
  return answer.rows;
}

function visibleWhere(visible: string | null): RawBuilder<unknown> {
  return visible === null ? sql`true` : sql`p.name = ${visible}`;
}

function textMatches(text: string): RawBuilder<unknown> {
  const pattern = `%${text.slice(0, 200).replace(/[\\%_]/g, "\\$&")}%`;
  return sql`(r.commit_hash ilike ${pattern} or r.branch ilike ${pattern} or r.commit_message ilike ${pattern} or r.workflow ilike ${pattern} or r.actor ilike ${pattern} or p.name ilike ${pattern})`;
}

function runOf(row: Row, githubUrl: string): Run {
  return {
    ...row,
    started_at: row.started_at?.toISOString() ?? null,
    completed_at: row.completed_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    github_url: githubRunUrl(githubUrl, row.repository, row.github_run_id, row.run_attempt),
    scans: row.scans.map((scan): ScanSummary => ({
      ...scan,
      run_id: row.id,
      created_at: new Date(scan.created_at).toISOString(),
      updated_at: new Date(scan.updated_at).toISOString(),
    })),
  };
}
