import type { Extractor } from "../../extractor.ts";
import { failureFollows } from "./failure-mark.ts";

const networkForms: readonly RegExp[] = [
  /\b(?:getaddrinfo|queryA?) (?:EAI_AGAIN|ENOTFOUND)\b/,
  /\b(?:connect|read|write) (?:ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|EPIPE)\b/,
  /\b(?:Temporary failure in name resolution|Name or service not known|Could not resolve host(?:name)?|nodename nor servname provided|No such host is known|no such host)\b/,
  /\b(?:TLS handshake timeout|net\/http: (?:request canceled|TLS)|SSL_ERROR_SYSCALL|Remote host terminated the handshake|SSLHandshakeException|SSLError|CERTIFICATE_VERIFY_FAILED)\b/,
  /\bdial tcp\b.{0,200}\b(?:i\/o timeout|connection (?:refused|reset)|no such host|network is unreachable|connect: )/,
  /\b(?:java\.net\.(?:UnknownHostException|SocketTimeoutException|ConnectException|SocketException)|java\.net\.http\.HttpConnectTimeoutException): /,
  /\b(?:requests\.exceptions|urllib3\.exceptions|aiohttp\.client_exceptions|httpx)\.\w{1,60}(?:Error|Timeout|Exception): /,
  /\burllib\.error\.(?:URLError|HTTPError): /,
  /\b(?:Connection (?:timed out|reset by peer)|Network is unreachable|No route to host|unable to connect to the remote server)\b/i,
  /\b(?:502 Bad Gateway|503 Service (?:Temporarily )?Unavailable|504 Gateway Time-?out|500 Internal Server Error)\b/i,
];
const rateLimit =
  /\b(?:API rate limit exceeded|rate limit exceeded|secondary rate limit|429 Too Many Requests|Too Many Requests|Rate exceeded|ThrottlingException|RequestLimitExceeded|status(?: code)?:? 429)\b/i;
/** Code under test speaks so too, of servers of its own. */
const local = /\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal)\b|\bexpected\b|\bassert/i;
const ofCode =
  /^\s{0,40}(?:at |E {2,}|FAIL|not ok|✕|●|\d+\) |Caused by: |\[?(?:WARN|INFO|DEBUG|warn|info|debug))|^npm (?:WARN|warn|http|info)|\bretry|\bRetry|\battempt \d|\bwill try/;

/** A name without a dot is that of a container which the job should have started beside. */
const beside = /(?:\blookup|\b(?:ENOTFOUND|EAI_AGAIN)|resolve host(?:name)?:?|UnknownHostException:|host name) "?(?!\S{0,200}\.)[\w-]/;

/** A server that did not answer, or refuses for a while. Only where it is the last that the command said. */
export const network: Extractor = {
  name: "network",
  title: "Network and limits",
  keywords: [
    "getaddrinfo",
    "querya",
    "econnrefused",
    "econnreset",
    "etimedout",
    "enetunreach",
    "ehostunreach",
    "epipe",
    "name resolution",
    "name or service not known",
    "resolve host",
    "nor servname",
    "such host",
    "handshake timeout",
    "terminated the handshake",
    "sslhandshake",
    "request canceled",
    "ssl_error",
    "sslerror",
    "certificate_verify",
    "dial tcp",
    "unknownhost",
    "sockettimeout",
    "connectexception",
    "socketexception",
    "connecttimeout",
    "requests.exceptions",
    "urllib3.exceptions",
    "client_exceptions",
    "urllib.error",
    "connection timed out",
    "connection reset",
    "is unreachable",
    "route to host",
    "remote server",
    "bad gateway",
    "service unavailable",
    "temporarily unavailable",
    "gateway time",
    "internal server error",
    "rate limit",
    "too many requests",
    "rate exceeded",
    "throttlingexception",
    "requestlimitexceeded",
    "status code 429",
    "status 429",
    "status: 429",
  ],
  open: () => (view) => {
    const { text, command } = view.line;
    if (/^\s{0,8}"message": ?"API rate limit exceeded for /.test(text))
      return { category: "infra.rate_limit", strength: "likely", reason: "GitHub's answer says that its limit was reached" };
    if (command === "warning" || command === "group" || command === "debug" || local.test(text) || ofCode.test(text)) return undefined;
    const limited = rateLimit.test(text);
    if (!limited && !networkForms.some((pattern) => pattern.test(text))) return undefined;
    if (!failureFollows(view, 12)) return undefined;
    return {
      category: limited ? "infra.rate_limit" : "infra.network",
      strength: "likely",
      reason: limited ? "A server's limit was reached" : "A server could not be reached, or did not answer",
      // A port where nothing listens is more often a server that the job itself should have started.
      ...(/refused/i.test(text) || beside.test(text) ? { transient: "possible" as const } : {}),
    };
  },
};
