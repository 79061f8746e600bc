import type { Test } from "@sentinal/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fault } from "../../components/fault.tsx";
import { StatusMark } from "../../components/status.tsx";
import { unloadedSuitesQuery } from "./queries.ts";
import { filePlace } from "./test-words.ts";

/** Files and suites that did not load, of whose tests nobody knows anything. */
export function UnloadedSuites({ scanId, selected }: { scanId: number; selected: number | undefined }) {
  const unloaded = useQuery(unloadedSuitesQuery(scanId));
  if (unloaded.error !== null) {
    return (
      <div className="p-4 pb-0">
        <Fault error={unloaded.error} what="Suites that did not load could not be read" onRetry={() => void unloaded.refetch()} />
      </div>
    );
  }
  const suites = unloaded.data?.items ?? [];
  if (suites.length === 0) return null;
  const hasMore = unloaded.data?.next_cursor !== null;
  return (
    <section aria-labelledby="unloaded-name" className="border-b border-line bg-bad-soft px-4 py-3">
      <h2 id="unloaded-name" className="flex items-center gap-2 font-medium">
        <StatusMark kind="failure" />
        {suites.length === 1 && !hasMore ? "1 suite did not load" : `${suites.length}${hasMore ? "+" : ""} suites did not load`}
      </h2>
      <p className="mt-0.5 pl-6 text-xs text-ink-soft">
        None of {suites.length === 1 ? "its" : "their"} tests ran, so none of them counts as passed or failed. Mostly an import is missing, the syntax is
        broken, or a set-up at the top of the file failed: run the file alone to see it.
      </p>
      <ul className="mt-2 flex flex-col gap-2 pl-6">
        {suites.map((suite) => (
          <UnloadedSuite key={suite.id} suite={suite} isSelected={suite.id === selected} />
        ))}
      </ul>
    </section>
  );
}

function UnloadedSuite({ suite, isSelected }: { suite: Test; isSelected: boolean }) {
  const place = filePlace(suite);
  return (
    <li className="min-w-0">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <Link
          to="."
          search={(previous) => ({ ...previous, test: suite.id })}
          resetScroll={false}
          aria-current={isSelected ? "true" : undefined}
          className="min-w-0 font-medium break-words hover:underline"
        >
          {suite.name}
        </Link>
        {place !== null && place !== suite.name && <code className="text-2xs break-all text-ink-soft">{place}</code>}
      </p>
      {suite.message !== null && <pre className="line-clamp-3 leading-[18px] break-words whitespace-pre-wrap text-ink-soft">{suite.message}</pre>}
    </li>
  );
}
