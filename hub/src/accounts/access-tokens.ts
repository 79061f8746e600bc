import { randomUUID, webcrypto } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import { HttpError } from "../http/index.ts";
import type { HubKey } from "../vault/key.ts";

export const accessTokenSeconds = 600;

const issuer = "sentinal";
const audience = "sentinal hub";
const algorithm = "HS256";
/** Keeps this kind of JWT apart from every other that the key might ever sign. */
const kind = "at+jwt";

/** Whom an access token names: nothing in it is a right, for rights are read anew. */
export type AccessClaims = { userId: number; family: string };

export type AccessTokens = {
  sign(claims: AccessClaims): Promise<string>;
  /** Throws HttpError 401 when it is not ours (`not_signed_in`) or too old (`session_ended`). */
  verify(token: string): Promise<AccessClaims>;
};

export function createAccessTokens(key: HubKey): AccessTokens {
  const secret = webcrypto.subtle.importKey("raw", new Uint8Array(key.derive("access-jwt")), { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);

  return {
    async sign({ userId, family }) {
      return new SignJWT({ sid: family })
        .setProtectedHeader({ alg: algorithm, typ: kind })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(String(userId))
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime(`${accessTokenSeconds}s`)
        .sign(await secret);
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, await secret, {
          algorithms: [algorithm],
          typ: kind,
          issuer,
          audience,
          requiredClaims: ["exp", "iat", "iss", "aud", "sub", "sid", "jti"],
        });
        const userId = Number(payload.sub);
        const family = payload["sid"];
        if (!Number.isSafeInteger(userId) || typeof family !== "string" || !/^[0-9a-f-]{36}$/.test(family)) throw notOurs();
        return { userId, family };
      } catch (error) {
        if (error instanceof errors.JWTExpired) {
          throw new HttpError("session_ended", "The access token has expired: refresh it.", { headers: challenge });
        }
        if (error instanceof errors.JOSEError) throw notOurs();
        throw error;
      }
    },
  };
}

const challenge = { "www-authenticate": 'Bearer error="invalid_token"' };

function notOurs(): HttpError {
  return new HttpError("not_signed_in", "The bearer token is none of this hub.", { headers: challenge });
}
