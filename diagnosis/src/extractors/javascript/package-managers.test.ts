import { describe, expect, test } from "vitest";
import type { Extractor } from "../../extractor.ts";
import { sightingsOf } from "../testing.ts";
import { coverageThresholds, packageChecks, pullRequestGates } from "./gates.ts";
import { bun, monorepos, nodeGyp, pnpm, yarn, yarnBerry } from "./package-managers.ts";
import { publishing, siteHosts } from "./publishing.ts";

describe("package managers", () => {
  test.each<[Extractor, string, string, string]>([
    [yarn, "error Your lockfile needs to be updated, but yarn was run with `--frozen-lockfile`.", "dependency.resolution", "cause"],
    [yarn, 'error Couldn\'t find any versions for "lodash" that matches "99"', "dependency.resolution", "cause"],
    [yarn, 'error x@1.0.0: The engine "node" is incompatible with this module. Expected version "8". Got "24.1.0"', "config.toolchain", "cause"],
    [yarn, 'error Command "zz" not found.', "config.workflow", "cause"],
    [yarn, "error /w/node_modules/node-sass: Command failed.", "dependency.build", "cause"],
    [yarn, "error Command failed with exit code 1.", "unknown", "symptom"],
    [yarnBerry, "➤ YN0028: │ The lockfile would have been modified by this install, which is explicitly forbidden.", "dependency.resolution", "cause"],
    [yarnBerry, "➤ YN0009: │ sqlite3@npm:5.0.2 couldn't be built successfully (exit code 1, logs can be found here: /tmp/x)", "dependency.build", "cause"],
    [
      yarnBerry,
      'Internal Error: x@workspace:.: This package doesn\'t seem to be present in your lockfile; run "yarn install"',
      "dependency.resolution",
      "cause",
    ],
    [pnpm, ' ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile" because pnpm-lock.yaml is not up to date', "dependency.resolution", "cause"],
    [pnpm, " ERR_PNPM_UNSUPPORTED_ENGINE  Unsupported environment (bad pnpm and/or Node.js version)", "config.toolchain", "cause"],
    [pnpm, " ELIFECYCLE  Command failed with exit code 1.", "unknown", "symptom"],
    [bun, "error: lockfile had changes, but lockfile is frozen", "dependency.resolution", "cause"],
    [nodeGyp, "gyp ERR! stack Error: `make` failed with exit code: 2", "dependency.build", "likely"],
    [monorepos, "lerna ERR! yarn run test exited 1 in '@scope/a'", "unknown", "summary"],
    [monorepos, "web#build: command (/w/web) yarn run build exited (1)", "unknown", "summary"],
    [publishing, "[8:32:45 PM] [semantic-release] › ✖  EINVALIDNPMTOKEN Invalid npm token.", "config.auth", "cause"],
    [
      publishing,
      "🦋  error an error occurred while publishing x: E403 You cannot publish over the previously published versions",
      "release.publish_rejected",
      "cause",
    ],
    [coverageThresholds, 'Jest: "global" coverage threshold for lines (80%) not met: 75%', "policy.gate", "likely"],
    [coverageThresholds, "ERROR: Coverage for lines (75%) does not meet global threshold (80%)", "policy.gate", "likely"],
    [pullRequestGates, "  Package size limit has exceeded by 1.2 kB", "policy.gate", "cause"],
    [pullRequestGates, "FAIL src/big.js: 4.91KB > 1KB (gzip)", "policy.gate", "cause"],
    [
      publishing,
      "semantic-release ERR! commits The commit the last release of this package was derived from is not in the history",
      "release.publish_rejected",
      "likely",
    ],
    [siteHosts, "Error: No existing credentials found. Please log in using `now login`", "config.auth", "cause"],
    [packageChecks, "Unused dependencies", "policy.gate", "likely"],
  ])("%o: %s", (extractor, line, category, strength) => {
    expect(sightingsOf(extractor, `${line}\n`)).toMatchObject([{ category, strength }]);
  });

  test("say nothing where nothing failed", () => {
    expect(sightingsOf(yarn, "warning x@1.0.0: The engine is old\ninfo No lockfile found.\nsuccess Saved lockfile.\nDone in 3.2s.\n")).toEqual([]);
    expect(
      sightingsOf(
        yarnBerry,
        "➤ YN0000: ┌ Resolution step\n➤ YN0002: │ x doesn't provide y, requested by z\n➤ YN0013: │ a can't be found in the cache and will be fetched\n➤ YN0000: Done with warnings in 3s\n",
      ),
    ).toEqual([]);
    expect(
      sightingsOf(
        nodeGyp,
        ".../node_modules/bufferutil install: gyp ERR! stack Error: `make` failed with exit code: 2\n.../node_modules/bufferutil install: gyp ERR! not ok\n.../node_modules/bufferutil install: Done\n",
      ),
    ).toEqual([]);
    expect(sightingsOf(pnpm, " WARN  Unsupported engine: wanted: {}\nLockfile is up to date\n")).toEqual([]);
    expect(sightingsOf(monorepos, " >  NX   Successfully ran target test for 3 projects\nlerna success run Ran npm script 'test' in 3 packages\n")).toEqual([]);
    expect(sightingsOf(coverageThresholds, "All files | 98 | 97 | 96 | 98 |\n")).toEqual([]);
    expect(sightingsOf(pullRequestGates, "PASS src/a.js: 0.9KB < 1KB (gzip)\n")).toEqual([]);
  });
});
