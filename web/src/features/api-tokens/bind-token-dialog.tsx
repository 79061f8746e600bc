import type { ApiToken } from "@sentinal/contract";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { announce } from "../../announcement.ts";
import { shownProblem } from "../../api/problem.ts";
import { Fault } from "../../components/fault.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Dialog } from "../../components/ui/dialog.tsx";
import { Field } from "../../components/ui/field.tsx";
import { repositoriesQuery } from "../ci-runs/queries.ts";
import { bindToken } from "./queries.ts";

/** Binds a token to another repository, or to none. */
export function BindTokenDialog({ token, onClose }: { token: ApiToken; onClose(): void }) {
  const [repository, setRepository] = useState(token.repository ?? "");
  const repositories = useQuery(repositoriesQuery());
  const listId = useId();
  const binding = useMutation({
    mutationFn: bindToken,
    onSuccess: (bound) => {
      announce(`Token ${bound.name} is bound to ${bound.repository ?? "no repository"}.`);
      onClose();
    },
  });
  const problem = binding.error === null ? null : shownProblem(binding.error);
  const chosen = repository.trim() === "" ? null : repository.trim();

  function submit(event: FormEvent): void {
    event.preventDefault();
    binding.mutate({ id: token.id, repository: chosen });
  }

  return (
    <Dialog isOpen onClose={onClose} title={`Repository of “${token.name}”`} closesOnOutsidePress={false}>
      <form onSubmit={submit} className="flex flex-col gap-4 overflow-y-auto p-4">
        <Field
          label="Repository"
          value={repository}
          onChange={(event) => setRepository(event.target.value)}
          placeholder="All repositories"
          list={listId}
          problem={problem !== null && problem.fields.length > 0 ? "Write it as owner/name." : undefined}
          hint={
            chosen === null ? "The token sees and writes every repository of this hub." : "From the next request on it sees and writes that repository alone."
          }
          autoComplete="off"
          spellCheck={false}
        />
        <datalist id={listId}>
          {(repositories.data ?? []).map((one) => (
            <option key={one.name} value={one.name} />
          ))}
        </datalist>
        {problem !== null && problem.fields.length === 0 && <Fault error={problem} what="The token was not bound" />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={binding.isPending || chosen === token.repository}>
            {binding.isPending ? "Saving…" : "Save"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
