import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "./fixture.ts";
import { githubFacts } from "./github-facts.ts";

const commit = "1111111111111111111111111111111111111111";
const mergeCommit = "2222222222222222222222222222222222222222";
const push = {
  GITHUB_ACTIONS: "true",
  GITHUB_REPOSITORY: "acme/shop",
  GITHUB_SHA: commit,
  GITHUB_REF: "refs/heads/feature/x",
  GITHUB_REF_NAME: "feature/x",
  GITHUB_HEAD_REF: "",
  GITHUB_RUN_ID: "16812345678",
  GITHUB_RUN_ATTEMPT: "2",
  GITHUB_WORKFLOW: "CI",
  GITHUB_JOB: "scan",
  GITHUB_EVENT_NAME: "push",
  GITHUB_ACTOR: "ada",
};
const pullRequest = {
  ...push,
  GITHUB_SHA: mergeCommit,
  GITHUB_REF: "refs/pull/17/merge",
  GITHUB_REF_NAME: "17/merge",
  GITHUB_HEAD_REF: "fix",
  GITHUB_EVENT_NAME: "pull_request",
};

function pullRequestEvent(headRepository: string | null) {
  return {
    pull_request: {
      number: 17,
      title: "Fix the shop",
      head: {
        ref: "fix",
        sha: commit,
        label: `${headRepository?.split("/")[0] ?? "gone"}:fix`,
        repo: headRepository === null ? null : { full_name: headRepository },
      },
      base: { ref: "main", repo: { full_name: "acme/shop" } },
    },
    repository: { default_branch: "main" },
  };
}

async function factsOf(environment: Record<string, string>, event?: unknown) {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "event.json");
  if (event !== undefined) await writeFile(path, typeof event === "string" ? event : JSON.stringify(event));
  return githubFacts({ ...environment, GITHUB_EVENT_PATH: path }, folder.path);
}

describe("facts from GitHub Actions", () => {
  test("of a push are those of the environment and of the event", async () => {
    const facts = await factsOf(push, { head_commit: { id: commit, message: "Add x\n\nBecause." }, repository: { default_branch: "main" } });
    expect(facts).toEqual({
      repository: "acme/shop",
      commit_hash: commit,
      branch: "feature/x",
      github_run_id: 16_812_345_678,
      run_attempt: 2,
      workflow: "CI",
      job: "scan",
      event: "push",
      actor: "ada",
      default_branch: "main",
      commit_message: "Add x\n\nBecause.",
    });
  });

  test("of a pull request name its head commit, not the merge commit that GitHub made", async () => {
    const facts = await factsOf(pullRequest, pullRequestEvent("acme/shop"));
    expect(facts).toMatchObject({ commit_hash: commit, branch: "fix", pull_request: 17, commit_message: "Fix the shop", default_branch: "main" });
  });

  test("of a pull request from a fork keep its branch apart from ours of the same name", async () => {
    const ours = { ...pullRequest, GITHUB_HEAD_REF: "main" };
    const event = pullRequestEvent("mallory/shop");
    expect(
      await factsOf(ours, { ...event, pull_request: { ...event.pull_request, head: { ...event.pull_request.head, ref: "main", label: "mallory:main" } } }),
    ).toMatchObject({ branch: "mallory:main" });
    expect(await factsOf(pullRequest, pullRequestEvent(null))).toMatchObject({ branch: "gone:fix" });
  });

  test("survive an event's file that is missing or damaged", async () => {
    expect(await factsOf(pullRequest)).toMatchObject({ commit_hash: mergeCommit, branch: "fix", pull_request: 17 });
    expect(await factsOf(push, "{ not json")).toMatchObject({ commit_hash: commit, branch: "feature/x" });
    expect(await factsOf(push, "null")).toMatchObject({ commit_hash: commit });
  });

  test("do not take a commit's message from another commit", async () => {
    const facts = await factsOf(push, { head_commit: { id: mergeCommit, message: "not mine" } });
    expect(facts.commit_message).toBeUndefined();
  });

  test("leave out what is empty or no number", async () => {
    const facts = await factsOf({ ...push, GITHUB_WORKFLOW: " ", GITHUB_RUN_ID: "12x", GITHUB_RUN_ATTEMPT: "0" });
    expect(Object.keys(facts)).not.toEqual(expect.arrayContaining(["workflow"]));
    expect(facts).not.toHaveProperty("github_run_id");
    expect(facts).not.toHaveProperty("run_attempt");
  });

  test("are none outside of GitHub Actions", async () => {
    const { GITHUB_ACTIONS: _actions, ...elsewhere } = push;
    expect(await factsOf(elsewhere)).toEqual({});
  });
});
