import { describe, expect, it, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { git } from "./git.ts";

describe("git's errors", () => {
  test.each([
    ["fatal: couldn't find remote ref refs/heads/gone", "vcs.ref_missing"],
    ["fatal: Remote branch v9 not found in upstream origin", "vcs.ref_missing"],
    ["fatal: reference is not a tree: 1234567890123456789012345678901234567890", "vcs.ref_missing"],
    ["error: pathspec 'release/9' did not match any file(s) known to git", "vcs.ref_missing"],
    ["fatal: ambiguous argument 'origin/main...HEAD': unknown revision or path not in the working tree.", "vcs.ref_missing"],
    ["fatal: could not read Username for 'https://github.com': terminal prompts disabled", "config.auth"],
    ["fatal: unable to access 'https://github.com/o/r/': The requested URL returned error: 403", "config.auth"],
    ["remote: Permission to o/r.git denied to github-actions[bot].", "config.auth"],
    ["git@github.com: Permission denied (publickey).", "config.auth"],
    ["Host key verification failed.", "config.auth"],
    ["remote: error: GH006: Protected branch update failed for refs/heads/main.", "config.auth"],
    ["remote: error: GH013: Repository rule violations found for refs/heads/main.", "policy.gate"],
    ["fatal: repository 'https://github.com/o/gone/' not found", "vcs.clone_failed"],
    ["ERROR: Repository not found.", "vcs.clone_failed"],
    ["CONFLICT (content): Merge conflict in src/a.ts", "vcs.conflict"],
    ["error: could not apply 1a2b3c4... Change", "vcs.conflict"],
    [" ! [rejected]        main -> main (non-fast-forward)", "vcs.conflict"],
    ["RuntimeError: Command `git -C /x cherry-pick -x 1a2b3c4` returned non-zero exit code 1", "vcs.conflict"],
    [" ! [rejected]        v1.2.0 -> v1.2.0 (already exists)", "release.publish_rejected"],
    ["fatal: tag 'v1.2.0' already exists", "release.publish_rejected"],
    ["fatal: No url found for submodule path 'vendor/x' in .gitmodules", "vcs.checkout_failed"],
    ["fatal: detected dubious ownership in repository at '/github/workspace'", "vcs.checkout_failed"],
    ["batch response: This repository is over its data quota. Account responsible should purchase more data packs.", "vcs.checkout_failed"],
    ["fatal: empty ident name (for <runner@host>) not allowed", "config.workflow"],
    ["fatal: unable to access 'https://github.com/o/r/': Could not resolve host: github.com", "infra.network"],
    ["error: RPC failed; curl 92 HTTP/2 stream 5 was not closed cleanly", "infra.network"],
  ])("%s is told as %s", (line, category) => {
    expect(diagnoseStep(line, { exitCode: 128 })).toMatchObject({ category, cause: { text: line.trim() } });
  });

  it("that git got over count for little", () => {
    const seen = sightingsOf(
      git,
      "fatal: No names found, cannot describe anything.\nfatal: not a git repository (or any of the parent directories): .git\nusing version 0.0.0\n",
    );
    expect(seen.map(({ strength }) => strength)).toEqual(["hint", "hint"]);
  });

  it("that come at each attempt are told at the last", () => {
    const attempt = "fatal: unable to access 'https://github.com/o/r/': The requested URL returned error: 503";
    const diagnosis = diagnoseStep(`${attempt}\nWaiting 15 seconds before trying again\n${attempt}`, { exitCode: 128 });
    expect(diagnosis).toMatchObject({ category: "infra.network", rerun: true, cause: { line: 7 } });
  });

  it("give way to a test that fails in the same step", () => {
    const diagnosis = diagnoseStep(
      "fatal: unable to access 'https://example.com/x/': Could not resolve host: example.com\n================ FAILURES ================\n____________ test_x ____________\nE   assert 1 == 2\n",
    );
    expect(diagnosis).toMatchObject({ category: "code.test", rerun: false });
  });

  it("are not read out of a shell's trace of commands", () => {
    expect(sightingsOf(git, "+ echo 'fatal: not a git repository'\n")).toEqual([]);
  });
});
