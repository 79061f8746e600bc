import type { InvitationOffer } from "@sentinal/contract";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { useEffect, useState, useSyncExternalStore } from "react";
import { SkeletonBlock } from "../components/empty.tsx";
import { Fault } from "../components/fault.tsx";
import { OfferFault } from "../features/accounts/offer-fault.tsx";
import { AbsoluteTime } from "../components/time.tsx";
import { Button } from "../components/ui/button.tsx";
import { useDocumentStatus } from "../document-status.ts";
import { Door } from "../features/accounts/door.tsx";
import { RegistrationForm } from "../features/accounts/registration-form.tsx";
import { api, session } from "../runtime.ts";

const articles = { Viewer: "a Viewer, who reads everything", Member: "a Member, who also triages", Admin: "an Admin, who may do everything" } as const;

/** Makes an account with an invitation, whose token stands behind the #. */
export function InvitePage() {
  const { hash: token } = useLocation();
  const phase = useSyncExternalStore(session.subscribe, session.phase);
  const offer = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => api.post<InvitationOffer>("/api/auth/invitations/check", { invitation: token }),
    enabled: token !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });
  useDocumentStatus("Invitation", null);
  // Who just made their account goes on to the board; who came with one is asked first.
  const [cameSignedIn] = useState(phase === "signed_in");
  useEffect(() => {
    if (phase === "signed_in" && !cameSignedIn) location.replace("/");
  }, [phase, cameSignedIn]);

  return (
    <Door
      title="Join this hub"
      footer={
        <p>
          You have an account?{" "}
          <Link to="/sign-in" className="link">
            Sign in
          </Link>
        </p>
      }
    >
      {token === "" && <p className="text-ink-soft">The link is not whole: copy all of it, also what stands behind the #, or ask for another.</p>}
      {token !== "" && offer.isPending && <SkeletonBlock label="Reading the invitation" />}
      {offer.error !== null && <OfferFault error={offer.error} what="The invitation cannot be used" onRetry={() => void offer.refetch()} />}
      {offer.data !== undefined && (
        <div className="flex flex-col gap-4">
          <p className="text-ink-soft">
            {offer.data.invited_by ?? "An administrator"} invites you as {articles[offer.data.role]}. Until{" "}
            <AbsoluteTime at={offer.data.expires_at} className="text-ink" />.
          </p>
          {phase === "signed_in" && cameSignedIn ? <SignedInAlready /> : <RegistrationForm needsCode={false} invitation={{ token, email: offer.data.email }} />}
        </div>
      )}
    </Door>
  );
}

function SignedInAlready() {
  const [error, setError] = useState<unknown>(null);
  return (
    <div className="flex flex-col gap-3">
      <p>You are signed in already. The invitation makes another account: sign out first.</p>
      {error !== null && <Fault error={error} what="Could not sign out" />}
      <div className="flex gap-2">
        <Button look="primary" onClick={() => void session.signOut().then(() => location.reload(), setError)}>
          Sign out
        </Button>
        <Button onClick={() => location.assign("/")}>To the board</Button>
      </div>
    </div>
  );
}
