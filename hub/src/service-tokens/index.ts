import type { CreatedServiceToken, CreateServiceToken, ServiceToken } from "@sentinal/contract";
import { sharedServiceName, type VerifiedServiceToken } from "@sentinal/contract";
import { checkServiceTokenShape } from "@sentinal/tokens";
import type { Logger } from "pino";
import type { Actor, Fingerprints, Refusals } from "../audit/index.ts";
import { createLastUses, type Database } from "../database/index.ts";
import type { HttpServer } from "../http/index.ts";
import { findByHash, hasLiveToken, listServiceTokens } from "./queries.ts";
import { registerInternalRoutes } from "./routes.ts";
import { type Configured, digestOf, isAccepted, nothingAccepted, serviceTokenAnswer, stateOf } from "./rules.ts";
import { createServiceToken, revokeServiceToken, rotateServiceToken } from "./tokens.ts";

export { judgeConfigured } from "./rules.ts";

/** Calls between services: the token that all share, and those of each service. */
export type ServiceTokens = {
  registerRoutes(http: HttpServer, version: string): void;
  /** Says in the log what is wrong with the settings, and what to do. */
  warn(log: Logger): Promise<void>;
  /** For the operator, as the rest. Throws HttpError. */
  create(body: CreateServiceToken, actor: Actor): Promise<CreatedServiceToken>;
  rotate(body: CreateServiceToken, overlapHours: number, actor: Actor): Promise<CreatedServiceToken>;
  revoke(id: number, actor: Actor): Promise<ServiceToken>;
  list(): Promise<ServiceToken[]>;
  /** Writes the last uses that are not written yet. */
  close(): Promise<void>;
};

const mostListed = 10_000;
/** Longer ones are nothing that is ever given out. */
const mostCharacters = 1_000;

type Checked = { service: string; expiresAt: Date | null } | { refused: string; id?: number };

export function createServiceTokens(options: {
  db: Database;
  configured: Configured;
  fingerprints: Fingerprints;
  refusals: Pick<Refusals, "count">;
  log: Logger;
  now?: () => number;
}): ServiceTokens {
  const { db, configured, refusals } = options;
  const now = options.now ?? Date.now;
  const lastUses = createLastUses({ db, log: options.log, now, table: "service_tokens" });
  const parts = { db, fingerprints: options.fingerprints, now };

  async function check(value: string | undefined, address: string): Promise<Checked> {
    if (configured.isRefused) return { refused: "internal_token_placeholder" };
    if (value === undefined || value === "") return { refused: "internal_token_missing" };
    if (value.length > mostCharacters) return { refused: "internal_token_unknown" };
    if (isAccepted(configured, value)) return { service: sharedServiceName, expiresAt: null };
    const row = checkServiceTokenShape(value) ? await findByHash(db, digestOf(value)) : undefined;
    if (row === undefined) return { refused: "internal_token_unknown" };
    const nowMs = now();
    const state = stateOf(row, nowMs);
    if (state === "revoked" || state === "expired") return { refused: `internal_token_${state}`, id: row.id };
    lastUses.note(row.id, nowMs, address);
    return { service: row.service, expiresAt: row.expires_at };
  }

  async function checkAndCount(value: string | undefined, address: string): Promise<Checked> {
    const checked = await check(value, address);
    if ("refused" in checked) {
      const subject = checked.id === undefined ? {} : { subject: { kind: "service_token", id: checked.id } };
      refusals.count({ action: "internal_call.refused", reason: checked.refused, address, ...subject });
    }
    return checked;
  }

  async function verify(value: string, address: string): Promise<VerifiedServiceToken> {
    const checked = await checkAndCount(value, address);
    if ("refused" in checked) return { active: false, service: null, expires_at: null };
    return { active: true, service: checked.service, expires_at: checked.expiresAt?.toISOString() ?? null };
  }

  return {
    registerRoutes(http, version) {
      registerInternalRoutes(http, { admits: async (value, address) => !("refused" in (await checkAndCount(value, address))), verify, version });
    },
    async warn(log) {
      for (const { setting, sentence } of configured.problems) log.warn({ setting }, sentence);
      const isOpen = configured.isRefused || configured.accepted.length > 0 || (await hasLiveToken(db));
      if (!isOpen) log.warn({ setting: nothingAccepted.setting }, nothingAccepted.sentence);
    },
    create: (body, actor) => createServiceToken(parts, body, actor),
    rotate: (body, overlapHours, actor) => rotateServiceToken(parts, body, overlapHours, actor),
    revoke: (id, actor) => revokeServiceToken(parts, id, actor),
    list: async () => (await listServiceTokens(db, mostListed)).map((row) => serviceTokenAnswer(row, now())),
    close: () => lastUses.close(),
  };
}
