import type { Changes, FindingChange, ScanDetail, TestCounts } from "@sentinal/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { StatusMark } from "../../components/status.tsx";
import { classes } from "../../components/ui/classes.ts";
import { isTestCounts } from "../../severity.ts";
import type { StatusKind } from "../../status.ts";
import { verdictGrounds } from "../ci-runs/changes.tsx";
import { runQuery } from "../ci-runs/queries.ts";
import { testFacetsQuery } from "./queries.ts";
import { testChangeKinds, testChangeWords } from "./test-words.ts";
import { testVerdict } from "./verdict.ts";

const changeOrder: readonly FindingChange[] = ["new", "reopened", "unchanged", "fixed"];

/** What the tests changed against the run before, and how they ended. */
export function TestVerdict({ scan }: { scan: ScanDetail }) {
  const run = useQuery(runQuery(scan.run_id));
  const { counts } = scan;
  if (scan.status !== "completed" || !isTestCounts(counts)) return null;
  const previousId = run.data?.previous_run_id ?? null;
  const verdict = testVerdict(counts, scan.changes, scan.trend.length <= 1, scan.partial);
  return (
    <>
      <section aria-label="Verdict" className={`mt-3 rounded-md px-3 py-2 ${verdictGrounds[verdict.tone]}`}>
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{verdict.words}</span>
          {previousId !== null && (
            <span className="text-xs text-ink-soft">
              the run before is{" "}
              <Link to="/runs/$runId" params={{ runId: String(previousId) }} className="link">
                run {previousId}
              </Link>
            </span>
          )}
        </p>
        {scan.changes !== null && <TestChanges changes={scan.changes} />}
      </section>
      <OutcomeBar scanId={scan.id} counts={counts} />
    </>
  );
}

function TestChanges({ changes }: { changes: Changes }) {
  return (
    <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-xs">
      {changeOrder.map((change) => {
        const count = changes[change];
        const figure = (
          <>
            <StatusMark kind={count === 0 ? "skipped" : testChangeKinds[change]} className="size-3.5" />
            <span className="font-semibold">{count.toLocaleString("en")}</span>
            <span className={classes(count > 0 && "text-ink-soft")}>{testChangeWords[change].toLowerCase()}</span>
          </>
        );
        if (count === 0) {
          return (
            <span key={change} className="inline-flex items-center gap-1.5 whitespace-nowrap text-ink-faint">
              {figure}
            </span>
          );
        }
        return (
          <Link
            key={change}
            from="/scans/$scanId"
            to="."
            search={{ tab: change === "fixed" ? "all" : "failed", change: [change] }}
            resetScroll={false}
            className="inline-flex items-center gap-1.5 whitespace-nowrap hover:underline"
          >
            {figure}
          </Link>
        );
      })}
    </p>
  );
}

type Segment = { name: string; count: number; ground: string; kind: StatusKind };

/** How many passed, failed and were skipped, as parts of one bar and in numbers. */
function OutcomeBar({ scanId, counts }: { scanId: number; counts: TestCounts }) {
  // Flaky ones are among the passed and the failed; those that passed in the end have a part of their own.
  const facets = useQuery({
    ...testFacetsQuery({ scanId, repository: undefined }, { outcome: ["passed"], isFlaky: true }, {}),
    enabled: counts.flaky > 0,
  });
  const flakyPassed = facets.data?.outcome.find((entry) => entry.value === "passed")?.count ?? 0;
  const segments: Segment[] = [
    { name: "failed", count: counts.failed, ground: "bg-bad-mark", kind: "failure" },
    { name: counts.errors === 1 ? "error" : "errors", count: counts.errors, ground: "bg-bad-mark", kind: "failure" },
    { name: "flaky", count: flakyPassed, ground: "bg-warn-mark", kind: "flaky" },
    { name: "passed", count: Math.max(0, counts.passed - flakyPassed), ground: "bg-good-mark", kind: "success" },
    { name: "skipped", count: counts.skipped, ground: "bg-idle-mark", kind: "skipped" },
  ];
  const shown = segments.filter((segment) => segment.count > 0);
  if (shown.length === 0) return null;
  const figures = segments
    .map((segment) =>
      segment.name === "flaky" ? { ...segment, count: counts.flaky } : segment.name === "passed" ? { ...segment, count: counts.passed } : segment,
    )
    .filter((segment) => segment.count > 0);
  return (
    <section aria-label="Results" className="mt-3">
      <div className="flex h-2 gap-px overflow-hidden rounded-sm" aria-hidden="true">
        {shown.map((segment) => (
          <span key={segment.name} className={classes("min-w-[3px]", segment.ground)} style={{ flexGrow: segment.count, flexBasis: 0 }} />
        ))}
      </div>
      <p className="mt-1.5 flex flex-wrap gap-x-4 gap-y-0.5 text-xs">
        {figures.map((segment) => (
          <span key={segment.name} className="inline-flex items-center gap-1.5 whitespace-nowrap">
            <StatusMark kind={segment.kind} className="size-3.5" />
            <span className="font-semibold">{segment.count.toLocaleString("en")}</span>
            <span className="text-ink-soft">{segment.name}</span>
          </span>
        ))}
        <span className="text-ink-faint">
          of {counts.total.toLocaleString("en")} {counts.total === 1 ? "test" : "tests"}
        </span>
      </p>
    </section>
  );
}
