import type { RunFacts, SenderStatus } from "@sentinal/contract";
import { type RawBuilder, sql } from "kysely";
import { type Database, type DatabaseTransaction, unawaited } from "../database/index.ts";
import { HttpError } from "../http/index.ts";
import { isOver, type Standing } from "./rules.ts";

/** A run without GitHub's id is looked for by commit and branch among those younger than this. */
const matchWithinHours = 24;
const mostCachedRepositories = 10_000;

/**
 * `hasGate`: the run must be settled after its scans are written, also a new one.
 * `branch` is the run's own: a sender may name another one for the same run (GitHub has two names for a pull request's).
 */
export type FoundRun = { id: number; attempt: number; branch: string; isNew: boolean; startedAt: Date | null; hasGate: boolean };

/** Remembers repositories' ids: they never change, and every report asks for one. */
export type Repositories = { idOf(name: string): Promise<number> };

export function createRepositories(db: Database): Repositories {
  const ids = new Map<string, number>();
  return {
    async idOf(name) {
      const cached = ids.get(name);
      if (cached !== undefined) return cached;
      await db
        .insertInto("repositories")
        .values({ name })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const row = await db.selectFrom("repositories").select("id").where("name", "=", name).executeTakeFirstOrThrow();
      if (ids.size >= mostCachedRepositories) ids.clear();
      ids.set(name, row.id);
      return row.id;
    },
  };
}

/**
 * What is written along with a run that is new, in the same statement: table expressions (each behind a comma), which may
 * read `inserted` (id, run_attempt) and do nothing while that is empty, and columns of theirs, from `from`.
 */
export type Alongside<Row> = { tables: RawBuilder<unknown>; columns: RawBuilder<Row>; from: RawBuilder<unknown> };

/**
 * Finds or creates the run of a report: by our id, else by GitHub's, else by commit and branch among runs of the last
 * 24 hours. A new one stands `ifNew` and needs no settling; `opened` is then the row of what was written along with it.
 * The run's row stays locked until the transaction ends, so reports of one run follow each other. Throws HttpError 404
 * for a `run_id` that is not there or of another repository.
 */
export async function findOrCreateRun<Row extends object>(
  trx: DatabaseTransaction,
  facts: RunFacts,
  repositoryId: number,
  ifNew: Standing,
  alongside: Alongside<Row> | null = null,
): Promise<FoundRun & { opened: Row | null }> {
  if (facts.default_branch !== undefined) await rememberDefaultBranch(trx, repositoryId, facts.default_branch);
  if (facts.run_id !== undefined) return updateKnownRun(trx, facts, repositoryId, facts.run_id);
  if (facts.github_run_id === undefined)
    await sql`${unawaited} select pg_advisory_xact_lock(hashtextextended(${`run ${repositoryId} ${facts.commit_hash} ${facts.branch}`}, 0))`.execute(trx);
  const found =
    facts.github_run_id === undefined
      ? sql`where not exists (select from found)`
      : sql`on conflict (repository_id, github_run_id) where github_run_id is not null do nothing`;
  const answer = await sql<
    Row & { new_run_id: number | null; new_attempt: number | null; new_started_at: Date | null; has_gate: boolean; found_id: number | null }
  >`
    with found as (${findRun(facts, repositoryId)}), inserted as (
      insert into runs ${newRun(facts, repositoryId, ifNew)} ${found}
      returning id, run_attempt, started_at
    )${alongside?.tables ?? sql``}
    select inserted.id as new_run_id, inserted.run_attempt as new_attempt, inserted.started_at as new_started_at,
           (select gate is not null from repositories where id = ${repositoryId}) as has_gate, (select id from found) as found_id
           ${alongside === null ? sql`` : sql`, ${alongside.columns}`}
      from (values (1)) one left join inserted on true ${alongside?.from ?? sql``}`.execute(trx);
  const row = answer.rows[0];
  if (row === undefined) throw new Error("the run was neither inserted nor found");
  if (row.new_run_id !== null)
    return {
      id: row.new_run_id,
      attempt: row.new_attempt ?? 1,
      branch: facts.branch,
      isNew: true,
      startedAt: row.new_started_at,
      hasGate: row.has_gate,
      opened: row,
    };
  return updateKnownRun(trx, facts, repositoryId, row.found_id ?? (await runOfGithub(trx, facts, repositoryId)));
}

/** The run of the same commit and branch; of GitHub's runs the insert itself tells whether there is one. */
function findRun(facts: RunFacts, repositoryId: number): RawBuilder<unknown> {
  if (facts.github_run_id !== undefined) return sql`select null::bigint as id`;
  return sql`
    select id from runs
     where repository_id = ${repositoryId} and commit_hash = ${facts.commit_hash} and branch = ${facts.branch}
       and created_at > now() - make_interval(hours => ${matchWithinHours})
     -- Not by id: an index by branch and id would be gone through backwards, over all runs of the branch.
     order by created_at desc limit 1`;
}

