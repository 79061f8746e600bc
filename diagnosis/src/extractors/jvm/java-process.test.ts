import { expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { javaProcess } from "./java-process.ts";

it("names a crash of the virtual machine by its signal and frame", () => {
  const text =
    "#\n# A fatal error has been detected by the Java Runtime Environment:\n#\n#  SIGSEGV (0xb) at pc=0x00007f, pid=12, tid=13\n#\n# Problematic frame:\n# C  [libx.so+0x12]  run+0x3\n";
  expect(sightingsOf(javaProcess, text)).toMatchObject([{ line: 2, category: "crash.signal", strength: "cause" }]);
  expect(sightingsOf(javaProcess, text)[0]?.key).toContain("SIGSEGV");
});

it.each([
  ['Exception in thread "main" java.lang.UnsupportedClassVersionError: a/B has been compiled by a newer one', "config.toolchain", "likely"],
  ['Exception in thread "main" java.net.UnknownHostException: services.gradle.org', "infra.network", "likely"],
  ['Exception in thread "main" java.lang.IllegalStateException: no', "tool.crash", "likely"],
  ['Exception in thread "pool-1" java.lang.IllegalStateException: no', "tool.crash", "hint"],
  ["java.lang.OutOfMemoryError: Java heap space", "resource.oom", "likely"],
  ["Terminating due to java.lang.OutOfMemoryError: Java heap space", "resource.oom", "cause"],
  ["# There is insufficient memory for the Java Runtime Environment to continue.", "resource.oom", "cause"],
  ["Error: Could not find or load main class a.B", "dependency.missing_module", "cause"],
  ["Unrecognized VM option 'MaxPermSize=256m'", "config.toolchain", "cause"],
  ["Error: JAVA_HOME is not defined correctly.", "config.toolchain", "cause"],
])("%j is %s", (line, category, strength) => {
  expect(sightingsOf(javaProcess, line)).toMatchObject([{ category, strength }]);
});

it("sees nothing in what Java says of its settings", () => {
  expect(
    sightingsOf(
      javaProcess,
      "JAVA_HOME: /usr/lib/jvm\n  JAVA_HOME_11_X64=/x\nOpenJDK 64-Bit Server VM warning: Sharing is only supported\nPicked up JAVA_TOOL_OPTIONS: -Xmx1g\n",
    ),
  ).toEqual([]);
});
