import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Empty } from "../components/empty.tsx";
import { Fault } from "../components/fault.tsx";
import { useDocumentStatus } from "../document-status.ts";
import { FindingExplorer } from "../features/scans/finding-explorer.tsx";
import { facetsQuery } from "../features/scans/queries.ts";

const FindingPanel = lazy(async () => ({ default: (await import("../features/scans/finding-panel.tsx")).FindingPanel }));

/** What stands on the default branches of all repositories, or of one, gravest first. */
export function FindingsPage() {
  const { repository } = useSearch({ from: "/app" });
  const search = useSearch({ from: "/app/findings" });
  const navigate = useNavigate({ from: "/findings" });
  const scope = { scanId: null, repository };
  const facets = useQuery(facetsQuery(scope, search));
  useDocumentStatus(repository === undefined ? "Findings" : `${repository} · Findings`, null);
  return (
    <div className="flex items-start">
      <div className="min-w-0 flex-1">
        <div className="flex h-13 items-baseline gap-3 border-b border-line px-4 pt-3.5">
          <h1 className="text-lg leading-6 font-semibold">Findings</h1>
          <p className="truncate text-xs text-ink-faint">{search.branch === undefined ? "on default branches" : `on ${search.branch}`}, gravest first</p>
        </div>
        {facets.error !== null && (
          <div className="p-4 pb-0">
            <Fault error={facets.error} what="The filters could not be counted" onRetry={() => void facets.refetch()} />
          </div>
        )}
        <FindingExplorer
          scope={scope}
          filters={search}
          search={search}
          facets={facets.data}
          groups={null}
          upgrades={[]}
          empty={
            <Empty title="No open findings">
              <p>What scans find on the default branch of each repository will stand here.</p>
            </Empty>
          }
        />
      </div>
      <Suspense fallback={null}>
        {search.finding !== undefined && (
          <FindingPanel
            id={search.finding}
            branch={search.on ?? search.branch}
            onClose={() => void navigate({ search: (previous) => ({ ...previous, finding: undefined, on: undefined }), resetScroll: false })}
          />
        )}
      </Suspense>
    </div>
  );
}
