import type { PasskeyProof } from "@sentinal/contract";
import type { Logger } from "pino";
import { recordAudit } from "../../audit/index.ts";
import type { Database, DatabaseTransaction, Revocations } from "../../database/index.ts";
import { HttpError } from "../../http/index.ts";
import type { Vault } from "../../vault/index.ts";
import type { Caller } from "../rules.ts";
import type { SignInLimits } from "../sign-in-limits.ts";
import { acceptTotpStep, countPasskeyUse, findPasskey, findRecoveryCode, findTotpPause, takeTotpTry, useRecoveryCode } from "./queries.ts";
import { hashRecoveryCode, isCounterRight, matchingStep, relyingParty } from "./rules.ts";
import { verifyPasskeyProof } from "./webauthn.ts";

export type Parts = {
  db: Database;
  vault: Vault;
  limits: SignInLimits;
  revocations: Pick<Revocations, "notify" | "apply">;
  publicUrl: () => string;
  now: () => number;
  log: Logger;
};

/** What somebody showed, found right; it counts once `accept` took it. */
export type Evidence =
  | { by: "totp"; userId: number; secret: Buffer; step: number }
  | { by: "passkey"; userId: number; id: number; counter: number; isSynced: boolean }
  | { by: "recovery_code"; userId: number; id: number };

/** Six digits, of which three are right at a time: guessing for a day hits one account in 1,400. */
const totpLimit = { most: 10, withinSeconds: 3_600 };

export function totpPlace(userId: number) {
  return { table: "totp_factors", row: String(userId), column: "secret" };
}

/** Null for a wrong code and where there is no app. Throws HttpError `too_many_requests` after 10 wrong ones within an hour. */
export async function checkTotp(
  parts: Parts,
  userId: number,
  code: string,
  options = { isConfirmed: true },
): Promise<Extract<Evidence, { by: "totp" }> | null> {
  const factor = await takeTotpTry(parts.db, userId, totpLimit, options.isConfirmed);
  if (factor === undefined) {
    const seconds = await findTotpPause(parts.db, userId, totpLimit.withinSeconds, options.isConfirmed);
    if (seconds === undefined) return null;
    throw new HttpError("too_many_requests", `More than ${totpLimit.most} wrong codes within an hour.`, {
      headers: { "retry-after": String(Math.max(1, seconds)) },
    });
  }
  const step = matchingStep(await parts.vault.open(parts.db, totpPlace(userId), factor.secret), code, parts.now());
  return step === null ? null : { by: "totp", userId, secret: factor.secret, step };
}

export async function checkRecoveryCode(parts: Parts, userId: number, code: string): Promise<Evidence | null> {
  const id = await findRecoveryCode(parts.db, userId, hashRecoveryCode(code));
  return id === undefined ? null : { by: "recovery_code", userId, id };
}

/** With an owner only their passkeys count; without, the passkey must say itself whose it is. */
export async function checkPasskey(parts: Parts, owner: number | null, nonce: Buffer, given: PasskeyProof, caller: Caller): Promise<Evidence | null> {
  const party = relyingParty(parts.publicUrl());
  if (party === null) return null;
  const passkey = await findPasskey(parts.db, given.id, party.id);
  if (passkey === undefined) return null;
  if (owner === null ? given.response.userHandle === undefined : passkey.user_id !== owner) return null;
  const use = await verifyPasskeyProof(party, nonce, passkey, given, parts.log);
  if (use === null) return null;
  const evidence = { by: "passkey" as const, userId: passkey.user_id, id: passkey.id, ...use };
  if (isCounterRight(passkey.counter, use.counter)) return evidence;
  await recordRegression(parts.db, evidence, passkey.counter, caller);
  return null;
}

/** Takes what was shown, so that it cannot be shown again; false when somebody else did so first, or it is gone. */
export async function accept(trx: DatabaseTransaction, evidence: Evidence, caller: Caller): Promise<boolean> {
  if (evidence.by === "totp") return acceptTotpStep(trx, evidence.userId, evidence.secret, evidence.step);
  if (evidence.by === "passkey") return countPasskeyUse(trx, evidence);
  if (!(await useRecoveryCode(trx, evidence.userId, evidence.id))) return false;
  await recordAudit(trx, {
    actor: { kind: "user", id: evidence.userId },
    action: "recovery_code.used",
    subject: { kind: "recovery_code", id: evidence.id },
    address: caller.address,
    requestId: caller.requestId,
  });
  return true;
}

/** Two authenticators say that they are the same: one of them is a copy. Only who holds the key can bring this about, so it floods nothing. */
async function recordRegression(db: Database, use: Extract<Evidence, { by: "passkey" }>, stored: number, caller: Caller): Promise<void> {
  await recordAudit(db, {
    actor: { kind: "user", id: use.userId },
    action: "passkey.counter_regressed",
    subject: { kind: "passkey", id: use.id },
    outcome: "refused",
    address: caller.address,
    requestId: caller.requestId,
    detail: { stored, presented: use.counter },
  });
}
