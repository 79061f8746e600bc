import type { Database } from "../database/index.ts";
import { HttpError } from "../http/index.ts";
import type { Passwords } from "./passwords.ts";
import { findPasswordHash } from "./queries.ts";
import type { Caller } from "./rules.ts";
import type { SignInLimits } from "./sign-in-limits.ts";

/**
 * Checks the password of somebody who is signed in; `field` is where it stood. Tries count as tries to sign in do.
 * Answers the hash that it was right for. Throws HttpError `password_wrong` or `too_many_requests`.
 */
export type ProvePassword = (userId: number, password: string, field: string, caller: Caller) => Promise<string>;

export function createPasswordProof(parts: { db: Database; passwords: Passwords; limits: SignInLimits }): ProvePassword {
  return async function prove(userId, password, field, caller) {
    const attempt = { action: "password_proof.refused", caller };
    const subject = { kind: "user", id: userId };
    parts.limits.takeAddress(attempt);
    parts.limits.takeAccount(attempt, subject);
    const passwordHash = (await findPasswordHash(parts.db, userId)) ?? null;
    const isRight = await parts.passwords.verify(passwordHash, password);
    if (passwordHash !== null && isRight) return passwordHash;
    const problem = { field, problem: "is wrong", fix: "Type your present password." };
    throw parts.limits.refuse(attempt, new HttpError("password_wrong", undefined, { errors: [problem] }), subject);
  };
}
