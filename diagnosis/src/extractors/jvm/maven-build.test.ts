import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { mavenBuild } from "./maven-build.ts";

const of = (coordinates: string, reason: string) =>
  sightingsOf(mavenBuild, `[ERROR] Failed to execute goal ${coordinates} (default) on project x: ${reason} -> [Help 1]\n`)[0];

describe("a failed goal", () => {
  it.each([
    ["org.apache.maven.plugins:maven-surefire-plugin:3.2.5:test", "", "code.test", "summary"],
    ["org.apache.maven.plugins:maven-failsafe-plugin:3.0.0-M5:verify", "There are test failures.", "code.test", "summary"],
    ["org.apache.maven.plugins:maven-compiler-plugin:3.8.1:compile", "Compilation failure: Compilation failure:", "code.compile", "summary"],
    [
      "org.apache.maven.plugins:maven-compiler-plugin:3.8.1:compile",
      "Fatal error compiling: error: release version 17 not supported",
      "config.toolchain",
      "cause",
    ],
    ["org.apache.maven.plugins:maven-compiler-plugin:3.8.1:compile", "Fatal error compiling: invalid target release: 11", "config.toolchain", "cause"],
    ["org.apache.maven.plugins:maven-checkstyle-plugin:3.1.2:check", "You have 3 Checkstyle violations.", "code.lint", "likely"],
    ["com.diffplug.spotless:spotless-maven-plugin:2.12.1:check", "The following files had format violations:", "code.lint", "likely"],
    ["com.github.spotbugs:spotbugs-maven-plugin:4.2.0:check", "failed with 1 bugs and 0 errors", "code.lint", "likely"],
    ["org.revapi:revapi-maven-plugin:0.14.6:check", "The following API problems caused the build to fail:", "policy.gate", "likely"],
    ["org.codehaus.mojo:animal-sniffer-maven-plugin:1.20:check", "Signature errors found.", "policy.gate", "likely"],
    ["org.apache.rat:apache-rat-plugin:0.13:check", "Too many files with unapproved license: 1", "policy.gate", "likely"],
    ["org.jacoco:jacoco-maven-plugin:0.8.7:check", "Coverage checks have not been met. See log for details.", "policy.gate", "likely"],
    ["org.apache.maven.plugins:maven-enforcer-plugin:3.0.0:enforce", "Some Enforcer rules have failed.", "policy.gate", "likely"],
    [
      "org.apache.maven.plugins:maven-deploy-plugin:2.8.2:deploy",
      "Failed to deploy artifacts: Could not transfer artifact a:b:jar:1",
      "release.publish_rejected",
      "cause",
    ],
    ["org.sonatype.central:central-publishing-maven-plugin:0.4.0:publish", "Deployment failed", "release.publish_rejected", "cause"],
    ["org.sonatype.plugins:nexus-staging-maven-plugin:1.7.0:deploy", "deploy failed: 403 - Forbidden", "config.auth", "cause"],
    ["org.apache.maven.plugins:maven-release-plugin:3.1.1:perform", "Maven execution failed, exit code: 1", "release.publish_rejected", "summary"],
    ["org.apache.maven.plugins:maven-gpg-plugin:1.6:sign", "Exit code: 2", "config.auth", "cause"],
    ["org.apache.maven.plugins:maven-javadoc-plugin:3.2.0:jar", "MavenReportException: Error while generating Javadoc: Exit code: 1", "code.lint", "likely"],
    ["org.codehaus.mojo:exec-maven-plugin:3.0.0:exec", "Command execution failed.", "unknown", "summary"],
    ["org.apache.maven.plugins:maven-shade-plugin:3.2.4:shade", "Error creating shaded jar: Could not resolve dependencies", "dependency.resolution", "cause"],
  ])("of %s that says %j is %s", (coordinates, reason, category, strength) => {
    expect(of(coordinates, reason)).toMatchObject({ category, strength });
  });

  it("names what could not be resolved", () => {
    const line =
      "[ERROR] Failed to execute goal on project core: Could not resolve dependencies for project a:core:jar:1: Could not find artifact b:c:jar:2 in central";
    expect(sightingsOf(mavenBuild, line)).toMatchObject([{ category: "dependency.resolution", strength: "cause" }]);
  });

  it("tells what Java is missing where the enforcer asks for another", () => {
    const text =
      "[ERROR] Failed to execute goal org.apache.maven.plugins:maven-enforcer-plugin:3.4.1:enforce (java) on project x: \n[ERROR] Rule 0: org.apache.maven.enforcer.rules.version.RequireJavaVersion failed with message:\n[ERROR] Detected JDK version 11.0.2 is not in the allowed range [17,).\n";
    expect(sightingsOf(mavenBuild, text)).toMatchObject([
      { line: 1, category: "config.toolchain" },
      { line: 2, category: "config.toolchain" },
    ]);
  });
});

