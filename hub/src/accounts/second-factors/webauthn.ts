import type { NewPasskey, PasskeyCreationOptions, PasskeyProof, PasskeyRequestOptions } from "@sentinal/contract";
import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import type { Logger } from "pino";
import { challengeSeconds } from "./challenges.ts";
import type { RelyingParty } from "./rules.ts";

type Known = { credential_id: string; transports: string[] };

/** COSE: Ed25519, ECDSA on P-256, RSA with SHA-256; each authenticator knows one of them. */
const algorithms = [-8, -7, -257];
const timeout = challengeSeconds * 1_000;

/** A passkey as it was just made. */
export type MadePasskey = { credentialId: string; publicKey: Buffer; counter: number; transports: string[]; isSynced: boolean };

export function creationOptions(
  party: RelyingParty,
  nonce: Buffer,
  account: { username: string; handle: string },
  known: readonly Known[],
): PasskeyCreationOptions["options"] {
  return {
    challenge: nonce.toString("base64url"),
    rp: { id: party.id, name: "Sentinal" },
    user: { id: handleText(account.handle), name: account.username, displayName: account.username },
    pubKeyCredParams: algorithms.map((alg) => ({ alg, type: "public-key" })),
    timeout,
    excludeCredentials: known.map(descriptor),
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    attestation: "none",
  };
}

/** `known`: the passkeys of the account that is asked; none where the passkey is to tell whose it is. */
export function requestOptions(party: RelyingParty, nonce: Buffer, known: readonly Known[]): PasskeyRequestOptions["options"] {
  return { challenge: nonce.toString("base64url"), rpId: party.id, timeout, userVerification: "required", allowCredentials: known.map(descriptor) };
}

/** Null for an answer to another question, from another origin, or without its user's own verification. */
export async function verifyNewPasskey(party: RelyingParty, nonce: Buffer, given: NewPasskey, log: Logger): Promise<MadePasskey | null> {
  try {
    const result = await verifyRegistrationResponse({
      response: given,
      expectedChallenge: nonce.toString("base64url"),
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    });
    if (!result.verified) return null;
    const { credential, credentialBackedUp } = result.registrationInfo;
    return {
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: given.response.transports ?? [],
      isSynced: credentialBackedUp,
    };
  } catch (error) {
    // The library throws for whatever is wrong with what was sent.
    log.debug({ err: error }, "a new passkey was refused");
    return null;
  }
}

/**
 * What a passkey's answer says of its use; null when it is to another question, from another origin, by another key, or
 * without its user's own verification. Whether the counter is right is the caller's to judge.
 */
export async function verifyPasskeyProof(
  party: RelyingParty,
  nonce: Buffer,
  passkey: { credential_id: string; public_key: Buffer; passkey_handle: string },
  given: PasskeyProof,
  log: Logger,
): Promise<{ counter: number; isSynced: boolean } | null> {
  const { userHandle } = given.response;
  if (userHandle !== undefined && userHandle !== handleText(passkey.passkey_handle)) return null;
  try {
    const result = await verifyAuthenticationResponse({
      response: given,
      expectedChallenge: nonce.toString("base64url"),
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      // At 0 the library leaves the counter alone, so that one that went back is told apart from a wrong signature.
      credential: { id: passkey.credential_id, publicKey: Uint8Array.from(passkey.public_key), counter: 0 },
      requireUserVerification: true,
    });
    if (!result.verified) return null;
    return { counter: result.authenticationInfo.newCounter, isSynced: result.authenticationInfo.credentialBackedUp };
  } catch (error) {
    log.debug({ err: error }, "a passkey's answer was refused");
    return null;
  }
}

function descriptor(known: Known) {
  return { id: known.credential_id, type: "public-key" as const, transports: known.transports };
}

/** The account's random number as bytes. */
function handleText(handle: string): string {
  return Buffer.from(handle.replaceAll("-", ""), "hex").toString("base64url");
}
