import type { Scope } from "@sentinal/contract";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { announce } from "../../announcement.ts";
import { shownProblem } from "../../api/problem.ts";
import { CodeBlock } from "../../components/code-block.tsx";
import { Fault } from "../../components/fault.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Dialog } from "../../components/ui/dialog.tsx";
import { Checkbox, Field } from "../../components/ui/field.tsx";
import { type BindingDraft, bodyOf, emptyDraft, foreignEvents } from "./draft.ts";
import { createBinding } from "./queries.ts";
import { TextArea } from "./text-area.tsx";

const scopes = ["webhook:write", "webhook:read"] as const;
const scopeWords: Readonly<Record<Scope, string>> = {
  "webhook:write": "Send reports of the run",
  "webhook:read": "Read the repository's runs, scans and findings",
};

/** Says whose jobs get a hub token. A binding is never changed, so all of it is asked for at once. */
export function CreateBindingDialog({ draft: given, onClose }: { draft?: BindingDraft | undefined; onClose(): void }) {
  const [draft, setDraft] = useState(given ?? emptyDraft);
  const creation = useMutation({
    mutationFn: createBinding,
    onSuccess: (binding) => {
      announce(`Jobs of ${binding.repository} are trusted.`);
      onClose();
    },
  });
  const problem = creation.error === null ? null : shownProblem(creation.error);
  const problemOf = (field: string) => problem?.fields.find((entry) => entry.field.split(".")[0] === field)?.problem;
  const foreign = foreignEvents(draft.events);
  const change = (part: Partial<BindingDraft>) => setDraft({ ...draft, ...part });

  function submit(event: FormEvent): void {
    event.preventDefault();
    creation.mutate(bodyOf(draft));
  }

  return (
    <Dialog isOpen onClose={onClose} title="Trust the jobs of a workflow" width="lg" closesOnOutsidePress={false}>
      <form onSubmit={submit} className="flex flex-col gap-4 overflow-y-auto p-4">
        <Field
          label="Name"
          required
          maxLength={100}
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
          placeholder="shop CI"
          problem={problemOf("name")}
          autoComplete="off"
        />
        <div className="grid gap-4 sm:grid-cols-[1fr_120px_120px]">
          <Field
            label="Repository"
            required
            value={draft.repository}
            onChange={(event) => change({ repository: event.target.value })}
            placeholder="owner/name"
            problem={problemOf("repository")}
            hint="As it is called now; shown, not compared."
            autoComplete="off"
            spellCheck={false}
          />
          <Field
            label="Repository id"
            required
            inputMode="numeric"
            value={draft.repositoryId}
            onChange={(event) => change({ repositoryId: event.target.value })}
            problem={problemOf("repository_id")}
            autoComplete="off"
          />
          <Field
            label="Owner id"
            required
            inputMode="numeric"
            value={draft.ownerId}
            onChange={(event) => change({ ownerId: event.target.value })}
            problem={problemOf("repository_owner_id")}
            autoComplete="off"
          />
        </div>
        <CodeBlock code={`gh api repos/${draft.repository.trim() || "owner/name"} --jq '.id, .owner.id'`} what="The two ids, as GitHub tells them" />
        <Field
          label="Workflow file"
          required
          value={draft.workflow}
          onChange={(event) => change({ workflow: event.target.value })}
          placeholder=".github/workflows/ci.yml"
          problem={problemOf("workflow")}
          hint="For a reusable workflow the file that calls it."
          autoComplete="off"
          spellCheck={false}
        />
        <TextArea
          label="Refs"
          rows={3}
          value={draft.refs}
          onChange={(refs) => change({ refs })}
          problem={problemOf("refs")}
          hint="One a line, in full: refs/heads/main, or all below a prefix: refs/tags/*"
        />
        <Field
          label="Events"
          required
          value={draft.events}
          onChange={(event) => change({ events: event.target.value })}
          problem={problemOf("events")}
          hint="Parted by commas."
          autoComplete="off"
          spellCheck={false}
        />
        {foreign.length > 0 && (
          <p role="note" className="rounded-md bg-warn-soft px-3 py-2 text-xs text-warn">
            Others can cause {foreign.join(", ")}. A token of a pull request sends results of its own commit and ref alone; whatever else you name here runs
            with the rights below.
          </p>
        )}
        <Field
          label="Environment"
          value={draft.environment}
          onChange={(event) => change({ environment: event.target.value })}
          placeholder="Any"
          problem={problemOf("environment")}
          hint="Only jobs in this environment, with its reviewers and rules."
          autoComplete="off"
          spellCheck={false}
        />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-sm font-medium">May</legend>
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              label={scopeWords[scope]}
              hint={scope}
              isChecked={draft.scopes.includes(scope)}
              onChange={(isChosen) => change({ scopes: isChosen ? [...draft.scopes, scope] : draft.scopes.filter((one) => one !== scope) })}
            />
          ))}
        </fieldset>
        {creation.error !== null && problem?.fields.length === 0 && <Fault error={creation.error} what="The binding was not made" />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={draft.scopes.length === 0 || creation.isPending}>
            {creation.isPending ? "Making…" : "Trust these jobs"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
