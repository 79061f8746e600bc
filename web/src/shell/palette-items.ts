import type { IconName } from "../components/icons.tsx";
import type { StatusKind } from "../status.ts";

export type PaletteItem = {
  id: string;
  group: "Pages" | "Actions" | "Repositories" | "Runs";
  label: string;
  /** Said after the label, smaller. */
  detail?: string;
  icon?: IconName;
  status?: StatusKind;
  run(): void;
};

/** Items in which every word occurs; those that start with the text come first within their group. */
export function matchItems<Item extends Pick<PaletteItem, "group" | "label" | "detail">>(items: readonly Item[], text: string, mostPerGroup: number): Item[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const found = items.filter((item) => {
    const whole = `${item.label} ${item.detail ?? ""}`.toLowerCase();
    return words.every((word) => whole.includes(word));
  });
  const start = words.join(" ");
  const groups = Map.groupBy(found, (item) => item.group);
  return [...groups.values()].flatMap((group) => {
    const [first, rest] = [
      group.filter((item) => item.label.toLowerCase().startsWith(start)),
      group.filter((item) => !item.label.toLowerCase().startsWith(start)),
    ];
    return [...first, ...rest].slice(0, mostPerGroup);
  });
}
