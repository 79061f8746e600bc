import { describe, expect, test } from "vitest";
import { importsOf, unknownRooms, violation } from "./check-imports.ts";

describe("an import is against the rules", () => {
  test.each([
    ["the contract knows nobody", "contract/src/runs.ts", "@sentinal/tokens"],
    ["a pure package knows the contract alone", "reports/src/reader.ts", "hub/src/log.ts"],
    ["pages know nothing of the hub", "web/src/main.tsx", "@sentinal/hub"],
    ["commands that ask a hub know nothing of its inside", "cli/src/commands/send.ts", "hub/src/operator.ts"],
    ["who sends knows nothing of the command line", "send/src/delivery.ts", "cli/src/terminal.ts"],
    ["the Action knows nothing of the command line", "action/src/run.ts", "cli/src/problem.ts"],
    ["the hub sends nothing", "hub/src/scans/intake.ts", "@sentinal/send"],
    ["the operator's commands know only the hub's three doors", "cli/src/commands/token.ts", "hub/src/accounts/index.ts"],
    ["the ground floor knows no feature", "hub/src/http/server.ts", "hub/src/scans/index.ts"],
    ["a feature is used through its index", "hub/src/scans/intake.ts", "hub/src/ci-runs/queries.ts"],
    ["the wiring uses a feature through its index, too", "hub/src/hub.ts", "hub/src/scans/intake.ts"],
    ["runs know nothing of scans", "hub/src/ci-runs/routes.ts", "hub/src/scans/index.ts"],
    ["accounts know nothing of API tokens", "hub/src/accounts/routes.ts", "hub/src/api-tokens/index.ts"],
  ])("%s", (_name, from, to) => {
    expect(violation({ from, to })).not.toBeNull();
  });
});

describe("an import is fine", () => {
  test.each([
    ["of the contract", "hub/src/scans/intake.ts", "@sentinal/contract"],
    ["of who sends, by the command line", "cli/src/commands/send.ts", "@sentinal/send"],
    ["of who sends, by the Action", "action/src/run.ts", "@sentinal/send"],
    ["of a neighbour", "hub/src/scans/intake.ts", "hub/src/scans/apply.ts"],
    ["of the ground floor", "hub/src/scans/intake.ts", "hub/src/database/index.ts"],
    ["of the ground floor by itself", "hub/src/realtime/sockets.ts", "hub/src/http/index.ts"],
    ["of a feature that one builds on", "hub/src/scans/intake.ts", "hub/src/ci-runs/index.ts"],
    ["of all features by the wiring", "hub/src/hub.ts", "hub/src/scans/index.ts"],
    ["of the hub by the operator's commands", "cli/src/commands/token.ts", "hub/src/operator.ts"],
    ["in tools and tests, which are no package", "scripts/generate.ts", "hub/src/hub.ts"],
  ])("%s", (_name, from, to) => {
    expect(violation({ from, to })).toBeNull();
  });
});

describe("imports are found", () => {
  test.each([
    ['import { a } from "./a.ts";', "hub/src/x/a.ts"],
    ['import {\n  a,\n  type b,\n} from "../y/a.ts";', "hub/src/y/a.ts"],
    ['export * from "./a.ts";', "hub/src/x/a.ts"],
    ['import type { A } from "@sentinal/contract";', "@sentinal/contract"],
    ['import "./style.css";', "hub/src/x/style.css"],
    ['const a = await import("../z.ts");', "hub/src/z.ts"],
  ])("in %j", (text, to) => {
    expect(importsOf("hub/src/x/file.ts", text)).toEqual([{ from: "hub/src/x/file.ts", to }]);
  });

  test("and other packages' are nobody's business", () => {
    expect(importsOf("hub/src/x/file.ts", 'import { z } from "zod";\nimport fs from "node:fs";')).toEqual([]);
  });
});

describe("a folder of the hub that no table names", () => {
  test("is told, lest its imports go unchecked", () => {
    expect(unknownRooms(["hub/src/http/a.ts", "hub/src/scans/b.ts", "hub/src/hub.ts", "hub/src/helpers/c.ts", "web/src/x/d.ts"])).toEqual(["helpers"]);
  });
});
