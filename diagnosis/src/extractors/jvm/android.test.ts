import { expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { android } from "./android.ts";

it.each([
  ["/x/A.java:12: Error: Missing permissions required by B [MissingPermission]", "code.lint"],
  ["ERROR:/x/res/layout/main.xml:12: AAPT: error: resource color/x (aka a:color/x) not found.", "code.compile"],
  ["error: resource string/x (aka a:string/x) not found.", "code.compile"],
  ["ERROR: R8: Missing class a.B (referenced from: void a.C.d())", "code.compile"],
  ["/x/src/main/AndroidManifest.xml:12:3-30 Error:", "code.compile"],
  ["Timeout waiting for emulator to boot.", "tool.crash"],
  ["> com.android.builder.testing.api.DeviceException: No connected devices!", "tool.crash"],
])("names an error by %j", (line, category) => {
  expect(sightingsOf(android, line)).toMatchObject([{ category, strength: "cause" }]);
});

it("sees no warnings and nothing of other tools", () => {
  expect(
    sightingsOf(android, "/x/A.java:12: Warning: Old [Old]\nerror: pathspec 'x' did not match\nError: no such file\n/x/A.java:12: error: cannot find symbol\n"),
  ).toEqual([]);
});
