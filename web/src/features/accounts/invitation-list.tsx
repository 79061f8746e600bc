import type { Invitation, InvitationState } from "@sentinal/contract";
import { useMutation } from "@tanstack/react-query";
import { announce } from "../../announcement.ts";
import { Fault } from "../../components/fault.tsx";
import { Status } from "../../components/status.tsx";
import { Time } from "../../components/time.tsx";
import { Button } from "../../components/ui/button.tsx";
import { classes } from "../../components/ui/classes.ts";
import type { StatusKind } from "../../status.ts";
import { revokeInvitation } from "./people-queries.ts";

const columns = "md:grid-cols-[92px_minmax(160px,1fr)_80px_minmax(90px,140px)_104px_minmax(104px,150px)_80px]";

const looks: Readonly<Record<InvitationState, { kind: StatusKind; word: string }>> = {
  open: { kind: "queued", word: "Open" },
  used: { kind: "success", word: "Used" },
  expired: { kind: "timed_out", word: "Expired" },
  revoked: { kind: "cancelled", word: "Revoked" },
};

/** Invitations as rows, the newest first; links are shown nowhere again. */
export function InvitationList({ invitations }: { invitations: readonly Invitation[] }) {
  const revocation = useMutation({ mutationFn: revokeInvitation, onSuccess: () => announce("The invitation is revoked.") });
  return (
    <>
      {revocation.error !== null && (
        <div className="p-4">
          <Fault error={revocation.error} what="The invitation was not revoked" />
        </div>
      )}
      <div role="table" aria-label="Invitations">
        <div role="row" className={classes("hidden h-8 items-center gap-4 border-b border-line px-4 text-xs font-medium text-ink-faint md:grid", columns)}>
          {["State", "For", "Role", "By", "Made", "Ends"].map((name) => (
            <span key={name} role="columnheader">
              {name}
            </span>
          ))}
          <span role="columnheader">
            <span className="sr-only">Actions</span>
          </span>
        </div>
        {invitations.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} isBusy={revocation.isPending} onRevoke={() => revocation.mutate(invitation.id)} />
        ))}
      </div>
    </>
  );
}

function InvitationRow({ invitation, isBusy, onRevoke }: { invitation: Invitation; isBusy: boolean; onRevoke(): void }) {
  const look = looks[invitation.state];
  return (
    <div role="row" className={classes("grid grid-cols-[1fr_auto] gap-x-4 gap-y-0.5 border-b border-line px-4 py-2.5 md:h-9 md:items-center md:py-0", columns)}>
      <span role="cell" className="flex items-center max-md:order-2 max-md:justify-self-end">
        <Status kind={look.kind} word={look.word} />
      </span>
      <span role="cell" className="truncate font-medium max-md:order-1" title={invitation.email ?? invitation.used_by ?? undefined}>
        {invitation.email ?? invitation.used_by ?? <span className="font-normal text-ink-soft">Whoever has the link</span>}
      </span>
      <span role="cell" className="text-ink-soft max-md:order-3">
        {invitation.role}
      </span>
      <span role="cell" className="truncate text-ink-soft max-md:order-5">
        <span className="md:hidden">by </span>
        {invitation.created_by ?? "unknown"}
      </span>
      <span role="cell" className="text-ink-soft max-md:hidden">
        <Time at={invitation.created_at} />
      </span>
      <span role="cell" className="truncate text-ink-soft max-md:order-4 max-md:text-right">
        <End invitation={invitation} />
      </span>
      <span role="cell" className="text-right max-md:order-6">
        {invitation.state === "open" && (
          <Button look="danger" size="sm" disabled={isBusy} onClick={onRevoke} aria-label={`Revoke the invitation for ${invitation.email ?? invitation.role}`}>
            Revoke
          </Button>
        )}
      </span>
    </div>
  );
}

function End({ invitation }: { invitation: Invitation }) {
  if (invitation.used_at !== null) return <Time at={invitation.used_at} prefix="used " />;
  if (invitation.revoked_at !== null) return <Time at={invitation.revoked_at} prefix="revoked " />;
  return <Time at={invitation.expires_at} />;
}
