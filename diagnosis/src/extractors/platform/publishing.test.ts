import { describe, expect, it, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { publishing } from "./publishing.ts";

describe("registries that do not take a release", () => {
  test.each([
    [
      "npm ERR! 403 403 Forbidden - PUT https://registry.npmjs.org/x - You cannot publish over the previously published versions: 1.2.3.",
      "release.publish_rejected",
    ],
    ["npm error code ENEEDAUTH", "config.auth"],
    ["HTTPError: 400 Bad Request from https://upload.pypi.org/legacy/", "release.publish_rejected"],
    ["error: crate version `1.2.3` is already uploaded", "release.publish_rejected"],
    ["error: Response status code does not indicate success: 409 (Conflict - The feed already contains 'X 1.2.3').", "release.publish_rejected"],
    ["[ERROR] Remote staging finished with a failure: Staging rules failure!", "release.publish_rejected"],
    ["gpg: signing failed: No secret key", "config.auth"],
    ["Repushing of gem versions is not allowed.", "release.publish_rejected"],
  ])("%s is told as %s", (line, category) => {
    expect(diagnoseStep(line)).toMatchObject({ category, rerun: false });
  });

  it("are not seen in a release that went well", () => {
    expect(
      sightingsOf(
        publishing,
        "npm notice Publishing to https://registry.npmjs.org/\n+ x@1.2.3\nUploading x.whl to https://upload.pypi.org/legacy/\ngpg: using RSA key 1A\n",
      ),
    ).toEqual([]);
  });
});
