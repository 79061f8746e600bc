import type { TestErrorGroup } from "@sentinal/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CopyMark } from "../../components/copy-button.tsx";
import { Empty, SkeletonRows } from "../../components/empty.tsx";
import { Fault } from "../../components/fault.tsx";
import { testErrorsQuery } from "./queries.ts";
import { errorWords } from "./test-words.ts";
import { useTestSteps } from "./use-test-steps.ts";

/** Failures that have one error, numbers aside, as one; most first. */
export function ErrorList({ scanId, selected }: { scanId: number; selected: number | undefined }) {
  const errors = useQuery(testErrorsQuery(scanId));
  useTestSteps(
    (errors.data?.items ?? []).flatMap((group) => group.tests.map(({ id }) => ({ id }))),
    selected,
  );
  if (errors.isPending) return <SkeletonRows count={4} height={74} label="Loading the errors" />;
  if (errors.error !== null) {
    return (
      <div className="p-4">
        <Fault error={errors.error} what="The errors could not be read" onRetry={() => void errors.refetch()} />
      </div>
    );
  }
  if (errors.data.items.length === 0) return <Empty title="No test failed" />;
  return (
    <>
      <ul aria-label="Errors">
        {errors.data.items.map((group) => (
          <ErrorGroup key={group.tests[0]?.id ?? group.message} group={group} selected={selected} />
        ))}
      </ul>
      {errors.data.left_out > 0 && (
        <p className="px-4 py-3 text-xs text-ink-soft">
          {errors.data.left_out.toLocaleString("en")} more {errors.data.left_out === 1 ? "error" : "errors"} with fewer tests each; the list of failed tests has
          them all.
        </p>
      )}
    </>
  );
}

function ErrorGroup({ group, selected }: { group: TestErrorGroup; selected: number | undefined }) {
  const { type, text } = errorWords(group);
  return (
    <li className="grid grid-cols-[52px_minmax(0,1fr)] gap-x-3 border-b border-line px-4 py-2.5">
      <span className="text-right">
        <span className="text-lg font-semibold">{group.count.toLocaleString("en")}</span>
        <span className="block text-2xs text-ink-faint">{group.count === 1 ? "test" : "tests"}</span>
      </span>
      <div className="min-w-0">
        <p className="flex items-baseline gap-2">
          {type !== null && <code className="min-w-0 truncate text-bad">{type}</code>}
          {text === "" ? (
            <span className="text-ink-soft">The report gives no message</span>
          ) : (
            <CopyMark text={group.message} what="error" className="-my-1 ml-auto shrink-0" />
          )}
        </p>
        {text !== "" && <pre className="mt-0.5 line-clamp-4 leading-[18px] break-words whitespace-pre-wrap">{text}</pre>}
        <ul className="mt-1.5 flex flex-wrap gap-1" aria-label="Tests with this error">
          {group.tests.map((test) => (
            <li key={test.id} className="min-w-0">
              <Link
                to="."
                search={(previous) => ({ ...previous, test: test.id })}
                resetScroll={false}
                aria-current={test.id === selected ? "true" : undefined}
                title={test.name}
                className="flex h-6 max-w-[320px] items-center rounded-md border border-line px-1.5 text-xs hover:bg-sunken aria-[current=true]:border-accent aria-[current=true]:text-accent"
              >
                <span className="truncate">{test.name}</span>
              </Link>
            </li>
          ))}
          {group.count > group.tests.length && (
            <li className="flex h-6 items-center px-1 text-xs text-ink-faint">and {(group.count - group.tests.length).toLocaleString("en")} more</li>
          )}
        </ul>
      </div>
    </li>
  );
}
