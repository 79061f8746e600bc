import type { AuditEntry } from "@sentinal/contract";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useState } from "react";
import { useListPlace } from "../../list-place.ts";
import { EntryRow } from "./entry-row.tsx";

const rowHeight = 34;
const narrowRowHeight = 52;
const narrowBelow = 640;
/** Older entries are fetched when so few rows are left below. */
const fetchAhead = 20;

type EntryListProps = { entries: readonly AuditEntry[]; selected: number | undefined; hasMore: boolean; onNearEnd(): void };

/** Entries, drawn only where they are seen. */
export function EntryList({ entries, selected, hasMore, onNearEnd }: EntryListProps) {
  const [list, setList] = useState<HTMLDivElement | null>(null);
  const place = useListPlace(list);
  const height = place.width < narrowBelow ? narrowRowHeight : rowHeight;
  const virtualizer = useWindowVirtualizer({
    count: entries.length,
    estimateSize: () => height,
    overscan: 10,
    scrollMargin: place.top,
    getItemKey: (index) => entries[index]?.id ?? index,
  });
  useEffect(() => virtualizer.measure(), [height]);

  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= entries.length - fetchAhead) onNearEnd();
  }, [hasMore, lastShown, entries.length]);

  return (
    <div className="@container" role="table" aria-label="Entries of the audit log" aria-rowcount={hasMore ? -1 : entries.length}>
      <div ref={setList} role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const entry = entries[item.index];
          if (entry === undefined) return null;
          return (
            <div
              key={entry.id}
              role="row"
              aria-rowindex={item.index + 1}
              className="absolute inset-x-0 top-0"
              style={{ height, transform: `translateY(${item.start - place.top}px)` }}
            >
              <EntryRow entry={entry} isSelected={entry.id === selected} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
