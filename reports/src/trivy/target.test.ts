import { describe, expect, test } from "vitest";
import { stableTarget, stableWorkload, targetInWorkload, withoutSystem, withoutTag, withoutVersion, workloadName } from "./target.ts";

const digest = `@sha256:${"0a".repeat(32)}`;

describe("an image's name", () => {
  test.each([
    ["alpine", "alpine"],
    ["alpine:3.20", "alpine"],
    [`alpine${digest}`, "alpine"],
    [`alpine:3.20${digest}`, "alpine"],
    ["host:5000/img", "host:5000/img"],
    [`host:5000/img:tag${digest}`, "host:5000/img"],
    ["ghcr.io/team/app:v1.2-rc.1_x", "ghcr.io/team/app"],
    ["[::1]:5000/img:1", "[::1]:5000/img"],
    [`sha256:${"0a".repeat(32)}`, `sha256:${"0a".repeat(32)}`],
    ["C:\\temp\\app", "C:\\temp\\app"],
    ["app: a name", "app: a name"],
    [":tag", ":tag"],
    ["", ""],
  ])("%j without its tag is %j", (name, expected) => {
    expect(withoutTag(name)).toBe(expected);
  });
});

describe("a target", () => {
  test.each([
    ["debian:12 (debian 12.5)", "debian:12"],
    ["x (amazon 2 (Karoo))", "x"],
    ["x (a) (b)", "x (a)"],
    ["x(y)", "x(y)"],
    ["x)", "x)"],
    ["x (y) z", "x (y) z"],
    [" (y)", ""],
  ])("%j without its system is %j", (target, expected) => {
    expect(withoutSystem(target)).toBe(expected);
  });

  test("loses tag and system only where it names an image", () => {
    expect(stableTarget("app:1 (debian 12)", "os-pkgs", "debian")).toBe("app");
    expect(stableTarget("app:1 (debian 12)", null, "debian")).toBe("app");
    expect(stableTarget("copy (1)/package-lock.json:2", "lang-pkgs", "npm")).toBe("copy (1)/package-lock.json:2");
    expect(stableTarget("modules (1)", "config", "terraform")).toBe("modules (1)");
  });

  test("is compared in linear time", () => {
    const brackets = `${"(".repeat(50_000)}${")".repeat(50_000)}`;
    expect(withoutSystem(brackets)).toBe(brackets);
  });
});

describe("a path", () => {
  test.each([
    ["app/lib/commons-compress-1.14.jar", "1.14", "app/lib/commons-compress-{version}.jar"],
    ["site-packages/urllib3-1.26.3.dist-info/METADATA", "1.26.3", "site-packages/urllib3-{version}.dist-info/METADATA"],
    ["lib2/foo-2.jar", "2", "lib2/foo-{version}.jar"],
    ["a-1.0/b-1.0", "1.0", "a-{version}/b-{version}"],
    ["a-11.0", "1.0", "a-11.0"],
    ["a/b", "1.0", "a/b"],
    ["a/b", null, "a/b"],
    ["1.0", "1.0", "{version}"],
  ])("%j of version %j is %j", (path, version, expected) => {
    expect(withoutVersion(path, version)).toBe(expected);
  });
});

describe("a workload", () => {
  const workload = { namespace: "shop", kind: "Deployment", name: "web", container: null };

  test("is named by what is known of it", () => {
    expect(workloadName(workload)).toBe("shop/Deployment/web");
    expect(workloadName({ ...workload, namespace: null, container: "nginx" })).toBe("Deployment/web (nginx)");
    expect(workloadName({ namespace: null, kind: null, name: null, container: null })).toBeNull();
  });

  test("stays the same over a roll-out and over the runs of a CronJob", () => {
    const nameOf = (kind: string, name: string) => stableWorkload({ ...workload, kind, name }).name;
    expect(nameOf("ReplicaSet", "web-6d4cf56db6")).toBe("web");
    expect(nameOf("ReplicaSet", "web-frontend")).toBe("web-frontend");
    expect(nameOf("Job", "backup-28391040")).toBe("backup");
    expect(nameOf("Deployment", "web-6d4cf56db6")).toBe("web-6d4cf56db6");
  });

  test("is not said twice", () => {
    expect(targetInWorkload(workload, "Deployment/web")).toBe("shop/Deployment/web");
    expect(targetInWorkload(workload, "nginx:1")).toBe("shop/Deployment/web: nginx:1");
    expect(targetInWorkload(workload, null)).toBe("shop/Deployment/web");
    expect(targetInWorkload({ namespace: null, kind: null, name: null, container: null }, "t")).toBe("t");
  });
});
