import type { Facets } from "@sentinal/contract";
import { describe, expect, test } from "vitest";
import { emptyFacets } from "./fixture.ts";
import { filtersOf, openView, scanTabs, searchOfView, showsOnlyNew } from "./scan-views.ts";

const facets = (over: Partial<Facets>): Facets => ({ ...emptyFacets, ...over });
const lint = { scan_type: "lint", imports: [1] } as const;
const sonarqube = { scan_type: "sonarqube", imports: [1] } as const;
const hotspot = "SECURITY_HOTSPOT";
const views = (tabs: ReturnType<typeof scanTabs>) => tabs.map((tab) => [tab.view, tab.count]);

describe("the tabs of a scan", () => {
  test("are the kinds of findings that it holds, and what its type has besides", () => {
    const trivy = facets({
      kind: [
        { value: "secret", count: 2 },
        { value: "vulnerability", count: 9 },
      ],
    });
    expect(views(scanTabs({ scan_type: "trivy", imports: [1, 2] }, trivy, undefined))).toEqual([
      ["vulnerability", 9],
      ["secret", 2],
      ["upgrades", undefined],
      ["imports", 2],
    ]);
    expect(scanTabs(lint, facets({ kind: [{ value: "issue", count: 3 }] }), undefined).map((tab) => tab.view)).toEqual(["issue", "rules", "files", "imports"]);
  });

  test("keep SonarQube's hotspots apart from its issues", () => {
    const held = facets({
      kind: [{ value: "issue", count: 5 }],
      tool_type: [
        { value: "BUG", count: 3 },
        { value: hotspot, count: 2 },
      ],
    });
    expect(views(scanTabs(sonarqube, held, undefined))).toEqual([
      ["issue", 3],
      ["hotspots", 2],
      ["imports", 1],
    ]);
    expect(filtersOf({}, "issue", false, ["BUG", hotspot]).tool_type).toEqual(["BUG"]);
    expect(filtersOf({}, "hotspots", false, ["BUG", hotspot]).tool_type).toEqual([hotspot]);
    expect(filtersOf({}, "issue", false, ["BUG"]).tool_type).toBeUndefined();
  });

  test("open with the hotspots where there is nothing else", () => {
    const held = facets({ kind: [{ value: "issue", count: 2 }], tool_type: [{ value: hotspot, count: 2 }] });
    expect(openView({}, scanTabs(sonarqube, held, undefined))).toBe("hotspots");
  });

  test("of a scan that found nothing say so, and have its imports", () => {
    const tabs = scanTabs(lint, emptyFacets, undefined);
    expect(views(tabs)).toEqual([
      ["none", 0],
      ["imports", 1],
    ]);
    expect(openView({}, tabs)).toBe("none");
    expect(openView({ view: "imports" }, tabs)).toBe("imports");
  });

  test("begin without the filters of another kind, and keep those of the same findings", () => {
    const search = { kind: "issue", rule: ["eqeqeq"], show: "all", finding: 3 } as const;
    expect(searchOfView({ ...search, rule: ["eqeqeq"] }, "secret")).toEqual({ kind: "secret", show: "all" });
    expect(searchOfView({ ...search, rule: ["eqeqeq"] }, "files")).toMatchObject({ rule: ["eqeqeq"], view: "files", show: "all" });
  });
});

describe("new only", () => {
  const branch = { pull_request: null };
  const pullRequest = { pull_request: 7 };

  test("is what the run of a pull request begins with", () => {
    expect(showsOnlyNew({}, "lint", pullRequest)).toBe(true);
    expect(showsOnlyNew({}, "lint", branch)).toBe(false);
  });
  test("is what the address says", () => {
    expect(showsOnlyNew({ show: "all" }, "lint", pullRequest)).toBe(false);
    expect(showsOnlyNew({ show: "new" }, "sonarqube", branch)).toBe(true);
  });
  test("asks for what came back too, unless the address asks for something else", () => {
    expect(filtersOf({}, "issue", true, []).change).toEqual(["new", "reopened"]);
    expect(filtersOf({ change: ["fixed"] }, "issue", true, []).change).toEqual(["fixed"]);
  });
});
