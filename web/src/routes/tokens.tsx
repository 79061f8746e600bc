import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Empty, SkeletonRows } from "../components/empty.tsx";
import { Fault } from "../components/fault.tsx";
import { Button } from "../components/ui/button.tsx";
import { classes } from "../components/ui/classes.ts";
import { useDocumentStatus } from "../document-status.ts";
import { meQuery } from "../features/accounts/queries.ts";
import { tokensQuery } from "../features/api-tokens/queries.ts";
import { TokenList } from "../features/api-tokens/token-list.tsx";
import { shownTokens, warningOf, warningWords } from "../features/api-tokens/token-state.ts";

const CreateTokenDialog = lazy(async () => ({ default: (await import("../features/api-tokens/create-token-dialog.tsx")).CreateTokenDialog }));

const views = [
  { show: undefined, label: "In use" },
  { show: "ending", label: "Ending soon" },
  { show: "revoked", label: "No longer in use" },
] as const;

export function TokensPage() {
  const me = useQuery(meQuery());
  useDocumentStatus("API tokens", null);
  return (
    <div>
      <div className="flex h-13 items-center gap-4 px-4">
        <h1 className="text-lg font-semibold">API tokens</h1>
        {me.data?.role === "Admin" && <CreateButton />}
      </div>
      {me.isPending && <SkeletonRows count={3} label="Loading tokens" />}
      {me.error !== null && (
        <div className="px-4">
          <Fault error={me.error} what="Your account could not be read" onRetry={() => void me.refetch()} />
        </div>
      )}
      {me.data !== undefined && (me.data.role === "Admin" ? <AdminTokens /> : <NotYours role={me.data.role} />)}
    </div>
  );
}

function CreateButton() {
  const navigate = useNavigate({ from: "/tokens" });
  return (
    <Button
      look="primary"
      icon="plus"
      className="ml-auto"
      onClick={() => void navigate({ search: (previous) => ({ ...previous, create: true }), resetScroll: false })}
    >
      Create token
    </Button>
  );
}

function AdminTokens() {
  const { show, create } = useSearch({ from: "/app/tokens" });
  const navigate = useNavigate({ from: "/tokens" });
  const tokens = useQuery(tokensQuery());
  const shown = shownTokens(tokens.data ?? [], show);
  const warning = warningOf(tokens.data ?? []);
  return (
    <>
      <nav aria-label="Which tokens" className="flex gap-1 border-b border-line px-4 pb-2">
        {views.map((view) => (
          <Link
            key={view.label}
            from="/tokens"
            search={(previous) => ({ ...previous, show: view.show })}
            aria-current={show === view.show ? "page" : undefined}
            className={classes(
              "flex h-7 items-center gap-1.5 rounded-md px-2.5 text-xs font-medium",
              show === view.show ? "bg-selected text-accent" : "text-ink-soft hover:bg-sunken",
            )}
          >
            {view.label}
            {tokens.data !== undefined && <span className="text-ink-faint">{shownTokens(tokens.data, view.show).length}</span>}
          </Link>
        ))}
      </nav>
      {tokens.isPending && <SkeletonRows count={4} label="Loading tokens" />}
      {tokens.error !== null && (
        <div className="p-4">
          <Fault error={tokens.error} what="The tokens could not be read" onRetry={() => void tokens.refetch()} />
        </div>
      )}
      {warning !== null && show !== "revoked" && (
        <p className="border-b border-line px-4 py-2 text-sm text-ink-soft">
          {warningWords(warning)} Rotate {warning.count === 1 ? "it" : "them"}: the old token keeps working until the new one is in its place.
        </p>
      )}
      {tokens.data !== undefined && shown.length === 0 && <NoTokens show={show} />}
      {shown.length > 0 && <TokenList tokens={shown} />}
      <Suspense fallback={null}>
        {create === true && (
          <CreateTokenDialog onClose={() => void navigate({ search: (previous) => ({ ...previous, create: undefined }), resetScroll: false, replace: true })} />
        )}
      </Suspense>
    </>
  );
}

function NoTokens({ show }: { show: "ending" | "revoked" | undefined }) {
  if (show === "ending") return <Empty title="No token ends within 14 days" />;
  if (show === "revoked") return <Empty title="No token was revoked, replaced or has expired" />;
  return (
    <Empty title="No tokens yet">
      <p className="mb-4">CI needs one to send its reports. Create one for each place that sends, so that you can revoke it alone.</p>
      <CreateButton />
    </Empty>
  );
}

function NotYours({ role }: { role: string }) {
  return (
    <Empty title="Administrators keep the tokens">
      <p>
        You are signed in as {role}. API tokens let CI send reports to this hub; only an administrator sees, creates and revokes them. Ask one of yours for a
        token, or to revoke one that leaked.
      </p>
    </Empty>
  );
}
