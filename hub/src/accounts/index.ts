import type { RegisterBody, SecondFactorsReset, TokenPair, User } from "@sentinal/contract";
import type { Logger } from "pino";
import type { Actor, Fingerprints, Refusals } from "../audit/index.ts";
import type { Database, DatabaseTransaction, Revocations } from "../database/index.ts";
import { type Access, createRateLimit, HttpError, type HttpServer, type IsFresh, type Principal } from "../http/index.ts";
import type { HubKey, KeyRing, Vault } from "../vault/index.ts";
import { accessTokenSeconds, createAccessTokens } from "./access-tokens.ts";
import { type Approval, openDeviceSession } from "./device-sessions.ts";
import { createGrantAnswers } from "./grant-answers.ts";
import { registerInvitationRoutes } from "./invitations/index.ts";
import { revokeLeakedToken } from "./leaks.ts";
import { createPasswordProof } from "./password-proof.ts";
import { createPasswords } from "./passwords.ts";
import { registerPeopleRoutes } from "./people/index.ts";
import { isFreshSession, registerProfileRoutes } from "./profile/index.ts";
import { registerAccountRoutes } from "./routes.ts";
import { addressBlock, type Caller, cookieValue, isSameSecret, refreshCookie, type RegistrationMode } from "./rules.ts";
import { createSecondFactors } from "./second-factors/index.ts";
import { createSessionChecker } from "./session-checker.ts";
import { closeSession, type Grant, refreshSession } from "./sessions.ts";
import { ensureSetupCode } from "./setup-code.ts";
import { createSignInLimits } from "./sign-in-limits.ts";
import { createSignIn } from "./sign-in.ts";
import { startSweep } from "./sweep.ts";
import { createAdmin, registerUser, resetPassword } from "./users.ts";

export { createPrincipalCache, type Verified } from "./principal-cache.ts";
export { addressBlock, type Caller } from "./rules.ts";
export type { Approval } from "./device-sessions.ts";
export type { Grant } from "./sessions.ts";

/** Users, sign-in and sessions. */
export type Accounts = {
  registerRoutes(http: HttpServer, access: Access): void;
  /** The user of an access token. Throws HttpError 401. */
  authenticate(accessToken: string, caller: Caller): Promise<Principal>;
  /** The user that a browser's Cookie header signs in, for a socket; null when it signs nobody in. The Origin is the caller's to check. */
  authenticateCookie(cookieHeader: string, host?: string): Promise<Principal | null>;
  /** Whether a user that was verified before still is, by the database. */
  isStillValid(principal: Principal): Promise<boolean>;
  /** Whether the user of a session proved within the last minutes who they are. */
  isFresh: IsFresh;
  /** The code that the first account must send; null once there is an account. */
  ensureSetupCode(): Promise<string | null>;
  /** For the operator: makes an Admin. Throws HttpError. */
  createAdmin(user: { username: string; email: string; password: string }, actor: Actor): Promise<User>;
  /** For the operator: sets a password and ends all sessions of the account. Throws HttpError. */
  resetPassword(username: string, newPassword: string, actor: Actor): Promise<{ sessionsEnded: number }>;
  /** For the operator: takes all second factors of an account away and ends its sessions. Throws HttpError. */
  resetSecondFactors(username: string, actor: Actor): Promise<SecondFactorsReset>;
  /** Opens a session for a device that its user approved, in the caller's transaction; null when the user or the approving session is over. */
  openDeviceSession(trx: DatabaseTransaction, approval: Approval, device: string, caller: Caller): Promise<Grant | null>;
  /** The tokens of a session that was just opened. */
  tokensOf(grant: Grant): Promise<TokenPair>;
  /** Ends the invitation, the link for a password or the session of a token that stood in an address; what is none of these is left. */
  revokeLeaked(token: string, caller: Caller): Promise<void>;
  /** Ends the sweeping of old sessions. */
  close(): Promise<void>;
};

/** Guesses at the set-up code, and registrations, from one address. */
const registrationsPerAddress = { perMinute: 10, burst: 10 };

export function createAccounts(options: {
  db: Database;
  key: HubKey;
  keys: KeyRing;
  vault: Vault;
  config: { registration: RegistrationMode; setupCode: string | null };
  publicUrl: () => string;
  version: string;
  revocations: Revocations;
  refusals: Refusals;
  fingerprints: Fingerprints;
  log: Logger;
  now?: () => number;
}): Accounts {
  const { db, key, config, publicUrl, version, revocations, refusals, log } = options;
  const passwords = createPasswords();
  const accessTokens = createAccessTokens(options.keys);
  const checker = createSessionChecker({ ...options, accessTokens });
  const now = options.now ?? Date.now;
  const limits = createSignInLimits({ refusals, now });
  const secondFactors = createSecondFactors({ db, vault: options.vault, limits, revocations, publicUrl, now, log });
  const signIn = createSignIn({ ...options, passwords, limits, secondFactors });
  const provePassword = createPasswordProof({ db, passwords, limits });
  const sweep = startSweep({ db, log });
  const registrationLimit = createRateLimit({ ...registrationsPerAddress, now });

  async function register(body: RegisterBody, caller: Caller): Promise<User> {
    try {
      registrationLimit.take(addressBlock(caller.address));
      const expected = await ensureSetupCode(db, key, config.setupCode);
      const isSetupCodeRight = expected !== null && isSameSecret((body.setup_code ?? "").trim(), expected);
      return await registerUser({ db, passwords, now }, body, { isSetupCodeRight, mode: config.registration }, caller);
    } catch (error) {
      if (error instanceof HttpError) refusals.count({ action: "registration.refused", reason: error.code, address: caller.address });
      throw error;
    }
  }

  return {
    registerRoutes(http, access) {
      const grants = createGrantAnswers({ accessTokens, publicUrl });
      registerAccountRoutes(http, access, {
        db,
        version,
        registration: config.registration,
        publicUrl,
        grants,
        register,
        signIn,
        refresh: (token, caller) => refreshSession({ db, revocations }, token, caller),
        close: (token, caller) => closeSession({ db, revocations }, token, caller),
      });
      secondFactors.registerRoutes(http, access, grants);
      const parts = {
        db,
        passwords,
        secondFactors,
        provePassword,
        revocations,
        refusals,
        fingerprints: options.fingerprints,
        mode: config.registration,
        publicUrl,
        now,
      };
      registerInvitationRoutes(http, access, parts);
      registerPeopleRoutes(http, access, parts);
      registerProfileRoutes(http, access, parts);
    },
    authenticate: (accessToken, caller) => checker.check(accessToken, caller),
    async authenticateCookie(cookieHeader, host) {
      const token = cookieValue(cookieHeader, refreshCookie(publicUrl(), host).name);
      return token === null ? null : checker.findByRefreshToken(token);
    },
    isStillValid: (principal) => checker.isStillValid(principal),
    isFresh: (session) => isFreshSession(db, session),
    ensureSetupCode: () => ensureSetupCode(db, key, config.setupCode),
    createAdmin: (user, actor) => createAdmin({ db, passwords }, user, actor),
    resetPassword: (username, newPassword, actor) => resetPassword({ db, passwords, revocations }, username, newPassword, actor),
    resetSecondFactors: (username, actor) => secondFactors.reset(username, actor),
    revokeLeaked: (token, caller) => revokeLeakedToken({ db, revocations }, token, caller),
    openDeviceSession,
    async tokensOf(grant) {
      return { access_token: await accessTokens.sign(grant), refresh_token: grant.refreshToken, token_type: "bearer", expires_in: accessTokenSeconds };
    },
    close: () => sweep.close(),
  };
}
