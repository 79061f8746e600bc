import type { Passkey } from "@sentinal/contract";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { announce } from "../../announcement.ts";
import { Fault } from "../../components/fault.tsx";
import { Time } from "../../components/time.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Field } from "../../components/ui/field.tsx";
import { removePasskey, renamePasskey } from "./queries.ts";
import { Removal } from "./removal.tsx";

/** One's passkeys, each with its name, use and end. */
export function PasskeyList({ passkeys }: { passkeys: readonly Passkey[] }) {
  const [asked, setAsked] = useState<Passkey | null>(null);
  const [renamed, setRenamed] = useState<number | null>(null);
  const removal = useMutation({
    mutationFn: removePasskey,
    onSuccess: () => {
      setAsked(null);
      announce("The passkey is removed.");
    },
  });
  return (
    <ul aria-label="Passkeys" className="border-b border-line bg-canvas">
      {passkeys.map((passkey) => (
        <li key={passkey.id} className="border-b border-line py-2 pr-4 pl-8 last:border-b-0">
          {renamed === passkey.id ? (
            <NameForm passkey={passkey} onDone={() => setRenamed(null)} />
          ) : (
            <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <div className="min-w-0 flex-1 basis-48">
                <p className="truncate font-medium" title={passkey.name}>
                  {passkey.name}
                </p>
                <p className="text-ink-soft">
                  {passkey.is_usable ? <Uses passkey={passkey} /> : "Made for another address of this hub; it cannot be used here."}
                </p>
              </div>
              <div className="flex gap-2">
                <Button size="sm" onClick={() => setRenamed(passkey.id)} aria-label={`Rename ${passkey.name}`}>
                  Rename
                </Button>
                <Button size="sm" look="danger" onClick={() => setAsked(passkey)} aria-label={`Remove ${passkey.name}`}>
                  Remove
                </Button>
              </div>
            </div>
          )}
        </li>
      ))}
      {asked !== null && (
        <Removal
          title={`Remove “${asked.name}”?`}
          what="The passkey was not removed"
          removal={removal}
          onRemove={() => removal.mutate(asked.id)}
          onClose={() => setAsked(null)}
        >
          <p>It signs you in no more. Delete it on the device too, so that the browser stops offering it.</p>
        </Removal>
      )}
    </ul>
  );
}

function Uses({ passkey }: { passkey: Passkey }) {
  return (
    <>
      added <Time at={passkey.created_at} />, {passkey.last_used_at === null ? "not used yet" : <Time at={passkey.last_used_at} prefix="used " />}
      {passkey.is_synced && ", kept on several devices"}
    </>
  );
}

function NameForm({ passkey, onDone }: { passkey: Passkey; onDone(): void }) {
  const [name, setName] = useState(passkey.name);
  const renaming = useMutation({ mutationFn: renamePasskey, onSuccess: onDone });
  function submit(event: FormEvent): void {
    event.preventDefault();
    renaming.mutate({ id: passkey.id, name: name.trim() });
  }
  return (
    <form onSubmit={submit} className="flex max-w-[480px] flex-wrap items-end gap-2">
      <Field
        label="Name"
        className="flex-1 basis-40"
        required
        maxLength={60}
        autoFocus
        value={name}
        onChange={(event) => setName(event.target.value)}
        autoComplete="off"
      />
      <Button type="submit" disabled={name.trim() === "" || renaming.isPending}>
        Save
      </Button>
      <Button onClick={onDone}>Cancel</Button>
      {renaming.error !== null && <Fault error={renaming.error} what="The name was not changed" />}
    </form>
  );
}
