import type { IncomingHttpHeaders } from "node:http";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";

const compress = promisify(gzip);
/** Below this the headers of an answer weigh as much as what could be saved. */
const leastLength = 1_400;

/**
 * For `onSend`: compresses JSON that was asked for and is long enough, for callers that take gzip. Answers to a POST are
 * left as they are: of a compressed answer with a secret in it, the length would tell something of the secret.
 */
export async function compressAnswer(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (typeof payload !== "string" || payload.length < leastLength || request.method !== "GET") return payload;
  if (reply.hasHeader("content-encoding") || !String(reply.getHeader("content-type")).startsWith("application/json")) return payload;
  reply.header("vary", "accept-encoding");
  if (!takesGzip(request.headers)) return payload;
  reply.header("content-encoding", "gzip");
  // What was set for the text is wrong for what is sent now.
  reply.removeHeader("content-length");
  return compress(payload, { level: constants.Z_BEST_SPEED });
}

/** By RFC 9110: a weight of 0 is a refusal. */
function takesGzip(headers: IncomingHttpHeaders): boolean {
  const offered = (headers["accept-encoding"] ?? "").toLowerCase().split(",");
  return offered.some((one) => {
    const [name, ...parameters] = one.split(";").map((part) => part.trim());
    return name === "gzip" && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
