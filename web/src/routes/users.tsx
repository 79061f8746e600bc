import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Empty, SkeletonRows } from "../components/empty.tsx";
import { Fault } from "../components/fault.tsx";
import { Button } from "../components/ui/button.tsx";
import { classes } from "../components/ui/classes.ts";
import { useDocumentStatus } from "../document-status.ts";
import { InvitationList } from "../features/accounts/invitation-list.tsx";
import { invitationsQuery, peopleQuery } from "../features/accounts/people-queries.ts";
import { PersonList } from "../features/accounts/person-list.tsx";
import { meQuery } from "../features/accounts/queries.ts";

const InviteDialog = lazy(async () => ({ default: (await import("../features/accounts/invite-dialog.tsx")).InviteDialog }));
const PersonDialog = lazy(async () => ({ default: (await import("../features/accounts/person-dialog.tsx")).PersonDialog }));

/** Who has an account here, and who is invited to one. */
export function UsersPage() {
  const me = useQuery(meQuery());
  useDocumentStatus("People", null);
  return (
    <div>
      <div className="flex h-13 items-center gap-4 px-4">
        <h1 className="text-lg font-semibold">People</h1>
        {me.data?.role === "Admin" && <InviteButton />}
      </div>
      {me.isPending && <SkeletonRows count={3} label="Loading people" />}
      {me.error !== null && (
        <div className="px-4">
          <Fault error={me.error} what="Your account could not be read" onRetry={() => void me.refetch()} />
        </div>
      )}
      {me.data !== undefined && (me.data.role === "Admin" ? <AdminPeople ownId={me.data.id} /> : <NotYours role={me.data.role} />)}
    </div>
  );
}

function InviteButton() {
  const navigate = useNavigate({ from: "/users" });
  return (
    <Button
      look="primary"
      icon="plus"
      className="ml-auto"
      onClick={() => void navigate({ search: (previous) => ({ ...previous, invite: true }), resetScroll: false })}
    >
      Invite
    </Button>
  );
}

function AdminPeople({ ownId }: { ownId: number }) {
  const { show, invite, person: personId } = useSearch({ from: "/app/users" });
  const navigate = useNavigate({ from: "/users" });
  const people = useQuery(peopleQuery());
  const invitations = useQuery(invitationsQuery());
  const open = (invitations.data ?? []).filter((invitation) => invitation.state === "open").length;
  const person = people.data?.find((one) => one.id === personId);
  const views = [
    { show: undefined, label: "Accounts", count: people.data?.length },
    { show: "invitations", label: "Invitations", count: invitations.data === undefined ? undefined : open },
  ] as const;

  function close(): void {
    void navigate({ search: (previous) => ({ ...previous, invite: undefined, person: undefined }), resetScroll: false, replace: true });
  }

  return (
    <>
      <nav aria-label="Accounts or invitations" className="flex gap-1 border-b border-line px-4 pb-2">
        {views.map((view) => (
          <Link
            key={view.label}
            from="/users"
            search={(previous) => ({ ...previous, show: view.show })}
            aria-current={show === view.show ? "page" : undefined}
            className={classes(
              "flex h-7 items-center gap-1.5 rounded-md px-2.5 text-xs font-medium",
              show === view.show ? "bg-selected text-accent" : "text-ink-soft hover:bg-sunken",
            )}
          >
            {view.label}
            {view.count !== undefined && <span className="text-ink-faint">{view.count}</span>}
          </Link>
        ))}
      </nav>
      {show === "invitations" ? <Invitations /> : <Accounts ownId={ownId} />}
      <Suspense fallback={null}>
        {invite === true && <InviteDialog onClose={close} />}
        {person !== undefined && <PersonDialog person={person} onClose={close} />}
      </Suspense>
    </>
  );
}

function Accounts({ ownId }: { ownId: number }) {
  const people = useQuery(peopleQuery());
  if (people.isPending) return <SkeletonRows count={4} label="Loading accounts" />;
  if (people.error !== null) {
    return (
      <div className="p-4">
        <Fault error={people.error} what="The accounts could not be read" onRetry={() => void people.refetch()} />
      </div>
    );
  }
  return (
    <>
      <PersonList people={people.data} ownId={ownId} />
      {people.data.length === 1 && (
        <Empty title="You are alone here">
          <p className="mb-4">Invite the others: each gets a link that makes one account, of the role that you choose.</p>
          <InviteButton />
        </Empty>
      )}
    </>
  );
}

function Invitations() {
  const invitations = useQuery(invitationsQuery());
  if (invitations.isPending) return <SkeletonRows count={3} label="Loading invitations" />;
  if (invitations.error !== null) {
    return (
      <div className="p-4">
        <Fault error={invitations.error} what="The invitations could not be read" onRetry={() => void invitations.refetch()} />
      </div>
    );
  }
  if (invitations.data.length > 0) return <InvitationList invitations={invitations.data} />;
  return (
    <Empty title="Nobody was invited yet">
      <p className="mb-4">An invitation is a link that makes one account, of the role that you choose, within the days that you choose.</p>
      <InviteButton />
    </Empty>
  );
}

function NotYours({ role }: { role: string }) {
  return (
    <Empty title="Administrators manage the people">
      <p>
        You are signed in as {role}. Only an administrator sees accounts, invites others and changes roles. What concerns your own account is in your{" "}
        <Link to="/profile" className="link">
          profile
        </Link>
        .
      </p>
    </Empty>
  );
}
