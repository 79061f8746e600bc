import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { type SecondFactorDemand, shownProblem } from "../api/problem.ts";
import { Fault } from "../components/fault.tsx";
import { Button } from "../components/ui/button.tsx";
import { Field } from "../components/ui/field.tsx";
import { useDocumentStatus } from "../document-status.ts";
import { Door } from "../features/accounts/door.tsx";
import { setupQuery } from "../features/accounts/queries.ts";
import { PasskeySignIn } from "../features/second-factors/passkey-sign-in.tsx";
import { SecondStep } from "../features/second-factors/second-step.tsx";
import { session } from "../runtime.ts";

export function SignInPage() {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [demand, setDemand] = useState<SecondFactorDemand | null>(null);
  const setup = useQuery(setupQuery());
  useDocumentStatus("Sign in", null);
  // The router goes on to the page that was asked for as soon as somebody is signed in.
  const signIn = useMutation({
    mutationFn: () => session.signIn(name.includes("@") ? { email: name.trim(), password } : { username: name.trim(), password }),
    onError: (error) => setDemand(shownProblem(error).demand),
  });
  const problem = signIn.error === null ? null : shownProblem(signIn.error);

  function submit(event: FormEvent): void {
    event.preventDefault();
    signIn.mutate();
  }

  function restart(): void {
    setDemand(null);
    setPassword("");
    signIn.reset();
  }

  if (demand !== null) {
    return (
      <Door title="Second step">
        <SecondStep demand={demand} onRestart={restart} />
      </Door>
    );
  }
  return (
    <Door
      title="Sign in"
      footer={
        setup.data?.setup_needed === true ? (
          <p>
            This hub has no account yet.{" "}
            <Link to="/setup" className="link">
              Make the first one
            </Link>
          </p>
        ) : setup.data?.registration === "open" ? (
          <p>
            No account?{" "}
            <Link to="/setup" className="link">
              Register
            </Link>
          </p>
        ) : (
          <p>An administrator of this hub invites you, and makes a link when you forgot your password.</p>
        )
      }
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field
          label="User name or email"
          name="username"
          autoComplete="username"
          required
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
          spellCheck={false}
          autoCapitalize="none"
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {problem?.code === "credentials_wrong" && (
          <p role="alert" className="text-sm text-bad">
            {problem.message}
          </p>
        )}
        {problem !== null && problem.code !== "credentials_wrong" && <Fault error={problem} what="Could not sign in" />}
        <Button type="submit" look="primary" disabled={signIn.isPending || name === "" || password === ""}>
          {signIn.isPending ? "Signing in…" : "Sign in"}
        </Button>
      </form>
      <PasskeySignIn />
    </Door>
  );
}
