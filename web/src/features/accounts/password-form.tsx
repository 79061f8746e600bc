import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { announce } from "../../announcement.ts";
import { shownProblem } from "../../api/problem.ts";
import { Fault } from "../../components/fault.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Field } from "../../components/ui/field.tsx";
import { changePassword } from "./queries.ts";
import { fieldRefusal, shortestPassword } from "./registration.ts";

export function PasswordForm({ username }: { username: string }) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const change = useMutation({
    mutationFn: () => changePassword({ current_password: current, new_password: next }),
    onSuccess: () => {
      setCurrent("");
      setNext("");
      setIsChecked(false);
      announce("The password is changed.");
    },
  });
  const problem = change.error === null ? null : shownProblem(change.error);
  const isWrong = problem?.code === "password_wrong";
  const refusal = fieldRefusal(problem, "new_password");
  const isShort = next.length < shortestPassword;

  function submit(event: FormEvent): void {
    event.preventDefault();
    setIsChecked(true);
    if (!isShort) change.mutate();
  }

  return (
    <form onSubmit={submit} noValidate className="flex max-w-[400px] flex-col gap-4 px-4">
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <Field
        label="Present password"
        name="current-password"
        type="password"
        autoComplete="current-password"
        value={current}
        problem={isWrong ? "That is not your password." : undefined}
        onChange={(event) => {
          setCurrent(event.target.value);
          if (problem !== null) change.reset();
        }}
      />
      <Field
        label="New password"
        name="new-password"
        type="password"
        autoComplete="new-password"
        value={next}
        problem={isChecked && isShort ? `At least ${shortestPassword} characters; these are ${next.length}.` : refusal}
        hint={`At least ${shortestPassword} characters. A few words are better than one with signs.`}
        onChange={(event) => {
          setNext(event.target.value);
          if (problem !== null) change.reset();
        }}
      />
      {problem !== null && !isWrong && refusal === undefined && <Fault error={problem} what="The password was not changed" />}
      <div className="flex items-center gap-3">
        <Button type="submit" disabled={current === "" || next === "" || change.isPending}>
          {change.isPending ? "Changing…" : "Change password"}
        </Button>
        {change.isSuccess && current === "" && next === "" && <p className="text-ink-soft">It is changed; all other sessions ended.</p>}
      </div>
    </form>
  );
}
