import { type FindingExportFormat, FindingExportFormat as Format, FindingFilters, FindingSort } from "@sentinal/contract";
import { Readable } from "node:stream";
import type { Database } from "../database/index.ts";
import { type Access, type HttpServer, visibleRepository } from "../http/index.ts";
import { exportFindings, mostExported } from "./export.ts";
import { filterOf } from "./finding-filters.ts";

const contentTypes: Readonly<Record<FindingExportFormat, string>> = {
  csv: "text/csv; charset=utf-8; header=present",
  json: "application/json; charset=utf-8",
  sarif: "application/sarif+json; charset=utf-8",
};

/** Findings as a file. */
export function registerExportRoutes(http: HttpServer, { db, access }: { db: Database; access: Access }): void {
  http.get(
    "/api/cicd/findings/export",
    {
      onRequest: access.guard({ scope: "webhook:read", role: "Viewer" }),
      schema: {
        tags: ["Findings"],
        summary: "Findings as a file: CSV, SARIF 2.1.0 or JSON",
        description: `Takes the filters of the list. At most ${mostExported.toLocaleString("en")} findings; a file that was cut there says so at its end: CSV in a last line, JSON by \`is_cut\`, SARIF by the property \`sentinal/is-cut\`.`,
        security: [{ bearer: [] }],
        querystring: FindingFilters.extend({ format: Format, sort: FindingSort.default("severity") }),
      },
    },
    async (request, reply) => {
      const { format, sort } = request.query;
      const pieces = exportFindings(db, { filter: filterOf(request.query), sort }, visibleRepository(access.principal(request)), format);
      // The first piece is waited for: what is wrong with the query is answered as an error, and not as a file that breaks off.
      const first = await pieces.next();
      return reply
        .type(contentTypes[format])
        .header("content-disposition", `attachment; filename="${nameOf(request.query, format)}"`)
        .send(Readable.from(gathered(first.done === true ? "" : first.value, pieces)));
    },
  );
}

/** A piece of its own for every finding would cost more than the finding. */
const pieceLength = 32_000;

async function* gathered(first: string, rest: AsyncGenerator<string, void, undefined>): AsyncGenerator<string, void, undefined> {
  let piece = first;
  for await (const text of rest) {
    piece += text;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

/** `findings-owner-name-main-2026-01-31.csv`, of letters, digits, dots and dashes alone. */
function nameOf(query: FindingFilters, format: FindingExportFormat): string {
  const scan = query.scan_id === undefined ? undefined : `scan-${query.scan_id}`;
  const parts = ["findings", query.repository, query.branch, scan, new Date().toISOString().slice(0, 10)].filter((part) => part !== undefined);
  const name = parts
    .join("-")
    .replace(/[^\w.-]+/g, "-")
    .replace(/[-.]{2,}/g, "-")
    .slice(0, 150);
  return `${name}.${format}`;
}
