import type { FindingDetail } from "@sentinal/contract";
import { StatusMark } from "../../components/status.tsx";
import { Time } from "../../components/time.tsx";
import { Button } from "../../components/ui/button.tsx";
import { useKeys } from "../../keys.ts";
import { reasonWords } from "../../scan-words.ts";
import type { Decision } from "./triage.ts";
import { useTriage } from "./use-triage.tsx";

/** Why it is dismissed, and what can be decided on it. `hasKey`: on its own page; beside a list the list has the key. */
export function FindingTriage({ finding, suppressions, hasKey }: { finding: FindingDetail; suppressions: readonly string[]; hasKey: boolean }) {
  const triage = useTriage();
  const { dismissal } = finding;
  const isOpen = finding.state === "open" || finding.state === "stale";
  // What the report itself dismissed is reopened where the tool is told.
  const canReopen = dismissal?.by === "user";
  function ask(action: Decision["action"]): void {
    triage.ask({ target: { findings: [{ id: finding.id, branch: finding.branch }] }, action });
  }
  useKeys([{ key: "e", label: "Dismiss this finding", run: () => ask("dismiss") }], hasKey && triage.isAllowed && isOpen);

  return (
    <>
      {dismissal !== null && (
        <section aria-label="Dismissal" className="rounded-md bg-sunken px-3 py-2">
          <p className="flex items-center gap-2 font-medium">
            <StatusMark kind="cancelled" />
            {dismissal.reason === null ? "Dismissed" : reasonWords[dismissal.reason]}
            <span className="text-xs font-normal text-ink-soft">
              {dismissal.by === "tool" ? `by the report of ${finding.tool}` : `by ${dismissal.username ?? "an account that is gone"}`}
              {dismissal.at !== null && (
                <>
                  , <Time at={dismissal.at} />
                </>
              )}
            </span>
          </p>
          {dismissal.comment !== null && <p className="mt-1 pl-6 break-words whitespace-pre-line">{dismissal.comment}</p>}
          {dismissal.by === "tool" && suppressions.length > 0 && (
            <ul className="mt-1 pl-6 text-xs break-words text-ink-soft">
              {suppressions.map((words, index) => (
                <li key={index}>{words}</li>
              ))}
            </ul>
          )}
        </section>
      )}
      {triage.isAllowed && (isOpen || canReopen) && (
        <div className="flex gap-2" data-print="no">
          {isOpen ? (
            <Button size="sm" onClick={() => ask("dismiss")} aria-keyshortcuts="e" title="Dismiss ( e )">
              Dismiss…
            </Button>
          ) : (
            <Button size="sm" onClick={() => ask("reopen")}>
              Reopen…
            </Button>
          )}
        </div>
      )}
      {triage.dialog}
    </>
  );
}
