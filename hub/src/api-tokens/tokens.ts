import type { ApiToken, CreateApiTokenBody, CreatedApiToken, Scope } from "@sentinal/contract";
import { createApiToken as newToken, hashToken, visiblePrefix } from "@sentinal/tokens";
import type { Caller } from "../accounts/index.ts";
import { type Actor, type AuditEntry, type Fingerprints, recordAudit } from "../audit/index.ts";
import { type Database, type DatabaseTransaction, decodeCursor, encodeCursor, inTransaction, type Revocations } from "../database/index.ts";
import { fieldError, HttpError } from "../http/index.ts";
import { bindToken, findToken, hashOfToken, insertToken, listTokens, lockToken, replaceToken, revokeToken } from "./queries.ts";
import { hasControlCharacters, knownScopes, lifetimeDays, tokenAnswer } from "./rules.ts";

export type Parts = { db: Database; revocations: Pick<Revocations, "notify" | "apply">; fingerprints: Fingerprints; now: () => number };

/** Who acts, and from where; the operator comes from nowhere. */
type Act = { actor: Actor; caller: Caller | null };

/** What an administrator decides of a token. */
type Terms = { name: string; scopes: readonly Scope[]; repository: string | null; expiresInDays: number | null };

/** An old token works so long beside its successor when nobody says otherwise. */
const usualOverlapHours = 24;

/** Makes a token; the answer is the only place that ever shows it. Throws HttpError `field_invalid`. */
export async function createToken(parts: Parts, body: CreateApiTokenBody, act: Act): Promise<CreatedApiToken> {
  if (hasControlCharacters(body.name)) throw fieldError("name", "has characters that cannot be shown", "Use letters, digits, spaces and signs.");
  const terms: Terms = {
    name: body.name,
    scopes: knownScopes(body.scopes),
    repository: body.repository ?? null,
    expiresInDays: body.expires_in_days ?? null,
  };
  return inTransaction(parts.db, async (trx) => {
    const made = await insertNew(trx, terms, act.actor);
    await record(trx, parts, act, "api_token.created", made.id, {
      name: terms.name,
      scopes: terms.scopes,
      repository: terms.repository,
      expires_in_days: terms.expiresInDays,
    });
    return { ...(await answerOf(trx, made.id, parts)), token: made.token };
  });
}

/**
 * Makes a successor of the same name, scopes, binding and length of life. The old token works beside it for the hours
 * given (0: not at all), and ends then without anybody doing more. Throws HttpError `not_found`, or `already_over` for a
 * token that was revoked or has a successor.
 */
export async function rotateToken(parts: Parts, id: number, body: { overlap_hours?: number | undefined }, act: Act): Promise<CreatedApiToken> {
  const overlapHours = body.overlap_hours ?? usualOverlapHours;
  const loss = overlapHours === 0 ? "revoked" : "shortened";
  const created = await inTransaction(parts.db, async (trx) => {
    const old = await lockToken(trx, id);
    if (old === undefined) throw unknown(id);
    if (old.replaced_by !== null) throw new HttpError("already_over", `Token ${id} was replaced by token ${old.replaced_by}.`);
    if (old.revoked_at !== null) throw new HttpError("already_over", `Token ${id} was revoked; make a new one.`);
    const terms: Terms = { name: old.name, scopes: knownScopes(old.scopes), repository: old.repository, expiresInDays: lifetimeDays(old) };
    const made = await insertNew(trx, terms, act.actor);
    await replaceToken(trx, id, { id: made.id, overlapHours });
    await record(trx, parts, act, "api_token.rotated", id, { successor_id: made.id, overlap_hours: overlapHours });
    await parts.revocations.notify(trx, `api_token:${id}`, loss);
    return { ...(await answerOf(trx, made.id, parts)), token: made.token };
  });
  parts.revocations.apply(`api_token:${id}`, loss);
  return created;
}

