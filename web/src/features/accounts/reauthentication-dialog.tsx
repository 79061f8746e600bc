import type { Reauthenticated } from "@sentinal/contract";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { shownProblem } from "../../api/problem.ts";
import { Fault } from "../../components/fault.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Dialog } from "../../components/ui/dialog.tsx";
import { Field } from "../../components/ui/field.tsx";
import { api, proof } from "../../runtime.ts";
import { FactorProofs } from "../second-factors/factor-proofs.tsx";
import { meQuery } from "./queries.ts";

/** Asks who one is before something that the hub does only for somebody who proved it a moment ago; then that goes on by itself. */
export function ReauthenticationDialog() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog isOpen onClose={() => proof.settle(false)} title="Is it you?" closesOnOutsidePress={false} initialFocus={input}>
      <div className="flex flex-col gap-4 overflow-y-auto p-4">
        <p className="text-ink-soft">What you are about to do needs a sign-in of the last five minutes.</p>
        <PasswordProof inputRef={input} />
        <FactorProofs onProved={() => proof.settle(true)} />
      </div>
    </Dialog>
  );
}

function PasswordProof({ inputRef }: { inputRef: { current: HTMLInputElement | null } }) {
  const me = useQuery(meQuery());
  const [password, setPassword] = useState("");
  const proving = useMutation({
    mutationFn: () => api.post<Reauthenticated>("/api/auth/reauthenticate", { password }),
    onSuccess: () => proof.settle(true),
  });
  const problem = proving.error === null ? null : shownProblem(proving.error);
  const isWrong = problem?.code === "password_wrong";

  function submit(event: FormEvent): void {
    event.preventDefault();
    proving.mutate();
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <input type="text" name="username" autoComplete="username" value={me.data?.username ?? ""} readOnly hidden />
      <Field
        ref={inputRef}
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        problem={isWrong ? "That is not your password." : undefined}
        onChange={(event) => {
          setPassword(event.target.value);
          if (problem !== null) proving.reset();
        }}
      />
      {proving.error !== null && !isWrong && <Fault error={proving.error} what="It could not be checked" />}
      <div className="flex justify-end gap-2">
        <Button onClick={() => proof.settle(false)}>Cancel</Button>
        <Button type="submit" look="primary" disabled={password === "" || proving.isPending}>
          {proving.isPending ? "Checking…" : "Go on"}
        </Button>
      </div>
    </form>
  );
}
