import type { TrustCheck, TrustTrial } from "@sentinal/contract";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Fault } from "../../components/fault.tsx";
import { Folded } from "../../components/folded.tsx";
import { Status } from "../../components/status.tsx";
import { Button } from "../../components/ui/button.tsx";
import { type BindingDraft, draftOfClaims } from "./draft.ts";
import { tryToken } from "./queries.ts";
import { TextArea } from "./text-area.tsx";

/** Explains what an ID token would come to. The token stays in this page: never in its address, never in the browser's memory. */
export function TryToken({ onDraft }: { onDraft(draft: BindingDraft): void }) {
  const [token, setToken] = useState("");
  const trial = useMutation({ mutationFn: tryToken });

  function submit(event: FormEvent): void {
    event.preventDefault();
    trial.mutate(token.trim());
  }

  return (
    <div className="max-w-[900px] p-4">
      <form onSubmit={submit} className="flex flex-col gap-3">
        <TextArea
          label="ID token of a job"
          rows={5}
          value={token}
          onChange={setToken}
          placeholder="eyJ…"
          hint="It is not used up, and nothing is given for it. One that has ended is explained as well."
        />
        <div>
          <Button type="submit" look="primary" disabled={token.trim() === "" || trial.isPending}>
            {trial.isPending ? "Looking…" : "Explain"}
          </Button>
        </div>
      </form>
      {trial.error !== null && (
        <div className="mt-4">
          <Fault error={trial.error} what="The token could not be tried" />
        </div>
      )}
      {trial.data !== undefined && <Explained trial={trial.data} onDraft={onDraft} />}
    </div>
  );
}

function Explained({ trial, onDraft }: { trial: TrustTrial; onDraft(draft: BindingDraft): void }) {
  const { claims } = trial;
  return (
    <section aria-label="What the token would come to" className="mt-5 flex flex-col gap-4">
      <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Status kind={trial.would_succeed ? "success" : "failure"} word={trial.would_succeed ? "Would be exchanged" : "Would be refused"} />
        {trial.reason !== null && <code className="text-ink-soft">{trial.reason}</code>}
        {claims?.["repository_id"] !== undefined && !trial.would_succeed && (
          <Button size="sm" icon="plus" onClick={() => onDraft(draftOfClaims(claims))} className="ml-auto">
            Make a binding for it
          </Button>
        )}
      </div>
      <p className="text-ink-soft">
        <span className="font-medium text-ink">The token by itself: </span>
        {trial.token.explanation}
      </p>
      {trial.bindings.length === 0 && <p className="text-ink-soft">There is no live binding to compare it with.</p>}
      {trial.bindings.map((binding) => (
        <div key={binding.id} className="rounded-md border border-line">
          <p className="flex items-center gap-3 border-b border-line px-3 py-2">
            <Status kind={binding.is_met ? "success" : "failure"} word={binding.is_met ? "Met" : "Not met"} />
            <span className="truncate font-medium">{binding.name}</span>
            <span className="truncate text-ink-soft">{binding.repository}</span>
          </p>
          <ul>
            {binding.checks.map((check) => (
              <CheckRow key={check.claim} check={check} />
            ))}
          </ul>
        </div>
      ))}
      {claims !== null && (
        <Folded summary={`What the token says${trial.token.is_good ? "" : ", unproven"}`}>
          <dl className="grid grid-cols-[minmax(110px,auto)_1fr] gap-x-4 gap-y-0.5 p-3 font-mono text-xs">
            {Object.entries(claims).map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-ink-faint">{name}</dt>
                <dd className="break-all">{value}</dd>
              </div>
            ))}
          </dl>
        </Folded>
      )}
    </section>
  );
}

function CheckRow({ check }: { check: TrustCheck }) {
  return (
    <li className="grid grid-cols-[20px_1fr] gap-x-2 border-b border-line px-3 py-1.5 last:border-b-0 sm:grid-cols-[20px_150px_1fr]">
      <span aria-hidden="true" className={check.is_met ? "text-good" : "text-bad"}>
        {check.is_met ? "✓" : "✕"}
      </span>
      <code className="text-ink-soft">{check.claim}</code>
      <span className="min-w-0 break-words max-sm:col-start-2">
        <span className="sr-only">{check.is_met ? "met: " : "not met: "}</span>
        <code>{check.found ?? "absent"}</code>
        {!check.is_met && (
          <span className="mt-0.5 block text-xs text-ink-soft">
            Wanted <code>{check.wanted}</code>. {check.explanation}
          </span>
        )}
      </span>
    </li>
  );
}
