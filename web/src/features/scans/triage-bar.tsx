import { Button, IconButton } from "../../components/ui/button.tsx";

type TriageBarProps = {
  /** Null where not even the hub has counted them. */
  count: number | null;
  isAll: boolean;
  /** How many the filters match, where that is more than are chosen; null where all are. */
  total: number | null;
  onDismiss(): void;
  onReopen(): void;
  onAll(): void;
  onClear(): void;
};

/** What can be done with the chosen rows; stays in sight while one scrolls. */
export function TriageBar({ count, isAll, total, onDismiss, onReopen, onAll, onClear }: TriageBarProps) {
  return (
    <div
      role="region"
      aria-label="Selected findings"
      data-print="no"
      className="sticky bottom-13 z-10 flex flex-wrap items-center gap-1.5 border-t border-line bg-raised px-4 py-2 md:bottom-0"
    >
      <span className="font-medium" role="status">
        {isAll ? `All ${count?.toLocaleString("en") ?? ""} that match selected` : `${count?.toLocaleString("en") ?? 0} selected`}
      </span>
      <Button size="sm" onClick={onDismiss} aria-keyshortcuts="e" title="Dismiss ( e )">
        Dismiss…
      </Button>
      <Button size="sm" onClick={onReopen}>
        Reopen
      </Button>
      {total !== null && !isAll && (
        <Button size="sm" look="quiet" onClick={onAll}>
          <span>
            <span className="max-sm:sr-only">Select </span>all {total.toLocaleString("en")}
          </span>
        </Button>
      )}
      <IconButton icon="close" label="Clear the selection" keyHint="Esc" keyShortcut="Escape" className="ml-auto size-7" onClick={onClear} />
    </div>
  );
}
