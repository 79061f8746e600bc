import { useQuery } from "@tanstack/react-query";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from "react";
import { copyText } from "../clipboard.ts";
import { announce } from "../announcement.ts";
import { Icon } from "../components/icons.tsx";
import { StatusMark } from "../components/status.tsx";
import { Dialog } from "../components/ui/dialog.tsx";
import { classes } from "../components/ui/classes.ts";
import { firstLine, shortCommit } from "../features/ci-runs/github-links.ts";
import { foundRunsQuery, repositoriesQuery } from "../features/ci-runs/queries.ts";
import { session } from "../runtime.ts";
import { runStatusKind } from "../status.ts";
import { chooseTheme, themes } from "../theme.ts";
import type { PaletteScope } from "./app-shell.tsx";
import { matchItems, type PaletteItem } from "./palette-items.ts";
import { themeWords } from "./theme-switch.tsx";

const mostPerGroup = { all: 8, repositories: 100 } as const;

/** Reaches every page, repository, run and action by a few letters. */
export function Palette({ scope, onClose, onKeys }: { scope: PaletteScope; onClose(): void; onKeys(): void }) {
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const items = useItems(scope, text, onKeys);
  const activeIndex = Math.min(active, items.length - 1);
  const activeId = activeIndex < 0 ? undefined : `${listId}-${activeIndex}`;

  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: "nearest" });
  }, [activeId]);

  function choose(item: PaletteItem | undefined): void {
    if (item === undefined) return;
    onClose();
    item.run();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setActive((activeIndex + step + items.length) % Math.max(1, items.length));
    else if (event.key === "Enter") choose(items[activeIndex]);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog isOpen onClose={onClose} title={scope === "all" ? "Search and jump" : "Choose a repository"} width="lg" isBare initialFocus={input}>
      <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-4">
        <Icon name="search" className="size-4 text-ink-faint" />
        <input
          ref={input}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={activeId}
          aria-label={scope === "all" ? "Pages, repositories, runs and actions" : "Repositories"}
          placeholder={scope === "all" ? "Page, repository, commit, branch, action…" : "Repository…"}
          autoComplete="off"
          spellCheck={false}
          className="h-full flex-1 bg-transparent text-base outline-none placeholder:text-ink-faint"
        />
        <kbd className="font-sans text-2xs text-ink-faint">Esc</kbd>
      </div>
      <div id={listId} role="listbox" aria-label="Matches" className="min-h-0 flex-1 overflow-y-auto p-1">
        {items.length === 0 && <p className="px-3 py-6 text-center text-ink-soft">Nothing matches “{text}”.</p>}
        {items.map((item, index) => (
          <div key={item.id}>
            {item.group !== items[index - 1]?.group && (
              <p className="px-3 pt-2 pb-1 text-2xs font-medium text-ink-faint" aria-hidden="true">
                {item.group}
              </p>
            )}
            <div
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === activeIndex}
              onPointerMove={() => setActive(index)}
              onClick={() => choose(item)}
              className={classes("flex h-8 cursor-default items-center gap-2.5 rounded-md px-3 text-sm", index === activeIndex && "bg-sunken")}
            >
              {item.status !== undefined && <StatusMark kind={item.status} />}
              {item.icon !== undefined && <Icon name={item.icon} className="size-4 text-ink-faint" />}
              <span className="truncate">{item.label}</span>
              {item.detail !== undefined && <span className="ml-auto shrink-0 truncate text-xs text-ink-faint">{item.detail}</span>}
            </div>
          </div>
        ))}
      </div>
    </Dialog>
  );
}

