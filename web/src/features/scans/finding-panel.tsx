import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { SkeletonBlock } from "../../components/empty.tsx";
import { Fault } from "../../components/fault.tsx";
import { Icon } from "../../components/icons.tsx";
import { SidePanel } from "../../components/side-panel.tsx";
import { findingQuery } from "./queries.ts";
import { FindingView } from "./finding-view.tsx";

/** A finding beside the list it was chosen from. */
export function FindingPanel({ id, branch, onClose }: { id: number; branch: string | undefined; onClose(): void }) {
  const finding = useQuery(findingQuery(id, branch));
  return (
    <SidePanel
      label={`Finding ${id}`}
      title={finding.data === undefined ? `Finding ${id}` : <code className="text-sm">{finding.data.rule}</code>}
      actions={
        <Link
          to="/findings/$findingId"
          params={{ findingId: String(id) }}
          search={{ branch }}
          aria-label="Open the whole page"
          data-hint="Open the whole page"
          className="inline-flex size-8 items-center justify-center rounded-md text-ink-soft hover:bg-sunken hover:text-ink"
        >
          <Icon name="expand" />
        </Link>
      }
      onClose={onClose}
    >
      {finding.isPending && (
        <div className="p-4">
          <SkeletonBlock label="Loading the finding" className="h-60" />
        </div>
      )}
      {finding.error !== null && (
        <div className="p-4">
          <Fault error={finding.error} what={`Finding ${id} could not be read`} onRetry={() => void finding.refetch()} />
        </div>
      )}
      {finding.data !== undefined && <FindingView finding={finding.data} />}
    </SidePanel>
  );
}
