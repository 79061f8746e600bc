import { createHmac, hash, randomUUID, timingSafeEqual } from "node:crypto";
import { IntakeAnswer, RunFacts } from "@sentinal/contract";
import { recognise } from "@sentinal/reports";
import type { FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Database } from "../database/index.ts";
import { type Access, type CallerRequest, fieldError, HttpError, type HttpServer, type RateLimit, visibleRepository } from "../http/index.ts";
import { receiveBody } from "./body.ts";
import type { Intake } from "./intake.ts";
import { cleanTexts } from "./texts.ts";

const bodyBytes = 1024 * 1024;
const signatureHeader = "x-sonar-webhook-hmac-sha256";

/** What is read of SonarQube's own webhook besides the verdict, which the reader reads. */
const Analysis = z.object({
  revision: z.string().min(1).max(200),
  project: z.object({ key: z.string().min(1).max(400) }),
  branch: z.object({ name: z.string().min(1).max(1_024), type: z.string().optional() }).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
});

export type SonarqubeWebhookDependencies = {
  db: Database;
  access: Access;
  intake: Intake;
  rateLimit: RateLimit;
  /** The webhook's secret; null: it signs in with an API token. */
  secret: string | null;
};

/**
 * SonarQube's own webhook, which carries the quality gate alone. It proves itself by its secret (HMAC-SHA-256 over the
 * body), or by an API token with `webhook:write` as the password of basic authentication.
 */
export async function registerSonarqubeWebhook(http: HttpServer, dependencies: SonarqubeWebhookDependencies): Promise<void> {
  await http.register(async (plain) => {
    const scope = plain.withTypeProvider<ZodTypeProvider>();
    // The signature is over the bytes as they came.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));

    scope.post(
      "/api/cicd/sonarqube",
      {
        bodyLimit: bodyBytes,
        schema: {
          tags: ["CI results"],
          summary: "SonarQube's own webhook",
          description:
            "Give this address to SonarQube as a webhook, with the secret of SENTINAL_SONARQUBE_WEBHOOK_SECRET, or with an API token as the password: https://hub:TOKEN@…. The run is found by revision and branch; the repository is the analysis property sonar.analysis.repository, else the one that is named as the project key, with _ for /, else the project key.",
          response: { 200: IntakeAnswer, 202: IntakeAnswer },
        },
      },
      (request) => acceptAnalysis(dependencies, request),
    );
  });
}

async function acceptAnalysis(dependencies: SonarqubeWebhookDependencies, request: FastifyRequest): Promise<IntakeAnswer> {
  const signature = request.headers[signatureHeader];
  const isSigned = typeof signature === "string" && dependencies.secret !== null;
  // Before any of the body is read, where that can be.
  const sender = isSigned ? null : await signIn(dependencies, request);
  dependencies.rateLimit.take(sender?.subjects[0] ?? request.ip);
  const body = await receiveBody(request.raw.iterator({ destroyOnReturn: false }), {
    contentEncoding: request.headers["content-encoding"],
    limits: { inflatedBytes: bodyBytes, keepBytes: bodyBytes },
  });
  const bytes = body.bytes ?? Buffer.alloc(0);
  if (isSigned && !isSignatureOf(bytes, signature, dependencies.secret ?? "")) throw new HttpError("not_signed_in", "The signature is not that of the secret.");

  const analysis = readAnalysis(bytes);
  const bound = sender === null ? null : visibleRepository(sender);
  const repository = await repositoryOf(dependencies.db, analysis);
  if (bound !== null && bound !== repository) throw new HttpError("repository_not_allowed", `The token is bound to ${bound}.`);
  const recognised = recognise(bytes, "sonarqube");
  if (recognised === null || recognised.reader.format !== "sonarqube") throw new HttpError("format_unknown", "The body is no webhook of SonarQube.");
  const isPullRequest = analysis.branch?.type === "PULL_REQUEST" && /^\d{1,9}$/.test(analysis.branch.name);
  const facts = RunFacts.parse({
    commit_hash: analysis.revision,
    branch: isPullRequest ? `refs/pull/${analysis.branch?.name}/merge` : (analysis.branch?.name ?? "main"),
    ...(isPullRequest && { pull_request: Number(analysis.branch?.name) }),
    // Apart from a report of issues, which an analysis has besides.
    category: "quality gate",
  });
  return dependencies.intake.accept({
    importId: randomUUID(),
    facts,
    envelope: facts,
    repository,
    scanType: recognised.scanType,
    results: null,
    report: { reader: recognised.reader, scanType: recognised.scanType, bytes, sizeBytes: bytes.length, encoding: null, places: null },
    sha256: hash("sha256", bytes, "buffer"),
    apiTokenId: sender?.kind === "api_token" ? sender.id : null,
    trustBindingId: null,
    warnings: [],
  });
}

/** By `Authorization: Basic`, with the token as the password (else as the name), or `Bearer`. */
async function signIn({ access }: SonarqubeWebhookDependencies, request: FastifyRequest) {
  const basic = /^Basic +([A-Za-z0-9+/=]{1,4096})$/i.exec(request.headers.authorization ?? "")?.[1];
  const [name = "", password = ""] = basic === undefined ? [] : Buffer.from(basic, "base64").toString("utf8").split(":", 2);
  const authorization = basic === undefined ? request.headers.authorization : `Bearer ${password === "" ? name : password}`;
  const caller: CallerRequest = { headers: authorization === undefined ? {} : { authorization }, ip: request.ip, id: request.id };
  await access.guard({ scope: "webhook:write" })(caller);
  const sender = access.principal(caller);
  // An analysis tells no run, and a job's token is good for its own run alone.
  if (sender.kind === "oidc") throw new HttpError("run_not_allowed", "SonarQube's webhook does not tell the run that the token is bound to.");
  return sender;
}

function isSignatureOf(bytes: Buffer, signature: string, secret: string): boolean {
  const expected = createHmac("sha256", secret).update(bytes).digest();
  const given = Buffer.from(/^[0-9a-f]{64}$/i.test(signature) ? signature : "", "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function readAnalysis(bytes: Buffer): z.infer<typeof Analysis> {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new HttpError("body_not_json", "The body is not JSON.");
  }
  const parsed = Analysis.safeParse(cleanTexts(value));
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join(".") ?? "";
  throw fieldError(
    field === "" ? "body" : field,
    "is missing or of another type",
    "Send what SonarQube's webhook sends; a revision comes with scanners that see the commit.",
  );
}

async function repositoryOf(db: Database, { project, properties }: z.infer<typeof Analysis>): Promise<string> {
  const told = properties?.["sonar.analysis.repository"];
  if (typeof told === "string" && told !== "" && told.length <= 300) return told;
  const asOwner = project.key.replace("_", "/");
  const known = await db.selectFrom("repositories").select("name").where("name", "in", [project.key, asOwner]).orderBy("id").executeTakeFirst();
  return (known?.name ?? project.key).slice(0, 300);
}
