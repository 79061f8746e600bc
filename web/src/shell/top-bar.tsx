import { Link } from "@tanstack/react-router";
import { Icon } from "../components/icons.tsx";
import { Mark } from "../components/mark.tsx";
import { IconButton } from "../components/ui/button.tsx";
import { isMac, paletteKeyWords } from "../keys.ts";
import { AccountMenu } from "./account-menu.tsx";
import { LiveDot } from "./live-dot.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

type TopBarProps = { repository: string | undefined; onSearch(): void; onRepositories(): void; onKeys(): void };

export function TopBar({ repository, onSearch, onRepositories, onKeys }: TopBarProps) {
  return (
    <header data-print="no" className="sticky top-0 z-20 flex h-11 items-center gap-1 border-b border-line bg-canvas px-3 md:px-4">
      <Link to="/" search={{ repository: undefined }} aria-label="Sentinal, board of all repositories" className="mr-1 md:hidden">
        <Mark className="size-5" />
      </Link>
      <RepositoryFilter repository={repository} onOpen={onRepositories} />
      <div className="ml-auto flex items-center gap-1">
        <button
          type="button"
          onClick={onSearch}
          aria-label="Search and jump"
          aria-keyshortcuts={isMac ? "Meta+K" : "Control+K"}
          className="hidden h-7 w-[208px] items-center gap-2 rounded-md border border-line bg-surface px-2 text-xs text-ink-faint hover:border-line-strong hover:text-ink-soft lg:flex"
        >
          <Icon name="search" className="size-3.5" />
          Search and jump
          <kbd className="ml-auto font-sans text-2xs">{paletteKeyWords}</kbd>
        </button>
        <IconButton
          icon="search"
          label="Search and jump"
          keyHint={paletteKeyWords}
          keyShortcut={isMac ? "Meta+K" : "Control+K"}
          className="lg:hidden"
          onClick={onSearch}
        />
        <LiveDot />
        <ThemeSwitch />
        <IconButton icon="keyboard" label="All keys" keyHint="?" className="max-md:hidden" onClick={onKeys} />
        <AccountMenu />
      </div>
    </header>
  );
}

function RepositoryFilter({ repository, onOpen }: { repository: string | undefined; onOpen(): void }) {
  return (
    <div className="flex min-w-0 items-center">
      <button
        type="button"
        onClick={onOpen}
        aria-haspopup="dialog"
        aria-label={`Repository: ${repository ?? "all repositories"}. Choose another`}
        className="flex h-8 min-w-0 items-center gap-1.5 rounded-md px-2 text-sm font-medium hover:bg-sunken"
      >
        <span className="truncate">{repository ?? "All repositories"}</span>
        <Icon name="down" className="size-3.5 text-ink-faint" />
      </button>
      {repository !== undefined && (
        <Link
          to="."
          search={(previous) => ({ ...previous, repository: undefined })}
          aria-label="Show all repositories"
          className="inline-flex size-6 items-center justify-center rounded-sm text-ink-faint hover:bg-sunken hover:text-ink"
        >
          <Icon name="close" className="size-3.5" />
        </Link>
      )}
    </div>
  );
}
