import type { AuditEntry, AuditParty } from "@sentinal/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { CopyMark } from "../../components/copy-button.tsx";
import { SkeletonRows } from "../../components/empty.tsx";
import { Fault } from "../../components/fault.tsx";
import { SidePanel } from "../../components/side-panel.tsx";
import { Status } from "../../components/status.tsx";
import { AbsoluteTime } from "../../components/time.tsx";
import type { AuditSearch } from "../../searches.ts";
import { noFilters } from "./filters.ts";
import { entryQuery } from "./queries.ts";

/** All that an entry says; each of its parts leads to the entries that share it. */
export function EntryPanel({ id, known, onClose }: { id: number; known: AuditEntry | undefined; onClose(): void }) {
  // One that is not sealed yet is asked for again: it will be within a second.
  const asked = useQuery({ ...entryQuery(id), enabled: known === undefined || known.seal === "unsealed" });
  const entry = asked.data ?? known;
  return (
    <SidePanel label={`Entry ${id}`} title={entry === undefined ? `Entry ${id}` : <code>{entry.action}</code>} onClose={onClose}>
      {entry === undefined && asked.error === null && <SkeletonRows count={6} label="Loading the entry" />}
      {entry === undefined && asked.error !== null && (
        <div className="p-4">
          <Fault error={asked.error} what="The entry could not be read" onRetry={() => void asked.refetch()} />
        </div>
      )}
      {entry !== undefined && <Entry entry={entry} />}
    </SidePanel>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  return (
    <>
      <dl className="flex flex-col gap-3 p-4">
        <Part name="Outcome">
          <Status kind={entry.outcome === "refused" ? "failure" : "success"} word={entry.outcome === "refused" ? "Refused" : "Done"} />
        </Part>
        <Part name="When">
          <AbsoluteTime at={entry.at} />
        </Part>
        <Part name="Who">
          {entry.actor.words}
          <Others party={entry.actor} to={{ actor_kind: entry.actor.kind, actor_id: entry.actor.id ?? undefined }} />
        </Part>
        {entry.subject !== null && (
          <Part name="To what">
            <span className="break-all">{entry.subject.words}</span>
            {entry.subject.id !== null && entry.subject.words.endsWith("…") && <code className="text-ink-faint">{entry.subject.id}</code>}
            <Others party={entry.subject} to={{ subject_kind: entry.subject.kind, subject_id: entry.subject.id ?? undefined }} />
          </Part>
        )}
        {entry.address !== null && (
          <Part name="From">
            <code>{entry.address}</code>
            <FilterLink to={{ address: entry.address }}>All from there</FilterLink>
          </Part>
        )}
        {entry.request_id !== null && (
          <Part name="Request">
            <code className="break-all">{entry.request_id}</code>
            <CopyMark text={entry.request_id} what="request id" />
          </Part>
        )}
      </dl>
      <Detail detail={entry.detail} />
      <section aria-label="Seal" className="border-t border-line p-4">
        <h3 className="part-name mb-2">Seal</h3>
        {entry.position === null || entry.hash === null ? (
          <Status kind="queued" word="Waits for its seal, which takes a second at most" />
        ) : (
          <dl className="flex flex-col gap-3">
            <Part name="Position">{entry.position.toLocaleString("en")}</Part>
            <Part name="Hash">
              <code className="break-all">{entry.hash}</code>
              <CopyMark text={`${entry.hash}@${entry.position}`} what="hash and position" />
            </Part>
          </dl>
        )}
      </section>
    </>
  );
}

function Detail({ detail }: { detail: AuditEntry["detail"] }) {
  const parts = Object.entries(detail);
  if (parts.length === 0) return null;
  return (
    <section aria-label="Detail" className="border-t border-line p-4">
      <h3 className="part-name mb-2">Detail</h3>
      <dl className="flex flex-col gap-3">
        {parts.map(([name, value]) => (
          <Part key={name} name={name.replaceAll("_", " ")}>
            <span className="break-words">{textOf(value)}</span>
          </Part>
        ))}
      </dl>
    </section>
  );
}

function textOf(value: unknown): string {
  if (value === null) return "none";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[96px_minmax(0,1fr)] items-baseline gap-2">
      <dt className="text-xs text-ink-faint">{name}</dt>
      <dd className="flex min-w-0 flex-wrap items-center gap-x-2">{children}</dd>
    </div>
  );
}

function Others({ party, to }: { party: AuditParty; to: AuditSearch }) {
  return <FilterLink to={to}>{party.id === null ? "All of this kind" : "All entries"}</FilterLink>;
}

function FilterLink({ to, children }: { to: AuditSearch; children: ReactNode }) {
  return (
    <Link from="/audit" search={(previous) => ({ ...previous, ...noFilters, ...to })} className="text-xs text-accent hover:underline">
      {children}
    </Link>
  );
}
