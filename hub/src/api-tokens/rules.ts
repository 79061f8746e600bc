import { type ApiToken, type Scope, scopes } from "@sentinal/contract";
import type { ErrorCode } from "../http/index.ts";

/** Why a known token is refused at this moment; null when it is good. Revocation goes first: it is what somebody did. */
export function refusalOf(
  token: { revokedAt: Date | null; expiresAtMs: number | null; overlapEndsAtMs: number | null },
  nowMs: number,
): Extract<ErrorCode, "token_revoked" | "token_replaced" | "token_expired"> | null {
  if (token.revokedAt !== null) return "token_revoked";
  if (token.overlapEndsAtMs !== null && token.overlapEndsAtMs <= nowMs) return "token_replaced";
  return token.expiresAtMs !== null && token.expiresAtMs <= nowMs ? "token_expired" : null;
}

/** When a token ends: its own end or that of the overlap with its successor, whichever comes first; null: never. */
export function endOf(token: { expires_at: Date | null; overlap_ends_at: Date | null }): Date | null {
  const ends = [token.expires_at, token.overlap_ends_at].filter((end) => end !== null);
  return ends.length === 0 ? null : new Date(Math.min(...ends.map((end) => end.getTime())));
}

const dayMs = 86_400_000;
/** Before its end a token is shown as one that needs a successor, more urgently with each of these. */
const warningDays = [1, 3, 7, 14] as const;

/** What a list says of a token at this moment. */
export function stateOf(
  token: { revoked_at: Date | null; expires_at: Date | null; overlap_ends_at: Date | null; replaced_by: number | null },
  nowMs: number,
): Pick<ApiToken, "state" | "expires_soon" | "expires_within_days"> {
  const refusal = refusalOf(
    { revokedAt: token.revoked_at, expiresAtMs: token.expires_at?.getTime() ?? null, overlapEndsAtMs: token.overlap_ends_at?.getTime() ?? null },
    nowMs,
  );
  const over = { expires_soon: false, expires_within_days: null };
  // Rotated without an overlap, it was revoked by that.
  if (refusal === "token_revoked") return { state: token.replaced_by !== null && token.overlap_ends_at === null ? "replaced" : "revoked", ...over };
  if (refusal !== null) return { state: refusal === "token_replaced" ? "replaced" : "expired", ...over };
  if (token.overlap_ends_at !== null) return { state: "overlapping", ...over };
  const leftMs = token.expires_at === null ? Number.POSITIVE_INFINITY : token.expires_at.getTime() - nowMs;
  const within = warningDays.find((days) => leftMs <= days * dayMs) ?? null;
  return { state: within === null ? "valid" : "expires_soon", expires_soon: within !== null, expires_within_days: within };
}

/** The life that a token was given, in days: its successor gets the same. Null: without an end. */
export function lifetimeDays(token: { created_at: Date; expires_at: Date | null }): number | null {
  return token.expires_at === null ? null : Math.max(1, Math.round((token.expires_at.getTime() - token.created_at.getTime()) / dayMs));
}

/** The scopes of a stored token; a word that this version does not know is no right. */
export function knownScopes(words: readonly string[]): readonly Scope[] {
  return scopes.filter((scope) => words.includes(scope));
}

export type TokenRow = {
  id: number;
  name: string;
  prefix: string;
  scopes: readonly string[];
  repository: string | null;
  created_at: Date;
  created_by: string | null;
  expires_at: Date | null;
  last_used_at: Date | null;
  last_used_address: string | null;
  revoked_at: Date | null;
  replaced_by: number | null;
  overlap_ends_at: Date | null;
};

export function tokenAnswer(row: TokenRow, nowMs: number): ApiToken {
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
    last_used_address: row.last_used_address,
    revoked_at: row.revoked_at?.toISOString() ?? null,
    replaced_by: row.replaced_by,
    overlap_ends_at: row.overlap_ends_at?.toISOString() ?? null,
    ...stateOf(row, nowMs),
  };
}

/** Whether a text has characters that no name needs and no terminal should be sent. */
export function hasControlCharacters(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
