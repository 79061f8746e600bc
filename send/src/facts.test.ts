import { describe, expect, test } from "vitest";
import { temporaryFolder } from "./fixture.ts";
import { gatherFacts, reportQuery } from "./facts.ts";

const github = { GITHUB_ACTIONS: "true", GITHUB_REPOSITORY: "acme/shop", GITHUB_SHA: "abc1234", GITHUB_REF_NAME: "main", GITHUB_RUN_ID: "9" };

describe("the facts of a run", () => {
  test("are what an option says before what the environment says", async () => {
    await using folder = await temporaryFolder();
    expect(await gatherFacts({ branch: "other", category: "image" }, github, folder.path)).toEqual({
      repository: "acme/shop",
      commit_hash: "abc1234",
      branch: "other",
      github_run_id: 9,
      category: "image",
    });
  });

  test("must hold a commit and a branch, and the error names the option", async () => {
    await using folder = await temporaryFolder();
    await expect(gatherFacts({}, {}, folder.path)).rejects.toThrow(/--commit/);
    await expect(gatherFacts({ commit_hash: "abc" }, {}, folder.path)).rejects.toThrow(/--branch/);
    await expect(gatherFacts({ commit_hash: "a b", branch: "main" }, {}, folder.path)).rejects.toThrow(/^--commit: /);
    await expect(gatherFacts({ repository: "a/b/c", commit_hash: "abc", branch: "main" }, {}, folder.path)).rejects.toThrow(/^--repository: owner\/name/);
  });

  test("fit into an address, however long the commit's message is", async () => {
    await using folder = await temporaryFolder();
    const facts = await gatherFacts({ commit_hash: "abc", branch: "main", commit_message: `検${"査\ud800🙂".repeat(20_000)}` }, {}, folder.path);
    const query = reportQuery(facts, { scanType: null, format: null }).toString();
    expect(query.length).toBeLessThan(8_000);
    expect(facts.commit_message).toMatch(/^検査/);
  });
});

test("the query holds each known fact once, under the contract's names", () => {
  const query = reportQuery({ commit_hash: "abc", branch: "a&b", github_run_id: 9, shard: { index: 1, total: 4 } }, { scanType: "trivy", format: null });
  expect(Object.fromEntries(query)).toEqual({ commit_hash: "abc", branch: "a&b", github_run_id: "9", shard: "1/4", scan_type: "trivy" });
});
