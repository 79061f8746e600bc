import type {
  NewPasskey,
  Passkey,
  PasskeyAdded,
  PasskeyCreationOptions,
  PasskeyRequestOptions,
  Reauthenticated,
  ReauthenticateBody,
  RecoveryCodes,
  SecondFactorAdded,
  SecondFactors,
  SecondFactorsReset,
  TotpEnrolment,
} from "@sentinal/contract";
import { queryOptions } from "@tanstack/react-query";
import { api, queryClient } from "../../runtime.ts";
import { askPasskey, makePasskey } from "./passkeys.ts";

const key = ["second-factors"];

export function secondFactorsQuery() {
  return queryOptions({ queryKey: key, queryFn: ({ signal }) => api.get<SecondFactors>("/api/auth/second-factors", {}, signal), staleTime: 0 });
}

/** The secret of an app that is not confirmed yet. */
export function beginTotp(): Promise<TotpEnrolment> {
  return api.post<TotpEnrolment>("/api/auth/second-factors/totp");
}

/** Recovery codes where these are the first; else null. */
export async function confirmTotp(code: string): Promise<readonly string[] | null> {
  const added = await api.post<SecondFactorAdded>("/api/auth/second-factors/totp/confirm", { code });
  void queryClient.invalidateQueries({ queryKey: key });
  return added.recovery_codes;
}

export async function removeTotp(): Promise<void> {
  await api.act("/api/auth/second-factors/totp/remove");
  await queryClient.invalidateQueries({ queryKey: key });
}

export async function renewRecoveryCodes(): Promise<readonly string[]> {
  const made = await api.post<RecoveryCodes>("/api/auth/second-factors/recovery-codes");
  void queryClient.invalidateQueries({ queryKey: key });
  return made.recovery_codes;
}

/** Lets the browser make a passkey, and registers it; recovery codes where these are the first, else null. */
export async function addPasskey(name: string): Promise<readonly string[] | null> {
  const asked = await api.post<PasskeyCreationOptions>("/api/auth/passkeys/register-options");
  const passkey: NewPasskey = await makePasskey(asked.options);
  const added = await api.post<PasskeyAdded>("/api/auth/passkeys/register", { challenge: asked.challenge, name, passkey });
  void queryClient.invalidateQueries({ queryKey: key });
  return added.recovery_codes;
}

export async function renamePasskey({ id, name }: { id: number; name: string }): Promise<Passkey> {
  const passkey = await api.put<Passkey>(`/api/auth/passkeys/${id}`, { name });
  await queryClient.invalidateQueries({ queryKey: key });
  return passkey;
}

export async function removePasskey(id: number): Promise<void> {
  await api.act(`/api/auth/passkeys/${id}/remove`);
  await queryClient.invalidateQueries({ queryKey: key });
}

/** For an administrator: takes all second factors of an account away. */
export async function resetFactorsOf(id: number): Promise<SecondFactorsReset> {
  const removed = await api.post<SecondFactorsReset>(`/api/auth/users/${id}/reset-second-factors`);
  await Promise.all(["people", "second-factors"].map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
  return removed;
}

/** Asks a passkey for a sign-in: of the account whose challenge is given, else of whoever holds it. */
export async function passkeyForSignIn(challenge?: string) {
  const asked = await api.post<PasskeyRequestOptions>("/api/auth/passkeys/options", challenge === undefined ? undefined : { challenge });
  return { challenge: asked.challenge, passkey: await askPasskey(asked.options) };
}

export async function proveByPasskey(): Promise<Reauthenticated> {
  const asked = await api.post<PasskeyRequestOptions>("/api/auth/reauthenticate/passkey-options");
  return prove({ challenge: asked.challenge, passkey: await askPasskey(asked.options) });
}

export function prove(body: ReauthenticateBody): Promise<Reauthenticated> {
  return api.post<Reauthenticated>("/api/auth/reauthenticate", body);
}
