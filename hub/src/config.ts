import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { homedir, platform } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { z } from "zod";

/**
 * Every setting of the hub: its name, its default and the reason for the default.
 * Each may also be given as `NAME_FILE`, a path to a file that holds the value.
 */
type Setting = {
  default: string | null;
  meaning: string;
  secret?: true;
  schema: z.ZodType;
};

const port = wholeNumber(0, 65_535);
const positive = wholeNumber(1, 1_000_000_000);
const webAddress = z.url({ protocol: /^https?$/, error: "an address that starts with http:// or https://" });

export const settings = {
  SENTINAL_HOST: {
    default: "127.0.0.1",
    meaning: "Address the hub listens on. Loopback by default: nothing is reachable from outside until somebody decides it.",
    schema: z.string().min(1),
  },
  SENTINAL_PORT: { default: "8484", meaning: "Port the hub listens on; 0 takes a free one.", schema: port },
  SENTINAL_DATA_DIR: {
    default: null,
    meaning: "Folder of the embedded database and the generated key, nothing else. Default: the platform's place for application data.",
    schema: z.string().min(1),
  },
  DATABASE_URL: {
    default: null,
    meaning: "A PostgreSQL server, version 15 or newer, instead of the embedded one. SENTINAL_KEY_FILE (or SENTINAL_KEY) must be given with it.",
    secret: true,
    schema: z.url({ protocol: /^postgres(ql)?$/, error: "an address that starts with postgres:// or postgresql://" }),
  },
  SENTINAL_KEY: {
    default: null,
    meaning:
      "The hub's key itself, 32 random bytes or more as base64 or hex (`openssl rand -base64 32`), where no file can be given. A file is better: what is in the environment is seen by more programs, and `sentinal key rotate` cannot change it.",
    secret: true,
    schema: z.string().min(1),
  },
  SENTINAL_KEY_FILE: {
    default: null,
    meaning:
      "File with the hub's key, at least 32 random bytes as base64 or hex (`openssl rand -base64 32`). Default: one is generated into the data folder with mode 0600.",
    schema: z.string().min(1),
  },
  SENTINAL_SETUP_CODE: {
    default: null,
    meaning: "Code for the first account. Default: one is generated and printed at the first start.",
    secret: true,
    schema: z.string().min(8).max(200),
  },
  SENTINAL_REGISTRATION: {
    default: "invitation",
    meaning: "Who may register after the first account: closed, invitation or open.",
    schema: z.enum(["closed", "invitation", "open"]),
  },
  SENTINAL_PUBLIC_URL: {
    default: null,
    meaning: "Address under which people reach the hub, for links, cookies and origin checks. Default: from host and port.",
    schema: webAddress,
  },
  SENTINAL_TRUSTED_PROXIES: {
    default: "",
    meaning: "Addresses or networks, separated by commas, whose X-Forwarded-* headers are believed. Default: none.",
    schema: z
      .string()
      .refine((text) => listOf(text).every(isAddressOrNetwork), "addresses such as 10.0.0.7 or networks such as 10.0.0.0/8, separated by commas"),
  },
  SENTINAL_WEBHOOK_RATE: { default: "600", meaning: "Reports a minute that one API token may send; up to a third of it at once.", schema: positive },
  SENTINAL_SONARQUBE_WEBHOOK_SECRET: {
    default: null,
    meaning: "Secret of SonarQube's own webhook to /api/cicd/sonarqube. Default: none, then it signs in with an API token.",
    secret: true,
    schema: z.string().min(16).max(500),
  },
  SENTINAL_METRICS_TOKEN: {
    default: null,
    meaning: "Bearer token for /metrics. Default: none, then /metrics answers loopback only.",
    secret: true,
    schema: z.string().min(16).max(500),
  },
  INTERNAL_SERVICE_TOKEN: {
    default: null,
    meaning:
      "Token that services show each other as X-Internal-Token: 43 characters or more, at random (`openssl rand -hex 32`). While it is a placeholder, or not set and no service has a token of its own, every call to /internal is refused.",
    secret: true,
    schema: z.string(),
  },
  INTERNAL_SERVICE_TOKEN_PREVIOUS: {
    default: null,
    meaning: "The one before it, accepted beside it while services are changed over. Unset it when all are.",
    secret: true,
    schema: z.string(),
  },
  SENTINAL_RETENTION_DAYS: {
    default: "400",
    meaning: "Days that received bytes, and sightings that changed nothing, are kept. Findings, their history, runs and the audit log stay.",
    schema: positive,
  },
  SENTINAL_GITHUB_URL: { default: "https://github.com", meaning: "GitHub's pages, for links; set it for GitHub Enterprise Server.", schema: webAddress },
  SENTINAL_OIDC_ISSUER: {
    default: "https://token.actions.githubusercontent.com",
    meaning:
      "Issuer of the ID tokens that jobs exchange for a hub token, compared as it is written. GitHub Enterprise Server has https://HOST/_services/token.",
    schema: webAddress.refine(
      isHttpsOrLoopback,
      "an address that starts with https:// (http:// on loopback alone: whoever changes its keys on the way is trusted)",
    ),
  },
  SENTINAL_LOG_LEVEL: {
    default: "info",
    meaning: "trace, debug, info, warn, error or silent.",
    schema: z.enum(["trace", "debug", "info", "warn", "error", "silent"]),
  },
  POSTGRES_BIN_DIR: {
    default: null,
    meaning: "Folder with `postgres` and `initdb` to use instead of the bundled ones for the embedded database.",
    schema: z.string().min(1),
  },
} as const satisfies Record<string, Setting>;

