import { hash, randomUUID } from "node:crypto";
import { IntakeAnswer, RunFacts, type ScanType, scanTypes, type Warning, WebhookBody } from "@sentinal/contract";
import { nameOfUnsupported, readerOf, type ReportReader, recognise, sniffContainer, splitEnvelope } from "@sentinal/reports";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Database } from "../database/index.ts";
import { type Access, fieldError, fieldProblems, HttpError, type HttpServer, type Principal, type RateLimit, visibleRepository } from "../http/index.ts";
import type { ReadingPool } from "../reading/index.ts";
import { acceptArchive, archiveOf } from "./archive.ts";
import { receiveBody } from "./body.ts";
import type { Intake } from "./intake.ts";
import { factsOfSender } from "./own-run.ts";
import { bodyOf, forgetPieces, receiveReport, reportBytes } from "./report-upload.ts";
import { cleanTexts } from "./texts.ts";

/** The JSON webhook's body, inflated. */
const webhookBytes = 32 * 1024 * 1024;
const defaultRepository = "default";

const QueryText = z.union([z.string(), z.array(z.string())]);
/** The run's facts as a query holds them: text, each once; what is not named here is kept too. */
const ReportQuery = z
  .object(Object.fromEntries(["scan_type", "format", ...Object.keys(RunFacts.shape)].map((name) => [name, QueryText.optional()])))
  .catchall(QueryText);

export type IntakeRoutesDependencies = {
  db: Database;
  access: Access;
  intake: Intake;
  reading: Pick<ReadingPool, "checkPlaces" | "readWhole">;
  rateLimit: RateLimit;
};

/** The two ways in: the webhook with its JSON body, and the tool's own file as it is. */
export async function registerIntakeRoutes(http: HttpServer, dependencies: IntakeRoutesDependencies): Promise<void> {
  await http.register(async (plain) => {
    const scope = plain.withTypeProvider<ZodTypeProvider>();
    // Bodies are read by us, as streams and within limits of their own; before that the caller is checked.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));

    scope.post(
      "/api/cicd/webhook/:scan_type",
      {
        onRequest: dependencies.access.guard({ scope: "webhook:write" }),
        bodyLimit: webhookBytes,
        schema: {
          tags: ["CI results"],
          summary: "Post counts, or a tool's own JSON report, for one scan type",
          description: `The body is contract JSON: ${Object.keys(WebhookBody.shape).join(", ")}. \`results\` holds counts, \`report\` the tool's own JSON, untouched. Unknown fields are kept. At most 32 MB; gzip is taken.`,
          security: [{ bearer: [] }],
          params: z.object({ scan_type: z.string() }),
          response: { 200: IntakeAnswer, 202: IntakeAnswer },
        },
      },
      (request, reply) => acceptWebhook(dependencies, request, reply, request.params.scan_type),
    );

    scope.post(
      "/api/cicd/reports",
      {
        onRequest: dependencies.access.guard({ scope: "webhook:write" }),
        bodyLimit: reportBytes,
        schema: {
          tags: ["CI results"],
          summary: "Send a tool's report file as it is",
          description: `The file is the body, streamed, gzip, zstd, br and deflate allowed, at most 1 GB inflated; a ZIP archive of report files, at most 64 MB, is taken file by file. Or the body is multipart/form-data: the file is the part report, and the part places (application/json, at most 64 MB) tells by path and line the hashes of the source that findings are told of, so that they are found again although lines moved. What the webhook takes as fields is taken as query: ${Object.keys(RunFacts.shape).join(", ")} (shard as index/total). scan_type and format may be left out: the content tells them.`,
          security: [{ bearer: [] }],
          querystring: ReportQuery,
          response: { 200: IntakeAnswer, 202: IntakeAnswer },
        },
      },
      (request, reply) => acceptReport(dependencies, request, reply, request.query),
    );
  });
}

