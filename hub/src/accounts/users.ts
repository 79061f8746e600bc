import { Password, RegisterBody, type User } from "@sentinal/contract";
import type { z } from "zod";
import { type Actor, recordAudit } from "../audit/index.ts";
import { type Database, inTransaction, isUniqueViolation, type Revocations } from "../database/index.ts";
import { fieldProblems, HttpError } from "../http/index.ts";
import { findOffer, holdInvitation, spendInvitation } from "./invitations/index.ts";
import type { Passwords } from "./passwords.ts";
import { voidResetsOf } from "./people/index.ts";
import { hasUsers, insertUser, lockRegistration, revokeSessionsOfUser, updatePassword } from "./queries.ts";
import { type Caller, judgeRegistration, type RegistrationMode, userAnswer } from "./rules.ts";
import { forgetSetupCode } from "./setup-code.ts";

type NewUser = { username: string; email: string; password: string };

/**
 * Registers somebody who asks for it. `isSetupCodeRight` makes the first account, and only the first, an Admin; an
 * invitation gives its role. Throws HttpError.
 */
export async function registerUser(
  parts: { db: Database; passwords: Passwords; now: () => number },
  body: NewUser & { invitation?: string | undefined },
  facts: { isSetupCodeRight: boolean; mode: RegistrationMode },
  caller: Caller,
): Promise<User> {
  const { invitation, email } = body;
  const isInvited = invitation !== undefined && facts.mode !== "closed";
  // Judged before the password is hashed, so that closed doors cost nothing, and again under the lock.
  const isEmpty = !(await hasUsers(parts.db));
  const offered = isInvited && !isEmpty ? await findOffer(parts.db, invitation, email, parts.now()) : null;
  admit(judgeRegistration({ ...facts, hasUsers: !isEmpty, invitedRole: offered?.role ?? null }), facts.mode);
  const passwordHash = await parts.passwords.hash(body.password);
  return explainConflicts(() =>
    inTransaction(parts.db, async (trx) => {
      await lockRegistration(trx);
      const isFirst = !(await hasUsers(trx));
      const held = isInvited && !isFirst ? await holdInvitation(trx, invitation, email, parts.now()) : null;
      const role = admit(judgeRegistration({ ...facts, hasUsers: !isFirst, invitedRole: held?.role ?? null }), facts.mode);
      const user = await insertUser(trx, { username: body.username, email, passwordHash, role });
      if (isFirst) await forgetSetupCode(trx);
      if (held !== null) await spendInvitation(trx, held.id, user.id);
      await recordAudit(trx, {
        actor: { kind: "anonymous" },
        action: "user.created",
        subject: { kind: "user", id: user.id },
        address: caller.address,
        requestId: caller.requestId,
        detail: {
          username: user.username,
          role,
          by: isFirst ? "setup_code" : held !== null ? "invitation" : "open_registration",
          ...(held !== null && { invitation_id: held.id }),
        },
      });
      return userAnswer(user);
    }),
  );
}

/** For the operator: makes an Admin. Throws HttpError `field_invalid` or `conflict`. */
export async function createAdmin(parts: { db: Database; passwords: Passwords }, given: NewUser, actor: Actor): Promise<User> {
  const body = checked(RegisterBody, given);
  const passwordHash = await parts.passwords.hash(body.password);
  return explainConflicts(() =>
    inTransaction(parts.db, async (trx) => {
      await lockRegistration(trx);
      const user = await insertUser(trx, { ...body, passwordHash, role: "Admin" });
      await forgetSetupCode(trx);
      await recordAudit(trx, {
        actor,
        action: "user.created",
        subject: { kind: "user", id: user.id },
        detail: { username: user.username, role: "Admin", by: "operator" },
      });
      return userAnswer(user);
    }),
  );
}

/** For the operator: sets a new password and ends all sessions of the account; answers how many. Throws HttpError `not_found` or `field_invalid`. */
export async function resetPassword(
  parts: { db: Database; passwords: Passwords; revocations: Pick<Revocations, "notify" | "apply"> },
  username: string,
  newPassword: string,
  actor: Actor,
): Promise<{ sessionsEnded: number }> {
  const passwordHash = await parts.passwords.hash(checked(Password, newPassword, "password"));
  const done = await inTransaction(parts.db, async (trx) => {
    const user = await updatePassword(trx, username, passwordHash);
    if (user === undefined) throw new HttpError("not_found", `There is no user ${JSON.stringify(username)}.`);
    const sessionsEnded = await revokeSessionsOfUser(trx, user.id, "password_reset");
    await voidResetsOf(trx, user.id);
    await recordAudit(trx, { actor, action: "user.password_reset", subject: { kind: "user", id: user.id }, detail: { sessions_ended: sessionsEnded } });
    await parts.revocations.notify(trx, `user:${user.id}`);
    return { userId: user.id, sessionsEnded };
  });
  parts.revocations.apply(`user:${done.userId}`);
  return { sessionsEnded: done.sessionsEnded };
}

function admit(verdict: ReturnType<typeof judgeRegistration>, mode: RegistrationMode) {
  if ("role" in verdict) return verdict.role;
  if (verdict.refused === "setup_code_wrong") throw new HttpError("setup_code_wrong");
  throw new HttpError(
    "registration_closed",
    mode === "invitation" ? "Accounts are made by invitation: open the link that you were sent." : "Registration is closed.",
  );
}

function checked<Schema extends z.ZodType>(schema: Schema, given: unknown, field = ""): z.infer<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const errors = fieldProblems(parsed.error.issues, field);
  throw new HttpError("field_invalid", errors.map((entry) => `${entry.field}: ${entry.problem}.`).join(" "), { errors });
}

/** Says which name or address is taken, as HttpError `conflict`. */
export async function explainConflicts<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    for (const field of ["username", "email"]) {
      if (isUniqueViolation(error, `users_${field}`)) {
        throw new HttpError("conflict", undefined, { errors: [{ field, problem: "is taken", fix: `Choose another ${field}.` }] });
      }
    }
    throw error;
  }
}
