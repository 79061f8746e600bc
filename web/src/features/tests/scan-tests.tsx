import type { ScanDetail } from "@sentinal/contract";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Empty, SkeletonBlock } from "../../components/empty.tsx";
import { Fault } from "../../components/fault.tsx";
import { type TabEntry, Tabs } from "../../components/ui/tabs.tsx";
import type { TestTab } from "../../searches.ts";
import { isTestCounts } from "../../severity.ts";
import { ErrorList } from "./error-list.tsx";
import type { TestView } from "./filters.ts";
import { testErrorsQuery, testFacetsQuery } from "./queries.ts";
import { SendTests } from "./send-tests.tsx";
import { SuiteList } from "./suite-list.tsx";
import { TestExplorer } from "./test-explorer.tsx";
import { UnloadedSuites } from "./unloaded-suites.tsx";

const views: Record<"failed" | "slow" | "flaky" | "all", TestView> = {
  failed: { sort: "failed", outcome: ["failed", "error"], kind: "case" },
  slow: { sort: "slow", kind: "case" },
  flaky: { sort: "flaky", isFlaky: true },
  all: { sort: "name" },
};

/** The tests of a scan, in tabs. */
export function ScanTests({ scan }: { scan: ScanDetail }) {
  const search = useSearch({ from: "/app/scans/$scanId" });
  const navigate = useNavigate({ from: "/scans/$scanId" });
  const scope = { scanId: scan.id, repository: undefined };
  const known = useQuery(testFacetsQuery(scope, {}, {}));
  const cases = useQuery(testFacetsQuery(scope, { outcome: ["failed", "error"], kind: "case" }, {}));
  const told = known.data?.outcome.reduce((sum, entry) => sum + entry.count, 0) ?? 0;
  const total = isTestCounts(scan.counts) ? scan.counts.total : 0;
  const bad = isTestCounts(scan.counts) ? scan.counts.failed + scan.counts.errors : 0;
  const failed = cases.data?.outcome.filter(({ value }) => value === "failed" || value === "error").reduce((sum, { count }) => sum + count, 0);
  const tab = search.tab ?? (bad > 0 ? "failed" : "all");
  const errors = useQuery({ ...testErrorsQuery(scan.id), enabled: tab === "errors" });

  if (known.error !== null) {
    return (
      <div className="p-4">
        <Fault error={known.error} what="The tests could not be read" onRetry={() => void known.refetch()} />
      </div>
    );
  }
  if (known.isPending) return <SkeletonBlock label="Loading the tests" className="m-4 h-60" />;
  if (told === 0) return <NoTests scan={scan} total={total} />;

  const entry = (value: TestTab, label: string, count?: number): TabEntry<TestTab> => ({
    value,
    label,
    count,
    link: <Link from="/scans/$scanId" to="." search={{ tab: value }} resetScroll={false} />,
  });
  const list = (view: TestView, empty: ReactNode) => (
    <TestExplorer key={tab} scope={scope} view={view} filters={{ ...search, branch: undefined }} selected={search.test} empty={empty} />
  );
  const flaky = known.data.flaky.find(({ value }) => value === "true")?.count ?? 0;
  return (
    <Tabs
      label="Tests of the scan"
      value={tab}
      entries={[
        entry("failed", "Failed", failed),
        entry("errors", "Errors", errors.data === undefined ? undefined : errors.data.items.length + errors.data.left_out),
        entry("suites", "Suites"),
        entry("slow", "Slow"),
        entry("flaky", "Flaky", flaky),
        entry("all", "All", told),
      ]}
      onChange={(next) => void navigate({ search: { tab: next }, resetScroll: false })}
    >
      {tab === "failed" && (
        <>
          {bad > 0 && <UnloadedSuites scanId={scan.id} selected={search.test} />}
          {list(views.failed, <NoFailures total={told} hasUnloaded={bad > 0} />)}
        </>
      )}
      {tab === "errors" && <ErrorList scanId={scan.id} selected={search.test} />}
      {tab === "suites" && <SuiteList scanId={scan.id} />}
      {tab === "slow" && list(views.slow, <Empty title="There are no tests" />)}
      {tab === "flaky" && list(views.flaky, <NoFlakyTests />)}
      {tab === "all" && (
        <>
          {total > told && (
            <p className="border-b border-line bg-canvas px-4 py-1.5 text-xs text-ink-soft">
              The sender counted {total.toLocaleString("en")}; {told.toLocaleString("en")} of them came with detail.
            </p>
          )}
          {list(views.all, <Empty title="There are no tests" />)}
        </>
      )}
    </Tabs>
  );
}

function NoFailures({ total, hasUnloaded }: { total: number; hasUnloaded: boolean }) {
  return (
    <Empty title={hasUnloaded ? "No test that ran has failed" : "No test failed"}>
      <Link from="/scans/$scanId" to="." search={{ tab: "all" }} resetScroll={false} className="link">
        All {total.toLocaleString("en")} tests
      </Link>
    </Empty>
  );
}

function NoFlakyTests() {
  return (
    <Empty title="No test was flaky">
      <p>A test is flaky when it fails and passes at one commit, or when the report says that it took several tries.</p>
    </Empty>
  );
}

/** A scan that came as counts only, holds nothing, or is not read yet. */
function NoTests({ scan, total }: { scan: ScanDetail; total: number }) {
  if (scan.status !== "completed") {
    return (
      <Empty title={scan.status === "failed" ? "The report could not be read" : "The report is being read"}>
        <p>{scan.status === "failed" ? "What was wrong stands above." : "Tests appear here when it is done."}</p>
      </Empty>
    );
  }
  if (total === 0) {
    return (
      <Empty title="The report holds no tests">
        <p>Check that the step that runs them finds them, and that it writes this file.</p>
      </Empty>
    );
  }
  return (
    <Empty title="There is no detail to this scan">
      <p>CI reported {total.toLocaleString("en")} tests as counts. Send the report itself to see each of them here, with its history.</p>
      <SendTests />
    </Empty>
  );
}
