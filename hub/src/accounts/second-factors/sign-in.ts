import type { PasskeyRequestOptions, PasskeySignInBody, SecondFactorBody } from "@sentinal/contract";
import { inTransaction } from "../../database/index.ts";
import { HttpError } from "../../http/index.ts";
import type { Caller } from "../rules.ts";
import { type Grant, openSessionIn } from "../sessions.ts";
import type { Attempt } from "../sign-in-limits.ts";
import { useChallenge } from "./challenge-queries.ts";
import { createChallenge, openChallenge, tryChallenge } from "./challenges.ts";
import { accept, checkPasskey, checkRecoveryCode, checkTotp, type Evidence, type Parts } from "./proofs.ts";
import { findHeldFactors, holdAccount, listPasskeys } from "./queries.ts";
import { isSecondFactorNeeded, methodsOf, passkeyPlace, relyingParty, sha256 } from "./rules.ts";
import { requestOptions } from "./webauthn.ts";

/**
 * What a right password is answered with where the account has a second factor: the error with its challenge. Null where
 * the password is enough.
 */
export async function demandSecondFactor(parts: Parts, user: { id: number; passwordHash: string }): Promise<HttpError | null> {
  const held = await findHeldFactors(parts.db, user.id, relyingParty(parts.publicUrl())?.id ?? null);
  if (!isSecondFactorNeeded(held)) return null;
  const { token } = await createChallenge(parts.db, { purpose: "second_factor", userId: user.id, passwordHash: user.passwordHash });
  return new HttpError("second_factor_required", undefined, { members: { challenge: token, methods: methodsOf(held) } });
}

/** The second step of a sign-in. Throws HttpError `challenge_over`, `second_factor_wrong` or `too_many_requests`. */
export async function signInWithSecondFactor(parts: Parts, body: SecondFactorBody, caller: Caller, userAgent: string | null): Promise<Grant> {
  const attempt = signInAttempt(caller);
  parts.limits.takeAddress(attempt);
  const challenge = await tryChallenge(parts.db, "second_factor", body.challenge);
  if (challenge === null || challenge.userId === null) throw parts.limits.refuse(attempt, new HttpError("challenge_over"));
  const { userId } = challenge;
  const subject = { kind: "user", id: userId };
  parts.limits.takeAccount(attempt, subject);

  return refusing(parts, attempt, subject, async () => {
    const evidence = await checkShown(parts, userId, challenge.nonce, body, caller);
    if (evidence === null) throw new HttpError("second_factor_wrong");
    return inTransaction(parts.db, async (trx) => {
      // The account first, as whoever takes its factors away does.
      const account = await holdAccount(trx, userId, "share");
      const isSamePassword = account !== undefined && challenge.passwordMark?.equals(sha256(account.password_hash)) === true;
      if (!isSamePassword || !(await useChallenge(trx, challenge.id))) throw new HttpError("challenge_over");
      if (!(await accept(trx, evidence, caller))) throw new HttpError("second_factor_wrong");
      return openSessionIn(trx, { userId, userAgent, detail: { by: `password, ${evidence.by}` } }, caller);
    });
  });
}

/** For a passkey alone, or as the second step of the sign-in whose challenge is given. Throws HttpError `passkeys_impossible` or `challenge_over`. */
export async function passkeyOptions(parts: Parts, challengeToken: string | undefined, caller: Caller): Promise<PasskeyRequestOptions> {
  const attempt = signInAttempt(caller);
  parts.limits.takeAddress(attempt);
  const party = requireParty(parts);
  if (challengeToken === undefined) {
    const { token, nonce } = await createChallenge(parts.db, { purpose: "passkey_sign_in" });
    return { challenge: token, options: requestOptions(party, nonce, []) };
  }
  const challenge = await openChallenge(parts.db, "second_factor", challengeToken);
  if (challenge === null || challenge.userId === null) throw parts.limits.refuse(attempt, new HttpError("challenge_over"));
  const known = (await listPasskeys(parts.db, challenge.userId)).filter((passkey) => passkey.rp_id === party.id);
  return { challenge: challengeToken, options: requestOptions(party, challenge.nonce, known) };
}

/** Signs in by a passkey and nothing else: it has verified its user itself. Throws HttpError `passkey_wrong`, `challenge_over` or `too_many_requests`. */
export async function signInWithPasskey(parts: Parts, body: PasskeySignInBody, caller: Caller, userAgent: string | null): Promise<Grant> {
  const attempt = signInAttempt(caller);
  parts.limits.takeAddress(attempt);
  const challenge = await tryChallenge(parts.db, "passkey_sign_in", body.challenge);
  if (challenge === null) throw parts.limits.refuse(attempt, new HttpError("challenge_over"));
  const evidence = await checkPasskey(parts, null, challenge.nonce, body.passkey, caller);
  if (evidence === null) throw parts.limits.refuse(attempt, new HttpError("passkey_wrong"));
  const subject = { kind: "user", id: evidence.userId };
  parts.limits.takeAccount(attempt, subject);

  return refusing(parts, attempt, subject, () =>
    inTransaction(parts.db, async (trx) => {
      const isActive = (await holdAccount(trx, evidence.userId, "share")) !== undefined;
      if (!(await useChallenge(trx, challenge.id))) throw new HttpError("challenge_over");
      if (!isActive || !(await accept(trx, evidence, caller))) throw new HttpError("passkey_wrong");
      return openSessionIn(trx, { userId: evidence.userId, userAgent, detail: { by: "passkey" } }, caller);
    }),
  );
}

/** Throws HttpError `passkeys_impossible`. */
export function requireParty(parts: Parts) {
  const publicUrl = parts.publicUrl();
  const party = relyingParty(publicUrl);
  if (party !== null) return party;
  const why = passkeyPlace(publicUrl).reason === "ip_address" ? "an address instead of a name" : "plain http";
  throw new HttpError("passkeys_impossible", `This hub is reached by ${why}.`);
}

function checkShown(parts: Parts, userId: number, nonce: Buffer, body: SecondFactorBody, caller: Caller): Promise<Evidence | null> {
  if (body.passkey !== undefined) return checkPasskey(parts, userId, nonce, body.passkey, caller);
  if (body.recovery_code !== undefined) return checkRecoveryCode(parts, userId, body.recovery_code);
  return checkTotp(parts, userId, body.code ?? "");
}

function signInAttempt(caller: Caller): Attempt {
  return { action: "sign_in.refused", caller };
}

/** Counts what the work refuses. */
async function refusing<T>(parts: Parts, attempt: Attempt, subject: { kind: string; id: number }, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof HttpError ? parts.limits.refuse(attempt, error, subject) : error;
  }
}
