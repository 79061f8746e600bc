import type { SecondFactorMethod, SecondFactors } from "@sentinal/contract";

/** How somebody who is signed in can prove again who they are: `password` where that alone signs the account in. */
export type ProofWay = "password" | SecondFactorMethod;

/** The easiest first; none where the account's second factors do not work in this browser, at this address. */
export function proofWays(factors: SecondFactors, arePasskeysKnown: boolean): ProofWay[] {
  if (factors.totp === null && factors.passkeys.length === 0) return ["password"];
  const ways: ProofWay[] = [];
  if (arePasskeysKnown && factors.passkeys.some((passkey) => passkey.is_usable)) ways.push("passkey");
  if (factors.totp !== null) ways.push("totp");
  if ((factors.recovery_codes?.left ?? 0) > 0) ways.push("recovery_code");
  return ways;
}
