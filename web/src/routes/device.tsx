import type { DeviceSignIn } from "@sentinal/contract";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { announce } from "../announcement.ts";
import { shownProblem } from "../api/problem.ts";
import { Fault } from "../components/fault.tsx";
import { StatusMark } from "../components/status.tsx";
import { Time } from "../components/time.tsx";
import { Button } from "../components/ui/button.tsx";
import { Field } from "../components/ui/field.tsx";
import { useDocumentStatus } from "../document-status.ts";
import { meQuery } from "../features/accounts/queries.ts";
import { decideDeviceSignIn, findDeviceSignIn } from "../features/device-sign-in/queries.ts";
import { codeInHash, isWholeCode, shownCode } from "../features/device-sign-in/user-code.ts";

/** Where a person types the code that `sentinal login` shows, sees who asks, and lets it in or not. */
export function DevicePage() {
  const { hash } = useLocation();
  const [code, setCode] = useState(() => codeInHash(hash));
  const lookup = useMutation({ mutationFn: findDeviceSignIn });
  const decision = useMutation({
    mutationFn: decideDeviceSignIn,
    onSuccess: (decided) => announce(decided.state === "approved" ? `${decided.client_name} is signed in.` : `${decided.client_name} was denied.`),
  });
  useDocumentStatus("Sign a program in", null);

  function startOver(): void {
    setCode("");
    lookup.reset();
    decision.reset();
  }

  return (
    <div className="mx-auto max-w-[440px] px-4 py-10">
      <h1 className="mb-4 text-lg font-semibold">Sign a program in</h1>
      {decision.data !== undefined ? (
        <Decided signIn={decision.data} onAgain={startOver} />
      ) : lookup.data !== undefined ? (
        <Question
          code={code}
          signIn={lookup.data}
          isBusy={decision.isPending}
          error={decision.error}
          onDecide={(choice) => decision.mutate({ user_code: code, decision: choice })}
          onBack={startOver}
        />
      ) : (
        <CodeForm code={code} onCode={setCode} isBusy={lookup.isPending} error={lookup.error} onSubmit={() => lookup.mutate(code)} />
      )}
    </div>
  );
}

type CodeFormProps = { code: string; onCode(code: string): void; isBusy: boolean; error: Error | null; onSubmit(): void };

function CodeForm({ code, onCode, isBusy, error, onSubmit }: CodeFormProps) {
  const problem = error === null ? null : shownProblem(error);
  function submit(event: FormEvent): void {
    event.preventDefault();
    onSubmit();
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-6">
      <Field
        label="Code"
        value={code}
        onChange={(event) => onCode(shownCode(event.target.value))}
        placeholder="BCDF-GHJK"
        hint={
          <>
            Eight letters, as <code>sentinal login</code> shows them in the terminal.
          </>
        }
        problem={problem?.code === "not_found" ? problem.message : undefined}
        autoFocus
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        className="[&_input]:font-mono [&_input]:tracking-widest"
      />
      {problem !== null && problem.code !== "not_found" && <Fault error={problem} what="The code was not looked up" />}
      <Button type="submit" look="primary" disabled={!isWholeCode(code) || isBusy}>
        {isBusy ? "Looking…" : "Go on"}
      </Button>
    </form>
  );
}

type QuestionProps = { code: string; signIn: DeviceSignIn; isBusy: boolean; error: Error | null; onDecide(choice: "approve" | "deny"): void; onBack(): void };

function Question({ code, signIn, isBusy, error, onDecide, onBack }: QuestionProps) {
  const me = useQuery(meQuery());
  if (signIn.state !== "pending") return <Decided signIn={signIn} onAgain={onBack} />;
  return (
    <div className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-6">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
        <dt className="text-ink-soft">Program</dt>
        <dd className="font-medium break-words">{signIn.client_name}</dd>
        <dt className="text-ink-soft">Address</dt>
        <dd>
          <code>{signIn.address}</code>
        </dd>
        <dt className="text-ink-soft">Asked</dt>
        <dd>
          <Time at={signIn.created_at} />
        </dd>
        <dt className="text-ink-soft">Code</dt>
        <dd>
          <code className="tracking-widest">{code}</code>
        </dd>
      </dl>
      <p className="text-ink-soft">
        Approve only what you started yourself, a moment ago. It can do then what{" "}
        {me.data === undefined ? "you can" : `${me.data.username} can, as ${me.data.role}`}, until its session is ended.
      </p>
      {error !== null && <Fault error={error} what="It was not decided" />}
      <div className="flex justify-end gap-2">
        <Button look="danger" disabled={isBusy} onClick={() => onDecide("deny")}>
          Deny
        </Button>
        <Button look="primary" disabled={isBusy} onClick={() => onDecide("approve")}>
          Approve
        </Button>
      </div>
    </div>
  );
}

function Decided({ signIn, onAgain }: { signIn: DeviceSignIn; onAgain(): void }) {
  const isIn = signIn.state === "approved" || signIn.state === "redeemed";
  return (
    <div className="rounded-lg border border-line bg-surface p-6">
      <p className="flex items-center gap-2 font-medium">
        <StatusMark kind={isIn ? "success" : "cancelled"} className="size-4" />
        {isIn ? `${signIn.client_name} is signed in` : `${signIn.client_name} was denied`}
      </p>
      <p className="mt-1 text-ink-soft">
        {isIn ? "Go back to the terminal; you can close this page." : "It got nothing. If you did not start it, nothing more is to be done."}
      </p>
      <div className="mt-4 flex gap-2">
        <Button onClick={onAgain}>Another code</Button>
        <Link to="/" className="link self-center">
          To the board
        </Link>
      </div>
    </div>
  );
}
