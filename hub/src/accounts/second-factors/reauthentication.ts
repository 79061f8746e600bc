import type { PasskeyRequestOptions, ReauthenticateBody } from "@sentinal/contract";
import { type Database, type DatabaseTransaction, inTransaction } from "../../database/index.ts";
import { HttpError } from "../../http/index.ts";
import type { Caller } from "../rules.ts";
import { useChallenge } from "./challenge-queries.ts";
import { createChallenge, tryChallenge } from "./challenges.ts";
import { accept, checkPasskey, checkRecoveryCode, checkTotp, type Evidence, type Parts } from "./proofs.ts";
import { findHeldFactors, listPasskeys } from "./queries.ts";
import { isSecondFactorNeeded, methodsOf, relyingParty } from "./rules.ts";
import { requireParty } from "./sign-in.ts";
import { requestOptions } from "./webauthn.ts";

type Act = { userId: number; session: string; caller: Caller };
/** What proved who somebody is, where their password did or was part of it. */
export type PasswordProof = "password" | "password, totp" | "password, recovery_code";

/** For a passkey that proves within a session who its user is. Throws HttpError `passkeys_impossible`, or `not_found` where the account has none here. */
export async function proofOptions(parts: Parts, act: Act): Promise<PasskeyRequestOptions> {
  const party = requireParty(parts);
  const known = (await listPasskeys(parts.db, act.userId)).filter((passkey) => passkey.rp_id === party.id);
  if (known.length === 0) throw new HttpError("not_found", "You have no passkey for this hub.");
  const { token, nonce } = await createChallenge(parts.db, { purpose: "reauthentication", userId: act.userId, session: act.session });
  return { challenge: token, options: requestOptions(party, nonce, known) };
}

/** Whether a password alone does not sign the account in. */
export async function needsSecondFactor(db: Database | DatabaseTransaction, userId: number): Promise<boolean> {
  return isSecondFactorNeeded(await findHeldFactors(db, userId, null));
}

/**
 * Checks the passkey of somebody who is signed in, which is enough by itself, as it is for a sign-in; tries count as
 * tries to sign in do. Throws HttpError `passkey_refused` or `too_many_requests`.
 */
export async function proveByPasskey(parts: Parts, body: ReauthenticateBody, act: Act): Promise<"passkey"> {
  const { attempt, subject } = attemptOf(act);
  parts.limits.takeAddress(attempt);
  parts.limits.takeAccount(attempt, subject);
  return refusing(parts, act, () => checkAnswer(parts, body, act));
}

/**
 * Checks what stands beside a password that was just found right, and was counted as a try: nothing where the account has
 * no second factor. Answers what proved who it is, as the audit log calls it. Throws HttpError `second_factor_missing`,
 * `code_wrong` or `too_many_requests`.
 */
export async function proveBesidePassword(parts: Parts, body: ReauthenticateBody, act: Act): Promise<PasswordProof> {
  if (body.code === undefined && body.recovery_code === undefined) {
    const held = await findHeldFactors(parts.db, act.userId, relyingParty(parts.publicUrl())?.id ?? null);
    if (!isSecondFactorNeeded(held)) return "password";
    throw new HttpError("second_factor_missing", undefined, { members: { methods: methodsOf(held) } });
  }
  return refusing(parts, act, async () => {
    const evidence = await (body.code === undefined ? checkRecoveryCode(parts, act.userId, body.recovery_code ?? "") : checkTotp(parts, act.userId, body.code));
    if (evidence !== null && (await inTransaction(parts.db, (trx) => accept(trx, evidence, act.caller)))) {
      return evidence.by === "totp" ? "password, totp" : "password, recovery_code";
    }
    const fix = body.code === undefined ? "Type one of your recovery codes; each counts once." : "Type the code that the app shows now.";
    throw new HttpError("code_wrong", undefined, {
      errors: [{ field: body.code === undefined ? "recovery_code" : "code", problem: "is wrong or was used", fix }],
    });
  });
}

async function checkAnswer(parts: Parts, body: ReauthenticateBody, act: Act): Promise<"passkey"> {
  const challenge = await tryChallenge(parts.db, "reauthentication", body.challenge ?? "");
  if (challenge === null || body.passkey === undefined) throw new HttpError("passkey_refused", "It took longer than 5 minutes, or was tried before.");
  const isOurs = challenge.userId === act.userId && challenge.session === act.session;
  const evidence: Evidence | null = isOurs ? await checkPasskey(parts, act.userId, challenge.nonce, body.passkey, act.caller) : null;
  if (evidence === null) throw new HttpError("passkey_refused");
  const isAccepted = await inTransaction(parts.db, async (trx) => (await useChallenge(trx, challenge.id)) && accept(trx, evidence, act.caller));
  if (!isAccepted) throw new HttpError("passkey_refused");
  return "passkey";
}

function attemptOf(act: Act) {
  return { attempt: { action: "proof.refused", caller: act.caller }, subject: { kind: "user", id: act.userId } };
}

/** Counts what the work refuses. */
async function refusing<T>(parts: Parts, act: Act, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { attempt, subject } = attemptOf(act);
    throw error instanceof HttpError ? parts.limits.refuse(attempt, error, subject) : error;
  }
}
