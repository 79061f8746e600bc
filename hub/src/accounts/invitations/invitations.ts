import { type CreatedInvitation, type CreateInvitationBody, type Invitation, type InvitationOffer, type Role, usualInvitationDays } from "@sentinal/contract";
import { type Fingerprints, recordAudit } from "../../audit/index.ts";
import { type Database, type DatabaseTransaction, decodeCursor, encodeCursor, inTransaction } from "../../database/index.ts";
import { fieldError, HttpError } from "../../http/index.ts";
import { createLinkToken, hashLinkToken, linkUrl } from "../link-tokens.ts";
import { asRole, type Caller, type RegistrationMode } from "../rules.ts";
import { findInvitation, findInvitationByHash, insertInvitation, listInvitations, lockInvitationByHash, revokeInvitation } from "./queries.ts";
import { invitationAnswer, invitationState, isSameEmail, refusals } from "./rules.ts";

export type Parts = { db: Database; mode: RegistrationMode; publicUrl: () => string; fingerprints: Fingerprints; now: () => number };
type Act = { userId: number; caller: Caller };

/** Makes an invitation; the answer is the only place that ever shows its link. Throws HttpError `registration_closed`. */
export async function createInvitation(parts: Parts, body: CreateInvitationBody, act: Act): Promise<CreatedInvitation> {
  if (parts.mode === "closed")
    throw new HttpError("registration_closed", "SENTINAL_REGISTRATION closes registration on this hub, so that nobody could use an invitation.");
  const token = createLinkToken("invite");
  const hash = hashLinkToken("invite", token);
  if (hash === null) throw new Error("a new invitation has no form of one");
  const expiresInDays = body.expires_in_days ?? usualInvitationDays;
  const made = await inTransaction(parts.db, async (trx) => {
    const id = await insertInvitation(trx, { hash, email: body.email ?? null, role: body.role, createdBy: act.userId, expiresInDays });
    await recordAudit(trx, {
      actor: { kind: "user", id: act.userId },
      action: "invitation.created",
      subject: { kind: "invitation", id },
      fingerprint: parts.fingerprints.ofHash(hash),
      address: act.caller.address,
      requestId: act.caller.requestId,
      detail: {
        role: body.role,
        expires_in_days: expiresInDays,
        ...(body.email !== undefined && { email_fingerprint: parts.fingerprints.of(body.email.toLowerCase()) }),
      },
    });
    return answerOf(trx, id, parts);
  });
  return { ...made, url: linkUrl(parts.publicUrl(), "invite", token) };
}

/** The newest first. Throws HttpError `field_invalid` for a cursor of another list. */
export async function pageOfInvitations(
  parts: Parts,
  query: { limit: number; cursor?: string | undefined },
): Promise<{ items: Invitation[]; next_cursor: string | null }> {
  const key = query.cursor === undefined ? null : decodeCursor(query.cursor, ["number"]);
  if (query.cursor !== undefined && key === null) throw fieldError("cursor", "is not one of this list", "Take `next_cursor` of the page before.");
  const rows = await listInvitations(parts.db, { below: key === null ? null : Number(key[0]), limit: query.limit + 1 });
  const items = rows.slice(0, query.limit).map((row) => invitationAnswer(row, parts.now()));
  const last = items.at(-1);
  return { items, next_cursor: rows.length > query.limit && last !== undefined ? encodeCursor([last.id]) : null };
}

/** Throws HttpError `not_found`, or `already_over` for an invitation that was used. Again is no error. */
export async function revokeInvitationById(parts: Parts, id: number, act: Act): Promise<Invitation> {
  return inTransaction(parts.db, async (trx) => {
    const revoked = await revokeInvitation(trx, id);
    const invitation = await answerOf(trx, id, parts);
    if (revoked === undefined && invitation.state === "used")
      throw new HttpError("already_over", `Invitation ${id} was used by ${invitation.used_by ?? "an account that is gone"}; deactivate the account instead.`);
    if (revoked !== undefined) {
      await recordAudit(trx, {
        actor: { kind: "user", id: act.userId },
        action: "invitation.revoked",
        subject: { kind: "invitation", id },
        address: act.caller.address,
        requestId: act.caller.requestId,
        detail: { reason: "by_hand" },
      });
    }
    return invitation;
  });
}

/** What an invitation offers, for whoever holds its token. Throws HttpError `invitation_…` when it can not be used. */
export async function checkInvitation(parts: Parts, token: string): Promise<InvitationOffer> {
  if (parts.mode === "closed") throw new HttpError("registration_closed", "Registration is closed.");
  const hash = hashLinkToken("invite", token);
  const row = hash === null ? undefined : await findInvitationByHash(parts.db, hash);
  if (row === undefined) throw new HttpError("invitation_unknown");
  refuseUnlessOpen(row, parts.now());
  return { invited_by: row.created_by, email: row.email, role: asRole(row.role), expires_at: row.expires_at.toISOString() };
}

/** An invitation that an account with the address can be made with. */
type Usable = { id: number; role: Role };

/** Looks an invitation up without taking it. Throws as `holdInvitation` does. */
export async function findOffer(db: Database, token: string, email: string, now: number): Promise<Usable> {
  const hash = hashLinkToken("invite", token);
  return usable(hash === null ? undefined : await findInvitationByHash(db, hash), email, now);
}

/**
 * Takes an invitation for an account that is about to be made; whoever comes second waits, and finds it used.
 * Throws HttpError `invitation_…`, or `field_invalid` when it is for another address.
 */
export async function holdInvitation(trx: DatabaseTransaction, token: string, email: string, now: number): Promise<Usable> {
  const hash = hashLinkToken("invite", token);
  return usable(hash === null ? undefined : await lockInvitationByHash(trx, hash), email, now);
}

type InvitationRow = { id: number; email: string | null; role: string; used_at: Date | null; revoked_at: Date | null; expires_at: Date };

function usable(row: InvitationRow | undefined, email: string, now: number): Usable {
  if (row === undefined) throw new HttpError("invitation_unknown");
  refuseUnlessOpen(row, now);
  if (row.email !== null && !isSameEmail(row.email, email))
    throw fieldError("email", "is not the address that was invited", "Take the address that the invitation names; it can be changed afterwards.");
  return { id: row.id, role: asRole(row.role) };
}

function refuseUnlessOpen(row: { used_at: Date | null; revoked_at: Date | null; expires_at: Date }, now: number): void {
  const state = invitationState(row, now);
  if (state !== "open") throw new HttpError(refusals[state]);
}

async function answerOf(trx: DatabaseTransaction, id: number, parts: Parts): Promise<Invitation> {
  const row = await findInvitation(trx, id);
  if (row === undefined) throw new HttpError("not_found", `There is no invitation ${id}.`);
  return invitationAnswer(row, parts.now());
}
