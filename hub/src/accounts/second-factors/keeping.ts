import type {
  Passkey,
  PasskeyAdded,
  PasskeyCreationOptions,
  RegisterPasskeyBody,
  SecondFactorAdded,
  SecondFactors,
  SecondFactorsReset,
  TotpEnrolment,
} from "@sentinal/contract";
import { type Actor, type AuditEntry, recordAudit } from "../../audit/index.ts";
import { type DatabaseTransaction, inTransaction, isUniqueViolation } from "../../database/index.ts";
import { HttpError } from "../../http/index.ts";
import { revokeSessionsOfUser } from "../queries.ts";
import type { Caller } from "../rules.ts";
import { deleteChallengesOf, useChallenge } from "./challenge-queries.ts";
import { createChallenge, tryChallenge } from "./challenges.ts";
import { checkTotp, type Parts, totpPlace } from "./proofs.ts";
import * as queries from "./queries.ts";
import { createRecoveryCodes, createTotpSecret, describeTotp, hashRecoveryCode, isSecondFactorNeeded, passkeyPlace, relyingParty } from "./rules.ts";
import { requireParty } from "./sign-in.ts";
import { creationOptions, verifyNewPasskey } from "./webauthn.ts";

/** Who acts on their own account, and in which session. */
export type Act = { userId: number; session: string; caller: Caller };

/** Telephone, laptop, a key for the drawer: whoever has more keeps something else here. */
const mostPasskeys = 20;

export async function showFactors(parts: Parts, userId: number): Promise<SecondFactors> {
  const publicUrl = parts.publicUrl();
  const rpId = relyingParty(publicUrl)?.id ?? null;
  const [totp, passkeys, codes] = await Promise.all([
    queries.findTotp(parts.db, userId),
    queries.listPasskeys(parts.db, userId),
    queries.findRecoveryCodes(parts.db, userId),
  ]);
  return {
    totp: totp?.confirmed_at ? { created_at: totp.confirmed_at.toISOString(), last_used_at: totp.last_used_at?.toISOString() ?? null } : null,
    passkeys: passkeys.map((row) => passkeyAnswer(row, rpId)),
    recovery_codes: codes === null ? null : { left: codes.left, created_at: codes.created_at.toISOString() },
    passkey_place: passkeyPlace(publicUrl),
  };
}

/** A new secret, which counts once `confirmTotp` took a code of it; one that waits already is forgotten. Throws HttpError `conflict`. */
export async function beginTotp(parts: Parts, act: Act): Promise<TotpEnrolment> {
  const secret = createTotpSecret();
  const username = await inTransaction(parts.db, async (trx) => {
    const account = await ownAccount(trx, act);
    const before = await queries.findTotp(trx, act.userId);
    if (before?.confirmed_at) throw new HttpError("conflict", "Your account has an authenticator app. Remove it first; your other second factors stay.");
    await queries.putTotpSecret(trx, act.userId, await parts.vault.seal(trx, totpPlace(act.userId), secret));
    if (before !== undefined) await parts.vault.forget(trx, before.secret);
    return account.username;
  });
  return describeTotp(secret, { username, host: new URL(parts.publicUrl()).host });
}

/** Throws HttpError `code_wrong`, `too_many_requests`, or `already_over` where no secret waits. */
export async function confirmTotp(parts: Parts, code: string, act: Act): Promise<SecondFactorAdded> {
  const waiting = await queries.findTotp(parts.db, act.userId);
  if (waiting === undefined || waiting.confirmed_at !== null) throw nothingWaits();
  const shown = await checkTotp(parts, act.userId, code, { isConfirmed: false });
  if (shown === null) {
    throw new HttpError("code_wrong", undefined, {
      errors: [
        { field: "code", problem: "is not the app's present one", fix: "Type the code that the app shows now; check that the telephone's clock is right." },
      ],
    });
  }
  return inTransaction(parts.db, async (trx) => {
    await ownAccount(trx, act);
    if (!(await queries.confirmTotp(trx, act.userId, shown.secret, shown.step))) throw nothingWaits();
    await record(trx, act, "totp.added", { kind: "user", id: act.userId });
    return { recovery_codes: await firstRecoveryCodes(trx, act) };
  });
}

