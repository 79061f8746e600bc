import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { Fault } from "../../components/fault.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Dialog } from "../../components/ui/dialog.tsx";
import { Field } from "../../components/ui/field.tsx";
import { addPasskey } from "./queries.ts";

/** Names a passkey and lets the browser make it. */
export function AddPasskeyDialog({ onClose, onAdded }: { onClose(): void; onAdded(codes: readonly string[] | null): void }) {
  const [name, setName] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const adding = useMutation({ mutationFn: () => addPasskey(name.trim()), onSuccess: onAdded });

  function submit(event: FormEvent): void {
    event.preventDefault();
    adding.mutate();
  }

  return (
    <Dialog isOpen onClose={onClose} title="Add a passkey" closesOnOutsidePress={false} initialFocus={input}>
      <form onSubmit={submit} className="flex flex-col gap-4 overflow-y-auto p-4">
        <p className="text-ink-soft">
          The browser asks where to keep it: on this device, on a telephone, or on a security key. It verifies you by fingerprint, face or PIN.
        </p>
        <Field
          ref={input}
          label="Name"
          required
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder="work laptop"
          hint="So that you know later which one to remove."
          autoComplete="off"
        />
        {adding.error !== null && <Fault error={adding.error} what="The passkey was not added" />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={name.trim() === "" || adding.isPending}>
            {adding.isPending ? "Waiting for the browser…" : "Add passkey"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
