import type { SessionOfUser } from "@sentinal/contract";
import { useMutation, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { announce } from "../../announcement.ts";
import { SkeletonRows } from "../../components/empty.tsx";
import { Fault } from "../../components/fault.tsx";
import { Time } from "../../components/time.tsx";
import { Button } from "../../components/ui/button.tsx";
import { classes } from "../../components/ui/classes.ts";
import { endAllSessions, endOtherSessions, endSession, sessionsQuery } from "./queries.ts";

const Confirmation = lazy(async () => ({ default: (await import("../../components/ui/confirmation.tsx")).Confirmation }));

const columns = "md:grid-cols-[minmax(180px,1fr)_minmax(110px,200px)_112px_112px_96px]";

/** Where one is signed in; on a phone each is a card with its button at hand. */
export function SessionList() {
  const sessions = useQuery(sessionsQuery());
  const [isAsked, setIsAsked] = useState(false);
  const ending = useMutation({ mutationFn: endSession, onSuccess: () => announce("The session is over.") });
  const endingOthers = useMutation({
    mutationFn: endOtherSessions,
    onSuccess: (count) => announce(count === 1 ? "One other session is over." : `${count} other sessions are over.`),
  });
  const endingAll = useMutation({ mutationFn: endAllSessions });
  const problem = ending.error ?? endingOthers.error;

  if (sessions.isPending) return <SkeletonRows count={2} label="Loading sessions" />;
  if (sessions.error !== null) {
    return (
      <div className="px-4">
        <Fault error={sessions.error} what="The sessions could not be read" onRetry={() => void sessions.refetch()} />
      </div>
    );
  }
  const hasOthers = sessions.data.some((session) => !session.is_current);
  return (
    <>
      <div role="table" aria-label="Sessions" className="border-t border-line">
        <div role="row" className={classes("hidden h-8 items-center gap-4 border-b border-line px-4 text-xs font-medium text-ink-faint md:grid", columns)}>
          {["Device", "Opened from", "Opened", "Last seen"].map((name) => (
            <span key={name} role="columnheader">
              {name}
            </span>
          ))}
          <span role="columnheader">
            <span className="sr-only">Actions</span>
          </span>
        </div>
        {sessions.data.map((session) => (
          <SessionRow key={session.id} session={session} isBusy={ending.isPending} onEnd={() => ending.mutate(session.id)} />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-2 px-4 pt-3">
        <Button disabled={!hasOthers || endingOthers.isPending} onClick={() => endingOthers.mutate()}>
          {endingOthers.isPending ? "Ending…" : "End all others"}
        </Button>
        <Button look="danger" onClick={() => setIsAsked(true)}>
          Sign out everywhere
        </Button>
      </div>
      {problem !== null && (
        <div className="px-4 pt-3">
          <Fault error={problem} what="Not every session was ended" />
        </div>
      )}
      <Suspense fallback={null}>
        {isAsked && (
          <Confirmation
            isOpen
            onClose={() => {
              setIsAsked(false);
              endingAll.reset();
            }}
            title="Sign out everywhere?"
            action={endingAll.isPending ? "Ending…" : "End all sessions"}
            isBusy={endingAll.isPending}
            onConfirm={() => endingAll.mutate()}
          >
            <p>All your sessions end, also this one. You sign in anew afterwards.</p>
            {endingAll.error !== null && (
              <div className="mt-3">
                <Fault error={endingAll.error} what="The sessions were not ended" />
              </div>
            )}
          </Confirmation>
        )}
      </Suspense>
    </>
  );
}

function SessionRow({ session, isBusy, onEnd }: { session: SessionOfUser; isBusy: boolean; onEnd(): void }) {
  return (
    <div role="row" className={classes("grid grid-cols-[1fr_auto] gap-x-4 gap-y-0.5 border-b border-line px-4 py-2.5 md:h-9 md:items-center md:py-0", columns)}>
      <span role="cell" className="truncate font-medium" title={session.device}>
        {session.device}
      </span>
      <span role="cell" className="truncate text-ink-soft max-md:order-3" title={session.address ?? undefined}>
        {session.address ?? "unknown"}
      </span>
      <span role="cell" className="text-ink-soft max-md:order-4 max-md:text-right">
        <span className="md:hidden">opened </span>
        <Time at={session.created_at} />
      </span>
      <span role="cell" className="text-ink-soft max-md:order-5">
        <span className="md:hidden">seen </span>
        <Time at={session.last_seen_at} />
      </span>
      <span role="cell" className="text-right max-md:order-2">
        {session.is_current ? (
          <span className="text-xs font-medium text-accent">This one</span>
        ) : (
          <Button size="sm" disabled={isBusy} onClick={onEnd} aria-label={`End the session of ${session.device}`}>
            End
          </Button>
        )}
      </span>
    </div>
  );
}
