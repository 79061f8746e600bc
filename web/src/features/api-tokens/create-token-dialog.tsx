import type { CreatedApiToken, Scope } from "@sentinal/contract";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { shownProblem } from "../../api/problem.ts";
import { Fault } from "../../components/fault.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Dialog } from "../../components/ui/dialog.tsx";
import { Checkbox, Field, Select } from "../../components/ui/field.tsx";
import { repositoriesQuery } from "../ci-runs/queries.ts";
import { createToken } from "./queries.ts";
import { RevealedToken } from "./revealed-token.tsx";

const lifetimes = [
  { days: 30, words: "30 days" },
  { days: 90, words: "90 days" },
  { days: 180, words: "180 days" },
  { days: 365, words: "1 year" },
] as const;

/** Makes a token, then shows it this once with ready-made ways of using it. */
export function CreateTokenDialog({ onClose, onCreated }: { onClose(): void; onCreated?: (token: CreatedApiToken) => void }) {
  const [created, setCreated] = useState<CreatedApiToken | null>(null);
  if (created !== null) return <RevealedToken token={created} onClose={onClose} />;
  return (
    <Dialog isOpen onClose={onClose} title="Create an API token" closesOnOutsidePress={false}>
      <TokenForm
        onCancel={onClose}
        onCreated={(token) => {
          setCreated(token);
          onCreated?.(token);
        }}
      />
    </Dialog>
  );
}

function TokenForm({ onCancel, onCreated }: { onCancel(): void; onCreated(token: CreatedApiToken): void }) {
  const [name, setName] = useState("");
  const [repository, setRepository] = useState("");
  const [days, setDays] = useState("90");
  const [scopes, setScopes] = useState<readonly Scope[]>(["webhook:write"]);
  const repositories = useQuery(repositoriesQuery());
  const listId = useId();
  const creation = useMutation({ mutationFn: createToken, onSuccess: onCreated });
  const problem = creation.error === null ? null : shownProblem(creation.error);
  const problemOf = (field: string) => problem?.fields.find((entry) => entry.field.split(".")[0] === field)?.problem;

  function submit(event: FormEvent): void {
    event.preventDefault();
    const bound = repository.trim();
    creation.mutate({
      name: name.trim(),
      scopes: [...scopes],
      ...(days !== "" && { expires_in_days: Number(days) }),
      ...(bound !== "" && { repository: bound }),
    });
  }
  function setScope(scope: Scope, isChosen: boolean): void {
    setScopes(isChosen ? [...scopes, scope] : scopes.filter((one) => one !== scope));
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4 overflow-y-auto p-4">
      <Field
        label="Name"
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
        placeholder="shop CI"
        problem={problemOf("name")}
        hint="What uses it, so that you know later what stops when you revoke it."
        autoComplete="off"
      />
      <Field
        label="Repository"
        value={repository}
        onChange={(event) => setRepository(event.target.value)}
        placeholder="All repositories"
        list={listId}
        problem={problemOf("repository") === undefined ? undefined : "Write it as owner/name."}
        hint="Bound to owner/name, the token sees and writes only that repository."
        autoComplete="off"
        spellCheck={false}
      />
      <datalist id={listId}>
        {(repositories.data ?? []).map((one) => (
          <option key={one.name} value={one.name} />
        ))}
      </datalist>
      <Select label="Ends after" value={days} onChange={(event) => setDays(event.target.value)}>
        {lifetimes.map((lifetime) => (
          <option key={lifetime.days} value={lifetime.days}>
            {lifetime.words}
          </option>
        ))}
        <option value="">Never</option>
      </Select>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-sm font-medium">May</legend>
        <Checkbox
          label="Send reports"
          hint="webhook:write"
          isChecked={scopes.includes("webhook:write")}
          onChange={(isChosen) => setScope("webhook:write", isChosen)}
        />
        <Checkbox
          label="Read runs, scans and findings"
          hint="webhook:read"
          isChecked={scopes.includes("webhook:read")}
          onChange={(isChosen) => setScope("webhook:read", isChosen)}
        />
      </fieldset>
      {creation.error !== null && problem?.fields.length === 0 && <Fault error={creation.error} what="The token was not created" />}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" look="primary" disabled={name.trim() === "" || scopes.length === 0 || creation.isPending}>
          {creation.isPending ? "Creating…" : "Create token"}
        </Button>
      </div>
    </form>
  );
}
