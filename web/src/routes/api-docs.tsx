import { useQuery } from "@tanstack/react-query";
import { useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { Empty, SkeletonBlock } from "../components/empty.tsx";
import { Fault } from "../components/fault.tsx";
import { SearchField } from "../components/search-field.tsx";
import { classes } from "../components/ui/classes.ts";
import { useDocumentStatus } from "../document-status.ts";
import { type ApiDocument, findOperations, type Operation, readOperations } from "../features/api-reference/document.ts";
import { ErrorReference } from "../features/api-reference/error-reference.tsx";
import { LiveReference } from "../features/api-reference/live-reference.tsx";
import { Method, OperationView, Prose } from "../features/api-reference/operation-view.tsx";
import { api } from "../runtime.ts";

/** The hub's own description of its HTTP interface, to read and to copy from. */
export function ApiDocsPage() {
  const document = useQuery({ queryKey: ["openapi"], queryFn: ({ signal }) => api.get<ApiDocument>("/api/openapi.json", {}, signal), staleTime: 10 * 60_000 });
  const { q = "" } = useSearch({ from: "/app/api-docs" });
  const navigate = useNavigate({ from: "/api-docs" });
  const { hash } = useLocation();
  useDocumentStatus("API", null);
  // The part that the address names stands only now.
  useEffect(() => {
    if (document.data !== undefined && hash !== "") window.document.getElementById(hash)?.scrollIntoView();
  }, [document.data, hash]);

  if (document.isPending) return <SkeletonBlock label="Loading the API reference" className="m-4 h-96" />;
  if (document.data === undefined) {
    return (
      <div className="mx-auto max-w-[640px] p-6">
        <Fault error={document.error} what="The API reference could not be read" onRetry={() => void document.refetch()} />
      </div>
    );
  }
  const operations = findOperations(readOperations(document.data), q);
  const groups = Map.groupBy(operations, (operation) => operation.group);
  return (
    <div className="flex items-start">
      <nav
        aria-label="Operations"
        className="sticky top-11 hidden h-[calc(100dvh-44px)] w-[264px] shrink-0 overflow-y-auto border-r border-line p-3 lg:block"
        data-print="no"
      >
        {[...groups].map(([group, ofGroup]) => (
          <OperationLinks key={group} group={group} operations={ofGroup} current={hash} />
        ))}
        <ul>
          <SideLink id="live" isCurrent={hash === "live"}>
            Live updates
          </SideLink>
          <SideLink id="errors" isCurrent={hash.startsWith("error")}>
            Errors
          </SideLink>
        </ul>
      </nav>
      <div className="min-w-0 flex-1">
        <header className="border-b border-line px-4 py-4 md:px-6">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <h1 className="text-lg font-semibold">API</h1>
            <span className="text-xs text-ink-faint">{document.data.info?.version}</span>
            <a href="/api/openapi.json" className="link text-xs">
              openapi.json
            </a>
            <SearchField
              label="Search the API"
              placeholder="Path, word, parameter…"
              value={q}
              onChange={(text) =>
                void navigate({ search: (previous) => ({ ...previous, q: text === "" ? undefined : text }), replace: true, resetScroll: false })
              }
              className="ml-auto w-full sm:w-[240px]"
            />
          </div>
          <p className="mt-2 max-w-[72ch] text-ink-soft">
            <Prose text={document.data.info?.description ?? ""} />
          </p>
        </header>
        {operations.length === 0 && <Empty title={`Nothing in the API matches “${q}”`} />}
        {[...groups].map(([group, ofGroup]) => (
          <div key={group}>
            <h2 className="border-b border-line bg-canvas px-4 py-2 text-sm font-semibold md:px-6">{group}</h2>
            {ofGroup.map((operation) => (
              <OperationView key={operation.id} document={document.data} operation={operation} />
            ))}
          </div>
        ))}
        {q === "" && (
          <>
            <LiveReference />
            <ErrorReference document={document.data} />
          </>
        )}
      </div>
    </div>
  );
}

function OperationLinks({ group, operations, current }: { group: string; operations: readonly Operation[]; current: string }) {
  return (
    <section aria-label={group} className="mb-3">
      <h2 className="mb-0.5 px-2 text-2xs font-medium text-ink-faint">{group}</h2>
      <ul>
        {operations.map((operation) => (
          <SideLink key={operation.id} id={operation.id} isCurrent={operation.id === current} title={operation.summary}>
            <Method method={operation.method} />
            <span className="truncate">{operation.path.replace(/^\/api\//, "")}</span>
          </SideLink>
        ))}
      </ul>
    </section>
  );
}

function SideLink({ id, isCurrent, title, children }: { id: string; isCurrent: boolean; title?: string; children: ReactNode }) {
  return (
    <li>
      <a
        href={`#${id}`}
        title={title}
        aria-current={isCurrent ? "true" : undefined}
        className={classes(
          "flex h-7 items-center gap-2 rounded-md px-2 text-xs",
          isCurrent ? "bg-sunken font-medium text-ink" : "text-ink-soft hover:bg-sunken",
        )}
      >
        {children}
      </a>
    </li>
  );
}
