import type { RegisterBody, User } from "@sentinal/contract";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { shownProblem } from "../api/problem.ts";
import { Fault } from "../components/fault.tsx";
import { Button } from "../components/ui/button.tsx";
import { Field } from "../components/ui/field.tsx";
import { useDocumentStatus } from "../document-status.ts";
import { Door } from "../features/accounts/door.tsx";
import { setupQuery } from "../features/accounts/queries.ts";
import { hubProblems, type Registration, registrationProblems, shortestPassword } from "../features/accounts/registration.ts";
import { api, session } from "../runtime.ts";

/** The first account of a hub; where registration is open also later ones. */
export function SetupPage() {
  const setup = useQuery(setupQuery());
  const needsCode = setup.data?.setup_needed !== false;
  useDocumentStatus(needsCode ? "First account" : "Register", null);
  return (
    <Door
      title={needsCode ? "Make the first account" : "Register"}
      footer={
        needsCode ? (
          <p>
            It becomes the administrator of this hub.
            <br />
            Then: an API token, and the first report.
          </p>
        ) : (
          <p>
            You have an account?{" "}
            <Link to="/sign-in" className="link">
              Sign in
            </Link>
          </p>
        )
      }
    >
      <RegistrationForm needsCode={needsCode} />
    </Door>
  );
}

function RegistrationForm({ needsCode }: { needsCode: boolean }) {
  const [given, setGiven] = useState<Registration>({ username: "", email: "", password: "", setupCode: "" });
  const [isChecked, setIsChecked] = useState(false);
  const registration = useMutation({
    mutationFn: async () => {
      const body: RegisterBody = {
        username: given.username.trim(),
        email: given.email.trim(),
        password: given.password,
        ...(needsCode && { setup_code: given.setupCode.trim() }),
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
      <Field label="Email" type="email" {...field("email")} autoComplete="email" />
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
