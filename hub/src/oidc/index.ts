import type { CreateTrustBindingBody, TrustBinding, TrustTrial } from "@sentinal/contract";
import type { Logger } from "pino";
import type { Caller } from "../accounts/index.ts";
import type { Actor, Fingerprints, Refusals } from "../audit/index.ts";
import type { Database, Revocations } from "../database/index.ts";
import type { Access, HttpServer, JobPrincipal } from "../http/index.ts";
import { createBinding, pageOfBindings, revokeBindingById, showBinding } from "./bindings.ts";
import { createExchange } from "./exchange.ts";
import { registerOidcRoutes } from "./routes.ts";
import { startTokenSweep } from "./sweep.ts";
import { createJobTokenChecker } from "./token-checker.ts";
import { tryToken } from "./trial.ts";
import { createVerifier } from "./verifier.ts";

export { isJobToken } from "./hub-tokens.ts";

/** Tokens for jobs of GitHub Actions, in exchange for their ID tokens, and the bindings that say whose. */
export type Oidc = {
  registerRoutes(http: HttpServer, access: Access): void;
  /** The rights of a job's token, at once when they are in memory. Throws or rejects with HttpError 401 or 429. */
  authenticate(token: string, caller: Caller): JobPrincipal | Promise<JobPrincipal>;
  /** Whether a job's token that was verified before still is good, by the database. */
  isStillValid(principal: JobPrincipal): Promise<boolean>;
  /** Revokes a job's token that stood in an address, by the part of it that has an API token's shape. */
  revokeLeaked(text: string, caller: Caller): Promise<void>;
  /** For the operator. Throws HttpError. */
  create(body: CreateTrustBindingBody, actor: Actor): Promise<TrustBinding>;
  /** For the operator: the newest first. */
  list(page: { limit: number; cursor?: string | undefined }): Promise<{ items: TrustBinding[]; next_cursor: string | null }>;
  /** For the operator. Throws HttpError `not_found`. */
  show(id: number): Promise<TrustBinding>;
  /** For the operator. Throws HttpError `not_found`. */
  revoke(id: number, actor: Actor): Promise<TrustBinding>;
  /** For the operator: what an exchange would come to; nothing is used up. */
  try(token: string): Promise<TrustTrial>;
  close(): Promise<void>;
};

export function createOidc(options: {
  db: Database;
  /** Exactly as ID tokens name it. */
  issuer: string;
  /** The audience of ID tokens. */
  publicUrl: () => string;
  revocations: Revocations;
  refusals: Refusals;
  fingerprints: Fingerprints;
  log: Logger;
  now?: () => number;
}): Oidc {
  const { db, revocations, publicUrl } = options;
  const parts = { ...options, now: options.now ?? Date.now };
  const verifier = createVerifier({ ...parts, audience: publicUrl });
  const checker = createJobTokenChecker(parts);
  const { exchange } = createExchange({ ...parts, verifier });
  const sweep = startTokenSweep(parts);
  const explain = (token: string) => tryToken({ ...parts, verifier }, token);

  return {
    registerRoutes: (http, access) => registerOidcRoutes(http, access, { db, revocations, exchange, tryToken: explain }),
    authenticate: (token, caller) => checker.check(token, caller),
    isStillValid: (principal) => checker.isStillValid(principal),
    revokeLeaked: (text, caller) => checker.revokeLeaked(text, caller),
    create: (body, actor) => createBinding(db, body, actor, null),
    list: (page) => pageOfBindings(db, page),
    show: (id) => showBinding(db, id),
    revoke: (id, actor) => revokeBindingById({ db, revocations }, id, actor, null),
    try: explain,
    async close() {
      await sweep.close();
      await verifier.close();
    },
  };
}
