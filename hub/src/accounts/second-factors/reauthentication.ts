import type { PasskeyRequestOptions, ReauthenticateBody } from "@sentinal/contract";
import { inTransaction } from "../../database/index.ts";
import { HttpError } from "../../http/index.ts";
import type { Caller } from "../rules.ts";
import { useChallenge } from "./challenge-queries.ts";
import { createChallenge, tryChallenge } from "./challenges.ts";
import { accept, checkPasskey, checkTotp, type Evidence, type Parts } from "./proofs.ts";
import { listPasskeys } from "./queries.ts";
import { requireParty } from "./sign-in.ts";
import { requestOptions } from "./webauthn.ts";

type Act = { userId: number; session: string; caller: Caller };

/** For a passkey that proves within a session who its user is. Throws HttpError `passkeys_impossible`, or `not_found` where the account has none here. */
export async function proofOptions(parts: Parts, act: Act): Promise<PasskeyRequestOptions> {
  const party = requireParty(parts);
  const known = (await listPasskeys(parts.db, act.userId)).filter((passkey) => passkey.rp_id === party.id);
  if (known.length === 0) throw new HttpError("not_found", "You have no passkey for this hub.");
  const { token, nonce } = await createChallenge(parts.db, { purpose: "reauthentication", userId: act.userId, session: act.session });
  return { challenge: token, options: requestOptions(party, nonce, known) };
}

/**
 * Checks the code or the passkey of somebody who is signed in; tries count as tries to sign in do. Throws HttpError
 * `code_wrong`, `passkey_refused` or `too_many_requests`.
 */
export async function proveByFactor(parts: Parts, body: ReauthenticateBody, act: Act): Promise<"totp" | "passkey"> {
  const attempt = { action: "proof.refused", caller: act.caller };
  const subject = { kind: "user", id: act.userId };
  parts.limits.takeAddress(attempt);
  parts.limits.takeAccount(attempt, subject);
  try {
    return body.passkey === undefined ? await proveByCode(parts, body.code ?? "", act) : await proveByPasskey(parts, body, act);
  } catch (error) {
    throw error instanceof HttpError ? parts.limits.refuse(attempt, error, subject) : error;
  }
}

async function proveByCode(parts: Parts, code: string, act: Act): Promise<"totp"> {
  const evidence = await checkTotp(parts, act.userId, code);
  if (evidence === null || !(await inTransaction(parts.db, (trx) => accept(trx, evidence, act.caller)))) {
    throw new HttpError("code_wrong", undefined, {
      errors: [{ field: "code", problem: "is wrong or was used", fix: "Type the code that the app shows now." }],
    });
  }
  return "totp";
}

async function proveByPasskey(parts: Parts, body: ReauthenticateBody, act: Act): Promise<"passkey"> {
  const challenge = await tryChallenge(parts.db, "reauthentication", body.challenge ?? "");
  if (challenge === null || body.passkey === undefined) throw new HttpError("passkey_refused", "It took longer than 5 minutes, or was tried before.");
  const isOurs = challenge.userId === act.userId && challenge.session === act.session;
  const evidence: Evidence | null = isOurs ? await checkPasskey(parts, act.userId, challenge.nonce, body.passkey, act.caller) : null;
  if (evidence === null) throw new HttpError("passkey_refused");
  const isAccepted = await inTransaction(parts.db, async (trx) => (await useChallenge(trx, challenge.id)) && accept(trx, evidence, act.caller));
  if (!isAccepted) throw new HttpError("passkey_refused");
  return "passkey";
}