/** Binds a token to a repository, or to none. Its sockets are closed, for they show what it saw before. Throws HttpError `not_found` or `already_over`. */
export async function bindTokenById(parts: Parts, id: number, repository: string | null, act: Act): Promise<ApiToken> {
  const done = await inTransaction(parts.db, async (trx) => {
    const old = await lockToken(trx, id);
    if (old === undefined) throw unknown(id);
    if (old.revoked_at !== null) throw new HttpError("already_over", `Token ${id} was revoked.`);
    const isOther = old.repository !== repository;
    if (isOther) {
      await bindToken(trx, id, repository);
      await record(trx, parts, act, "api_token.bound", id, { repository, before: old.repository });
      await parts.revocations.notify(trx, `api_token:${id}`);
    }
    return { token: await answerOf(trx, id, parts), isOther };
  });
  if (done.isOther) parts.revocations.apply(`api_token:${id}`);
  return done.token;
}

/** The newest first. Throws HttpError `field_invalid` for a cursor of another list. */
export async function pageOfTokens(
  parts: Pick<Parts, "db" | "now">,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: ApiToken[]; next_cursor: string | null }> {
  const below = page.cursor === undefined ? null : idIn(page.cursor);
  // One more than is shown tells whether there is a next page.
  const rows = await listTokens(parts.db, { below, limit: page.limit + 1 });
  const nowMs = parts.now();
  const items = rows.slice(0, page.limit).map((row) => tokenAnswer(row, nowMs));
  const last = items.at(-1);
  return { items, next_cursor: rows.length > page.limit && last !== undefined ? encodeCursor([last.id]) : null };
}

/** Revokes a token on all hubs; one that is revoked already stays as it is. Throws HttpError `not_found`. */
export async function revokeTokenById(parts: Parts, id: number, act: Act): Promise<ApiToken> {
  const done = await inTransaction(parts.db, async (trx) => {
    const revoked = await revokeToken(trx, { id }, "by_hand");
    if (revoked !== undefined) {
      await record(trx, parts, act, "api_token.revoked", id, { reason: "by_hand" });
      await parts.revocations.notify(trx, `api_token:${id}`);
    }
    return { token: await answerOf(trx, id, parts), isNew: revoked !== undefined };
  });
  if (done.isNew) parts.revocations.apply(`api_token:${id}`);
  return done.token;
}

/** Revokes a token that stood where others can read it; what is no token of this hub, or revoked already, is left. */
export async function revokeLeakedToken(parts: Parts, token: string, caller: Caller): Promise<void> {
  const revoked = await inTransaction(parts.db, async (trx) => {
    const found = await revokeToken(trx, { hash: hashToken(token) }, "in_url");
    if (found === undefined) return undefined;
    await record(trx, parts, { actor: { kind: "hub" }, caller }, "api_token.revoked", found.id, { reason: "in_url" });
    await parts.revocations.notify(trx, `api_token:${found.id}`);
    return found;
  });
  if (revoked !== undefined) parts.revocations.apply(`api_token:${revoked.id}`);
}

async function insertNew(trx: DatabaseTransaction, terms: Terms, actor: Actor): Promise<{ id: number; token: string }> {
  const token = newToken();
  const id = await insertToken(trx, {
    ...terms,
    prefix: visiblePrefix(token),
    hash: hashToken(token),
    createdBy: actor.kind === "user" ? actor.id : null,
  });
  return { id, token };
}

/** Each entry carries the fingerprint of its token, so that who finds a token somewhere finds all that was done with it. */
async function record(trx: DatabaseTransaction, parts: Parts, act: Act, action: string, id: number, detail: NonNullable<AuditEntry["detail"]>): Promise<void> {
  await recordAudit(trx, {
    actor: act.actor,
    action,
    subject: { kind: "api_token", id },
    fingerprint: parts.fingerprints.ofHash(await hashOfToken(trx, id)),
    address: act.caller?.address ?? null,
    requestId: act.caller?.requestId ?? null,
    detail,
  });
}

async function answerOf(trx: DatabaseTransaction, id: number, parts: Parts): Promise<ApiToken> {
  const row = await findToken(trx, id);
  if (row === undefined) throw unknown(id);
  return tokenAnswer(row, parts.now());
}

function unknown(id: number): HttpError {
  return new HttpError("not_found", `There is no token ${id}.`);
}

function idIn(cursor: string): number {
  const id = decodeCursor(cursor, ["number"])?.[0];
  if (!Number.isSafeInteger(id)) throw fieldError("cursor", "is not one that this list gave out", "Leave it out to start from the first page.");
  return Number(id);
}
