import type { ApiToken } from "@sentinal/contract";
import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { announce } from "../../announcement.ts";
import { Fault } from "../../components/fault.tsx";
import { Status } from "../../components/status.tsx";
import { Time } from "../../components/time.tsx";
import { Button } from "../../components/ui/button.tsx";
import { classes } from "../../components/ui/classes.ts";
import { revokeToken } from "./queries.ts";
import { tokenState, tokenStateLooks } from "./token-state.ts";

const Confirmation = lazy(async () => ({ default: (await import("../../components/ui/confirmation.tsx")).Confirmation }));

const columns = "md:grid-cols-[92px_minmax(140px,1fr)_132px_minmax(120px,180px)_88px_104px_96px_80px]";

/** Tokens as rows; on a phone each is a card, with its revoke button at hand. */
export function TokenList({ tokens }: { tokens: readonly ApiToken[] }) {
  const [asked, setAsked] = useState<ApiToken | null>(null);
  const revocation = useMutation({
    mutationFn: revokeToken,
    onSuccess: (token) => {
      setAsked(null);
      announce(`Token ${token.name} is revoked.`);
    },
  });

  return (
    <div role="table" aria-label="API tokens">
      <div role="row" className={classes("hidden h-8 items-center gap-4 border-b border-line px-4 text-xs font-medium text-ink-faint md:grid", columns)}>
        {["State", "Name", "Begins with", "May, where", "Created", "Ends", "Last used"].map((name) => (
          <span key={name} role="columnheader">
            {name}
          </span>
        ))}
        <span role="columnheader">
          <span className="sr-only">Actions</span>
        </span>
      </div>
      {tokens.map((token) => (
        <TokenRow key={token.id} token={token} onRevoke={() => setAsked(token)} />
      ))}
      <Suspense fallback={null}>
        {asked !== null && (
          <Confirmation
            isOpen
            onClose={() => {
              setAsked(null);
              revocation.reset();
            }}
            title={`Revoke “${asked.name}”?`}
            action={revocation.isPending ? "Revoking…" : "Revoke token"}
            isBusy={revocation.isPending}
            onConfirm={() => revocation.mutate(asked.id)}
          >
            <p>
              <code>{asked.prefix}…</code> is refused from the next request on, also on connections that are open. This cannot be undone; whatever still uses it
              needs a new one.
            </p>
            <p className="mt-1">{asked.last_used_at === null ? "It was never used." : <Time at={asked.last_used_at} prefix="Last used " />}</p>
            {revocation.error !== null && (
              <div className="mt-3">
                <Fault error={revocation.error} what="The token was not revoked" />
              </div>
            )}
          </Confirmation>
        )}
      </Suspense>
    </div>
  );
}

function TokenRow({ token, onRevoke }: { token: ApiToken; onRevoke(): void }) {
  const state = tokenState(token, Date.now());
  const look = tokenStateLooks[state];
  return (
    <div
      role="row"
      className={classes(
        "grid grid-cols-[1fr_auto] gap-x-4 gap-y-0.5 border-b border-line px-4 py-2.5 md:h-9 md:items-center md:py-0",
        columns,
        state === "ending" && "bg-warn-soft",
      )}
    >
      <span role="cell" className="flex items-center max-md:order-2 max-md:justify-self-end">
        <Status kind={look.kind} word={look.word} />
      </span>
      <span role="cell" className="truncate font-medium max-md:order-1" title={token.name}>
        {token.name}
      </span>
      <code role="cell" className="text-ink-soft max-md:order-3">
        {token.prefix}…
      </code>
      <span role="cell" className="truncate text-ink-soft max-md:order-5" title={`${token.scopes.join(", ")}; ${token.repository ?? "all repositories"}`}>
        {scopeWords(token)} · {token.repository ?? "all"}
      </span>
      <span role="cell" className="text-ink-soft max-md:hidden" title={token.created_by === null ? undefined : `by ${token.created_by}`}>
        <Time at={token.created_at} />
      </span>
      <span role="cell" className={classes("max-md:order-4 max-md:text-right", state === "ending" ? "font-medium text-warn" : "text-ink-soft")}>
        <span className="md:hidden">ends </span>
        {token.revoked_at !== null ? <Time at={token.revoked_at} prefix="revoked " /> : token.expires_at === null ? "never" : <Time at={token.expires_at} />}
      </span>
      <span role="cell" className="text-ink-soft max-md:order-6 max-md:text-right">
        <span className="md:hidden">used </span>
        {token.last_used_at === null ? "never" : <Time at={token.last_used_at} />}
      </span>
      <span role="cell" className="text-right max-md:order-7 max-md:col-span-2 max-md:mt-1.5">
        {(state === "active" || state === "ending") && (
          <Button look="danger" size="sm" onClick={onRevoke} aria-label={`Revoke ${token.name}`} className="max-md:h-9 max-md:w-full">
            Revoke
          </Button>
        )}
      </span>
    </div>
  );
}

function scopeWords(token: ApiToken): string {
  const [writes, reads] = [token.scopes.includes("webhook:write"), token.scopes.includes("webhook:read")];
  return writes && reads ? "send, read" : writes ? "send" : "read";
}
