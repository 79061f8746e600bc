import { errors, jwtVerify } from "jose";
import type { Database } from "../database/index.ts";
import type { Logger } from "pino";
import { isComplete, type JobClaims, readClaims, requiredClaims, unreadableClaim } from "./claims.ts";
import { createIssuerKeys, IssuerUnreachable } from "./issuer-keys.ts";

/** Why a token is no good by itself; stable words, for the audit log. */
export type TokenFault =
  | "malformed"
  | "algorithm_refused"
  | "type_refused"
  | "key_unknown"
  | "signature_wrong"
  | "issuer_wrong"
  | "audience_wrong"
  | "expired"
  | "not_yet_valid"
  | "lives_too_long"
  | "claim_missing"
  | "claim_unreadable"
  | "issuer_unreachable";

/** `explanation` is for administrators: what does not fit, and what it should be. */
export type Verdict = { claims: JobClaims } | { fault: TokenFault; explanation: string };

export type Verifier = {
  /** Judges an ID token by itself; nothing is written but the issuer's keys. */
  verify(token: string): Promise<Verdict>;
  close(): Promise<void>;
};

/** GitHub's have some 2,000. */
const mostTokenLength = 8_192;
/** How far the clocks of issuer and hub may be apart. */
const clockToleranceSeconds = 10;
/** GitHub's ID tokens are good for five minutes. */
const longestLifeSeconds = 600;

export function createVerifier(options: { db: Database; issuer: string; audience: () => string; log: Logger; now: () => number }): Verifier {
  const { issuer, audience, now } = options;
  const keys = createIssuerKeys(options);

  return {
    async verify(token) {
      // Base64url in its one spelling: what jose would forgive is forgiven to nobody.
      if (token.length > mostTokenLength || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) {
        return { fault: "malformed", explanation: `It is no JWT: three parts of base64url with dots between, at most ${mostTokenLength} characters.` };
      }
      try {
        const { payload } = await jwtVerify(token, keys.find, {
          algorithms: ["RS256"],
          typ: "JWT",
          issuer,
          audience: audience(),
          clockTolerance: clockToleranceSeconds,
          maxTokenAge: longestLifeSeconds,
          requiredClaims: [...requiredClaims],
          currentDate: new Date(now()),
        });
        // A list that holds our address among others would be good elsewhere too.
        if (payload.aud !== audience()) return { fault: "audience_wrong", explanation: "aud is a list; it must be this hub's address alone." };
        const claims = readClaims(payload);
        if (!isComplete(claims)) return { fault: "claim_unreadable", explanation: `${unreadableClaim(claims)} has not the form that GitHub gives it.` };
        if (claims.exp - claims.iat > longestLifeSeconds)
          return { fault: "lives_too_long", explanation: `It is good for more than ${longestLifeSeconds} seconds.` };
        return { claims };
      } catch (error) {
        return faultOf(error, { issuer, audience: audience() });
      }
    },
    close: () => keys.close(),
  };
}

function faultOf(error: unknown, wanted: { issuer: string; audience: string }): Extract<Verdict, { fault: unknown }> {
  if (error instanceof IssuerUnreachable)
    return { fault: "issuer_unreachable", explanation: `${wanted.issuer} cannot be reached, and no key of it is known yet.` };
  if (error instanceof errors.JWTExpired)
    return { fault: "expired", explanation: `${error.claim} says that its time is over. GitHub's ID tokens are good for five minutes.` };
  if (error instanceof errors.JWTClaimValidationFailed) return claimFault(error, wanted);
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported) {
    return { fault: "algorithm_refused", explanation: "It is not signed with RS256." };
  }
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return { fault: "key_unknown", explanation: `It is signed with a key that ${wanted.issuer} does not have.` };
  }
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return { fault: "signature_wrong", explanation: "The signature is not that of the key it names." };
  if (error instanceof errors.JOSEError) return { fault: "malformed", explanation: "It cannot be read as a signed JWT." };
  throw error;
}

function claimFault(error: errors.JWTClaimValidationFailed, wanted: { issuer: string; audience: string }): Extract<Verdict, { fault: unknown }> {
  const { claim, reason } = error;
  if (claim === "typ") return { fault: "type_refused", explanation: "typ in its header is not JWT." };
  if (reason === "missing") return { fault: "claim_missing", explanation: `${claim} is missing.` };
  if (claim === "iss") return { fault: "issuer_wrong", explanation: `iss is not ${wanted.issuer}, which SENTINAL_OIDC_ISSUER sets.` };
  if (claim === "aud") return { fault: "audience_wrong", explanation: `aud is not ${wanted.audience}, this hub's address as SENTINAL_PUBLIC_URL sets it.` };
  if (reason === "check_failed" && (claim === "nbf" || claim === "iat")) {
    return { fault: "not_yet_valid", explanation: `${claim} lies ahead: the clocks of issuer and hub are more than ${clockToleranceSeconds} s apart.` };
  }
  return { fault: "claim_unreadable", explanation: `${claim} has not the form that GitHub gives it.` };
}
