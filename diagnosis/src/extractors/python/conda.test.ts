import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { conda } from "./conda.ts";

describe("failures of conda and mamba", () => {
  it.each([
    ["PackagesNotFoundError: The following packages are not available from current channels:", 1, "dependency.resolution", "cause"],
    ["ResolvePackageNotFound: \n  - x=1", 1, "dependency.resolution", "cause"],
    ["LibMambaUnsatisfiableError: Encountered problems while solving:", 1, "dependency.resolution", "cause"],
    ["error    libmamba Could not solve for environment specs", 1, "dependency.resolution", "cause"],
    ["critical libmamba Download error (28) Timeout was reached", 1, "infra.network", "likely"],
    ["CondaHTTPError: HTTP 000 CONNECTION FAILED for url <https://conda.anaconda.org/x>", 1, "infra.network", "likely"],
    ["CondaEnvException: Pip failed", 1, "dependency.resolution", "summary"],
    ["EnvironmentNameNotFound: Could not find conda environment: x", 1, "config.toolchain", "cause"],
    ["CommandNotFoundError: Your shell has not been properly configured to use 'conda activate'.", 1, "config.toolchain", "cause"],
  ])("are found: %s", (text, line, category, strength) => {
    expect(sightingsOf(conda, `${text}\n`)[0]).toMatchObject({ line, category, strength });
  });

  it.each([
    ["Solving environment: ...working... failed with initial frozen solve. Retrying with flexible solve."],
    ["Collecting package metadata (repodata.json): ...working... done"],
    ["warning  libmamba Cache file is invalid"],
  ])("are nothing of what goes on: %s", (text) => {
    expect(sightingsOf(conda, `${text}\n`)).toEqual([]);
  });
});
