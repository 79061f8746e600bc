import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { SkeletonBlock } from "../components/empty.tsx";
import { Fault } from "../components/fault.tsx";
import { useDocumentStatus } from "../document-status.ts";
import { FindingView } from "../features/scans/finding-view.tsx";
import { findingQuery } from "../features/scans/queries.ts";
import { readId } from "../url-state.ts";
import { NotFoundPage } from "./not-found.tsx";

/** One finding by itself, as links from elsewhere lead to it. */
export function FindingPage() {
  const { findingId } = useParams({ from: "/app/findings/$findingId" });
  const id = readId(findingId);
  return id === undefined ? <NotFoundPage /> : <KnownFinding key={id} id={id} />;
}

function KnownFinding({ id }: { id: number }) {
  const { branch } = useSearch({ from: "/app/findings/$findingId" });
  const finding = useQuery(findingQuery(id, branch));
  useDocumentStatus(finding.data?.rule ?? `Finding ${id}`, null);
  return (
    <div className="mx-auto max-w-[820px] py-2">
      <div className="flex flex-wrap items-baseline gap-x-3 px-4 pt-3">
        <h1 className="text-lg font-semibold">
          <code className="text-lg">{finding.data?.rule ?? `Finding ${id}`}</code>
        </h1>
        {finding.data !== undefined && (
          <Link to="/findings" search={{ repository: finding.data.repository, rule: [finding.data.rule] }} className="link text-xs">
            Everywhere it stands
          </Link>
        )}
      </div>
      {finding.isPending && <SkeletonBlock label="Loading the finding" className="m-4 h-80" />}
      {finding.error !== null && (
        <div className="p-4">
          <Fault error={finding.error} what={`Finding ${id} could not be read`} onRetry={() => void finding.refetch()} />
        </div>
      )}
      {finding.data !== undefined && <FindingView finding={finding.data} isPage />}
    </div>
  );
}
