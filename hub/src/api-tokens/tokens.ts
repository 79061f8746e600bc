import type { ApiToken, CreateApiTokenBody, CreatedApiToken } from "@sentinal/contract";
import { createApiToken as newToken, hashToken, visiblePrefix } from "@sentinal/tokens";
import type { Caller } from "../accounts/index.ts";
import { type Actor, recordAudit } from "../audit/index.ts";
import { type Database, decodeCursor, encodeCursor, inTransaction, type Revocations } from "../database/index.ts";
import { fieldError, HttpError } from "../http/index.ts";
import { findToken, insertToken, listTokens, revokeToken } from "./queries.ts";
import { hasControlCharacters, knownScopes, tokenAnswer } from "./rules.ts";

type Parts = { db: Database; revocations: Pick<Revocations, "notify" | "apply"> };

/** Makes a token; the answer is the only place that ever shows it. Throws HttpError `field_invalid`. */
export async function createToken(db: Database, body: CreateApiTokenBody, actor: Actor, caller: Caller | null): Promise<CreatedApiToken> {
  if (hasControlCharacters(body.name)) throw fieldError("name", "has characters that cannot be shown", "Use letters, digits, spaces and signs.");
  const token = newToken();
  const scopes = knownScopes(body.scopes);
  const repository = body.repository ?? null;
  return inTransaction(db, async (trx) => {
    const id = await insertToken(trx, {
      name: body.name,
      prefix: visiblePrefix(token),
      hash: hashToken(token),
      scopes,
      repository,
      createdBy: actor.kind === "user" ? actor.id : null,
      expiresInDays: body.expires_in_days ?? null,
    });
    await recordAudit(trx, {
      actor,
      action: "api_token.created",
      subject: { kind: "api_token", id },
      address: caller?.address ?? null,
      requestId: caller?.requestId ?? null,
      detail: { name: body.name, scopes, repository, expires_in_days: body.expires_in_days ?? null },
    });
    const row = await findToken(trx, id);
    if (row === undefined) throw new Error(`the token ${id} that was just made is not there`);
    return { ...tokenAnswer(row), token };
  });
}

/** The newest first. Throws HttpError `field_invalid` for a cursor of another list. */
export async function pageOfTokens(
  db: Database,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: ApiToken[]; next_cursor: string | null }> {
  const below = page.cursor === undefined ? null : idIn(page.cursor);
  // One more than is shown tells whether there is a next page.
  const rows = await listTokens(db, { below, limit: page.limit + 1 });
  const items = rows.slice(0, page.limit).map(tokenAnswer);
  const last = items.at(-1);
  return { items, next_cursor: rows.length > page.limit && last !== undefined ? encodeCursor([last.id]) : null };
}

/** Revokes a token on all hubs; one that is revoked already stays as it is. Throws HttpError `not_found`. */
export async function revokeTokenById(parts: Parts, id: number, actor: Actor, caller: Caller | null): Promise<ApiToken> {
  const done = await inTransaction(parts.db, async (trx) => {
    const revoked = await revokeToken(trx, { id }, "by_hand");
    if (revoked !== undefined) {
      await recordAudit(trx, {
        actor,
        action: "api_token.revoked",
        subject: { kind: "api_token", id },
        address: caller?.address ?? null,
        requestId: caller?.requestId ?? null,
        detail: { reason: "by_hand" },
      });
      await parts.revocations.notify(trx, `api_token:${id}`);
    }
    const row = await findToken(trx, id);
    if (row === undefined) throw new HttpError("not_found", `There is no token ${id}.`);
    return { token: tokenAnswer(row), isNew: revoked !== undefined };
  });
  if (done.isNew) parts.revocations.apply(`api_token:${id}`);
  return done.token;
}

/** Revokes a token that stood where others can read it; what is no token of this hub, or revoked already, is left. */
export async function revokeLeakedToken(parts: Parts, token: string, caller: Caller): Promise<void> {
  const revoked = await inTransaction(parts.db, async (trx) => {
    const found = await revokeToken(trx, { hash: hashToken(token) }, "in_url");
    if (found === undefined) return undefined;
    await recordAudit(trx, {
      actor: { kind: "hub" },
      action: "api_token.revoked",
      subject: { kind: "api_token", id: found.id },
      address: caller.address,
      requestId: caller.requestId,
      detail: { reason: "in_url" },
    });
    await parts.revocations.notify(trx, `api_token:${found.id}`);
    return found;
  });
  if (revoked !== undefined) parts.revocations.apply(`api_token:${revoked.id}`);
}

function idIn(cursor: string): number {
  const id = decodeCursor(cursor, ["number"])?.[0];
  if (!Number.isSafeInteger(id)) throw fieldError("cursor", "is not one that this list gave out", "Leave it out to start from the first page.");
  return Number(id);
}
