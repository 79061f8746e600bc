import type { ApiToken } from "@sentinal/contract";
import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { announce } from "../../announcement.ts";
import { Fault } from "../../components/fault.tsx";
import { Status } from "../../components/status.tsx";
import { Time } from "../../components/time.tsx";
import { Button, IconButton } from "../../components/ui/button.tsx";
import { classes } from "../../components/ui/classes.ts";
import { revokeToken } from "./queries.ts";
import { endOf, isOver, tokenStateLooks } from "./token-state.ts";

const Confirmation = lazy(async () => ({ default: (await import("../../components/ui/confirmation.tsx")).Confirmation }));

const RotateTokenDialog = lazy(async () => ({ default: (await import("./rotate-token-dialog.tsx")).RotateTokenDialog }));
const BindTokenDialog = lazy(async () => ({ default: (await import("./bind-token-dialog.tsx")).BindTokenDialog }));

const columns = "md:grid-cols-[92px_minmax(120px,1fr)_116px_minmax(120px,190px)_80px_132px_132px_148px]";

/** Tokens as rows; on a phone each is a card, with its revoke button at hand. */
export function TokenList({ tokens }: { tokens: readonly ApiToken[] }) {
  const [asked, setAsked] = useState<ApiToken | null>(null);
  const [rotated, setRotated] = useState<ApiToken | null>(null);
  const [bound, setBound] = useState<ApiToken | null>(null);
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
        <TokenRow key={token.id} token={token} onRevoke={() => setAsked(token)} onRotate={() => setRotated(token)} onBind={() => setBound(token)} />
      ))}
      <Suspense fallback={null}>
        {rotated !== null && <RotateTokenDialog token={rotated} onClose={() => setRotated(null)} />}
        {bound !== null && <BindTokenDialog token={bound} onClose={() => setBound(null)} />}
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
            <p className="mt-1">
              {asked.last_used_at === null ? "It was never used." : <Time at={asked.last_used_at} prefix="Last used " />}
              {asked.last_used_address !== null && ` from ${asked.last_used_address}`}
            </p>
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

function TokenRow({ token, onRevoke, onRotate, onBind }: { token: ApiToken; onRevoke(): void; onRotate(): void; onBind(): void }) {
  const look = tokenStateLooks[token.state];
  const isUsable = !isOver(token);
  return (
    <div
      role="row"
      className={classes(
        "grid grid-cols-[1fr_auto] gap-x-4 gap-y-0.5 border-b border-line px-4 py-2.5 md:min-h-9 md:items-center md:py-0.5",
        columns,
        token.expires_soon && "bg-warn-soft",
      )}
    >
      <span role="cell" className="flex items-center max-md:order-2 max-md:justify-self-end">
        <Status kind={look.kind} word={look.word} />
      </span>
      <span role="cell" className="truncate font-medium max-md:order-1" title={token.name}>
        {token.name} <span className="font-normal text-ink-faint">#{token.id}</span>
      </span>
      <code role="cell" className="text-ink-soft max-md:order-3">
        {token.prefix}…
      </code>
      <span role="cell" className="flex min-w-0 items-center text-ink-soft max-md:order-5">
        <span className="truncate" title={`${token.scopes.join(", ")}; ${token.repository ?? "all repositories"}`}>
          {scopeWords(token)} · {token.repository ?? "all"}
        </span>
        {isUsable && <IconButton icon="link" label={`Repository of ${token.name}`} onClick={onBind} className="size-6" />}
      </span>
      <span role="cell" className="text-ink-soft max-md:hidden" title={token.created_by === null ? undefined : `by ${token.created_by}`}>
        <Time at={token.created_at} />
      </span>
      <span role="cell" className={classes("max-md:order-4 max-md:text-right", token.expires_soon ? "font-medium text-warn" : "text-ink-soft")}>
        <Ending token={token} />
      </span>
      <span role="cell" className="min-w-0 text-ink-soft max-md:order-6 max-md:text-right">
        <span className="md:hidden">used </span>
        {token.last_used_at === null ? "never" : <Time at={token.last_used_at} />}
        {token.last_used_address !== null && (
          <span className="block truncate text-2xs text-ink-faint" title={`from ${token.last_used_address}`}>
            {token.last_used_address}
          </span>
        )}
      </span>
      <span role="cell" className="flex justify-end gap-1.5 max-md:order-7 max-md:col-span-2 max-md:mt-1.5">
        {isUsable && token.replaced_by === null && (
          <Button size="sm" onClick={onRotate} aria-label={`Rotate ${token.name}`} className="max-md:h-9 max-md:flex-1">
            Rotate
          </Button>
        )}
        {isUsable && (
          <Button look="danger" size="sm" onClick={onRevoke} aria-label={`Revoke ${token.name}`} className="max-md:h-9 max-md:flex-1">
            Revoke
          </Button>
        )}
      </span>
    </div>
  );
}

/** When a token stops or stopped working, and what took over from it. */
function Ending({ token }: { token: ApiToken }) {
  const end = endOf(token);
  const successor = token.replaced_by !== null && <span className="block text-2xs text-ink-faint">replaced by #{token.replaced_by}</span>;
  if (token.revoked_at !== null) {
    return (
      <>
        <Time at={token.revoked_at} prefix={token.state === "replaced" ? "ended " : "revoked "} />
        {successor}
      </>
    );
  }
  return (
    <>
      <span className="md:hidden">ends </span>
      {end === null ? "never" : <Time at={end} />}
      {successor}
    </>
  );
}

function scopeWords(token: ApiToken): string {
  const [writes, reads] = [token.scopes.includes("webhook:write"), token.scopes.includes("webhook:read")];
  return writes && reads ? "send, read" : writes ? "send" : "read";
}
