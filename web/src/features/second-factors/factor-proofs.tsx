import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { shownProblem } from "../../api/problem.ts";
import { Fault } from "../../components/fault.tsx";
import { Button } from "../../components/ui/button.tsx";
import { CodeField } from "./code-field.tsx";
import { arePasskeysKnown } from "./passkeys.ts";
import { prove, proveByPasskey, secondFactorsQuery } from "./queries.ts";

/** Ways besides the password to prove who one is; nothing where the account has none. */
export function FactorProofs({ onProved }: { onProved(): void }) {
  const factors = useQuery(secondFactorsQuery());
  const hasPasskey = arePasskeysKnown() && factors.data?.passkeys.some((passkey) => passkey.is_usable) === true;
  const hasApp = factors.data !== undefined && factors.data.totp !== null;
  if (!hasPasskey && !hasApp) return null;
  return (
    <div className="flex flex-col gap-4 border-t border-line pt-4">
      {hasApp && <CodeProof onProved={onProved} />}
      {hasPasskey && <PasskeyProof onProved={onProved} />}
    </div>
  );
}

function CodeProof({ onProved }: { onProved(): void }) {
  const [code, setCode] = useState("");
  const proving = useMutation({ mutationFn: () => prove({ code }), onSuccess: onProved });
  const problem = proving.error === null ? null : shownProblem(proving.error);
  const isWrong = problem?.code === "code_wrong";
  function submit(event: FormEvent): void {
    event.preventDefault();
    proving.mutate();
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <CodeField
        label="Or a code of the authenticator app"
        value={code}
        problem={isWrong ? "That is not the app's present code, or it was used." : undefined}
        onChange={(next) => {
          setCode(next);
          if (problem !== null) proving.reset();
        }}
      />
      {proving.error !== null && !isWrong && <Fault error={proving.error} what="It could not be checked" />}
      <Button type="submit" disabled={code === "" || proving.isPending} className="self-end">
        Go on with the code
      </Button>
    </form>
  );
}

function PasskeyProof({ onProved }: { onProved(): void }) {
  const proving = useMutation({ mutationFn: proveByPasskey, onSuccess: onProved });
  return (
    <div className="flex flex-col gap-2">
      {proving.error !== null && <Fault error={proving.error} what="It could not be checked" />}
      <Button disabled={proving.isPending} onClick={() => proving.mutate()} className="self-end">
        {proving.isPending ? "Waiting for the browser…" : "Go on with a passkey"}
      </Button>
    </div>
  );
}
