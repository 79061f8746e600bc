import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import type { Query } from "../../api/client.ts";
import { Icon } from "../../components/icons.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { Button, IconButton } from "../../components/ui/button.tsx";
import type { FindingFilters, FindingsSearch } from "../../searches.ts";

const loadMenu = () => import("./export-menu.tsx");
const ExportMenu = lazy(async () => ({ default: (await loadMenu()).ExportMenu }));

type ExplorerToolbarProps = {
  search: FindingsSearch;
  /** What the list asks the hub for; the export asks for the same. */
  query: Query;
  countWords: string;
  hasFilters: boolean;
  /** Link that switches between groups and one list; none where there are no groups. */
  groupWords: string | null;
  tools: ReactNode;
  facetList: ReactNode;
  onStep(step: 1 | -1): void;
};

/** What stands above the rows: search, count, filters of small screens, export, and the buttons of the keys. */
export function ExplorerToolbar({ search, query, countWords, hasFilters, groupWords, tools, facetList, onStep }: ExplorerToolbarProps) {
  const navigate = useNavigate();
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-1" data-print="no">
      <SearchField
        label="Search findings"
        placeholder="Rule, package, path, title…"
        value={search.q ?? ""}
        onChange={(text) =>
          void navigate({ to: ".", search: (previous) => ({ ...previous, q: text === "" ? undefined : text }), replace: true, resetScroll: false })
        }
        className="w-full sm:w-[240px]"
      />
      <span className="text-xs text-ink-faint" role="status">
        {countWords}
      </span>
      {hasFilters && (
        <Link to="." search={(previous) => ({ ...previous, ...noFilters })} resetScroll={false} className="link text-xs">
          Clear filters
        </Link>
      )}
      <span className="ml-auto flex flex-wrap items-center justify-end gap-1">
        {tools}
        {groupWords !== null && (
          <Link
            to="."
            search={(previous) => ({ ...previous, group: search.group === "none" ? undefined : ("none" as const) })}
            resetScroll={false}
            className="flex h-7 items-center rounded-md px-2 text-xs font-medium text-ink-soft hover:bg-sunken"
          >
            {groupWords}
          </Link>
        )}
        <ExportButton query={query} />
        <IconButton icon="up" label="Previous finding" keyHint="k" className="size-7" onClick={() => onStep(-1)} />
        <IconButton icon="down" label="Next finding" keyHint="j" className="size-7" onClick={() => onStep(1)} />
      </span>
      <details className="w-full xl:hidden">
        <summary className="flex h-7 items-center gap-1.5 text-xs font-medium text-ink-soft">
          <Icon name="filter" className="size-3.5" />
          Filters
        </summary>
        <div className="pt-2 pb-3">{facetList}</div>
      </details>
    </div>
  );
}

/** The button is there at once; the menu behind it is fetched when somebody reaches for it. */
function ExportButton({ query }: { query: Query }) {
  const [isOpened, setIsOpened] = useState(false);
  const button = (
    <Button
      look="quiet"
      size="sm"
      icon="download"
      aria-haspopup="menu"
      aria-expanded="false"
      onPointerEnter={() => void loadMenu()}
      onFocus={() => void loadMenu()}
      onClick={() => setIsOpened(true)}
    >
      Export
    </Button>
  );
  if (!isOpened) return button;
  return (
    <Suspense fallback={button}>
      <ExportMenu query={query} />
    </Suspense>
  );
}

export const noFilters = {
  severity: undefined,
  change: undefined,
  state: undefined,
  scan_type: undefined,
  target: undefined,
  package: undefined,
  fixable: undefined,
  rule: undefined,
  path: undefined,
  risk: undefined,
  tool_type: undefined,
  branch: undefined,
  q: undefined,
} satisfies Omit<FindingFilters, "kind">;
