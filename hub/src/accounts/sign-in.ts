import type { LoginBody } from "@sentinal/contract";
import type { Fingerprints } from "../audit/index.ts";
import type { Database, Revocations } from "../database/index.ts";
import { HttpError } from "../http/index.ts";
import type { Passwords } from "./passwords.ts";
import { findLogin } from "./queries.ts";
import type { Caller } from "./rules.ts";
import type { SecondFactors } from "./second-factors/index.ts";
import { type Grant, openSession } from "./sessions.ts";
import type { SignInLimits } from "./sign-in-limits.ts";

/** Opens a session for a name and a password. Throws HttpError `credentials_wrong`, `second_factor_required` or `too_many_requests`. */
export type SignIn = (body: LoginBody, caller: Caller, userAgent: string | null) => Promise<Grant>;

export function createSignIn(parts: {
  db: Database;
  passwords: Passwords;
  revocations: Revocations;
  limits: SignInLimits;
  secondFactors: Pick<SecondFactors, "demand">;
  fingerprints: Fingerprints;
}): SignIn {
  /** The name that was typed may be a password in the wrong field: it is told apart, but never kept. */
  function fingerprint(body: LoginBody): string {
    return parts.fingerprints.of((body.username ?? body.email ?? "").toLowerCase());
  }

  return async function signIn(body, caller, userAgent) {
    const attempt = { action: "sign_in.refused", caller };
    parts.limits.takeAddress(attempt);
    const user = await findLogin(parts.db, body);
    const subject = user === undefined ? { kind: "username_fingerprint", id: fingerprint(body) } : { kind: "user", id: user.id };
    parts.limits.takeAccount(attempt, subject);

    const isRight = await parts.passwords.verify(user?.password_hash ?? null, body.password);
    if (user === undefined || !isRight || user.disabled_at !== null) throw parts.limits.refuse(attempt, new HttpError("credentials_wrong"), subject);
    const demand = await parts.secondFactors.demand({ id: user.id, passwordHash: user.password_hash });
    if (demand !== null) throw demand;
    const grant = await openSession(parts, { id: user.id, passwordHash: user.password_hash }, caller, userAgent);
    if (grant === null) throw parts.limits.refuse(attempt, new HttpError("credentials_wrong"), subject);
    return grant;
  };
}
