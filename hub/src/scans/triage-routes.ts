import { TriageAnswer, TriageBody } from "@sentinal/contract";
import { settleAgain } from "../ci-runs/index.ts";
import type { Database } from "../database/index.ts";
import { type Access, type HttpServer, visibleRepository } from "../http/index.ts";
import type { Changes } from "../realtime/index.ts";
import { triageFindings } from "./triage.ts";

/** A thousand ids and a comment, or filters with many long values. */
const bodyLimit = 256 * 1024;

export type TriageRoutesDependencies = { db: Database; access: Access; changes: Changes };

/** What members decide on findings. */
export function registerTriageRoutes(http: HttpServer, { db, access, changes }: TriageRoutesDependencies): void {
  http.post(
    "/api/cicd/findings/triage",
    {
      onRequest: access.guard({ role: "Member" }),
      bodyLimit,
      schema: {
        tags: ["Findings"],
        summary: "Dismiss or reopen findings",
        description:
          "Either `ids` (at most 1,000) or `filter`, which takes what the list of findings takes and means all that it shows, at most 10,000: beyond that nothing is done. " +
          "It holds on `branch`; left out, on that of the filter or of its scan, else on the default branch, which all others stand on. " +
          "The newest runs that saw them are judged again by their repository's gate. What a person dismissed stays dismissed when reports see it again. What the tool itself dismissed cannot be reopened here. For signed-in members, not for API tokens.",
        security: [{ bearer: [] }],
        body: TriageBody,
        response: { 200: TriageAnswer },
      },
    },
    async (request) => {
      const principal = access.principal(request);
      if (principal.kind !== "user") throw new Error("a route for people admitted an API token");
      const decider = { userId: principal.id, address: request.ip, requestId: request.id };
      const { answer, runs } = await triageFindings(db, request.body, decider, visibleRepository(principal));
      for (const run of runs) await settleAgain(db, run);
      changes.announce(runs.map((run) => ({ kind: "run_updated", run })));
      return answer;
    },
  );
}
