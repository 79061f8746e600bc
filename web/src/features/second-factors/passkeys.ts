import type { NewPasskey, PasskeyCreationOptions, PasskeyProof, PasskeyRequestOptions } from "@sentinal/contract";
import { startAuthentication, startRegistration } from "@simplewebauthn/browser";
import { ApiProblem } from "../../api/problem.ts";

/** Whether this browser has passkeys for the page that is open: not over plain http, and not for bare addresses. */
export function arePasskeysKnown(): boolean {
  return isSecureContext && "PublicKeyCredential" in window && !isBareAddress(location.hostname);
}

export function isBareAddress(hostname: string): boolean {
  return hostname.startsWith("[") || /^[\d.]+$/.test(hostname);
}

/** Lets the browser ask a passkey. Throws ApiProblem in words for its person. */
export async function askPasskey(options: PasskeyRequestOptions["options"]): Promise<PasskeyProof> {
  try {
    const { id, rawId, type, response } = await startAuthentication({ optionsJSON: options });
    const { clientDataJSON, authenticatorData, signature, userHandle } = response;
    const shown = { clientDataJSON, authenticatorData, signature, ...(userHandle !== undefined && { userHandle }) };
    return { id, rawId, type: publicKey(type), clientExtensionResults: {}, response: shown };
  } catch (error) {
    throw passkeyProblem(error);
  }
}

/** Lets the browser make a passkey. Throws ApiProblem in words for its person. */
export async function makePasskey(options: PasskeyCreationOptions["options"]): Promise<NewPasskey> {
  try {
    const { id, rawId, type, response } = await startRegistration({ optionsJSON: options });
    const { clientDataJSON, attestationObject, transports } = response;
    return {
      id,
      rawId,
      type: publicKey(type),
      clientExtensionResults: {},
      response: { clientDataJSON, attestationObject, ...(transports !== undefined && { transports }) },
    };
  } catch (error) {
    throw passkeyProblem(error);
  }
}

/** Browsers say little of why it did not work, so that pages learn nothing of other accounts. */
const causes: Readonly<Record<string, { code: string; title: string; detail: string }>> = {
  NotAllowedError: {
    code: "passkey_not_given",
    title: "No passkey was given",
    detail: "It was cancelled, took too long, or this device has no passkey for this hub. Try again, or take another way.",
  },
  AbortError: { code: "passkey_not_given", title: "No passkey was given", detail: "It was cancelled. Try again, or take another way." },
  InvalidStateError: {
    code: "passkey_known",
    title: "This device has a passkey already",
    detail: "It is in your list, perhaps under another name. Nothing needs to be done.",
  },
  SecurityError: {
    code: "passkey_address",
    title: "Passkeys do not work at this address",
    detail: "Open the hub under its own address (SENTINAL_PUBLIC_URL), over https or at localhost.",
  },
  NotSupportedError: {
    code: "passkey_unsupported",
    title: "This device makes no such passkey",
    detail: "Passkeys here must verify you by fingerprint, face or PIN. Take another device, or an authenticator app.",
  },
};

export function passkeyProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const name = error instanceof Error ? error.name : "";
  const cause = causes[name] ?? {
    code: "passkey_failed",
    title: "The passkey did not work",
    detail: `${error instanceof Error ? error.message : String(error)} Try again, or take another way.`,
  };
  return new ApiProblem({ status: 0, ...cause });
}

function publicKey(type: string): "public-key" {
  if (type !== "public-key") throw new Error(`The browser answered with a ${type}.`);
  return type;
}
