import type { Person } from "@sentinal/contract";
import { Link } from "@tanstack/react-router";
import { Status } from "../../components/status.tsx";
import { Time } from "../../components/time.tsx";
import { classes } from "../../components/ui/classes.ts";
import { factorWords } from "./factor-words.ts";

const columns = "md:grid-cols-[100px_minmax(120px,1fr)_minmax(140px,1.4fr)_72px_116px_72px_112px_64px]";

/** Accounts as rows; each leads to what can be done about it. */
export function PersonList({ people, ownId }: { people: readonly Person[]; ownId: number }) {
  return (
    <div role="table" aria-label="People">
      <div role="row" className={classes("hidden h-8 items-center gap-4 border-b border-line px-4 text-xs font-medium text-ink-faint md:grid", columns)}>
        {["State", "Name", "Email", "Role", "Second factor", "Sessions", "Last seen"].map((name) => (
          <span key={name} role="columnheader">
            {name}
          </span>
        ))}
        <span role="columnheader">
          <span className="sr-only">Actions</span>
        </span>
      </div>
      {people.map((person) => (
        <PersonRow key={person.id} person={person} isOwn={person.id === ownId} />
      ))}
    </div>
  );
}

/** In words and by its frame, never by colour alone. */
function FactorBadge({ person }: { person: Person }) {
  const words = factorWords(person.second_factors);
  if (words === null)
    return (
      <span className="text-ink-faint">
        None<span className="md:sr-only"> as second factor</span>
      </span>
    );
  return (
    <span className="inline-flex rounded-sm border border-line px-1.5 text-xs text-ink-soft" title={`Second factor: ${words}`}>
      {words}
    </span>
  );
}

function PersonRow({ person, isOwn }: { person: Person; isOwn: boolean }) {
  const isActive = person.deactivated_at === null;
  return (
    <div role="row" className={classes("grid grid-cols-[1fr_auto] gap-x-4 gap-y-0.5 border-b border-line px-4 py-2.5 md:h-9 md:items-center md:py-0", columns)}>
      <span role="cell" className="flex items-center max-md:order-2 max-md:justify-self-end">
        <Status kind={isActive ? "success" : "cancelled"} word={isActive ? "Active" : "Deactivated"} />
      </span>
      <span role="cell" className="truncate font-medium max-md:order-1" title={person.username}>
        {person.username}
        {isOwn && <span className="ml-1.5 text-xs font-normal text-ink-faint">you</span>}
      </span>
      <span role="cell" className="truncate text-ink-soft max-md:order-3 max-md:col-span-2" title={person.email}>
        {person.email}
      </span>
      <span role="cell" className="text-ink-soft max-md:order-4">
        {person.role}
      </span>
      <span role="cell" className="max-md:order-6 max-md:col-span-2">
        <FactorBadge person={person} />
      </span>
      <span role="cell" className="text-ink-soft tabular-nums max-md:hidden">
        {person.sessions}
      </span>
      <span role="cell" className="text-ink-soft max-md:order-5 max-md:text-right">
        <span className="md:hidden">seen </span>
        {person.last_seen_at === null ? "never" : <Time at={person.last_seen_at} />}
      </span>
      <span role="cell" className="text-right max-md:order-7 max-md:col-span-2 max-md:mt-1 max-md:text-left">
        <Link
          from="/users"
          search={(previous) => ({ ...previous, person: person.id })}
          resetScroll={false}
          className="link text-xs font-medium max-md:text-sm"
          aria-label={`Manage ${person.username}`}
        >
          Manage
        </Link>
      </span>
    </div>
  );
}
