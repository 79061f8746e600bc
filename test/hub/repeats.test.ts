import { gzipSync } from "node:zlib";
import { IntakeAnswer } from "@sentinal/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getJson, startTestHub, type TestHub } from "../hub.ts";
import { trivyReport } from "../trivy-report.ts";

let hub: TestHub;
let token: string;

beforeAll(async () => {
  hub = await startTestHub();
  token = (await hub.createToken()).token;
});
afterAll(() => hub.close());

/** Too large to be worked in before the answer. */
const large = JSON.stringify(trivyReport(Array.from({ length: 1_500 }, (_unused, index) => ({ id: `CVE-2026-${index}`, title: "x".repeat(1_900) }))));

async function send(query: string, bearer = token): Promise<IntakeAnswer> {
  const answer = await fetch(`${hub.url}/api/cicd/reports?commit_hash=c1&branch=main&${query}`, {
    method: "POST",
    body: new Uint8Array(gzipSync(large)),
    headers: { authorization: `Bearer ${bearer}` },
  });
  expect([200, 202]).toContain(answer.status);
  return IntakeAnswer.parse(await answer.json());
}

async function end(importId: string): Promise<void> {
  await expect.poll(() => getJson(`${hub.url}/api/cicd/imports/${importId}`, token), { timeout: 30_000 }).toMatchObject({ status: "completed" });
}

async function countChunks(): Promise<number> {
  const row = await hub.database.db
    .selectFrom("import_chunks")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

describe("a large report that is sent again", () => {
  test("is the same import, at once and after its end, and its bytes are kept once", async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => send("repository=repeats/one&github_run_id=1")));
    const [first] = answers;
    expect(new Set(answers.map((answer) => answer.import_id)).size).toBe(1);
    await end(first?.import_id ?? "");
    const chunks = await countChunks();
    const later = await send("repository=repeats/one&github_run_id=1");
    expect(later).toMatchObject({ import_id: first?.import_id, run_id: first?.run_id, changes: { new: 0, fixed: 0, reopened: 0, unchanged: 1_500 } });
    expect(later.warnings.map((warning) => warning.code)).toEqual(["already_imported"]);
    expect(await countChunks()).toBe(chunks);
  });

  test.each([
    ["another attempt", "repository=repeats/two&github_run_id=2", "repository=repeats/two&github_run_id=2&run_attempt=2"],
    ["another category", "repository=repeats/three&github_run_id=3", "repository=repeats/three&github_run_id=3&category=image"],
    ["another run", "repository=repeats/four&github_run_id=4", "repository=repeats/four&github_run_id=5"],
  ])("for %s is an import of its own", async (_name, first, second) => {
    const one = await send(first);
    await end(one.import_id);
    const other = await send(second);
    expect(other.import_id).not.toBe(one.import_id);
    await end(other.import_id);
  });
});
