import { randomBytes } from "node:crypto";
import { Facets, Finding, FindingDetail, IntakeAnswer, page, Problem, ScanDetail, Upgrade } from "@sentinal/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { getJson, postJson, startTestHub, type TestHub } from "../../../test/hub.ts";
import { type TestVulnerability, trivyReport } from "../../../test/trivy-report.ts";

let hub: TestHub;
let writer: string;

beforeAll(async () => {
  hub = await startTestHub();
  writer = (await hub.createToken({ scopes: ["webhook:write"] })).token;
});
afterAll(() => hub.close());

const newRepository = () => `team/${randomBytes(6).toString("hex")}`;

async function send(repository: string, vulnerabilities: readonly TestVulnerability[], facts: Record<string, unknown> = {}): Promise<IntakeAnswer> {
  const answer = await postJson(
    `${hub.url}/api/cicd/webhook/trivy`,
    { repository, commit_hash: "c1", branch: "main", report: trivyReport(vulnerabilities), ...facts },
    writer,
  );
  expect(answer.status, await answer.clone().text()).toBe(200);
  return IntakeAnswer.parse(await answer.json());
}

async function get<Schema extends z.ZodType>(schema: Schema, path: string, bearer = hub.admin): Promise<z.infer<Schema>> {
  return schema.parse(await getJson(`${hub.url}/api/cicd/${path}`, bearer));
}

const list = async (query: string, bearer?: string) => (await get(page(Finding), `findings?${query}`, bearer)).items;
const rules = async (query: string) => (await list(query)).map((finding) => finding.rule);

async function refusal(path: string, bearer = hub.admin): Promise<[number, string]> {
  const answer = await fetch(`${hub.url}/api/cicd/${path}`, { headers: { authorization: `Bearer ${bearer}` } });
  return [answer.status, Problem.parse(await answer.json()).code];
}

const severities = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "UNKNOWN"];
const many = (count: number): TestVulnerability[] =>
  Array.from({ length: count }, (_unused, index) => ({ id: `CVE-${index}`, package: `p${index % 7}`, severity: severities[index % 3] ?? "LOW" }));

/** All pages of a list, each of that length. */
async function allPages(query: string, limit: number): Promise<Finding[]> {
  const items: Finding[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const next: { items: Finding[]; next_cursor: string | null } = await get(
      page(Finding),
      `findings?${query}&limit=${limit}${cursor === "" ? "" : `&cursor=${cursor}`}`,
    );
    expect(next.items.length).toBeLessThanOrEqual(limit);
    items.push(...next.items);
    cursor = next.next_cursor;
  }
  return items;
}

describe("paging through findings", () => {
  test.each([1, 2, 7, 30, 60, 200])("by %i at a time gives each once, gravest first, however many share a severity", async (limit) => {
    const repository = newRepository();
    await send(repository, many(60));
    const items = await allPages(`repository=${repository}`, limit);
    expect(items.map((finding) => finding.rule).toSorted()).toEqual(
      many(60)
        .map((one) => one.id)
        .toSorted(),
    );
    const ranks = items.map((finding) => severities.indexOf(finding.severity.toUpperCase()));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  });

  test("gives a finding once for each branch, where no branch is known to be the default one", async () => {
    const repository = newRepository();
    for (const branch of ["develop", "feature", "release"]) await send(repository, many(3), { branch });
    for (const limit of [1, 2, 4]) {
      const items = await allPages(`repository=${repository}`, limit);
      expect(new Set(items.map((finding) => `${finding.rule} ${finding.branch}`)).size).toBe(9);
      expect(items).toHaveLength(9);
    }
  });

  test("goes on where it was when findings came in between", async () => {
    const repository = newRepository();
    await send(repository, many(10));
    const first = await get(page(Finding), `findings?repository=${repository}&limit=5`);
    await send(repository, [...many(10), { id: "CVE-NEW", severity: "CRITICAL" }], { commit_hash: "c2" });
    const rest = await get(page(Finding), `findings?repository=${repository}&limit=50&cursor=${first.next_cursor}`);
    const seen = [...first.items, ...rest.items].map((finding) => finding.rule);
    expect(new Set(seen).size).toBe(seen.length);
    for (const { id } of many(10)) expect(seen).toContain(id);
  });

  test.each(["x", "WzEsMl0", Buffer.from("[99999999999,1,1]").toString("base64url"), Buffer.from('["a",1,1]').toString("base64url")])(
    "with the cursor %s of nobody's is refused or at the end, never an error of ours",
    async (cursor) => {
      const answer = await fetch(`${hub.url}/api/cicd/findings?cursor=${cursor}`, { headers: { authorization: `Bearer ${hub.admin}` } });
      expect([200, 400]).toContain(answer.status);
    },
  );
});