/** Throws HttpError `not_found`. */
export async function removeTotp(parts: Parts, act: Act): Promise<void> {
  await inTransaction(parts.db, async (trx) => {
    await ownAccount(trx, act);
    const deleted = await queries.deleteTotp(trx, act.userId);
    if (deleted === undefined || deleted.confirmed_at === null) throw new HttpError("not_found", "Your account has no authenticator app.");
    await parts.vault.forget(trx, deleted.secret);
    await record(trx, act, "totp.removed", { kind: "user", id: act.userId });
    await dropCodesOfNothing(trx, act.userId);
  });
}

/** Throws HttpError `passkeys_impossible` or `conflict`. */
export async function beginPasskey(parts: Parts, act: Act): Promise<PasskeyCreationOptions> {
  const party = requireParty(parts);
  return inTransaction(parts.db, async (trx) => {
    const account = await ownAccount(trx, act);
    const known = await queries.listPasskeys(trx, act.userId);
    refuseTooMany(known.length);
    const { token, nonce } = await createChallenge(trx, { purpose: "passkey_registration", userId: act.userId, session: act.session });
    const here = known.filter((passkey) => passkey.rp_id === party.id);
    return { challenge: token, options: creationOptions(party, nonce, { username: account.username, handle: account.passkey_handle }, here) };
  });
}

/** Throws HttpError `passkeys_impossible`, `passkey_refused` or `conflict`. */
export async function addPasskey(parts: Parts, body: RegisterPasskeyBody, act: Act): Promise<PasskeyAdded> {
  const party = requireParty(parts);
  const challenge = await tryChallenge(parts.db, "passkey_registration", body.challenge);
  if (challenge === null || challenge.userId !== act.userId || challenge.session !== act.session)
    throw new HttpError("passkey_refused", "It took longer than 5 minutes, or was begun in another session.");
  const made = await verifyNewPasskey(party, challenge.nonce, body.passkey, parts.log);
  if (made === null) throw new HttpError("passkey_refused");
  try {
    return await inTransaction(parts.db, async (trx) => {
      await ownAccount(trx, act);
      if (!(await useChallenge(trx, challenge.id))) throw new HttpError("passkey_refused");
      refuseTooMany((await queries.listPasskeys(trx, act.userId)).length);
      const row = await queries.insertPasskey(trx, { ...made, userId: act.userId, name: body.name, rpId: party.id });
      await record(trx, act, "passkey.added", { kind: "passkey", id: row.id }, { name: row.name });
      return { passkey: passkeyAnswer(row, party.id), recovery_codes: await firstRecoveryCodes(trx, act) };
    });
  } catch (error) {
    if (isUniqueViolation(error, "passkeys_credential")) throw new HttpError("conflict", "This passkey is registered already.");
    throw error;
  }
}

/** Throws HttpError `not_found`. */
export async function renamePasskey(parts: Parts, id: number, name: string, act: Act): Promise<Passkey> {
  return inTransaction(parts.db, async (trx) => {
    const row = await queries.renamePasskey(trx, act.userId, id, name);
    if (row === undefined) throw new HttpError("not_found", "You have no such passkey.");
    await record(trx, act, "passkey.renamed", { kind: "passkey", id }, { name });
    return passkeyAnswer(row, relyingParty(parts.publicUrl())?.id ?? null);
  });
}

/** Throws HttpError `not_found`. */
export async function removePasskey(parts: Parts, id: number, act: Act): Promise<void> {
  await inTransaction(parts.db, async (trx) => {
    await ownAccount(trx, act);
    const deleted = await queries.deletePasskey(trx, act.userId, id);
    if (deleted === undefined) throw new HttpError("not_found", "You have no such passkey.");
    await record(trx, act, "passkey.removed", { kind: "passkey", id }, { name: deleted.name });
    await dropCodesOfNothing(trx, act.userId);
  });
}

/** New codes; those before count no more. Throws HttpError `already_over` while the account has no second factor. */
export async function renewRecoveryCodes(parts: Parts, act: Act): Promise<string[]> {
  return inTransaction(parts.db, async (trx) => {
    await ownAccount(trx, act);
    if (!isSecondFactorNeeded(await queries.findHeldFactors(trx, act.userId, null)))
      throw new HttpError("already_over", "Recovery codes come with a second factor: add an authenticator app or a passkey.");
    return putRecoveryCodes(trx, act);
  });
}

