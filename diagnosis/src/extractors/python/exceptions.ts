import type { Category, Transient } from "../../categories.ts";

/** What an exception means: its category, and whether another try would pass where that is not as usual for the category. */
export type Meaning = { readonly category: Category; readonly transient?: Transient };

/** `pkg.mod.SomeError: message`, `KeyError`, `SystemExit: 2`; not `Note: …`, `WARNING: …`. Groups: the last part of its name, and the message. */
const exceptionLine = /^(?:[A-Za-z_]\w{0,80}\.){0,10}([A-Z_]\w{0,80})(?:: (.*)|:)?$/;
const exceptionName =
  /(?:Error|Exception|Exit|Interrupt|Warning|Failure|Failed|NotFound|Conflict|Timeout|Expired|Impossible|Unavailable|Missing|Invalid|Abort|Denied|Refused|Disconnected|DoesNotExist|Unsupported|Incomplete\w*|_?Exception\w*|Required|Stop\w*|Skipped|Cancelled|Group)$/;

/** The exception that a line of a traceback's end names; null for other lines. */
export function exceptionIn(text: string): { readonly name: string; readonly message: string } | null {
  const found = exceptionLine.exec(text);
  const name = found?.[1];
  if (name === undefined || !exceptionName.test(name)) return null;
  return { name, message: found?.[2] ?? "" };
}

const missingLibrary =
  /cannot open shared object file|DLL load failed|Library not loaded|undefined symbol|symbol not found|GLIBC(?:XX)?_|incompatible architecture|image not found|wrong ELF class|Unable to load (?:library|shared)|OSError: lib\S+: cannot open/;
const ownMachine = /localhost|127\.0\.0\.1|0\.0\.0\.0|\[?::1\]?[:)]|\.local\b|host='(?!.{0,80}\.)/;
const network =
  /^(?:ConnectionError|ConnectTimeout|ConnectionTimeout|ReadTimeout|ReadTimeoutError|MaxRetryError|NewConnectionError|ConnectionResetError|ConnectionAbortedError|ConnectionRefusedError|RemoteDisconnected|IncompleteRead|ProtocolError|gaierror|URLError|SSLError|ProxyError|ChunkedEncodingError|ClientConnectorError|ServerDisconnectedError|ClientOSError|ConnectError|RemoteProtocolError)$/;

const networkWords =
  /[Cc]ouldn't connect to|Temporary failure in name resolution|Name or service not known|Connection reset by peer|[Rr]ead timed out|Network is unreachable/;

/** Names that no package has: what is missing is a folder on the search path. */
const ownModule = /^No module named '?(?:conftest|tests?|src)\b/;

/** What an uncaught exception means. Undefined where only what ran tells. */
export function meaningOf(name: string, message: string): Meaning | undefined {
  if (missingLibrary.test(message)) return { category: "env.missing_library" };
  if (ownModule.test(message)) return { category: "code.import_error" };
  if (name === "ModuleNotFoundError" || /^No module named\b/.test(message)) return { category: "dependency.missing_module" };
  if (name === "DistributionNotFound" || name === "PackageNotFoundError") return { category: "dependency.missing_module" };
  if (/^(?:Contextual)?VersionConflict$/.test(name)) return { category: "dependency.resolution" };
  if (name === "ImportError") return { category: "code.import_error" };
  if (/^(?:SyntaxError|IndentationError|TabError)$/.test(name)) return { category: "code.syntax" };
  if (/^(?:MemoryError|OutOfMemoryError|_ArrayMemoryError)$/.test(name) || /CUDA out of memory|\[Errno 12\]/.test(message)) return { category: "resource.oom" };
  if (/\[Errno 28\]|No space left on device/.test(message)) return { category: "resource.disk_full" };
  if (/^HTTPError$/.test(name) || /^\d{3} (?:Client|Server) Error/.test(message)) return answerOf(message);
  if (network.test(name) || networkWords.test(message))
    return ownMachine.test(message) ? { category: "code.test", transient: "possible" } : { category: "infra.network", transient: "possible" };
  if (/^(?:CellExecutionError|AssertionError|DeadKernelError|CellTimeoutError)$/.test(name)) return { category: "code.test" };
  if (/^(?:KeyboardInterrupt)$/.test(name)) return { category: "cancelled" };
  return undefined;
}

function answerOf(message: string): Meaning {
  if (/\b401\b|\b403\b/.test(message)) return { category: "config.auth" };
  if (/\b429\b/.test(message)) return { category: "infra.rate_limit" };
  if (/\b50[0234]\b/.test(message)) return { category: "infra.network", transient: "possible" };
  return { category: "unknown" };
}

/** Whether a failed test's message speaks of a connection to somewhere else: then the test may pass the next time. */
export function isNetworkTrouble(message: string): boolean {
  return /ConnectionError|ConnectTimeout|ReadTimeout|Max retries exceeded|RemoteDisconnected|Temporary failure in name resolution|Name or service not known|Connection reset by peer|\b50[234] Server Error|SSLError|gaierror|\b429\b.{0,20}Too Many/.test(
    message,
  );
}
