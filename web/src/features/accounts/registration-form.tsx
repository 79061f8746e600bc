import type { RegisterBody, User } from "@sentinal/contract";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { shownProblem } from "../../api/problem.ts";
import { Fault } from "../../components/fault.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Field } from "../../components/ui/field.tsx";
import { api, session } from "../../runtime.ts";
import { hubProblems, type Registration, registrationProblems, shortestPassword } from "./registration.ts";

/** Makes an account and signs in to it: the first one with its code, later ones with an invitation, or as they are where registration is open. */
export function RegistrationForm({ needsCode, invitation }: { needsCode: boolean; invitation?: { token: string; email: string | null } }) {
  const [given, setGiven] = useState<Registration>({ username: "", email: invitation?.email ?? "", password: "", setupCode: "" });
  const [isChecked, setIsChecked] = useState(false);
  const registration = useMutation({
    mutationFn: async () => {
      const body: RegisterBody = {
        username: given.username.trim(),
        email: given.email.trim(),
        password: given.password,
        ...(needsCode && { setup_code: given.setupCode.trim() }),
        ...(invitation !== undefined && { invitation: invitation.token }),
      };
      await api.post<User>("/api/auth/register", body);
      await session.signIn({ username: body.username, password: body.password });
    },
  });
  const problem = registration.error === null ? null : shownProblem(registration.error);
  const refused = problem === null ? {} : hubProblems(problem);
  const wrong = { ...refused, ...(isChecked && registrationProblems(given, needsCode)) };

  function submit(event: FormEvent): void {
    event.preventDefault();
    setIsChecked(true);
    if (Object.keys(registrationProblems(given, needsCode)).length === 0) registration.mutate();
  }
  function field(name: keyof Registration) {
    return {
      name,
      value: given[name],
      problem: wrong[name],
      required: true,
      onChange: (event: { target: { value: string } }) => {
        setGiven({ ...given, [name]: event.target.value });
        if (problem !== null) registration.reset();
      },
    };
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {needsCode && (
        <Field
          label="Set-up code"
          {...field("setupCode")}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          hint="The hub printed it in the terminal where it runs, and in its log."
        />
      )}
      <Field label="User name" {...field("username")} autoComplete="username" spellCheck={false} autoCapitalize="none" />
      <Field label="Email" type="email" {...field("email")} autoComplete="email" readOnly={typeof invitation?.email === "string"} />
      <Field
        label="Password"
        type="password"
        {...field("password")}
        autoComplete="new-password"
        hint={`At least ${shortestPassword} characters. A few words are better than one with signs.`}
      />
      {problem !== null && Object.keys(refused).length === 0 && <Fault error={problem} what="The account was not made" />}
      <Button type="submit" look="primary" disabled={registration.isPending}>
        {registration.isPending ? "Making the account…" : "Make account"}
      </Button>
    </form>
  );
}
