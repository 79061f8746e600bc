import { Board, type Import, page, Repository, Run, RunDetail, runStatuses } from "@sentinal/contract";
import { z } from "zod";
import type { Database } from "../database/index.ts";
import { type Access, HttpError, type HttpServer, visibleRepository } from "../http/index.ts";
import { readBoard } from "./board.ts";
import { findRunGate } from "./gate.ts";
import { findRun, listRepositories, listRuns, previousRunId } from "./queries.ts";

const reading = { scope: "webhook:read", role: "Viewer" } as const;
const limit = z.coerce.number().int().min(1).max(200).default(50);
const cursor = z.string().max(500).optional();

export type RunRoutesDependencies = { db: Database; access: Access; githubUrl: string; listImportsOfRun(runId: number): Promise<Import[]> };

export function registerRunRoutes(http: HttpServer, dependencies: RunRoutesDependencies): void {
  const { db, access, githubUrl } = dependencies;

  http.get(
    "/api/cicd/board",
    {
      onRequest: access.guard(reading),
      schema: {
        tags: ["Runs"],
        summary: "The board: figures of today, and workflows with their last 30 runs",
        security: [{ bearer: [] }],
        querystring: z.object({ repository: z.string().max(300).optional() }),
        response: { 200: Board },
      },
    },
    async (request) => readBoard(db, request.query.repository, visibleRepository(access.principal(request))),
  );

  http.get(
    "/api/cicd/repositories",
    {
      onRequest: access.guard(reading),
      schema: {
        tags: ["Runs"],
        summary: "Repositories that have sent something",
        security: [{ bearer: [] }],
        querystring: z.object({ limit, cursor }),
        response: { 200: page(Repository) },
      },
    },
    async (request) => listRepositories(db, visibleRepository(access.principal(request)), request.query),
  );

  http.get(
    "/api/cicd/runs",
    {
      onRequest: access.guard(reading),
      schema: {
        tags: ["Runs"],
        summary: "Runs, newest first",
        security: [{ bearer: [] }],
        querystring: z.object({
          repository: z.string().max(300).optional(),
          branch: z.string().max(1_024).optional(),
          workflow: z.string().max(500).optional(),
          status: z.union([z.enum(runStatuses), z.array(z.enum(runStatuses))]).optional(),
          q: z.string().max(200).optional(),
          limit,
          cursor,
        }),
        response: { 200: page(Run) },
      },
    },
    async (request) => {
      const { repository, branch, workflow, status, q } = request.query;
      return listRuns(
        db,
        { repository, branch, workflow, status: typeof status === "string" ? [status] : status, text: q },
        visibleRepository(access.principal(request)),
        githubUrl,
        request.query,
      );
    },
  );

  http.get(
    "/api/cicd/runs/:id",
    {
      onRequest: access.guard(reading),
      schema: {
        tags: ["Runs"],
        summary: "One run with its scans and imports",
        security: [{ bearer: [] }],
        params: z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
        response: { 200: RunDetail },
      },
    },
    async (request) => {
      const run = await findRun(db, request.params.id, visibleRepository(access.principal(request)), githubUrl);
      if (run === null) throw new HttpError("not_found", `There is no run ${request.params.id}, or it is not yours to see.`);
      const [previous, gate, imports] = await Promise.all([previousRunId(db, run), findRunGate(db, run.id), dependencies.listImportsOfRun(run.id)]);
      return { ...run, previous_run_id: previous, gate, imports };
    },
  );
}
