import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { CodeBlock } from "../components/code-block.tsx";
import { Empty, SkeletonRows } from "../components/empty.tsx";
import { Fault } from "../components/fault.tsx";
import { Button } from "../components/ui/button.tsx";
import { classes } from "../components/ui/classes.ts";
import { useDocumentStatus } from "../document-status.ts";
import { meQuery } from "../features/accounts/queries.ts";
import { BindingList } from "../features/trust/binding-list.tsx";
import type { BindingDraft } from "../features/trust/draft.ts";
import { bindingsQuery } from "../features/trust/queries.ts";
import { TryToken } from "../features/trust/try-token.tsx";

const CreateBindingDialog = lazy(async () => ({ default: (await import("../features/trust/create-binding-dialog.tsx")).CreateBindingDialog }));

const views = [
  { show: undefined, label: "In use" },
  { show: "revoked", label: "Revoked" },
  { show: "try", label: "Try a token" },
] as const;

const jobExample = `permissions:
  contents: read
  id-token: write
`;

export function TrustPage() {
  const me = useQuery(meQuery());
  useDocumentStatus("GitHub Actions", null);
  return (
    <div>
      <div className="flex min-h-13 flex-wrap items-center gap-x-4 px-4 py-2">
        <h1 className="text-lg font-semibold">Trusted GitHub Actions</h1>
        {me.data?.role === "Admin" && <CreateButton />}
      </div>
      {me.isPending && <SkeletonRows count={3} label="Loading bindings" />}
      {me.error !== null && (
        <div className="px-4">
          <Fault error={me.error} what="Your account could not be read" onRetry={() => void me.refetch()} />
        </div>
      )}
      {me.data !== undefined && (me.data.role === "Admin" ? <AdminBindings /> : <NotYours role={me.data.role} />)}
    </div>
  );
}

function CreateButton() {
  const navigate = useNavigate({ from: "/trust" });
  return (
    <Button
      look="primary"
      icon="plus"
      className="ml-auto"
      onClick={() => void navigate({ search: (previous) => ({ ...previous, create: true }), resetScroll: false })}
    >
      Trust a workflow
    </Button>
  );
}

function AdminBindings() {
  const { show, create } = useSearch({ from: "/app/trust" });
  const navigate = useNavigate({ from: "/trust" });
  const bindings = useQuery(bindingsQuery());
  const [draft, setDraft] = useState<BindingDraft>();
  const shown = (bindings.data ?? []).filter((binding) => (binding.revoked_at !== null) === (show === "revoked"));

  function openWith(made: BindingDraft): void {
    setDraft(made);
    void navigate({ search: (previous) => ({ ...previous, create: true }), resetScroll: false });
  }
  function close(): void {
    setDraft(undefined);
    void navigate({ search: (previous) => ({ ...previous, create: undefined }), resetScroll: false, replace: true });
  }

  return (
    <>
      <nav aria-label="Which bindings" className="flex gap-1 border-b border-line px-4 pb-2">
        {views.map((view) => (
          <Link
            key={view.label}
            from="/trust"
            search={(previous) => ({ ...previous, show: view.show })}
            aria-current={show === view.show ? "page" : undefined}
            className={classes(
              "flex h-7 items-center rounded-md px-2.5 text-xs font-medium",
              show === view.show ? "bg-selected text-accent" : "text-ink-soft hover:bg-sunken",
            )}
          >
            {view.label}
          </Link>
        ))}
      </nav>
      {show === "try" ? (
        <TryToken onDraft={openWith} />
      ) : (
        <>
          {bindings.isPending && <SkeletonRows count={3} label="Loading bindings" height={64} />}
          {bindings.error !== null && (
            <div className="p-4">
              <Fault error={bindings.error} what="The bindings could not be read" onRetry={() => void bindings.refetch()} />
            </div>
          )}
          {bindings.data !== undefined && shown.length === 0 && <NoBindings isRevoked={show === "revoked"} />}
          {shown.length > 0 && <BindingList bindings={shown} />}
        </>
      )}
      <Suspense fallback={null}>{create === true && <CreateBindingDialog draft={draft} onClose={close} />}</Suspense>
    </>
  );
}

function NoBindings({ isRevoked }: { isRevoked: boolean }) {
  if (isRevoked) return <Empty title="No binding was revoked" />;
  return (
    <Empty title="No workflow is trusted yet">
      <p className="mb-4">
        A job of a trusted workflow gets a token for fifteen minutes by itself, so that no secret needs storing. Trust the workflow here, and give its job the
        permission:
      </p>
      <div className="mx-auto mb-4 max-w-[320px] text-left">
        <CodeBlock code={jobExample} what="In the workflow" />
      </div>
      <CreateButton />
    </Empty>
  );
}

function NotYours({ role }: { role: string }) {
  return (
    <Empty title="Administrators say whom the hub trusts">
      <p>You are signed in as {role}. Ask an administrator to trust your workflow; they need the repository's name and the path of the workflow's file.</p>
    </Empty>
  );
}
