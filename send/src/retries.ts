const firstPauseMs = 1_000;
const mostPauseMs = 30_000;
/** A server that asks for more has other worries; the report is better sent by the next run. */
const mostAskedPauseMs = 120_000;

/** True for answers that another try may better: the server is busy, starting or broken, and what was sent is not at fault. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/**
 * The pause before the next try, in milliseconds: what the server asks for, else doubling from one second, half of it by
 * chance so that many jobs do not come back at once. Null when it asks for more than two minutes.
 * @param attempt tries made so far, from 1
 * @param retryAfter seconds or an HTTP date, as the header says
 */
export function pauseMs(attempt: number, retryAfter: string | undefined, now: Date, random: () => number): number | null {
  const asked = askedPauseMs(retryAfter, now);
  if (asked !== null) return asked > mostAskedPauseMs ? null : asked;
  const whole = Math.min(mostPauseMs, firstPauseMs * 2 ** (attempt - 1));
  return Math.round(whole / 2 + (whole / 2) * random());
}

function askedPauseMs(retryAfter: string | undefined, now: Date): number | null {
  if (retryAfter === undefined) return null;
  if (/^\s*\d{1,9}\s*$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}
