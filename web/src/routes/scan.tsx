import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { SkeletonBlock } from "../components/empty.tsx";
import { Fault } from "../components/fault.tsx";
import { useDocumentStatus } from "../document-status.ts";
import { useScanProgress } from "../features/ci-runs/use-scan-progress.ts";
import { scanQuery } from "../features/scans/queries.ts";
import { ScanFindings } from "../features/scans/scan-findings.tsx";
import { ScanHead } from "../features/scans/scan-head.tsx";
import { scanName } from "../scan-words.ts";
import { scanStatusKind } from "../status.ts";
import { readId } from "../url-state.ts";
import { NotFoundPage } from "./not-found.tsx";

const ScanTests = lazy(async () => ({ default: (await import("../features/tests/scan-tests.tsx")).ScanTests }));
const TestVerdict = lazy(async () => ({ default: (await import("../features/tests/test-verdict.tsx")).TestVerdict }));
const TestPanel = lazy(async () => ({ default: (await import("../features/tests/test-panel.tsx")).TestPanel }));
const FindingPanel = lazy(async () => ({ default: (await import("../features/scans/finding-panel.tsx")).FindingPanel }));

export function ScanPage() {
  const { scanId } = useParams({ from: "/app/scans/$scanId" });
  const id = readId(scanId);
  return id === undefined ? <NotFoundPage /> : <KnownScan key={id} id={id} />;
}

function KnownScan({ id }: { id: number }) {
  const scan = useQuery(scanQuery(id));
  const search = useSearch({ from: "/app/scans/$scanId" });
  const navigate = useNavigate({ from: "/scans/$scanId" });
  const progress = useScanProgress(scan.data?.run_id);
  useDocumentStatus(
    scan.data === undefined ? `Scan ${id}` : `${scanName(scan.data)} · ${scan.data.run.repository}`,
    scan.data === undefined ? null : scanStatusKind(scan.data.status),
  );

  if (scan.isPending) {
    return (
      <div className="flex flex-col gap-4 p-4">
        <SkeletonBlock label="Loading the scan" className="h-28" />
        <SkeletonBlock label="" className="h-80" />
      </div>
    );
  }
  if (scan.data === undefined) {
    return (
      <div className="mx-auto max-w-[640px] p-6">
        <h1 className="sr-only">Scan {id}</h1>
        <Fault error={scan.error} what={`Scan ${id} could not be read`} onRetry={() => void scan.refetch()} />
      </div>
    );
  }
  return (
    <div className="flex items-start">
      <div className="min-w-0 flex-1">
        {scan.data.scan_type === "test" ? (
          <Suspense fallback={<SkeletonBlock label="Loading the tests" className="m-4 h-80" />}>
            <ScanHead scan={scan.data} progress={progress} verdict={<TestVerdict scan={scan.data} />} />
            <ScanTests scan={scan.data} />
          </Suspense>
        ) : (
          <>
            <ScanHead scan={scan.data} progress={progress} />
            <ScanFindings scan={scan.data} />
          </>
        )}
      </div>
      <Suspense fallback={null}>
        {scan.data.scan_type === "test" && search.test !== undefined && (
          <TestPanel
            id={search.test}
            branch={undefined}
            scanId={id}
            onClose={() => void navigate({ search: (previous) => ({ ...previous, test: undefined }), resetScroll: false })}
          />
        )}
        {search.finding !== undefined && (
          <FindingPanel
            id={search.finding}
            branch={scan.data.run.branch}
            onClose={() => void navigate({ search: (previous) => ({ ...previous, finding: undefined }), resetScroll: false })}
          />
        )}
      </Suspense>
    </div>
  );
}
