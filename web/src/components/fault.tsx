import { useEffect } from "react";
import { shownProblem } from "../api/problem.ts";
import { announce } from "../announcement.ts";
import { StatusMark } from "./status.tsx";
import { Button } from "./ui/button.tsx";
import { CopyMark } from "./copy-button.tsx";

/** What happened, its code, the request id and what to do, in the part of the page that failed. */
export function Fault({ error, what, onRetry }: { error: unknown; what: string; onRetry?: () => void }) {
  const problem = shownProblem(error);
  useEffect(() => announce(`${what}: ${problem.title}. ${problem.message}`), [what, problem.title, problem.message]);
  return (
    <div className="flex gap-3 rounded-md border border-line bg-bad-soft px-4 py-3">
      <StatusMark kind="failure" className="mt-0.5 size-4" />
      <div className="min-w-0">
        <p className="font-medium text-ink">
          {what}: {problem.title}
        </p>
        <p className="text-ink-soft">{problem.message}</p>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 text-xs text-ink-soft">
          <span>
            Code <code>{problem.code}</code>
          </span>
          {problem.requestId !== null && (
            <span className="inline-flex items-center gap-1">
              Request <code className="break-all">{problem.requestId}</code>
              <CopyMark text={problem.requestId} what="request id" />
            </span>
          )}
        </p>
        {onRetry !== undefined && (
          <Button size="sm" icon="refresh" className="mt-2" onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}
