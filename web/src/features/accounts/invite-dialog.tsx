import { type CreatedInvitation, type Role, roles, usualInvitationDays } from "@sentinal/contract";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { shownProblem } from "../../api/problem.ts";
import { Fault } from "../../components/fault.tsx";
import { AbsoluteTime } from "../../components/time.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Dialog } from "../../components/ui/dialog.tsx";
import { Field, Select } from "../../components/ui/field.tsx";
import { CopyOnce } from "./copy-once.tsx";
import { invite } from "./people-queries.ts";
import { roleWords } from "./role-words.ts";

const lifetimes = [
  { days: 1, words: "1 day" },
  { days: usualInvitationDays, words: "7 days" },
  { days: 30, words: "30 days" },
] as const;

/** Makes an invitation, then shows its link this once. */
export function InviteDialog({ onClose }: { onClose(): void }) {
  const [made, setMade] = useState<CreatedInvitation | null>(null);
  if (made !== null) {
    return (
      <CopyOnce title="Invitation" url={made.url} onClose={onClose}>
        <p>
          Send it to {made.email ?? "whom you invite"} by a way that nobody else reads: whoever opens it first gets an account as {made.role}. It counts once,
          until <AbsoluteTime at={made.expires_at} />.
        </p>
      </CopyOnce>
    );
  }
  return (
    <Dialog isOpen onClose={onClose} title="Invite somebody" closesOnOutsidePress={false}>
      <InvitationForm onCancel={onClose} onMade={setMade} />
    </Dialog>
  );
}

function InvitationForm({ onCancel, onMade }: { onCancel(): void; onMade(made: CreatedInvitation): void }) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("Member");
  const [days, setDays] = useState(String(usualInvitationDays));
  const creation = useMutation({ mutationFn: invite, onSuccess: onMade });
  const problem = creation.error === null ? null : shownProblem(creation.error);
  const isEmailWrong = problem?.fields.some((entry) => entry.field === "email") === true;

  function submit(event: FormEvent): void {
    event.preventDefault();
    creation.mutate({ role, expires_in_days: Number(days), ...(email.trim() !== "" && { email: email.trim() }) });
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4 overflow-y-auto p-4">
      <Field
        label="Email (optional)"
        type="email"
        value={email}
        onChange={(event) => {
          setEmail(event.target.value);
          creation.reset();
        }}
        problem={isEmailWrong ? "An address such as ada@example.org." : undefined}
        hint="With it the account can be made for this address alone. The hub sends no mail: you pass the link on."
        autoComplete="off"
      />
      <div>
        <Select label="Role" value={role} onChange={(event) => setRole(roles.find((one) => one === event.target.value) ?? role)}>
          {roles.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </Select>
        <p className="mt-1 text-xs text-ink-faint">{roleWords[role]}</p>
      </div>
      <Select label="Ends after" value={days} onChange={(event) => setDays(event.target.value)}>
        {lifetimes.map((lifetime) => (
          <option key={lifetime.days} value={lifetime.days}>
            {lifetime.words}
          </option>
        ))}
      </Select>
      {problem !== null && !isEmailWrong && <Fault error={problem} what="The invitation was not made" />}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" look="primary" disabled={creation.isPending}>
          {creation.isPending ? "Making it…" : "Make the link"}
        </Button>
      </div>
    </form>
  );
}
