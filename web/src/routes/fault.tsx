import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { Fault } from "../components/fault.tsx";
import { Mark, Wordmark } from "../components/mark.tsx";
import { useDocumentStatus } from "../document-status.ts";

/** Stands where a whole page could not be shown. */
export function FaultPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  useDocumentStatus("Problem", "failure");
  function retry(): void {
    reset();
    void router.invalidate();
  }
  return (
    <div className="mx-auto max-w-[560px] px-6 py-16">
      <p className="mb-6 flex items-center gap-2">
        <Mark className="size-6" />
        <Wordmark className="mt-px h-5" />
      </p>
      <h1 className="sr-only">Problem</h1>
      <Fault error={error} what="This page could not be shown" onRetry={retry} />
    </div>
  );
}
