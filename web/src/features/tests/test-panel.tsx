import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { SkeletonBlock } from "../../components/empty.tsx";
import { Fault } from "../../components/fault.tsx";
import { Icon } from "../../components/icons.tsx";
import { SidePanel } from "../../components/side-panel.tsx";
import { testQuery } from "./queries.ts";
import { TestView } from "./test-view.tsx";
import { placeWords } from "./test-words.ts";

/** A test beside the list it was chosen from. */
export function TestPanel({ id, branch, scanId, onClose }: { id: number; branch: string | undefined; scanId: number | undefined; onClose(): void }) {
  const test = useQuery(testQuery(id, { branch, scanId }));
  const place = test.data === undefined ? "" : placeWords(test.data);
  return (
    <SidePanel
      label={`Test ${id}`}
      title={place === "" ? `Test ${id}` : place}
      actions={
        <Link
          to="/tests/$testId"
          params={{ testId: String(id) }}
          search={{ branch, scan: scanId }}
          aria-label="Open the whole page"
          data-hint="Open the whole page"
          className="inline-flex size-8 items-center justify-center rounded-md text-ink-soft hover:bg-sunken hover:text-ink"
        >
          <Icon name="expand" />
        </Link>
      }
      onClose={onClose}
    >
      {test.isPending && (
        <div className="p-4">
          <SkeletonBlock label="Loading the test" className="h-60" />
        </div>
      )}
      {test.error !== null && (
        <div className="p-4">
          <Fault error={test.error} what={`Test ${id} could not be read`} onRetry={() => void test.refetch()} />
        </div>
      )}
      {test.data !== undefined && <TestView test={test.data} showsName />}
    </SidePanel>
  );
}