describe("filters", () => {
  let repository: string;
  let scan: IntakeAnswer;
  beforeAll(async () => {
    repository = newRepository();
    await send(repository, [{ id: "CVE-1" }, { id: "CVE-GONE" }]);
    scan = await send(
      repository,
      [
        { id: "CVE-1", package: "left-pad", severity: "CRITICAL" },
        { id: "CVE-2", package: "left_pad", severity: "HIGH", fixed: "" },
        { id: "CVE-3", package: "100%", severity: "HIGH", title: "a back\\slash" },
        { id: "CVE-4", package: "Right-Pad", severity: "LOW", fixed: "" },
      ],
      { commit_hash: "c2" },
    );
  });

  test.each([
    ["none", "", ["CVE-1", "CVE-2", "CVE-3", "CVE-4", "CVE-GONE"]],
    ["one severity", "severity=high", ["CVE-2", "CVE-3", "CVE-GONE"]],
    ["two severities", "severity=critical&severity=low", ["CVE-1", "CVE-4"]],
    ["the state", "state=open", ["CVE-1", "CVE-2", "CVE-3", "CVE-4"]],
    ["the state fixed", "state=fixed", ["CVE-GONE"]],
    ["the package", "package_name=left-pad", ["CVE-1", "CVE-GONE"]],
    ["what can be fixed", "fixable=true", ["CVE-1", "CVE-3", "CVE-GONE"]],
    ["what cannot", "fixable=false", ["CVE-2", "CVE-4"]],
    ["a kind", "kind=secret", []],
    ["another branch", "branch=feature", []],
    ["another scan type", "scan_type=lint", []],
    ["a target", "target=package-lock.json&severity=critical", ["CVE-1"]],
    ["a text, whatever its case", "q=RIGHT-pad", ["CVE-4"]],
    ["a text with a percent sign, which stands for itself", "q=%25", ["CVE-3"]],
    ["a text with an underscore, which stands for itself", "q=left_pad", ["CVE-2"]],
    ["a text with a backslash", "q=%5Cslash", ["CVE-3"]],
    ["a text that is SQL", "q=%27%20or%201%3D1%20--", []],
    ["several at once", "severity=high&fixable=true&q=pad", ["CVE-GONE"]],
  ])("%s", async (_name, query, expected) => {
    expect((await rules(`repository=${repository}&${query}`)).toSorted()).toEqual(expected);
  });

  test("by scan give what that scan saw, how it met it, and what it fixed when that is asked", async () => {
    const met = await list(`scan_id=${scan.scan_id}`);
    expect(Object.fromEntries(met.map((finding) => [finding.rule, finding.change]))).toEqual({
      "CVE-1": "unchanged",
      "CVE-2": "new",
      "CVE-3": "new",
      "CVE-4": "new",
      "CVE-GONE": "fixed",
    });
    expect(await rules(`scan_id=${scan.scan_id}&change=fixed`)).toEqual(["CVE-GONE"]);
    expect(await rules(`scan_id=${scan.scan_id}&change=new&change=unchanged&severity=critical`)).toEqual(["CVE-1"]);
  });

  test.each([
    "severity=grave",
    "state=gone",
    "fixable=maybe",
    "scan_id=abc",
    "scan_id=0",
    "limit=0",
    "limit=201",
    "limit=x",
    "limit=1&limit=2",
    `q=${"x".repeat(201)}`,
  ])("with a value that cannot be, %s, are refused", async (query) => {
    expect(await refusal(`findings?${query}`)).toEqual([400, "field_invalid"]);
  });

  describe("facets", () => {
    const facets = (query: string) => get(Facets, `findings/facets?repository=${repository}&${query}`);

    test("count what stands at each value, most first", async () => {
      const all = await facets("");
      expect(all.severity).toEqual([
        { value: "high", count: 3 },
        { value: "critical", count: 1 },
        { value: "low", count: 1 },
      ]);
      expect(all.state).toEqual([
        { value: "open", count: 4 },
        { value: "fixed", count: 1 },
      ]);
      expect(all.fixable).toEqual([
        { value: "true", count: 3 },
        { value: "false", count: 2 },
      ]);
      expect(all.package_name).toContainEqual({ value: "left-pad", count: 2 });
      expect(all.target).toEqual([{ value: "package-lock.json", count: 5 }]);
      expect(all.change).toEqual([]);
    });

    test("each leaves its own filter out and keeps the others", async () => {
      const narrowed = await facets("severity=critical&state=open");
      expect(narrowed.severity).toEqual([
        { value: "high", count: 2 },
        { value: "critical", count: 1 },
        { value: "low", count: 1 },
      ]);
      expect(narrowed.state).toEqual([{ value: "open", count: 1 }]);
    });

    test("can be asked with every filter at once", async () => {
      const all = await facets(
        `scan_id=${scan.scan_id}&severity=high&kind=vulnerability&change=new&state=open&target=package-lock.json&package_name=100%25&fixable=true`,
      );
      expect(all).toMatchObject({
        severity: [{ value: "high", count: 1 }],
        package_name: [{ value: "100%", count: 1 }],
        fixable: [{ value: "true", count: 1 }],
      });
    });

    test("agree with the list, value by value", async () => {
      const { severity, kind, state, package_name: packages, fixable } = await facets("");
      for (const [name, values] of Object.entries({ severity, kind, state, package_name: packages, fixable })) {
        for (const { value, count } of values)
          expect(await rules(`repository=${repository}&${name}=${encodeURIComponent(value)}`), `${name}=${value}`).toHaveLength(count);
      }
    });

    test("of a scan count its changes too", async () => {
      expect((await facets(`scan_id=${scan.scan_id}`)).change).toEqual([
        { value: "new", count: 3 },
        { value: "fixed", count: 1 },
        { value: "unchanged", count: 1 },
      ]);
    });
  });
});

