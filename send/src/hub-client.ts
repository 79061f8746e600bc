import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { Readable } from "node:stream";
import { version } from "./version.ts";

/** What a server answered, whatever its status. */
export type HubAnswer = { status: number; headers: Readonly<Record<string, string | undefined>>; body: string };

export type HubCall = {
  method: "GET" | "POST";
  url: URL;
  headers?: Readonly<Record<string, string>>;
  /** Sent as it comes. It is closed when the server answers before all of it was sent. */
  body?: Readable;
  /** Silence after which the call is given up: no byte sent, none received. */
  idleTimeoutMs?: number;
};

/** No answer came; the message says why and what to check. */
export class HubUnreachable extends Error {}

const usualIdleTimeoutMs = 60_000;
const mostAnswerBytes = 4 * 1024 * 1024;

/**
 * One HTTP call, without redirects (they would carry the token elsewhere). Throws HubUnreachable.
 * Not `fetch`: that one loses an answer that comes while the body is still on its way, as a refusal does.
 */
export async function callHub(call: HubCall): Promise<HubAnswer> {
  const isSecure = call.url.protocol === "https:";
  // HTTPS_PROXY, HTTP_PROXY and NO_PROXY, as other tools read them. Kept alive although it is used once: a server that is
  // to close behind its answer cuts off what it has not read, and the answer with it.
  const agentOptions = { ...(!isLoopback(call.url) && { proxyEnv: process.env }), keepAlive: true };
  const agent = isSecure ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions);
  const idleTimeoutMs = call.idleTimeoutMs ?? usualIdleTimeoutMs;
  try {
    return await new Promise<HubAnswer>((resolve, reject) => {
      const sending = (isSecure ? httpsRequest : httpRequest)(call.url, {
        method: call.method,
        agent,
        headers: { "user-agent": `sentinal/${version}`, accept: "application/json, application/problem+json", ...call.headers },
      });
      sending.setTimeout(idleTimeoutMs, () => sending.destroy(new HubUnreachable(`${call.url.origin} has been silent for ${idleTimeoutMs / 1_000} s.`)));
      sending.on("error", (error) => {
        call.body?.destroy();
        reject(error instanceof HubUnreachable ? error : unreachable(error, call.url));
      });
      sending.on("response", (response) => {
        readAnswer(response).then(
          (answer) => {
            call.body?.destroy();
            resolve(answer);
            sending.destroy();
          },
          (error: Error) => reject(unreachable(error, call.url)),
        );
      });
      if (call.body === undefined) {
        sending.end();
        return;
      }
      call.body.on("error", (error) => {
        sending.destroy();
        reject(error);
      });
      call.body.pipe(sending);
    });
  } finally {
    agent.destroy();
  }
}

/** True for addresses that never leave this machine. */
export function isLoopback(url: URL): boolean {
  return url.hostname === "localhost" || url.hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(url.hostname);
}

async function readAnswer(response: IncomingMessage): Promise<HubAnswer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    const buffer = Buffer.from(chunk);
    length += buffer.length;
    if (length > mostAnswerBytes) throw new Error("its answer is too long");
    chunks.push(buffer);
  }
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]));
  return { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks).toString("utf8") };
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there. Is the hub running?",
  ENOTFOUND: "no server has this name. Check the address.",
  EAI_AGAIN: "the name cannot be looked up at the moment. Check the network.",
  ECONNRESET: "the connection was cut.",
  EPIPE: "the connection was cut.",
  ETIMEDOUT: "it does not answer. Check the address and the firewall.",
  EHOSTUNREACH: "there is no way to it from here. Check the network.",
  ENETUNREACH: "there is no way to it from here. Check the network.",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed. Give the certificate's file in NODE_EXTRA_CA_CERTS.",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is of an authority that is not known here. Give the authority's file in NODE_EXTRA_CA_CERTS.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is of an authority that is not known here. Give the authority's file in NODE_EXTRA_CA_CERTS.",
  CERT_HAS_EXPIRED: "its certificate has expired.",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name.",
  EPROTO: "it does not speak TLS there. Is the address http:// and not https://?",
};

function unreachable(error: Error, url: URL): HubUnreachable {
  const code = codeOf(error);
  return new HubUnreachable(`${url.origin} cannot be reached: ${reasons[code] ?? `${error.message || code}.`}`, { cause: error });
}

function codeOf(error: Error): string {
  // A name with several addresses fails with one error for each.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error && "code" in first && typeof first.code === "string" ? first.code : "";
}
