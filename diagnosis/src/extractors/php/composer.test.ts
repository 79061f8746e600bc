import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { composer } from "./composer.ts";

describe("failures of Composer", () => {
  it.each([
    ["Your requirements could not be resolved to an installable set of packages.", 1, "dependency.resolution", "cause"],
    ["Your lock file does not contain a compatible set of packages. Please run composer update.", 1, "dependency.resolution", "cause"],
    ['- Required package "a/b" is not present in the lock file.', 1, "dependency.resolution", "cause"],
    ["    - Root composer.json requires a/b ^1, found a/b[2.0] but it does not match the constraint.", 1, "dependency.resolution", "likely"],
    ['  The "https://repo.packagist.org/packages.json" file could not be downloaded', 1, "dependency.resolution", "likely"],
    ["  Could not authenticate against github.com", 1, "config.auth", "cause"],
    ['  "./composer.json" does not contain valid JSON', 1, "code.syntax", "cause"],
    ["Composer could not find a composer.json file in /a", 1, "config.workflow", "cause"],
    ['  Command "nosuch" is not defined.', 1, "config.workflow", "cause"],
    ["Script phpunit handling the test event returned with error code 1", 1, "unknown", "symptom"],
  ])("are found: %s", (text, line, category, strength) => {
    expect(sightingsOf(composer, `${text}\n`)[0]).toMatchObject({ line, category, strength });
  });

  it.each([
    ["Loading composer repositories with package information"],
    ["Warning: The lock file is not up to date with the latest changes in composer.json."],
    ["Package a/b is abandoned, you should avoid using it."],
    ["No security vulnerability advisories found."],
  ])("are nothing of what goes on: %s", (text) => {
    expect(sightingsOf(composer, `${text}\n`)).toEqual([]);
  });
});
