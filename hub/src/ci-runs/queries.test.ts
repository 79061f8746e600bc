import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { createRepositories } from "./find-or-create.ts";
import { findRun, listRepositories, listRuns, previousRunId, type RunFilter } from "./queries.ts";

const githubUrl = "https://github.example";
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

async function newRepository(name = `team/${randomBytes(6).toString("hex")}`): Promise<{ id: number; name: string }> {
  return { id: await createRepositories(database.db).idOf(name), name };
}

type NewRun = { branch?: string; commit_hash?: string; workflow?: string | null; status?: string; commit_message?: string; actor?: string };

async function addRun(repositoryId: number, run: NewRun = {}): Promise<number> {
  const row = await database.db
    .insertInto("runs")
    .values({ repository_id: repositoryId, commit_hash: "c1", branch: "main", workflow: "ci", status: "Success", ...run })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

const ids = async (filter: RunFilter, visible: string | null = null) =>
  (await listRuns(database.db, filter, visible, githubUrl, { limit: 200 })).items.map((run) => run.id);

describe("the list of runs", () => {
  test("is newest first, and by pages gives each once", async () => {
    const { id, name } = await newRepository();
    const added: number[] = [];
    for (let index = 0; index < 23; index++) added.push(await addRun(id));
    for (const limit of [1, 5, 23, 50]) {
      const seen: number[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = await listRuns(database.db, { repository: name }, null, githubUrl, { limit, cursor: cursor ?? undefined });
        seen.push(...page.items.map((run) => run.id));
        cursor = page.next_cursor;
      }
      expect(seen).toEqual(added.toReversed());
    }
  });

  test("is narrowed by each filter, and by a text that stands for itself", async () => {
    const { id, name } = await newRepository();
    const plain = await addRun(id);
    const failed = await addRun(id, { status: "Failed", branch: "fix/it", workflow: "nightly", commit_message: "100% done_now" });
    const other = await addRun(id, { commit_hash: "deadbeef", actor: "Ada", commit_message: "100x doneXnow", status: "Running" });
    expect(await ids({ repository: name })).toEqual([other, failed, plain]);
    expect(await ids({ repository: name, status: ["Failed", "Running"] })).toEqual([other, failed]);
    expect(await ids({ repository: name, branch: "fix/it" })).toEqual([failed]);
    expect(await ids({ repository: name, workflow: "nightly" })).toEqual([failed]);
    expect(await ids({ repository: name, text: "100%" })).toEqual([failed]);
    expect(await ids({ repository: name, text: "done_now" })).toEqual([failed]);
    expect(await ids({ repository: name, text: "ADA" })).toEqual([other]);
    expect(await ids({ repository: name, text: "DEADbeef" })).toEqual([other]);
    expect(await ids({ repository: name, text: "' or 1=1 --" })).toEqual([]);
  });

  test("shows a repository only to who may see it", async () => {
    const [own, other] = [await newRepository(), await newRepository()];
    const run = await addRun(own.id);
    const foreign = await addRun(other.id);
    expect(await ids({}, own.name)).toEqual([run]);
    expect(await ids({ repository: other.name }, own.name)).toEqual([]);
    expect(await findRun(database.db, foreign, own.name, githubUrl)).toBeNull();
    expect(await findRun(database.db, foreign, other.name, githubUrl)).toMatchObject({ id: foreign, scans: [] });
  });

  test.each(["x", Buffer.from('["a"]').toString("base64url"), Buffer.from("[1,2]").toString("base64url")])(
    "refuses the cursor %s of another list",
    async (cursor) => {
      await expect(listRuns(database.db, {}, null, githubUrl, { limit: 5, cursor })).rejects.toMatchObject({
        code: "field_invalid",
        errors: [{ field: "cursor" }],
      });
    },
  );
});

describe("the run before a run", () => {
  test("is the newest one before it of the same repository, branch and workflow, with or without a name", async () => {
    const { id } = await newRepository();
    const before = async (runId: number) => {
      const run = await findRun(database.db, runId, null, githubUrl);
      return run === null ? null : previousRunId(database.db, run);
    };
    const first = await addRun(id);
    const nameless = await addRun(id, { workflow: null });
    await addRun(id, { branch: "other" });
    await addRun(id, { workflow: "nightly" });
    const second = await addRun(id);
    expect(await before(second)).toBe(first);
    expect(await before(first)).toBeNull();
    expect(await before(await addRun(id, { workflow: null }))).toBe(nameless);
  });
});

describe("the list of repositories", () => {
  test("is by name, with when something ran last, and by pages gives each once", async () => {
    const prefix = `z${randomBytes(4).toString("hex")}`;
    const names = ["a", "B", "b", "c-1", "c_1"].map((name) => `${prefix}/${name}`);
    for (const name of names) await newRepository(name);
    const { id } = await newRepository(names[0]);
    await addRun(id);
    const newest = await addRun(id);
    const { created_at: at } = await sql<{ created_at: Date }>`select created_at from runs where id = ${newest}`
      .execute(database.db)
      .then((answer) => answer.rows[0] ?? { created_at: new Date(0) });
    const seen: { name: string; last_run_at: string | null }[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await listRepositories(database.db, null, { limit: 2, cursor: cursor ?? undefined });
      seen.push(...page.items.filter((one) => one.name.startsWith(prefix)));
      cursor = page.next_cursor;
    }
    expect(seen.map((one) => one.name).toSorted()).toEqual(names.toSorted());
    expect(seen.find((one) => one.name === names[0])?.last_run_at).toBe(at.toISOString());
    expect(seen.find((one) => one.name === names[1])?.last_run_at).toBeNull();
  });
});
