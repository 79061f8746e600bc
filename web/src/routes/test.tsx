import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { CopyMark } from "../components/copy-button.tsx";
import { SkeletonBlock } from "../components/empty.tsx";
import { Fault } from "../components/fault.tsx";
import { useDocumentStatus } from "../document-status.ts";
import { testQuery } from "../features/tests/queries.ts";
import { TestView } from "../features/tests/test-view.tsx";
import { resultKind } from "../features/tests/test-words.ts";
import { readId } from "../url-state.ts";
import { NotFoundPage } from "./not-found.tsx";

/** One test by itself, as links from elsewhere lead to it. */
export function TestPage() {
  const { testId } = useParams({ from: "/app/tests/$testId" });
  const id = readId(testId);
  return id === undefined ? <NotFoundPage /> : <KnownTest key={id} id={id} />;
}

function KnownTest({ id }: { id: number }) {
  const { branch, scan } = useSearch({ from: "/app/tests/$testId" });
  const test = useQuery(testQuery(id, { branch, scanId: scan }));
  useDocumentStatus(test.data?.name ?? `Test ${id}`, test.data === undefined ? null : resultKind(test.data));
  return (
    <div className="mx-auto max-w-[980px] py-2">
      <div className="flex flex-wrap items-start gap-x-3 px-4 pt-3">
        <h1 className="min-w-0 text-lg font-semibold line-clamp-6 break-words whitespace-pre-wrap">{test.data?.name ?? `Test ${id}`}</h1>
        {test.data !== undefined && (
          <span className="flex items-center gap-2">
            <CopyMark text={test.data.name} what="name" />
            <Link to="/tests" search={{ repository: test.data.repository, branch: test.data.branch }} className="link text-xs">
              All tests of {test.data.branch}
            </Link>
          </span>
        )}
      </div>
      {test.isPending && <SkeletonBlock label="Loading the test" className="m-4 h-80" />}
      {test.error !== null && (
        <div className="p-4">
          <Fault error={test.error} what={`Test ${id} could not be read`} onRetry={() => void test.refetch()} />
        </div>
      )}
      {test.data !== undefined && <TestView test={test.data} showsName={false} />}
    </div>
  );
}
