import type { Upgrade } from "@sentinal/contract";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useState } from "react";
import { useListPlace } from "../../list-place.ts";
import type { FindingRow } from "./finding-rows.ts";
import { FindingLine, PackageLine, type RowSelection, TargetLine } from "./finding-lines.tsx";

const rowHeight = 34;
const narrowRowHeight = 52;
const narrowBelow = 560;

type FindingListProps = {
  rows: readonly FindingRow[];
  selected: number | undefined;
  upgrades: readonly Upgrade[];
  isOfScan: boolean;
  showsRepository: boolean;
  hasMore: boolean;
  /** Chosen rows, where rows can be chosen. */
  selection?: RowSelection;
  /** The row that is to be brought into sight, once each time it is another one. */
  sought: string | null;
  onFold(key: string): void;
  onNearEnd(): void;
};

/** Findings and the groups they stand under, drawn only where they are seen. */
export function FindingList({ rows, selected, upgrades, isOfScan, showsRepository, hasMore, selection, sought, onFold, onNearEnd }: FindingListProps) {
  const [list, setList] = useState<HTMLDivElement | null>(null);
  const place = useListPlace(list);
  const height = place.width < narrowBelow ? narrowRowHeight : rowHeight;
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => height,
    overscan: 10,
    scrollMargin: place.top,
    scrollPaddingStart: 100,
    scrollPaddingEnd: 60,
    getItemKey: (index) => rows[index]?.key ?? index,
  });
  useEffect(() => virtualizer.measure(), [height]);

  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= rows.length - 20) onNearEnd();
  }, [hasMore, lastShown, rows.length]);
  useEffect(() => {
    const index = sought === null ? -1 : rows.findIndex((row) => row.key === sought);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: "auto" });
  }, [sought]);

  return (
    <div className="@container" role="table" aria-label="Findings" aria-rowcount={hasMore ? -1 : rows.length}>
      <div ref={setList} role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <div
              key={row.key}
              role="row"
              aria-rowindex={item.index + 1}
              {...(selection !== undefined && row.type === "finding" && { "aria-selected": selection.has(row.finding.id) })}
              className="absolute inset-x-0 top-0"
              style={{ height, transform: `translateY(${item.start - place.top}px)` }}
            >
              {row.type === "target" && <TargetLine row={row} onFold={() => onFold(row.key)} />}
              {row.type === "package" && <PackageLine row={row} upgrade={upgradeOf(row, upgrades)} onFold={() => onFold(row.key)} />}
              {row.type === "finding" && (
                <FindingLine
                  finding={row.finding}
                  depth={row.depth}
                  isSelected={row.finding.id === selected}
                  isOfScan={isOfScan}
                  showsRepository={showsRepository}
                  {...(selection !== undefined && { selection })}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function upgradeOf(row: Extract<FindingRow, { type: "package" }>, upgrades: readonly Upgrade[]): Upgrade | undefined {
  const found = upgrades.filter((upgrade) => upgrade.package_name === row.packageName && upgrade.target === row.target);
  // Installed several times, each has an upgrade of its own; none of them speaks for all.
  return found.length === 1 ? found[0] : undefined;
}
