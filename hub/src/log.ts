import { type DestinationStream, type Logger, pino } from "pino";

/** Paths that may hold a secret, wherever they come from. */
const secretPaths = ["authorization", "cookie", "password", "token", "access_token", "refresh_token", "secret", "setup_code"].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
]);

/** One JSON line an event, to standard output; secrets are taken out by name, and our tokens by their shape. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: [...secretPaths, "req.headers.authorization", "req.headers.cookie"], censor: "[redacted]" },
    serializers: { err: (error: unknown) => errorOf(error) },
    hooks: { streamWrite: withoutSecrets },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** What helps of an error, and of what caused it. Other properties of it may be whole connections, with keys that end other people's statements. */
function errorOf(error: unknown, causes = 5): unknown {
  if (!(error instanceof Error)) return error;
  return {
    type: error.constructor.name,
    message: error.message,
    ...("code" in error && typeof error.code === "string" && { code: error.code }),
    ...("detail" in error && typeof error.detail === "string" && { detail: error.detail }),
    stack: error.stack,
    ...(error.cause !== undefined && causes > 0 && { cause: errorOf(error.cause, causes - 1) }),
  };
}

/**
 * Our own tokens and the passwords in a database's address, wherever they stand in a line: in it a line break is
 * written as a backslash and an n, so nothing can be said of the character before them.
 */
function withoutSecrets(line: string): string {
  return line
    .replace(/(sentr?_)[0-9A-Za-z]{20,}/g, "$1[redacted]")
    .replace(/eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/g, "[redacted]")
    .replace(/postgres(ql)?:\/\/[^\s"\\]+/gi, (url) => url.replace(/\/\/.*@/, "//[redacted]@").replace(/(password=)[^&]*/gi, "$1[redacted]"));
}
