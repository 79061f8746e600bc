import { type CreateTrustBindingBody, scopes, type TrustBinding } from "@sentinal/contract";
import type { Caller } from "../accounts/index.ts";
import { type Actor, recordAudit } from "../audit/index.ts";
import { type Database, decodeCursor, encodeCursor, inTransaction, type Revocations } from "../database/index.ts";
import { fieldError, HttpError } from "../http/index.ts";
import { findBinding, insertBinding, listBindings, revokeBinding } from "./queries.ts";

type Parts = { db: Database; revocations: Pick<Revocations, "notify" | "apply"> };

/** Makes a binding. Throws HttpError `field_invalid`. */
export async function createBinding(db: Database, body: CreateTrustBindingBody, actor: Actor, caller: Caller | null): Promise<TrustBinding> {
  for (const field of ["name", "environment"] as const) {
    if (/\p{Cc}/u.test(body[field] ?? "")) throw fieldError(field, "has characters that cannot be shown", "Use letters, digits, spaces and signs.");
  }
  return inTransaction(db, async (trx) => {
    const id = await insertBinding(trx, body, actor.kind === "user" ? actor.id : null);
    const binding = await findBinding(trx, id);
    if (binding === undefined) throw new Error(`the binding ${id} that was just made is not there`);
    await recordAudit(trx, {
      actor,
      action: "trust_binding.created",
      subject: { kind: "trust_binding", id },
      address: caller?.address ?? null,
      requestId: caller?.requestId ?? null,
      detail: {
        name: binding.name,
        repository: binding.repository,
        repository_id: binding.repository_id,
        repository_owner_id: binding.repository_owner_id,
        workflow: binding.workflow,
        refs: binding.refs,
        events: binding.events,
        scopes: binding.scopes,
        environment: binding.environment,
      },
    });
    return bindingAnswer(binding);
  });
}

/** Throws HttpError `not_found`. */
export async function showBinding(db: Database, id: number): Promise<TrustBinding> {
  const row = await findBinding(db, id);
  if (row === undefined) throw new HttpError("not_found", `There is no trust binding ${id}.`);
  return bindingAnswer(row);
}

/** The newest first. Throws HttpError `field_invalid` for a cursor of another list. */
export async function pageOfBindings(
  db: Database,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: TrustBinding[]; next_cursor: string | null }> {
  const below = page.cursor === undefined ? null : decodeCursor(page.cursor, ["number"])?.[0];
  if (below !== null && !Number.isSafeInteger(below))
    throw fieldError("cursor", "is not one that this list gave out", "Leave it out to start from the first page.");
  // One more than is shown tells whether there is a next page.
  const rows = await listBindings(db, { below: below === null ? null : Number(below), limit: page.limit + 1 });
  const items = rows.slice(0, page.limit).map(bindingAnswer);
  const last = items.at(-1);
  return { items, next_cursor: rows.length > page.limit && last !== undefined ? encodeCursor([last.id]) : null };
}

/** Revokes a binding and all tokens that were made under it, on all hubs; one that is revoked already stays as it is. Throws HttpError `not_found`. */
export async function revokeBindingById(parts: Parts, id: number, actor: Actor, caller: Caller | null): Promise<TrustBinding> {
  const done = await inTransaction(parts.db, async (trx) => {
    const revoked = await revokeBinding(trx, id);
    if (revoked !== undefined) {
      await recordAudit(trx, {
        actor,
        action: "trust_binding.revoked",
        subject: { kind: "trust_binding", id },
        address: caller?.address ?? null,
        requestId: caller?.requestId ?? null,
      });
      await parts.revocations.notify(trx, `trust_binding:${id}`);
    }
    const row = await findBinding(trx, id);
    if (row === undefined) throw new HttpError("not_found", `There is no trust binding ${id}.`);
    return { binding: bindingAnswer(row), isNew: revoked !== undefined };
  });
  if (done.isNew) parts.revocations.apply(`trust_binding:${id}`);
  return done.binding;
}

function bindingAnswer(row: NonNullable<Awaited<ReturnType<typeof findBinding>>>): TrustBinding {
  const { issued_at: at, told_repository: repository, github_run_id: runId, run_attempt: attempt } = row;
  return {
    id: row.id,
    name: row.name,
    repository: row.repository,
    repository_id: row.repository_id,
    repository_owner_id: row.repository_owner_id,
    workflow: row.workflow,
    refs: row.refs,
    events: row.events,
    scopes: scopes.filter((scope) => row.scopes.includes(scope)),
    environment: row.environment,
    created_at: row.created_at.toISOString(),
    created_by: row.created_by,
    revoked_at: row.revoked_at?.toISOString() ?? null,
    last_exchange:
      at === null || repository === null || runId === null || attempt === null
        ? null
        : { at: at.toISOString(), repository, github_run_id: runId, run_attempt: attempt },
  };
}
