import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { bundler } from "./bundler.ts";

describe("failures of Bundler and RubyGems", () => {
  it.each([
    ['Bundler could not find compatible versions for gem "x":', 1, "dependency.resolution", "cause"],
    ["Could not find rake-13.0.6 in any of the sources", 1, "dependency.resolution", "cause"],
    ["Could not find gem 'x' in locally installed gems.", 1, "dependency.resolution", "cause"],
    ["ERROR:  Could not find a valid gem 'x' (>= 0) in any repository", 1, "dependency.resolution", "cause"],
    ["Gem::Ext::BuildError: ERROR: Failed to build gem native extension.", 1, "dependency.build", "cause"],
    ["An error occurred while installing pg (1.2.3), and Bundler cannot continue.", 1, "dependency.build", "likely"],
    ["Your Ruby version is 2.7.0, but your Gemfile specified 3.0.0", 1, "config.toolchain", "cause"],
    ["The dependencies in your gemfile changed, but the lockfile can't be updated because frozen mode is set", 1, "dependency.resolution", "cause"],
    ["Could not locate Gemfile", 1, "config.workflow", "cause"],
    ["Could not fetch specs from https://rubygems.org/ due to underlying error", 1, "infra.network", "likely"],
    ["bundler: command not found: rspec", 1, "dependency.missing_module", "cause"],
    ["bundler: failed to load command: rspec (/x/rspec)", 1, "unknown", "summary"],
  ])("are found: %s", (text, line, category, strength) => {
    expect(sightingsOf(bundler, `${text}\n`)[0]).toMatchObject({ line, category, strength });
  });

  it.each([
    ["Retrying fetcher due to error (2/4): Bundler::HTTPError Could not fetch specs"],
    ["Bundle complete! 3 Gemfile dependencies, 12 gems now installed."],
    ["Fetching gem metadata from https://rubygems.org/..."],
  ])("are nothing of what goes on: %s", (text) => {
    expect(sightingsOf(bundler, `${text}\n`)).toEqual([]);
  });
});
