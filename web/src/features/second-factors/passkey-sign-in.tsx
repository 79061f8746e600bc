import { useMutation } from "@tanstack/react-query";
import { Fault } from "../../components/fault.tsx";
import { Button } from "../../components/ui/button.tsx";
import { session } from "../../runtime.ts";
import { arePasskeysKnown } from "./passkeys.ts";
import { passkeyForSignIn } from "./queries.ts";

/** Signs in without name and password; not there where the browser has no passkeys for this address. */
export function PasskeySignIn() {
  const signIn = useMutation({ mutationFn: async () => session.signInWithPasskey(await passkeyForSignIn()) });
  if (!arePasskeysKnown()) return null;
  return (
    <div className="mt-4 flex flex-col gap-4 border-t border-line pt-4">
      <Button disabled={signIn.isPending} onClick={() => signIn.mutate()}>
        {signIn.isPending ? "Waiting for the browser…" : "Sign in with a passkey"}
      </Button>
      {signIn.error !== null && <Fault error={signIn.error} what="Could not sign in" />}
    </div>
  );
}
