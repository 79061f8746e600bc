import { CreateServiceToken, type CreatedServiceToken, type ServiceToken } from "@sentinal/contract";
import { createServiceToken as newToken } from "@sentinal/tokens";
import { type Actor, type Fingerprints, recordAudit } from "../audit/index.ts";
import { type Database, type DatabaseTransaction, inTransaction, isUniqueViolation } from "../database/index.ts";
import { fieldProblems, HttpError } from "../http/index.ts";
import { findServiceToken, insertServiceToken, replaceCurrent, retireExpired, revokeById } from "./queries.ts";
import { digestOf, serviceTokenAnswer } from "./rules.ts";

type Parts = { db: Database; fingerprints: Fingerprints; now: () => number };

const visibleLength = 6;

/** Makes the token of a service; the answer is the only place that ever shows it. Throws HttpError `field_invalid` or `conflict`. */
export async function createServiceToken(parts: Parts, given: CreateServiceToken, actor: Actor): Promise<CreatedServiceToken> {
  const body = checked(given);
  try {
    return await inTransaction(parts.db, async (trx) => {
      await retireExpired(trx, body.service);
      const made = await insertNew(trx, parts, body);
      await recordAudit(trx, {
        actor,
        action: "service_token.created",
        subject: { kind: "service_token", id: made.id },
        detail: { service: body.service, expires_in_days: body.expires_in_days ?? null, fingerprint: made.fingerprint },
      });
      return answerWith(trx, parts, made);
    });
  } catch (error) {
    if (!isUniqueViolation(error, "service_tokens_current")) throw error;
    const fix = `Exchange it with: sentinal service-token rotate ${body.service}`;
    throw new HttpError("conflict", undefined, { errors: [{ field: "service", problem: `${body.service} has a token already`, fix }] });
  }
}

/** The next token of a service; the one before it is accepted for the hours given. Throws HttpError `field_invalid` or `not_found`. */
export async function rotateServiceToken(parts: Parts, given: CreateServiceToken, overlapHours: number, actor: Actor): Promise<CreatedServiceToken> {
  const body = checked(given);
  return inTransaction(parts.db, async (trx) => {
    const replaced = await replaceCurrent(trx, body.service, overlapHours);
    if (replaced === undefined)
      throw new HttpError("not_found", `There is no token of ${body.service} in use. Make one with: sentinal service-token create ${body.service}`);
    const made = await insertNew(trx, parts, body);
    await recordAudit(trx, {
      actor,
      action: "service_token.rotated",
      subject: { kind: "service_token", id: made.id },
      detail: {
        service: body.service,
        replaced: replaced.id,
        overlap_hours: overlapHours,
        expires_in_days: body.expires_in_days ?? null,
        fingerprint: made.fingerprint,
      },
    });
    return answerWith(trx, parts, made);
  });
}

/** Refused from the next call on; one that is revoked already stays as it is. Throws HttpError `not_found`. */
export async function revokeServiceToken(parts: Parts, id: number, actor: Actor): Promise<ServiceToken> {
  return inTransaction(parts.db, async (trx) => {
    const revoked = await revokeById(trx, id);
    const row = await findServiceToken(trx, id);
    if (row === undefined) throw new HttpError("not_found", `There is no service token ${id}.`);
    if (revoked !== undefined)
      await recordAudit(trx, { actor, action: "service_token.revoked", subject: { kind: "service_token", id }, detail: { service: row.service } });
    return serviceTokenAnswer(row, parts.now());
  });
}

function checked(given: CreateServiceToken) {
  const parsed = CreateServiceToken.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new HttpError("field_invalid", undefined, { errors: fieldProblems(parsed.error.issues) });
}

async function insertNew(trx: DatabaseTransaction, parts: Parts, body: ReturnType<typeof checked>) {
  const token = newToken(body.length);
  const hash = digestOf(token);
  const id = await insertServiceToken(trx, { service: body.service, prefix: token.slice(0, visibleLength), hash, expiresInDays: body.expires_in_days ?? null });
  return { id, token, fingerprint: parts.fingerprints.ofHash(hash) };
}

async function answerWith(trx: DatabaseTransaction, parts: Parts, made: { id: number; token: string }): Promise<CreatedServiceToken> {
  const row = await findServiceToken(trx, made.id);
  if (row === undefined) throw new Error(`the service token ${made.id} that was just made is not there`);
  return { ...serviceTokenAnswer(row, parts.now()), token: made.token };
}
