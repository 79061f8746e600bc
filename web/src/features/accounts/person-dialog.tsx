import { type PasswordResetLink, type Person, type Role, roles } from "@sentinal/contract";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { announce } from "../../announcement.ts";
import { Fault } from "../../components/fault.tsx";
import { AbsoluteTime } from "../../components/time.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Dialog } from "../../components/ui/dialog.tsx";
import { Select } from "../../components/ui/field.tsx";
import { resetFactorsOf } from "../second-factors/queries.ts";
import { CopyOnce } from "./copy-once.tsx";
import { factorWords } from "./factor-words.ts";
import { changeRole, endSessionsOf, makeResetLink, setActive } from "./people-queries.ts";
import { roleWords } from "./role-words.ts";

/** What an administrator can do about one account. */
export function PersonDialog({ person, onClose }: { person: Person; onClose(): void }) {
  const [link, setLink] = useState<PasswordResetLink | null>(null);
  if (link !== null) {
    return (
      <CopyOnce title={`New password for ${person.username}`} url={link.url} onClose={onClose}>
        <p>
          Send it to {person.username} by a way that nobody else reads. It counts once, until <AbsoluteTime at={link.expires_at} />, and ends all their sessions
          when it is used. Links that were made before count no more.
        </p>
      </CopyOnce>
    );
  }
  const isActive = person.deactivated_at === null;
  const factors = factorWords(person.second_factors);
  return (
    <Dialog isOpen onClose={onClose} title={person.username} closesOnOutsidePress={false}>
      <div className="flex flex-col overflow-y-auto px-4 pt-3 pb-1">
        <p className="truncate pb-3 text-ink-soft">{person.email}</p>
        <RoleForm key={person.role} person={person} />
        {isActive && (
          <Act
            name="New password"
            words="Makes a link that sets a new password, for once, within 24 hours."
            action="Make a link"
            run={() => makeResetLink(person.id)}
            onDone={setLink}
          />
        )}
        {isActive && (
          <Act
            name="Sessions"
            words={person.sessions === 0 ? "None runs." : `${person.sessions === 1 ? "One runs" : `${person.sessions} run`}: ends all, on every device.`}
            action="End all"
            isDanger
            isDisabled={person.sessions === 0}
            run={() => endSessionsOf(person.id)}
            onDone={(count) => announce(`${count} sessions of ${person.username} are over.`)}
          />
        )}
        {isActive && (
          <Act
            name="Second factor"
            words={
              factors === null
                ? "None is set up: the password alone signs in."
                : `${factors}. For somebody who lost theirs: removes them and the recovery codes and ends all sessions. The password alone signs in then.`
            }
            action="Remove"
            isDanger
            isDisabled={factors === null}
            run={() => resetFactorsOf(person.id)}
            onDone={() => announce(`${person.username} has no second factor any more.`)}
          />
        )}
        {isActive ? (
          <Act
            name="Account"
            words="Deactivated, it has no sessions and opens none; what it did stays. API tokens that it made go on."
            action="Deactivate"
            isDanger
            run={() => setActive({ id: person.id, isActive: false })}
            onDone={() => announce(`${person.username} is deactivated.`)}
          />
        ) : (
          <Act
            name="Account"
            words="It is deactivated. Reactivated, it signs in again with its password and role as they were."
            action="Reactivate"
            run={() => setActive({ id: person.id, isActive: true })}
            onDone={() => announce(`${person.username} is active again.`)}
          />
        )}
      </div>
      <div className="flex justify-end border-t border-line px-4 py-3">
        <Button onClick={onClose}>Close</Button>
      </div>
    </Dialog>
  );
}

function RoleForm({ person }: { person: Person }) {
  const [role, setRole] = useState<Role>(person.role);
  const change = useMutation({ mutationFn: changeRole, onSuccess: (changed) => announce(`${changed.username} is ${changed.role} now.`) });
  return (
    <div className="border-t border-line py-3">
      <div className="flex items-end gap-3">
        <Select label="Role" value={role} onChange={(event) => setRole(roles.find((one) => one === event.target.value) ?? role)} className="flex-1">
          {roles.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </Select>
        <Button disabled={role === person.role || change.isPending} onClick={() => change.mutate({ id: person.id, role })}>
          {change.isPending ? "Saving…" : "Change role"}
        </Button>
      </div>
      <p className="mt-1 text-xs text-ink-faint">{roleWords[role]} It counts from the next request on.</p>
      {change.error !== null && (
        <div className="mt-2">
          <Fault error={change.error} what="The role was not changed" />
        </div>
      )}
    </div>
  );
}

type ActProps<Answer> = {
  name: string;
  words: ReactNode;
  action: string;
  isDanger?: boolean;
  isDisabled?: boolean;
  run(): Promise<Answer>;
  onDone(answer: Answer): void;
};

function Act<Answer>({ name, words, action, isDanger = false, isDisabled = false, run, onDone }: ActProps<Answer>) {
  const acting = useMutation({ mutationFn: run, onSuccess: onDone });
  return (
    <div className="border-t border-line py-3">
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <p className="font-medium">{name}</p>
          <p className="text-ink-soft">{words}</p>
        </div>
        <Button look={isDanger ? "danger" : "plain"} disabled={isDisabled || acting.isPending} onClick={() => acting.mutate()}>
          {action}
        </Button>
      </div>
      {acting.error !== null && (
        <div className="mt-2">
          <Fault error={acting.error} what="It was not done" />
        </div>
      )}
    </div>
  );
}
