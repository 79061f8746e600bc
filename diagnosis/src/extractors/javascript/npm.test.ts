import { describe, expect, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { npm } from "./npm.ts";

describe("npm's errors", () => {
  test.each([
    ["npm ERR! code ERESOLVE\nnpm ERR! ERESOLVE unable to resolve dependency tree\n", "dependency.resolution"],
    [
      "npm error code EUSAGE\nnpm error\nnpm error `npm ci` can only install packages when your package.json and package-lock.json are in sync.\n",
      "dependency.resolution",
    ],
    ["npm ERR! code ETARGET\nnpm ERR! notarget No matching version found for lodash@99.\n", "dependency.resolution"],
    ["npm ERR! code EINTEGRITY\n", "dependency.resolution"],
    ["npm ERR! code EBADENGINE\n", "config.toolchain"],
    ["npm ERR! code E401\nnpm ERR! Unable to authenticate, need: Basic\n", "config.auth"],
    [
      "npm ERR! code E403\nnpm ERR! 403 403 Forbidden - PUT https://registry.npmjs.org/x - You cannot publish over the previously published versions\n",
      "release.publish_rejected",
    ],
    ["npm ERR! code E403\nnpm ERR! 403 403 Forbidden - GET https://registry.npmjs.org/x\n", "config.auth"],
    ["npm ERR! code ECONNRESET\nnpm ERR! network aborted\n", "infra.network"],
    ["npm ERR! missing script: lint\n", "config.workflow"],
    ['npm error Missing script: "lint"\n', "config.workflow"],
  ])("are told by the code or the words: %s", (log, category) => {
    expect(sightingsOf(npm, log)[0]).toMatchObject({ line: 1, category, strength: "cause" });
  });

  test("that only say that a script failed are symptoms", () => {
    for (const log of [
      "npm ERR! code ELIFECYCLE\nnpm ERR! errno 1\nnpm ERR! x@1.0.0 test: `jest`\nnpm ERR! Exit status 1\n",
      "npm ERR! Test failed.  See above for more details.\n",
      "npm ERR! Lifecycle script `test` failed with error:\nnpm ERR! code 1\nnpm ERR! path /w/packages/a\n",
    ])
      expect(sightingsOf(npm, log).every(({ strength }) => strength === "symptom")).toBe(true);
  });

  test("tell a dependency that could not be built", () => {
    expect(sightingsOf(npm, "npm ERR! code 1\nnpm ERR! path /w/node_modules/node-sass\nnpm ERR! command failed\n")[0]).toMatchObject({
      category: "dependency.build",
      strength: "likely",
    });
    expect(sightingsOf(npm, "npm ERR! code ELIFECYCLE\nnpm ERR! errno 1\nnpm ERR! node-sass@4.9.0 postinstall: `node scripts/build.js`\n")[0]).toMatchObject({
      category: "dependency.build",
    });
  });

  test("propose no other try where the versions do not fit", () => {
    expect(diagnoseStep("npm ERR! code ERESOLVE\nnpm ERR! ERESOLVE could not resolve\nnpm ERR! While resolving: x@1.0.0")).toMatchObject({
      rerun: false,
      category: "dependency.resolution",
    });
  });

  test("are none among warnings", () => {
    expect(sightingsOf(npm, "npm WARN deprecated x@1.0.0: no longer supported\nnpm warn EBADENGINE Unsupported engine {\nadded 12 packages in 3s\n")).toEqual(
      [],
    );
  });
});
