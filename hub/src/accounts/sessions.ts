import { randomUUID } from "node:crypto";
import { recordAudit } from "../audit/index.ts";
import { type Database, type DatabaseTransaction, inTransaction, type Revocations } from "../database/index.ts";
import { insertReuseNotice } from "./profile/notice-queries.ts";
import {
  eraseSealedCopy,
  findFamilyOfToken,
  findSpentToken,
  holdPassword,
  insertRefreshToken,
  insertSession,
  lockSessionOfToken,
  revokeSession,
  rotateRefreshToken,
  touchSession,
} from "./queries.ts";
import { createRefreshToken, hashRefreshToken, openSuccessor, sealSuccessor } from "./refresh-tokens.ts";
import { type Caller, judgeSpentToken } from "./rules.ts";

/** What a sign-in or a refresh leads to. */
export type Grant = { userId: number; family: string; refreshToken: string; refreshExpiresAt: Date };

/** `reused`: the token was exchanged before and is in two hands; its whole family has been revoked. */
export type Refreshed = { kind: "granted"; grant: Grant } | { kind: "reused"; userId: number; family: string } | { kind: "ended" };

type Parts = { db: Database; revocations: Pick<Revocations, "notify" | "apply"> };

/** Without use a session ends after this; each refresh begins it anew. */
const idleDays = 30;
/** And after this in any case. */
const sessionDays = 90;
const storedUserAgentLength = 300;

/** Opens a session of its own for a sign-in whose password was found right; null when the account changed since. */
export async function openSession(parts: Parts, user: { id: number; passwordHash: string }, caller: Caller, userAgent: string | null): Promise<Grant | null> {
  return inTransaction(parts.db, async (trx) => {
    if (!(await holdPassword(trx, user.id, user.passwordHash))) return null;
    return openSessionIn(trx, { userId: user.id, userAgent }, caller);
  });
}

/** The same in the transaction in which the caller found the account active; `detail` is for the audit log. */
export async function openSessionIn(
  trx: DatabaseTransaction,
  opened: { userId: number; userAgent: string | null; approvedIn?: string; detail?: Readonly<Record<string, string>> },
  caller: Caller,
): Promise<Grant> {
  const { userId } = opened;
  const family = randomUUID();
  const refreshToken = createRefreshToken();
  const session = await insertSession(trx, {
    family,
    userId,
    userAgent: opened.userAgent?.slice(0, storedUserAgentLength) ?? null,
    address: caller.address,
    lifetimeDays: sessionDays,
    ...(opened.approvedIn !== undefined && { approvedIn: opened.approvedIn }),
  });
  const stored = await insertRefreshToken(trx, {
    jti: randomUUID(),
    hash: hashRefreshToken(refreshToken),
    userId,
    family,
    sessionExpiresAt: session.expires_at,
    lifetimeDays: idleDays,
  });
  await recordAudit(trx, {
    actor: { kind: "user", id: userId },
    action: "session.opened",
    subject: { kind: "session", id: family },
    address: caller.address,
    requestId: caller.requestId,
    ...(opened.detail !== undefined && { detail: opened.detail }),
  });
  return { userId, family, refreshToken, refreshExpiresAt: stored.expires_at };
}

/**
 * Exchanges a refresh token for its successor. The first to come rotates; whoever brings the same token within the
 * grace gets the same successor; whoever brings it later ends the family.
 * A rotation changes nobody's rights and stands in `refresh_tokens`, so the audit log does not repeat it.
 */
export async function refreshSession(parts: Parts, token: string, caller: Caller): Promise<Refreshed> {
  const refreshed = await inTransaction(parts.db, (trx) => exchange(trx, token, caller, parts));
  if (refreshed.kind === "reused") parts.revocations.apply(`session:${refreshed.family}`);
  return refreshed;
}

/** Ends the session of a refresh token, however old the token is; what is unknown or over already is left as it is. */
export async function closeSession(parts: Parts, token: string, caller: Caller): Promise<void> {
  const family = await inTransaction(parts.db, async (trx) => {
    const known = await findFamilyOfToken(trx, hashRefreshToken(token));
    if (known === undefined) return null;
    const ended = await revokeSession(trx, known, "logout");
    if (ended === undefined) return null;
    await recordAudit(trx, {
      actor: { kind: "user", id: ended.user_id },
      action: "session.revoked",
      subject: { kind: "session", id: known },
      address: caller.address,
      requestId: caller.requestId,
      detail: { reason: "logout" },
    });
    await parts.revocations.notify(trx, `session:${known}`);
    return known;
  });
  if (family !== null) parts.revocations.apply(`session:${family}`);
}

async function exchange(trx: DatabaseTransaction, token: string, caller: Caller, parts: Parts): Promise<Refreshed> {
  const hash = hashRefreshToken(token);
  const session = await lockSessionOfToken(trx, hash);
  if (session === undefined || session.is_over) return { kind: "ended" };
  const common = { userId: session.user_id, family: session.family };

  const successor = createRefreshToken();
  const jti = randomUUID();
  const rotated = await rotateRefreshToken(trx, hash, { jti, sealed: sealSuccessor(token, successor, jti) });
  if (rotated !== undefined) {
    const stored = await insertRefreshToken(trx, {
      jti,
      hash: hashRefreshToken(successor),
      ...common,
      sessionExpiresAt: session.expires_at,
      lifetimeDays: idleDays,
    });
    await eraseSealedCopy(trx, rotated.jti);
    await touchSession(trx, session.family);
    return { kind: "granted", grant: { ...common, refreshToken: successor, refreshExpiresAt: stored.expires_at } };
  }

  const spent = await findSpentToken(trx, hash);
  if (spent === undefined) return { kind: "ended" };
  const verdict = judgeSpentToken({
    isRevoked: spent.revoked,
    isExpired: spent.is_expired,
    isSessionOver: session.is_over,
    secondsSinceRotation: spent.seconds_since_rotation,
    hasSealedSuccessor: spent.successor_sealed !== null,
  });
  if (verdict === "retry" && spent.successor_sealed !== null && spent.successor_jti !== null && spent.successor_expires_at !== null) {
    const refreshToken = openSuccessor(token, spent.successor_sealed, spent.successor_jti);
    return { kind: "granted", grant: { ...common, refreshToken, refreshExpiresAt: spent.successor_expires_at } };
  }
  if (verdict !== "reused") return { kind: "ended" };
  await revokeSession(trx, session.family, "refresh_token_reused");
  await insertReuseNotice(trx, session.family, caller.address);
  await recordAudit(trx, {
    actor: { kind: "anonymous" },
    action: "session.revoked",
    subject: { kind: "session", id: session.family },
    address: caller.address,
    requestId: caller.requestId,
    detail: { reason: "refresh_token_reused", user_id: session.user_id, jti: spent.jti },
  });
  await parts.revocations.notify(trx, `session:${session.family}`);
  return { kind: "reused", ...common };
}
