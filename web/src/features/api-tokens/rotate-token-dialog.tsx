import type { ApiToken } from "@sentinal/contract";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Fault } from "../../components/fault.tsx";
import { Time } from "../../components/time.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Dialog } from "../../components/ui/dialog.tsx";
import { Select } from "../../components/ui/field.tsx";
import { rotateToken } from "./queries.ts";
import { RevealedToken } from "./revealed-token.tsx";

const overlaps = [
  { hours: 0, words: "Not at all: it is refused at once" },
  { hours: 1, words: "1 hour" },
  { hours: 24, words: "1 day" },
  { hours: 72, words: "3 days" },
  { hours: 168, words: "1 week" },
] as const;

/** Makes the successor of a token, shows it this once, and says how long the old one still works. */
export function RotateTokenDialog({ token, onClose }: { token: ApiToken; onClose(): void }) {
  const [hours, setHours] = useState("24");
  const rotation = useMutation({ mutationFn: rotateToken });

  if (rotation.data !== undefined) {
    return (
      <RevealedToken token={rotation.data} onClose={onClose}>
        <p className="mb-4 text-ink-soft">
          {hours === "0" ? "The old token is refused from now on." : `The old token works for ${wordsOf(hours)} more, and is refused then.`}
        </p>
      </RevealedToken>
    );
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    rotation.mutate({ id: token.id, overlapHours: Number(hours) });
  }

  return (
    <Dialog isOpen onClose={onClose} title={`Rotate “${token.name}”`} closesOnOutsidePress={false}>
      <form onSubmit={submit} className="flex flex-col gap-4 overflow-y-auto p-4">
        <p className="text-ink-soft">
          A new token of the same name, scopes, repository and length of life takes over from <code>{token.prefix}…</code>. Put it where the old one is used
          before that stops working.
        </p>
        <Select label="The old token works for" value={hours} onChange={(event) => setHours(event.target.value)}>
          {overlaps.map((overlap) => (
            <option key={overlap.hours} value={overlap.hours}>
              {overlap.words}
            </option>
          ))}
        </Select>
        <p className="text-xs text-ink-faint">
          {token.last_used_at === null ? (
            "The old token was never used."
          ) : (
            <>
              <Time at={token.last_used_at} prefix="The old token was last used " />
              {token.last_used_address !== null && <> from {token.last_used_address}</>}.
            </>
          )}
        </p>
        {rotation.error !== null && <Fault error={rotation.error} what="The token was not rotated" />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={rotation.isPending}>
            {rotation.isPending ? "Rotating…" : "Rotate token"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function wordsOf(hours: string): string {
  return overlaps.find((overlap) => String(overlap.hours) === hours)?.words ?? `${hours} hours`;
}
