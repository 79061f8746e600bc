import { AuditChain, AuditEntry, AuditFilters, AuditSearchBody, AuditSearchResult, page } from "@sentinal/contract";
import { Readable } from "node:stream";
import { z } from "zod";
import { type Database, inTransaction } from "../database/index.ts";
import { type Access, fieldError, type HttpServer } from "../http/index.ts";
import type { AuditChecks } from "./checks.ts";
import { entryById, pageOfEntries, searchValue } from "./entries.ts";
import { exportLog } from "./export.ts";
import type { Fingerprints } from "./fingerprint.ts";
import { recordAudit } from "./record.ts";
import type { NamesOf } from "./words.ts";

const tags = ["Audit"];
const security = [{ bearer: [] }];
/** A value may have 10,000 characters. */
const searchLimit = 64 * 1024;
const limit = z.coerce.number().int().min(1).max(200).default(50);
const cursor = z.string().max(500).optional();
const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

export function registerAuditRoutes(
  http: HttpServer,
  access: Access,
  parts: { db: Database; names: NamesOf; fingerprints: Fingerprints; checks: AuditChecks },
): void {
  const { db, checks } = parts;
  const onRequest = access.guard({ role: "Admin" });

  http.get(
    "/api/audit",
    {
      onRequest,
      schema: {
        tags,
        security,
        summary: "The audit log, the newest entry first",
        description:
          "`action` is an action or how it begins: `api_token.` means everything about API tokens. An entry is sealed into the hash chain within a second; until then `position` and `hash` are null.",
        querystring: AuditFilters.extend({ limit, cursor }),
        response: { 200: page(AuditEntry) },
      },
    },
    async (request) => pageOfEntries(parts, request.query, request.query),
  );

  http.get(
    "/api/audit/entries/:id",
    { onRequest, schema: { tags, security, summary: "One entry of the audit log", params: z.object({ id }), response: { 200: AuditEntry } } },
    async (request) => entryById(parts, request.params.id),
  );

  http.post(
    "/api/audit/search",
    {
      onRequest,
      bodyLimit: searchLimit,
      schema: {
        tags,
        security,
        summary: "Entries that speak of a secret value",
        description:
          "The log holds keyed fingerprints and never values; the value that is sent is kept nowhere. Of an API token, all that was done with it and to it is told, at most 500 entries, the newest first.",
        body: AuditSearchBody,
        response: { 200: AuditSearchResult },
      },
    },
    async (request) => searchValue(parts, request.body.value),
  );

  http.get(
    "/api/audit/export",
    {
      onRequest,
      schema: {
        tags,
        security,
        summary: "The audit log as JSON lines, with the hashes of its chain",
        description:
          "In the order of the chain, from the moment `from` on, until before `to`. The file can be verified by itself, with `sentinal audit verify --file` or by the rule in the guide.",
        querystring: AuditFilters.pick({ from: true, to: true }),
      },
    },
    async (request, reply) => {
      const { from, to } = request.query;
      const range = { from: from === undefined ? null : new Date(from), to: to === undefined ? null : new Date(to) };
      if (range.from !== null && range.to !== null && range.from >= range.to) throw fieldError("to", "is not after `from`", "Give a moment after it.");
      const principal = access.principal(request);
      await inTransaction(db, (trx) =>
        recordAudit(trx, {
          actor: { kind: principal.kind, id: principal.id },
          action: "audit.exported",
          address: request.ip,
          requestId: request.id,
          detail: { from: from ?? null, to: to ?? null },
        }),
      );
      const pieces = exportLog(db, range, Date.now());
      // The first piece is waited for: what goes wrong at the start is answered as an error, and not as a file that breaks off.
      const first = await pieces.next();
      return reply
        .type("application/x-ndjson; charset=utf-8")
        .header("content-disposition", `attachment; filename="sentinal-audit-${new Date().toISOString().slice(0, 10)}.jsonl"`)
        .send(Readable.from(following(first.done === true ? "" : first.value, pieces)));
    },
  );

  http.get(
    "/api/audit/chain",
    {
      onRequest,
      schema: {
        tags,
        security,
        summary: "How the hash chain stands: its head, what waits for its seal, and what the last check found",
        response: { 200: AuditChain },
      },
    },
    async () => checks.state(),
  );

  http.post(
    "/api/audit/verify",
    {
      onRequest,
      schema: {
        tags,
        security,
        summary: "Begin to check the whole log against its hash chain",
        description: "It takes some seconds a million entries; `GET /api/audit/chain` tells the outcome. A hub checks once a day by itself.",
        response: { 202: AuditChain },
      },
    },
    async (_request, reply) => {
      checks.begin();
      return reply.status(202).send(await checks.state());
    },
  );
}

async function* following(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}