/** Names that start with SENTINAL_ and belong to the command line and the Action, not to the hub. */
const knownElsewhere = new Set(["SENTINAL_API_URL", "SENTINAL_API_TOKEN"]);

/** Names of parts that this version has not; scripts may set them already, and the hub says that it does nothing with them. */
export const unusedSettings = ["SENTINAL_GITHUB_API_URL", "SENTINAL_GITHUB_WEBHOOK_SECRET"] as const;

type Name = keyof typeof settings;
type Value<N extends Name> = z.infer<(typeof settings)[N]["schema"]>;

export type Config = Readonly<{
  host: string;
  port: number;
  dataDir: string;
  databaseUrl: string | null;
  /** As given in the environment; at most one of it and `keyFile` is there. */
  key: string | null;
  keyFile: string | null;
  setupCode: string | null;
  registration: "closed" | "invitation" | "open";
  /** As given; null means that it follows from host and the port that was bound. */
  publicUrl: string | null;
  trustedProxies: readonly string[];
  webhookRatePerMinute: number;
  metricsToken: string | null;
  sonarqubeWebhookSecret: string | null;
  internalServiceToken: string | null;
  internalServiceTokenPrevious: string | null;
  retentionDays: number;
  githubUrl: string;
  oidcIssuer: string;
  logLevel: "trace" | "debug" | "info" | "warn" | "error" | "silent";
  postgresBinDir: string | null;
}>;

/** A setting that cannot be used: one sentence a setting, each with what to do. */
export class ConfigProblem extends Error {
  readonly code = "config_invalid";
}

/** Reads the settings; refuses wrong values and unknown `SENTINAL_*` names, all of them in one message. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];

  for (const name of Object.keys(environment)) {
    if (!name.startsWith("SENTINAL_")) continue;
    const base = name.endsWith("_FILE") && !(name in settings) ? name.slice(0, -"_FILE".length) : name;
    if (!(base in settings) && !knownElsewhere.has(base) && !unusedSettings.some((name) => name === base)) {
      const near = nearestName(base);
      problems.push(`${name} is no setting of Sentinal${near ? `; did you mean ${near}` : ""}. Unset it, or see docs/reference/settings.md.`);
    }
  }

  function read<N extends Name>(name: N): Value<N> | null {
    const raw = rawValue(environment, name, problems);
    const text = raw ?? settings[name].default;
    if (text === null) return null;
    const parsed = settings[name].schema.safeParse(text);
    if (parsed.success) return parsed.data as Value<N>;
    const shown = "secret" in settings[name] ? "its value" : JSON.stringify(text.slice(0, 80));
    problems.push(`${name}: ${shown} cannot be used: ${parsed.error.issues[0]?.message ?? "wrong"}.`);
    return null;
  }

  const config = {
    host: read("SENTINAL_HOST") ?? "",
    port: read("SENTINAL_PORT") ?? 0,
    dataDir: resolve(read("SENTINAL_DATA_DIR") ?? defaultDataDir(environment)),
    databaseUrl: read("DATABASE_URL"),
    key: read("SENTINAL_KEY"),
    keyFile: read("SENTINAL_KEY_FILE"),
    setupCode: read("SENTINAL_SETUP_CODE"),
    registration: read("SENTINAL_REGISTRATION") ?? "invitation",
    publicUrl: read("SENTINAL_PUBLIC_URL")?.replace(/\/+$/, "") ?? null,
    trustedProxies: Object.freeze(listOf(read("SENTINAL_TRUSTED_PROXIES") ?? "")),
    webhookRatePerMinute: read("SENTINAL_WEBHOOK_RATE") ?? 600,
    metricsToken: read("SENTINAL_METRICS_TOKEN"),
    sonarqubeWebhookSecret: read("SENTINAL_SONARQUBE_WEBHOOK_SECRET"),
    internalServiceToken: read("INTERNAL_SERVICE_TOKEN"),
    internalServiceTokenPrevious: read("INTERNAL_SERVICE_TOKEN_PREVIOUS"),
    retentionDays: read("SENTINAL_RETENTION_DAYS") ?? 400,
    githubUrl: (read("SENTINAL_GITHUB_URL") ?? "").replace(/\/+$/, ""),
    oidcIssuer: read("SENTINAL_OIDC_ISSUER") ?? "",
    logLevel: read("SENTINAL_LOG_LEVEL") ?? "info",
    postgresBinDir: read("POSTGRES_BIN_DIR"),
  } satisfies Config;

  if (config.key !== null && config.keyFile !== null) problems.push("SENTINAL_KEY and SENTINAL_KEY_FILE are both set; keep one of them.");
  if (config.databaseUrl !== null && config.keyFile === null && config.key === null) {
    problems.push(
      "DATABASE_URL is set, so SENTINAL_KEY_FILE must be set too: several hubs on one server must share one key. Make one with `openssl rand -base64 32 > key` and give its path (or the key itself as SENTINAL_KEY).",
    );
  }
  if (problems.length > 0) throw new ConfigProblem(problems.join("\n"));
  return Object.freeze(config);
}

/** The settings as one may print them: secrets as `set` or `not set`. */
export function redactedConfig(config: Config): Record<string, unknown> {
  const hidden = new Set(["databaseUrl", "key", "setupCode", "metricsToken", "sonarqubeWebhookSecret", "internalServiceToken", "internalServiceTokenPrevious"]);
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, hidden.has(name) ? (value === null ? "not set" : "set") : value]));
}