async function acceptWebhook(
  dependencies: IntakeRoutesDependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  scanTypeText: string,
): Promise<IntakeAnswer> {
  const principal = senderOf(dependencies, request);
  const scanType = parseScanType(scanTypeText);
  const body = await receiveBody(bodyOf(request), {
    contentEncoding: request.headers["content-encoding"],
    limits: { inflatedBytes: webhookBytes, keepBytes: webhookBytes },
  });
  if (body.inflatedBytes === 0) throw new HttpError("body_not_json", "The body is empty.");
  const split = splitEnvelope(body.bytes ?? Buffer.alloc(0));
  if ("problem" in split) {
    const { message, line, column } = split.problem;
    throw new HttpError("body_not_json", `Line ${line}, column ${column}: ${message}.`);
  }
  const parsed = WebhookBody.safeParse(cleanTexts(split.fields));
  if (!parsed.success) throw invalidFields(parsed.error);
  const { results, report: _absent, ...told } = parsed.data;
  const repository = repositoryOf(told.repository, principal);
  const facts = factsOfSender(told, principal);
  const warnings: Warning[] = [];
  const report = split.report === null ? null : webhookReport(split.report, scanType, results !== undefined, warnings);
  if (report === null && results === undefined) {
    throw new HttpError("field_invalid", "Neither results nor report was sent.", {
      errors: [{ field: "results", problem: "is missing, and so is report", fix: "Send counts in results, the tool's own JSON in report, or both." }],
    });
  }
  const bytes =
    split.report === null ? Buffer.from(JSON.stringify(results ?? null)) : Buffer.from(split.report.buffer, split.report.byteOffset, split.report.byteLength);
  const answer = await dependencies.intake.accept({
    importId: randomUUID(),
    facts,
    envelope: facts,
    repository,
    scanType,
    results: results ?? null,
    report: report === null ? null : { ...report, bytes, sizeBytes: bytes.length, encoding: null, places: null },
    sha256: hash("sha256", bytes, "buffer"),
    ...senderIds(principal),
    warnings,
  });
  return answerWith(reply, answer);
}

async function acceptReport(
  dependencies: IntakeRoutesDependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  query: z.infer<typeof ReportQuery>,
): Promise<IntakeAnswer> {
  const principal = senderOf(dependencies, request);
  const { facts: told, scanType, format } = parseReportQuery(query);
  const repository = repositoryOf(told.repository, principal);
  const facts = factsOfSender(told, principal);
  const importId = randomUUID();
  const { body, places } = await receiveReport(dependencies, request, importId);
  try {
    if (body.inflatedBytes === 0) throw new HttpError("body_incomplete", "The body is empty.");
    const warnings: Warning[] = [];
    if (body.encoding === null && sniffContainer(body.head) === "zip") {
      if (places !== null)
        warnings.push({ code: "places_ignored", message: "Places are told of one report, and this is an archive of several: they were not used." });
      const zip = await archiveOf(dependencies.db, importId, body);
      await forgetPieces(dependencies.db, importId);
      const common = { facts, envelope: { ...query, ...facts }, repository, scanType: scanType ?? "lint", results: null, ...senderIds(principal), warnings };
      return answerWith(reply, await acceptArchive(dependencies, common, zip));
    }
    const recognised = readerFor(body.head, scanType, format, warnings);
    const answer = await dependencies.intake.accept({
      importId,
      facts,
      envelope: { ...query, ...facts },
      repository,
      scanType: recognised.scanType,
      results: null,
      report: { ...recognised, bytes: body.bytes, sizeBytes: body.inflatedBytes, encoding: body.bytes === null ? body.encoding : null, places },
      sha256: body.sha256(),
      ...senderIds(principal),
      warnings,
    });
    return answerWith(reply, answer);
  } catch (error) {
    await forgetPieces(dependencies.db, importId);
    throw error;
  }
}

function senderOf(dependencies: IntakeRoutesDependencies, request: FastifyRequest): Principal {
  const principal = dependencies.access.principal(request);
  dependencies.rateLimit.take(principal.subjects[0] ?? request.ip);
  return principal;
}

type Recognised = { reader: ReportReader; scanType: ScanType };

/** The reader of a webhook's report; null for `report: null` beside counts, which means that there is none. */
function webhookReport(bytes: Uint8Array, scanType: ScanType, hasResults: boolean, warnings: Warning[]): Recognised | null {
  const isNull = bytes.length === 4 && Buffer.from(bytes).toString("latin1") === "null";
  if (isNull && (hasResults || recognise(bytes, scanType) === null)) return null;
  return readerFor(bytes.subarray(0, 64 * 1024), scanType, null, warnings);
}

