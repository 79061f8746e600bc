import { describe, expect, it, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { systemPackages } from "./system-packages.ts";

describe("package managers' errors", () => {
  test.each([
    ["E: Unable to locate package libfoo-dev", "dependency.resolution"],
    ["E: Package 'python-pip' has no installation candidate", "dependency.resolution"],
    ["E: Unable to correct problems, you have held broken packages.", "dependency.resolution"],
    ["Error: Unable to find a match: foo-devel", "dependency.resolution"],
    ["ERROR: unable to select packages:", "dependency.resolution"],
    ['Error: No available formula with the name "fooo".', "dependency.resolution"],
    ["error: target not found: foo", "dependency.resolution"],
    ["E: Failed to fetch http://archive.ubuntu.com/ubuntu/pool/x.deb  404  Not Found [IP: 1.2.3.4 80]", "dependency.resolution"],
    ["E: Failed to fetch http://archive.ubuntu.com/ubuntu/dists/x/InRelease  Hash Sum mismatch", "infra.network"],
    ["Error: Failed to download metadata for repo 'appstream': Cannot prepare internal mirrorlist", "infra.network"],
    ["E: The repository 'http://ppa.launchpad.net/x noble Release' does not have a Release file.", "config.auth"],
    ["E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 1 (apt)", "tool.crash"],
    ["dpkg: error processing package foo (--configure):", "dependency.build"],
  ])("%s is told as %s", (line, category) => {
    expect(diagnoseStep(line, { exitCode: 100 })).toMatchObject({ category, cause: { text: line } });
  });

  it("that apt got over are not claimed", () => {
    const seen = sightingsOf(systemPackages, "E: Failed to fetch http://x/y.deb  Connection failed [IP: 1.2.3.4 80]\nRetrying\nFetched 12 kB in 1s\n");
    expect(seen.every(({ strength }) => strength === "hint")).toBe(true);
  });

  it("do not stand in the output of an installation", () => {
    expect(
      sightingsOf(systemPackages, "Reading package lists...\nSetting up libc6 (2.39) ...\nNotice: The package is the latest version\nName: value\n"),
    ).toEqual([]);
  });
});
