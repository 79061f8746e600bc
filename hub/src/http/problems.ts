import type { IncomingMessage } from "node:http";
import type { FieldProblem, Problem } from "@sentinal/contract";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import type { z } from "zod";
import { type ErrorCode, errorCatalogue, HttpError } from "./errors.ts";

/** Errors of the HTTP server itself that are the caller's, by their code. */
const serverErrors: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "body_too_large",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "media_type_unknown",
  FST_ERR_CTP_EMPTY_JSON_BODY: "body_not_json",
  FST_ERR_CTP_INVALID_JSON_BODY: "body_not_json",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "body_incomplete",
  FST_ERR_BAD_URL: "bad_request",
  FST_ERR_MAX_PARAM_LENGTH: "bad_request",
  ECONNRESET: "body_incomplete",
};

/** How long the rest of a refused body is taken and thrown away. */
const discardWithinMs = 5_000;

/** Answers an error as `application/problem+json`; what is no expected error is logged and tells its request id only. */
export function answerError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  const expected = expectedError(error);
  if (expected.code === "internal") request.log.error({ err: error }, "a request failed");
  reply.headers(expected.headers);
  if (expected.status === 413 || request.raw.readableDidRead) discardRest(request.raw, reply);
  reply.status(expected.status).type("application/problem+json").send(problemOf(expected, request.id));
}

export function problemOf(error: HttpError, requestId: string): Problem {
  const entry = errorCatalogue[error.code];
  return {
    ...error.members,
    type: `/api-docs#error-${error.code}`,
    title: entry.title,
    status: entry.status,
    detail: error.message === entry.title ? entry.fix : `${asSentence(error.message)} ${entry.fix}`,
    code: error.code,
    request_id: requestId,
    ...(error.errors.length > 0 && { errors: [...error.errors] }),
  };
}

/** What a schema found wrong, field by field. */
export function fieldProblems(issues: readonly z.core.$ZodIssue[], prefix = ""): FieldProblem[] {
  return issues.slice(0, 20).map((issue) => ({
    field: fieldName(issue, prefix),
    problem: issue.message,
    fix: fixFor(issue),
  }));
}

/**
 * The rest of a body that is too large, or was refused in its middle, is read for a moment and thrown away: a connection that is closed while the
 * sender still writes is reset, and the answer is lost on its way.
 */
function discardRest(body: IncomingMessage, reply: FastifyReply): void {
  reply.removeHeader("connection");
  if (body.complete) return;
  const timer = setTimeout(() => body.destroy(), discardWithinMs);
  body.once("close", () => clearTimeout(timer));
  // Not at once: who read the body before lets go of it in this turn.
  setImmediate(() => body.resume());
}

function asSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function expectedError(error: FastifyError | Error): HttpError {
  if (error instanceof HttpError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map((entry) => ({
      field: entry.instancePath.replace(/^\//, "").replaceAll("/", ".") || "(body)",
      problem: entry.message ?? "is wrong",
      fix: "See /api-docs for what this field takes.",
    }));
    return new HttpError(
      "field_invalid",
      errors
        .map((entry) => `${entry.field}: ${entry.problem}.`)
        .slice(0, 3)
        .join(" "),
      { errors },
    );
  }
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const known = serverErrors[code];
  if (known !== undefined) return new HttpError(known);
  const status = "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : 500;
  if (error instanceof SyntaxError && status < 500) return new HttpError("body_not_json", error.message.slice(0, 200));
  if (status >= 400 && status < 500) return new HttpError("bad_request");
  return new HttpError("internal");
}

function fieldName(issue: z.core.$ZodIssue, prefix: string): string {
  const path = [...(prefix === "" ? [] : [prefix]), ...issue.path.map(String)];
  return path.length === 0 ? "(body)" : path.join(".");
}

function fixFor(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `Send a ${issue.expected}${issue.input === undefined ? "; the field is missing" : ""}.`;
    case "too_big":
      return `At most ${String(issue.maximum)}.`;
    case "too_small":
      return `At least ${String(issue.minimum)}.`;
    case "invalid_value":
      return `One of: ${issue.values.map(String).join(", ")}.`;
    case "unrecognized_keys":
      return "Leave it out.";
    default:
      return "See /api-docs for what this field takes.";
  }
}