describe("what raising packages would fix", () => {
  test("names the lowest version of the installed line that fixes most, and counts what is gone with it", async () => {
    const { scan_id: scanId } = await send(newRepository(), [
      { id: "CVE-1", package: "a", installed: "1.2.0", fixed: "1.2.9, 2.0.1", severity: "CRITICAL" },
      { id: "CVE-2", package: "a", installed: "1.2.0", fixed: "1.2.10", severity: "LOW" },
      { id: "CVE-3", package: "b", installed: "3.0.0", fixed: "4.0.0" },
      { id: "CVE-4", package: "c", installed: "1.0.0", fixed: "" },
    ]);
    const { items, next_cursor: cursor } = await get(page(Upgrade), `scans/${scanId}/upgrades`);
    expect(items).toMatchObject([
      { package_name: "a", installed_version: "1.2.0", fixed_version: "1.2.10", fixes: 2, counts: { critical: 1, low: 1, total: 2 } },
      { package_name: "b", installed_version: "3.0.0", fixed_version: "4.0.0", fixes: 1 },
    ]);
    expect(cursor).toBeNull();
  });

  test("is not found for a scan that is not there", async () => {
    expect(await refusal("scans/999999999/upgrades")).toEqual([404, "not_found"]);
  });
});

describe("one finding", () => {
  test("comes with its history over all branches, the latest first", async () => {
    const repository = newRepository();
    const sendWith = (commit: string, ids: string[], branch = "main") =>
      send(
        repository,
        ids.map((id) => ({ id })),
        { commit_hash: commit, branch, default_branch: "main" },
      );
    await sendWith("c1", ["CVE-1"]);
    await sendWith("c2", []);
    await sendWith("c3", ["CVE-1"]);
    await sendWith("f1", [], "feature");
    const [open] = await list(`repository=${repository}&branch=main`);
    const detail = await get(FindingDetail, `findings/${open?.id}`);
    expect(detail.timeline.map((event) => [event.branch, event.event, event.commit_hash])).toEqual([
      ["feature", "fixed", "f1"],
      ["main", "reopened", "c3"],
      ["main", "fixed", "c2"],
      ["main", "appeared", "c1"],
    ]);
    expect((await get(FindingDetail, `findings/${open?.id}?branch=main`)).state).toBe("open");
    expect((await get(FindingDetail, `findings/${open?.id}?branch=feature`)).state).toBe("fixed");
    expect(await refusal(`findings/${open?.id}?branch=nowhere`)).toEqual([404, "not_found"]);
  });

  test("that only a report had which came too late can be opened from its scan", async () => {
    const repository = newRepository();
    await send(repository, [{ id: "CVE-1" }], { commit_hash: "c2", started_at: "2026-01-02T00:00:00Z" });
    const late = await send(repository, [{ id: "CVE-1" }, { id: "CVE-LATE" }], { commit_hash: "c1", started_at: "2026-01-01T00:00:00Z" });
    const found = (await list(`scan_id=${late.scan_id}`)).find((finding) => finding.rule === "CVE-LATE");
    expect(await get(FindingDetail, `findings/${found?.id}`)).toMatchObject({ rule: "CVE-LATE", branch: "main", change: null });
    expect(await get(FindingDetail, `findings/${found?.id}?branch=main`)).toMatchObject({ rule: "CVE-LATE" });
  });

  test.each(["findings/999999999", "scans/999999999", "runs/999999999", "imports/00000000-0000-4000-8000-000000000000"])(
    "that is not there, like %s, is not found",
    async (path) => {
      expect(await refusal(path)).toEqual([404, "not_found"]);
    },
  );

  test.each(["findings/abc", "scans/1.5", "runs/-1", "imports/abc", "findings/99999999999999999999"])(
    "with an id that none can be, like %s, is refused",
    async (path) => {
      expect(await refusal(path)).toEqual([400, "field_invalid"]);
    },
  );
});

