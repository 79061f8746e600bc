import { createHmac } from "node:crypto";
import type { LoginBody } from "@sentinal/contract";
import type { Refusals } from "../audit/index.ts";
import type { Database, Revocations } from "../database/index.ts";
import { createRateLimit, HttpError } from "../http/index.ts";
import type { HubKey } from "../vault/key.ts";
import type { Passwords } from "./passwords.ts";
import { findLogin } from "./queries.ts";
import { addressBlock, type Caller } from "./rules.ts";
import { type Grant, openSession } from "./sessions.ts";

/** Opens a session for a name and a password. Throws HttpError `credentials_wrong` or `too_many_requests`. */
export type SignIn = (body: LoginBody, caller: Caller, userAgent: string | null) => Promise<Grant>;

/** A person types, a script signs in once: whoever needs more is guessing. */
const perAccount = { perMinute: 20, burst: 20 };
/** A whole office may stand behind one address. */
const perAddress = { perMinute: 60, burst: 60 };

export function createSignIn(parts: {
  db: Database;
  key: HubKey;
  passwords: Passwords;
  revocations: Revocations;
  refusals: Refusals;
  now?: () => number;
}): SignIn {
  const clock = parts.now === undefined ? {} : { now: parts.now };
  const accountLimit = createRateLimit({ ...perAccount, ...clock });
  const addressLimit = createRateLimit({ ...perAddress, ...clock });
  const fingerprintKey = parts.key.derive("audit-fingerprint");

  /** The name that was typed may be a password in the wrong field: it is told apart, but never kept. */
  function fingerprint(body: LoginBody): string {
    return createHmac("sha256", fingerprintKey)
      .update((body.username ?? body.email ?? "").toLowerCase())
      .digest("hex")
      .slice(0, 16);
  }

  return async function signIn(body, caller, userAgent) {
    const refuse = (error: HttpError, subject?: { kind: string; id: string | number }): HttpError => {
      parts.refusals.count({ action: "sign_in.refused", reason: error.code, address: caller.address, ...(subject !== undefined && { subject }) });
      return error;
    };

    takeOr(
      () => addressLimit.take(addressBlock(caller.address)),
      (error) => refuse(error),
    );
    const user = await findLogin(parts.db, body);
    const subject = user === undefined ? { kind: "username_fingerprint", id: fingerprint(body) } : { kind: "user", id: user.id };
    takeOr(
      () => accountLimit.take(`${subject.kind}:${subject.id}`),
      (error) => refuse(error, subject),
    );

    const isRight = await parts.passwords.verify(user?.password_hash ?? null, body.password);
    if (user === undefined || !isRight || user.disabled_at !== null) throw refuse(new HttpError("credentials_wrong"), subject);
    const grant = await openSession(parts, { id: user.id, passwordHash: user.password_hash }, caller, userAgent);
    if (grant === null) throw refuse(new HttpError("credentials_wrong"), subject);
    return grant;
  };
}

function takeOr(take: () => void, refuse: (error: HttpError) => HttpError): void {
  try {
    take();
  } catch (error) {
    throw error instanceof HttpError ? refuse(error) : error;
  }
}
