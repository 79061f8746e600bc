import type { ResetOffer } from "@sentinal/contract";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { shownProblem } from "../api/problem.ts";
import { SkeletonBlock } from "../components/empty.tsx";
import { Fault } from "../components/fault.tsx";
import { AbsoluteTime } from "../components/time.tsx";
import { Button } from "../components/ui/button.tsx";
import { Field } from "../components/ui/field.tsx";
import { useDocumentStatus } from "../document-status.ts";
import { Door } from "../features/accounts/door.tsx";
import { OfferFault } from "../features/accounts/offer-fault.tsx";
import { fieldRefusal, shortestPassword } from "../features/accounts/registration.ts";
import { api } from "../runtime.ts";

/** Sets a new password with a link, whose token stands behind the #. */
export function ResetPage() {
  const { hash: token } = useLocation();
  const [isDone, setIsDone] = useState(false);
  const offer = useQuery({
    queryKey: ["password-reset", token],
    queryFn: () => api.post<ResetOffer>("/api/auth/password/reset/check", { token }),
    enabled: token !== "" && !isDone,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useDocumentStatus("New password", null);
  if (isDone) {
    return (
      <Door title="The password is set">
        <p className="mb-4 text-ink-soft">All sessions of the account have ended; sign in anew with it.</p>
        <Link to="/sign-in" className="link font-medium">
          Sign in
        </Link>
      </Door>
    );
  }
  return (
    <Door title="Set a new password">
      {token === "" && <p className="text-ink-soft">The link is not whole: copy all of it, also what stands behind the #, or ask for another.</p>}
      {token !== "" && offer.isPending && <SkeletonBlock label="Reading the link" />}
      {offer.error !== null && <OfferFault error={offer.error} what="The link cannot be used" onRetry={() => void offer.refetch()} />}
      {offer.data !== undefined && <PasswordForm token={token} offer={offer.data} onDone={() => setIsDone(true)} />}
    </Door>
  );
}

function PasswordForm({ token, offer, onDone }: { token: string; offer: ResetOffer; onDone(): void }) {
  const [password, setPassword] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const setting = useMutation({ mutationFn: () => api.act("/api/auth/password/reset", { token, password }), onSuccess: onDone });
  const problem = setting.error === null ? null : shownProblem(setting.error);
  const refusal = fieldRefusal(problem, "password");
  const isShort = password.length < shortestPassword;

  function submit(event: FormEvent): void {
    event.preventDefault();
    setIsChecked(true);
    if (!isShort) setting.mutate();
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <p className="text-ink-soft">
        For the account <span className="font-medium text-ink">{offer.username}</span>. The link counts once, until{" "}
        <AbsoluteTime at={offer.expires_at} className="text-ink" />.
      </p>
      <input type="text" name="username" autoComplete="username" value={offer.username} readOnly hidden />
      <Field
        label="New password"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        autoFocus
        value={password}
        problem={isChecked && isShort ? `At least ${shortestPassword} characters; these are ${password.length}.` : refusal}
        hint={`At least ${shortestPassword} characters. A few words are better than one with signs.`}
        onChange={(event) => {
          setPassword(event.target.value);
          if (problem !== null) setting.reset();
        }}
      />
      {problem !== null && refusal === undefined && <Fault error={problem} what="The password was not set" />}
      <Button type="submit" look="primary" disabled={setting.isPending}>
        {setting.isPending ? "Setting it…" : "Set password"}
      </Button>
    </form>
  );
}
