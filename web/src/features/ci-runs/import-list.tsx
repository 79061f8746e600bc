import type { Import } from "@sentinal/contract";
import { useMutation } from "@tanstack/react-query";
import { saveFile } from "../../clipboard.ts";
import { CopyMark } from "../../components/copy-button.tsx";
import { Empty } from "../../components/empty.tsx";
import { Fault } from "../../components/fault.tsx";
import { Icon } from "../../components/icons.tsx";
import { Status } from "../../components/status.tsx";
import { Time } from "../../components/time.tsx";
import { Button } from "../../components/ui/button.tsx";
import { api } from "../../runtime.ts";
import { sizeWords } from "../../size.ts";
import { importStatusLook } from "../../status.ts";
import { ChangeFigures } from "./changes.tsx";

/** What was received, with what could not be read of it; the bytes can be had back. */
export function ImportList({ imports }: { imports: readonly Import[] }) {
  if (imports.length === 0) {
    return (
      <Empty title="No report was received">
        <p>Only counts came for this, without a tool’s own file.</p>
      </Empty>
    );
  }
  return (
    <ul aria-label="Imports">
      {imports.map((one) => (
        <ImportRow key={one.id} received={one} />
      ))}
    </ul>
  );
}

function ImportRow({ received }: { received: Import }) {
  const look = importStatusLook(received.status);
  const download = useMutation({
    mutationFn: () => api.bytes(`/api/cicd/imports/${received.id}/report`),
    onSuccess: (bytes) => saveFile(bytes, `report-${received.id}.${received.format?.includes("xml") === true ? "xml" : "json"}`),
  });
  return (
    <li className="border-b border-line px-4 py-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Status kind={look.kind} word={look.word} className="min-w-[116px] font-medium" />
        <span className="text-ink-soft">{received.format ?? "format not recognised"}</span>
        <span className="text-ink-soft">{sizeWords(received.size_bytes)}</span>
        <Time at={received.received_at} prefix="received " className="text-xs text-ink-faint" />
        <span className="inline-flex items-center text-xs text-ink-faint">
          <code title={received.sha256}>sha256 {received.sha256.slice(0, 12)}…</code>
          <CopyMark text={received.sha256} what="sha256" />
        </span>
        <Button
          size="sm"
          icon="download"
          className="ml-auto"
          disabled={download.isPending}
          onClick={() => download.mutate()}
          aria-label={`Download report ${received.id}`}
        >
          Report
        </Button>
      </div>
      {received.changes !== null && (
        <div className="mt-1">
          <ChangeFigures changes={received.changes} />
        </div>
      )}
      <WarningList warnings={received.warnings} />
      {download.error !== null && (
        <div className="mt-2">
          <Fault error={download.error} what="The report could not be fetched" />
        </div>
      )}
    </li>
  );
}

/** What the reader could not read, each with its code. */
export function WarningList({ warnings }: { warnings: Import["warnings"] }) {
  if (warnings.length === 0) return null;
  return (
    <ul className="mt-1.5 flex flex-col gap-1" aria-label="Warnings">
      {warnings.map((warning, index) => (
        <li key={`${warning.code} ${index}`} className="flex gap-2 text-xs text-ink-soft">
          <Icon name="warning" className="mt-px size-3.5 text-warn-mark" />
          <span>
            {warning.message} <code className="text-2xs text-ink-faint">{warning.code}</code>
          </span>
        </li>
      ))}
    </ul>
  );
}
