import { describe, expect, it, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { downloads } from "./downloads.ts";

describe("errors of downloads", () => {
  test.each([
    ["curl: (6) Could not resolve host: example.com", "infra.network", true],
    ["curl: (22) The requested URL returned error: 503", "infra.network", true],
    ["curl: (22) The requested URL returned error: 404", "dependency.resolution", false],
    ["curl: (22) The requested URL returned error: 401", "config.auth", false],
    ["2026-11-02 10:20:30 ERROR 404: Not Found.", "dependency.resolution", false],
    ["wget: unable to resolve host address ‘example.com’", "infra.network", true],
    ["gzip: stdin: not in gzip format", "dependency.resolution", false],
  ])("%s is told as %s", (line, category, rerun) => {
    expect(diagnoseStep(line, { exitCode: 6 })).toMatchObject({ category, rerun });
  });

  it("after which the script went on are only a hint", () => {
    const output = `curl: (6) Could not resolve host: example.com\n${"working\n".repeat(40)}`;
    expect(sightingsOf(downloads, output).map(({ strength }) => strength)).toEqual(["hint"]);
  });
});
