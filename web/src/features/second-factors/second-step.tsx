import type { SecondFactorMethod } from "@sentinal/contract";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type SecondFactorDemand, shownProblem } from "../../api/problem.ts";
import { Fault } from "../../components/fault.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Field } from "../../components/ui/field.tsx";
import { session } from "../../runtime.ts";
import { CodeField } from "./code-field.tsx";
import { arePasskeysKnown } from "./passkeys.ts";
import { passkeyForSignIn } from "./queries.ts";

const otherWays: Record<SecondFactorMethod, string> = {
  passkey: "Use a passkey",
  totp: "Use a code of the authenticator app",
  recovery_code: "Use a recovery code",
};

/** The step after a right password, for an account with a second factor. */
export function SecondStep({ demand, onRestart }: { demand: SecondFactorDemand; onRestart(): void }) {
  const methods = demand.methods.filter((method) => method !== "passkey" || arePasskeysKnown());
  const [method, setMethod] = useState<SecondFactorMethod | null>(methods[0] ?? null);
  if (method === null) {
    return (
      <div className="flex flex-col gap-4">
        <p className="text-ink-soft">
          None of your second factors works at this address. Open the hub under its own address, or ask an administrator to remove them.
        </p>
        <Button onClick={onRestart}>Back</Button>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <Way key={method} method={method} challenge={demand.challenge} onRestart={onRestart} />
      <div className="flex flex-col items-start gap-2 border-t border-line pt-4">
        {methods
          .filter((other) => other !== method)
          .map((other) => (
            <button key={other} type="button" className="link" onClick={() => setMethod(other)}>
              {otherWays[other]}
            </button>
          ))}
        <button type="button" className="link" onClick={onRestart}>
          Sign in as somebody else
        </button>
      </div>
    </div>
  );
}

function Way({ method, challenge, onRestart }: { method: SecondFactorMethod; challenge: string; onRestart(): void }) {
  const [text, setText] = useState("");
  // The router goes on to the page that was asked for as soon as somebody is signed in.
  const step = useMutation({
    mutationFn: async () => {
      if (method === "passkey") return session.signInWithSecondFactor(await passkeyForSignIn(challenge));
      return session.signInWithSecondFactor(method === "totp" ? { challenge, code: text } : { challenge, recovery_code: text });
    },
  });
  const problem = step.error === null ? null : shownProblem(step.error);
  const isWrong = problem?.code === "second_factor_wrong";

  function submit(event: FormEvent): void {
    event.preventDefault();
    step.mutate();
  }
  function type(next: string): void {
    setText(next);
    if (problem !== null) step.reset();
  }

  if (problem?.code === "challenge_over") {
    return (
      <>
        <p role="alert" className="text-sm text-bad">
          This sign-in is over: it lasts 5 minutes and 5 tries.
        </p>
        <Button look="primary" onClick={onRestart}>
          Begin again
        </Button>
      </>
    );
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {method === "passkey" && <p className="text-ink-soft">Your account asks for a passkey besides the password.</p>}
      {method === "totp" && (
        <CodeField
          label="Code of the authenticator app"
          hint="Six digits; each code counts once."
          autoFocus
          value={text}
          problem={isWrong ? "That is not the app's present code, or it was used." : undefined}
          onChange={type}
        />
      )}
      {method === "recovery_code" && (
        <Field
          label="Recovery code"
          hint="One of those that you kept; each counts once."
          autoFocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={100}
          value={text}
          problem={isWrong ? "That is none of your codes, or it was used." : undefined}
          onChange={(event) => type(event.target.value)}
        />
      )}
      {problem !== null && (method === "passkey" || !isWrong) && <Fault error={problem} what="Could not sign in" />}
      <Button type="submit" look="primary" disabled={step.isPending || (method !== "passkey" && text.trim() === "")}>
        {step.isPending ? "Signing in…" : method === "passkey" ? "Use a passkey" : "Sign in"}
      </Button>
    </form>
  );
}
