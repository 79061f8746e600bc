import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { SkeletonBlock, SkeletonRows } from "../components/empty.tsx";
import { Fault } from "../components/fault.tsx";
import { useDocumentStatus } from "../document-status.ts";
import { BoardFigures } from "../features/ci-runs/board-figures.tsx";
import { boardQuery, type RunFilters } from "../features/ci-runs/queries.ts";
import { RunStreamList } from "../features/ci-runs/run-stream-list.tsx";
import { StreamFilters } from "../features/ci-runs/stream-filters.tsx";
import { WorkflowStrips } from "../features/ci-runs/workflow-strips.tsx";

const RunPanel = lazy(async () => ({ default: (await import("../features/ci-runs/run-panel.tsx")).RunPanel }));
const FirstReport = lazy(async () => ({ default: (await import("../features/accounts/first-report.tsx")).FirstReport }));

/** What asks for something today, the workflows, and the stream of runs. */
export function BoardPage() {
  const { repository } = useSearch({ from: "/app" });
  const search = useSearch({ from: "/app/" });
  const board = useQuery(boardQuery(repository));
  const filters: RunFilters = { repository, branch: search.branch, workflow: search.workflow, status: search.status, q: search.q };
  const isFailing = board.data?.workflows.some((workflow) => workflow.failing_since !== null) === true;
  useDocumentStatus(
    repository === undefined ? "Board" : `${repository} · Board`,
    board.data === undefined ? null : isFailing ? "failure" : board.data.workflows.length > 0 ? "success" : null,
  );

  // The checklist stays after the first report came, until it is closed or the page is left.
  const [isFirst, setIsFirst] = useState(false);
  useEffect(() => {
    if (board.data?.last_received_at === null) setIsFirst(true);
  }, [board.data]);

  return (
    <div className="flex items-start">
      <div className="min-w-0 flex-1">
        <h1 className="sr-only">Board</h1>
        {board.isPending && (
          <>
            <SkeletonBlock label="Loading the board" className="mx-4 my-2 h-9" />
            <SkeletonRows count={4} label="Loading workflows" height={36} />
          </>
        )}
        {board.error !== null && (
          <div className="p-4">
            <Fault error={board.error} what="The board’s figures could not be read" onRetry={() => void board.refetch()} />
          </div>
        )}
        {board.data !== undefined && <BoardFigures board={board.data} repository={repository} />}
        {isFirst && (
          <Suspense fallback={<SkeletonBlock label="Loading the first steps" className="m-4 h-40" />}>
            <FirstReport lastReceivedAt={board.data?.last_received_at ?? null} onClose={() => setIsFirst(false)} />
          </Suspense>
        )}
        {board.data !== undefined && board.data.workflows.length > 0 && (
          <WorkflowStrips workflows={board.data.workflows} showsAll={search.workflows === "all"} selected={search.run} />
        )}
        <section aria-labelledby="runs-name">
          <StreamFilters search={search} />
          <RunStreamList
            key={JSON.stringify(filters)}
            filters={filters}
            selected={search.run}
            hasFilters={Object.values(filters).some((value) => value !== undefined)}
          />
        </section>
      </div>
      <Suspense fallback={null}>{search.run !== undefined && <RunPanel runId={search.run} />}</Suspense>
    </div>
  );
}