/**
 * For an administrator or the operator: takes all second factors of an account away and ends its sessions, so that its
 * password alone signs in. Throws HttpError `not_found`.
 */
export async function resetFactors(
  parts: Pick<Parts, "db" | "vault" | "revocations">,
  account: { id: number } | { username: string },
  actor: Actor,
  caller?: Caller,
): Promise<SecondFactorsReset> {
  const done = await inTransaction(parts.db, async (trx) => {
    const user = await queries.lockAccount(trx, account);
    if (user === undefined)
      throw new HttpError("not_found", "id" in account ? `There is no user ${account.id}.` : `There is no user ${JSON.stringify(account.username)}.`);
    const totp = await queries.deleteTotp(trx, user.id);
    if (totp !== undefined) await parts.vault.forget(trx, totp.secret);
    const removed: SecondFactorsReset = {
      totp: totp !== undefined && totp.confirmed_at !== null,
      passkeys: await queries.deletePasskeysOf(trx, user.id),
      recovery_codes: await queries.deleteRecoveryCodes(trx, user.id),
      sessions_ended: await revokeSessionsOfUser(trx, user.id, "second_factors_reset"),
    };
    await deleteChallengesOf(trx, user.id);
    await recordAudit(trx, {
      actor,
      action: "second_factors.reset",
      subject: { kind: "user", id: user.id },
      ...(caller !== undefined && { address: caller.address, requestId: caller.requestId }),
      detail: { username: user.username, ...removed },
    });
    await parts.revocations.notify(trx, `user:${user.id}`);
    return { userId: user.id, removed };
  });
  parts.revocations.apply(`user:${done.userId}`);
  return done.removed;
}

/** With the first second factor come codes for the day when it is lost; null when the account has some. */
async function firstRecoveryCodes(trx: DatabaseTransaction, act: Act): Promise<string[] | null> {
  return (await queries.findRecoveryCodes(trx, act.userId)) === null ? putRecoveryCodes(trx, act) : null;
}

async function putRecoveryCodes(trx: DatabaseTransaction, act: Act): Promise<string[]> {
  const codes = createRecoveryCodes();
  await queries.replaceRecoveryCodes(trx, act.userId, codes.map(hashRecoveryCode));
  await record(trx, act, "recovery_codes.created", { kind: "user", id: act.userId }, { count: codes.length });
  return codes;
}

/** Codes that stand in for a second factor mean nothing without one. */
async function dropCodesOfNothing(trx: DatabaseTransaction, userId: number): Promise<void> {
  if (!isSecondFactorNeeded(await queries.findHeldFactors(trx, userId, null))) await queries.deleteRecoveryCodes(trx, userId);
}

/** Locked, so that what an account has changes one act at a time. */
async function ownAccount(trx: DatabaseTransaction, act: Act) {
  const account = await queries.holdAccount(trx, act.userId, "change");
  if (account === undefined) throw new HttpError("session_ended");
  return account;
}

function refuseTooMany(count: number): void {
  if (count >= mostPasskeys) throw new HttpError("conflict", `An account has at most ${mostPasskeys} passkeys. Remove one that you do not use.`);
}

function nothingWaits(): HttpError {
  return new HttpError("already_over", "No authenticator app waits for its first code.");
}

function passkeyAnswer(row: Awaited<ReturnType<typeof queries.insertPasskey>>, rpId: string | null): Passkey {
  return {
    id: row.id,
    name: row.name,
    created_at: row.created_at.toISOString(),
    last_used_at: row.last_used_at?.toISOString() ?? null,
    is_synced: row.is_synced,
    is_usable: row.rp_id === rpId,
  };
}

async function record(
  trx: DatabaseTransaction,
  act: Act,
  action: string,
  subject: NonNullable<AuditEntry["subject"]>,
  detail?: NonNullable<AuditEntry["detail"]>,
): Promise<void> {
  await recordAudit(trx, {
    actor: { kind: "user", id: act.userId },
    action,
    subject,
    address: act.caller.address,
    requestId: act.caller.requestId,
    ...(detail !== undefined && { detail }),
  });
}
