import type { TrustBinding } from "@sentinal/contract";
import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { announce } from "../../announcement.ts";
import { Fault } from "../../components/fault.tsx";
import { Time } from "../../components/time.tsx";
import { Button } from "../../components/ui/button.tsx";
import { revokeBinding } from "./queries.ts";

const Confirmation = lazy(async () => ({ default: (await import("../../components/ui/confirmation.tsx")).Confirmation }));

/** Bindings with all that they admit: it is short, and what is left out would be guessed at. */
export function BindingList({ bindings }: { bindings: readonly TrustBinding[] }) {
  const [asked, setAsked] = useState<TrustBinding | null>(null);
  const revocation = useMutation({
    mutationFn: revokeBinding,
    onSuccess: (binding) => {
      setAsked(null);
      announce(`Binding ${binding.name} is revoked.`);
    },
  });

  return (
    <>
      <ul aria-label="Trust bindings">
        {bindings.map((binding) => (
          <BindingRow key={binding.id} binding={binding} onRevoke={() => setAsked(binding)} />
        ))}
      </ul>
      <Suspense fallback={null}>
        {asked !== null && (
          <Confirmation
            isOpen
            onClose={() => {
              setAsked(null);
              revocation.reset();
            }}
            title={`Revoke “${asked.name}”?`}
            action={revocation.isPending ? "Revoking…" : "Revoke binding"}
            isBusy={revocation.isPending}
            onConfirm={() => revocation.mutate(asked.id)}
          >
            <p>
              Jobs of <code>{asked.repository}</code> get no token from it any more, and those that have one are refused from the next request on. This cannot
              be undone; a new binding can be made.
            </p>
            {revocation.error !== null && (
              <div className="mt-3">
                <Fault error={revocation.error} what="The binding was not revoked" />
              </div>
            )}
          </Confirmation>
        )}
      </Suspense>
    </>
  );
}

function BindingRow({ binding, onRevoke }: { binding: TrustBinding; onRevoke(): void }) {
  const { last_exchange: last } = binding;
  const isRenamed = last !== null && last.repository !== binding.repository;
  return (
    <li className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 border-b border-line px-4 py-2.5">
      <p className="min-w-0 truncate">
        <span className="font-medium">{binding.name}</span>
        <span className="ml-2 text-ink-soft">{binding.repository}</span>
        {isRenamed && <span className="ml-2 text-xs text-warn">now {last.repository}</span>}
      </p>
      <div className="row-span-2 text-right">
        {binding.revoked_at === null ? (
          <Button look="danger" size="sm" onClick={onRevoke} aria-label={`Revoke ${binding.name}`} className="max-md:h-9">
            Revoke
          </Button>
        ) : (
          <span className="text-xs text-ink-soft">
            <Time at={binding.revoked_at} prefix="revoked " />
          </span>
        )}
      </div>
      <dl className="col-span-2 flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-ink-soft md:col-span-1">
        <Fact name="workflow" value={binding.workflow} />
        <Fact name="refs" value={binding.refs.join(", ")} />
        <Fact name="events" value={binding.events.join(", ")} />
        {binding.environment !== null && <Fact name="environment" value={binding.environment} />}
        <Fact name="may" value={binding.scopes.join(", ")} />
        <Fact name="ids" value={`${binding.repository_id}, owner ${binding.repository_owner_id}`} />
        <div className="flex gap-1">
          <dt className="text-ink-faint">last used</dt>
          <dd>
            {last === null ? (
              "never"
            ) : (
              <>
                <Time at={last.at} /> by run {last.github_run_id}
              </>
            )}
          </dd>
        </div>
      </dl>
    </li>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex min-w-0 gap-1">
      <dt className="text-ink-faint">{name}</dt>
      <dd className="min-w-0 break-words">{value}</dd>
    </div>
  );
}