/** It may have been inserted by another report since our statement began: this one sees it. */
async function runOfGithub(trx: DatabaseTransaction, facts: RunFacts, repositoryId: number): Promise<number> {
  const known = await trx
    .selectFrom("runs")
    .select("id")
    .where("repository_id", "=", repositoryId)
    .where("github_run_id", "=", facts.github_run_id ?? null)
    .executeTakeFirstOrThrow();
  return known.id;
}

async function rememberDefaultBranch(trx: DatabaseTransaction, repositoryId: number, branch: string): Promise<void> {
  await trx
    .updateTable("repositories")
    .set({ default_branch: branch })
    .where("id", "=", repositoryId)
    .where("default_branch", "is distinct from", branch)
    .execute();
}

function columnsOf(facts: RunFacts) {
  return {
    commit_message: facts.commit_message?.slice(0, 10_000) ?? null,
    workflow: facts.workflow ?? null,
    event: facts.event ?? null,
    actor: facts.actor ?? null,
    pull_request: facts.pull_request ?? null,
    started_at: facts.started_at ?? null,
    sender_status: facts.status ?? null,
  };
}

/** Columns and values of a new run; a condition may follow. */
function newRun(facts: RunFacts, repositoryId: number, standing: Standing): RawBuilder<unknown> {
  const values = columnsOf(facts);
  return sql`(repository_id, commit_hash, branch, github_run_id, run_attempt, status, critical_vulnerabilities, completed_at,
              commit_message, workflow, event, actor, pull_request, started_at, sender_status)
    select ${repositoryId}, ${facts.commit_hash}, ${facts.branch}, ${facts.github_run_id ?? null}::bigint, ${facts.run_attempt ?? 1}::int,
           ${standing.status}, ${standing.critical}::int, case when ${isOver(standing.status)} then now() end,
           ${values.commit_message}, ${values.workflow}, ${values.event}, ${values.actor}, ${values.pull_request}::bigint,
           ${values.started_at}::timestamptz, ${values.sender_status}`;
}

/** Adds what the sender knows of the run. A new attempt starts with nothing said of it; one before the newest changes nothing of the newest. */
async function updateKnownRun(trx: DatabaseTransaction, facts: RunFacts, repositoryId: number, id: number): Promise<FoundRun & { opened: null }> {
  const values = columnsOf(facts);
  const attempt = sql`coalesce(${facts.run_attempt ?? null}::int, run_attempt)`;
  const updated = await sql<{ run_attempt: number; started_at: Date | null; commit_hash: string; branch: string }>`
    update runs set
      run_attempt = greatest(run_attempt, ${attempt}),
      commit_message = coalesce(${values.commit_message}, commit_message),
      workflow = coalesce(workflow, ${values.workflow}),
      event = coalesce(event, ${values.event}),
      actor = coalesce(actor, ${values.actor}),
      pull_request = coalesce(pull_request, ${values.pull_request}),
      started_at = case when ${attempt} > run_attempt then coalesce(${values.started_at}, started_at)
                        when ${attempt} = run_attempt then least(started_at, ${values.started_at}) else started_at end,
      sender_status = case when ${attempt} > run_attempt then null else sender_status end,
      updated_at = now()
    where id = ${id} and repository_id = ${repositoryId}
    returning run_attempt, started_at, commit_hash, branch`.execute(trx);
  const row = updated.rows[0];
  if (row === undefined) {
    throw new HttpError("not_found", `run_id: there is no run ${id} in this repository.`, {
      errors: [
        { field: "run_id", problem: "is no run of this repository", fix: "Leave it out: the hub finds the run by GitHub's id, or by commit and branch." },
      ],
    });
  }
  if (facts.run_id !== undefined && row.commit_hash !== facts.commit_hash) {
    throw new HttpError("contradiction", `Run ${id} is of another commit than commit_hash.`, {
      errors: [{ field: "commit_hash", problem: `is not the commit of run ${id}`, fix: "Send the run's own commit, or leave run_id out." }],
    });
  }
  return { id, attempt: facts.run_attempt ?? row.run_attempt, branch: row.branch, isNew: false, startedAt: row.started_at, hasGate: true, opened: null };
}

/** The stored word as a status; null when no sender has said one. */
export function statusColumn(senderStatus: string | null): SenderStatus | null {
  return senderStatus === "queued" || senderStatus === "running" || senderStatus === "completed" || senderStatus === "failed" || senderStatus === "cancelled"
    ? senderStatus
    : null;
}