/** The platform's place for application data. */
export function defaultDataDir(environment: Readonly<Record<string, string | undefined>>): string {
  const home = homedir();
  if (platform() === "darwin") return join(home, "Library", "Application Support", "Sentinal");
  if (platform() === "win32") return join(environment["LOCALAPPDATA"] ?? join(home, "AppData", "Local"), "Sentinal");
  const base = environment["XDG_DATA_HOME"];
  // The XDG specification: a relative path there is to be ignored.
  return join(base !== undefined && isAbsolute(base) ? base : join(home, ".local", "share"), "sentinal");
}

function rawValue(environment: Readonly<Record<string, string | undefined>>, name: Name, problems: string[]): string | null {
  const direct = environment[name];
  // SENTINAL_KEY_FILE is a setting of its own, for the key's file is replaced when it rotates; its `_FILE` form is a file that holds a path.
  const fileName = `${name}_FILE` in settings ? undefined : environment[`${name}_FILE`];
  if (direct !== undefined && direct !== "" && fileName !== undefined && fileName !== "") {
    problems.push(`${name} and ${name}_FILE are both set; keep one of them.`);
    return null;
  }
  if (fileName !== undefined && fileName !== "") {
    try {
      return readFileSync(fileName, "utf8").replace(/\r?\n$/, "");
    } catch (error) {
      problems.push(
        `${name}_FILE: ${fileName} cannot be read (${error instanceof Error && "code" in error ? String(error.code) : "error"}). Give a file that the hub may read.`,
      );
      return null;
    }
  }
  return direct === undefined || direct === "" ? null : direct;
}

/** The known name that was most likely meant: one that goes on where this one ends, else one that differs by a few letters. */
function nearestName(name: string): string | null {
  const known = [...Object.keys(settings), ...knownElsewhere];
  const longer = known.find((one) => one.startsWith(`${name}_`));
  if (longer !== undefined) return longer;
  const best = known.map((one) => ({ one, distance: editDistance(name, one) })).toSorted((a, b) => a.distance - b.distance)[0];
  // Of a short name a few letters are nearly all.
  const mostDistance = Math.min(4, Math.floor((name.length - "SENTINAL_".length) / 2));
  return best !== undefined && best.distance <= mostDistance ? best.one : null;
}

/** Digits alone: `Number` would take "", " ", "0x10" and "1e3" as well. A function declaration, for the table above uses it. */
function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^[0-9]{1,15}$/, `a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `a whole number from ${least} to ${most}`);
}

/** A function declaration, for the table above uses it. */
function isHttpsOrLoopback(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function listOf(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** What the HTTP server takes as a trusted proxy; it would throw at the first thing else. */
function isAddressOrNetwork(text: string): boolean {
  if (text === "loopback" || text === "linklocal" || text === "uniquelocal") return true;
  const [address = "", prefix, ...rest] = text.split("/");
  const bits = isIP(address) === 6 ? 128 : 32;
  if (isIP(address) === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^[0-9]{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= bits);
}

function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
