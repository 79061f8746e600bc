import type { DeviceSignIn, StartedDeviceSignIn, TokenPair } from "@sentinal/contract";
import { type Accounts, addressBlock, type Caller } from "../accounts/index.ts";
import { recordAudit, type Refusals } from "../audit/index.ts";
import { type Database, inTransaction } from "../database/index.ts";
import { createRateLimit, fieldError, HttpError, type RateLimit } from "../http/index.ts";
import { decide, findByUserCode, insertDeviceSignIn, lockByDeviceCode, notePoll, setState } from "./queries.ts";
import {
  asState,
  createDeviceCode,
  createUserCode,
  deviceSignInAnswer,
  hashDeviceCode,
  hashUserCode,
  intervalSeconds,
  judgePoll,
  lifetimeSeconds,
  shownUserCode,
} from "./rules.ts";

type Parts = {
  db: Database;
  accounts: Pick<Accounts, "openDeviceSession" | "tokensOf">;
  /** 32 bytes for the hashes of user codes. */
  key: () => Buffer;
  publicUrl: () => string;
  refusals: Refusals;
  now?: () => number;
};

/** Who decides, by the session that they decide in. */
type Decider = { userId: number; family: string };

export type DeviceSignIns = {
  /** Throws HttpError `field_invalid` or `too_many_requests`. */
  start(clientName: string, caller: Caller): Promise<StartedDeviceSignIn>;
  /** Throws HttpError `not_found` for a code that nobody waits with, or `too_many_requests`. */
  find(userCode: string, userId: number, caller: Caller): Promise<DeviceSignIn>;
  /** Throws HttpError as `find` does, and `already_over`. */
  decide(userCode: string, decision: "approve" | "deny", decider: Decider, caller: Caller): Promise<DeviceSignIn>;
  /** Throws HttpError `authorization_pending`, `slow_down`, `expired`, `denied` or `too_many_requests`. */
  fetchTokens(deviceCode: string, caller: Caller): Promise<TokenPair>;
};

/** A person starts one, perhaps a few; a whole office may stand behind one address. */
const startsPerAddress = { perMinute: 20, burst: 20 };
/** Looking at a code and deciding on it is two; who needs more is guessing. */
const guessesPerUser = { perMinute: 10, burst: 10 };
const guessesPerAddress = { perMinute: 30, burst: 30 };
const guessesPerCode = { perMinute: 10, burst: 10 };
/** Questions with codes that nobody was given. */
const unknownPerAddress = { perMinute: 60, burst: 30 };

export function createDeviceSignIns(parts: Parts): DeviceSignIns {
  const { db, accounts, refusals } = parts;
  const limit = (bucket: { perMinute: number; burst: number }) => createRateLimit({ ...bucket, ...(parts.now !== undefined && { now: parts.now }) });
  const startLimit = limit(startsPerAddress);
  const userLimit = limit(guessesPerUser);
  const addressLimit = limit(guessesPerAddress);
  const codeLimit = limit(guessesPerCode);
  const unknownLimit = limit(unknownPerAddress);

  function refuse(error: HttpError, caller: Caller, userId?: number): HttpError {
    const subject = userId === undefined ? {} : { subject: { kind: "user", id: userId } };
    refusals.count({ action: "device_sign_in.refused", reason: error.code, address: caller.address, ...subject });
    return error;
  }

  function take(limits: readonly (readonly [RateLimit, string])[], caller: Caller, userId?: number): void {
    try {
      for (const [bucket, key] of limits) bucket.take(key);
    } catch (error) {
      throw error instanceof HttpError ? refuse(error, caller, userId) : error;
    }
  }

  /** Counts a look at a code before it is made. */
  function takeGuess(userCode: string, userId: number, caller: Caller): Buffer {
    const hash = hashUserCode(parts.key(), userCode);
    take(
      [
        [addressLimit, addressBlock(caller.address)],
        [userLimit, String(userId)],
        [codeLimit, hash.toString("hex")],
      ],
      caller,
      userId,
    );
    return hash;
  }

  return {
    async start(clientName, caller) {
      if (/\p{C}/u.test(clientName)) throw fieldError("client_name", "has characters that cannot be shown", "Use letters, digits, spaces and signs.");
      take([[startLimit, addressBlock(caller.address)]], caller);
      const deviceCode = createDeviceCode();
      const userCode = createUserCode();
      await insertDeviceSignIn(db, {
        deviceCodeHash: hashDeviceCode(deviceCode),
        userCodeHash: hashUserCode(parts.key(), userCode),
        clientName,
        address: caller.address,
      });
      refusals.count({ action: "device_sign_in.started", reason: "asked_by_a_program", address: caller.address, outcome: "done" });
      const url = `${parts.publicUrl()}/device`;
      return {
        device_code: deviceCode,
        user_code: shownUserCode(userCode),
        verification_url: url,
        verification_url_complete: `${url}#${shownUserCode(userCode)}`,
        expires_in: lifetimeSeconds,
        interval: intervalSeconds,
      };
    },

    async find(userCode, userId, caller) {
      const row = await findByUserCode(db, takeGuess(userCode, userId, caller));
      if (row === undefined) throw refuse(unknownCode(), caller, userId);
      return deviceSignInAnswer(row);
    },

    async decide(userCode, decision, decider, caller) {
      const hash = takeGuess(userCode, decider.userId, caller);
      const state = decision === "approve" ? "approved" : "denied";
      const decided = await inTransaction(db, async (trx) => {
        const row = await decide(trx, hash, { state, ...decider });
        if (row === undefined) return undefined;
        await recordAudit(trx, {
          actor: { kind: "user", id: decider.userId },
          action: `device_sign_in.${state}`,
          subject: { kind: "device_sign_in", id: row.id },
          address: caller.address,
          requestId: caller.requestId,
          detail: { client_name: row.client_name, client_address: row.address },
        });
        return row;
      });
      if (decided !== undefined) return deviceSignInAnswer(decided);
      const known = await findByUserCode(db, hash);
      throw refuse(known === undefined ? unknownCode() : new HttpError("already_over", "This sign-in was decided on before."), caller, decider.userId);
    },

    async fetchTokens(deviceCode, caller) {
      const outcome = await inTransaction(db, async (trx) => {
        const row = await lockByDeviceCode(trx, hashDeviceCode(deviceCode));
        if (row === undefined) return "unknown";
        const verdict = judgePoll({ state: asState(row.state), isExpired: row.is_expired, secondsSincePoll: row.seconds_since_poll });
        if (verdict === "authorization_pending" || verdict === "slow_down") await notePoll(trx, row.id);
        if (verdict !== "grant") return verdict;
        const approval = row.decided_by === null || row.decided_in === null ? null : { userId: row.decided_by, family: row.decided_in };
        const grant = approval === null ? null : await accounts.openDeviceSession(trx, approval, row.client_name, caller);
        await setState(trx, row.id, grant === null ? "denied" : "redeemed");
        return grant ?? "denied";
      });
      if (typeof outcome === "object") return accounts.tokensOf(outcome);
      if (outcome === "unknown") {
        take([[unknownLimit, addressBlock(caller.address)]], caller);
        throw refuse(new HttpError("expired", "The hub does not know this device code, or not any more."), caller);
      }
      throw new HttpError(outcome);
    },
  };
}

function unknownCode(): HttpError {
  return new HttpError("not_found", "Nothing waits with this code. It may be mistyped, or older than ten minutes.");
}
