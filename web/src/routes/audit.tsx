import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { announce } from "../announcement.ts";
import { saveFile } from "../clipboard.ts";
import { Empty, SkeletonRows } from "../components/empty.tsx";
import { Fault } from "../components/fault.tsx";
import { Button, buttonClasses, IconButton } from "../components/ui/button.tsx";
import { useDocumentStatus } from "../document-status.ts";
import { meQuery } from "../features/accounts/queries.ts";
import { ChainStrip } from "../features/audit/chain-strip.tsx";
import { EntryList } from "../features/audit/entry-list.tsx";
import { FilterBar } from "../features/audit/filter-bar.tsx";
import { hasFilters, noFilters } from "../features/audit/filters.ts";
import { entriesQuery, exportLog, refresh } from "../features/audit/queries.ts";
import type { AuditSearch } from "../searches.ts";

const EntryPanel = lazy(async () => ({ default: (await import("../features/audit/entry-panel.tsx")).EntryPanel }));
const SearchDialog = lazy(async () => ({ default: (await import("../features/audit/search-dialog.tsx")).SearchDialog }));

/** Who changed what, the newest first, and whether the log is still what was sealed. */
export function AuditPage() {
  const me = useQuery(meQuery());
  useDocumentStatus("Audit log", null);
  if (me.isPending) return <SkeletonRows count={3} label="Loading the audit log" />;
  if (me.data === undefined) {
    return (
      <div className="p-4">
        <Fault error={me.error} what="Your account could not be read" onRetry={() => void me.refetch()} />
      </div>
    );
  }
  return me.data.role === "Admin" ? <AuditLog /> : <NotYours role={me.data.role} />;
}

function AuditLog() {
  const search = useSearch({ from: "/app/audit" });
  const navigate = useNavigate({ from: "/audit" });
  const [isSearching, setIsSearching] = useState(false);
  const query = useInfiniteQuery(entriesQuery(search));
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  return (
    <div className="flex items-start">
      <div className="min-w-0 flex-1">
        <div className="flex h-13 items-center gap-2 border-b border-line px-4">
          <h1 className="text-lg font-semibold">Audit log</h1>
          <IconButton icon="refresh" label="Read anew" onClick={refresh} />
          <Button icon="search" className="ml-auto" onClick={() => setIsSearching(true)}>
            <span className="max-sm:hidden">Search by value</span>
            <span className="sm:hidden">Value</span>
          </Button>
          <ExportButton search={search} />
        </div>
        <ChainStrip />
        <FilterBar search={search} />
        {query.isPending && <SkeletonRows count={12} label="Loading entries" />}
        {query.error !== null && (
          <div className="p-4">
            <Fault error={query.error} what="The entries could not be read" onRetry={() => void query.refetch()} />
          </div>
        )}
        {query.data !== undefined && entries.length === 0 && <NoEntries search={search} />}
        {entries.length > 0 && (
          <EntryList
            entries={entries}
            selected={search.entry}
            hasMore={hasNextPage}
            onNearEnd={() => {
              if (!isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
            }}
          />
        )}
      </div>
      <Suspense fallback={null}>
        {search.entry !== undefined && (
          <EntryPanel
            id={search.entry}
            known={entries.find((entry) => entry.id === search.entry)}
            onClose={() => void navigate({ search: (previous) => ({ ...previous, entry: undefined }), resetScroll: false })}
          />
        )}
        {isSearching && <SearchDialog onClose={() => setIsSearching(false)} />}
      </Suspense>
    </div>
  );
}

/** All entries, or those of the days that are chosen: other filters would leave holes in the chain. */
function ExportButton({ search }: { search: AuditSearch }) {
  const saving = useMutation({
    mutationFn: () => exportLog(search),
    onSuccess(bytes) {
      saveFile(bytes, `sentinal-audit-${new Date().toISOString().slice(0, 10)}.jsonl`);
      announce("Exported.");
      refresh();
    },
    onError: () => announce("The log could not be exported."),
  });
  const isOfDays = search.from !== undefined || search.to !== undefined;
  return (
    <Button
      icon="download"
      disabled={saving.isPending}
      title={
        saving.error === null
          ? `Saves ${isOfDays ? "the chosen days" : "the whole log"} as JSON lines, which can be verified`
          : "The log could not be exported; try again"
      }
      onClick={() => saving.mutate()}
    >
      {saving.isPending ? "Exporting…" : saving.error === null ? "Export" : "Export again"}
    </Button>
  );
}

function NoEntries({ search }: { search: AuditSearch }) {
  if (!hasFilters(search)) {
    return (
      <Empty title="The log is empty">
        <p>Every change of accounts, tokens, gates and decisions will stand here, with who made it and from where.</p>
      </Empty>
    );
  }
  return (
    <Empty title="No entry matches these filters">
      <Link from="/audit" search={(previous) => ({ ...previous, ...noFilters })} className={`${buttonClasses("plain", "md")} mt-3`}>
        Show all entries
      </Link>
    </Empty>
  );
}

function NotYours({ role }: { role: string }) {
  return (
    <Empty title="Administrators read the audit log">
      <p>
        You are signed in as {role}. The log names who did what and from where, so only an administrator sees it. Ask one of yours for what you need to know.
      </p>
    </Empty>
  );
}
