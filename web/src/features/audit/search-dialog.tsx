import type { AuditSearchResult } from "@sentinal/contract";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { CopyMark } from "../../components/copy-button.tsx";
import { Fault } from "../../components/fault.tsx";
import { StatusMark } from "../../components/status.tsx";
import { Time } from "../../components/time.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Dialog } from "../../components/ui/dialog.tsx";
import { Field } from "../../components/ui/field.tsx";
import { searchValue } from "./queries.ts";

/** Finds what was done with a secret that turned up somewhere. The value leaves this dialog in a request's body alone. */
export function SearchDialog({ onClose }: { onClose(): void }) {
  const [value, setValue] = useState("");
  const searching = useMutation({ mutationFn: searchValue, gcTime: 0 });

  function submit(event: FormEvent): void {
    event.preventDefault();
    searching.mutate(value.trim());
  }

  return (
    <Dialog isOpen onClose={onClose} title="Search by value" width="lg" closesOnOutsidePress={false}>
      <div className="overflow-y-auto">
        <form onSubmit={submit} className="flex flex-col gap-3 p-4">
          <Field
            label="Token or other secret"
            type="password"
            required
            maxLength={10_000}
            value={value}
            onChange={(event) => {
              setValue(event.target.value);
              searching.reset();
            }}
            hint="The log holds no values, only their keyed fingerprints. What you enter is compared with these, and kept nowhere."
            autoComplete="off"
            spellCheck={false}
          />
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" icon="search" disabled={value.trim() === "" || searching.isPending}>
              {searching.isPending ? "Searching…" : "Search"}
            </Button>
          </div>
          {searching.error !== null && <Fault error={searching.error} what="The log could not be searched" />}
        </form>
        {searching.data !== undefined && <Found result={searching.data} onClose={onClose} />}
      </div>
    </Dialog>
  );
}

function Found({ result, onClose }: { result: AuditSearchResult; onClose(): void }) {
  return (
    <section aria-label="What was found" className="border-t border-line" aria-live="polite">
      <p className="flex flex-wrap items-center gap-x-1 px-4 pt-3 pb-2 text-xs text-ink-soft">
        <span className="font-medium text-ink">
          {result.items.length === 0
            ? "Nothing in the log speaks of this value."
            : `${result.items.length.toLocaleString("en")} ${result.items.length === 1 ? "entry speaks" : "entries speak"} of this value${result.is_cut ? ", the newest of more" : ""}.`}
        </span>
        <span className="flex items-center gap-1">
          Fingerprint <code>{result.fingerprint}</code>
          <CopyMark text={result.fingerprint} what="fingerprint" />
        </span>
      </p>
      <ul className="border-t border-line">
        {result.items.map((entry) => (
          <li key={entry.id}>
            <Link
              from="/audit"
              search={(previous) => ({ ...previous, entry: entry.id })}
              resetScroll={false}
              onClick={onClose}
              className="flex min-h-8 items-center gap-2.5 border-b border-line px-4 py-1 hover:bg-sunken"
            >
              <StatusMark kind={entry.outcome === "refused" ? "failure" : "success"} label={entry.outcome === "refused" ? "Refused" : "Done"} />
              <code className="shrink-0">{entry.action}</code>
              <span className="min-w-0 flex-1 truncate text-ink-soft">
                {entry.actor.words}
                {entry.address !== null && <span className="text-ink-faint"> · {entry.address}</span>}
              </span>
              <Time at={entry.at} className="shrink-0 text-xs text-ink-faint" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
