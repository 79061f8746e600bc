import type { ReauthenticateBody } from "@sentinal/contract";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { shownProblem } from "../../api/problem.ts";
import { Fault } from "../../components/fault.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Dialog } from "../../components/ui/dialog.tsx";
import { Field } from "../../components/ui/field.tsx";
import { proof } from "../../runtime.ts";
import { CodeField } from "../second-factors/code-field.tsx";
import { arePasskeysKnown } from "../second-factors/passkeys.ts";
import { type ProofWay, proofWays } from "../second-factors/proof-ways.ts";
import { prove, proveByPasskey, secondFactorsQuery } from "../second-factors/queries.ts";
import { meQuery } from "./queries.ts";

const otherWays: Record<ProofWay, string> = {
  password: "Use the password",
  passkey: "Use a passkey",
  totp: "Use the password and a code of the authenticator app",
  recovery_code: "Use the password and a recovery code",
};

/** Asks who one is before something that the hub does only for somebody who proved it a moment ago; then that goes on by itself. */
export function ReauthenticationDialog() {
  const factors = useQuery(secondFactorsQuery());
  const content = useRef<HTMLDivElement>(null);
  const ways = factors.data === undefined ? null : proofWays(factors.data, arePasskeysKnown());
  return (
    <Dialog isOpen onClose={() => proof.settle(false)} title="Is it you?" closesOnOutsidePress={false} initialFocus={content}>
      <div ref={content} tabIndex={-1} className="flex flex-col gap-4 overflow-y-auto p-4 outline-none">
        <p className="text-ink-soft">What you are about to do needs a sign-in of the last five minutes.</p>
        {factors.error !== null && ways === null && <Fault error={factors.error} what="The hub does not say how you can prove it" />}
        {ways !== null && <Ways ways={ways} />}
      </div>
    </Dialog>
  );
}

function Ways({ ways }: { ways: readonly ProofWay[] }) {
  const [way, setWay] = useState(ways[0] ?? null);
  if (way === null) {
    return (
      <p className="text-ink-soft">
        None of your second factors works at this address. Open the hub under its own address, or ask an administrator to remove them.
      </p>
    );
  }
  const others = ways.filter((other) => other !== way);
  return (
    <>
      {way === "passkey" ? <PasskeyProof /> : <PasswordProof key={way} way={way} />}
      {others.length > 0 && (
        <div className="flex flex-col items-start gap-2 border-t border-line pt-4">
          {others.map((other) => (
            <button key={other} type="button" className="link" onClick={() => setWay(other)}>
              {otherWays[other]}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

function PasskeyProof() {
  const proving = useMutation({ mutationFn: proveByPasskey, onSuccess: () => proof.settle(true) });
  return (
    <>
      {proving.error !== null && <Fault error={proving.error} what="It could not be checked" />}
      <div className="flex justify-end gap-2">
        <Button onClick={() => proof.settle(false)}>Cancel</Button>
        <Button look="primary" autoFocus disabled={proving.isPending} onClick={() => proving.mutate()}>
          {proving.isPending ? "Waiting for the browser…" : "Use a passkey"}
        </Button>
      </div>
    </>
  );
}

function PasswordProof({ way }: { way: Exclude<ProofWay, "passkey"> }) {
  const me = useQuery(meQuery());
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const proving = useMutation({ mutationFn: (body: ReauthenticateBody) => prove(body), onSuccess: () => proof.settle(true) });
  const problem = proving.error === null ? null : shownProblem(proving.error);
  const isPasswordWrong = problem?.code === "password_wrong";
  const isCodeWrong = problem?.code === "code_wrong";

  function submit(event: FormEvent): void {
    event.preventDefault();
    proving.mutate({ password, ...(way === "totp" && { code }), ...(way === "recovery_code" && { recovery_code: code }) });
  }
  function typeCode(next: string): void {
    setCode(next);
    if (problem !== null) proving.reset();
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <input type="text" name="username" autoComplete="username" value={me.data?.username ?? ""} readOnly hidden />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        autoFocus
        required
        value={password}
        problem={isPasswordWrong ? "That is not your password." : undefined}
        onChange={(event) => {
          setPassword(event.target.value);
          if (problem !== null) proving.reset();
        }}
      />
      {way === "totp" && (
        <CodeField
          label="Code of the authenticator app"
          hint="Six digits; each code counts once."
          value={code}
          problem={isCodeWrong ? "That is not the app's present code, or it was used." : undefined}
          onChange={typeCode}
        />
      )}
      {way === "recovery_code" && (
        <Field
          label="Recovery code"
          hint="One of those that you kept; each counts once."
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={100}
          value={code}
          problem={isCodeWrong ? "That is none of your codes, or it was used." : undefined}
          onChange={(event) => typeCode(event.target.value)}
        />
      )}
      {proving.error !== null && !isPasswordWrong && !isCodeWrong && <Fault error={proving.error} what="It could not be checked" />}
      <div className="flex justify-end gap-2">
        <Button onClick={() => proof.settle(false)}>Cancel</Button>
        <Button type="submit" look="primary" disabled={password === "" || (way !== "password" && code.trim() === "") || proving.isPending}>
          {proving.isPending ? "Checking…" : "Go on"}
        </Button>
      </div>
    </form>
  );
}
