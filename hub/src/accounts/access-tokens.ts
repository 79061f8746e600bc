import { randomUUID, webcrypto } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import { HttpError } from "../http/index.ts";
import type { HubKey, KeyRing } from "../vault/index.ts";

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

/** Signs with the hub's key of the moment; for some minutes after a rotation what the key before it signed still counts. */
export function createAccessTokens(keys: Pick<KeyRing, "current" | "verifier">): AccessTokens {
  const secrets = new Map<string, Promise<webcrypto.CryptoKey>>();

  function secretOf(key: HubKey): Promise<webcrypto.CryptoKey> {
    const known = secrets.get(key.id);
    if (known !== undefined) return known;
    const secret = webcrypto.subtle.importKey("raw", new Uint8Array(key.derive("access-jwt")), { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
    secrets.set(key.id, secret);
    return secret;
  }

  async function verifyingSecret(header: { kid?: string }): Promise<webcrypto.CryptoKey> {
    const key = await keys.verifier(header.kid ?? "");
    if (key === null) throw notOurs();
    return secretOf(key);
  }

  return {
    async sign({ userId, family }) {
      const key = keys.current();
      return new SignJWT({ sid: family })
        .setProtectedHeader({ alg: algorithm, typ: kind, kid: key.id })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(String(userId))
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime(`${accessTokenSeconds}s`)
        .sign(await secretOf(key));
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, verifyingSecret, {
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
