import type { Invitation, InvitationState } from "@sentinal/contract";
import type { ErrorCode } from "../../http/index.ts";
import { asRole } from "../rules.ts";

type Ends = { used_at: Date | null; revoked_at: Date | null; expires_at: Date };

/** What became of an invitation; what happened to it counts before the time that passed. */
export function invitationState(row: Ends, now: number): InvitationState {
  if (row.used_at !== null) return "used";
  if (row.revoked_at !== null) return "revoked";
  return row.expires_at.getTime() <= now ? "expired" : "open";
}

/** The error that an invitation in this state is refused with. */
export const refusals: Readonly<Record<Exclude<InvitationState, "open">, ErrorCode>> = {
  used: "invitation_used",
  expired: "invitation_expired",
  revoked: "invitation_revoked",
};

export function invitationAnswer(
  row: Ends & { id: number; email: string | null; role: string; created_at: Date; created_by: string | null; used_by: string | null },
  now: number,
): Invitation {
  return {
    id: row.id,
    email: row.email,
    role: asRole(row.role),
    created_at: row.created_at.toISOString(),
    created_by: row.created_by,
    expires_at: row.expires_at.toISOString(),
    used_at: row.used_at?.toISOString() ?? null,
    used_by: row.used_by,
    revoked_at: row.revoked_at?.toISOString() ?? null,
    state: invitationState(row, now),
  };
}

/** Addresses are one as accounts tell them apart: without regard to capitals. */
export function isSameEmail(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