describe("Maven's own errors", () => {
  it.each([
    [
      "[ERROR] Non-resolvable parent POM for a:b:1: Could not find artifact a:p:pom:1 and 'parent.relativePath' points at wrong local POM @ line 5, column 11",
      "dependency.resolution",
    ],
    ["[ERROR]     Non-resolvable import POM: Could not transfer artifact a:b:pom:1 @ line 12, column 25", "dependency.resolution"],
    ["[FATAL] Non-parseable POM /x/pom.xml: Duplicated tag: 'build' (position: START_TAG seen) @ line 3, column 1", "code.syntax"],
    ["[ERROR] Plugin a:b:1 or one of its dependencies could not be resolved: Failure to find a:b:jar:1", "dependency.resolution"],
    ["[ERROR] No plugin found for prefix 'spotless' in the current project", "dependency.resolution"],
    ['[ERROR] Unknown lifecycle phase "verfy". You must specify a valid lifecycle phase', "config.workflow"],
    ["[ERROR] Could not find the selected project in the reactor: core", "config.workflow"],
    ["[ERROR] 'dependencies.dependency.version' for a:b:jar is missing. @ line 4, column 2", "dependency.resolution"],
  ])("%s", (line, category) => {
    expect(sightingsOf(mavenBuild, line)).toMatchObject([{ category, strength: "cause" }]);
  });

  it("of a Maven that a goal ran are read where that goal prints them set in, or as information", () => {
    const failed = "[ERROR] Failed to execute goal org.apache.maven.plugins:maven-gpg-plugin:3.0.1:sign (sign) on project x: Exit code: 2 -> [Help 1]";
    expect(sightingsOf(mavenBuild, `    ${failed}\n[INFO] ${failed}\n`)).toMatchObject([
      { line: 1, category: "config.auth", strength: "cause" },
      { line: 2, category: "config.auth", strength: "cause" },
    ]);
  });

  it("name why the compiler stopped where it names no file", () => {
    const text = "[ERROR] COMPILATION ERROR : \n[INFO] -----\n[ERROR] Source option 6 is no longer supported. Use 7 or later.\n";
    expect(sightingsOf(mavenBuild, text)).toMatchObject([
      { line: 1, strength: "summary" },
      { line: 3, category: "config.toolchain", strength: "cause" },
    ]);
  });

  it("are not seen where a build passes", () => {
    const passing = [
      "[WARNING] 'build.plugins.plugin.version' for a:b is missing. @ line 4, column 2",
      '[WARNING] The requested profile "x" could not be activated because it does not exist.',
      "[WARNING] Could not transfer metadata a:b/maven-metadata.xml from/to central: Connect timed out",
      "[ERROR] Picked up JAVA_TOOL_OPTIONS: -Xmx1g",
      "[INFO] BUILD SUCCESS",
    ];
    expect(sightingsOf(mavenBuild, passing.join("\n"))).toEqual([]);
  });
});