/** The content decides; a scan type that was named wrongly is a warning. */
function readerFor(head: Uint8Array, scanType: ScanType | null, format: string | null, warnings: Warning[]): Recognised {
  if (format !== null) {
    const named = readerOf(format);
    if (named === null)
      throw fieldError("format", `${JSON.stringify(format.slice(0, 50))} is no format that this hub reads`, "Leave it out: the content tells it.");
    return { reader: named, scanType: named.scanTypeOf?.(head) ?? named.scanType };
  }
  const recognised = recognise(head, scanType ?? undefined);
  if (recognised === null) {
    const name = nameOfUnsupported(head);
    throw new HttpError(
      "format_unknown",
      name === null ? "The content is of no format that this hub reads." : `This is ${name}, which this hub does not read yet.`,
    );
  }
  const { reader } = recognised;
  if (scanType !== null && recognised.scanType !== scanType) {
    warnings.push({
      code: "scan_type_corrected",
      message: `The content is ${reader.format}, so it was stored under ${recognised.scanType} instead of ${scanType}.`,
    });
  }
  return { reader, scanType: recognised.scanType };
}

function parseScanType(text: string): ScanType {
  const found = scanTypes.find((known) => known === text);
  if (found === undefined) throw fieldError("scan_type", `${JSON.stringify(text.slice(0, 50))} is no scan type`, `One of: ${scanTypes.join(", ")}.`);
  return found;
}

/** Queries hold text only: numbers are read, `shard` is `index/total`. */
function parseReportQuery(query: z.infer<typeof ReportQuery>): { facts: RunFacts; scanType: ScanType | null; format: string | null } {
  const numeric = new Set(["run_id", "github_run_id", "run_attempt", "pull_request"]);
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    if (Array.isArray(value)) throw fieldError(name, "stands in the query more than once", "Send it once.");
    // GitHub's expressions give an empty string for what an event has not.
    if (value === "") continue;
    fields[name] = numeric.has(name) && /^\d{1,16}$/.test(value) ? Number(value) : value;
  }
  if (typeof fields["shard"] === "string") {
    const match = /^(\d{1,5})\/(\d{1,5})$/.exec(fields["shard"]);
    fields["shard"] = match === null ? fields["shard"] : { index: Number(match[1]), total: Number(match[2]) };
  }
  const parsed = RunFacts.safeParse(fields);
  if (!parsed.success) throw invalidFields(parsed.error);
  const scanType = fields["scan_type"];
  const format = fields["format"];
  return { facts: parsed.data, scanType: typeof scanType === "string" ? parseScanType(scanType) : null, format: typeof format === "string" ? format : null };
}

/** Who sent it, as its import tells. */
function senderIds(principal: Principal): { apiTokenId: number | null; trustBindingId: number | null } {
  return { apiTokenId: principal.kind === "api_token" ? principal.id : null, trustBindingId: principal.kind === "oidc" ? principal.binding : null };
}

function repositoryOf(named: string | undefined, principal: Principal): string {
  const bound = visibleRepository(principal);
  if (bound !== null && named !== undefined && named !== bound) {
    throw new HttpError("repository_not_allowed", `The token is bound to ${bound}.`, {
      errors: [{ field: "repository", problem: `is not ${bound}`, fix: "Leave it out, or use a token of that repository." }],
    });
  }
  return bound ?? named ?? defaultRepository;
}

function invalidFields(error: z.ZodError): HttpError {
  const errors = fieldProblems(error.issues);
  return new HttpError(
    "field_invalid",
    errors
      .slice(0, 3)
      .map((entry) => `${entry.field}: ${entry.problem}.`)
      .join(" "),
    { errors },
  );
}

function answerWith(reply: FastifyReply, answer: IntakeAnswer): IntakeAnswer {
  const isOver = answer.status !== "queued" && answer.status !== "running";
  if (!isOver) reply.status(202).header("location", `/api/cicd/imports/${answer.import_id}`);
  return answer;
}
