import { describe, expect, it, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { docker } from "./docker.ts";

describe("Docker's errors", () => {
  test.each([
    ["Error response from daemon: manifest for python:3.99 not found: manifest unknown: manifest unknown", "dependency.resolution"],
    ["docker: Error response from daemon: pull access denied for o/x, repository does not exist or may require 'docker login'.", "config.auth"],
    [
      "ERROR: failed to solve: python:3.99: failed to resolve source metadata for docker.io/library/python:3.99: docker.io/library/python:3.99: not found",
      "dependency.resolution",
    ],
    ["toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating", "infra.rate_limit"],
    ["denied: requested access to the resource is denied", "config.auth"],
    ["unauthorized: authentication required", "config.auth"],
    ["Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?", "config.toolchain"],
    ["ERROR: failed to solve: dockerfile parse error on line 3: unknown instruction: RUNN", "config.workflow"],
    ["COPY failed: file not found in build context or excluded by .dockerignore: stat dist: file does not exist", "config.workflow"],
    ['unable to prepare context: path "./gone" not found', "config.workflow"],
    ['Error response from daemon: Get "https://registry-1.docker.io/v2/": net/http: TLS handshake timeout', "infra.network"],
    ["write /var/lib/docker/tmp/x: no space left on device", "resource.disk_full"],
    ['error during connect: Post "http://docker:2375/v1.24/auth": dial tcp: lookup docker on 10.0.0.2:53: no such host', "config.toolchain"],
    ["error: could not create a builder instance with TLS data loaded from environment. Please use `docker context create`", "config.toolchain"],
    ["An image does not exist locally with the tag: example/web", "config.workflow"],
  ])("%s is told as %s", (line, category) => {
    expect(diagnoseStep(line)).toMatchObject({ category, cause: { text: line } });
  });

  it("of a command in a build give way to what the command printed", () => {
    const diagnosis = diagnoseStep(
      '#9 1.2 src/A.java:3: error: cannot find symbol\n#9 ERROR: process "/bin/sh -c javac A.java" did not complete successfully: exit code: 1\n------\n > [3/4] RUN javac A.java:\nERROR: failed to solve: process "/bin/sh -c javac A.java" did not complete successfully: exit code: 1',
    );
    expect(diagnosis).toMatchObject({ category: "code.compile", cause: { line: 5 } });
  });

  it("of a command that said nothing are the cause themselves", () => {
    const line = "The command '/bin/sh -c ./build.sh' returned a non-zero code: 137";
    expect(diagnoseStep(line)).toMatchObject({ category: "resource.oom", cause: { text: line }, rerun: false });
  });

  it("do not stand in the output of a build that went well", () => {
    expect(
      sightingsOf(docker, "#5 [2/3] RUN make\n#5 0.3 container ready\n#5 DONE 0.5s\nStatus: Downloaded newer image for python:3.12\nmanifest pushed\n"),
    ).toEqual([]);
  });
});
