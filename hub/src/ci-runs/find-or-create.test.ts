import { randomBytes } from "node:crypto";
import type { RunFacts } from "@sentinal/contract";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { inTransaction } from "../database/index.ts";
import { createRepositories, type FoundRun, findOrCreateRun } from "./find-or-create.ts";
import { settleRun } from "./settle.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const newRepository = () => createRepositories(database.db).idOf(`team/${randomBytes(6).toString("hex")}`);

/** As a report does it, without the report. */
async function find(repositoryId: number, facts: Partial<RunFacts> = {}): Promise<FoundRun> {
  return inTransaction(database.db, async (trx) => {
    const all = { commit_hash: "c1", branch: "main", ...facts };
    const run = await findOrCreateRun(trx, all, repositoryId, { status: "Running", critical: 0 });
    await settleRun(trx, run.id, all.status === undefined ? undefined : { status: all.status, attempt: run.attempt, isRepeated: false });
    return run;
  });
}

const row = (id: number) => database.db.selectFrom("runs").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
const count = async (repositoryId: number) =>
  (await sql<{ count: number }>`select count(*) as count from runs where repository_id = ${repositoryId}`.execute(database.db)).rows[0]?.count;

describe("a repository", () => {
  test("is made once, however many ask for it at the same moment", async () => {
    const name = `team/${randomBytes(6).toString("hex")}`;
    const ids = await Promise.all(Array.from({ length: 20 }, () => createRepositories(database.db).idOf(name)));
    expect(new Set(ids).size).toBe(1);
  });
});

describe("20 reports of one run at the same moment make one run", () => {
  test.each([
    ["by GitHub's id", { github_run_id: 77 }],
    ["by commit and branch", {}],
  ])("%s", async (_name, facts) => {
    const repositoryId = await newRepository();
    const found = await Promise.all(Array.from({ length: 20 }, () => find(repositoryId, facts)));
    expect(new Set(found.map((run) => run.id)).size).toBe(1);
    expect(found.filter((run) => run.isNew)).toHaveLength(1);
    expect(await count(repositoryId)).toBe(1);
  });
});

describe("a run is found", () => {
  test("by GitHub's id, whatever commit and branch are named with it, and keeps its own", async () => {
    const repositoryId = await newRepository();
    const first = await find(repositoryId, { github_run_id: 5, branch: "fix/it" });
    const second = await find(repositoryId, { github_run_id: 5, branch: "7/merge", commit_hash: "c2" });
    expect(second).toMatchObject({ id: first.id, isNew: false, branch: "fix/it" });
    expect(await row(first.id)).toMatchObject({ branch: "fix/it", commit_hash: "c1" });
  });

  test("by commit and branch, the newest of the last 24 hours", async () => {
    const repositoryId = await newRepository();
    const old = await find(repositoryId);
    await database.db
      .updateTable("runs")
      .set({ created_at: sql<Date>`now() - interval '24 hours 1 second'` })
      .where("id", "=", old.id)
      .execute();
    const fresh = await find(repositoryId);
    expect(fresh).toMatchObject({ isNew: true });
    expect((await find(repositoryId)).id).toBe(fresh.id);
  });

  test("only in its own repository", async () => {
    const [one, other] = [await newRepository(), await newRepository()];
    const run = await find(one, { github_run_id: 5 });
    expect((await find(other, { github_run_id: 5 })).id).not.toBe(run.id);
    await expect(find(other, { run_id: run.id })).rejects.toMatchObject({ code: "not_found" });
  });

  test("by our id, and refused when that run is of another commit", async () => {
    const repositoryId = await newRepository();
    const run = await find(repositoryId);
    expect((await find(repositoryId, { run_id: run.id })).id).toBe(run.id);
    await expect(find(repositoryId, { run_id: run.id, commit_hash: "c2" })).rejects.toMatchObject({
      code: "contradiction",
      status: 422,
      errors: [{ field: "commit_hash" }],
    });
  });
});

describe("what senders say of a run", () => {
  test("is added to what others said: facts stay, the message may change, the start is the earliest", async () => {
    const repositoryId = await newRepository();
    const { id } = await find(repositoryId, { workflow: "ci", actor: "ada", commit_message: "one", started_at: "2026-01-01T10:00:00Z" });
    await find(repositoryId, { workflow: "other", event: "push", commit_message: "two", started_at: "2026-01-01T09:00:00Z" });
    await find(repositoryId, { started_at: "2026-01-01T11:00:00Z" });
    expect(await row(id)).toMatchObject({ workflow: "ci", actor: "ada", event: "push", commit_message: "two", started_at: new Date("2026-01-01T09:00:00Z") });
  });

  test("the default branch is remembered for the repository", async () => {
    const repositoryId = await newRepository();
    await find(repositoryId, { default_branch: "trunk" });
    expect(await database.db.selectFrom("repositories").select("default_branch").where("id", "=", repositoryId).executeTakeFirst()).toEqual({
      default_branch: "trunk",
    });
  });

  test("the last word on its status counts, and nothing said changes nothing", async () => {
    const repositoryId = await newRepository();
    const { id } = await find(repositoryId, { status: "queued" });
    expect(await row(id)).toMatchObject({ status: "Queued", completed_at: null });
    await find(repositoryId, { status: "running" });
    await find(repositoryId);
    expect(await row(id)).toMatchObject({ status: "Running", completed_at: null });
    await find(repositoryId, { status: "completed" });
    expect(await row(id)).toMatchObject({ status: "Success", completed_at: expect.any(Date) });
  });
});

describe("a further attempt", () => {
  test("starts with nothing said of it: a failure of the one before is not its own", async () => {
    const repositoryId = await newRepository();
    const { id } = await find(repositoryId, { github_run_id: 9, status: "failed" });
    expect(await row(id)).toMatchObject({ status: "Failed" });
    const second = await find(repositoryId, { github_run_id: 9, run_attempt: 2 });
    expect(second).toMatchObject({ id, attempt: 2 });
    expect(await row(id)).toMatchObject({ status: "Success", run_attempt: 2 });
  });

  test("is not changed by a late word of the one before", async () => {
    const repositoryId = await newRepository();
    const { id } = await find(repositoryId, { github_run_id: 9, started_at: "2026-01-01T10:00:00Z" });
    await find(repositoryId, { github_run_id: 9, run_attempt: 2, started_at: "2026-01-01T12:00:00Z" });
    const late = await find(repositoryId, { github_run_id: 9, run_attempt: 1, status: "failed", started_at: "2026-01-01T09:00:00Z" });
    expect(late.attempt).toBe(1);
    expect(await row(id)).toMatchObject({ status: "Success", run_attempt: 2, started_at: new Date("2026-01-01T12:00:00Z") });
  });

  test("is meant by a sender that names none", async () => {
    const repositoryId = await newRepository();
    await find(repositoryId, { github_run_id: 9, run_attempt: 3 });
    expect(await find(repositoryId, { github_run_id: 9 })).toMatchObject({ attempt: 3 });
  });
});