describe("a scan", () => {
  test("shows how its counts went on its branch, oldest first", async () => {
    const repository = newRepository();
    await send(repository, many(3), { commit_hash: "c1" });
    await send(repository, many(5), { commit_hash: "x1", branch: "other" });
    const last = await send(repository, many(4), { commit_hash: "c2" });
    const scan = await get(ScanDetail, `scans/${last.scan_id}`);
    expect(scan.trend.map((point) => point.counts.total)).toEqual([3, 4]);
    expect(scan).toMatchObject({ id: last.scan_id, run: { id: last.run_id, repository }, imports: [{ id: last.import_id }] });
  });
});

test("an import is read by the token that sent it, by one that may read, and by nobody without either", async () => {
  const { import_id: importId } = await send(newRepository(), many(1));
  const status = async (bearer: string) => (await fetch(`${hub.url}/api/cicd/imports/${importId}`, { headers: { authorization: `Bearer ${bearer}` } })).status;
  expect(await status(writer)).toBe(200);
  expect(await status((await hub.createToken({ scopes: ["webhook:read"] })).token)).toBe(200);
  expect(await status((await hub.createToken({ scopes: ["webhook:write"] })).token)).toBe(404);
});

describe("the bytes of a report", () => {
  test("are not found where only counts came, and where their time is over", async () => {
    const counts = await postJson(
      `${hub.url}/api/cicd/webhook/trivy`,
      { repository: newRepository(), commit_hash: "c1", branch: "main", results: { total: 0 } },
      writer,
    );
    const { import_id: countsId } = IntakeAnswer.parse(await counts.json());
    expect(await refusal(`imports/${countsId}/report`)).toEqual([404, "not_found"]);
    const { import_id: importId } = await send(newRepository(), many(1));
    expect((await fetch(`${hub.url}/api/cicd/imports/${importId}/report`, { headers: { authorization: `Bearer ${hub.admin}` } })).status).toBe(200);
    await hub.database.db.deleteFrom("import_chunks").where("import_id", "=", importId).execute();
    expect(await refusal(`imports/${importId}/report`)).toEqual([404, "not_found"]);
  });

  test("are sent as a file, and never as a page", async () => {
    const { import_id: importId } = await send(newRepository(), [{ id: "CVE-1", title: "<script>alert(1)</script>" }]);
    const { headers } = await fetch(`${hub.url}/api/cicd/imports/${importId}/report`, { headers: { authorization: `Bearer ${hub.admin}` } });
    expect(headers.get("content-type")).toBe("application/octet-stream");
    expect(headers.get("content-disposition")).toContain("attachment");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });
});

