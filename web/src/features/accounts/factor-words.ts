import type { Person } from "@sentinal/contract";

/** What an account has besides its password; null for nothing. */
export function factorWords({ totp, passkeys }: Person["second_factors"]): string | null {
  const words = [totp ? "App" : null, passkeys === 0 ? null : passkeys === 1 ? "passkey" : `${passkeys} passkeys`].filter((word) => word !== null).join(" + ");
  return words === "" ? null : words.slice(0, 1).toUpperCase() + words.slice(1);
}
