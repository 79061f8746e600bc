import { type DestinationStream, type Logger, pino } from "pino";

/** Paths that may hold a secret, wherever they come from. */
const secretPaths = ["authorization", "cookie", "password", "token", "access_token", "refresh_token", "secret", "setup_code"].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** One JSON line an event, to standard output; secrets are taken out by name, and our tokens by their shape. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: [...secretPaths, "req.headers.authorization", "req.headers.cookie"], censor: "[redacted]" },
    hooks: {
      streamWrite: (line: string) => line.replace(/\bsent_[0-9A-Za-z]{20,}/g, "sent_[redacted]").replace(/\bsentr_[0-9A-Za-z]{20,}/g, "sentr_[redacted]").replace(/\bpostgres(ql)?:\/\/[^@\s"]+@/g, "postgres://[redacted]@"),
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
