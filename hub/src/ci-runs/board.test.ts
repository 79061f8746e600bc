import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { readBoard } from "./board.ts";
import { createRepositories } from "./find-or-create.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

type NewRun = { branch?: string; workflow?: string | null; status?: string; hoursAgo?: number; minutes?: number | null; pullRequest?: number };

async function newRepository(defaultBranch: string | null = "main"): Promise<{ id: number; name: string }> {
  const name = `team/${randomBytes(6).toString("hex")}`;
  const id = await createRepositories(database.db).idOf(name);
  await database.db.updateTable("repositories").set({ default_branch: defaultBranch }).where("id", "=", id).execute();
  return { id, name };
}

async function addRun(repositoryId: number, run: NewRun = {}): Promise<number> {
  const { branch = "main", workflow = "ci", status = "Success", hoursAgo = 1, minutes = 5, pullRequest = null } = run;
  const at = sql<Date>`now() - make_interval(mins => ${Math.round(hoursAgo * 60)})`;
  const row = await database.db
    .insertInto("runs")
    .values({
      repository_id: repositoryId,
      commit_hash: "c1",
      branch,
      workflow,
      status,
      pull_request: pullRequest,
      created_at: at,
      started_at: minutes === null ? null : at,
      completed_at: minutes === null ? null : sql<Date>`${at} + make_interval(mins => ${minutes})`,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Findings that are open on a branch, first seen that many hours ago. */
async function addFindings(
  repositoryId: number,
  branch: string,
  findings: readonly { severityRank: number; hoursAgo: number; state?: string }[],
): Promise<void> {
  const scope = await sql<{
    id: number;
  }>`insert into finding_scopes (repository_id, scan_type, tool, target) values (${repositoryId}, 'trivy', 'Trivy', ${randomBytes(4).toString("hex")}) returning id`.execute(
    database.db,
  );
  const scopeId = scope.rows[0]?.id ?? 0;
  const branchScope = await sql<{ id: number }>`insert into branch_scopes (scope_id, branch) values (${scopeId}, ${branch}) returning id`.execute(database.db);
  for (const [ordinal, { severityRank, hoursAgo, state = "open" }] of findings.entries()) {
    await sql`
      with f as (
        insert into findings (scope_id, identity, ordinal, variant, content_hash, kind, severity, severity_rank, rule, title, message, detail)
        values (${scopeId}, gen_random_uuid(), ${ordinal}, '', gen_random_uuid(), 'vulnerability', 'critical', ${severityRank}, 'r', 't', 'm', '{}') returning id
      )
      insert into finding_states (branch_scope_id, finding_id, state, first_seen_at, changed_at)
      select ${branchScope.rows[0]?.id ?? 0}, f.id, ${state}, now() - make_interval(hours => ${hoursAgo}), now() from f`.execute(database.db);
  }
}

const boardOf = (name: string) => readBoard(database.db, name, null);

describe("the board's figures", () => {
  test("count open critical findings of the default branch, and which of them are of today", async () => {
    const { id, name } = await newRepository();
    await addFindings(id, "main", [
      { severityRank: 0, hoursAgo: 1 },
      { severityRank: 0, hoursAgo: 25 },
      { severityRank: 0, hoursAgo: 1, state: "fixed" },
      { severityRank: 0, hoursAgo: 1, state: "dismissed" },
      { severityRank: 1, hoursAgo: 1 },
    ]);
    await addFindings(id, "feature", [{ severityRank: 0, hoursAgo: 1 }]);
    expect(await boardOf(name)).toMatchObject({ critical_open: 2, critical_new_today: 1 });
  });

  test("take main for the default branch where it is not known, and every branch where there is neither main nor master", async () => {
    const { id, name } = await newRepository(null);
    await addFindings(id, "main", [{ severityRank: 0, hoursAgo: 1 }]);
    expect(await boardOf(name)).toMatchObject({ critical_open: 1 });
    const other = await newRepository(null);
    await addFindings(other.id, "develop", [{ severityRank: 0, hoursAgo: 1 }]);
    expect(await boardOf(other.name)).toMatchObject({ critical_open: 1 });
  });

  test("count failed runs of the last 24 hours and of the 24 before", async () => {
    const { id, name } = await newRepository();
    for (const hoursAgo of [1, 23, 25, 47, 49]) await addRun(id, { status: "Failed", hoursAgo });
    await addRun(id, { status: "Success" });
    expect(await boardOf(name)).toMatchObject({ failed_runs_today: 2, failed_runs_yesterday: 2 });
  });
});

describe("a workflow on the board", () => {
  test("has its runs, oldest first, with their duration where it is known", async () => {
    const { id, name } = await newRepository();
    const first = await addRun(id, { hoursAgo: 3, minutes: 2 });
    const second = await addRun(id, { hoursAgo: 2, status: "Running", minutes: null });
    const { workflows } = await boardOf(name);
    expect(workflows).toMatchObject([{ repository: name, workflow: "ci", branch: "main" }]);
    expect(workflows[0]?.runs.map((run) => [run.id, run.status, run.duration_ms])).toEqual([
      [first, "Success", 120_000],
      [second, "Running", null],
    ]);
  });

  test("shows its newest 30", async () => {
    const { id, name } = await newRepository();
    const ids = [];
    for (let index = 0; index < 32; index++) ids.push(await addRun(id));
    expect((await boardOf(name)).workflows[0]?.runs.map((run) => run.id)).toEqual(ids.slice(2));
  });

  test.each([
    ["the last run was good", ["Failed", "Success"], null],
    ["the last run failed", ["Success", "Failed"], 1],
    ["several failed one after another", ["Success", "Failed", "Failed", "Failed"], 1],
    ["all failed", ["Failed", "Failed"], 0],
    ["one failed, and the next is still running or was cancelled", ["Success", "Failed", "Cancelled", "Running"], 1],
    ["one that is still running comes after a good one", ["Failed", "Success", "Running"], null],
  ])("tells since when it fails: %s", async (_name, statuses, since) => {
    const { id, name } = await newRepository();
    const ids: number[] = [];
    for (const [index, status] of statuses.entries()) ids.push(await addRun(id, { status, hoursAgo: 10 - index }));
    const { workflows } = await boardOf(name);
    const started = workflows[0]?.runs.find((run) => run.id === ids[since ?? -1])?.started_at ?? null;
    expect(workflows[0]?.failing_since ?? null).toEqual(started);
  });

  test("is told apart by repository, workflow and branch, and the one with the newest run stands first", async () => {
    const { id, name } = await newRepository(null);
    await addRun(id, { workflow: "ci", status: "Failed" });
    await addRun(id, { workflow: null });
    await addRun(id, { workflow: "nightly", branch: "release" });
    const { workflows } = await boardOf(name);
    expect(workflows.map((one) => [one.workflow, one.branch, one.runs.length, one.failing_since === null])).toEqual([
      ["nightly", "release", 1, true],
      ["", "main", 1, true],
      ["ci", "main", 1, false],
    ]);
  });

  test("leaves the board when it has not run for 30 days, and other branches than the default one are not on it", async () => {
    const { id, name } = await newRepository();
    await addRun(id, { workflow: "old", hoursAgo: 24 * 31 });
    await addRun(id, { workflow: "ci", branch: "feature", pullRequest: 7 });
    expect((await boardOf(name)).workflows).toEqual([]);
  });
});

describe("who sees one repository", () => {
  test("hears nothing of others: not their runs, findings, tokens, nor when they sent something", async () => {
    const [own, other] = [await newRepository(), await newRepository()];
    await addRun(other.id, { status: "Failed" });
    await addFindings(other.id, "main", [{ severityRank: 0, hoursAgo: 1 }]);
    const run = await addRun(other.id);
    await sql`insert into imports (id, run_id, status, scan_type, sha256, size_bytes, facts, ordered_at) values (gen_random_uuid(), ${run}, 'completed', 'trivy', '\\x00', 1, '{}', now())`.execute(
      database.db,
    );
    for (const repository of [null, other.name]) {
      await sql`insert into api_tokens (name, prefix, token_hash, scopes, repository, expires_at) values ('t', 'sent_', ${randomBytes(32)}, '{}', ${repository}, now() + interval '1 day')`.execute(
        database.db,
      );
    }
    const empty = {
      critical_open: 0,
      critical_new_today: 0,
      tokens_ending_soon: 0,
      failed_runs_today: 0,
      failed_runs_yesterday: 0,
      last_received_at: null,
      workflows: [],
    };
    expect(await readBoard(database.db, undefined, own.name)).toEqual(empty);
    expect(await readBoard(database.db, other.name, own.name)).toEqual(empty);
    const all = await readBoard(database.db, other.name, null);
    expect(all.tokens_ending_soon).toBeGreaterThanOrEqual(2);
    expect(all.last_received_at).not.toBeNull();
    expect((await readBoard(database.db, undefined, other.name)).tokens_ending_soon).toBe(1);
  });
});
