import { createHash, randomInt } from "node:crypto";
import { isIP, isIPv4 } from "node:net";
import type { PasskeyPlace, SecondFactorMethod } from "@sentinal/contract";
import { Secret, TOTP } from "otpauth";

/** Where passkeys are made and used: their host, and the origin that browsers sign with. */
export type RelyingParty = { id: string; origin: string };

/** What an account has besides its password. `passkeysHere` are those of the hub's present host. */
export type HeldFactors = { hasTotp: boolean; passkeys: number; passkeysHere: number; recoveryCodes: number };

/** RFC 6238, as every authenticator app has it. */
export const stepSeconds = 30;
const digits = 6;
/** 160 bits, the length of the hash behind the codes. */
const secretBytes = 20;
/** Clocks of telephones may be off by so many steps. */
const stepsAround = 1;

export const recoveryCodeCount = 10;
/** Without letters that look like digits. 24 of them are 118 bits, so that a plain hash keeps them safe. */
const letters = "abcdefghjkmnpqrstuvwxyz23456789";
const lettersInCode = 24;

/**
 * Where passkeys work for a hub under this address: over https under a name, or on the machine itself. Browsers know no
 * passkeys of bare addresses, so that a hub at 127.0.0.1 has them at localhost.
 */
export function passkeyPlace(publicUrl: string): PasskeyPlace {
  const url = new URL(publicUrl);
  const { hostname } = url;
  if (hostname === "localhost" || hostname.endsWith(".localhost")) return { origin: url.origin, reason: null };
  if (hostname === "[::1]" || (isIPv4(hostname) && hostname.startsWith("127."))) {
    url.hostname = "localhost";
    return { origin: url.origin, reason: null };
  }
  if (url.protocol !== "https:") return { origin: null, reason: "plain_http" };
  return isIP(hostname.replace(/^\[|\]$/g, "")) === 0 ? { origin: url.origin, reason: null } : { origin: null, reason: "ip_address" };
}

/** Null where no passkeys are possible. */
export function relyingParty(publicUrl: string): RelyingParty | null {
  const { origin } = passkeyPlace(publicUrl);
  return origin === null ? null : { id: new URL(origin).hostname, origin };
}

export function isSecondFactorNeeded(held: HeldFactors): boolean {
  return held.hasTotp || held.passkeys > 0;
}

/** How the second step can be taken, the easiest first. */
export function methodsOf(held: HeldFactors): SecondFactorMethod[] {
  const methods: SecondFactorMethod[] = [];
  if (held.passkeysHere > 0) methods.push("passkey");
  if (held.hasTotp) methods.push("totp");
  if (held.recoveryCodes > 0) methods.push("recovery_code");
  return methods;
}

export function createTotpSecret(): Uint8Array {
  return new Secret({ size: secretBytes }).bytes;
}

/** The secret as base32 for typing it in, and as otpauth:// address for a QR code. */
export function describeTotp(secret: Uint8Array, account: { username: string; host: string }): { secret: string; uri: string } {
  const totp = totpOf(secret, account);
  return { secret: totp.secret.base32, uri: totp.toString() };
}

/** The time step whose code this is; null when it is none of those around now. Digits may be grouped. */
export function matchingStep(secret: Uint8Array, code: string, nowMs: number): number | null {
  const token = code.replace(/[\s-]/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totpOf(secret).validate({ token, timestamp: nowMs, window: stepsAround });
  return delta === null ? null : Math.floor(nowMs / 1_000 / stepSeconds) + delta;
}

/** Authenticators that count must count on; those that do not say 0 for ever. */
export function isCounterRight(stored: number, presented: number): boolean {
  return presented > stored || (presented === 0 && stored === 0);
}

/** Four groups of six letters. */
export function createRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodeCount }, () => {
    const text = Array.from({ length: lettersInCode }, () => letters.charAt(randomInt(letters.length))).join("");
    return text.match(/.{6}/g)?.join("-") ?? text;
  });
}

/** SHA-256 of the letters alone, however they were typed. */
export function hashRecoveryCode(code: string): Buffer {
  return sha256(code.toLowerCase().replace(/[^a-z0-9]/g, ""));
}

export function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function totpOf(secret: Uint8Array, account?: { username: string; host: string }): TOTP {
  return new TOTP({
    ...(account !== undefined && { issuer: `Sentinal ${account.host}`, label: account.username }),
    algorithm: "SHA1",
    digits,
    period: stepSeconds,
    secret: new Secret({ buffer: Uint8Array.from(secret).buffer }),
  });
}
