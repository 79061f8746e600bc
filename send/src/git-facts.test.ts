import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "./fixture.ts";
import { commitMessage, gitFacts, repositoryOf } from "./git-facts.ts";

const author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"];

function git(folder: string, ...parameters: string[]): string {
  return execFileSync("git", [...author, ...parameters], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
}

async function repository(folder: string): Promise<string> {
  git(folder, "init", "--quiet", "--initial-branch", "work/x");
  await writeFile(join(folder, "file"), "1");
  git(folder, "add", "file");
  git(folder, "commit", "--quiet", "--message", "First line\n\nMore of it");
  return git(folder, "rev-parse", "HEAD");
}

describe("facts from git", () => {
  test("are commit, branch, message and the remote's owner and name", async () => {
    await using folder = await temporaryFolder();
    const commit = await repository(folder.path);
    git(folder.path, "remote", "add", "origin", "https://user:password@git.example/acme/shop.git");
    git(folder.path, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");
    expect(await gitFacts(folder.path)).toEqual({
      commit_hash: commit,
      branch: "work/x",
      repository: "acme/shop",
      commit_message: "First line\n\nMore of it",
      default_branch: "trunk",
    });
  });

  test("know no branch where a commit is checked out by itself", async () => {
    await using folder = await temporaryFolder();
    const commit = await repository(folder.path);
    git(folder.path, "checkout", "--quiet", "--detach");
    expect(await gitFacts(folder.path)).toEqual({ commit_hash: commit, commit_message: "First line\n\nMore of it" });
  });

  test("are none in a folder that is no repository, or one without a commit", async () => {
    await using folder = await temporaryFolder();
    expect(await gitFacts(folder.path)).toEqual({});
    git(folder.path, "init", "--quiet");
    expect(await gitFacts(folder.path)).toEqual({});
  });

  test("run no program that the repository's settings name", async () => {
    await using folder = await temporaryFolder();
    await repository(folder.path);
    const program = join(folder.path, "program");
    const signature = "[GNUPG:] SIG_CREATED ";
    await writeFile(
      program,
      `#!/bin/sh\ncase "$*" in *--verify*) touch '${folder.path}/was-run';; *) cat > /dev/null; echo '${signature}' >&2; printf -- '-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----\\n';; esac\n`,
    );
    await chmod(program, 0o755);
    for (const name of ["gpg.program", "core.fsmonitor", "core.pager"]) git(folder.path, "config", name, program);
    git(folder.path, "config", "log.showSignature", "true");
    git(folder.path, "commit", "--quiet", "--allow-empty", "--gpg-sign=x", "--message", "Signed");
    expect(await gitFacts(folder.path)).toMatchObject({ commit_message: "Signed" });
    expect(existsSync(join(folder.path, "was-run"))).toBe(false);
  });

  test("a commit is never taken for an option", async () => {
    await using folder = await temporaryFolder();
    await repository(folder.path);
    expect(await commitMessage(folder.path, "--output=x")).toBeUndefined();
  });
});

test.each([
  ["https://github.com/acme/shop.git", "acme/shop"],
  ["https://github.com/acme/shop", "acme/shop"],
  ["https://x-access-token:secret@github.com/acme/shop.git/", "acme/shop"],
  ["git@github.com:acme/shop.git", "acme/shop"],
  ["ssh://git@github.com:22/acme/my.shop.git", "acme/my.shop"],
  ["git+ssh://git@github.com/acme/shop", "acme/shop"],
  ["https://gitlab.example/group/sub/shop.git", undefined],
  ["/srv/git/shop.git", undefined],
  ["../shop", undefined],
  ["C:\\git\\shop", undefined],
])("the remote %s is %s", (remote, expected) => {
  expect(repositoryOf(remote)).toBe(expected);
});
