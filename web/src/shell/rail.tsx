import { Link } from "@tanstack/react-router";
import { Icon, type IconName } from "../components/icons.tsx";
import { Mark, Wordmark } from "../components/mark.tsx";

type Entry = { label: string; icon: IconName; to: "/" | "/findings" | "/tests" | "/tokens" | "/trust" | "/audit" | "/api-docs"; isExact: boolean };

/** Rooms of the board; each comes with its feature. */
const entries: readonly Entry[] = [
  { label: "Board", icon: "board", to: "/", isExact: true },
  { label: "Findings", icon: "findings", to: "/findings", isExact: false },
  { label: "Tests", icon: "tests", to: "/tests", isExact: false },
  { label: "Tokens", icon: "tokens", to: "/tokens", isExact: false },
  { label: "Trust", icon: "link", to: "/trust", isExact: false },
  { label: "Audit", icon: "audit", to: "/audit", isExact: false },
  { label: "API", icon: "api", to: "/api-docs", isExact: false },
];

/** At the left on wide screens, with words where there is room; at the bottom on a phone. */
export function Rail() {
  return (
    <nav
      aria-label="Rooms"
      data-print="no"
      className="fixed inset-x-0 bottom-0 z-20 flex border-t border-line bg-canvas md:inset-y-0 md:right-auto md:w-[52px] md:flex-col md:border-t-0 md:border-r md:px-2 xl:w-[176px]"
    >
      <Link
        to="/"
        search={{ repository: undefined }}
        aria-label="Sentinal, board of all repositories"
        className="hidden h-11 items-center gap-2 rounded-md px-2 md:flex"
      >
        <Mark className="size-5" />
        <Wordmark className="mt-px hidden h-[18px] text-ink xl:block" />
      </Link>
      <ul className="flex flex-1 md:mt-2 md:flex-none md:flex-col md:gap-0.5">
        {entries.map((entry) => (
          <li key={entry.label} className="flex-1 md:flex-none">
            <Link
              to={entry.to}
              title={entry.label}
              activeOptions={{ exact: entry.isExact, includeSearch: false }}
              className="flex h-13 flex-col items-center justify-center gap-0.5 text-2xs font-medium text-ink-soft hover:text-ink aria-[current=page]:text-accent md:h-8 md:flex-row md:justify-start md:gap-2.5 md:rounded-md md:px-2.5 md:text-sm md:hover:bg-sunken md:aria-[current=page]:bg-sunken md:aria-[current=page]:text-ink"
            >
              <Icon name={entry.icon} />
              <span className="md:sr-only xl:not-sr-only">{entry.label}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
