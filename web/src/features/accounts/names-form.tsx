import type { User } from "@sentinal/contract";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { announce } from "../../announcement.ts";
import { shownProblem } from "../../api/problem.ts";
import { Fault } from "../../components/fault.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Field } from "../../components/ui/field.tsx";
import { changeNames } from "./queries.ts";
import { hubProblems, registrationProblems } from "./registration.ts";

export function NamesForm({ user }: { user: User }) {
  const [username, setUsername] = useState(user.username);
  const [email, setEmail] = useState(user.email);
  const [isChecked, setIsChecked] = useState(false);
  const change = useMutation({
    mutationFn: () => changeNames({ username: username.trim(), email: email.trim() }),
    onSuccess: () => announce("Name and email are saved."),
  });
  const problem = change.error === null ? null : shownProblem(change.error);
  const refused = problem === null ? {} : hubProblems(problem);
  const seen = namesProblems(username, email);
  const wrong = { ...refused, ...(isChecked && seen) };
  const isSame = username.trim() === user.username && email.trim() === user.email;

  function submit(event: FormEvent): void {
    event.preventDefault();
    setIsChecked(true);
    if (Object.keys(seen).length === 0) change.mutate();
  }
  function field(set: (value: string) => void) {
    return (event: { target: { value: string } }) => {
      set(event.target.value);
      change.reset();
    };
  }

  return (
    <form onSubmit={submit} noValidate className="flex max-w-[400px] flex-col gap-4 px-4">
      <Field
        label="User name"
        value={username}
        problem={wrong.username}
        onChange={field(setUsername)}
        autoComplete="username"
        spellCheck={false}
        autoCapitalize="none"
      />
      <Field label="Email" type="email" value={email} problem={wrong.email} onChange={field(setEmail)} autoComplete="email" />
      {problem !== null && Object.keys(refused).length === 0 && <Fault error={problem} what="It was not saved" />}
      <div className="flex items-center gap-3">
        <Button type="submit" disabled={isSame || change.isPending}>
          {change.isPending ? "Saving…" : "Save"}
        </Button>
        {change.isSuccess && isSame && <p className="text-ink-soft">Saved.</p>}
      </div>
    </form>
  );
}

/** The same rules as at registration, of the two fields that are here. */
function namesProblems(username: string, email: string): { username?: string; email?: string } {
  const { username: ofName, email: ofEmail } = registrationProblems({ username, email, password: "", setupCode: "" }, false);
  return { ...(ofName !== undefined && { username: ofName }), ...(ofEmail !== undefined && { email: ofEmail }) };
}
