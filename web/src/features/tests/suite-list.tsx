import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useMemo, useState } from "react";
import { Empty, SkeletonRows } from "../../components/empty.tsx";
import { Fault } from "../../components/fault.tsx";
import { Icon } from "../../components/icons.tsx";
import { StatusMark } from "../../components/status.tsx";
import { Button } from "../../components/ui/button.tsx";
import type { StatusKind } from "../../status.ts";
import { toggled } from "../../url-state.ts";
import { testSuitesQuery } from "./queries.ts";
import { suiteKey, type SuiteCounts, type SuiteNode, type SuiteRow, suiteRows, suiteTree } from "./suite-tree.ts";
import { suiteWords, tookWords } from "./test-words.ts";

/** More rows than one reads; a press shows the next. */
const rowsAtOnce = 300;

/** The suites of a scan as a tree, folded, with what each holds; its name leads to its tests. */
export function SuiteList({ scanId }: { scanId: number }) {
  const suites = useQuery(testSuitesQuery(scanId));
  const tree = useMemo(() => suiteTree(suites.data?.items ?? []), [suites.data]);
  const [changed, setChanged] = useState<ReadonlySet<string> | null>(null);
  const [shown, setShown] = useState(rowsAtOnce);
  // A single one at the top says nothing while it is folded.
  const open = changed ?? new Set(tree.length === 1 ? tree.map((node) => suiteKey(node.path)) : []);
  const rows = suiteRows(tree, open);

  if (suites.isPending) return <SkeletonRows count={8} label="Loading the suites" />;
  if (suites.error !== null) {
    return (
      <div className="p-4">
        <Fault error={suites.error} what="The suites could not be read" onRetry={() => void suites.refetch()} />
      </div>
    );
  }
  if (rows.length === 0) return <Empty title="The report names no suites" />;
  return (
    <div className="@container">
      <ul aria-label="Suites">
        {rows.slice(0, shown).map((row) => (
          <SuiteLine key={row.key} row={row} onFold={() => setChanged(new Set(toggled([...open], row.key) ?? []))} />
        ))}
      </ul>
      {rows.length > shown && (
        <p className="flex justify-center px-4 py-3">
          <Button size="sm" onClick={() => setShown(shown + rowsAtOnce)}>
            Show {Math.min(rowsAtOnce, rows.length - shown)} more of {rows.length.toLocaleString("en")}
          </Button>
        </p>
      )}
      {suites.data.left_out > 0 && (
        <p className="px-4 py-3 text-xs text-ink-soft">
          {suites.data.left_out.toLocaleString("en")} suites are left out here; the search under All finds their tests.
        </p>
      )}
    </div>
  );
}

function SuiteLine({ row, onFold }: { row: SuiteRow; onFold(): void }) {
  const { node, depth, isOpen } = row;
  const name = node.path.length === 0 ? suiteWords([]) : node.names.join(" › ");
  return (
    <li
      className="flex min-h-[34px] items-center gap-2 border-b border-line py-1 pr-4 hover:bg-sunken @max-[560px]:flex-wrap"
      style={{ paddingLeft: 10 + Math.min(depth, 12) * 18 }}
    >
      <span className="flex min-w-0 flex-1 items-center gap-1.5 @max-[560px]:basis-full">
        {node.children.length > 0 ? (
          <button
            type="button"
            aria-expanded={isOpen}
            aria-label={`${isOpen ? "Fold" : "Unfold"} ${name}`}
            onClick={onFold}
            className="flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-faint hover:text-ink"
          >
            <Icon name={isOpen ? "down" : "right"} className="size-3.5" />
          </button>
        ) : (
          <span className="size-6 shrink-0" />
        )}
        <StatusMark kind={kindOf(node.counts)} label={worstWords(node.counts)} className="size-3.5" />
        <SuiteName node={node} name={name} />
      </span>
      <span className="flex shrink-0 items-center gap-x-3 text-xs @[560px]:grid @[560px]:grid-cols-[repeat(4,60px)] @[560px]:gap-x-1 @max-[560px]:pl-8">
        <Count count={node.counts.failed + node.counts.errors} kind="failure" word="failed" />
        <Count count={node.counts.flaky} kind="flaky" word="flaky" />
        <Count count={node.counts.skipped} kind="skipped" word="skipped" />
        <Count count={node.counts.passed} kind="success" word="passed" />
      </span>
      <span className="w-[76px] shrink-0 text-right text-xs text-ink-soft @max-[560px]:ml-auto">
        {node.counts.duration_ms === null ? "" : tookWords(node.counts.duration_ms)}
      </span>
    </li>
  );
}

function SuiteName({ node, name }: { node: SuiteNode; name: string }): ReactNode {
  // There is no filter for what stands in no suite.
  if (node.path.length === 0) return <span className="truncate text-ink-soft">{name}</span>;
  return (
    <Link
      to="."
      search={(previous) => ({ ...previous, tab: "all" as const, suite: [...node.path] })}
      resetScroll={false}
      title={`Tests of ${suiteWords(node.path)}`}
      className="truncate hover:underline"
    >
      {name}
    </Link>
  );
}

function Count({ count, kind, word }: { count: number; kind: StatusKind; word: string }) {
  if (count === 0) return <span className="@max-[560px]:hidden" />;
  return (
    <span className="inline-flex items-center justify-end gap-1 whitespace-nowrap">
      {count.toLocaleString("en")}
      <StatusMark kind={kind} label={word} className="size-3.5" />
    </span>
  );
}

function kindOf(counts: SuiteCounts): StatusKind {
  if (counts.failed + counts.errors > 0) return "failure";
  if (counts.flaky > 0) return "flaky";
  return counts.passed > 0 ? "success" : "skipped";
}

function worstWords(counts: SuiteCounts): string {
  const kind = kindOf(counts);
  return kind === "failure" ? "Has failures" : kind === "flaky" ? "Has flaky tests" : kind === "success" ? "Passed" : "Skipped";
}
