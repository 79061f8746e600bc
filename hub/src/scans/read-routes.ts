import { Facets, Finding, FindingDetail, FindingFilters, FindingSort, IntakeAnswer, page, type Run, ScanDetail, Upgrade } from "@sentinal/contract";
import { Readable } from "node:stream";
import { z } from "zod";
import type { Database } from "../database/index.ts";
import { type Access, type CallerRequest, HttpError, type HttpServer, type Principal, visibleRepository } from "../http/index.ts";
import { findFinding } from "./finding-detail.ts";
import { countFacets } from "./finding-facets.ts";
import { filterOf } from "./finding-filters.ts";
import { listFindings } from "./finding-queries.ts";
import { findImport } from "./imports.ts";
import { findScan, isScanVisible } from "./scan-queries.ts";
import { areBytesKept, inflatedBytes } from "./stored-bytes.ts";
import { listUpgrades } from "./upgrades.ts";

export type ReadRoutesDependencies = {
  db: Database;
  access: Access;
  publicUrl: () => string;
  /** The run as the caller may see it; null otherwise. */
  findRun(runId: number, visible: string | null): Promise<Run | null>;
};

const reading = { scope: "webhook:read", role: "Viewer" } as const;
const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const limit = z.coerce.number().int().min(1).max(200).default(50);
/** Holds the beginning of a rule or path where the list is sorted by it. */
const findingCursor = z.string().max(4_000).optional();

/** What signed-in people, and tokens with webhook:read, read of scans and findings. */
export function registerReadRoutes(http: HttpServer, dependencies: ReadRoutesDependencies): void {
  const { db, access } = dependencies;
  const visibleTo = (request: CallerRequest) => visibleRepository(access.principal(request));

  http.get(
    "/api/cicd/imports/:id",
    {
      onRequest: access.guard({ scope: ["webhook:write", "webhook:read"], role: "Viewer" }),
      schema: {
        tags: ["CI results"],
        summary: "How far an import is",
        description:
          "The body of the answer to the report. A token with `webhook:write` reads the imports that it sent; one with `webhook:read` all that it may see.",
        security: [{ bearer: [] }],
        params: z.object({ id: z.uuid() }),
        response: { 200: IntakeAnswer },
      },
    },
    async (request) => {
      await mustSeeImport(db, request.params.id, access.principal(request));
      const answer = await findImport(db, request.params.id, dependencies.publicUrl());
      if (answer === null) throw new HttpError("not_found", "There is no such import.");
      return answer;
    },
  );

  http.get(
    "/api/cicd/imports/:id/report",
    {
      onRequest: access.guard(reading),
      schema: { tags: ["CI results"], summary: "The bytes of a received report", security: [{ bearer: [] }], params: z.object({ id: z.uuid() }) },
    },
    async (request, reply) => {
      const encoding = await mustSeeImport(db, request.params.id, access.principal(request));
      if (!(await areBytesKept(db, request.params.id))) {
        throw new HttpError("not_found", "No bytes are kept of this import: it brought counts alone, or their time is over.");
      }
      return reply
        .type("application/octet-stream")
        .header("content-disposition", `attachment; filename="report-${request.params.id}"`)
        .send(Readable.from(inflatedBytes(db, request.params.id, encoding)));
    },
  );

  http.get(
    "/api/cicd/scans/:id",
    {
      onRequest: access.guard(reading),
      schema: {
        tags: ["Scans"],
        summary: "One scan: counts, changes, trend, imports",
        security: [{ bearer: [] }],
        params: z.object({ id }),
        response: { 200: ScanDetail },
      },
    },
    async (request) => {
      const scan = await findScan(db, request.params.id, (runId) => dependencies.findRun(runId, visibleTo(request)));
      if (scan === null) throw new HttpError("not_found", `There is no scan ${request.params.id}, or it is not yours to see.`);
      return scan;
    },
  );

  http.get(
    "/api/cicd/scans/:id/upgrades",
    {
      onRequest: access.guard(reading),
      schema: {
        tags: ["Scans"],
        summary: "What raising each package would fix",
        security: [{ bearer: [] }],
        params: z.object({ id }),
        response: { 200: page(Upgrade) },
      },
    },
    async (request) => {
      const visible = visibleTo(request);
      if (!(await isScanVisible(db, request.params.id, visible)))
        throw new HttpError("not_found", `There is no scan ${request.params.id}, or it is not yours to see.`);
      return { items: await listUpgrades(db, request.params.id, visible), next_cursor: null };
    },
  );

  http.get(
    "/api/cicd/findings",
    {
      onRequest: access.guard(reading),
      schema: {
        tags: ["Findings"],
        summary: "Findings, gravest first",
        description:
          "With scan_id: what that scan saw, and (change=fixed) what it fixed. Without: what stands on the branch, by default on the default one. Filters may be given several times; a path that ends in `/` is a folder. A page may hold less than `limit` where findings are long. Sorted by path, what stands at none comes last.",
        security: [{ bearer: [] }],
        querystring: FindingFilters.extend({ sort: FindingSort.default("severity"), limit, cursor: findingCursor }),
        response: { 200: page(Finding) },
      },
    },
    async (request) => listFindings(db, filterOf(request.query), visibleTo(request), request.query),
  );

  http.get(
    "/api/cicd/findings/facets",
    {
      onRequest: access.guard(reading),
      schema: {
        tags: ["Findings"],
        summary: "How many findings stand at each value of each filter",
        description: "Each facet leaves its own filter out. Where very many findings match, counts are reckoned from a sample; `estimated` names those facets.",
        security: [{ bearer: [] }],
        querystring: FindingFilters,
        response: { 200: Facets },
      },
    },
    async (request) => countFacets(db, filterOf(request.query), visibleTo(request)),
  );

  http.get(
    "/api/cicd/findings/:id",
    {
      onRequest: access.guard(reading),
      schema: {
        tags: ["Findings"],
        summary: "One finding with its history on all branches",
        security: [{ bearer: [] }],
        params: z.object({ id }),
        querystring: z.object({ branch: z.string().max(1_024).optional() }),
        response: { 200: FindingDetail },
      },
    },
    async (request) => {
      const finding = await findFinding(db, request.params.id, request.query.branch, visibleTo(request));
      if (finding === null) throw new HttpError("not_found", `There is no finding ${request.params.id} here, or it is not yours to see.`);
      return finding;
    },
  );
}

/** Throws 404 unless the caller sent the import or may see its repository; answers how its bytes are encoded. */
async function mustSeeImport(db: Database, importId: string, principal: Principal): Promise<string | null> {
  const row = await db
    .selectFrom("imports")
    .innerJoin("runs", "runs.id", "imports.run_id")
    .innerJoin("repositories", "repositories.id", "runs.repository_id")
    .select(["imports.api_token_id", "imports.trust_binding_id", "imports.content_encoding", "repositories.name", "runs.github_run_id"])
    .where("imports.id", "=", importId)
    .executeTakeFirst();
  const visible = visibleRepository(principal);
  // A job's token is renewed while the job runs: the run tells whose import it is.
  const isOfJob = principal.kind === "oidc" && row?.trust_binding_id === principal.binding && row.github_run_id === principal.githubRunId;
  const isSender = isOfJob || (principal.kind === "api_token" && row?.api_token_id === principal.id);
  const mayRead = principal.kind === "user" || (principal.scopes.includes("webhook:read") && (visible === null || visible === row?.name));
  if (row === undefined || !(isSender || mayRead)) throw new HttpError("not_found", "There is no such import, or it is not yours to see.");
  return row.content_encoding;
}
