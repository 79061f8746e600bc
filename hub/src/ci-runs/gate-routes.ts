import { Gate } from "@sentinal/contract";
import { z } from "zod";
import { recordAudit } from "../audit/index.ts";
import { type Database, inTransaction } from "../database/index.ts";
import { type Access, fieldError, HttpError, type HttpServer, visibleRepository } from "../http/index.ts";
import { findGate } from "./gate.ts";

/** A repository's quality gate: read by whoever may read the repository, set by Admins, and audited. */
export function registerGateRoutes(http: HttpServer, { db, access }: { db: Database; access: Access }): void {
  http.get(
    "/api/cicd/gate",
    {
      onRequest: access.guard({ scope: "webhook:read", role: "Viewer" }),
      schema: {
        tags: ["Runs"],
        summary: "The quality gate of a repository",
        description: "All conditions must hold for a run to pass; an empty list is no gate.",
        security: [{ bearer: [] }],
        querystring: z.object({ repository: z.string().min(1).max(300) }),
        response: { 200: Gate },
      },
    },
    async (request) => {
      const { repository } = request.query;
      const visible = visibleRepository(access.principal(request));
      if (visible !== null && visible !== repository) throw new HttpError("not_found", "There is no such repository.");
      return { repository, conditions: await findGate(db, repository) };
    },
  );

  http.put(
    "/api/cicd/gate",
    {
      onRequest: access.guard({ role: "Admin" }),
      schema: {
        tags: ["Runs"],
        summary: "Set the quality gate of a repository",
        description: "It judges the reports that come in from then on. An empty list takes the gate away.",
        security: [{ bearer: [] }],
        body: Gate,
        response: { 200: Gate },
      },
    },
    async (request) => {
      const { repository, conditions } = request.body;
      const named = conditions.map(({ metric }) => metric);
      const repeated = named.find((metric, index) => named.indexOf(metric) !== index);
      if (repeated !== undefined) throw fieldError("conditions", `${repeated} stands there more than once`, "Give each metric once.");
      const principal = access.principal(request);
      await inTransaction(db, async (trx) => {
        const stored = conditions.length === 0 ? null : JSON.stringify(conditions);
        await trx
          .insertInto("repositories")
          .values({ name: repository, gate: stored })
          .onConflict((conflict) => conflict.column("name").doUpdateSet({ gate: stored }))
          .execute();
        await recordAudit(trx, {
          actor: { kind: "user", id: principal.id },
          action: "gate.set",
          subject: { kind: "repository", id: repository },
          address: request.ip,
          requestId: request.id,
          detail: { conditions: conditions.map(({ metric, at_most }) => `${metric} <= ${at_most}`) },
        });
      });
      return { repository, conditions };
    },
  );
}
