import { describe, expect, test } from "vitest";
import { nameOfUnsupported, recognise } from "./index.ts";
import { namesOfFormat, publicReport, publicReportsAreThere } from "./testing/public-reports.ts";

describe.skipIf(!publicReportsAreThere)("public reports in formats that no reader knows", () => {
  test.each(namesOfFormat("other"))("%s is taken for none that one knows, and refused by its name", (name) => {
    const head = publicReport(name).subarray(0, 65_536);
    for (const hint of ["lint", "test"] as const) expect(recognise(head, hint)).toBeNull();
    expect(nameOfUnsupported(head)).toMatch(/^(?:NUnit XML|xUnit\.net XML|Visual Studio TRX|(?:Mocha|Dart test|RSpec|Pylint|ShellCheck|Stylelint) JSON)$/);
  });
});
