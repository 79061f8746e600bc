import type { Test } from "@sentinal/contract";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useState } from "react";
import { useListPlace } from "../../list-place.ts";
import { narrowBelow, rowHeight, TestLine } from "./test-lines.tsx";

type TestListProps = {
  tests: readonly Test[];
  selected: number | undefined;
  isOfScan: boolean;
  showsRepository: boolean;
  /** Rows show durations against the longest, not their history. */
  showsDurations: boolean;
  hasMore: boolean;
  /** The row that is to be brought into sight, once each time it is another one. */
  sought: { id: number; branch?: string | undefined } | null;
  onNearEnd(): void;
};

/** Tests, drawn only where they are seen. */
export function TestList({ tests, selected, isOfScan, showsRepository, showsDurations, hasMore, sought, onNearEnd }: TestListProps) {
  const [list, setList] = useState<HTMLDivElement | null>(null);
  const place = useListPlace(list);
  const isNarrow = place.width < narrowBelow;
  const virtualizer = useWindowVirtualizer({
    count: tests.length,
    estimateSize: (index) => (tests[index] === undefined ? 0 : rowHeight(tests[index], isNarrow)),
    overscan: 10,
    scrollMargin: place.top,
    scrollPaddingStart: 100,
    scrollPaddingEnd: 60,
    getItemKey: (index) => (tests[index] === undefined ? index : testKey(tests[index])),
  });
  // Another result of the same test may have another height.
  const shape = tests.map((test) => rowHeight(test, isNarrow)).join();
  useEffect(() => virtualizer.measure(), [shape]);

  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= tests.length - 20) onNearEnd();
  }, [hasMore, lastShown, tests.length]);
  useEffect(() => {
    const index = sought === null ? -1 : tests.findIndex((test) => test.id === sought.id && (sought.branch === undefined || test.branch === sought.branch));
    if (index >= 0) virtualizer.scrollToIndex(index, { align: "auto" });
  }, [sought]);

  const longestMs = showsDurations ? Math.max(1, ...tests.map((test) => test.duration_ms ?? 0)) : null;
  return (
    <div className="@container" role="table" aria-label="Tests" aria-rowcount={hasMore ? -1 : tests.length}>
      <div ref={setList} role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const test = tests[item.index];
          if (test === undefined) return null;
          return (
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + 1}
              className="absolute inset-x-0 top-0"
              style={{ height: item.size, transform: `translateY(${item.start - place.top}px)` }}
            >
              <TestLine test={test} isSelected={test.id === selected} isOfScan={isOfScan} showsRepository={showsRepository} longestMs={longestMs} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Where several branches are listed, one test stands there for each. */
function testKey(test: Pick<Test, "id" | "branch">): string {
  return `${test.id} ${test.branch}`;
}
