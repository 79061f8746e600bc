import { createHash, createHmac } from "node:crypto";

/**
 * Names a secret value in the log without telling anything of it: who has the value and the hub can find what was done
 * with it, who has the log alone can neither read it nor try guesses.
 */
export type Fingerprints = {
  /** The fingerprint of a value as it was given. */
  of(value: string): string;
  /** The same of a value whose SHA-256 alone is kept. */
  ofHash(sha256: Buffer): string;
};

/** Told by each fingerprint, so that values are still found by their old ones when the rule changes. */
const version = "fp1_";
/** 128 bits: two values with one fingerprint are not met with, not even when somebody looks for them. */
const shownBytes = 16;

export function createFingerprints(key: Buffer): Fingerprints {
  return {
    of: (value) => fingerprintOf(key, value),
    ofHash: (sha256) => fingerprintOfHash(key, sha256),
  };
}

/** `fp1_` and 32 hexadecimal digits: the beginning of HMAC-SHA-256 over the value's SHA-256. */
export function fingerprintOf(key: Buffer, value: string): string {
  return fingerprintOfHash(key, createHash("sha256").update(value).digest());
}

function fingerprintOfHash(key: Buffer, sha256: Buffer): string {
  if (sha256.length !== 32) throw new Error(`a SHA-256 has 32 bytes, and this has ${sha256.length}`);
  return version + createHmac("sha256", key).update(sha256).digest().subarray(0, shownBytes).toString("hex");
}
