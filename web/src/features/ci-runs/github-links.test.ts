import { describe, expect, test } from "vitest";
import { aRun } from "./fixture.ts";
import { firstLine, githubFile, githubLinks, shortCommit } from "./github-links.ts";

describe("links to GitHub", () => {
  test("come from the run's own page, also on a server of one's own", () => {
    const links = githubLinks(aRun({ github_url: "https://git.acme.test/acme/shop/actions/runs/7/attempts/1", branch: "feature/a b", pull_request: 12 }));
    expect(links).toEqual({
      run: "https://git.acme.test/acme/shop/actions/runs/7/attempts/1",
      commit: "https://git.acme.test/acme/shop/commit/4f2c9d1e8b7a6c5d4e3f2a1b0c9d8e7f6a5b4c3d",
      branch: "https://git.acme.test/acme/shop/tree/feature/a%20b",
      pullRequest: "https://git.acme.test/acme/shop/pull/12",
    });
  });

  test("are not made up where the hub gave none", () => {
    expect(githubLinks(aRun())).toEqual({ run: null, commit: null, branch: null, pullRequest: null });
  });

  test("lead to no commit that is none", () => {
    expect(githubLinks(aRun({ github_url: "https://github.com/acme/shop/actions/runs/7", commit_hash: "v1.2.3" })).commit).toBeNull();
  });
});

describe("the link to a file", () => {
  const run = aRun({ github_url: "https://git.acme.test/acme/shop/actions/runs/7" });

  test("is of the run's commit, not of the branch", () => {
    expect(githubFile(run, "src/a b#1.ts", 12)).toBe(`https://git.acme.test/acme/shop/blob/${run.commit_hash}/src/a%20b%231.ts#L12`);
    expect(githubFile(run, "src/a.ts", null)).toBe(`https://git.acme.test/acme/shop/blob/${run.commit_hash}/src/a.ts`);
  });

  test.each(["/etc/passwd", "../other/secret.ts", "src/../../x.ts", "a//b.ts", ""])("is none for %j, which is not of the repository", (path) => {
    expect(githubFile(run, path, 1)).toBeNull();
  });

  test("is none where the hub knows no page at GitHub", () => {
    expect(githubFile(aRun(), "src/a.ts", 1)).toBeNull();
  });
});

test("a commit is shown short, a name as it is", () => {
  expect(shortCommit("4f2c9d1e8b7a6c5d4e3f2a1b0c9d8e7f6a5b4c3d")).toBe("4f2c9d1");
  expect(shortCommit("abc123")).toBe("abc123");
});

test("of a message its first line is shown", () => {
  expect(firstLine("\n Fix it \n\nBecause")).toBe("Fix it");
  expect(firstLine(null)).toBe("");
});