describe("a token that is bound to a repository", () => {
  test("finds nothing of another one, in any list, and no address of it", async () => {
    const [own, other] = [newRepository(), newRepository()];
    await send(own, [{ id: "CVE-OWN" }]);
    const foreign = await send(other, [{ id: "CVE-FOREIGN" }]);
    const [foreignFinding] = await list(`repository=${other}`);
    const { token: bound } = await hub.createToken({ scopes: ["webhook:read", "webhook:write"], repository: own });
    for (const query of ["", `repository=${other}`, `scan_id=${foreign.scan_id}`, "q=FOREIGN"]) {
      expect(
        (await list(query, bound)).map((finding) => finding.rule),
        query,
      ).not.toContain("CVE-FOREIGN");
    }
    expect((await list("", bound)).map((finding) => finding.rule)).toEqual(["CVE-OWN"]);
    expect((await get(Facets, "findings/facets", bound)).severity).toEqual([{ value: "high", count: 1 }]);
    const hidden = [
      `findings/${foreignFinding?.id}`,
      `scans/${foreign.scan_id}`,
      `scans/${foreign.scan_id}/upgrades`,
      `runs/${foreign.run_id}`,
      `imports/${foreign.import_id}`,
      `imports/${foreign.import_id}/report`,
    ];
    for (const path of hidden) expect(await refusal(path, bound), path).toEqual([404, "not_found"]);
    expect(await getJson(`${hub.url}/api/cicd/repositories`, bound)).toMatchObject({ items: [{ name: own }], next_cursor: null });
  });
});

describe("who may read", () => {
  const paths = ["board", "repositories", "runs", "runs/1", "scans/1", "scans/1/upgrades", "findings", "findings/facets", "findings/1"];

  test.each(paths)("%s: nobody without a credential, and no token that may only write", async (path) => {
    expect((await fetch(`${hub.url}/api/cicd/${path}`)).status).toBe(401);
    expect(await refusal(path, writer)).toEqual([403, "scope_missing"]);
  });

  test("the sender reads its import, and another sender does not", async () => {
    const { import_id: importId } = await send(newRepository(), many(1));
    expect(await get(IntakeAnswer, `imports/${importId}`, writer)).toMatchObject({ import_id: importId });
    const { token: another } = await hub.createToken({ scopes: ["webhook:write"] });
    expect(await refusal(`imports/${importId}`, another)).toEqual([404, "not_found"]);
  });
});
