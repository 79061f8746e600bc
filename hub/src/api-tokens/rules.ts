import { type ApiToken, type Scope, scopes } from "@sentinal/contract";
import type { ErrorCode } from "../http/index.ts";

/** Why a known token is refused at this moment; null when it is good. Revocation goes before expiry: it is what somebody did. */
export function refusalOf(
  token: { revokedAt: Date | null; expiresAtMs: number | null },
  nowMs: number,
): Extract<ErrorCode, "token_revoked" | "token_expired"> | null {
  if (token.revokedAt !== null) return "token_revoked";
  return token.expiresAtMs !== null && token.expiresAtMs <= nowMs ? "token_expired" : null;
}

/** The scopes of a stored token; a word that this version does not know is no right. */
export function knownScopes(words: readonly string[]): readonly Scope[] {
  return scopes.filter((scope) => words.includes(scope));
}

export function tokenAnswer(row: {
  id: number;
  name: string;
  prefix: string;
  scopes: readonly string[];
  repository: string | null;
  created_at: Date;
  created_by: string | null;
  expires_at: Date | null;
  last_used_at: Date | null;
  revoked_at: Date | null;
}): ApiToken {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: [...knownScopes(row.scopes)],
    repository: row.repository,
    created_at: row.created_at.toISOString(),
    created_by: row.created_by,
    expires_at: row.expires_at?.toISOString() ?? null,
    last_used_at: row.last_used_at?.toISOString() ?? null,
    revoked_at: row.revoked_at?.toISOString() ?? null,
  };
}

/** Whether a text has characters that no name needs and no terminal should be sent. */
export function hasControlCharacters(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
