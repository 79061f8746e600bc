import type { User } from "@sentinal/contract";
import type { Logger } from "pino";
import type { Actor, Refusals } from "../audit/index.ts";
import type { Database, Revocations } from "../database/index.ts";
import { type Access, createRateLimit, HttpError, type HttpServer, type Principal } from "../http/index.ts";
import type { HubKey } from "../vault/key.ts";
import { createAccessTokens } from "./access-tokens.ts";
import { createPasswords } from "./passwords.ts";
import { registerAccountRoutes } from "./routes.ts";
import { addressBlock, type Caller, cookieValue, isSameSecret, refreshCookie, type RegistrationMode } from "./rules.ts";
import { createSessionChecker } from "./session-checker.ts";
import { closeSession, refreshSession } from "./sessions.ts";
import { ensureSetupCode } from "./setup-code.ts";
import { createSignIn } from "./sign-in.ts";
import { startSweep } from "./sweep.ts";
import { createAdmin, registerUser, resetPassword } from "./users.ts";

export { createPrincipalCache, type Verified } from "./principal-cache.ts";
export { addressBlock, type Caller } from "./rules.ts";

/** Users, sign-in and sessions. */
export type Accounts = {
  registerRoutes(http: HttpServer, access: Access): void;
  /** The user of an access token. Throws HttpError 401. */
  authenticate(accessToken: string, caller: Caller): Promise<Principal>;
  /** The user that a browser's Cookie header signs in, for a socket; null when it signs nobody in. The Origin is the caller's to check. */
  authenticateCookie(cookieHeader: string): Promise<Principal | null>;
  /** Whether a user that was verified before still is, by the database. */
  isStillValid(principal: Principal): Promise<boolean>;
  /** The code that the first account must send; null once there is an account. */
  ensureSetupCode(): Promise<string | null>;
  /** For the operator: makes an Admin. Throws HttpError. */
  createAdmin(user: { username: string; email: string; password: string }, actor: Actor): Promise<User>;
  /** For the operator: sets a password and ends all sessions of the account. Throws HttpError. */
  resetPassword(username: string, newPassword: string, actor: Actor): Promise<{ sessionsEnded: number }>;
  /** Ends the sweeping of old sessions. */
  close(): Promise<void>;
};

/** Guesses at the set-up code, and registrations, from one address. */
const registrationsPerAddress = { perMinute: 10, burst: 10 };

export function createAccounts(options: {
  db: Database;
  key: HubKey;
  config: { registration: RegistrationMode; setupCode: string | null };
  publicUrl: () => string;
  version: string;
  revocations: Revocations;
  refusals: Refusals;
  log: Logger;
  now?: () => number;
}): Accounts {
  const { db, key, config, publicUrl, version, revocations, refusals, log } = options;
  const passwords = createPasswords();
  const accessTokens = createAccessTokens(key);
  const checker = createSessionChecker({ ...options, accessTokens });
  const signIn = createSignIn({ ...options, passwords });
  const sweep = startSweep({ db, log });
  const registrationLimit = createRateLimit({ ...registrationsPerAddress, ...(options.now !== undefined && { now: options.now }) });

  async function register(body: { username: string; email: string; password: string; setup_code?: string | undefined }, caller: Caller): Promise<User> {
    try {
      registrationLimit.take(addressBlock(caller.address));
      const expected = await ensureSetupCode(db, key, config.setupCode);
      const isSetupCodeRight = expected !== null && isSameSecret((body.setup_code ?? "").trim(), expected);
      return await registerUser({ db, passwords }, body, { isSetupCodeRight, mode: config.registration }, caller);
    } catch (error) {
      if (error instanceof HttpError) refusals.count({ action: "registration.refused", reason: error.code, address: caller.address });
      throw error;
    }
  }

  return {
    registerRoutes(http, access) {
      registerAccountRoutes(http, access, {
        db,
        version,
        registration: config.registration,
        publicUrl,
        accessTokens,
        register,
        signIn,
        refresh: (token, caller) => refreshSession({ db, revocations }, token, caller),
        close: (token, caller) => closeSession({ db, revocations }, token, caller),
      });
    },
    authenticate: (accessToken, caller) => checker.check(accessToken, caller),
    async authenticateCookie(cookieHeader) {
      const token = cookieValue(cookieHeader, refreshCookie(publicUrl()).name);
      return token === null ? null : checker.findByRefreshToken(token);
    },
    isStillValid: (principal) => checker.isStillValid(principal),
    ensureSetupCode: () => ensureSetupCode(db, key, config.setupCode),
    createAdmin: (user, actor) => createAdmin({ db, passwords }, user, actor),
    resetPassword: (username, newPassword, actor) => resetPassword({ db, passwords, revocations }, username, newPassword, actor),
    close: () => sweep.close(),
  };
}
