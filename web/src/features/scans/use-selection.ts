import { useState } from "react";
import { nothingSelected, select, type Selection, stillShown } from "./selection.ts";

/** Chosen rows of a list. `listKey`: what the list is of; another list begins with nothing chosen. */
export function useSelection(listKey: string, rows: readonly number[]) {
  const [state, setState] = useState<{ listKey: string; selection: Selection }>({ listKey, selection: nothingSelected });
  const selection = state.listKey === listKey ? stillShown(state.selection, rows) : nothingSelected;
  const set = (next: Selection) => setState({ listKey, selection: next });
  return {
    selection,
    isAny: selection.isAll || selection.ids.size > 0,
    has: (id: number) => selection.isAll || selection.ids.has(id),
    toggle: (id: number, isRange: boolean) => set(select(selection, rows, id, isRange)),
    all: () => set({ ...selection, isAll: true }),
    clear: () => set(nothingSelected),
  };
}
