/** Chosen rows of a list, by id; `all`: every finding that the filters match, also those that are not fetched. */
export type Selection = { ids: ReadonlySet<number>; isAll: boolean; anchor: number | null };

export const nothingSelected: Selection = { ids: new Set(), isAll: false, anchor: null };

/** The selection with the row switched; with `isRange` all rows from the last one that was switched up to it are chosen. */
export function select(selection: Selection, rows: readonly number[], id: number, isRange: boolean): Selection {
  const from = selection.anchor === null ? -1 : rows.indexOf(selection.anchor);
  const to = rows.indexOf(id);
  // One row taken out of all leaves those that are here.
  const ids = new Set(selection.isAll ? rows : selection.ids);
  if (isRange && from >= 0 && to >= 0) {
    for (const one of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) ids.add(one);
    return { ids, isAll: false, anchor: id };
  }
  if (!ids.delete(id)) ids.add(id);
  return { ids, isAll: false, anchor: id };
}

/** Without those that the list does not show any more. */
export function stillShown(selection: Selection, rows: readonly number[]): Selection {
  if (selection.isAll || selection.ids.size === 0) return selection;
  const shown = new Set(rows);
  const ids = new Set([...selection.ids].filter((id) => shown.has(id)));
  return ids.size === selection.ids.size ? selection : { ...selection, ids };
}
