import { findingChanges, page, Test, TestDetail, TestErrorGroup, TestFacets, testOutcomes, TestSuite } from "@sentinal/contract";
import { z } from "zod";
import type { Database } from "../database/index.ts";
import { type Access, type CallerRequest, HttpError, type HttpServer, visibleRepository } from "../http/index.ts";
import { isScanVisible } from "./scan-queries.ts";
import { listTestErrors, listTestSuites } from "./test-groups.ts";
import { countTestFacets, findTest, listTests, testSorts } from "./test-queries.ts";
import type { TestScope } from "./test-scans.ts";
import type { TestFilter } from "./test-source.ts";

const reading = { scope: "webhook:read", role: "Viewer" } as const;
const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const branch = z.string().max(1_024).optional();
/** A filter given once or several times. */
const several = <Value extends string>(values: readonly [Value, ...Value[]]) => z.union([z.enum(values), z.array(z.enum(values)).max(20)]).optional();

const TestQuery = z.object({
  scan_id: id.optional(),
  run_id: id.optional(),
  repository: z.string().max(300).optional(),
  branch,
  outcome: several(testOutcomes),
  change: several(findingChanges),
  flaky: z.enum(["true", "false"]).optional(),
  kind: several(["case", "suite"]),
  file: z.union([z.string().max(2_000), z.array(z.string().max(2_000)).max(50)]).optional(),
  suite: z.union([z.string().max(1_000), z.array(z.string().max(1_000)).max(50)]).optional(),
  q: z.string().max(200).optional(),
});

/** `left_out`: how many more there are, beyond the bounds of a list that has no further pages. */
const part = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), left_out: z.number().int() });

/** What signed-in people, and tokens with webhook:read, read of tests. */
export function registerTestRoutes(http: HttpServer, dependencies: { db: Database; access: Access }): void {
  const { db, access } = dependencies;
  const visibleTo = (request: CallerRequest) => visibleRepository(access.principal(request));
  const mustSeeScan = async (request: CallerRequest, scanId: number) => {
    if (!(await isScanVisible(db, scanId, visibleTo(request)))) throw new HttpError("not_found", `There is no scan ${scanId}, or it is not yours to see.`);
  };

  http.get(
    "/api/cicd/tests",
    {
      onRequest: access.guard(reading),
      schema: {
        tags: ["Tests"],
        summary: "Tests with their results, failed ones first",
        description:
          "With scan_id: the results of that scan. With run_id: those of its scans, each test as the last attempt had it. Without: each test's newest result on the branch, by default on the default one, among the last 10 scans of each tool and category. outcome, change, kind and file may be given several times and mean any of them; suite given several times is a path, outermost suite first. sort: failed (then flaky, skipped, passed), slow (longest first), name, flaky; then by name. A page may hold fewer than limit, so that it stays below 200 KB; messages are cut to 500 characters.",
        security: [{ bearer: [] }],
        querystring: TestQuery.extend({
          sort: z.enum(testSorts).default("failed"),
          limit: z.coerce.number().int().min(1).max(200).default(50),
          cursor: z.string().max(4_000).optional(),
        }),
        response: { 200: page(Test) },
      },
    },
    async (request) => listTests(db, scopeOf(request.query), filterOf(request.query), visibleTo(request), request.query),
  );

  http.get(
    "/api/cicd/tests/facets",
    {
      onRequest: access.guard(reading),
      schema: {
        tags: ["Tests"],
        summary: "How many tests stand at each value of each filter",
        description: "suite counts the outermost suites, and classes or files where there are no suites.",
        security: [{ bearer: [] }],
        querystring: TestQuery,
        response: { 200: TestFacets },
      },
    },
    async (request) => countTestFacets(db, scopeOf(request.query), filterOf(request.query), visibleTo(request)),
  );

  http.get(
    "/api/cicd/tests/:id",
    {
      onRequest: access.guard(reading),
      schema: {
        tags: ["Tests"],
        summary: "One test with its trace, its attempts and its history",
        description: "Its result in the scan, else its newest on the branch, else on the default branch, else wherever it was seen last.",
        security: [{ bearer: [] }],
        params: z.object({ id }),
        querystring: z.object({ branch, scan_id: id.optional() }),
        response: { 200: TestDetail },
      },
    },
    async (request) => {
      const asked = { branch: request.query.branch, scanId: request.query.scan_id };
      const test = await findTest(db, request.params.id, asked, visibleTo(request));
      if (test === null) throw new HttpError("not_found", `There is no test ${request.params.id} here, or it is not yours to see.`);
      return test;
    },
  );

  http.get(
    "/api/cicd/scans/:id/test-errors",
    {
      onRequest: access.guard(reading),
      schema: {
        tags: ["Scans"],
        summary: "Failed tests by their error, the largest group first",
        description: "Errors that differ in numbers alone are one. At most 200 groups, each with its first 10 tests.",
        security: [{ bearer: [] }],
        params: z.object({ id }),
        response: { 200: part(TestErrorGroup) },
      },
    },
    async (request) => {
      await mustSeeScan(request, request.params.id);
      return listTestErrors(db, request.params.id);
    },
  );

  http.get(
    "/api/cicd/scans/:id/test-suites",
    {
      onRequest: access.guard(reading),
      schema: {
        tags: ["Scans"],
        summary: "How the tests of each suite ended",
        description: "Suites with failures first, then by path; at most 2,000. A suite's own tests are counted, and not those of the suites in it.",
        security: [{ bearer: [] }],
        params: z.object({ id }),
        response: { 200: part(TestSuite) },
      },
    },
    async (request) => {
      await mustSeeScan(request, request.params.id);
      return listTestSuites(db, request.params.id);
    },
  );
}

function scopeOf(query: z.infer<typeof TestQuery>): TestScope {
  return { scanId: query.scan_id, runId: query.run_id, repository: query.repository, branch: query.branch };
}

function filterOf(query: z.infer<typeof TestQuery>): TestFilter {
  return {
    outcome: listOf(query.outcome),
    change: listOf(query.change),
    flaky: query.flaky === undefined ? undefined : query.flaky === "true",
    kind: listOf(query.kind),
    file: listOf(query.file),
    suite: listOf(query.suite),
    text: query.q,
  };
}

function listOf(value: string | readonly string[] | undefined): readonly string[] | undefined {
  return typeof value === "string" ? [value] : value;
}
