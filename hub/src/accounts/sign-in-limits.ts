import type { Refusal, Refusals } from "../audit/index.ts";
import { createRateLimit, HttpError } from "../http/index.ts";
import { addressBlock, type Caller } from "./rules.ts";

/** A person types, a script signs in once: whoever needs more is guessing. */
const perAccount = { perMinute: 20, burst: 20 };
/** A whole office may stand behind one address. */
const perAddress = { perMinute: 60, burst: 60 };

/** One try at a password, or at what stands in for one. */
export type Attempt = {
  /** What is refused, as the audit log calls it. */
  action: string;
  caller: Caller;
};
type Subject = NonNullable<Refusal["subject"]>;

/** Tries at passwords from one address and at one account, whichever way they come in; refusals are counted for the audit log. */
export type SignInLimits = {
  /** Throws HttpError `too_many_requests`. */
  takeAddress(attempt: Attempt): void;
  /** Throws HttpError `too_many_requests`. */
  takeAccount(attempt: Attempt, subject: Subject): void;
  /** Counts a refusal, and gives the error back to be thrown. */
  refuse(attempt: Attempt, error: HttpError, subject?: Subject): HttpError;
};

export function createSignInLimits(parts: { refusals: Refusals; now?: () => number }): SignInLimits {
  const clock = parts.now === undefined ? {} : { now: parts.now };
  const accounts = createRateLimit({ ...perAccount, ...clock });
  const addresses = createRateLimit({ ...perAddress, ...clock });

  function refuse(attempt: Attempt, error: HttpError, subject?: Subject): HttpError {
    parts.refusals.count({ action: attempt.action, reason: error.code, address: attempt.caller.address, ...(subject !== undefined && { subject }) });
    return error;
  }

  function takeOr(take: () => void, attempt: Attempt, subject?: Subject): void {
    try {
      take();
    } catch (error) {
      throw error instanceof HttpError ? refuse(attempt, error, subject) : error;
    }
  }

  return {
    takeAddress: (attempt) => takeOr(() => addresses.take(addressBlock(attempt.caller.address)), attempt),
    takeAccount: (attempt, subject) => takeOr(() => accounts.take(`${subject.kind}:${subject.id}`), attempt, subject),
    refuse,
  };
}