function useItems(scope: PaletteScope, text: string, onKeys: () => void): PaletteItem[] {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  // Filters of one repository mean nothing in another, so the list starts anew.
  const listPage = pathname === "/findings" || pathname === "/tests" ? pathname : "/";
  const repositories = useQuery(repositoriesQuery());
  const sought = useDeferredValue(text.trim());
  const runs = useQuery({ ...foundRunsQuery(sought), enabled: scope === "all" && sought.length >= 2 });

  const repositoryItems = (repositories.data ?? []).map((repository): PaletteItem => ({
    id: `repository ${repository.name}`,
    group: "Repositories",
    label: repository.name,
    icon: "branch",
    ...(repository.default_branch !== null && { detail: repository.default_branch }),
    run: () => void navigate({ to: listPage, search: { repository: repository.name } }),
  }));
  if (scope === "repositories") {
    const all: PaletteItem = {
      id: "all",
      group: "Repositories",
      label: "All repositories",
      icon: "board",
      run: () => void navigate({ to: listPage, search: { repository: undefined } }),
    };
    return matchItems([all, ...repositoryItems], text, mostPerGroup.repositories);
  }

  const pages: PaletteItem[] = [
    { id: "board", group: "Pages", label: "Board", icon: "board", run: () => void navigate({ to: "/" }) },
    { id: "findings", group: "Pages", label: "Findings", icon: "findings", run: () => void navigate({ to: "/findings" }) },
    { id: "tests", group: "Pages", label: "Tests", icon: "tests", run: () => void navigate({ to: "/tests" }) },
    { id: "tokens", group: "Pages", label: "API tokens", icon: "tokens", run: () => void navigate({ to: "/tokens" }) },
    { id: "trust", group: "Pages", label: "Trusted GitHub Actions", icon: "link", run: () => void navigate({ to: "/trust" }) },
    { id: "audit", group: "Pages", label: "Audit log", icon: "audit", run: () => void navigate({ to: "/audit" }) },
    { id: "profile", group: "Pages", label: "Profile and sessions", icon: "person", run: () => void navigate({ to: "/profile" }) },
    { id: "people", group: "Pages", label: "People", icon: "people", run: () => void navigate({ to: "/users" }) },
    { id: "api", group: "Pages", label: "API reference", icon: "api", run: () => void navigate({ to: "/api-docs" }) },
  ];
  const actions: PaletteItem[] = [
    { id: "failed", group: "Actions", label: "Show failed runs", icon: "filter", run: () => void navigate({ to: "/", search: { status: ["Failed"] } }) },
    {
      id: "critical",
      group: "Actions",
      label: "Show critical findings",
      icon: "filter",
      run: () => void navigate({ to: "/findings", search: { severity: ["critical"], state: ["open"] } }),
    },
    { id: "create-token", group: "Actions", label: "Create an API token", icon: "plus", run: () => void navigate({ to: "/tokens", search: { create: true } }) },
    { id: "invite", group: "Actions", label: "Invite somebody", icon: "plus", run: () => void navigate({ to: "/users", search: { invite: true } }) },
    {
      id: "copy-link",
      group: "Actions",
      label: "Copy a link to this page",
      icon: "link",
      run: () => void copyText(location.href).then((hasCopied) => announce(hasCopied ? "Link copied." : "Could not copy the link.")),
    },
    ...themes.map((theme): PaletteItem => ({
      id: `theme ${theme}`,
      group: "Actions",
      label: themeWords[theme],
      icon: theme === "system" ? "system" : theme === "light" ? "sun" : "moon",
      run: () => chooseTheme(theme),
    })),
    { id: "keys", group: "Actions", label: "All keys", icon: "keyboard", run: onKeys },
    {
      id: "sign-out",
      group: "Actions",
      label: "Sign out",
      icon: "signOut",
      run: () => void session.signOut().catch(() => announce("Could not sign out; try again.")),
    },
  ];
  const found = (runs.data ?? []).map((run): PaletteItem => ({
    id: `run ${run.id}`,
    group: "Runs",
    label: `${shortCommit(run.commit_hash)} ${firstLine(run.commit_message)}`,
    detail: `${run.repository} · ${run.branch}`,
    status: runStatusKind(run.status),
    run: () => void navigate({ to: "/runs/$runId", params: { runId: String(run.id) } }),
  }));
  return [...matchItems([...pages, ...repositoryItems, ...actions], text, mostPerGroup.all), ...found];
}
